"""Names of a meeting of the "Stadtrat" on 5 March 2026 → whether it does not take place then."""

from __future__ import annotations

from typing import Final

CANCELLED: Final = (
    "Stadtrat - abgesagt", "Stadtrat – abgesagt", "Stadtrat -abgesagt-", "Stadtrat / abgesagt", "Stadtrat, abgesagt",
    "Stadtrat: abgesagt", "Stadtrat abgesagt", "Stadtrat *** abgesagt ***", "Stadtrat (abgesagt)",
    "Stadtrat (ABGESAGT!!)", "Stadtrat [abgesagt]", "Stadtrat [ABGESAGT]", "Stadtrat (Abgesagt!)",
    "ABGESAGT: Stadtrat", "Abgesagt - Stadtrat", "ABGESAGT Stadtrat", "abgesagt! Stadtrat", "*abgesagt* Stadtrat",
    "(abgesagt) Stadtrat", "[abgesagt] Stadtrat", "ABSAGE Stadtrat", "Absage: Stadtrat", "Absage - Stadtrat",
    "Stadtrat - Absage", "Stadtrat (Absage)", "Stadtrat ist abgesagt", "Stadtrat wurde abgesagt",
    "Stadtrat wird abgesagt", "Stadtrat ist leider abgesagt", "Stadtrat (wurde abgesagt)",
    "Stadtrat (Sitzung wurde abgesagt)", "Stadtrat (wegen Krankheit abgesagt)", "Stadtrat (abgesagt wegen Krankheit)",
    "Stadtrat - abgesagt wegen Krankheit", "Stadtrat - abgesetzt", "Stadtrat (abgesetzt)", "Stadtrat entfällt",
    "Stadtrat - entfällt", "Stadtrat - ENTFÄLLT", "Stadtrat (entfällt)", "Stadtrat [entfällt]", "ENTFÄLLT: Stadtrat",
    "Entfällt! Stadtrat", "Stadtrat (Sitzung entfällt)", "Stadtrat - Sitzung entfällt",
    "Stadtrat - entfällt mangels Beratungsbedarf", "Stadtrat (entfallen)", "Stadtrat - entfallen",
    "Stadtrat fällt aus", "Stadtrat fällt aus!", "Stadtrat fällt leider aus", "Stadtrat (fällt aus)",
    "Stadtrat (Sitzung fällt aus)", "FÄLLT AUS: Stadtrat", "Stadtrat - Ausfall", "Ausfall: Stadtrat",
    "Stadtrat (ausgefallen)", "Stadtrat - ausgefallen", "Stadtrat storniert", "Stadtrat (storniert)",
    "Stadtrat - annulliert", "Stadtrat (gestrichen)", "Stadtrat (aufgehoben)", "Stadtrat - aufgehoben",
    "Stadtrat - findet nicht statt", "Stadtrat findet nicht statt", "Stadtrat (findet nicht statt)",
    "Stadtrat findet leider nicht statt", "Stadtrat (Sitzung findet nicht statt)", "Stadtrat - entfa\u0308llt",
    "Stadtrat - entfaellt", "Stadtrat\u00a0(abgesagt)", "Stadtrat (a b g e s a g t)",
)  # fmt: skip
"""Cancelled; without these words the name is "Stadtrat"."""

RESCHEDULED: Final = (
    "Stadtrat - verschoben", "Stadtrat (verschoben)", "Stadtrat verschoben", "Verschoben: Stadtrat",
    "VERSCHOBEN - Stadtrat", "Stadtrat (wird verschoben)", "Stadtrat (verschoben auf 14.03.2026)",
    "Stadtrat (verschoben auf den 14.3.)", "Stadtrat - verschoben auf den 14.03.26",
    "Stadtrat verschoben auf den 14.03.2026", "Stadtrat verlegt auf Samstag, 14. März 2026",
    "Stadtrat wird auf den 14.03. verschoben", "Stadtrat wurde auf den 14.03.2026 verlegt",
    "Stadtrat, neuer Termin: 14.03.2026", "Stadtrat (neuer Termin 14.03.2026)", "Stadtrat (verlegt auf den 14. März)",
    "Stadtrat - vertagt", "Stadtrat (vertagt auf 14.03.2026)", "Stadtrat - vertagt auf den 14.03.2026",
    "Verschoben: Stadtrat (verschoben auf 14.03.2026, 18 Uhr)",
    "Stadtrat (verschoben vom 05.03.2026 auf den 14.03.2026)",
)  # fmt: skip
"""Moved to another day; without these words the name is "Stadtrat"."""

HELD: Final = {
    "Stadtrat": "Stadtrat",
    "Stadtrat (verschoben vom 27.02.2026)": "Stadtrat",
    "Stadtrat (verlegt vom 27.02.2026)": "Stadtrat",
    "Stadtrat (verschoben auf 05.03.2026)": "Stadtrat",
    "Stadtrat (Ersatztermin für den 27.02.2026)": None,
    "Stadtrat (nicht abgesagt)": None,
    "Stadtrat (findet statt)": None,
    "Stadtrat - findet digital statt": None,
    "Stadtrat (auf 19 Uhr verschoben)": None,
    "Stadtrat (Beginn auf 19 Uhr verlegt)": None,
    "Stadtrat (verlegt in den Bürgersaal)": None,
    "Stadtrat - verlegt in die Stadthalle": None,
    "Stadtrat (TOP 3 entfällt)": None,
    "Stadtrat - TOP 5 abgesetzt": None,
    "Stadtrat (TOP 4 vertagt)": None,
    "Stadtrat (Fragestunde entfällt)": None,
    "Stadtrat - geänderte Tagesordnung": None,
    "Ausschuss für Ausfallstraßen": "Ausschuss für Ausfallstraßen",
    "Ausschuss für Ausfallbürgschaften": "Ausschuss für Ausfallbürgschaften",
    "Beirat Stromausfall": "Beirat Stromausfall",
    "Sondersitzung des Stadtrates zur Absage des Stadtfestes": None,
    "Ausschuss für Verlegung der Hauptstraße": None,
    "Ausschuss Verschobene Ufer": None,
}  # fmt: skip
"""Takes place → the name without what is said of the date; None: not asked (more than a state is said)."""
