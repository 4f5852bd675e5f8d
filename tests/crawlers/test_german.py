"""What German councils write about visibility and cancelled meetings, and what it means."""

from __future__ import annotations

import pytest

from crawlers.parsing.cancellation import is_cancelled
from crawlers.parsing.visibility import (
    Section,
    ends_public_section,
    is_nonpublic_number,
    mentions_nonpublic,
    names_nonpublic_file,
    names_nonpublic_item,
    section_of_heading,
    sections_named,
)


@pytest.mark.parametrize(
    "text",
    [
        "Nichtöffentlicher Teil",
        "NICHTÖFFENTLICHER TEIL",
        "II. Nicht öffentliche Sitzung",
        "B. Nichtöffentlicher Teil:",
        "nicht-öffentlich",
        "NÖ",
        "N. Nichtöffentliche Tagesordnungspunkte",
        "N Nichtöffentlicher Teil",
        "Teil B: Nichtöffentlicher Teil",
        "Nichtöffentliche Sitzung (Beginn: 19.30 Uhr)",
        "Nichtöffentlicher Teil der Sitzung vom 03.09.2026",
        "Nichtöffentlicher Teil der Sitzung des Stadtrates am 3. Mai 2026",
        "Nicht\u00a0oeffentlicher Teil",
        "Nichto\u0308ffentlicher Teil",
        "--- Nichtöffentlicher Teil ---",
        "(nichtöffentlich)",
        "Tagesordnung (nichtöffentlich)",
        "Beginn der nichtöffentlichen Sitzung",
        "N I C H T Ö F F E N T L I C H E R   T E I L",
        "Nichtöffentlicher Teil (ab TOP 12)",
        "Nichtöffentlicher Teil: Grundstücksangelegenheiten",
        "Vertraulicher Teil",
        "Unter Ausschluss der Öffentlichkeit",
        "Nichtöffentlicher Teil (ab 20 Uhr)",
        "Nicht öffentlicher Teil 19:00 - 20:15 Uhr",
        "Teil B - nichtöffentlich",
        "Teil II (nichtöffentlich)",
        "Tagesordnung für den nichtöffentlichen Teil",
        "Nichtöffentlcher Teil",
        "Nichöffentlicher Teil",
        "N i c h t ö f f e n t l i c h e r Teil",
        "nichtöff. Teil",
        "n.ö. Teil",
        "NÖ-Teil",
        "Geschlossener Teil",
        "Nur für Mitglieder",
        "Eröffnung der nichtöffentlichen Sitzung",
        "II. Nichtöffentliche Sitzung, Beginn im Anschluss",
        "Nicht?ffentlicher Teil",
        "Nicht\u00adöffent\u200blicher Teil",
        "Ausschluss der Öffentlichkeit",
        "Herstellung der Nicht-Öffentlichkeit",
        "Interne Sitzung",
        "Nichtöffentlicher Teil Verkauf der Mühle",
        "Geschlossene Sitzung: Mühle",
        "Im Anschluss: nichtöffentliche Sitzung",
        "Anschließend findet eine nichtöffentliche Sitzung statt",
        "Es schließt sich ein nichtöffentlicher Teil an",
        "Punkte der nichtöffentlichen Sitzung",
        "Nichtoffentlicher Teil",
    ],
)
def test_headings_of_a_nonpublic_part(text: str) -> None:
    assert section_of_heading(text) is Section.NONPUBLIC


@pytest.mark.parametrize(
    "text",
    [
        "Öffentlicher Teil",
        "I. Öffentliche Sitzung",
        "A. Öffentlicher Teil:",
        "Ö",
        "Ö. Öffentliche Tagesordnungspunkte",
        "Fortsetzung öffentlicher Teil",
        "Wiederherstellung der Öffentlichkeit",
        "öffentlicher Teil (19:30 - 20:40 Uhr)",
        "Öffentlicher Teil ab 18 Uhr",
        "Öffentlicher Teil: Beginn 17:00 Uhr Ende 18:16 Uhr",
        "öffentlicher Teil von 19:30 bis 20:40 Uhr",
        "Öffentlicher Teil (Beginn: 18.30 Uhr)",
        "Öffentlicher Teil der 12. Sitzung des Rates",
        "Beginn des öffentlichen Teils",
        "Teil A - öffentlich",
        "Tagesordnung - öffentlicher Teil",
        "Öffentlicher Sitzungsteil",
        "Öffentliche Tagesordnungspunkte (TOP 1 - 12)",
        "Ö f f e n t l i c h e r Teil",
        "O\u0308ffentlicher Teil",
        "Oeffentlicher Teil",
        "?ffentlicher Teil",
        "Ö-Teil",
    ],
)
def test_headings_of_a_public_part(text: str) -> None:
    assert section_of_heading(text) is Section.PUBLIC


ORDINARY = [
    "Bekanntgabe in nichtöffentlicher Sitzung gefasster Beschlüsse",
    "Bekanntgabe nichtöffentlich gefasster Beschlüsse",
    "Bekanntgabe der im nichtöffentlichen Teil der OR-Sitzung am 09.01.08 gefassten Beschlüsse",
    "Mitteilung des in der OR-Sitzung am 11.11.09 im nichtöffentlichen Teil gefassten Beschlusses",
    "Genehmigung der Niederschrift vom 12.03.2026 (nichtöffentlicher Teil)",
    "Einwendungen gegen die Niederschrift - nichtöffentlicher Teil",
    "Anfrage GRÜNE: Nichtöffentlichkeit von Ausschusssitzungen",
    "- verschoben in den nichtöffentlichen Teil der Sitzung -",
    "Nichtöffentliche Sitzung vom 3.5.2026: Bekanntgabe der Beschlüsse",
    "Regenschutz im Schulhof (öffentlich + nichtöffentlich) der Pestalozzischule Durlach",
    "Öffentliche Ausschreibung der Straßenreinigung",
    "Öffentliche Anfragen",
    "Öffentlichkeitsarbeit",
    "Öffentlicher Nahverkehr",
    "Öffentlicher und nichtöffentlicher Teil",
    "Öffentlicher Teil 18:00 Uhr, anschließend nichtöffentlicher Teil",
    "Ende des öffentlichen Teils",
    "Eröffnung der öffentlichen Sitzung",
    "Nicht öffnende Fenster der Schule",
    "Mitteilungen aus nichtöffentlicher Sitzung",
    "Interne Kommunikation der Verwaltung",
    "Ausbau der Nö-Straße",
    "N. Özdemir: Antrag zum Radweg",
    "N. Müller: Anfrage zum Radweg",
    "N-Bahn: Anschluss",
    "Gesperrte Brücke am Nordufer",
    "Schutz vertraulicher Daten",
    "Antrag auf Ausschluss der Öffentlichkeit",
    "Genehmigung des Protokolls der nichtöffentlichen Sitzung vom 3.3.2031",
    "Verschiedenes",
    "",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_items_are_no_headings_and_stay(text: str) -> None:
    assert section_of_heading(text) is None
    assert not names_nonpublic_item(text)


@pytest.mark.parametrize(
    "text",
    [
        "NÖ: Grundstücksverkauf",
        "nö. Information Verfahrensstand Gutachten",
        "(NÖ) Personalangelegenheit",
        "Personalangelegenheit (nichtöffentlich)",
        "Grundstücksverkauf - nicht öffentlich -",
        "(NÖ) Genehmigung der Niederschrift",
        "[N] Grundstücksverkauf",
        "Vertraulich: Grundstücksverkauf",
        "Grundstücksverkauf (vertraulich)",
        "Grundstücksverkauf (nur für Mitglieder)",
        "\U0001f512 Grundstücksverkauf",
        "gesperrte Information",
        "NÖ Verkauf der Mühle",
        "Genehmigung der Niederschrift (NÖ)",
        "Protokoll zum Mühlenvertrag (streng vertraulich)",
        "Verkauf der Mühle (N)",
        "nichtöffentlich Verkauf der Mühle",
        "Nichtöff. Verkauf der Mühle",
        "Nichtöffentlich! Verkauf der Mühle",
        "Nichtöffentliche Angelegenheit: Mühle",
        "Verkauf der Mühle NÖ",
        "Verkauf der Mühle / nichtöffentlich",
        "Verkauf der Mühle vertraulich",
        "Verkauf der Mühle (im nichtöffentlichen Teil)",
        "Verkauf der Mühle (in geschlossener Sitzung)",
        "Verkauf der Mühle (ohne Öffentlichkeit)",
        "N Ö: Verkauf der Mühle",
        "Intern: Verkauf der Mühle",
        "Gesperrt: Verkauf der Mühle",
        "[gesperrt]",
        "nöff. Verkauf der Mühle",
        "n. öffentlich: Verkauf der Mühle",
        "N/Ö Verkauf der Mühle",
        "N: Verkauf der Mühle",
        "N 5 Verkauf der Mühle",
        "5. NÖ Verkauf der Mühle",
        "TOP NÖ 5 Verkauf der Mühle",
        "Verkauf der Mühle (NÖ-Teil)",
        "Verkauf der Mühle (vertr.)",
        "Verkauf der Mühle <nichtöffentlich>",
        "Verkauf der Mühle (wird nichtöffentlich beraten)",
        "Verkauf der Mühle - wird in nichtöffentlicher Sitzung behandelt",
        "Personalangelegenheit - nicht öffentlich gemäß § 35",
    ],
)
def test_items_that_say_of_themselves_that_they_are_nonpublic(text: str) -> None:
    assert names_nonpublic_item(text)


@pytest.mark.parametrize("number", ["N 1", "1 N", "NÖ 3", "N1", "nö.2", "N.4", "NÖ", "N", "N 1.2", "NOE 4"])
def test_nonpublic_numbers(number: str) -> None:
    assert is_nonpublic_number(number)


@pytest.mark.parametrize("number", ["1", "Ö 1", "Ö1.2", "10.1", "", "Nachtrag 1", "a)", "I."])
def test_public_numbers(number: str) -> None:
    assert not is_nonpublic_number(number)


@pytest.mark.parametrize(
    "name",
    [
        "Niederschrift nichtöffentlicher Teil",
        "NÖ_Protokoll.pdf",
        "Protokoll_nö.pdf",
        "Niederschrift (nicht öffentlich)",
        "Nichtoeffentliche Niederschrift.pdf",
        "Protokoll NOE.pdf",
        "Vorlage_Betriebssatzung_nö_AföE_27_04_2022",
        "Anlage Thesenpapier nö",
        "Tagesordnung (ö/nö)",
        "Niederschrift öffentlicher und nichtöffentlicher Teil",
        "vertraulich - Anlage 3.pdf",
        "Anlage 3 (vertraulich)",
        "Beschluss nichtöffentlich.pdf",
        "Niederschrift Ö und NÖ",
        "Niederschrift ö+nö.pdf",
        "Protokoll_Ö_N.pdf",
        "Niederschrift gesamt",
        "Gesamtniederschrift vom 12.03.2031.pdf",
        "Vollständiges Protokoll der Sitzung",
        "Niederschrift nicht-öffentl.",
        "Niederschrift nichtöffentlcher Teil",
        "Niederschrift nicht\u00adöffentlich",
        "Niederschrift nicht?ffentlich",
        "Protokoll_NOET_2031.pdf",
        "Anlage NÖT.pdf",
        "Übersicht öffentliche und nichtöffentliche Sitzung.pdf",
        "NiederschriftNichtöffentlich.pdf",
        "Niederschrift nichtoffentlich.pdf",
        "Niederschrift N-Teil",
        "Niederschrift nöff.pdf",
        "Protokoll (N).pdf",
        "Anlage 4 - nur intern.pdf",
        "Gutachten - VERTRAULICH -",
        "Geheime Anlage",
        "Plan (nicht zur Weitergabe)",
        "Nur für Ratsmitglieder.pdf",
    ],
)
def test_files_whose_name_says_nonpublic(name: str) -> None:
    assert names_nonpublic_file(name)


@pytest.mark.parametrize(
    "name",
    [
        "Niederschrift öffentlicher Teil",
        "Sammeldokument öffentlich",
        "Bekanntgabe nichtöffentlich gefasster Beschlüsse",
        "NÖ gefasste Beschlüsse 23.06.2026",
        "Protokoll Bekanntgabe nö Beschlüsse",
        "Top3 Veröffentlichung nichtöffentlicher Beschlüsse",
        "Vorlage TOP 25: Anfrage GRÜNE: Nichtöffentlichkeit von Ausschusssitzungen",
        "TOP 8 Antrag Regenschutz im Schulhof (öffentlich + nichtöffentlich) der Pestalozzischule",
        "Vorlage_ö",
        "Gesamtprotokoll TOP 1-7",
        "Gesamtprotokoll öffentl. Teil",
        "Gesamtkonzept Radverkehr",
        "Protokoll der Gesamtelternvertretung",
        "Konzept Vertrauliche Geburt",
        "Schreiben Dr. Noe.pdf",
        "Nördliche Innenstadt.pdf",
        "Bebauungsplan 12 (N).pdf",
        "Interne Verrechnung im Haushalt.pdf",
        "Hoffentlich bald.pdf",
    ],
)
def test_files_whose_name_does_not(name: str) -> None:
    assert not names_nonpublic_file(name)


@pytest.mark.parametrize(
    "name",
    [
        "Abgesagt - 7. Sitzung des Hauptausschusses",
        "ABGESAGT: Stadtrat",
        "Entfällt",
        "(abgesagt) Bauausschuss",
        "Bauausschuss (entfällt)",
        "Bauausschuss - fällt aus!",
        "Die Sitzung wird abgesagt",
        "Sitzung findet nicht statt",
        "Absage: Ortsbeirat",
    ],
)
def test_cancelled(name: str) -> None:
    assert is_cancelled(None, name)


@pytest.mark.parametrize(
    "name", ["Stadtrat", "eingeladen", "Sondersitzung Absagen und Ausfälle", "Zusagenausschuss", ""]
)
def test_not_cancelled(name: str) -> None:
    assert not is_cancelled(None, name)


@pytest.mark.parametrize("lost", ["nicht\ufffdffentlicher Teil", "NichtÃ¶ffentlicher Teil", "nicht&#65533;ffentlich"])
def test_what_an_encoding_has_lost_is_known_to_be_nonpublic(lost: str) -> None:
    assert section_of_heading(lost) is Section.NONPUBLIC
    assert names_nonpublic_file(f"Niederschrift {lost}.pdf")
    assert names_nonpublic_item(f"Personalsache ({lost})")


@pytest.mark.parametrize("number", ["N\ufffd 1", "nÃ¶.2"])
def test_numbers_that_an_encoding_has_spoilt(number: str) -> None:
    assert is_nonpublic_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "Ausschluss der Öffentlichkeit gemäß § 35 der Gemeindeordnung",
        "Schließung der öffentlichen Sitzung durch die Vorsitzende",
        "Ende des öffentlichen Teils",
        "Öffentlicher und nichtöffentlicher Teil",
    ],
)
def test_what_ends_the_public_part(text: str) -> None:
    assert ends_public_section(text)


@pytest.mark.parametrize(
    "text", ["Abschluss der öffentlichen Sitzungsperiode", "Ende der öffentlichen Auslegung", "Öffentliche Anfragen"]
)
def test_what_does_not(text: str) -> None:
    assert not ends_public_section(text)


def test_which_parts_a_text_names() -> None:
    assert sections_named("Öffentliche und nicht-öffentliche Sitzung") == {Section.PUBLIC, Section.NONPUBLIC}
    assert sections_named("Einladung (öffentlich)") == {Section.PUBLIC}
    assert sections_named("Ergebnis der Öffentlichkeitsbeteiligung") == frozenset()
    assert mentions_nonpublic("Bericht unter Ausschluß der Öffentlichkeit")
    assert not mentions_nonpublic("Bericht der Öffentlichkeitsarbeit")


def test_brackets_inside_a_name() -> None:
    assert names_nonpublic_item("Verkauf (nichtöffentlich) eines Grundstücks")
    assert not names_nonpublic_item("Genehmigung der Niederschrift (nichtöffentlicher Teil) vom 3. März")


def test_a_meeting_that_falls_out() -> None:
    assert is_cancelled(None, "Stadtrat - Ausfall")
    assert not is_cancelled(None, "Ausfallbürgschaft für die Stadtwerke")
