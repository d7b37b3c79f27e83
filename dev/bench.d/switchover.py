#!/usr/bin/env python3
"""Changes the primary by annotation while pods write through the pooler: failed transactions and
how long the longest write waited."""

import argparse
import json
import time

import load
import node

ANNOTATION = "generalbots.io/switchover"


def switch(namespace, cluster, members):
    """Asks for a change of the primary and waits for it; each value of the annotation counts once."""
    primary = members.primary()
    annotations = node.objects("-n", namespace, "botcluster", cluster)["metadata"].get("annotations", {})
    former = annotations.get(ANNOTATION)
    candidate = next(name for name in sorted(members.ready()) if name not in (primary, former))
    node.kubectl(
        "-n", namespace, "annotate", "botcluster", cluster, f"{ANNOTATION}={candidate}", "--overwrite"
    )
    node.until(120, f"{candidate} primary", lambda: members.primary() == candidate)
    return primary, candidate


def main():
    parser = argparse.ArgumentParser(prog="dev/bench switchover", description=__doc__)
    parser.add_argument("--namespace", required=True, help="namespace of the BotCluster")
    parser.add_argument("--cluster", default="demo", help="its name (demo)")
    parser.add_argument("--count", type=int, default=10, help="how many (10)")
    parser.add_argument("--writers", type=int, default=8, help="clients at a time (8)")
    options = parser.parse_args()
    members = load.Members(options.namespace, options.cluster)
    writers = load.Load(options.namespace, options.cluster, options.writers)
    size = len(members.pods())
    results = []
    try:
        for number in range(options.count):
            node.until(180, "all members ready", lambda: len(members.ready()) == size)
            writers.start(300)
            primary, candidate = switch(options.namespace, options.cluster, members)
            time.sleep(6)
            found = writers.stop()
            results.append(found)
            node.say(
                f"{number + 1:3} {primary} -> {candidate}: longest wait {found['longest_wait']:.2f} s, "
                f"{found['failed']} failed {found['errors'] or ''}, {found['lost']} lost of {found['acknowledged']}"
            )
    finally:
        writers.remove()
    waits = [result["longest_wait"] for result in results]
    print(
        json.dumps(
            {
                "switchovers": len(results),
                "failed": sum(result["failed"] for result in results),
                "lost": sum(result["lost"] for result in results),
                "acknowledged": sum(result["acknowledged"] for result in results),
                "wait_p50": load.share(waits, 0.5),
                "wait_max": max(waits),
            }
        )
    )


if __name__ == "__main__":
    main()
