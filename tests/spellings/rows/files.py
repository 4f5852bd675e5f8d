"""Names of files: which say that they are not public, and what the others are to their meeting."""

from __future__ import annotations

from typing import Final

from council.model import FileRole

NONPUBLIC: Final = (
    "Niederschrift nichtöffentlicher Teil", "Niederschrift nicht öffentlicher Teil", "Niederschrift (nichtöffentlich)",
    "Niederschrift - nicht-öffentlich", "Niederschrift nichtöff.", "Niederschrift nicht öff. Teil",
    "Niederschrift n.ö.", "Niederschrift (n. ö.)", "Niederschrift nö", "Niederschrift NÖ", "Niederschrift_NÖ.pdf",
    "NÖ_Protokoll.pdf", "NÖ-Vorlage 12", "Vorlage 12 NÖ", "Vorlage-12-nö.pdf", "Protokoll_noe.pdf", "Protokoll NOE",
    "Niederschrift-NOE-2026.pdf", "Anlage 3 (nicht öffentlich)", "Anlage [nicht-öffentlich]", "Anlage_nö.pdf",
    "Anlage 2 - nichtöffentlich.pdf", "NICHT ÖFFENTLICH - Wertgutachten", "nichtöffentlich_Wertgutachten.pdf",
    "Nichtoeffentliche Anlage.pdf", "nicht_oeffentlich.pdf", "Niederschrift nichto\u0308ffentlich.pdf",
    "Niederschrift_NO\u0308.pdf", "Niederschrift nicht\ufffdffentlich", "Nicht\u00adöffentliche Anlage",
    "Vertraulich: Angebot", "vertraulich_Angebot.pdf", "Kaufvertrag (vertraulich)", "Kaufvertrag (vertraulich).pdf",
    "Kaufvertrag - vertraulich.pdf", "Kaufvertrag_vertraulich.pdf", "STRENG VERTRAULICH Gutachten",
    "Vertrauliche Anlage 3", "Geheim - Gutachten", "Nur für den Dienstgebrauch.pdf",
    "Gutachten (nur für den Dienstgebrauch)", "nicht zur Veröffentlichung bestimmt.pdf",
    "Anlage - nicht veröffentlichen", "Tagesordnung nichtöffentliche Sitzung",
    "Niederschrift öffentlich und nichtöffentlich", "Protokoll ö und nö", "Protokoll ö+nö",
    "Einladung öffentlich/nichtöffentlich", "Gesamtniederschrift öffentlicher und nichtöffentlicher Teil",
    "Niederschrift_ö_nö.pdf",
)  # fmt: skip

PUBLIC: Final = (
    "Niederschrift öffentlicher Teil", "Niederschrift (öffentlich)", "Öffentliche Niederschrift", "Niederschrift ö",
    "Ö_Protokoll.pdf", "öff. Niederschrift", "Niederschrift_oeffentlich.pdf", "O\u0308ffentliche Niederschrift",
    "Bekanntgabe nichtöffentlich gefasster Beschlüsse",
    "Bekanntmachung der in nichtöffentlicher Sitzung gefassten Beschlüsse", "Noel-Park Plan.pdf",
    "Nördlicher Stadtpark.pdf", "Anlage Nöltingstraße", "Lageplan_Nord.pdf", "Satzung_neu.pdf",
    "Konzept Öffentlichkeitsarbeit", "Ergebnis der Öffentlichkeitsbeteiligung", "Geheimrat-Müller-Straße Plan.pdf",
    "Veröffentlichung im Amtsblatt", "Anlage N.pdf", "Österreichische Partnerstadt.pdf", "Stadtwerke NOEL.pdf",
)  # fmt: skip

ROLES: Final = {
    "Einladung": FileRole.INVITATION,
    "Einladung.pdf": FileRole.INVITATION,
    "Einladung mit Tagesordnung": FileRole.INVITATION,
    "Tagesordnung": FileRole.INVITATION,
    "Tagesordnung öffentlich": FileRole.INVITATION,
    "Öffentliche Bekanntmachung": FileRole.INVITATION,
    "Bekanntmachung": FileRole.INVITATION,
    "Ladung": FileRole.INVITATION,
    "Nachtrag zur Tagesordnung": FileRole.INVITATION,
    "Nachtragstagesordnung": FileRole.INVITATION,
    "Niederschrift": FileRole.MINUTES,
    "Niederschrift öffentlich": FileRole.MINUTES,
    "Sitzungsniederschrift": FileRole.MINUTES,
    "Protokoll": FileRole.MINUTES,
    "Protokoll.pdf": FileRole.MINUTES,
    "Ergebnisprotokoll": FileRole.MINUTES,
    "Beschlussprotokoll": FileRole.MINUTES,
    "Kurzprotokoll": FileRole.MINUTES,
    "2026-03-05_Rat_Niederschrift.pdf": FileRole.MINUTES,
    "Wortprotokoll": FileRole.VERBATIM_MINUTES,
    "Anlage 1": FileRole.ATTACHMENT,
    "Präsentation": FileRole.ATTACHMENT,
    "Anlage zur Niederschrift": FileRole.ATTACHMENT,
    "Anlage 2 zum Protokoll": FileRole.ATTACHMENT,
    "Anlage zur Einladung": FileRole.ATTACHMENT,
    "Anhang zur Tagesordnung": FileRole.ATTACHMENT,
    "Haushaltsplan": FileRole.ATTACHMENT,
}  # fmt: skip
"""The role of a file that hangs on a meeting."""
