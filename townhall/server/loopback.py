"""An HTTP server on a loopback address that can be slow, fail, stop and come back; a subclass says what it answers."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from townhall.server.request_log import Request, RequestLog

LONGEST_FORM = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a subclass sees it; `query` is raw, header names are in lower case. `form` is what a POST sent."""

    path: str
    query: str
    headers: Mapping[str, str]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    media_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Failures:
    """How to fail: the next so many requests, and a share of the others."""

    left: int = 0
    status: int = 503
    retry_after: int | None = None
    rate: float = 0.0
    html: bool = False


class LoopbackServer:
    """A context manager. `answer` is called under a lock, one request at a time; `slow` waits outside of it."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """`host`: another loopback address (127.0.0.2) makes another provider of it."""
        self.requests = RequestLog()
        self._host = host
        self._port = port
        self._lock = threading.RLock()
        self._http: _Http | None = None
        self._thread: threading.Thread | None = None
        self._failures = _Failures()
        self._dice = random.Random(1)
        self._seconds = 0.0
        self._stopping = threading.Event()

    # To be said by a subclass

    def kind_of(self, path: str) -> str:
        """What a path is, for the log."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Answer:
        raise NotImplementedError

    # Life

    def start(self) -> None:
        """Listen. The first start chooses the port, later ones keep it."""
        if self._http:
            return
        self._stopping.clear()
        self._http = _Http(self, self._host, self._port)
        self._port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="townhall", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port and every open connection. Nothing is forgotten: `start` goes on where it was."""
        if not self._http or not self._thread:
            return
        self._stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()
        self._http = self._thread = None

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

    # Controls

    def fail_next(self, count: int, status: int = 503, retry_after: int | None = None, html: bool = False) -> None:
        """Answer the next `count` requests with a status (robots.txt is never counted and never fails)."""
        with self._lock:
            self._failures.left, self._failures.status = count, status
            self._failures.retry_after, self._failures.html = retry_after, html

    def set_fail_rate(self, rate: float, html: bool = False) -> None:
        """Fail that share of requests from now on: with 500, or with an HTML page and 200 where `html`."""
        with self._lock:
            self._failures.rate, self._failures.html = rate, html

    def slow(self, seconds: float) -> None:
        """Wait so long before every answer from now on; 0 ends it."""
        self._seconds = seconds

    # Called by the threads of the server

    def handle(self, target: str, headers: Mapping[str, str], form: str = "") -> Answer:
        """One request, logged."""
        self.requests.begin()
        parts = urlsplit(target)
        kind = self.kind_of(parts.path)
        status = 500
        try:
            if self._seconds:
                self._stopping.wait(self._seconds)
            with self._lock:
                answer = self._failure(kind) or self.answer(Asked(parts.path, parts.query, headers, form))
            status = answer.status
            return answer
        finally:
            self.requests.end(Request(time.time(), target, headers.get("user-agent", ""), kind, status))

    def _failure(self, kind: str) -> Answer | None:
        failures = self._failures
        if kind == "robots":
            return None
        page = b"<!DOCTYPE html><html><body><h1>Es ist ein Fehler aufgetreten</h1></body></html>"
        if failures.left > 0:
            failures.left -= 1
            headers = {} if failures.retry_after is None else {"Retry-After": str(failures.retry_after)}
            return Answer(failures.status, page, "text/html; charset=utf-8", headers)
        if failures.rate and self._dice.random() < failures.rate:
            return Answer(200 if failures.html else 500, page, "text/html; charset=utf-8")
        return None


class _Http(ThreadingHTTPServer):
    """Knows its open connections, so that stopping ends the ones that are kept alive too."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, owner: LoopbackServer, host: str, port: int) -> None:
        self.owner = owner
        self.connections: set[socket.socket] = set()
        self.workers: set[threading.Thread] = set()
        self.guard = threading.Lock()
        super().__init__((host, port), _Handler)

    def hang_up(self) -> None:
        with self.guard:
            connections, workers = list(self.connections), list(self.workers)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was faster
        for worker in workers:
            worker.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "townhall"
    sys_version = ""
    server: _Http

    def setup(self) -> None:
        super().setup()
        with self.server.guard:
            self.server.connections.add(self.connection)
            self.server.workers.add(threading.current_thread())

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True
        finally:
            with self.server.guard:
                self.server.connections.discard(self.connection)
                self.server.workers.discard(threading.current_thread())

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client or `stop` closed the connection in the middle

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = int(headers.get("content-length", "0")) if self.command == "POST" else 0
        form = self.rfile.read(min(length, LONGEST_FORM)).decode("utf-8", "replace")
        answer = self.server.owner.handle(self.path, headers, form)
        reason = HTTPStatus(answer.status).phrase
        lines = [f"HTTP/1.1 {answer.status} {reason}", "Server: townhall", f"Date: {self.date_time_string()}"]
        if answer.status != HTTPStatus.NOT_MODIFIED:
            lines += [f"Content-Type: {answer.media_type}", f"Content-Length: {len(answer.body)}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        silent = self.command == "HEAD" or answer.status == HTTPStatus.NOT_MODIFIED
        self.wfile.write(head if silent else head + answer.body)

    def do_POST(self) -> None:
        self.do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Silent: `RequestLog` keeps what happened."""
