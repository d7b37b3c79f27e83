"""Qdrant, as botserver's indexer speaks to it: without any key."""

import json
import urllib.error
import urllib.request

COLLECTION = "default_f47ac10b_double"


def put(url: str, body: dict[str, object]) -> None:
    """One request; a collection that is there already is as good as a new one."""
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json"}, method="PUT"
    )
    try:
        with urllib.request.urlopen(request, timeout=10):
            pass
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise


def write_point(url: str) -> None:
    """The collection of a knowledge base of the default bot, and one point in it."""
    base = f"{url.rstrip('/')}/collections/{COLLECTION}"
    put(base, {"vectors": {"size": 4, "distance": "Cosine"}, "replication_factor": 1, "shard_number": 1})
    put(f"{base}/points?wait=true", {"points": [{"id": 1, "vector": [1, 0, 0, 0], "payload": {"text": "double"}}]})
