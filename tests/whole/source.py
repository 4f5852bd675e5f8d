"""A source whose every answer a test writes itself, for what no council's server should do and some do."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import urlsplit

SCHEMA = "https://schema.oparl.org/1.1/"
LISTS = ("organization", "person", "meeting", "paper")

Json = dict[str, Any]


class Source:
    """One body with four lists. `lists` are the objects of each; those with `changed` pass the filter; `answers` go
    before everything else: by path (status, media type, bytes), of a redirect the bytes are its target."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Json]] = {name: [] for name in LISTS}
        self.answers: dict[str, tuple[int, str, bytes]] = {}
        self.agendas_in_lists = True
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"source": self}))
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.base}/oparl/system"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def object(self, kind: str, number: int, **fields: Any) -> Json:
        """An object of OParl's; `kind` as OParl writes it."""
        identity = f"{self.base}/oparl/{kind[0].lower()}{kind[1:]}/{number}"
        return {"id": identity, "type": SCHEMA + kind, "name": f"{kind} Nummer {number}"} | fields

    def file(self, number: int, text: str, **fields: Any) -> Json:
        """A text file that can be had."""
        self.answers[f"/files/{number}"] = (200, "text/plain", text.encode())
        where = {"accessUrl": f"{self.base}/files/{number}", "mimeType": "text/plain"}
        return self.object("File", number, **(where | fields))

    def answer(self, path: str, query: str) -> tuple[int, str, bytes]:
        """Status, media type and bytes of one answer."""
        if path in self.answers:
            return self.answers[path]
        name = path.rpartition("/")[2]
        if path == "/oparl/system":
            return _json(self.object("System", 1, oparlVersion=SCHEMA, body=f"{self.base}/oparl/bodies"))
        if path == "/oparl/bodies":
            lists = {kind: f"{self.base}/oparl/list/{kind}" for kind in LISTS}
            return _json({"data": [self.object("Body", 1, **lists)], "links": {}})
        if path.startswith("/oparl/list/"):
            return _json({"data": list(self._listed(name, query)), "links": {}})
        single = [o for objects in self.lists.values() for o in objects if o["id"] == self.base + path]
        return _json(single[0]) if single else (404, "text/plain", b"not here")

    def _listed(self, kind: str, query: str) -> list[Json]:
        objects = self.lists[kind]
        if "modified_since" in query:
            objects = [] if "2100" in query else [record for record in objects if record.get("changed")]
        if self.agendas_in_lists:
            return objects
        return [{key: value for key, value in record.items() if key != "agendaItem"} for record in objects]


class _Handler(BaseHTTPRequestHandler):
    source: Source

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.source.asked.append(parts.path)
        status, media, body = self.source.answer(parts.path, parts.query)
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", body.decode())
            body = b""
        if status == 503:
            self.send_header("Retry-After", "100")
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _json(value: Json) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(value).encode()
