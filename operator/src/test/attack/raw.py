#!/usr/bin/env python3
"""Asks the object store for a path that no client would send as it is, signed in each way in which a
server may read it: as sent, decoded, and with its dots resolved. Prints the answer that gives most."""

import datetime
import hashlib
import hmac
import http.client
import os
import posixpath
import ssl
import sys
import urllib.parse

USAGE = "usage: raw.py TARGET\nEnvironment: LOGIN and PASSWORD, U (the gateway's URL). The authority is /tls/ca.crt."
REGION, SERVICE, EMPTY = "us-east-1", "s3", hashlib.sha256(b"").hexdigest()


def signed(host, path, query, now):
    """The headers that sign a GET of this path (AWS Signature Version 4)."""
    day, time = now.strftime("%Y%m%d"), now.strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": host, "x-amz-content-sha256": EMPTY, "x-amz-date": time}
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(["GET", path, query, lines, names, EMPTY])
    scope = f"{day}/{REGION}/{SERVICE}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = ("AWS4" + os.environ["PASSWORD"]).encode()
    for part in (day, REGION, SERVICE, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    credential = f"{os.environ['LOGIN']}/{scope}"
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


def readings(path):
    """The forms in which a server may take a path, each once."""
    decoded = urllib.parse.unquote(path)
    forms = [path, urllib.parse.quote(decoded), urllib.parse.quote(posixpath.normpath(decoded))]
    return dict.fromkeys(forms)


def ask(target, reading):
    """Status and beginning of the answer to the target as it is, signed for this reading of it."""
    gateway = urllib.parse.urlsplit(os.environ["U"])
    context = ssl.create_default_context(cafile="/tls/ca.crt")
    connection = http.client.HTTPSConnection(gateway.netloc, timeout=10, context=context)
    query = target.partition("?")[2]
    now = datetime.datetime.now(datetime.timezone.utc)
    connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
    for name, value in signed(gateway.netloc, reading, query, now).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read(300).decode(errors="replace")


def main(arguments):
    if len(arguments) != 1 or arguments[0] == "-h":
        print(USAGE)
        return 0 if arguments == ["-h"] else 64
    answers = [ask(arguments[0], reading) for reading in readings(arguments[0].partition("?")[0])]
    judged = [a for a in answers if "SignatureDoesNotMatch" not in a[1]] or answers
    status, text = min(judged)
    print(status, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
