"""Single values: what a JSON value means where OParl wants a text, a day, a moment, a number, a flag or an address.

Every function takes the raw value and returns it understood; None where the source says nothing; and raises ValueError
with what was expected and found where it says something else. Sources of the odd forms: `quirks`.
"""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from urllib.parse import urljoin, urlsplit

from crawlers.oparl import quirks
from crawlers.parsing import documents
from crawlers.parsing.clocks import Stamp, read_stamp
from crawlers.parsing.dates import YEARS
from crawlers.parsing.wording import composed

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9.+\-]+/[a-z0-9.+\-]+")
_HTTP = re.compile(r"https?://(?:\[[0-9a-f:.]+\]|[^\s/?#\[\]@:\\]+)(?::\d{1,5})?(?=[/?#]|$)", re.IGNORECASE)
_TRUE, _FALSE = frozenset({"true", "1", "yes", "ja"}), frozenset({"false", "0", "no", "nein"})


def found(raw: object) -> str:
    """A value as a message shows it: short, and never what an object holds: that could be a person's address."""
    if isinstance(raw, dict):
        return f"an object with the keys {', '.join(ascii(key)[:30] for key in list(raw)[:6]) or 'none'}"
    if isinstance(raw, list):
        return f"a list of {len(raw)}"
    text = ascii(raw) if isinstance(raw, str) and not raw.isprintable() else repr(raw)
    return text if len(text) <= 80 else f"{text[:77]}..."


def kind_of(raw: object) -> str:
    """What a value is, for messages about places where a title may stand: one word is shown, more words are not."""
    if isinstance(raw, str) and (len(raw) > 20 or not re.fullmatch(r"[\w.,:+-]*", raw)):
        return f"a text of {len(raw)} characters"
    return found(raw)


def _as_text(raw: object) -> str | None:
    """A scalar as text; a list of one scalar as that one."""
    if isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    if raw is None or isinstance(raw, str):
        return raw
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return None
        return str(int(raw)) if raw.is_integer() else str(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw) if abs(raw) < 10**30 else None
    if isinstance(raw, list | dict) and not raw:
        return None
    raise ValueError(f"expected a text, found {found(raw)}")


def one_line(raw: object) -> str | None:
    """A name or another short text: entities decoded, every run of blanks and line ends one blank."""
    text = _as_text(raw)
    if not text:
        return None
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if "<" in text:
        text = _BREAK.sub(" ", text)
    if not (text.isascii() and text.isprintable()):
        text = composed(_CONTROL.sub(" ", text))
    line = " ".join(text.split())
    return None if line.lower() in quirks.UNKNOWN_TEXTS else line


def paragraphs(raw: object) -> str | None:
    """A long text, its lines kept."""
    text = _as_text(raw)
    if not text:
        return None
    kept = _CONTROL_BUT_LINES.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return None if kept.lower() in quirks.UNKNOWN_TEXTS else kept


def flag(raw: object) -> bool | None:
    """true, "true", 1, "1" → True."""
    if raw is None or isinstance(raw, bool):
        return raw
    text = str(raw).strip().lower() if isinstance(raw, str | int) else None
    if text in quirks.UNKNOWN_TEXTS:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise ValueError(f"expected true or false, found {kind_of(raw)}")


def whole_number(raw: object) -> int | None:
    """7, "7", 7.0 → 7, never negative and never larger than a database takes."""
    text = one_line(raw)
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError(f"expected a whole number, found {kind_of(raw)}")
    return int(text)


def size(raw: object) -> int | None:
    """A file's size in bytes; 0 is ALLRIS's word for unknown."""
    return whole_number(raw) or None


def _stamp(raw: object) -> Stamp | None:
    text = one_line(raw)
    if text is None or text[:10] in quirks.UNSET_DATES:
        return None
    stamp = read_stamp(quirks.single_colon_offset(text) if "::" in text else text)
    if stamp is None:
        raise ValueError(f"expected a date, found {found(raw)}")
    if stamp.moment.year not in YEARS:
        raise ValueError(f"expected a year from 1900 to 2100, found {found(raw)}")
    return stamp


def moment(raw: object) -> dt.datetime | None:
    """A moment, in Berlin's time; without an offset it is meant there."""
    stamp = _stamp(raw)
    return stamp.moment if stamp else None


def day(raw: object) -> dt.date | None:
    """A day. Of a moment with an offset the day as written: "2014-01-01T00:00:00+02:00" means the first of January."""
    stamp = _stamp(raw)
    return stamp.day if stamp else None


def true_moment(raw: object) -> dt.datetime | None:
    """`created` or `modified`; None where the server writes its word for "never" (`quirks.ALLRIS_NEVER`)."""
    read = moment(raw)
    if read is not None and read.date() == quirks.ALLRIS_NEVER and read.time() == dt.time(0):
        return None
    return read


def web_address(raw: object, base: str) -> str | None:
    """An http(s) address, resolved against `base`."""
    text = _as_text(raw)
    text = _CONTROL.sub("", text).strip() if text else None
    if text is None or text.lower() in quirks.UNKNOWN_TEXTS:
        return None
    try:
        address = text if _HTTP.match(text) else urljoin(base, quirks.website_with_scheme(text))
        is_whole = bool(_HTTP.match(address)) and urlsplit(address).port != 0  # raises for [:::], a℀b.de and :99999
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError(f"expected an http address, found {found(raw)}")
    return address


def media_type(raw: object) -> str | None:
    """ "pdf", "application/pdf; charset=…" → "application/pdf"."""
    text = one_line(raw)
    if text is None:
        return None
    word = text.lower().partition(";")[0].strip().lstrip(".")
    known = documents.media_type(word) or word
    if not _MEDIA_TYPE.fullmatch(known):
        raise ValueError(f"expected a media type, found {found(raw)}")
    return known


def many(raw: object) -> list[object]:
    """What stands where a list belongs: nothing, one thing, a list, or PHP's object of numbered keys."""
    if raw is None or raw == "" or raw == {}:
        return []
    if isinstance(raw, list):
        return raw
    if isinstance(raw, dict) and all(isinstance(key, str) and key.isdecimal() for key in raw):
        return list(raw.values())
    return [raw]
