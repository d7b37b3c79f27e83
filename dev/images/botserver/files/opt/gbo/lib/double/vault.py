"""Reads the settings from Vault, by the means that botserver has: an address, a static token, and curl."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping

from double.refusal import Refusal

DEFAULT_CA = "/opt/gbo/conf/system/certificates/ca/ca.crt"
REQUIRED = {
    "gbo/tables": ("host", "port", "database", "username", "password"),
    "gbo/drive": ("host", "port", "accesskey", "secret"),
    "gbo/cache": ("host", "port"),
}


def address(environment: Mapping[str, str]) -> str:
    """The address of a Vault that is not this machine: for a local one botserver installs and kills servers."""
    found = environment.get("VAULT_ADDR", "")
    if not found:
        raise Refusal("VAULT_ADDR is not set: botserver would install a stack of its own")
    if "localhost" in found or "127.0.0.1" in found:
        raise Refusal(f"VAULT_ADDR is {found}: botserver takes it for a machine of its own and installs a stack there")
    if not environment.get("VAULT_TOKEN"):
        raise Refusal("VAULT_TOKEN is not set: botserver would use its defaults of localhost")
    return found.rstrip("/")


def curl_options(url: str, environment: Mapping[str, str]) -> str:
    """What curl reads from its standard input, so that no process list shows the token."""
    lines = [f'url = "{url}"', f'header = "X-Vault-Token: {environment["VAULT_TOKEN"]}"']
    if url.startswith("https://"):
        authority = environment.get("VAULT_CACERT") or DEFAULT_CA
        if not os.path.isfile(authority):
            raise Refusal(f"the authority of Vault is not at {authority}: set VAULT_CACERT")
        lines.append(f'cacert = "{authority}"')
    return "\n".join(lines)


def strings(path: str, answer: str) -> dict[str, str]:
    """The values of a secret, which have to be strings: botserver drops the whole secret for one that is not."""
    values = json.loads(answer)["data"]["data"]
    for key, value in values.items():
        if not isinstance(value, str):
            raise Refusal(f"secret/{path}: {key} is not a string: botserver would use its defaults of localhost")
    missing = [key for key in REQUIRED.get(path, ()) if not values.get(key)]
    if missing:
        raise Refusal(f"secret/{path} has no {', '.join(missing)}")
    return values


def read(path: str, environment: Mapping[str, str]) -> dict[str, str]:
    """One secret of the key-value store at secret/."""
    if not shutil.which("curl"):
        raise Refusal("curl is not in the PATH: botserver reads the settings of the drive with it")
    url = f"{address(environment)}/v1/secret/data/{path}"
    curl = subprocess.run(
        ["curl", "--silent", "--show-error", "--fail", "--max-time", "5", "--config", "-"],
        input=curl_options(url, environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if curl.returncode != 0:
        raise Refusal(f"secret/{path} cannot be read from Vault: {curl.stderr.strip()}")
    return strings(path, curl.stdout)
