"""A pod that writes through the pooler of a BotCluster, or to its Valkey, and what it found."""

import json
import os

import node

SCRIPTS = os.path.join(node.DEV, "..", "operator", "src", "test", "resources")
POD = "bench-writer"
UID = 10001


def environment(cluster):
    """What libpq needs, from the Secret that applications use."""

    def key(name, entry):
        reference = {"secretKeyRef": {"name": f"{cluster}-app", "key": entry}}
        return {"name": name, "valueFrom": reference}

    entries = {"PGUSER": "username", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    return [key(name, entry) for name, entry in entries.items()] + [
        {"name": "PGHOST", "value": f"{cluster}-pooler"},
        {"name": "PGSSLMODE", "value": "verify-full"},
        {"name": "PGSSLROOTCERT", "value": "/tls/ca.crt"},
    ]


def manifest(variables, authority):
    """A restricted pod with these variables and the CA of this Secret."""
    container = {
        "name": "writer",
        "image": "generalbots/tools:1",
        "command": ["sleep", "infinity"],
        "env": variables,
        "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "tls", "mountPath": "/tls"},
            {"name": "tmp", "mountPath": "/tmp"},
        ],
    }
    authority = {"secretName": authority, "items": [{"key": "ca.crt", "path": "ca.crt"}]}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": POD},
        "spec": {
            "terminationGracePeriodSeconds": 0,
            "automountServiceAccountToken": False,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": UID,
                "runAsGroup": UID,
                "fsGroup": UID,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [container],
            "volumes": [{"name": "tls", "secret": authority}, {"name": "tmp", "emptyDir": {}}],
        },
    }


class Load:
    """Writers in a pod. They run by themselves, so that the API server may go away meanwhile."""

    script = os.path.join(SCRIPTS, "load", "writer.py")

    def __init__(self, namespace, cluster, writers):
        self.namespace = namespace
        self.writers = writers
        self.remove()
        node.kubectl("-n", namespace, "apply", "-f", "-", stdin=json.dumps(self.manifest(cluster)))
        node.kubectl("-n", namespace, "wait", f"pod/{POD}", "--for=condition=Ready", "--timeout=90s")
        with open(self.script, encoding="utf-8") as script:
            self.inside("cat >/tmp/writer.py", stdin=script.read())

    def manifest(self, cluster):
        return manifest(environment(cluster), f"{cluster}-server")

    def arguments(self, seconds):
        """Of the script, besides those that say where it ends and tells."""
        return f"--seconds {seconds} --writers {self.writers} --every 0.03"

    def inside(self, command, stdin=None, timeout=120):
        terminal = ["-i"] if stdin is not None else []
        return node.kubectl(
            "-n", self.namespace, "exec", *terminal, POD, "--", "bash", "-c", command,
            stdin=stdin, timeout=timeout,
        )

    def start(self, seconds):
        """Begins to write; comes back when the first rows are acknowledged."""
        self.inside(
            "rm -f /tmp/stop /tmp/result /tmp/log; touch /tmp/log; "
            f"setsid python3 /tmp/writer.py {self.arguments(seconds)} "
            "--stop /tmp/stop --out /tmp/result >/tmp/log 2>&1 </dev/null & "
            "until grep -q writing /tmp/log; do sleep 0.1; kill -0 $! || { cat /tmp/log; exit 1; }; done; sleep 2"
        )

    def stop(self):
        """Ends the writing; what was found."""
        self.inside("touch /tmp/stop")
        text = self.inside("until [[ -s /tmp/result ]]; do sleep 0.2; done; cat /tmp/result", timeout=240)
        return json.loads(text)

    def remove(self):
        node.kubectl("-n", self.namespace, "delete", "pod", POD, "--ignore-not-found", "--wait")


class Members:
    """The members of the BotCluster's Postgres, or the servers of another component."""

    def __init__(self, namespace, cluster, component="postgres"):
        self.namespace = namespace
        self.selector = f"generalbots.io/cluster={cluster},generalbots.io/component={component}"

    def pods(self):
        return node.objects("pods", "-n", self.namespace, "-l", self.selector)["items"]

    def primary(self):
        """The name of the one primary; none while there is none or two."""
        labelled = [
            pod["metadata"]["name"]
            for pod in self.pods()
            if pod["metadata"].get("labels", {}).get("generalbots.io/role") == "primary"
        ]
        return labelled[0] if len(labelled) == 1 else None

    def ready(self):
        return [pod["metadata"]["name"] for pod in self.pods() if is_ready(pod)]

    def restarts(self):
        """Restarts of all containers, by pod and its uid."""
        return {
            (pod["metadata"]["name"], pod["metadata"]["uid"]): sum(
                status["restartCount"] for status in pod["status"].get("containerStatuses", [])
            )
            for pod in self.pods()
        }


def is_ready(pod):
    conditions = pod.get("status", {}).get("conditions", [])
    return "deletionTimestamp" not in pod["metadata"] and any(
        c["type"] == "Ready" and c["status"] == "True" for c in conditions
    )


def share(values, part):
    """The value that this part of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * len(ordered) + 0.5) - 1)] if ordered else None
