"""What single more!rubin servers do differently, each told by what it looks like, never by a host's name."""

from __future__ import annotations

import re

PREVIEW_NAMES = frozenset({"json", "platform", "system"})
"""`documentUrl` with these gives the document packed in JSON for the page's own viewer; without them the PDF
(ris-systems E.1, September 2026)."""
LOST_HOST = re.compile(r"^(https?:)/{3,}", re.IGNORECASE)
"""An address that has lost its host, `https:///documents.php`: it is meant on the server that was asked (saved answers,
September 2026)."""
