"""The least that pushing can be: an ASGI application without a database that tells everybody who listens."""

from __future__ import annotations

import asyncio
import time
from typing import Any

worker_class, workers, loglevel = "asgi", 1, "warning"
control_socket_disable = True
LISTENING: set[asyncio.Queue[bytes]] = set()
EVENT = b"event: screen\ndata: " + b"x" * 400 + b"\n\n"


def when_ready(server: Any) -> None:
    print("http://", flush=True)


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["path"] == "/tell/":
        for one in LISTENING:
            one.put_nowait(EVENT)
        await send({"type": "http.response.start", "status": 204, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})
    else:
        await _stream(send)


async def _stream(send: Any) -> None:
    mine: asyncio.Queue[bytes] = asyncio.Queue()
    LISTENING.add(mine)
    mine.put_nowait(f"event: beat\ndata: {time.time()}\n\n".encode())
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    try:
        while True:
            await send({"type": "http.response.body", "body": await mine.get(), "more_body": True})
    finally:
        LISTENING.discard(mine)
