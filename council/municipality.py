"""A municipality as the register names it: where its source is, which system that is, and how it is to be visited.

Every rule that can be told from one entry alone stands here; what needs the whole register stands in
`council.register`. A rule says what is wrong and what to write instead (`WrongValue`).
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    field_serializer,
    field_validator,
    model_validator,
)

INTERVAL = re.compile(r"(\d{1,4})\s*([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
STATES = 16
PARALLEL_ON_OTHERS = 4
HTTPS_PROVIDERS = frozenset(
    {
        "allris.cloud",
        "ekom21.de",
        "gremien.info",
        "kdvz-frechen.de",
        "kitu-genossenschaft.de",
        "komm.one",
        "krz.de",
        "mein-intra.net",
        "owl-it.de",
        "ratsinfo-online.de",
        "ratsinfo-online.net",
        "ratsinfomanagement.net",
        "ris-portal.de",
        "sitzung-online.de",
        "verwaltungsportal.de",
        "zv-kisa.de",
    }
)
"""Domains of hosting providers that serve https for all their customers."""


class WrongValue(ValueError):
    """A value that cannot be right: what is wrong with it, and what to write instead."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(f"{wrong}: {instead}")
        self.wrong = wrong
        self.instead = instead


class System(StrEnum):
    """The products councils run; a new reader adds its one line here."""

    OPARL = "oparl"  # the open interface, versions 1.0 and 1.1, of whichever product
    SESSIONNET = "sessionnet"  # SessionNet by Somacos: pages si0040, si0057, vo0050 (.php or .asp)
    MORERUBIN = "morerubin"  # more!rubin: *.gremien.info, api.php
    COUNCILSERVICE = "councilservice"  # Sitzungsdienst of mein-intra.net, inside verwaltungsportal.de websites
    ALLRIS3 = "allris3"  # ALLRIS 3 by CC e-gov: pages si010_e.asp, to010.asp
    ALLRIS4 = "allris4"  # ALLRIS 4 by CC e-gov: /public/si010
    SDNET = "sdnet"  # SD.NET RIM by Sternberg: /tops/, /vorgang/
    NOTICES = "notices"  # no system at all: a list of public notices on the website


class Kind(StrEnum):
    """What kind of administration it is; German words, since that is what they are called."""

    STADT = "Stadt"
    KREISFREIE_STADT = "kreisfreie Stadt"
    GEMEINDE = "Gemeinde"
    MARKT = "Markt"
    FLECKEN = "Flecken"
    ORTSGEMEINDE = "Ortsgemeinde"
    MITGLIEDSGEMEINDE = "Mitgliedsgemeinde"
    VERBANDSGEMEINDE = "Verbandsgemeinde"
    SAMTGEMEINDE = "Samtgemeinde"
    VERWALTUNGSGEMEINSCHAFT = "Verwaltungsgemeinschaft"
    GEMEINDEVERWALTUNGSVERBAND = "Gemeindeverwaltungsverband"
    AMT = "Amt"
    BEZIRK = "Bezirk"
    STADTBEZIRK = "Stadtbezirk"
    ORTSCHAFT = "Ortschaft"
    LANDKREIS = "Landkreis"
    KREIS = "Kreis"
    REGION = "Region"
    STAEDTEREGION = "Städteregion"
    REGIONALVERBAND = "Regionalverband"
    LANDSCHAFTSVERBAND = "Landschaftsverband"
    ZWECKVERBAND = "Zweckverband"


COUNTIES = frozenset({Kind.LANDKREIS, Kind.KREIS, Kind.REGION, Kind.STAEDTEREGION, Kind.REGIONALVERBAND})
"""The kinds whose official key has five digits."""


def _one_line(value: str) -> str:
    if any(ord(c) < 32 for c in value):
        raise WrongValue("holds a line break or a control character", "write it on one line")
    return value


def _official_key(value: str, lengths: tuple[int, ...], example: str) -> str:
    if not value.isascii() or not value.isdigit() or len(value) not in lengths:
        allowed = " or ".join(str(length) for length in lengths)
        raise WrongValue(f'"{value}" does not have {allowed} digits', f"write it in full, for example {example}")
    if not 1 <= int(value[:2]) <= STATES:
        raise WrongValue(f'"{value}" begins with {value[:2]}, which is no state', f"write 01 to {STATES} in front")
    return value


def _ags(value: str) -> str:
    return _official_key(value, (8, 5), 'ags: "15088220", or "15088" for a county')


def _ars(value: str) -> str:
    return _official_key(value, (12, 9, 5), 'ars: "150880220220", or "150885051" for an association')


def _day(value: Any) -> Any:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        shown = f'"{value}"' if isinstance(value, str) else str(value)
        raise WrongValue(f"{shown} is not a day of the calendar", "write year-month-day: since: 2019-07-01") from None


def _mail_or_page(value: str) -> str:
    if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+\.[^@\s:/]+", value):
        return value
    if "://" in value:
        return _address(value)
    raise WrongValue(
        f'"{value}" is neither an e-mail address nor a page',
        "write contact: ris@example.org, or contact: https://www.example.org/kontakt",
    )


def _address(value: str) -> str:
    """The address as it is, if a request can be sent there. A password in it is never repeated in the message."""
    if any(c.isspace() or ord(c) < 32 or c in '\\<>"' for c in value):
        raise WrongValue(
            "holds a blank, a backslash, a quotation mark or < >", "copy it from the browser's address bar"
        )
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise WrongValue("is no address", "write https://host/path") from None
    if "@" in parts.netloc:
        raise WrongValue("holds a user name or a password", "write it without: only public sources are read")
    if "://" not in value:
        raise WrongValue(f'"{value}" has no scheme', f"write https://{value.removeprefix('//')}")
    if parts.scheme not in ("http", "https"):
        raise WrongValue(f"{parts.scheme}: is not read here", "write an address that begins with https:// or http://")
    if not host:
        raise WrongValue("names no host", "write https://host/path")
    return value


def _source_address(value: str) -> str:
    _address(value)
    if is_plain_http(value) and is_at_https_provider(value):
        raise WrongValue(f"{urlsplit(value).hostname} speaks https", f"write {with_https(value)}")
    return value


Line = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_one_line)
]
Prose = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=5000)]
Count = Annotated[int, Strict(), Field(ge=0, le=100_000_000)]
Flag = Annotated[bool, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Schedule(_Part):
    """When a municipality is visited: an interval, or a cron line in German time; exactly one of both."""

    # Weekdays of a cron line are kept as names: numbers mean different days to cron (0 is Sunday) and to APScheduler
    # (0 is Monday). They are read as cron reads them.

    every: dt.timedelta | None = Field(
        default=None,
        description="An interval: a number and m (minutes), h (hours) or d (days).",
        examples=["6h", "30m", "1d"],
    )
    cron: str | None = Field(
        default=None,
        description="A cron line in German time: minute, hour, day of the month, month, day of the week.",
        examples=["15 3 * * *", "0 22 * * mon-fri"],
    )

    @field_validator("every", mode="before")
    @classmethod
    def _interval(cls, value: Any) -> Any:
        if value is None or isinstance(value, dt.timedelta):
            return value
        found = INTERVAL.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None or int(found[1]) == 0:
            shown = f'"{value}"' if isinstance(value, str) else str(value)
            raise WrongValue(f"{shown} is no interval", "write a number and m, h or d: every: 6h")
        return dt.timedelta(**{UNITS[found[2]]: int(found[1])})

    @field_serializer("every")
    def _as_written(self, value: dt.timedelta | None) -> str | None:
        if value is None:
            return None
        minutes = math.ceil(value.total_seconds() / 60)
        return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"

    @field_validator("cron")
    @classmethod
    def _cron(cls, value: str | None) -> str | None:
        return None if value is None else cron_line(value)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.every is None) == (self.cron is None):
            both = "has neither every nor cron" if self.every is None else "has both every and cron"
            raise WrongValue(both, 'write one of them: {every: 6h}, or {cron: "15 3 * * *"}')
        return self


class Politeness(_Part):
    """How hard the source's server may be worked. No delay, or more than 4 at once, is for a server of your own."""

    delay_seconds: Number = Field(
        default=1.0,
        ge=0,
        le=600,
        description="Seconds between two requests. 0 only for a server on this machine.",
        examples=[1.0],
    )
    parallel: Annotated[int, Strict()] = Field(
        default=2,
        ge=1,
        le=16,
        description="Requests under way at once. More than 4 only for a server on this machine.",
        examples=[2],
    )


class Robots(_Part):
    """The exception from robots.txt, which is obeyed otherwise: only with a written reason."""

    ignore: Flag = Field(
        default=False, description="true: the server's robots.txt does not apply to this entry.", examples=[True]
    )
    reason: Prose | None = Field(
        default=None,
        min_length=20,
        description="Who allowed it, when, and where that is written; at least 20 characters.",
        examples=["Allowed by the town clerk by e-mail on 2026-11-02"],
    )

    @model_validator(mode="after")
    def _reason_given(self) -> Self:
        if self.ignore and self.reason is None:
            raise WrongValue(
                "ignores robots.txt without a reason",
                'write reason: "…" beside it: who allowed it, when, where that is written (at least 20 characters)',
            )
        return self


class Expectation(_Part):
    """At least so much must be there after a full visit; less means that something is wrong with the source."""

    papers: Count | None = Field(default=None, description="Papers at least.", examples=[500])
    meetings: Count | None = Field(default=None, description="Meetings at least.", examples=[100])


class Coordinates(_Part):
    """Where it is, in degrees (WGS 84), within Germany."""

    lat: Number = Field(ge=47.2, le=55.1, description="Latitude, north.", examples=[51.36])
    lon: Number = Field(ge=5.8, le=15.1, description="Longitude, east.", examples=[12.0])


class Municipality(_Part):
    """One entry of the register. Only name, kind, ags or ars, system and url must be given."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", description="What it is called in ids and commands.")
    name: Line = Field(description="The name people know it by.", examples=["Merseburg"])
    kind: Kind = Field(description="What kind of administration it is.", examples=["Stadt"])
    ags: Annotated[str, Strict(), AfterValidator(_ags)] | None = Field(
        default=None,
        description="Official municipality key (AGS), in quotes: 8 digits, a county's 5. This or ars is needed.",
        examples=["15088220"],
        json_schema_extra={"pattern": "^[0-9]{5}([0-9]{3})?$"},
    )
    ars: Annotated[str, Strict(), AfterValidator(_ars)] | None = Field(
        default=None,
        description="Official regional key (ARS), in quotes: 12 digits, an association's has 9, a county's 5.",
        examples=["150880220220"],
        json_schema_extra={"pattern": "^[0-9]{5}([0-9]{4}([0-9]{3})?)?$"},
    )
    parent: Line | None = Field(
        default=None, description="Key of the entry it belongs to: its county or association.", examples=["saalekreis"]
    )
    system: System = Field(description="The product its source runs.", examples=["oparl"])
    url: Annotated[Line, AfterValidator(_source_address)] = Field(
        description="Where reading begins: the OParl System object, or the start page of the information system.",
        examples=["https://merseburg.gremien.info/oparl/system"],
    )
    body: Line | None = Field(
        default=None,
        description="Which body, where the system holds several: its OParl id, name, short name or AGS.",
        examples=["Stadt Merseburg"],
    )
    schedule: Schedule = Field(
        default=Schedule(every=dt.timedelta(hours=24)),
        description="When it is visited; every 24 hours unless given.",
        examples=[{"every": "6h"}, {"cron": "15 3 * * *"}],
    )
    politeness: Politeness = Field(
        default=Politeness(),
        description="How hard its server may be worked.",
        examples=[{"delay_seconds": 1.0, "parallel": 2}],
    )
    robots: Robots = Field(
        default=Robots(),
        description="The exception from robots.txt; obeyed unless given.",
        examples=[{"ignore": True, "reason": "Allowed by the town clerk by e-mail on 2026-11-02"}],
    )
    expect: Expectation | None = Field(
        default=None, description="Minimums below which something must be wrong.", examples=[{"papers": 500}]
    )
    since: Annotated[dt.date, BeforeValidator(_day)] | None = Field(
        default=None, description="Nothing older than this day is taken.", examples=["2019-07-01"]
    )
    enabled: Flag = Field(default=True, description="false: it is in the register, but not visited.", examples=[False])
    coordinates: Coordinates | None = Field(
        default=None, description="Where it is, in degrees.", examples=[{"lat": 51.36, "lon": 12.0}]
    )
    population: Count | None = Field(default=None, description="Inhabitants.", examples=[35000])
    contact: Annotated[Line, AfterValidator(_mail_or_page)] | None = Field(
        default=None, description="E-mail address or page of whoever runs the source.", examples=["ris@example.org"]
    )
    note: Prose | None = Field(
        default=None, description="Anything the next administrator should know.", examples=["Slow at night."]
    )

    @field_validator("schedule", mode="before")
    @classmethod
    def _short_schedule(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"cron": value} if len(value.split()) > 2 else {"every": value}
        return value

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        for _, wrong in contradictions(self.model_dump()):
            raise wrong
        return self


def contradictions(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], WrongValue]]:
    """What does not go together in one entry, each with the path of the field. The values need not have been checked:
    the register asks before it knows whether they are right, so that all problems are told at once."""
    ags, ars = entry.get("ags"), entry.get("ars")
    if ags is None and ars is None:
        yield ("ags",), WrongValue("is missing, and so is ars", 'write ags: "15088220" (8 digits, in quotes)')
    kind = entry.get("kind")
    if isinstance(ags, str) and len(ags) == 5 and isinstance(kind, str) and kind in set(Kind) - COUNTIES:
        yield ("ags",), WrongValue(f'"{ags}" is a county\'s key', f"write all 8 digits: this is a {kind}")
    if isinstance(ags, str) and isinstance(ars, str) and not _same_place(ags, ars):
        yield ("ars",), WrongValue(f'"{ars}" is another place than ags "{ags}"', "look up which of them is right")
    yield from _strain(entry)


def _same_place(ags: str, ars: str) -> bool:
    if len(ags) == 8 and len(ars) == 12:
        return ars[:5] + ars[9:] == ags
    return ars[:5] == ags[:5]


def _strain(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], WrongValue]]:
    politeness, url = entry.get("politeness"), entry.get("url")
    if not isinstance(politeness, Mapping) or not isinstance(url, str) or is_loopback(url):
        return
    delay, parallel = politeness.get("delay_seconds"), politeness.get("parallel")
    if isinstance(delay, int | float) and not isinstance(delay, bool) and delay == 0:
        yield (
            ("politeness", "delay_seconds"),
            WrongValue("0 is for a server of your own on this machine", "write delay_seconds: 1.0"),
        )
    if isinstance(parallel, int) and PARALLEL_ON_OTHERS < parallel <= 16:
        yield (
            ("politeness", "parallel"),
            WrongValue(
                f"{parallel} is for a server of your own on this machine", f"write {PARALLEL_ON_OTHERS} or less"
            ),
        )


def host_of(url: str) -> str:
    """The address's host in lower case; empty where there is none, or where the address cannot be taken apart."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine: localhost, 127.0.0.0/8, ::1."""
    host = host_of(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_at_https_provider(url: str) -> bool:
    """Whether the address is at a provider that serves https for all its customers."""
    labels = host_of(url).split(".")
    return any(".".join(labels[start:]) in HTTPS_PROVIDERS for start in range(len(labels)))


def is_plain_http(url: str) -> bool:
    """Whether the address is by http on http's own port, where https might be had instead."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.port in (None, 80)


def is_plain_https(url: str) -> bool:
    """Whether the address is by https on https's own port."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.port in (None, 443)


def with_https(url: str) -> str:
    """The same address by https; http's own port goes with it."""
    parts = urlsplit(url)
    netloc = parts.netloc.removesuffix(":80")
    return parts._replace(scheme="https", netloc=netloc).geturl()


def source_of(url: str) -> str:
    """What two addresses of the same source have in common: host, port, path and query, without the scheme, the case of
    the host, its default port, a slash at the end and a fragment."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(url)}{port}{parts.path.rstrip('/')}{query}"


WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CRON_FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
)
CRON_PART = re.compile(r"(?:\*|([a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?)(?:/(\d{1,2}))?")


def cron_line(text: str) -> str:
    """The cron line, checked, with weekdays as names. Raises WrongValue."""
    fields = text.lower().split()
    if len(fields) != 5:
        raise WrongValue(
            f'"{text}" has {len(fields)} fields, a cron line has five',
            'minute hour day month weekday, for example cron: "15 3 * * *"',
        )
    sets = [_cron_field(field, *rule) for field, rule in zip(fields, CRON_FIELDS, strict=True)]
    longest = max(29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in sets[3])
    if min(sets[2]) > longest:
        raise WrongValue(f'"{text}" names a day that no such month has', 'for example cron: "15 3 1 * *"')
    if fields[4] != "*":
        days = {day % 7 for day in sets[4]}
        fields[4] = (
            "*" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(days, key=lambda d: (d - 1) % 7))
        )
    return " ".join(fields)


def _cron_field(field: str, name: str, low: int, high: int) -> set[int]:
    """The numbers a field stands for."""
    names = {"month": MONTHS, "day of the week": WEEKDAYS}.get(name, ())
    found: set[int] = set()
    for part in field.split(","):
        match = CRON_PART.fullmatch(part)
        first, last, step = match.groups() if match else ("-", None, None)
        begin = low if first is None else _cron_number(first, names, low)
        end = begin if last is None else _cron_number(last, names, low)
        if first is None or (last is None and step):
            end = high
        if last == "sun":
            end = high
        if not low <= begin <= end <= high or int(step or 1) == 0:
            raise WrongValue(f'"{part}" is no {name} of a cron line', f"write *, a number from {low} to {high}, or */2")
        found.update(range(begin, end + 1, int(step or 1)))
    return found


def _cron_number(text: str, names: tuple[str, ...], low: int) -> int:
    """The number a word or a number of a cron line stands for; -1 when it is neither."""
    if text.isdigit():
        return int(text)
    return names.index(text) + low if text in names else -1
