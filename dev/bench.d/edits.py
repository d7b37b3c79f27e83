#!/usr/bin/env python3
"""Edits a BotCluster at the moments at which an operator may miss it, and looks whether each edit
was acted upon: the status must state the generation of the last one, without another edit to help.

Half of the edits follow 0 to 12 ms after another edit, while its reconcile writes the status; the
other half follow 0 to 12 ms after the status was written."""

import argparse
import json
import time

import node

LONGEST_MILLIS = 12
PATIENCE = 15


class Edited:
    """The BotCluster that is edited; its region changes nothing that runs."""

    def __init__(self, namespace, name):
        self.api = node.Api()
        self.collection = f"/apis/generalbots.io/v1alpha1/namespaces/{namespace}/botclusters"
        self.path = f"{self.collection}/{name}"
        self.name = name
        self.edits = 0

    def edit(self):
        """Its generation after one more edit."""
        self.edits += 1
        body = {"spec": {"region": f"bench-{self.edits % 2}"}}
        return self.api.call("PATCH", self.path, body)["metadata"]["generation"]

    def acted_upon(self, generation):
        """Seconds until the status states this generation; none if it does not in time."""
        began = time.time()
        selector = f"{self.collection}?fieldSelector=metadata.name%3D{self.name}"
        for seen in self.api.watch(selector, PATIENCE):
            if seen.get("status", {}).get("observedGeneration", 0) >= generation:
                return time.time() - began
        return None


def attempt(cluster, number):
    """One aimed edit: seconds until it was acted upon, none if it was lost."""
    wait = number % (LONGEST_MILLIS + 1) / 1000
    first = cluster.edit()
    if number % 2 == 0 and cluster.acted_upon(first) is None:
        return None
    time.sleep(wait)
    return cluster.acted_upon(cluster.edit())


def main():
    parser = argparse.ArgumentParser(prog="dev/bench edits", description=__doc__)
    parser.add_argument("--namespace", required=True, help="namespace of the BotCluster")
    parser.add_argument("--cluster", default="demo", help="its name (demo)")
    parser.add_argument("--count", type=int, default=300, help="how many aimed edits (300)")
    options = parser.parse_args()
    cluster = Edited(options.namespace, options.cluster)
    took, lost = [], 0
    for number in range(options.count):
        seconds = attempt(cluster, number)
        if seconds is None:
            lost += 1
            node.say(f"edit {number} was lost")
        else:
            took.append(seconds)
        if number % 50 == 49:
            node.say(f"{number + 1} of {options.count} edits, {lost} lost")
    took.sort()
    print(
        json.dumps(
            {
                "edits": options.count,
                "lost": lost,
                "seconds_p50": round(took[len(took) // 2], 3) if took else None,
                "seconds_max": round(took[-1], 3) if took else None,
            }
        )
    )


if __name__ == "__main__":
    main()
