"""The object store: S3 in path style, signed with version 4. Everything is asked for in pieces, each of which can be
asked for again."""

import collections
import datetime
import hashlib
import hmac
import http.client
import ssl
import time
import urllib.parse
import xml.etree.ElementTree as xml

from common import PIECE, Refusal, Trouble

SECONDS = 60
TRIES = 5

# S3 takes 10,000 parts of an upload.
PART = 2 * PIECE
PARTS = 10_000

Answer = collections.namedtuple("Answer", "status headers body")

# What else of an object comes along.
KEPT = ("content-type", "content-encoding", "content-disposition", "content-language", "cache-control")
OWN = "x-amz-meta-"


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Store:
    """An object store, as one login sees it."""

    def __init__(self, login, authority):
        url = urllib.parse.urlsplit(login.get("tls-uri") or login.get("uri", ""))
        if url.scheme not in ("http", "https") or not login.get("username") or not login.get("password"):
            raise Refusal("the Secret of the object store needs the keys username, password and uri")
        self.url, self.access, self.secret = url, login["username"], login["password"]
        self.region = login.get("region") or "us-east-1"
        self.context = ssl.create_default_context(cafile=authority) if url.scheme == "https" else None
        self.connection = None

    def ask(self, method, bucket, key="", query=None, body=b"", headers=None):
        """The answer; what failed on the way, or in the store, is asked for again."""
        path = urllib.parse.quote(f"/{bucket}/{key}" if key else f"/{bucket}")
        text = urllib.parse.urlencode(sorted((query or {}).items()), quote_via=urllib.parse.quote)
        trouble = "no answer"
        for attempt in range(TRIES):
            if attempt:
                time.sleep(2 ** (attempt - 1))
            try:
                answer = self.once(method, path, text, body, headers or {})
            except (OSError, http.client.HTTPException) as e:
                self.close()
                trouble = str(e) or type(e).__name__
                continue
            if answer.status < 500:
                return answer
            trouble = f"{answer.status} {code(answer)}"
        raise Trouble(f"the object store does not answer: {trouble}")

    def once(self, method, path, query, body, headers):
        if self.connection is None:
            self.connection = self.connect()
        target = f"{path}?{query}" if query else path
        self.connection.request(method, target, body, self.signed(method, path, query, body, headers))
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())

    def connect(self):
        if self.context:
            return http.client.HTTPSConnection(self.url.netloc, timeout=SECONDS, context=self.context)
        return http.client.HTTPConnection(self.url.netloc, timeout=SECONDS)

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def signed(self, method, path, query, body, others):
        """The headers of one request, all of them signed."""
        now = datetime.datetime.now(datetime.timezone.utc)
        stamp, digest = now.strftime("%Y%m%dT%H%M%SZ"), hashlib.sha256(body).hexdigest()
        headers = {**others, "host": self.url.netloc, "x-amz-content-sha256": digest, "x-amz-date": stamp}
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{' '.join(headers[name].split())}\n" for name in sorted(headers))
        request = "\n".join([method, path, query, lines, names, digest])
        scope = f"{stamp[:8]}/{self.region}/s3/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
        key = keyed(("AWS4" + self.secret).encode(), stamp[:8])
        for part in (self.region, "s3", "aws4_request"):
            key = keyed(key, part)
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.access}/{scope}, SignedHeaders={names},"
            f" Signature={keyed(key, text).hex()}"
        )
        return headers

    def done(self, method, bucket, key="", **more):
        """The answer to what has to succeed."""
        answer = self.ask(method, bucket, key, **more)
        if answer.status >= 300:
            raise Trouble(f"{method} of {bucket}/{key} in the object store: {answer.status} {code(answer)}")
        return answer

    def keys(self, bucket, prefix="", most=1000):
        """The names of all objects, in order, a page at a time."""
        query = {"list-type": "2", "prefix": prefix, "max-keys": str(most)}
        while True:
            page = xml.fromstring(self.done("GET", bucket, query=query).body)
            yield from (text(found, "Key") for found in page.iterfind("{*}Contents"))
            if text(page, "IsTruncated") != "true":
                return
            query["continuation-token"] = text(page, "NextContinuationToken")

    def head(self, bucket, key):
        """The headers of an object; None if it is not there."""
        answer = self.ask("HEAD", bucket, key)
        if answer.status == 404:
            return None
        if answer.status >= 300:
            raise Trouble(f"{bucket}/{key} in the object store cannot be read: {answer.status}")
        return answer.headers

    def pieces(self, bucket, key, headers, place=0):
        """What is in an object from there on, all of it as it was when these headers were read."""
        size = int(headers["content-length"])
        while place < size:
            last = min(place + PIECE, size) - 1
            answer = self.done("GET", bucket, key, headers={"range": f"bytes={place}-{last}"})
            if answer.headers["etag"] != headers["etag"] or len(answer.body) != last - place + 1:
                raise Trouble(f"{bucket}/{key} was changed while it was read")
            yield answer.body
            place = last + 1

    def put(self, bucket, key, body, headers=None):
        self.done("PUT", bucket, key, body=body, headers=headers)

    def remove(self, bucket, key):
        self.done("DELETE", bucket, key)

    def forget_uploads(self, bucket, key):
        """Ends what an earlier try began and did not end."""
        page = xml.fromstring(self.done("GET", bucket, query={"uploads": "", "prefix": key}).body)
        for upload in page.iterfind("{*}Upload"):
            if text(upload, "Key") == key:
                self.ask("DELETE", bucket, key, query={"uploadId": text(upload, "UploadId")})


class Upload:
    """An object that is there once all of it is; before, nobody sees anything of it."""

    def __init__(self, store, bucket, key, headers=None):
        self.store, self.bucket, self.key, self.headers = store, bucket, key, headers
        self.held, self.parts, self.id, self.bytes = bytearray(), [], None, 0

    def write(self, data):
        self.held += data
        self.bytes += len(data)
        while len(self.held) >= PART:
            self.send(bytes(self.held[:PART]))
            del self.held[:PART]

    def send(self, part):
        if self.id is None:
            answer = self.store.done("POST", self.bucket, self.key, query={"uploads": ""}, headers=self.headers)
            self.id = text(xml.fromstring(answer.body), "UploadId")
        if len(self.parts) == PARTS:
            raise Refusal(f"an archive has no more than {PARTS * PART} bytes")
        query = {"partNumber": str(len(self.parts) + 1), "uploadId": self.id}
        answer = self.store.done("PUT", self.bucket, self.key, query=query, body=part)
        self.parts.append(answer.headers["etag"])

    def complete(self):
        if self.id is None:
            self.store.put(self.bucket, self.key, bytes(self.held), self.headers)
            return
        if self.held:
            self.send(bytes(self.held))
        parts = "".join(
            f"<Part><PartNumber>{n}</PartNumber><ETag>{etag}</ETag></Part>" for n, etag in enumerate(self.parts, 1)
        )
        body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
        answer = self.store.done("POST", self.bucket, self.key, query={"uploadId": self.id}, body=body)
        if b"<Error>" in answer.body:
            raise Trouble(f"{self.bucket}/{self.key} was not put together: {code(answer)}")

    def abandon(self):
        if self.id is not None:
            self.store.ask("DELETE", self.bucket, self.key, query={"uploadId": self.id})


def kept(headers):
    """What of an object's headers is the user's."""
    return {n.lower(): v for n, v in headers.items() if n.lower() in KEPT or n.lower().startswith(OWN)}


def text(element, name):
    return element.findtext("{*}" + name) or ""


def code(answer):
    try:
        return text(xml.fromstring(answer.body), "Code")
    except xml.ParseError:
        return answer.body[:100].decode(errors="replace")
