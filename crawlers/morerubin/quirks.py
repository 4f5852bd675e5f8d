"""What single more!rubin servers do differently, each told by what it looks like, never by a host's name.

A municipality with a month: it stands in an answer of that municipality, saved then. "Reported": never seen, clients'
code says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

PREVIEW_NAMES = frozenset({"json", "platform", "system"})
"""`documentUrl` with these gives the document packed in JSON for the page's own viewer; without them the PDF
(ris-systems E.1, September 2026)."""
LOST_HOST = re.compile(r"^(https?:)/{3,}", re.IGNORECASE)
"""Too many slashes before an address's host, `http:///host/meeting?id=…` (Zwenkau; described, not seen saved)."""
# --- several names of one installation ------------------------------------------------------------------------------
_SCRIPTS = re.compile(r"/(?:api|documents|show_pdf)\.php$", re.IGNORECASE)
_NO_BODY = re.compile(r"gruppen? der verwaltung|verwaltungsinterne? .*", re.IGNORECASE)


def is_own_script(path: str) -> bool:
    """Whether a path is one of the system's own scripts: then it may lie on another name of the same installation
    (Vörstetten, which Denzlingen serves, September 2026)."""
    return bool(_SCRIPTS.search(path))


def is_no_body(name: str) -> bool:
    """Whether a body of the list is a group that the administration keeps there for itself: "Gruppen der Verwaltung"
    (Vörstetten, September 2026)."""
    return bool(_NO_BODY.fullmatch(name))


def is_of_oparl(kind: object) -> bool:
    """Whether the `type` of an answer is an OParl object's: unknown paths are answered with the OParl system (reported,
    September 2026)."""
    return isinstance(kind, str) and "oparl.org" in kind and not kind.rstrip("/").endswith("Error")


# --- the older interface --------------------------------------------------------------------------------------------
PAGE_KEYS = ("full_url", "fullUrl")
"""Where a meeting's own page stands: the second is Landkreis Leipzig's (August 2026)."""
ITEM_KEYS = ("ai_id", "id")
"""Where an agenda item's own number stands: older answers have no `ai_id` (Eibenstock, September 2026)."""
_LONG_NUMBER = re.compile(r"\d{6,}")


def is_paper_number(number: str | None) -> bool:
    """Whether a `vorlagennummer` is a paper's where no `topart` says so, which old answers may leave out: codes for
    standard texts are short ("11")."""
    return bool(_LONG_NUMBER.fullmatch(number or ""))


def type_in_address(written: str | None) -> int | None:
    """The type of a document that old answers name only in its address, as `document_type_id` (Eibenstock, September
    2026)."""
    return int(written) if written and written.isdecimal() and len(written) < 6 else None


def type_in_name(name: str, reference: str) -> str | None:
    """ "Beschlussvorlage 039/26 (…).pdf" → "Beschlussvorlage": old answers name a paper's type nowhere else
    (Eibenstock, September 2026)."""
    words = name.partition(reference)[0].strip()
    return words if words and len(words) <= 60 and words.replace(" ", "").replace("-", "").isalpha() else None


def props_in_attributes(attributes: Mapping[str, object]) -> str | None:
    """The JSON in attributes `vue-passed-meeting` of an element with `component="MeetingPage"` (reported of older
    ones); else it stands in a script."""
    names = [name for name in attributes if "passed-" in name]
    inner = ", ".join(f"{json.dumps(name.lstrip(':').removeprefix('vue-'))}: {attributes[name]}" for name in names)
    return f"{{{inner}}}" if inner else None
