"""What is done to every request and response: security headers, limits of length, HEAD, ETags, gzip, the access log."""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from council.printable import printable_line
from search_api.errors import RequestTooLong

LOG = logging.getLogger("ratslupe.access")

TOOK: Final = re.compile(rb'"took_ms":\s*[\d.e+-]+')
"""What differs between two answers that say the same."""

MAX_ADDRESS: Final = 8000
"""Bytes of path and query together; the longest question in percent signs is about half of it."""

MAX_BODY: Final = 10_000
"""Bytes; nothing here reads a body."""

SECURITY: Final = (
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
)

NOT_FOR_CRAWLERS: Final = ("/suche", "/files/", "/api/")


def add_headers(headers: MutableHeaders, path: str) -> None:
    """Add the headers that every response has."""
    for name, value in SECURITY:
        headers[name] = value
    headers.setdefault("Cache-Control", "no-cache")
    if path.startswith(NOT_FOR_CRAWLERS):
        headers["X-Robots-Tag"] = "noindex"
    if path.startswith("/api/"):
        headers["Access-Control-Allow-Origin"] = "*"


class SecurityHeadersMiddleware:
    """Headers, limits, HEAD, ETags and the access log, as ASGI middleware. `error_response` answers an error."""

    def __init__(self, app: ASGIApp, error_response: Callable[[Request, Exception], Response]) -> None:
        self._app = app
        self._error_response = error_response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, sender = time.perf_counter(), _ResponseSender(scope, send)
        app: ASGIApp = self._app
        if reason := _too_long(scope):
            app = self._error_response(Request(scope), RequestTooLong(reason))
        inner = scope if scope["method"] != "HEAD" else {**scope, "method": "GET"}
        try:
            await app(inner, receive, sender.send)
        finally:
            milliseconds = (time.perf_counter() - started) * 1000
            path = printable_line(scope["path"])
            LOG.info("%s %s %s %.1f ms", scope["method"], path, sender.status, milliseconds)


class CompressionMiddleware:
    """ASGI middleware: answers are compressed for whoever takes that (RFC 9110, 12.5.3), which Starlette's own does for
    `gzip;q=0` too."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._zipped = app, GZipMiddleware(app, minimum_size=1000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        takes = scope["type"] == "http" and takes_gzip(Headers(scope=scope).get("accept-encoding", ""))
        await (self._zipped if takes else self._plain)(scope, receive, send)


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding takes gzip."""
    for element in accepted.lower().split(","):
        coding, *parameters = (part.strip() for part in element.split(";"))
        if coding in ("gzip", "x-gzip"):
            return not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters)
    return False


def _too_long(scope: Scope) -> str | None:
    address = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    if address > MAX_ADDRESS:
        return f"the address has {address} bytes; at most {MAX_ADDRESS} are allowed"
    length = Headers(scope=scope).get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return "nothing here takes a request with a body"
    return None


class _ResponseSender:
    """Sends one response: with all headers, an ETag where it is sent as a whole, and without its body for HEAD."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._head = scope["method"] == "HEAD"
        self._path: str = scope["path"]
        self._known = Headers(scope=scope).get("if-none-match", "")
        self._send = send
        self._start: Message | None = None
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start, self.status = message, message["status"]
            add_headers(MutableHeaders(scope=message), self._path)
            return
        body = message.get("body", b"")
        if self._start is not None:
            start, self._start = self._start, None
            if start["status"] == 200 and not message.get("more_body"):
                body = self._tag(start, body)
            await self._send(start)
        await self._send({**message, "body": b"" if self._head else body})

    def _tag(self, start: Message, body: bytes) -> bytes:
        headers = MutableHeaders(scope=start)
        tag = f'W/"{hashlib.sha256(TOOK.sub(b"", body)).hexdigest()[:20]}"'
        headers["ETag"] = tag
        if tag not in [known.strip() for known in self._known.split(",")]:
            return body
        start["status"] = self.status = 304
        for name in ("content-length", "content-type"):
            del headers[name]
        return b""
