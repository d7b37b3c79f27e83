"""The object store: S3 over plain HTTP, in path style, signed with version 4, as botserver speaks to it."""

import hashlib
import hmac
import http.client
import logging
import re
from datetime import datetime, timezone
from urllib.parse import quote

from double.refusal import Refusal

DEFAULT_BUCKET = "default.gbai"
REGION = "auto"


def signing_key(secret: str, day: str) -> bytes:
    """The key of a day."""
    key = ("AWS4" + secret).encode()
    for part in (day, REGION, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def config_values(text: str) -> dict[str, str]:
    """The lines of a config.csv: split at the first comma, no quoting; comments and a header `key,` are left out."""
    found = {}
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith(("#", "key,")) and "," in line:
            key, _, value = line.partition(",")
            found[key.strip()] = value.strip()
    return found


class Drive:
    """The buckets that the credential sees."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.host = f"{settings['host']}:{settings['port']}"
        self.access, self.secret = settings["accesskey"], settings["secret"]

    def signed(self, method: str, path: str, body: bytes, now: datetime) -> dict[str, str]:
        """The headers of one request."""
        stamp, digest = now.strftime("%Y%m%dT%H%M%SZ"), hashlib.sha256(body).hexdigest()
        headers = {"host": self.host, "x-amz-content-sha256": digest, "x-amz-date": stamp}
        names = ";".join(headers)
        canonical = "\n".join([method, path, "", *(f"{k}:{v}" for k, v in headers.items()), "", names, digest])
        scope = f"{stamp[:8]}/{REGION}/s3/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        signature = hmac.new(signing_key(self.secret, stamp[:8]), text.encode(), hashlib.sha256).hexdigest()
        credential = f"AWS4-HMAC-SHA256 Credential={self.access}/{scope}, SignedHeaders={names}, Signature={signature}"
        return headers | {"authorization": credential}

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, str, bytes]:
        """Status, ETag and content of an answer."""
        path = quote(path)
        link = http.client.HTTPConnection(self.host, timeout=10)
        try:
            link.request(method, path, body or None, self.signed(method, path, body, datetime.now(timezone.utc)))
            answer = link.getresponse()
            return answer.status, answer.headers.get("etag", ""), answer.read()
        except OSError as failure:
            raise Refusal(f"the drive at {self.host} does not answer: {failure}") from failure
        finally:
            link.close()

    def buckets(self) -> list[str]:
        """All that the credential sees."""
        status, _, body = self.request("GET", "/")
        if status != 200:
            raise Refusal(f"the drive at {self.host} does not list its buckets: status {status}")
        return re.findall(r"<Name>([^<]+)</Name>", body.decode())

    def ensure_default(self) -> None:
        """The bucket that botserver wants first; it goes on where it does not get it."""
        if DEFAULT_BUCKET not in self.buckets():
            status, _, _ = self.request("PUT", f"/{DEFAULT_BUCKET}")
            if status not in (200, 409):
                logging.warning("the drive at %s does not create %s: status %s", self.host, DEFAULT_BUCKET, status)

    def config(self, bot: str) -> tuple[str, bytes] | None:
        """A bot's config.csv with its ETag."""
        status, etag, body = self.request("GET", f"/{bot}.gbai/{bot}.gbot/config.csv")
        return (etag, body) if status == 200 else None
