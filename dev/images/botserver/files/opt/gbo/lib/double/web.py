"""The part of botserver's HTTP that probes, gateways and chat clients meet."""

import asyncio
import logging

import psycopg2
from aiohttp import WSMsgType, web

from double.server import Server

VERSION = "6.3.1"
POOL_SECONDS = 5
SERVER: web.AppKey[Server] = web.AppKey("server", Server)


async def health(_: web.Request) -> web.Response:
    """Always well, whatever the stores do."""
    return web.json_response({"status": "ok", "service": "botserver", "version": VERSION, "commit": "double"})


async def api_health(request: web.Request) -> web.Response:
    """As well as the database is; a pooler may keep a question waiting for long, botserver does not wait with it."""
    try:
        alive = await asyncio.wait_for(asyncio.to_thread(request.app[SERVER].database.alive), POOL_SECONDS)
    except TimeoutError:
        alive = False
    body = {"status": "healthy" if alive else "degraded", "service": "botserver", "version": VERSION, "database": alive}
    return web.json_response(body, status=200 if alive else 503)


async def bot_config(request: web.Request) -> web.Response:
    """Every setting of every bot, to anyone: what a gateway has to refuse."""
    return web.json_response(await asyncio.to_thread(request.app[SERVER].database.settings_of_all))


async def touched(request: web.Request) -> web.Response:
    """Which stores the double has used; botserver has no such route."""
    return web.json_response(await asyncio.to_thread(request.app[SERVER].touched))


async def suite(_: web.Request) -> web.Response:
    """Nobody is logged in here."""
    return web.Response(status=401)


async def chat(request: web.Request) -> web.WebSocketResponse:
    """A session: a frame that greets, and then one for each message."""
    server, socket = request.app[SERVER], web.WebSocketResponse(heartbeat=30)
    await socket.prepare(request)
    try:
        session = await asyncio.to_thread(server.database.open_session)
        await socket.send_json({"type": "connected", "session_id": session, "bot": bot_of(request)})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                content = await asyncio.to_thread(server.answer, session, message.data)
                await socket.send_json({"session_id": session, "content": content, "is_complete": True})
    except psycopg2.Error as failure:
        logging.error("a session is broken: %s", str(failure).splitlines()[0])
        await socket.close(code=1011, message=b"store")
    return socket


def bot_of(request: web.Request) -> str:
    """The bot that a client asks for."""
    return request.match_info.get("bot") or request.query.get("bot_name") or "default"


def application(server: Server) -> web.Application:
    """All routes."""
    app = web.Application()
    app[SERVER] = server
    app.add_routes([web.get("/health", health), web.get("/api/health", api_health), web.get("/api/double", touched)])
    app.add_routes([web.get("/api/bot/config", bot_config), web.get("/suite/", suite)])
    app.add_routes([web.get("/ws", chat), web.get("/ws/{bot}", chat)])
    return app
