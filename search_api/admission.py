"""Who is answered at once, who waits and who is sent away, so that many requests never make all of them slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.errors import Overloaded

MAX_RUNNING: Final = 8
"""Requests that are worked on at once in one process: Python computes for one of them at a time, the engine and the
archive for several."""

MAX_WAITING: Final = 64
"""Further ones that wait for their turn; with a tenth of a second each they wait for less than a visitor would."""

MAX_WAIT_SECONDS: Final = 10.0

MAX_MESSAGES: Final = 8
"""Of one request: nothing here reads a body."""

NEVER_WAIT: Final = ("/healthz", "/readyz", "/static/")
"""Whether a process lives is asked most of all when it has too much to do; and what costs nothing need not wait."""


class AdmissionMiddleware:
    """ASGI middleware with a queue in front of the app. A request that comes to a full queue, or has waited too long,
    is answered by `error_response` with `Overloaded` at once. One whose client leaves while it waits is dropped."""

    def __init__(self, app: ASGIApp, error_response: Callable[[Request, Exception], Response]) -> None:
        self._app = app
        self._error_response = error_response
        self._turns = asyncio.Semaphore(MAX_RUNNING)
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(NEVER_WAIT):
            await self._app(scope, receive, send)
            return
        client = _Client(receive)
        try:
            if not await self._admit(client):
                return
        except Overloaded as error:
            await self._error_response(Request(scope), error)(scope, receive, send)
            return
        try:
            await self._app(scope, client.receive, send)
        finally:
            self._turns.release()

    async def _admit(self, client: _Client) -> bool:
        """Take a turn as soon as there is one; False when the client leaves before. Raises Overloaded."""
        if not self._turns.locked():
            return await self._turns.acquire()
        if self._waiting >= MAX_WAITING:
            raise Overloaded(f"{MAX_WAITING} requests wait already")
        self._waiting += 1
        admitted = False
        turn, gone = asyncio.ensure_future(self._turns.acquire()), asyncio.ensure_future(client.gone())
        try:
            await asyncio.wait({turn, gone}, timeout=MAX_WAIT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                return False
            admitted = turn.done()
            if not admitted:
                raise Overloaded(f"there was no turn for this request within {MAX_WAIT_SECONDS:.0f} seconds")
            return True
        finally:
            self._waiting -= 1
            gone.cancel()
            if not admitted:
                self._give_back(turn)

    def _give_back(self, turn: asyncio.Future[Literal[True]]) -> None:
        """Wait for it no more; it may have come in the same moment."""
        if turn.done():
            self._turns.release()
        turn.cancel()


class _Client:
    """Who has asked. What it sends while it waits is kept for the app."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept: list[Message] = []

    async def gone(self) -> None:
        """Returns when the client is gone, or sends more than anything here is asked with."""
        while len(self._kept) < MAX_MESSAGES:
            message = await self._receive()
            self._kept.append(message)
            if message["type"] == "http.disconnect":
                return

    async def receive(self) -> Message:
        return self._kept.pop(0) if self._kept else await self._receive()
