"""Starts the double, keeps it up, and ends it as botserver ends."""

import argparse
import asyncio
import logging
import os
import signal
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
from aiohttp import web

from double.refusal import Refusal
from double.server import Server
from double.web import application

CERTIFICATES = Path("/opt/gbo/conf/system/certificates/api")
HARD_END_SECONDS = 15
# More than the pool has connections, so that what waits for the database does not stop what does not need it.
THREADS = 32


def tls() -> ssl.SSLContext | None:
    """TLS where there is a certificate and nobody has switched it off."""
    if os.environ.get("BOTSERVER_DISABLE_TLS") or not (CERTIFICATES / "server.crt").exists():
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "server.crt", CERTIFICATES / "server.key")
    return context


async def watch(server: Server) -> None:
    """Looks at the drive again and again, and at where the vectors are."""
    pause = float(os.environ.get("DRIVE_SCAN_INTERVAL") or 5)
    while True:
        for task in (server.index, server.scan):
            try:
                await asyncio.to_thread(task)
            except (Refusal, OSError, psycopg2.Error) as failure:
                logging.error("%s: %s", task.__name__, str(failure).splitlines()[0])
        await asyncio.sleep(pause)


async def serve(server: Server) -> None:
    """The listener opens last, and closes first; open websockets have fifteen seconds."""
    ended = asyncio.Event()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    runner = web.AppRunner(application(server), access_log=None, shutdown_timeout=HARD_END_SECONDS)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", int(os.environ.get("PORT") or 8080), ssl_context=tls())
    await site.start()
    logging.info("listening")
    watching = asyncio.create_task(watch(server))
    await ended.wait()
    watching.cancel()
    await runner.cleanup()
    # Threads that still wait for a store do not keep the process.
    os._exit(0)


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser(
        prog="botserver",
        description="Contract double of botserver: uses its stores and answers its probes, and is told all by variables.",
        epilog="Environment: VAULT_ADDR, VAULT_TOKEN, VAULT_CACERT, PORT, GBO_WORK_PATH, LOAD_ONLY,"
        " DRIVE_SCAN_INTERVAL, BOTSERVER_DISABLE_TLS, LLM_URL, LLM_MODEL, LLM_KEY",
    )
    parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", datefmt="%Y%m%d%H%M%S")
    print("contract double of botserver 6.3.1")
    try:
        server = Server(os.environ)
    except (Refusal, psycopg2.Error) as failure:
        logging.error("%s", str(failure).splitlines()[0])
        sys.exit(1)
    asyncio.run(serve(server))
