"""Where partitions are: a table in the database, an object in the archive."""

import os
import subprocess

import common
import database
from common import PIECE, Refusal, Trouble

# How a row is told as text follows from these: the server does the same before it removes a partition.
MANNERS = (
    "SET search_path = pg_catalog; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';"
    " SET bytea_output = 'hex'; SET extra_float_digits = 1; SET standard_conforming_strings = on"
)
SUM = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM ONLY public.{} t"
MARK = "--said--"

ENCRYPTION = (
    b'<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule>'
    b"<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>"
    b"</Rule></ServerSideEncryptionConfiguration>"
)


def of(table, partition):
    """The bucket, the key of the dump, and that of its manifest."""
    folder = f"botserver/{table}/{partition}"
    return os.environ["BUCKET"], f"{folder}/rows.dump", f"{folder}/manifest.json"


def make(drive, bucket):
    """The bucket, which encrypts what is written into it; it may be there."""
    answer = drive.ask("PUT", bucket)
    if answer.status >= 300 and answer.status != 409:
        raise Trouble(f"bucket {bucket} cannot be made: {answer.status}")
    drive.done("PUT", bucket, query={"encryption": ""}, body=ENCRYPTION)


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class Snapshot:
    """A session that sees everything as it was when it began, and lets a dump see the same."""

    def __init__(self, known):
        self.known = known
        self.program = subprocess.Popen(
            ("psql", "-XAtq", "-v", "ON_ERROR_STOP=1"),
            env=known.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self):
        self.ask(MANNERS)
        self.ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self.id = self.ask("SELECT pg_export_snapshot()")[0]
        return self

    def __exit__(self, *_):
        self.program.kill()
        self.program.wait()

    def ask(self, statement):
        self.program.stdin.write(f"{statement};\n\\echo {MARK}\n")
        self.program.stdin.flush()
        said = []
        for line in self.program.stdout:
            if line.strip() == MARK:
                return said
            said.append(line.rstrip("\n"))
        raise Trouble(f"the database said: {(said or ['nothing'])[-1]}")

    def sum(self, partition):
        """How many rows there are, and a number that follows from all of them whatever their order."""
        rows, digest = self.ask(SUM.format(quoted(partition)))[0].split("|")
        return int(rows), digest

    def dump(self, partition):
        """The dump, piece by piece; whether it is whole is known at its end alone."""
        command = ["pg_dump", "--format=custom", "--compress=6", "--lock-wait-timeout=60s", "--snapshot", self.id]
        command += [*database.LEFT_OUT, *database.NOT_OURS, "--table", "public." + database.pattern(partition)]
        with subprocess.Popen(
            command, env=self.known.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as program:
            try:
                while data := program.stdout.read(PIECE):
                    yield data
                said = program.stderr.read().decode(errors="replace")
                if program.wait():
                    raise Trouble(f"pg_dump said: {database.last(said)}")
            finally:
                program.kill()


def manifest(drive, table, partition):
    """What was archived, or why it cannot be used."""
    bucket, _, name = of(table, partition)
    headers = drive.head(bucket, name)
    if headers is None:
        raise Refusal(f"nobody archived {partition}: there is no {bucket}/{name}")
    return common.readable(drive.pieces(bucket, name, headers)).read()
