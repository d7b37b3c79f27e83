"""Asks a language model by several at a time until it is told to stop, and prints who answered how often.

Usage: model-load.py URL COUNT STOP: it ends once the file STOP is there.
"""

import collections
import json
import os
import sys
import threading
import urllib.error
import urllib.request

URL, COUNT, STOP = sys.argv[1], int(sys.argv[2]), sys.argv[3]
KEY = "Bearer sk-of-the-test"
LOCAL = "I am the local model."
seen, lock = collections.Counter(), threading.Lock()


def ask(number):
    """One question: who answered it, or what went wrong."""
    text = f"question {number}"
    body = json.dumps({"model": "gpt", "messages": [{"role": "user", "content": text}]}).encode()
    request = urllib.request.Request(URL, body, {"content-type": "application/json", "authorization": KEY})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            who = answer.headers["x-generalbots-llm"]
            said = json.load(answer)["choices"][0]["message"]["content"].strip()
    except (OSError, ValueError) as failure:
        return f"failed: {failure}"
    expected = {"provider": f"provider: {text}", "fallback": LOCAL}
    return who if said == expected.get(who) else f"wrong: {who} said {said}"


def client(first):
    """Asks one question after the other."""
    number = first
    while not os.path.exists(STOP):
        result = ask(number)
        with lock:
            seen[result] += 1
        number += COUNT


clients = [threading.Thread(target=client, args=(n,)) for n in range(COUNT)]
for one in clients:
    one.start()
for one in clients:
    one.join()
print(json.dumps(seen))
