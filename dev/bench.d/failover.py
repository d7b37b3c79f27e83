#!/usr/bin/env python3
"""Kills the primary again and again while pods write through the pooler, and counts what it cost:
acknowledged rows that are gone, seconds in which nothing was written, failed transactions."""

import argparse
import time

import campaign
import load
import node

PATIENCE = 180


def delete(namespace, pod):
    node.kubectl("-n", namespace, "delete", "pod", pod, "--wait=false")


def delete_at_once(namespace, pod):
    node.kubectl("-n", namespace, "delete", "pod", pod, "--grace-period=0", "--force")


def kill_all(namespace, pod):
    """Every process of the container at once; the exec ends with them."""
    signal(namespace, pod, "kill -9 -1")


def terminate(namespace, pod):
    signal(namespace, pod, "kill -TERM 1")


def signal(namespace, pod, command):
    arguments = ["-n", namespace, "exec", pod, "-c", "postgres", "--", "bash", "-c", command]
    node.kubectl(*arguments, check=False)


KILLS = {
    "delete": delete,
    "kill -9": kill_all,
    "SIGTERM": terminate,
    "delete --force": delete_at_once,
}


class Campaign:
    """One BotCluster, one pod that writes, and kills one after another."""

    def __init__(self, options):
        self.namespace = options.namespace
        self.members = load.Members(options.namespace, options.cluster)
        self.load = load.Load(options.namespace, options.cluster, options.writers)
        self.size = len(self.members.pods())

    def whole(self):
        return self.members.primary() and len(self.members.ready()) == self.size

    def kill(self, number, kind):
        node.until(PATIENCE, "all members ready", self.whole)
        primary = self.members.primary()
        self.load.start(600)
        began = time.time()
        KILLS[kind](self.namespace, primary)
        self.settle(began)
        result = self.load.stop()
        result.update(kind=kind, number=number, primary=primary, successor=self.members.primary())
        node.say(
            "{number:3} {kind:15} {primary} -> {successor}: gap {longest_gap:6.2f} s, "
            "{failed} failed, {lost} lost of {acknowledged}".format(**result)
        )
        return result

    def settle(self, began):
        """Until all members are well again, and some seconds for a gap to begin and to end."""
        node.until(PATIENCE, "all members ready", lambda: time.time() - began > 8 and self.whole())
        time.sleep(3)

    def outage(self, seconds):
        """The API server stopped for this time."""
        node.until(PATIENCE, "all members ready", self.whole)
        before = self.members.restarts()
        self.load.start(seconds + 300)
        node.control("stop", "kube-apiserver")
        try:
            time.sleep(seconds)
        finally:
            node.control("start", "kube-apiserver")
        node.until(PATIENCE, "all members ready", self.whole)
        time.sleep(5)
        result = self.load.stop()
        result.update(kind="API server away", restarted=self.members.restarts() != before)
        return result


def summary(results):
    kinds = {}
    for kind in sorted({result["kind"] for result in results}):
        found = [result for result in results if result["kind"] == kind]
        gaps = [result["longest_gap"] for result in found]
        kinds[kind] = {
            "kills": len(found),
            "lost": sum(result["lost"] for result in found),
            "acknowledged": sum(result["acknowledged"] for result in found),
            "failed": sum(result["failed"] for result in found),
            "gap_p50": load.share(gaps, 0.5),
            "gap_p95": load.share(gaps, 0.95),
            "gap_max": max(gaps),
        }
    return kinds


def main():
    parser = argparse.ArgumentParser(prog="dev/bench failover", description=__doc__)
    parser.add_argument("--writers", type=int, default=8, help="clients at a time (8)")
    options = campaign.parsed(parser, KILLS, 20, "no kills: the API server stops so long")
    campaign.run(Campaign(options), options, summary)


if __name__ == "__main__":
    main()
