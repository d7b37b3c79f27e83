#!/usr/bin/env python3
"""Loads a BotCluster whose bot servers follow rules (samples/autoscaling.yaml) and lets it rest again, and prints what
was decided, how long it took, and what clients met: answers by status, requests that had to be repeated, websockets
that ended. The load comes from the node's own network."""

import argparse
import json
import os
import subprocess
import sys
import time

DEV = os.environ["GBO_BENCH_DEV"]
NODE = os.environ["GBO_BENCH_NODE"]
KUBECTL = os.path.join(os.environ["GBO_BENCH_STATE"], "bin", "kubectl")


def say(text):
    print(text, file=sys.stderr, flush=True)


def scaling(options):
    """What the status tells of the rules."""
    command = [KUBECTL, "-n", options.namespace, "get", "botcluster", options.cluster, "-o", "jsonpath={.status.autoscaling}"]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    return json.loads(told or "{}")


def load(options, *more):
    command = [os.path.join(DEV, "load"), "--name", NODE, "--namespace", options.namespace, "--cluster", options.cluster]
    return subprocess.Popen([*command, *map(str, more)], stdout=subprocess.PIPE)


def await_number(options, wished, patience):
    """Seconds until as many are asked for; none if that did not happen in time."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        if wished(scaling(options).get("desired", 0)):
            return round(time.monotonic() - begun, 1)
        time.sleep(1)
    return None


def main():
    parser = argparse.ArgumentParser(prog="dev/bench scale", description=__doc__)
    parser.add_argument("--namespace", default="default")
    parser.add_argument("--cluster", default="autoscaling")
    parser.add_argument("--rate", type=int, default=150, help="requests per second at the most (150)")
    parser.add_argument("--sockets", type=int, default=100, help="websockets that stay open all the time (100)")
    parser.add_argument("--seconds", type=int, default=60, help="how long the load lasts (60)")
    parser.add_argument("--rest", type=int, default=240, help="how long to wait at most for the rest (240)")
    options = parser.parse_args()
    begun = scaling(options)
    if not begun:
        sys.exit(f"BotCluster {options.cluster} follows no rules: dev/up --sample samples/autoscaling.yaml")
    fewest = begun.get("desired", 1)
    say("load")
    path = ["--path", "/suite/"]
    staying = load(options, "--rate", 2, "--sockets", options.sockets, "--seconds", options.seconds + options.rest, *path)
    heavy = load(options, "--rate", options.rate, "--seconds", options.seconds, *path)
    more = await_number(options, lambda n: n > fewest, options.seconds)
    burst = json.loads(heavy.communicate()[0])
    most = scaling(options).get("desired")
    say(f"rest: {most} bot servers")
    fewer = await_number(options, lambda n: n <= fewest, options.rest)
    stayed = json.loads(staying.communicate()[0])
    new = [d for d in scaling(options).get("decisions", []) if d not in begun.get("decisions", [])]
    told = {
        "from": fewest, "most": most, "secondsToMore": more, "secondsToFewest": fewer,
        "decisions": [f"{d['time']} {d['message']}" for d in reversed(new)],
        "burst": burst["requests"], "steady": stayed["requests"], "sockets": stayed["sockets"],
    }
    print(json.dumps(told))


main()
