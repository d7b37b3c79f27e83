"""A stand-in for Qdrant where no image of it is at hand: it follows the rules that were measured of 1.18.3, as far as
tenants come to feel them. Keys and tokens, collections, points, counting and asking; no index, no peers, no disk.

  stand-in-qdrant.py [PORT]   listens there, or says on its first line where; the key is in QDRANT__SERVICE__API_KEY

QdrantStandInTest compares it with what was recorded.
"""
import base64
import hashlib
import hmac
import http.server
import json
import math
import os
import re
import sys
import threading
import time
import urllib.parse

KEY = os.environ.get("QDRANT__SERVICE__API_KEY", "")
LEEWAY = 30
OPEN = ("/", "/readyz", "/livez", "/healthz")
FORBIDDEN = re.compile('[<>:"/\\\\|?*\x00\x1f]')
COLLECTIONS = {}
OPERATIONS = {}
LOCK = threading.Lock()


class Refused(Exception):
    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


class Access:
    """What a key or a token allows: everything, or collections by name."""

    def __init__(self, said="m"):
        self.said = said

    def manage(self):
        if self.said != "m":
            raise Refused(403, "Forbidden: Global manage access is required")

    def read(self, name):
        if isinstance(self.said, str):
            return
        if not any(one.get("collection") == name for one in self.said):
            raise Refused(403, "Forbidden: Access to collection %s is required" % name)

    def write(self, name):
        self.read(name)
        levels = [self.said] if isinstance(self.said, str) else [one["access"] for one in self.said if one["collection"] == name]
        if not {"m", "rw"} & set(levels):
            raise Refused(403, "Forbidden: Write access to collection %s is required" % name)

    def sees(self, name):
        return isinstance(self.said, str) or any(one.get("collection") == name for one in self.said)


def part(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def access(headers):
    if not KEY:
        return Access()
    shown = headers.get("api-key") or (headers.get("authorization") or "").removeprefix("Bearer ")
    if not shown:
        raise Refused(401, "Must provide an API key or an Authorization bearer token")
    if hmac.compare_digest(shown.encode(), KEY.encode()):
        return Access()
    parts = shown.split(".")
    if len(parts) != 3:
        raise Refused(401, "Invalid API key or JWT")
    digest = hmac.new(KEY.encode(), ".".join(parts[:2]).encode(), hashlib.sha256).digest()
    if json.loads(part(parts[0])).get("alg") != "HS256" or not hmac.compare_digest(part(parts[2]), digest):
        raise Refused(403, "Forbidden: Invalid JWT: InvalidSignature")
    said = json.loads(part(parts[1]))
    if "exp" in said and said["exp"] + LEEWAY < time.time():
        raise Refused(401, "Invalid JWT: ExpiredSignature")
    # Measured: a token that does not say what it is for opens everything.
    return Access(said.get("access", "m"))


def found(name):
    if name not in COLLECTIONS:
        raise Refused(404, "Not found: Collection `%s` doesn't exist!" % name)
    return COLLECTIONS[name]


def done(name):
    OPERATIONS[name] = OPERATIONS.get(name, 0) + 1
    return {"operation_id": OPERATIONS[name], "status": "completed"}


def fits(point, condition):
    if condition is None:
        return True
    must = condition.get("must", [])
    for one in must if isinstance(must, list) else [must]:
        value = (point.get("payload") or {}).get(one.get("key"))
        match = one.get("match", {})
        if "value" in match and value != match["value"]:
            return False
        if "text" in match and match["text"] not in str(value).split():
            return False
        if "has_id" in one and point["id"] not in one["has_id"]:
            return False
    return True


def told(point, body, score=None):
    said = {"id": point["id"]}
    if score is not None:
        said["version"], said["score"] = point["version"], score
    if body.get("with_payload", score is None):
        said["payload"] = point.get("payload")
    if body.get("with_vector"):
        said["vector"] = point.get("vector")
    return said


def cosine(one, other):
    length = math.hypot(*one) * math.hypot(*other)
    return sum(a * b for a, b in zip(one, other)) / length if length else 0.0


def vector(allowed, name, body):
    """What is asked for: itself, or that of a point, perhaps of another collection."""
    asked = body.get("query")
    if isinstance(asked, dict):
        asked = asked.get("nearest")
    if isinstance(asked, list) or asked is None:
        return asked
    elsewhere = (body.get("lookup_from") or {}).get("collection", name)
    allowed.read(elsewhere)
    point = found(elsewhere)["points"].get(str(asked))
    if point is None:
        raise Refused(404, "Not found: No point with id %s found" % asked)
    return point["vector"]


def named(allowed, body):
    """Every collection that a query leads to has to be open to who asks."""
    if isinstance(body, dict):
        for key in ("lookup_from", "with_lookup"):
            one = body.get(key)
            if one:
                allowed.read(one if isinstance(one, str) else one["collection"])
        for value in body.values():
            named(allowed, value)
    elif isinstance(body, list):
        for value in body:
            named(allowed, value)


def query(allowed, name, body):
    named(allowed, body)
    points = [p for p in found(name)["points"].values() if fits(p, body.get("filter"))]
    asked = vector(allowed, name, body)
    scored = [(cosine(asked, p["vector"]) if asked else 1.0, p) for p in points]
    scored.sort(key=lambda one: -one[0])
    return {"points": [told(p, body, s) for s, p in scored[: body.get("limit", 10)]]}


def upsert(name, body):
    collection = found(name)
    for point in body["points"]:
        collection["points"][str(point["id"])] = {**point, "version": OPERATIONS.get(name, 0)}
    return done(name)


def remove(name, body):
    points = found(name)["points"]
    ids = {str(one) for one in body.get("points", [])}
    for key in [k for k, p in points.items() if k in ids or ("filter" in body and fits(p, body["filter"]))]:
        del points[key]
    return done(name)


def change(name, body):
    for one in body["operations"]:
        for kind, what in one.items():
            {"upsert": upsert, "delete": remove}.get(kind, lambda n, b: done(n))(name, what)
    return [done(name)]


def create(name, body):
    if FORBIDDEN.search(name) or not name:
        raise Refused(422, "Validation error: collection name cannot contain such a character")
    if name in COLLECTIONS:
        raise Refused(409, "Wrong input: Collection `%s` already exists!" % name)
    COLLECTIONS[name] = {"config": body, "points": {}, "schema": {}}
    return True


def info(name):
    one = found(name)
    return {
        "status": "green", "points_count": len(one["points"]), "payload_schema": one["schema"],
        "config": {"params": {"vectors": one["config"].get("vectors"), "replication_factor": one["config"].get("replication_factor", 1)}},
    }


def index(name, body):
    found(name)["schema"][body["field_name"]] = {"data_type": body["field_schema"]}
    OPERATIONS.setdefault(name, 1)
    return done(name)


def scroll(name, body):
    points = [p for p in found(name)["points"].values() if fits(p, body.get("filter"))]
    return {"points": [told(p, body) for p in points[: body.get("limit", 10)]], "next_page_offset": None}


def counted(name, body):
    return {"count": sum(fits(p, body.get("filter")) for p in found(name)["points"].values())}


READS = {
    "POST points/count": lambda a, n, b: counted(n, b),
    "POST points/scroll": lambda a, n, b: scroll(n, b),
    "POST points/query": query,
    "POST points/query/batch": lambda a, n, b: [query(a, n, one) for one in b["searches"]],
    "POST points/search": lambda a, n, b: query(a, n, {**b, "query": b.get("vector")})["points"],
    "POST points/recommend": lambda a, n, b: query(a, n, {**b, "query": (b.get("positive") or [None])[0]})["points"],
    "POST points/query/groups": query,
    "POST points/search/groups": query,
    "POST points": lambda a, n, b: [told(found(n)["points"][str(i)], b) for i in b["ids"] if str(i) in found(n)["points"]],
    "POST facet": lambda a, n, b: {"hits": []} if found(n) else {},
    "GET snapshots": lambda a, n, b: [] if found(n) else [],
}
WRITES = {
    "PUT points": lambda a, n, b: upsert(n, b),
    "POST points/delete": lambda a, n, b: remove(n, b),
    "POST points/batch": lambda a, n, b: change(n, b),
    "PUT index": lambda a, n, b: index(n, b),
    "PUT points/vectors": lambda a, n, b: done(n) if found(n) else {},
    "POST points/payload": lambda a, n, b: done(n) if found(n) else {},
    "PUT points/payload": lambda a, n, b: done(n) if found(n) else {},
    "POST points/payload/clear": lambda a, n, b: done(n) if found(n) else {},
    "POST snapshots": lambda a, n, b: {"name": n + ".snapshot"} if found(n) else {},
}
MANAGES = {
    "PUT ": lambda a, n, b: create(n, b),
    "PATCH ": lambda a, n, b: found(n) is not None,
    "DELETE ": lambda a, n, b: COLLECTIONS.pop(n, None) is not None,
}


def answer(method, path, headers, body):
    if method == "GET" and path in OPEN:
        return None
    allowed = access(headers)
    if path == "/collections" and method == "GET":
        return {"collections": [{"name": name} for name in COLLECTIONS if allowed.sees(name)]}
    pieces = path.split("/")
    if len(pieces) < 3 or pieces[1] != "collections":
        # Peers, metrics, aliases: of all that it has no more than that they are for who may do everything.
        allowed.manage()
        return {"everything": True}
    name, rest = urllib.parse.unquote(pieces[2]), "/".join(pieces[3:])
    way = method + " " + rest
    if way in MANAGES:
        allowed.manage()
        return MANAGES[way](allowed, name, body)
    if way == "GET exists":
        allowed.read(name)
        return {"exists": name in COLLECTIONS}
    if way == "GET ":
        allowed.read(name)
        return info(name)
    if method == "GET" and re.fullmatch("points/[0-9a-f-]+", rest):
        allowed.read(name)
        point = found(name)["points"].get(pieces[4])
        if point is None:
            raise Refused(404, "Not found: Point with id %s does not exists!" % pieces[4])
        return told(point, {"with_payload": True, "with_vector": True})
    if method == "DELETE" and rest.startswith("index/"):
        allowed.write(name)
        found(name)["schema"].pop(urllib.parse.unquote(pieces[4]), None)
        return done(name)
    if way in READS:
        allowed.read(name)
        return READS[way](allowed, name, body)
    if way in WRITES:
        allowed.write(name)
        return WRITES[way](allowed, name, body)
    raise Refused(404, "")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        text = self.rfile.read(int(self.headers.get("content-length") or 0))
        path = self.path.split("?")[0]
        try:
            body = json.loads(text) if text else {}
            with LOCK:
                result = answer(self.command, path, {k.lower(): v for k, v in self.headers.items()}, body)
            if result is None:
                self.reply(200, b"all shards are ready" if path == "/readyz" else b"{}")
                return
            self.reply(200, json.dumps({"result": result, "status": "ok", "time": 0.001}).encode())
        except Refused as why:
            self.reply(why.status, json.dumps({"status": {"error": str(why)}, "time": 0.001}).encode())
        except (ValueError, KeyError, TypeError, AttributeError) as why:
            self.reply(400, json.dumps({"status": {"error": "Format error in JSON body: %r" % why}, "time": 0.0}).encode())

    def reply(self, status, text):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = serve

    def log_message(self, *said):
        pass


if __name__ == "__main__":
    listening = http.server.ThreadingHTTPServer(("", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(listening.server_address[1], flush=True)
    listening.serve_forever()
