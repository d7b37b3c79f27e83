#!/usr/bin/env python3
"""Kills the primary of a BotCluster's Valkey again and again while a pod writes through its Service,
and counts what it cost: seconds until a write is answered again, acknowledged writes that are gone."""

import argparse
import os
import signal
import time

import campaign
import load
import node

PATIENCE = 180
POD_NAME = "statefulset.kubernetes.io/pod-name"
GOAL = 10


def delete(target):
    node.kubectl("-n", target.namespace, "delete", "pod", target.primary(), "--wait=false")


def delete_at_once(target):
    node.kubectl("-n", target.namespace, "delete", "pod", target.primary(), "--grace-period=0", "--force")


def kill_server(target):
    """The server alone: its pod goes on and starts another one, as after a crash."""
    os.kill(target.server_process(), signal.SIGKILL)


def kill_pod(target):
    """Every process of the container at once, as if memory ran out."""
    os.kill(target.first_process(), signal.SIGKILL)


def terminate_server(target):
    """The server alone is told to stop, and its pod is not."""
    os.kill(target.server_process(), signal.SIGTERM)


def terminate_pod(target):
    os.kill(target.first_process(), signal.SIGTERM)


KILLS = {
    "delete": delete,
    "delete --force": delete_at_once,
    "kill -9": kill_pod,
    "kill -9 server": kill_server,
    "SIGTERM": terminate_pod,
    "SIGTERM server": terminate_server,
}


class Load(load.Load):
    """One client of the application's user, over TLS."""

    script = os.path.join(load.SCRIPTS, "e2e", "valkey-writer.py")
    runs = 0

    def manifest(self, cluster):
        def key(name, entry):
            reference = {"secretKeyRef": {"name": f"{cluster}-valkey", "key": entry}}
            return {"name": name, "valueFrom": reference}

        variables = [key("HOST", "host"), key("PORT", "tls-port"), key("PASSWORD", "password")]
        constants = [{"name": "TLS", "value": "true"}, {"name": "CA", "value": "/tls/ca.crt"}]
        return load.manifest(variables + constants, f"{cluster}-valkey-server")

    def arguments(self, seconds):
        self.runs += 1
        return f"{seconds} bench-{self.runs} --forget"


class Servers:
    """The servers, the Service in front of them, and their processes on this machine."""

    def __init__(self, namespace, cluster):
        self.namespace = namespace
        self.service = f"{cluster}-valkey"
        self.members = load.Members(namespace, cluster, "valkey")
        self.size = len(self.members.pods())

    def primary(self):
        service = node.objects("-n", self.namespace, "service", self.service)
        return service["spec"]["selector"].get(POD_NAME)

    def whole(self):
        return len(self.members.ready()) == self.size

    def first_process(self):
        """Of the primary's pod; signals from outside of it need no API server, and it has no say."""
        wanted = {f"POD_NAME={self.primary()}", f"POD_NAMESPACE={self.namespace}"}
        return self.one(pid for pid in pids() if is_first(pid) and wanted <= set(read(pid, "environ")))

    def server_process(self):
        parent = f"PPid:\t{self.first_process()}\n"
        return self.one(
            pid for pid in pids() if parent in (status := read(pid, "status")[0]) and "valkey-server" in status
        )

    def one(self, found):
        found = list(found)
        if len(found) != 1:
            node.die(f"{len(found)} such processes of {self.primary()}: does node {node.NODE} run here?")
        return found[0]


def pids():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def read(pid, name):
    """Part by part; nothing of a process that has just ended."""
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read().decode(errors="replace").split("\0")
    except OSError:
        return [""]


def is_first(pid):
    """Whether this is process 1 of a container that runs a server."""
    if "/scripts/server.sh" not in read(pid, "cmdline"):
        return False
    lines = read(pid, "status")[0].splitlines()
    return any(line.startswith("NSpid:") and line.split()[-1] == "1" for line in lines)


class Campaign:
    """One BotCluster, one pod that writes, and kills one after another."""

    def __init__(self, options):
        self.servers = Servers(options.namespace, options.cluster)
        self.load = Load(options.namespace, options.cluster, 1)

    def kill(self, number, kind):
        node.until(PATIENCE, "all servers ready", self.servers.whole)
        primary = self.servers.primary()
        self.load.start(600)
        KILLS[kind](self.servers)
        self.settle(primary)
        result = self.load.stop()
        result.update(kind=kind, number=number, primary=primary, successor=self.servers.primary())
        result["busy"] = os.getloadavg()[0] / os.cpu_count()
        node.say(
            "{number:3} {kind:15} {primary} -> {successor}: {gap:6.2f} s, "
            "{lost} lost of {written}, load {busy:.1f} a core".format(**result)
        )
        return result

    def settle(self, former):
        """Until another server is primary, writes go on, and all are well again."""
        node.until(PATIENCE, "another primary", lambda: self.servers.primary() != former)
        time.sleep(5)
        node.until(PATIENCE, "all servers ready", self.servers.whole)

    def outage(self, seconds):
        """The primary's server is killed while there is no API server, which then stays away so long."""
        node.until(PATIENCE, "all servers ready", self.servers.whole)
        primary = self.servers.primary()
        process = self.servers.server_process()
        self.load.start(seconds + 300)
        node.control("stop", "kube-apiserver")
        try:
            time.sleep(2)
            os.kill(process, signal.SIGKILL)
            time.sleep(seconds)
        finally:
            node.control("start", "kube-apiserver")
            back = time.time()
        self.settle(primary)
        result = self.load.stop()
        result["after_api_server"] = round(result["began"] + result["gap"] - back, 2)
        result.update(kind="API server away", primary=primary, successor=self.servers.primary())
        return result


def summary(results):
    kinds = {}
    for kind in ["all", *sorted({result["kind"] for result in results})]:
        found = [result for result in results if kind in ("all", result["kind"])]
        gaps = [result["gap"] for result in found]
        kinds[kind] = {
            "kills": len(found),
            "written": sum(result["written"] for result in found),
            "lost": sum(result["lost"] for result in found),
            "lost_max": max(result["lost"] for result in found),
            "gap_p50": load.share(gaps, 0.5),
            "gap_p95": load.share(gaps, 0.95),
            "gap_max": max(gaps),
            "above_goal": sum(gap > GOAL for gap in gaps),
            "load_a_core": round(sum(result["busy"] for result in found) / len(found), 1),
        }
    return kinds


def main():
    parser = argparse.ArgumentParser(prog="dev/bench valkey-failover", description=__doc__)
    outage = "one kill while the API server is stopped for so long"
    options = campaign.parsed(parser, KILLS, 24, outage)
    if os.geteuid() != 0:
        node.die("it kills processes of pods: run it as root, where the node runs")
    campaign.run(Campaign(options), options, summary)


if __name__ == "__main__":
    main()
