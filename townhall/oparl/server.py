"""A simulated OParl server on loopback over invented municipalities, with the defects of `Quirks`."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from townhall.invention.document import MEDIA_TYPES
from townhall.invention.model import Municipality
from townhall.invention.municipalities import invent_municipality
from townhall.oparl.objects import LICENSE, BodyObjects
from townhall.oparl.paging import BadFilter, EncodedFilter, Wanted, links_of, page_of, read_query
from townhall.oparl.quirks import Quirks
from townhall.oparl.serializer import OParlJson, today_at_midnight
from townhall.oparl.store import Entry, Json, Store
from townhall.server.loopback import Answer, Asked, LoopbackServer

LISTS = ("organization", "person", "meeting", "paper")
_LIST = re.compile(r"/body/(\d+)/(\w+?)(?:/page/(\d+))?")
_BODY = re.compile(r"/body/(\d+)")
_OBJECT = re.compile(r"/(\w+)/(?:ni_)?\d+")
_FILE = re.compile(r"/dokumente/(\d+)/[^/]+")
_PAGE = re.compile(r"/info/(paper|meeting)/(\d+)")
_FURTHER = ("Harlbach", "Ellernscheid", "Mückenwiese", "Tannenkropf", "Weidenfurt")


class OParlServer(LoopbackServer):
    """Serves one body a municipality. Use it in a `with` statement; `url` is what a register entry needs."""

    def __init__(
        self,
        *municipalities: Municipality,
        version: str = "1.1",
        quirks: Quirks | None = None,
        page_size: int = 25,
        port: int = 0,
        host: str = "127.0.0.1",
        now: Callable[[], dt.datetime] | None = None,
    ) -> None:
        """`now` is the clock by which what is changed is modified; the real one by default."""
        super().__init__(port, host)
        if not municipalities or version not in ("1.0", "1.1"):
            raise ValueError(
                f"{len(municipalities)} municipalities, OParl {version}: at least one, and 1.0 or 1.1, are expected"
            )
        self.municipality = municipalities[0]
        self.quirks = quirks or Quirks()
        self.version, self._page_size = version, page_size
        self.now = now or (lambda: dt.datetime.now(ZoneInfo("Europe/Berlin")))
        self.root = f"/oparl/v{version}"
        self.store = Store(self.now)
        self._shown_once: set[str] = set()
        further = range(len(municipalities), self.quirks.several_bodies)
        self.municipalities = municipalities + tuple(
            _small_municipality(number, self.municipality.day) for number in further
        )
        self.bodies = [
            BodyObjects(self.store, self.root, number, self.quirks.ni_prefix)
            for number, _ in enumerate(self.municipalities, 1)
        ]
        for body, municipality in zip(self.bodies, self.municipalities, strict=True):
            body.put_municipality(municipality)

    @property
    def url(self) -> str:
        """The address of the System object."""
        return f"{self.base}{self.root}/system"

    @property
    def secret_addresses(self) -> frozenset[str]:
        """Where the files are that are not public: no well-behaved program asks for one of them."""
        with self.lock:
            paths = [
                body.path("file", number)
                for body, municipality in zip(self.bodies, self.municipalities, strict=True)
                for number in municipality.secret_documents
            ]
            return frozenset(self.base + self.store.entries[path].fields["accessUrl"].path for path in paths)

    def kind_of(self, path: str) -> str:
        """ "system", "body list", "body", "paper list", "paper", "file", "download", "page", "robots", "other"."""
        names = {"/robots.txt": "robots", "/": "page", self.root + "/system": "system"}
        if path in names:
            return names[path]
        if _FILE.fullmatch(path):
            return "download"
        if _PAGE.fullmatch(path):
            return "page"
        rest = path.removeprefix(self.root)
        if rest == "/bodies":
            return "body list"
        if found := _LIST.fullmatch(rest):
            return f"{found[2]} list"
        if found := _OBJECT.fullmatch(rest):
            return found[1]
        return "other"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            rule = b"User-agent: *\nDisallow: /\n" if self.quirks.robots_disallow else b"User-agent: *\nDisallow:\n"
            return Answer(200, rule, "text/plain; charset=utf-8")
        if found := _FILE.fullmatch(asked.path):
            return self._download(int(found[1]), asked)
        if asked.path == "/" or _PAGE.fullmatch(asked.path):
            return self._page(asked.path)
        if self.quirks.inactive:
            return self._say({"type": "https://schema.oparl.org/1.0/Error", "message": "OParl is not active."})
        rest = asked.path.removeprefix(self.root)
        if rest == "/system":
            return self._say(self._system())
        if rest == "/bodies":
            return self._body_list()
        if found := _LIST.fullmatch(rest):
            return self._list(int(found[1]), found[2], found[3], asked)
        if found := _BODY.fullmatch(rest):
            return (
                self._say(self._body(int(found[1])))
                if 0 < int(found[1]) <= len(self.municipalities)
                else self._missing()
            )
        entry = self.store.entries.get(asked.path)
        return self._object(entry) if entry else self._missing()

    def _object(self, entry: Entry) -> Answer:
        if entry.vanished:
            return self._missing()
        if entry.forbidden:
            return self._error(entry.forbidden, "Für diese Daten ist eine Anmeldung nötig.")
        return self._say(self.json.write(entry))

    def _list(self, body: int, kind: str, page_in_path: str | None, asked: Asked) -> Answer:
        if kind not in LISTS or not 0 < body <= len(self.municipalities):
            return self._missing()
        if page_in_path and not (self.quirks.path_paging and int(page_in_path)):
            return self._missing()
        try:
            wanted = read_query(asked.query, int(page_in_path) if page_in_path else None, self.quirks)
        except EncodedFilter:
            return Answer(404, b"Not Found", "text/plain; charset=utf-8")
        except BadFilter as error:
            return self._error(400, str(error))
        address = f"{self.root}/body/{body}/{kind}"
        if self.quirks.html_with_200 and wanted.page == 2 and address not in self._shown_once:
            self._shown_once.add(address)
            return Answer(200, b"<html><body><h1>Server Error</h1></body></html>", "text/html; charset=utf-8")
        entries = self._entries(kind, body, wanted)
        if not entries and wanted.dates and self.quirks.filter_404_when_empty:
            return self._say({"code": 802, "message": "Die angeforderte Ressource wurde nicht gefunden."}, 404)
        return self._say(self._envelope(address, kind, entries, wanted))

    def _entries(self, kind: str, body: int, wanted: Wanted) -> list[Entry]:
        """What a list holds: deleted objects only where the filter by modification asks what changed."""
        listed = [entry for entry in self.store.of_kind(kind, body) if entry.listed]
        if "modified_since" in wanted.dates and not self.quirks.filter_ignored:
            with_deleted = True
        else:
            with_deleted = self.quirks.deleted_in_unfiltered_lists
        shown = [entry for entry in listed if with_deleted or not entry.deleted]
        if self.quirks.filter_ignored:
            return shown
        today = today_at_midnight() if self.quirks.created_modified_today else None
        return [entry for entry in shown if wanted.lets_through(today or entry.created, today or entry.modified)]

    def _envelope(self, address: str, kind: str, entries: list[Entry], wanted: Wanted) -> Json | list[Json]:
        if self.quirks.bare_lists:
            return [self._listed(entry) for entry in entries]
        shown, size, pages = page_of(entries, wanted, self._page_size, self.quirks)
        count = {
            "totalElements": len(entries),
            "elementsPerPage": size,
            "currentPage": wanted.page,
            "totalPages": pages,
        }
        links = links_of(self.base + address, wanted, pages, self.quirks)
        return {"data": [self._listed(entry) for entry in shown], "pagination": count, "links": links}

    def _listed(self, entry: Entry) -> Json:
        written = self.json.write(entry)
        if self.quirks.meetings_without_agenda_in_list and entry.kind == "meeting":
            written.pop("agendaItem", None)
        return written

    def _system(self) -> Json:
        return {
            "id": self.url,
            "type": self.json.type_url("System"),
            "oparlVersion": f"https://schema.oparl.org/{self.version}/",
            "name": f"Ratsinformationssystem {self.municipality.name}",
            "body": f"{self.base}{self.root}/bodies",
            "license": LICENSE,
            "contactName": "Büro des Rates",
            "contactEmail": "rat@example.org",
            "website": self.base + "/",
            "created": self._founded(self.municipality),
            "modified": self._founded(self.municipality),
        }

    def _body_list(self) -> Answer:
        bodies = [self._body(number) for number in range(1, len(self.municipalities) + 1)]
        if self.quirks.body_as_object:
            return self._say(bodies[0])
        if self.quirks.bare_lists:
            return self._say(bodies)
        links = {"self": f"{self.base}{self.root}/bodies"}
        return self._say({"data": bodies, "pagination": {"totalElements": len(bodies)}, "links": links})

    def _body(self, number: int) -> Json:
        municipality = self.municipalities[number - 1]
        address = f"{self.base}{self.root}/body/{number}"
        named = municipality.name if municipality.kind == "Stadt" else f"{municipality.kind} {municipality.name}"
        body: Json = {"id": address, "type": self.json.type_url("Body"), "system": self.url, "name": named}
        body |= {"shortName": municipality.name, "classification": municipality.kind, "license": LICENSE}
        body["ags"] = int(municipality.ags) if self.quirks.numbers_as_strings else municipality.ags
        body |= {kind: f"{address}/{kind}" for kind in LISTS}
        term = {"id": f"{address}/legislativeTerm/1", "type": self.json.type_url("LegislativeTerm")}
        body["legislativeTerm"] = [
            term | {"name": "Wahlperiode 2023", "startDate": municipality.term_start.isoformat()}
        ]
        return body | {"created": self._founded(municipality), "modified": self._founded(municipality)}

    def _download(self, number: int, asked: Asked) -> Answer:
        entry = next((found for found in self.store.entries.values() if _is_file(found, number)), None)
        if entry is None or entry.vanished or not entry.document:
            return self._missing()
        if entry.forbidden:
            return self._error(entry.forbidden, "Für diese Datei ist eine Anmeldung nötig.")
        if entry.deleted or entry.withdrawn:
            return self._error(410, "Diese Datei wurde zurückgezogen.")
        tag = entry.etag()
        if tag in [part.strip() for part in asked.headers.get("if-none-match", "").split(",")]:
            return Answer(304, b"", headers={"ETag": tag})
        media_type = MEDIA_TYPES[entry.document.format]
        if media_type == "text/plain":
            media_type += "; charset=utf-8"
        if self.quirks.octet_stream:
            media_type = "application/octetstream; charset=UTF-8"
        return Answer(200, entry.content(), media_type, {"ETag": tag})

    def _page(self, path: str) -> Answer:
        """What a person sees: a plain page that names the thing, or the municipality."""
        found = _PAGE.fullmatch(path)
        title, files = self.municipality.name, f'<a href="{self.url}">OParl</a>'
        if found:
            entries = self.store.entries.values()
            kind, number = found[1], int(found[2])
            entry = next((entry for entry in entries if entry.kind == kind and entry.number == number), None)
            if entry is None or not entry.listed or entry.deleted:
                return Answer(404, b"<h1>Nicht gefunden</h1>", "text/html; charset=utf-8")
            title = str(entry.fields["name"])
            shown = [
                child
                for key in ("mainFile", "invitation", "resultsProtocol", "auxiliaryFile")
                for child in self.store.children_of(entry.fields.get(key))
            ]
            files = "<br>".join(
                f'<a href="{self.base}{html.escape(child.fields["accessUrl"].path)}">'
                f"{html.escape(str(child.fields['name']))}</a>"
                for child in shown
            )
        name = html.escape(title)
        page = f'<!DOCTYPE html><html lang="de"><title>{name}</title><h1>{name}</h1><p>{files}</p></html>'
        return Answer(200, page.encode("utf-8"), "text/html; charset=utf-8")

    # Small parts

    @property
    def json(self) -> OParlJson:
        """Writes its objects."""
        return OParlJson(self.store, self.base, self.version, self.quirks)

    def _founded(self, municipality: Municipality) -> str:
        return f"{municipality.term_start.isoformat()}T09:00:00+02:00"

    def _missing(self) -> Answer:
        return self._error(404, "Diese Adresse gibt es nicht.")

    def _error(self, status: int, message: str) -> Answer:
        return self._say({"type": self.json.type_url("Error"), "message": message}, status)

    def _say(self, value: object, status: int = 200) -> Answer:
        return Answer(status, self.json.dump(value), headers={"Access-Control-Allow-Origin": "*"})


def _is_file(entry: Entry, number: int) -> bool:
    return entry.kind == "file" and entry.number == number


def _small_municipality(number: int, day: dt.date) -> Municipality:
    name = _FURTHER[(number - 1) % len(_FURTHER)] + (f" {number}" if number > len(_FURTHER) else "")
    return invent_municipality(name, 100 + number, kind="Verbandsgemeinde", papers=8, meetings=4, today=day)
