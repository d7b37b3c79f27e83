#!/usr/bin/env python3
"""Counts what the operator does while nothing changes: writes and reads from the audit log of the
API server, reconciles from the operator's own metrics."""

import argparse
import collections
import fileinput
import glob
import json
import os
import time

import node

WRITES = {"create", "update", "patch", "delete", "deletecollection"}
RECONCILES = "reconciliations_started_total"


def reconciles(namespace, pod):
    """The sum of the operator's counters of started reconciles; none if it has no such counters."""
    path = f"/api/v1/namespaces/{namespace}/pods/{pod}:8080/proxy/q/metrics"
    lines = node.kubectl("get", "--raw", path).splitlines()
    counters = [line for line in lines if RECONCILES in line and not line.startswith("#")]
    if not counters:
        node.say(f"the operator's metrics tell no {RECONCILES}: reconciles are not counted")
        return None
    return sum(float(line.rsplit(" ", 1)[1]) for line in counters)


def calls(user, since, until):
    """Verb and resource of each call of this user in this time, watches and its lease left out."""
    counted = collections.Counter()
    for line in fileinput.input(glob.glob(os.path.join(node.STATE, "audit", "*.log")), encoding="utf-8"):
        if user not in line:
            continue
        event = json.loads(line)
        resource = event.get("objectRef", {}).get("resource", event.get("requestURI", ""))
        if event["user"]["username"] != user or event["verb"] == "watch":
            continue
        if resource != "leases" and since <= event["requestReceivedTimestamp"] <= until:
            counted[event["verb"], resource] += 1
    return counted


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())


def main():
    parser = argparse.ArgumentParser(prog="dev/bench idle", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long (10)")
    options = parser.parse_args()
    namespace, _ = node.operator()
    pod = node.objects("pods", "-n", namespace, "-l", node.OPERATOR)["items"][0]["metadata"]["name"]
    clusters = node.objects("botclusters", "-A")["items"]

    began, before = now(), reconciles(namespace, pod)
    node.say(f"{len(clusters)} BotClusters; looking for {options.minutes:g} minutes")
    time.sleep(options.minutes * 60)
    after = reconciles(namespace, pod)
    seen = calls(f"system:serviceaccount:{namespace}:generalbots-operator", began, now())

    writes = sum(count for (verb, _), count in seen.items() if verb in WRITES)
    print(
        json.dumps(
            {
                "minutes": options.minutes,
                "botclusters": len(clusters),
                "reconciles": None if None in (before, after) else int(after - before),
                "writes": writes,
                "reads": sum(seen.values()) - writes,
                "calls": {f"{verb} {resource}": count for (verb, resource), count in seen.items()},
            }
        )
    )


if __name__ == "__main__":
    main()
