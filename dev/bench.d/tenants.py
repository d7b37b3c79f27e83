#!/usr/bin/env python3
"""Creates many Tenants at once and watches them: how long until they are Ready, what is there then in
Kubernetes and in the stores, what the operator does while nothing changes, and how long one more
Tenant, an edit and the end take. With --kills the operator's pod is deleted on the way."""

import argparse
import json
import os
import threading
import time

import idle
import inventory
import load
import node

BEGINNING = "bench-"
LABEL = "generalbots.io/bench=tenants"
PATIENCE = 1800
EDITS = 20


class Watched(threading.Thread):
    """Objects of one collection as the API server tells of them; nobody asks again."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.api = node.Api()
        self.path = path
        self.changed = threading.Condition()
        self.objects = {}
        self.heard = {}
        self.broken = None
        self.start()

    def run(self):
        try:
            for kind, found in self.api.changes(self.path, PATIENCE * 2):
                self.take(kind, found)
            raise OSError("the API server ended the watch")
        except Exception as e:  # it has to reach whoever waits
            with self.changed:
                self.broken = e
                self.changed.notify_all()

    def take(self, kind, found):
        name = found["metadata"]["name"]
        with self.changed:
            if kind == "DELETED":
                self.objects.pop(name, None)
            else:
                self.objects[name] = found
                if is_ready(found):
                    self.heard.setdefault(name, time.time())
            self.changed.notify_all()

    def until(self, seconds, what, condition):
        """The first true answer of the condition, asked whenever something changed."""
        deadline = time.time() + seconds
        with self.changed:
            while not (answer := condition()):
                if self.broken:
                    node.die(f"{what}: {self.broken}")
                if not self.changed.wait(max(0, deadline - time.time())):
                    node.die(f"{what}: not within {seconds} s; {self.unready()}")
            return answer

    def unready(self):
        left = {
            name: [c.get("message") for c in found.get("status", {}).get("conditions", []) if c["type"] == "Ready"]
            for name, found in self.objects.items()
            if not is_ready(found)
        }
        return f"{len(left)} of {len(self.objects)} are not ready, such as {dict(list(left.items())[:3])}"


def is_ready(found):
    status, generation = found.get("status", {}), found["metadata"].get("generation", 0)
    return status.get("observedGeneration", generation) >= generation and load.is_ready(found)


class Bench:
    """Tenants of one BotCluster, in its namespace."""

    def __init__(self, options):
        self.namespace, self.cluster = options.namespace, options.cluster
        self.collection = f"/apis/generalbots.io/v1alpha1/namespaces/{self.namespace}/tenants"
        self.api = node.Api()
        self.names = []
        self.created = {}
        self.inventory = inventory.Inventory(self.namespace, self.cluster, BEGINNING)
        selector = LABEL.replace("=", "%3D")
        self.watched = Watched(f"{self.collection}?labelSelector={selector}")

    def create(self, name):
        key, value = LABEL.split("=")
        self.names.append(name)
        body = {
            "apiVersion": "generalbots.io/v1alpha1",
            "kind": "Tenant",
            "metadata": {"name": name, "labels": {key: value}},
            "spec": {
                "clusterRef": {"name": self.cluster},
                "isolation": "Database",
                "reclaimPolicy": "Delete",
                "bots": [{"name": name}],
            },
        }
        self.api.call("POST", self.collection, body, "application/json")
        self.created[name] = time.time()

    def ready(self):
        """How many of them have been Ready."""
        return sum(name in self.watched.heard for name in self.names)

    def fill(self, count, kills):
        """Creates all, kills the operator on the way, and waits for the last."""
        began = time.time()
        for number in range(count):
            self.create(f"{BEGINNING}{number:03}")
        node.say(f"{count} Tenants created in {time.time() - began:.1f} s")
        for number in range(kills):
            self.await_ready(number * count // kills)
            node.say(f"kill {number + 1} of {kills} at {self.ready()} Ready: {kill(number)}")
        for tenth in range(1, 11):
            self.await_ready(count * tenth // 10)
            node.say(f"{self.ready()} Ready after {time.time() - began:.1f} s")
        self.watched.until(PATIENCE, "all Ready at once", self.all_ready)
        return max(self.watched.heard[name] for name in self.names) - began

    def await_ready(self, number):
        self.watched.until(PATIENCE, f"{number} Tenants Ready", lambda: self.ready() >= number)

    def all_ready(self):
        there = self.watched.objects
        return all(name in there and is_ready(there[name]) for name in self.names)

    def waits(self):
        return [self.watched.heard[name] - self.created[name] for name in self.names]

    def alone(self):
        """Seconds of one more Tenant, with all the others there."""
        name = f"{BEGINNING}{len(self.names):03}"
        self.create(name)
        self.watched.until(PATIENCE, f"{name} Ready", lambda: name in self.watched.heard)
        return self.watched.heard[name] - self.created[name]

    def edits(self):
        """Seconds from each edit of the hosts until the BotCluster is told of it."""
        name = self.names[0]
        registration = f"{self.cluster}-tenant-{name}"
        path = f"/api/v1/namespaces/{self.namespace}/secrets?fieldSelector=metadata.name%3D{registration}"
        secrets, took = Watched(path), []
        for number in range(EDITS):
            hosts = [] if number % 2 else [f"{name}.bots.localhost"]
            began = time.time()
            self.api.call("PATCH", f"{self.collection}/{name}", {"spec": {"hosts": hosts}})
            secrets.until(60, f"edit {number} written", lambda: told(secrets, registration) == hosts)
            took.append(time.time() - began)
        return took

    def remove(self):
        """Seconds until all are gone, and what is left of them."""
        began = time.time()
        for name in self.names:
            self.api.call("DELETE", f"{self.collection}/{name}")
        self.watched.until(PATIENCE, "all gone", lambda: not self.watched.objects)
        took = time.time() - began
        node.say(f"all gone after {took:.1f} s")
        # Servers read their users again a moment after the last registration went.
        node.until(120, "servers without their users", lambda: not self.inventory.users())
        return took, self.inventory.differences([])


def told(secrets, registration):
    """The hosts in a registration."""
    data = secrets.objects.get(registration, {}).get("data", {})
    return inventory.registered(data).get("hosts")


def kill(number):
    """Deletes the operator's pod, every second one without grace, and waits for a new one."""
    namespace, _ = node.operator()
    pods = Watched(f"/api/v1/namespaces/{namespace}/pods?labelSelector={node.OPERATOR.replace('=', '%3D')}")
    pods.until(120, "the operator ready", lambda: any(map(load.is_ready, pods.objects.values())))
    victims = {pod["metadata"]["uid"] for pod in pods.objects.values()}
    grace = ("--grace-period=0", "--force") if number % 2 else ()
    began = time.time()
    node.kubectl("-n", namespace, "delete", "pods", "-l", node.OPERATOR, "--wait=false", *grace)
    fresh = lambda pod: pod["metadata"]["uid"] not in victims and load.is_ready(pod)
    pods.until(180, "a new operator ready", lambda: any(map(fresh, pods.objects.values())))
    return f"{'without' if number % 2 else 'with'} grace, a new one ready after {time.time() - began:.1f} s"


def quiet(seconds):
    """Writes and reads of the operator in this time."""
    namespace, _ = node.operator()
    since = idle.now()
    time.sleep(seconds)
    seen = idle.calls(f"system:serviceaccount:{namespace}:generalbots-operator", since, idle.now())
    writes = sum(count for (verb, _), count in seen.items() if verb in idle.WRITES)
    calls = {f"{verb} {resource}": count for (verb, resource), count in seen.items()}
    return {"seconds": seconds, "writes": writes, "reads": sum(seen.values()) - writes, "calls": calls}


def spread(values):
    """The middle, the end and the worst of some seconds."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    found = {name: round(load.share(values, part), 2) for name, part in shares.items()}
    return found | {"max": round(max(values), 2)}


def measured(bench, options):
    result = {"tenants": options.count, "kills": options.kills, "load": os.getloadavg()[0]}
    result["all_ready"] = round(bench.fill(options.count, options.kills), 1)
    result["each_ready"] = spread(bench.waits())
    result["differences"] = bench.inventory.differences(bench.names)
    node.say(f"what is there and should not be, or the other way round: {result['differences'] or 'nothing'}")
    if options.idle:
        result["idle"] = quiet(options.idle)
        node.say(f"idle: {result['idle']}")
    result["one_more"] = round(bench.alone(), 2)
    result["edits"] = spread(bench.edits())
    node.say(f"one more took {result['one_more']} s, edits {result['edits']}")
    return result


def main():
    parser = argparse.ArgumentParser(prog="dev/bench tenants", description=__doc__)
    parser.add_argument("--namespace", default="default", help="namespace of the BotCluster (default)")
    parser.add_argument("--cluster", default="demo", help="its name (demo)")
    parser.add_argument("--count", type=int, default=100, help="how many Tenants (100)")
    parser.add_argument("--kills", type=int, default=0, help="how often the operator's pod is deleted (0)")
    parser.add_argument("--idle", type=int, default=60, metavar="SECONDS", help="how long to look on (60)")
    parser.add_argument("--keep", action="store_true", help="leave the Tenants there")
    options = parser.parse_args()
    if not 1 <= options.count <= 900 or not 0 <= options.kills <= options.count:
        parser.error("--count is 1 to 900, --kills at most as many")
    if node.objects("tenants", "-n", options.namespace, "-l", LABEL)["items"]:
        node.die(f"there are Tenants of another run: kubectl -n {options.namespace} delete tenants -l {LABEL}")
    bench = Bench(options)
    result = measured(bench, options)
    if not options.keep:
        took, left = bench.remove()
        result |= {"gone": round(took, 1), "left": left}
        node.say(f"left: {left or 'nothing'}")
    print(json.dumps(result | {"load_after": os.getloadavg()[0]}))


if __name__ == "__main__":
    main()
