"""What single vendors' OParl servers do against the specification, each with vendor, source, date and reason.

Each is told by what it looks like, never by a host's name: servers move and share software. The shapes come from
recorded answers (August to October 2026) and from the workarounds of other OParl clients, read in October 2026.
"""

from __future__ import annotations

import datetime as dt
import re

from council.model import Kind

# --- more!rubin -----------------------------------------------------------------------------------------------------
_RUBIN_PATH = re.compile(r"(?:.*/)?oparl/(organization|person|meeting|paper|file)/([^/?#]+)", re.IGNORECASE)
_RUBIN_MEETING = re.compile(r"(?:ni_)?(\d{4}-.+?)(?:-0)?")


def rubin_native_id(path: str, kind: Kind | None) -> str | None:
    """more!rubin: `/oparl/meeting/ni_2026-SR-12-0` → `2026-SR-12`, `/oparl/paper/2026100012` → `2026100012`; else None.

    No other vendor's ids have the singular kind straight behind `oparl`, without a version or a body. "ni_" marks the
    minutes' version of the same meeting and `consultation.meeting` lacks it, so the two would never join (Ratsblick,
    2026); without "-0" the id is the one the same server's api.php uses. Agenda items and consultations keep their
    segment: both stand in `Meeting.withheld`, where bare numbers of the two could be mistaken for each other.
    """
    found = _RUBIN_PATH.fullmatch(path)
    if not found or (kind is not None and found[1].lower() != kind.value):
        return None
    if found[1].lower() == Kind.MEETING and (meeting := _RUBIN_MEETING.fullmatch(found[2])):
        return meeting[1]
    return found[2]


# --- Sternberg SD.NET RIM -------------------------------------------------------------------------------------------
SDNET_NOTHING_FOUND = 802
"""SD.NET RIM: the `code` in the JSON of a 404 that means "no object meets the filter" (meine-stadt-transparent)."""


def sdnet_file_url(url: str) -> str:
    """SD.NET RIM: `…/files//rim…` answers 404, `…/files/rim…` the file (meine-stadt-transparent's loader)."""
    return url.replace("/files//rim", "/files/rim")


def without_doubled_extension(url: str) -> str | None:
    """SD.NET RIM repeats the extension of a file name with a dot in it (`x.eml.eml`): the second address to try after
    a 404, or None. Not applied unasked: `.pdf.pdf` is also a real name (Wesel's HTML pages, 2026)."""
    shorter = re.sub(r"(\.[A-Za-z0-9]{2,5})\1(?=$|\?)", r"\1", url)
    return shorter if shorter != url else None


def repaired_ags(digits: str) -> str | None:
    """SD.NET RIM: the eight digits of an Amtlicher Gemeindeschlüssel out of 7 to 12; None when they hold none.

    7 digits: the leading zero was lost (5358016, kdvz-frechen, 2019). 9 to 12: padded (051140000, Krefeld, 2019), or
    the Regionalschlüssel stands in its place.
    """
    if not re.fullmatch(r"\d{7,12}", digits):
        return None
    if len(digits) <= 8:
        return digits.zfill(8)
    if not digits[8:].strip("0"):
        return digits[:8]
    return digits[:5] + digits[9:] if len(digits) == 12 else None


# --- CC e-gov ALLRIS ------------------------------------------------------------------------------------------------
ALLRIS_NEVER = dt.date(2000, 1, 1)
"""ALLRIS 4: `created` and `modified` are midnight of this day on every object of a server that does not know them
(Osnabrück, Braunschweig, September 2026). Taken for unknown."""


def single_colon_offset(text: str) -> str:
    """ALLRIS 4, Bonn (OParl importer's test data, December 2019): offsets written "+01::00"."""
    return text.replace("::", ":")


# --- Somacos Session ------------------------------------------------------------------------------------------------
_MAIN_WORD = r"(?:[\w\-]*vorlage|[\w\-]*antrag|änderungs-/ergänzungsantrag|[\w\-]*anfrage|drucksache|mitteilung)"
_MAIN_BEFORE = r"\W*(?:top\s*\d+\w*\W*)?"
_MAIN_EXACT = re.compile(
    rf"{_MAIN_BEFORE}{_MAIN_WORD}\W*(?:\(?\W*(?:ö|öff|öffentlich)\W*)?(?:\.\w{{3,4}})?", re.IGNORECASE
)
_MAIN_START = re.compile(rf"{_MAIN_BEFORE}{_MAIN_WORD}(?![^\W_])", re.IGNORECASE)


def main_file_among(names: list[str]) -> int | None:
    """Somacos Session has no `mainFile`: the place of the one attachment whose name says it is the paper itself.

    "Beschlussvorlage", "TOP 4, Antrag", "Vorlage_ö" (Karlsruhe, August 2026: none of 13,577 papers has a mainFile). A
    name that is nothing but such a word goes before one that begins with it; two of the same sort: None.
    """
    lines = [name.replace("_", " ") for name in names]
    for pattern in (_MAIN_EXACT.fullmatch, _MAIN_START.match):
        places = [place for place, line in enumerate(lines) if pattern(line)]
        if len(places) == 1:
            return places[0]
        if places:
            return None
    return None


def known_end(native_id: str, start: dt.datetime | None, end: dt.datetime | None) -> dt.datetime | None:
    """None where the end is not known. Somacos, Karlsruhe (August 2026: 1,223 of 2,609 meetings) says so by 00:00 of
    the meeting's own day, or by an end before its start; ALLRIS (ids as "meetings?id=664"), Bonn (May 2021), by 00:00
    of the day after."""
    if start is None or end is None:
        return end
    later = (end.date() - start.date()).days if end.time() == dt.time(0) else None
    is_unset = later == 0 or (later == 1 and _ALLRIS_MEETING.match(native_id) is not None)
    return None if is_unset or end < start else end


_ALLRIS_MEETING = re.compile(r"meetings(?:\.asp)?\?", re.IGNORECASE)
PLURAL_LISTS: dict[str, str] = {"consultation": "consultations", "file": "files", "agendaItem": "agendaItems"}
"""Somacos, Düsseldorf and Münster (meine-stadt-transparent): a body's 1.1 lists under plural names."""
# --- several vendors ------------------------------------------------------------------------------------------------
UNKNOWN_TEXTS = frozenset({"", "n/a", "null"})
"""Words for "nothing" in place of a value ("N/A": ALLRIS 3, Leipzig, 2018)."""
UNSET_DATES = frozenset(
    {"0000-00-00", "0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "2999-12-31", "9999-12-31"}
)
"""Zero and for-ever of MySQL, .NET, SQL Server and OLE: a field that was never set. Unknown, and nothing to note."""


def website_with_scheme(text: str) -> str:
    """SD.NET RIM, Steinhagen (2019): `website` is "www.steinhagen.de", without a scheme."""
    return f"https://{text}" if text.lower().startswith("www.") else text
