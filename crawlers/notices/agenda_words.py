"""Words and forms by which the lines of an agenda are told apart."""

from __future__ import annotations

import re

AGENDA = re.compile(
    r"\W*(?:(?:vorläufige|folgende)\s+)?(?:tagesordnung(?:spunkte)?|tagesordnung\s*[:\-–].{0,40}|to)\W*", re.I
)
MENTIONS_NONPUBLIC = re.compile(r"nicht[\s\-–‐_]*(?:ö|oe)ffentlich|vertraulich|unter ausschluss", re.IGNORECASE)
ABOUT = re.compile(r"bekannt(?:gabe|gegeben)|gefasst|niederschrift|protokoll", re.IGNORECASE)
CLOSED = re.compile(
    r"\W*(?:[ivx\d]+[.)]\s*)?(?:geschlossen|intern|vertraulich|geheim)e[rnsm]?\s+(?:\w*sitzung|\w*teil|beratung)\W*",
    re.IGNORECASE,
)
CONFIDENTIAL = re.compile(r"^\W*(?:streng\s+)?vertraulich\b|[(\[]\s*vertraulich\s*[)\]]", re.IGNORECASE)
MARKED_NUMBER = re.compile(r"\W*\d+(?:\.\d+)*\W*(?:ö|oe)(?:ff\w{0,2}|ffentlich)?\W*", re.IGNORECASE)
"""A number with its badge behind it, which is no heading: "3 (öffentlich)"."""
LABELS = re.compile(
    r"(?:top|nr\.?|nummer|tagesordnungspunkt|betreff|bezeichnung|thema|gegenstand|vorlage(?:n-?nr\.?|nnummer)?|drucksache(?:n-?nr\.?)?"
    r"|dokumente?|anlagen?|titel|beschluss(?:vorlage)?|berichterstatter(?:in)?|\W)+",
    re.IGNORECASE,
)
DETAIL = re.compile(
    r"\W*(?:hier|vorlage|beschlussvorlage|drucksache|ds|bv|berichterstatt\w+|vgl\.?|siehe|anlage\w*)\b", re.IGNORECASE
)
NO_NAME = re.compile(
    r"\W*(?:vorlagen?|beschlussvorlage|drucksache|ds|bv|berichterstatt\w+|vgl\.?|siehe|anlagen?|dokumente?|downloads?)\b"
    r"|\W*$",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"[a-zäöüß(]|[-–]\s")
"""How a line behind a `<br>` begins that goes on with the item: no heading begins so."""
LONGEST_NAME = 500
OF_THE_WHOLE = re.compile(r"\W*(?:öffentliche\s+)?(?:einladung|bekanntmachung|tagesordnung)(?!\w)", re.IGNORECASE)
"""Names of documents about the whole sitting, which stand below the agenda and are no item's."""
DOCUMENTS = re.compile(
    r"\W*(?:downloads?|dateien|dokumente|anhänge|anlagen|dokumente zum herunterladen|dateianhänge)\W*", re.I
)
