"""Stands in for a provider of language models, in OpenAI's words: it repeats what it is told, and says who asked.

Usage: stand-in-model.py [PORT]. It listens on any free port unless one is given, and prints which.
"""

import http.server
import json
import sys


class Model(http.server.BaseHTTPRequestHandler):
    """One request: a chat, whole or word by word."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer("application/json", json.dumps({"status": "ok"}).encode())

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        text = "provider: " + asked["messages"][-1]["content"]
        if self.path != "/v1/chat/completions" or self.headers.get("authorization") != "Bearer sk-of-the-test":
            self.answer("application/json", b'{"error": {"message": "who are you"}}', 401)
        elif asked.get("stream"):
            words = [{"choices": [{"delta": {"content": word + " "}}]} for word in text.split()]
            lines = [f"data: {json.dumps(word)}\n\n" for word in words] + ["data: [DONE]\n\n"]
            self.answer("text/event-stream", "".join(lines).encode())
        else:
            message = {"role": "assistant", "content": text}
            self.answer("application/json", json.dumps({"choices": [{"message": message}]}).encode())

    def answer(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


server = http.server.ThreadingHTTPServer(("", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Model)
print(server.server_port, flush=True)
server.serve_forever()
