"""What single municipalities' websites, and the programs they are made with, do in their own way.

Each is told by what it looks like, never by a host's name. A municipality: it stands on a page of that one, saved in
2026. The programs' ways are read as those programs write them, and tried on invented pages only (November 2026).
"""

from __future__ import annotations

import re
from typing import Final

# --- links ----------------------------------------------------------------------------------------------------------

LINKS: Final = "a[href], option[value]"
"""CSS selector of what leads to a page. Berglicht: invitations and reports are no links but `<option>`s of a `<select>`
in each committee's row, which a script opens."""


def address_attribute(tag: str) -> str:
    """Where an element of `LINKS` holds its address."""
    return "value" if tag == "option" else "href"


DOWNLOAD = re.compile(
    r"eID=dumpFile|/downloads?/datei/\w|/download\.php\?|[?&]wpdmdl=|task=(?:document\.)?download|[?&]download=\d|/@@download"
    r"|[?&]f(?:ile)?id=[\w.]+\.pdf|tx_\w+%5Bfile%5D=|\.pdf(?:[?&]|$)",
    re.IGNORECASE,
)
"""Addresses under which programs give a document, whether or not they end in a file's name: TYPO3's dumpFile, IKISS's
output/download.php, WordPress Download Manager, Joomla's DOCman and Phoca, Plone."""
KEYS_OUTSIDE_IDS: Final = frozenset({"chash"})
"""TYPO3's `cHash`, in lower case: kept in the address, since TYPO3 asks for it, but not in an id: it changes with the
site's key."""

# --- entries of a list ----------------------------------------------------------------------------------------------

DAY_IS_ITS_OWN: Final = frozenset({"Sitzungsbericht"})
"""Kinds of notices whose entry, where it is but a day, names no meeting's. Berglicht: reports stand under
"Unterrichtungen" as days alone, and several of them are of other days than the invitations beside them."""


def is_of_members(title: str, committee: str | None, *, is_dated: bool) -> bool:
    """Whether an entry is a committee's name without any day, and so no notice: Berglicht's rows lead so to the list of
    its members ("anzeigen"); elsewhere it is the committee's own page."""
    return committee is not None and title.strip(" :") == committee and not is_dated


# --- names of files -------------------------------------------------------------------------------------------------

KIND_AHEAD = re.compile(
    r"^(?:(?:tagesordnung|einladung|protokoll|niederschrift|bekanntmachung|sitzung|amtsblatt|termin|ladung|to|oet|öt)-\s*)+",
    re.IGNORECASE,
)
"""What kind of document it is, put before the committee: "Tagesordnung-Gemeinderat-2026". Where it was seen is not
handed down."""
