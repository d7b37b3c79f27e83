#!/usr/bin/env python3
"""Brings an archived partition back into its table, where it can be read and not written. What is read from the archive is
compared with its manifest before anything is made, and the rows with the manifest before anybody sees them.

Usage: restore.py
Environment: TABLE and PARTITION, COLUMN, BUCKET, PGHOST. The Secrets of the stores are below /login. Ends with 0 when it is
done, 3 if it cannot be, 4 if trying again may help."""

import json
import os
import subprocess
import sys

import archive
import common
import database
import place
import s3

# Entries of a dump that are about the table it was a part of.
OTHERS = ("TABLE ATTACH", "INDEX ATTACH", "FK CONSTRAINT", "TRIGGER")

# A user who is removed takes the rows along all the same.
GUARD = """
CREATE OR REPLACE FUNCTION public.gbo_archived() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $guard$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'partition % is back from the archive and cannot be written', TG_TABLE_NAME
    USING ERRCODE = 'read_only_sql_transaction';
END
$guard$"""

IS_THERE = "SELECT c.relispartition FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass('public.{}')"


def restored():
    """What came of it, for the operator."""
    table, partition = os.environ["TABLE"], os.environ["PARTITION"]
    drive = s3.Store(common.login("seaweedfs"), common.authority("seaweedfs"))
    known = database.Database(common.login("postgres"), common.authority("postgres"))
    known.await_way()
    told = json.loads(place.manifest(drive, table, partition))
    if told["partition"] != partition or told["table"] != table or told["format"] != common.FORMAT:
        raise common.Refusal(f"the manifest is of partition {told['partition']} of {told['table']}")
    there = known.ask(IS_THERE.format(place.quoted(partition)))
    if there == ["t"]:
        return json.dumps({"partition": partition, "rows": told["rows"]})
    if there == ["f"]:
        # Of a try that was cut off: nobody else makes tables of this name.
        known.ask(f"DROP TABLE public.{place.quoted(partition)}")
    whole(drive, told)
    load(known, drive, told)
    compare(known, told)
    attach(known, told)
    return json.dumps({"partition": partition, "rows": told["rows"]})


def whole(drive, told):
    if archive.read(drive, os.environ["BUCKET"], told["key"]) != (told["bytes"], told["sha256"]):
        raise common.Refusal(f"{told['key']} in the archive is not what was written there")


def load(known, drive, told):
    headers = drive.head(os.environ["BUCKET"], told["key"])
    contents, pieces = database.listed(drive.pieces(os.environ["BUCKET"], told["key"], headers))
    with open(database.WISHED, "w", encoding="utf-8", errors="surrogateescape") as wished:
        wished.writelines(line for line in contents if not any(f" {other} " in line for other in OTHERS))
    command = ["pg_restore", "--dbname", known.environment["PGDATABASE"], "--single-transaction", "--exit-on-error"]
    done, said = database.fed(
        [*command, "--use-list", database.WISHED, *database.LEFT_OUT, *database.NOT_OURS], pieces, known.environment
    )
    if done:
        kind = common.Trouble if "connection" in said else common.Refusal
        raise kind(f"the database did not take it: {said}")


def compare(known, told):
    with place.Snapshot(known) as snapshot:
        rows, digest = snapshot.sum(told["partition"])
    if (rows, digest) != (told["rows"], told["digest"]):
        raise common.Trouble(f"{rows} rows are back, which are not the {told['rows']} that were archived")


def attach(known, told):
    """A part of its table again, guarded; by itself where other rows have gone that its rows refer to."""
    name, whole_table = place.quoted(told["partition"]), place.quoted(told["table"])
    bounds = [f"'{told[side]}'" if told[side] else limit for side, limit in (("from", "MINVALUE"), ("to", "MAXVALUE"))]
    statements = (
        place.MANNERS,
        "SET lock_timeout = '5s'",
        "BEGIN",
        GUARD,
        f"CREATE TRIGGER gbo_archived BEFORE INSERT OR UPDATE OR DELETE ON public.{name}"
        " FOR EACH ROW EXECUTE FUNCTION public.gbo_archived()",
        f"ALTER TABLE public.{whole_table} ATTACH PARTITION public.{name} FOR VALUES FROM ({bounds[0]}) TO ({bounds[1]})",
        "COMMIT",
    )
    done = subprocess.run(
        ("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-c", ";\n".join(statements)),
        env=known.environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        refused(told, database.first(done.stderr))


def refused(told, said):
    if "23503" in said or "23514" in said:
        raise common.Refusal(
            f"its rows are in table {told['partition']} by itself, as they do not fit into {told['table']} any more: {said}"
        )
    raise common.Trouble(f"the database said: {said}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(__doc__)
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else common.USAGE)
    common.run(restored)
