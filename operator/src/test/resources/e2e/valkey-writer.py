"""Writes numbered keys through the Service, reconnecting as a client would, and then looks for every
write that was acknowledged. Ends after some seconds, or when the file --stop appears, with a write
that is answered: a gap at the end counts as well. The result is one line of JSON:

  written      writes that were answered with success
  lost         those that are not there in the end
  gap          seconds between two answered writes, the longest
  began        when that one began (Unix time)
  connections  how many were needed
"""
import argparse
import json
import os
import time

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

CHUNK = 500


def connect():
    return redis.Redis(
        host=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        password=os.environ["PASSWORD"],
        ssl=os.environ["TLS"] == "true",
        ssl_ca_certs=os.environ.get("CA", "/secret/ca.crt") if os.environ["TLS"] == "true" else None,
        socket_timeout=2,
        socket_connect_timeout=1,
        # Left to itself this client waits for seconds before it tries again, which would be measured.
        retry=Retry(NoBackoff(), 0),
    )


def patiently(work):
    """What the work gives on a connection; a new pod is not in the network policies yet at first."""
    deadline = time.monotonic() + 60
    while True:
        client = connect()
        try:
            return work(client)
        except redis.RedisError as error:
            print(error, flush=True)
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        finally:
            client.close()


class Writer:
    """One client: one connection at a time, one write after another."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.client, self.connections = connect(), 1
        self.acknowledged, self.number = [], 0
        self.last, self.gap, self.gap_began = time.time(), 0.0, 0.0

    def write(self):
        self.number += 1
        try:
            self.client.set(f"{self.prefix}:{self.number}", self.number)
        except redis.RedisError:
            self.client.close()
            self.client, self.connections = connect(), self.connections + 1
            time.sleep(0.05)
            return
        now = time.time()
        if now - self.last > self.gap:
            self.gap, self.gap_began = now - self.last, self.last
        self.last = now
        self.acknowledged.append(self.number)
        time.sleep(0.002)

    def write_answered(self):
        """The last one, so that a gap that is open is measured to its end."""
        answered, deadline = len(self.acknowledged), time.monotonic() + 60
        while len(self.acknowledged) == answered and time.monotonic() < deadline:
            self.write()

    def missing(self, client):
        """How many acknowledged writes are not there."""
        gone = 0
        for start in range(0, len(self.acknowledged), CHUNK):
            keys = [f"{self.prefix}:{n}" for n in self.acknowledged[start : start + CHUNK]]
            gone += sum(value is None for value in client.mget(keys))
        return gone

    def look(self):
        """The same by the connection that wrote: the password may have changed since it was made."""
        try:
            return self.missing(self.client)
        except redis.RedisError:
            return patiently(self.missing)

    def forget(self, client):
        for start in range(0, self.number, CHUNK):
            client.unlink(*(f"{self.prefix}:{n + 1}" for n in range(start, start + CHUNK)))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seconds", type=float, help="how long at most")
    parser.add_argument("prefix", help="of the keys")
    parser.add_argument("--stop", default="", help="file whose appearance ends the writing")
    parser.add_argument("--forget", action="store_true", help="remove the keys in the end")
    parser.add_argument("--out", default="", help="file for the result, instead of the output")
    options = parser.parse_args()

    patiently(lambda client: client.ping())
    writer = Writer(options.prefix)
    writer.write()
    print("writing", flush=True)
    deadline = time.time() + options.seconds
    while time.time() < deadline and not (options.stop and os.path.exists(options.stop)):
        writer.write()
    writer.write_answered()
    lost = writer.look()
    if options.forget:
        patiently(writer.forget)
    result = json.dumps(
        {
            "written": len(writer.acknowledged),
            "lost": lost,
            "gap": round(writer.gap, 2),
            "began": round(writer.gap_began, 3),
            "connections": writer.connections,
        }
    )
    if options.out:
        with open(options.out + ".part", "w", encoding="utf-8") as file:
            file.write(result + "\n")
        os.rename(options.out + ".part", options.out)
    else:
        print(result, flush=True)


if __name__ == "__main__":
    main()
