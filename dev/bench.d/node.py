"""The node that is measured: kubectl, and the API server without a process in between."""

import http.client
import json
import os
import ssl
import subprocess
import sys
import tempfile
import base64
import time
import urllib.parse

STATE = os.environ["GBO_BENCH_STATE"]
DEV = os.environ["GBO_BENCH_DEV"]
NODE = os.environ["GBO_BENCH_NODE"]
KUBECTL = os.path.join(STATE, "bin", "kubectl")
OPERATOR = "app.kubernetes.io/name=generalbots-operator"


def die(message):
    print(f"dev/bench: {message}", file=sys.stderr)
    sys.exit(1)


def say(message):
    print(message, file=sys.stderr, flush=True)


def kubectl(*arguments, stdin=None, check=True, timeout=120):
    """The output of kubectl; ends the program with its message if it fails."""
    done = subprocess.run(
        [KUBECTL, *arguments], input=stdin, capture_output=True, text=True, timeout=timeout
    )
    if check and done.returncode:
        die(f"kubectl {' '.join(arguments[:4])}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def objects(*arguments):
    return json.loads(kubectl("get", *arguments, "-o", "json"))


def control(*arguments):
    """dev/node on the node that is measured."""
    subprocess.run(
        [os.path.join(DEV, "node"), *arguments, "--name", NODE], check=True, capture_output=True
    )


def until(seconds, what, condition):
    """The first true answer of the condition, asked five times a second; the end if there is none."""
    deadline = time.time() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.time() > deadline:
            die(f"{what}: not within {seconds} s")
        time.sleep(0.2)


def operator():
    """Namespace and name of the operator's Deployment."""
    found = objects("deployments", "-A", "-l", OPERATOR)["items"]
    if len(found) != 1:
        die(f"{len(found)} operators are installed in node {NODE}; one is needed (dev/up)")
    return found[0]["metadata"]["namespace"], found[0]["metadata"]["name"]


class WithoutOperator:
    """The time in which no operator runs; afterwards there are as many as before."""

    def __init__(self):
        self.namespace, self.name = operator()
        self.before = self.deployment()["spec"]["replicas"]

    def deployment(self):
        return objects("-n", self.namespace, "deployment", self.name)

    def scale(self, replicas):
        kubectl("-n", self.namespace, "scale", "deployment", self.name, f"--replicas={replicas}")

    def gone(self):
        return not objects("pods", "-n", self.namespace, "-l", OPERATOR)["items"]

    def ready(self):
        return self.deployment()["status"].get("readyReplicas", 0) == self.before

    def __enter__(self):
        self.scale(0)
        try:
            until(60, "the operator's pods gone", self.gone)
        except BaseException:
            self.scale(self.before)
            raise

    def __exit__(self, *_):
        self.scale(self.before)
        until(120, "the operator ready again", self.ready)


class Api:
    """One connection to the API server."""

    def __init__(self):
        config = json.loads(kubectl("config", "view", "--raw", "--minify", "-o", "json"))
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self.address = urllib.parse.urlsplit(cluster["server"]).netloc
        self.context = ssl.create_default_context(
            cadata=base64.b64decode(cluster["certificate-authority-data"]).decode()
        )
        with tempfile.NamedTemporaryFile() as pair:
            for part in ("client-certificate-data", "client-key-data"):
                pair.write(base64.b64decode(user[part]) + b"\n")
            pair.flush()
            self.context.load_cert_chain(pair.name)
        self.connection = self.connect(30)

    def connect(self, timeout):
        return http.client.HTTPSConnection(self.address, context=self.context, timeout=timeout)

    def call(self, method, path, body=None, kind="application/merge-patch+json"):
        data = None if body is None else json.dumps(body)
        try:
            answer = self.ask(method, path, data, kind)
        except http.client.RemoteDisconnected:  # a connection that was kept for too long
            answer = self.ask(method, path, data, kind)
        text = answer.read()
        if answer.status >= 300:
            die(f"{method} {path}: {answer.status} {text[:200]!r}")
        return json.loads(text)

    def ask(self, method, path, data, kind):
        self.connection.request(method, path, data, {"Content-Type": kind})
        return self.connection.getresponse()

    def watch(self, path, seconds):
        """The objects of a watch, one by one."""
        for _, found in self.changes(path, seconds):
            yield found

    def changes(self, path, seconds):
        """The same with what happened to each: those that are there first, as added."""
        connection = self.connect(seconds + 30)
        connection.request("GET", f"{path}&watch=true&timeoutSeconds={seconds}")
        answer = connection.getresponse()
        while line := answer.readline():
            event = json.loads(line)
            yield event["type"], event["object"]
