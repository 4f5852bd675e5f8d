"""An HTTP server on a loopback address, made of Starlette and uvicorn; a subclass says what it answers."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from townhall.server.request_log import LoggedRequest, RequestLog

WAITING_CONNECTIONS = 64
KEPT_ALIVE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a subclass sees it; path and query are raw, header names in lower case. `form` is a POST's body."""

    path: str
    query: str
    headers: Mapping[str, str]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`delay_seconds`: so long the answer is held back."""

    status: int
    body: bytes
    media_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0


Middleware = Callable[[Asked, Callable[[Asked], Answer]], Answer]
"""Given a request and what would answer it, an answer: the same, another, or none of that asked for at all."""


class LoopbackServer:
    """A context manager. `answer` is called under `lock`, one request at a time; answers are held back outside of it.

    `middleware` stands around `answer`, the first of the list outermost; it may change while the server runs."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """`host`: another loopback address (127.0.0.2) makes another provider of it."""
        self.requests = RequestLog()
        self.middleware: list[Middleware] = []
        self.lock = threading.RLock()
        self._host = host
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    # To be written by a subclass

    def kind_of(self, path: str) -> str:
        """What a path is, for the log."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Answer:
        raise NotImplementedError

    def kind(self, asked: Asked) -> str:
        """What is asked for; another than `kind_of` where the path alone does not say it."""
        return self.kind_of(asked.path)

    # Life

    def start(self) -> None:
        """Listen. The first start chooses the port, later ones keep it."""
        if self._server:
            return
        self._stopping.clear()
        # The protocol is named: of sockets without one asyncio does not turn off Nagle's algorithm (40 ms a request).
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((self._host, self._port))
        listening.listen(WAITING_CONNECTIONS)
        self._port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._respond, loop="asyncio", http="h11", ws="none", lifespan="off", interface="asgi3", log_config=None,
            access_log=False, server_header=False, timeout_keep_alive=KEPT_ALIVE_SECONDS, timeout_graceful_shutdown=5,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        run = self._server.run
        self._thread = threading.Thread(target=run, args=([listening],), name="townhall", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port and every open connection. Nothing is forgotten: `start` goes on where it was."""
        if not self._server or not self._thread:
            return
        self._stopping.set()
        self._server.should_exit = True
        self._thread.join()
        self._server = self._thread = None

    def restart(self) -> None:
        """Stop and start again on the same port."""
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def base(self) -> str:
        """ "http://127.0.0.1:port", or its other host; RuntimeError before the first start."""
        if not self._port:
            raise RuntimeError("the server has no address yet: use it in a `with` statement, or call start()")
        return f"http://{self._host}:{self._port}"

    # Called in the thread of the server

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI), logged."""
        request = Request(scope, receive)
        path, query = (scope[part].decode("latin-1") for part in ("raw_path", "query_string"))
        form = (await request.body()).decode("utf-8", "replace")
        asked = Asked(path, query, dict(request.headers), form)
        self.requests.begin()
        status = 500
        try:
            with self.lock:
                answer = self._through(asked)
            await self._hold_back(answer.delay_seconds)
            status = answer.status
        finally:
            target = f"{path}?{query}" if query else path
            agent = asked.headers.get("user-agent", "")
            self.requests.end(LoggedRequest(time.time(), target, agent, self.kind(asked), status))
        media_type = None if answer.status == 304 else answer.media_type
        headers = {"server": "townhall", **answer.headers}
        if media_type:
            headers["content-type"] = media_type
        await Response(answer.body, answer.status, headers)(scope, receive, send)

    def _through(self, asked: Asked) -> Answer:
        """Through the middleware to the answer."""
        answer: Callable[[Asked], Answer] = self.answer
        for layer in reversed(self.middleware):
            answer = _around(layer, answer)
        return answer(asked)

    async def _hold_back(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping.is_set() and (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 0.05))


def _around(layer: Middleware, inner: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    return lambda asked: layer(asked, inner)
