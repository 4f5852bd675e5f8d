"""A municipality as the register names it: where its source is, which system that is, and how it is to be visited.

Every rule that can be told from one entry alone stands here or in what is imported here; what needs the whole register
stands in `council.cross_checks`. A rule says what is wrong and what to write instead (`WrongValue`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from council.address import ip_addresses, is_loopback, source_address, usable_address
from council.notices import Notices
from council.official_key import checked_ags, checked_ars, same_place
from council.problem import WrongValue
from council.schedule import Schedule
from council.system import System

PARALLEL_ON_OTHERS = 4


class AdministrationKind(StrEnum):
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


COUNTIES = frozenset(
    {
        AdministrationKind.LANDKREIS,
        AdministrationKind.KREIS,
        AdministrationKind.REGION,
        AdministrationKind.STAEDTEREGION,
        AdministrationKind.REGIONALVERBAND,
    }
)
"""The kinds whose official key has five digits."""


def _one_line(value: str) -> str:
    if any(ord(c) < 32 for c in value):
        raise WrongValue("holds a line break or a control character", "write it on one line")
    return value


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
        return usable_address(value)
    raise WrongValue(
        f'"{value}" is neither an e-mail address nor a page',
        "write contact: ris@example.org, or contact: https://www.example.org/kontakt",
    )


Line = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_one_line)
]
Prose = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=5000)]
Count = Annotated[int, Strict(), Field(ge=0, le=100_000_000)]
Flag = Annotated[bool, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]


class _EntryPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Politeness(_EntryPart):
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


class Robots(_EntryPart):
    """The exception from robots.txt, which is obeyed otherwise: only with a written reason."""

    ignore: Flag = Field(
        default=False, description="true: the server's robots.txt does not apply to this entry.", examples=[True]
    )
    reason: Prose | None = Field(
        default=None,
        min_length=20,
        description="Who allowed it, when, and where that is written; at least 20 characters.",
        examples=["Allowed by the clerk by e-mail on 2026-11-02"],
    )

    @model_validator(mode="after")
    def _reason_given(self) -> Self:
        if self.ignore and self.reason is None:
            raise WrongValue(
                "ignores robots.txt without a reason",
                'write reason: "…" beside it: who allowed it, when, where that is written (at least 20 characters)',
            )
        return self


class Expectation(_EntryPart):
    """At least so much must be there after a full visit; less means that something is wrong with the source."""

    papers: Count | None = Field(default=None, description="Papers at least.", examples=[500])
    meetings: Count | None = Field(default=None, description="Meetings at least.", examples=[100])


class Coordinates(_EntryPart):
    """Where it is, in degrees (WGS 84), within Germany."""

    lat: Number = Field(ge=47.2, le=55.1, description="Latitude, north.", examples=[51.36])
    lon: Number = Field(ge=5.8, le=15.1, description="Longitude, east.", examples=[12.0])


class Municipality(_EntryPart):
    """One entry of the register. Only name, kind, ags or ars, system and url must be given."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", description="What it is called in ids and commands.")
    name: Line = Field(description="The name people know it by.", examples=["Merseburg"])
    kind: AdministrationKind = Field(description="What kind of administration it is.", examples=["Stadt"])
    ags: Annotated[str, Strict(), AfterValidator(checked_ags)] | None = Field(
        default=None,
        description="Official municipality key (AGS), in quotes: 8 digits, a county's 5. This or ars is needed.",
        examples=["15088220"],
        json_schema_extra={"pattern": "^[0-9]{5}([0-9]{3})?$"},
    )
    ars: Annotated[str, Strict(), AfterValidator(checked_ars)] | None = Field(
        default=None,
        description="Official regional key (ARS), in quotes: 12 digits, an association's has 9, a county's 5.",
        examples=["150880220220"],
        json_schema_extra={"pattern": "^[0-9]{5}([0-9]{4}([0-9]{3})?)?$"},
    )
    parent: Line | None = Field(
        default=None, description="Key of the entry it belongs to: its county or association.", examples=["saalekreis"]
    )
    system: System = Field(description="The product its source runs.", examples=["oparl"])
    url: Annotated[Line, AfterValidator(source_address)] = Field(
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
        examples=[{"ignore": True, "reason": "Allowed by the clerk by e-mail on 2026-11-02"}],
    )
    private_addresses: Annotated[tuple[str, ...], BeforeValidator(ip_addresses), WithJsonSchema({"type": "string"})] = (
        Field(
            default=(),
            description="Addresses of its server inside a private network; only there may one be asked.",
            examples=["10.20.30.40"],
        )
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
    notices: Notices | None = Field(
        default=None,
        description="Only for system notices: where the website's notices stand, if the usual ways find none.",
        examples=[{"item": "li.news", "title": "h3"}],
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
    if isinstance(ags, str) and len(ags) == 5 and isinstance(kind, str) and kind in set(AdministrationKind) - COUNTIES:
        yield ("ags",), WrongValue(f'"{ags}" is a county\'s key', f"write all 8 digits: this is a {kind}")
    if isinstance(ags, str) and isinstance(ars, str) and not same_place(ags, ars):
        yield ("ars",), WrongValue(f'"{ars}" is another place than ags "{ags}"', "look up which of them is right")
    system = entry.get("system")
    if entry.get("notices") is not None and system in set(System) - {System.NOTICES}:
        yield ("notices",), WrongValue(f"is not for system {system}", "leave it out, or write system: notices")
    yield from _strain(entry)


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
