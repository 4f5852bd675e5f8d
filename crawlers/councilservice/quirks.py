"""What councilservice tells in numbers that it explains nowhere, and where they were seen."""

from __future__ import annotations

from typing import Final

CALENDAR: Final = 3
"""Kind of a document: a calendar file (.ics) of the meeting, which is no document of the council."""
PAPER: Final = 4
RESOLUTION: Final = 6
"""Kinds of a document: the paper, the signed resolution. Inferred from Sonnewalde, October 2026; of any other kind the
name says what it is."""
