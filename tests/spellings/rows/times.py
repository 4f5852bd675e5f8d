"""Times as councils write them → begin and end, each None where none is said."""

from __future__ import annotations

from typing import Final

Times = tuple[str | None, str | None]

_SIX: Final = (
    "18:00", "18:00 Uhr", "18.00 Uhr", "18 Uhr", "18:00:00", "18:00h", "18:00 h", "18 h", "um 18:00 Uhr",
    "ab 18:00 Uhr", "ab 18 Uhr", "Beginn: 18:00 Uhr", "Beginn 18 Uhr", "ca. 18:00 Uhr", "gegen 18 Uhr",
    "18:00 Uhr s.t.", "18:00 -", "18:00 Uhr -", "18:00\u00a0Uhr", "18:00Uhr", "18Uhr", "18:00 uhr",
    "18:00 Uhr, Raum 2.15", "18:00 Uhr, Zimmer 12", "18:00 Uhr im Raum 2.15", "18:00 Uhr (Einlass 17:30 Uhr)",
    "18:00, 19:00 Uhr", "18:00 Uhr (öffentlich)", "18:00 - 00:00",
)  # fmt: skip
_SIX_TO_EIGHT: Final = (
    "18:00 - 20:15", "18:00-20:15", "18:00 – 20:15 Uhr", "18:00 Uhr - 20:15 Uhr", "18:00 Uhr – 20:15 Uhr",
    "18:00 bis 20:15 Uhr", "18:00 Uhr bis 20:15 Uhr", "18.00 - 20.15 Uhr", "18.00 Uhr bis 20.15 Uhr",
    "18 Uhr - 20:15 Uhr", "von 18:00 bis 20:15 Uhr", "18:00 Uhr bis ca. 20:15 Uhr",
    "Beginn: 18:00 Uhr, Ende: 20:15 Uhr", "Beginn 18:00 Uhr - Ende 20:15 Uhr", "18:00\u00a0-\u00a020:15",
    "18:00:00 - 20:15:00", "18:00 − 20:15",
)  # fmt: skip
_NONE: Final = (
    "00:00", "0:00 Uhr", "24 Uhr", "25:00", "25 Uhr", "18:60", "18:75 Uhr", "nicht bekannt", "wird bekanntgegeben",
    "im Anschluss an die Sitzung des Rates", "nach der Sitzung", "ganztägig", "halb sieben",
)  # fmt: skip

_OTHERS: Final[dict[str, Times]] = {
    "9 Uhr": ("09:00", None),
    "9:00": ("09:00", None),
    "09:05 Uhr": ("09:05", None),
    "8.30 Uhr": ("08:30", None),
    "18 Uhr 30": ("18:30", None),
    "18-20 Uhr": ("18:00", "20:00"),
    "18 - 20 Uhr": ("18:00", "20:00"),
    "18 bis 20 Uhr": ("18:00", "20:00"),
    "18 Uhr bis 20 Uhr": ("18:00", "20:00"),
    "18:00 - 20 Uhr": ("18:00", "20:00"),
    "9-12.30 Uhr": ("09:00", "12:30"),
    "19:30 - 00:30 Uhr": ("19:30", "00:30"),
}

ROWS: Final[dict[str, Times]] = {
    **dict.fromkeys(_SIX, ("18:00", None)),
    **dict.fromkeys(_SIX_TO_EIGHT, ("18:00", "20:15")),
    **dict.fromkeys(_NONE, (None, None)),
    **_OTHERS,
}
