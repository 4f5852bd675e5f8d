"""What single towns' websites do in their own way, each told by what it looks like, never by a host's name."""

from __future__ import annotations

import re

NONPUBLIC_PART = re.compile(r"(?<![^\W\d_])(?:NOET|NÖT|NOeT|noet|nöt|NOE|NÖ)(?![^\W\d_])")
"""NOET, NÖT: "nichtöffentlicher Teil", as files are named beside OET (Kusel 2020)."""
KIND_AHEAD = re.compile(
    r"^(?:(?:tagesordnung|einladung|protokoll|niederschrift|bekanntmachung|sitzung|amtsblatt|termin|ladung|to|oet|öt)-\s*)+",
    re.IGNORECASE,
)
"""What kind of document it is, put before the committee in file names: "Tagesordnung-Gemeinderat-2026"."""
