"""The language model, as botserver asks it: OpenAI's words at LLM_URL, with the key of LLM_KEY."""

import json
import logging
import urllib.error
import urllib.request
from collections.abc import Mapping

PATH = "/v1/chat/completions"
SECONDS = 60


def answer(text: str, environment: Mapping[str, str]) -> str | None:
    """What a model says to a message; nothing where none is named, and an empty text where it does not answer."""
    url = environment.get("LLM_URL", "")
    if not url:
        return None
    body = {
        "model": environment.get("LLM_MODEL", "default"),
        "messages": [{"role": "user", "content": text}],
        "stream": False,
    }
    headers = {"content-type": "application/json"}
    key = environment.get("LLM_KEY") or environment.get("OPENAI_API_KEY")
    if key:
        headers["authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url.rstrip("/") + PATH, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:
            return str(json.load(reply)["choices"][0]["message"]["content"]).strip()
    except (OSError, ValueError, LookupError, TypeError) as failure:
        logging.error("the language model does not answer: %s", said(failure))
        return ""


def said(failure: Exception) -> str:
    """What went wrong, without what was sent."""
    return f"status {failure.code}" if isinstance(failure, urllib.error.HTTPError) else type(failure).__name__
