"""What there is of Tenants of a name's beginning: Secrets, databases and roles, users and identities."""

import base64
import json
import re

import load
import node

# Beside the BotCluster's registration, in the Tenant's own namespace: what it publishes for each component it shares.
PUBLISHED = {
    "postgres": "postgres",
    "valkey": "valkey",
    "seaweedfs": "s3",
    "livekit": "livekit",
    "vault": "vault",
    "qdrant": "qdrant",
}
KINDS = "secrets,configmaps,services,deployments,statefulsets,jobs,pods,persistentvolumeclaims"
USER = re.compile(r"^user t-(.*)-[ab] on ", re.MULTILINE)
IDENTITY = re.compile(r"^t-(.*)-[ab]$")


def secret(namespace, name):
    """The keys of a Secret as text."""
    data = node.objects("-n", namespace, "secret", name)["data"]
    return {key: base64.b64decode(value).decode() for key, value in data.items()}


def registered(data):
    """What a registration says, from the data of its Secret; nothing if there is none."""
    text = base64.b64decode(data.get("registration.json", "")).decode()
    return json.loads(text) if text else {}


class Inventory:
    """Everything named after Tenants whose names begin alike, wherever a BotCluster keeps it."""

    def __init__(self, namespace, cluster, beginning):
        self.namespace = namespace
        self.cluster = cluster
        self.beginning = beginning
        self.postgres = load.Members(namespace, cluster)
        self.valkey = load.Members(namespace, cluster, "valkey")

    def inside(self, pod, *command):
        return node.kubectl("-n", self.namespace, "exec", pod, "--", *command)

    def sql(self, statement):
        pod = self.postgres.primary() or node.die("there is no primary of PostgreSQL")
        psql = ("psql", "-XAtqh", "/run/postgresql", "-U", "postgres", "-d", "postgres", "-c")
        return self.inside(pod, *psql, statement).split()

    def objects(self):
        """Kind and name of each."""
        marked = (self.beginning, f"{self.cluster}-tenant-{self.beginning}")
        lines = node.kubectl("-n", self.namespace, "get", KINDS, "-o", "name").split()
        found = (line.split("/") for line in lines)
        return sorted(f"{kind.split('.')[0]} {name}" for kind, name in found if name.startswith(marked))

    def databases(self):
        return self.sql(f"SELECT datname FROM pg_database WHERE starts_with(datname, 't_{self.beginning}')")

    def roles(self):
        return self.sql(f"SELECT rolname FROM pg_roles WHERE rolname ~ '^t[ab]?_{self.beginning}'")

    def users(self):
        """The Tenant of each user that every server lets in."""
        lists = [
            sorted(name for name in USER.findall(self.acl(pod)) if name.startswith(self.beginning))
            for pod in self.valkey.ready()
        ]
        return lists[0] if lists and all(each == lists[0] for each in lists) else sum(lists, [])

    def acl(self, pod):
        return self.inside(pod, "bash", "-c", ". /scripts/common.sh; here ACL LIST")

    def identities(self):
        """The Tenant of each identity that is let in; those that are closed stay in the file by name."""
        file = json.loads(self.drive()["s3.json"])
        let_in = (IDENTITY.match(i["name"]) for i in file["identities"] if i["credentials"])
        return sorted(m.group(1) for m in let_in if m and m.group(1).startswith(self.beginning))

    def buckets(self):
        names = self.drive().get("tenant-buckets", "").split()
        return sorted(name for name in names if name.startswith(self.beginning))

    def drive(self):
        return secret(self.namespace, f"{self.cluster}-seaweedfs-identities")

    def all(self):
        return {
            "objects": self.objects(),
            "databases": sorted(self.databases()),
            "roles": sorted(self.roles()),
            "users": self.users(),
            "identities": self.identities(),
            "buckets": self.buckets(),
        }

    def published(self):
        """The endings of the Secrets that a Tenant has for the stores that this BotCluster runs."""
        cluster = node.objects("-n", self.namespace, "botcluster", self.cluster)
        running = {component["name"] for component in cluster["status"]["components"]}
        return [suffix for component, suffix in PUBLISHED.items() if component in running]

    def expected(self, names):
        """What there is of these Tenants and no others, before their first rotation."""
        suffixes = ["seed", *self.published()]
        own = [f"secret {name}-{suffix}" for name in names for suffix in suffixes]
        registrations = [f"secret {self.cluster}-tenant-{name}" for name in names]
        return {
            "objects": sorted(own + registrations),
            "databases": sorted(f"t_{name}" for name in names),
            "roles": sorted(f"{slot}_{name}" for name in names for slot in ("t", "ta")),
            "users": sorted(names),
            "identities": sorted(names),
            "buckets": sorted(f"{name}.gbai" for name in names),
        }

    def differences(self, names):
        """What is missing (-) and what is too much (+), by kind."""
        found, wanted = self.all(), self.expected(names)
        return {
            kind: [f"-{n}" for n in wanted[kind] if n not in found[kind]]
            + [f"+{n}" for n in surplus(found[kind], wanted[kind])]
            for kind in wanted
            if found[kind] != wanted[kind]
        }


def surplus(found, wanted):
    """Those that are not wanted, and those that are there twice."""
    left = list(wanted)
    for name in found:
        if name in left:
            left.remove(name)
        else:
            yield name
