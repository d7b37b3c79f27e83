"""Not Qdrant: the paths, the fields and the answers that its nodes were recorded with, for a collection and a point."""

import http.server
import json
import re

KNOWN = re.compile(r"/collections/[A-Za-z0-9_-]+(/points\?wait=true)?")


class Recorded(http.server.BaseHTTPRequestHandler):
    """Answers what is known with success, and nothing else."""

    def do_GET(self):
        """Whether it is ready."""
        text = b"all shards are ready"
        self.send_response(200 if self.path == "/readyz" else 404)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_PUT(self):
        """A collection, or points in it."""
        self.rfile.read(int(self.headers["content-length"]))
        known = KNOWN.fullmatch(self.path)
        done = {"operation_id": 1, "status": "completed"} if known and known[1] else True
        answer = json.dumps({"result": done, "status": "ok", "time": 0.1}).encode()
        self.send_response(200 if known else 404)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


http.server.ThreadingHTTPServer(("0.0.0.0", 6333), Recorded).serve_forever()
