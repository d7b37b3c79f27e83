"""Writes numbered keys through the Service, reconnecting as a client would, and then looks for every
write that was acknowledged. Prints one line of JSON: written, lost, the longest gap between two
acknowledged writes in seconds, and how many connections were needed."""
import json
import os
import sys
import time

import redis

seconds, prefix = float(sys.argv[1]), sys.argv[2]


def connect():
    return redis.Redis(
        host=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        password=os.environ["PASSWORD"],
        ssl=os.environ["TLS"] == "true",
        ssl_ca_certs="/secret/ca.crt" if os.environ["TLS"] == "true" else None,
        socket_timeout=2,
        socket_connect_timeout=1,
    )


# A new pod is not in the network policies yet when it starts.
while True:
    client = connect()
    try:
        client.ping()
        break
    except redis.RedisError as error:
        print(error, flush=True)
        time.sleep(0.1)

connections, acknowledged, number, gap = 1, [], 0, 0.0
last = time.monotonic()
end = last + seconds
print("writing", flush=True)
while time.monotonic() < end:
    number += 1
    try:
        client.set(f"{prefix}:{number}", number)
        now = time.monotonic()
        gap, last = max(gap, now - last), now
        acknowledged.append(number)
        time.sleep(0.002)
    except redis.RedisError:
        client.close()
        client, connections = connect(), connections + 1
        time.sleep(0.05)

found = set()
for start in range(0, len(acknowledged), 500):
    some = acknowledged[start : start + 500]
    values = client.mget([f"{prefix}:{n}" for n in some])
    found.update(n for n, value in zip(some, values) if value is not None)
print(
    json.dumps(
        {
            "written": len(acknowledged),
            "lost": len(acknowledged) - len(found),
            "gap": round(gap, 2),
            "connections": connections,
        }
    ),
    flush=True,
)
