"""What names, states and sentences say became of a meeting, and the names without that."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from crawlers.parsing.cancellation import ScheduleChange, bare_name, is_cancelled, masked, remark_in

DAY = dt.date(2031, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Rat - abgesetzt",
        "Rat storniert",
        "Ausfall: Rat",
        "Rat - findet nicht statt",
        "AUSFALL - Rat",
        "Rat (fällt aus)",
        "ABGESAGT Rat",
        "ABGESAGT: Rat",
        "Rat - entfällt!",
        "Rat fällt leider aus!",
        "Rat muss leider entfallen",
        "Rat – Sitzung entfällt mangels Tagesordnungspunkten",
        "Rat (entfällt!)",
        "Rat: Termin gestrichen",
        "ABSAGE Rat",
        "Absage: Rat",
        "Rat kann nicht stattfinden",
        "Rat wird abgesagt",
        "Rat ist leider ausgefallen",
        "Rat [entfällt]",
        "Rat - Ausfall",
        "Rat_abgesagt",
        "entfällt - Rat",
        "*** abgesagt *** Rat",
        "Rat (ABGESAGT!!)",
        "Rat  kurzfristig abgesagt",
        "Rat, Sitzung wird abgesagt",
        "Rat - Sitzungsausfall",
        "Sitzungsabsage: Rat",
        "Rat - Termin aufgehoben",
        "Rat (cancelled)",
        "Rat abgesagt",
        "Rat findet leider nicht statt",
        "Rat - mangels Beratungsbedarf abgesagt",
        "Rat (krankheitsbedingt ausgefallen)",
        "Rat, entfällt wegen Erkrankung",
        "Rat ist abgesagt (kein Quorum)",
        "Rat (Veranstaltungsabsage)",
        "Rat/abgesagt",
        "Rat – wird ersatzlos gestrichen",
        "Rat fällt wegen der Erkrankung des Vorsitzenden heute aus",
        "Rat muss leider ausfallen",
        "Rat (musste ausfallen)",
        "Rat – fand nicht statt",
        "Rat fiel aus",
        "Rat (Sitzung nicht erforderlich)",
        "Rat kann wegen Krankheit nicht stattfinden",
        "Rat abgesagt - nächste Sitzung am 12.03.2031",
        "Rat - entfaellt",
        "Rat - A B G E S A G T",
    ],
)
def test_cancelled(text: str) -> None:
    remark = remark_in(text, DAY)
    assert (remark.outcome, remark.name, remark.is_cancelled) == (ScheduleChange.CANCELLED, "Rat", True)


@pytest.mark.parametrize(
    "text",
    [
        "Rat (verschoben auf 14.03.2031)",
        "Rat (verschoben auf den 14.3.)",
        "Rat - verschoben auf den 14.03.31",
        "Rat verlegt auf Samstag, 14. März 2031",
        "Rat wird auf den 14.03. verschoben",
        "Rat - verschoben",
        "Rat, neuer Termin: 14.03.2031",
        "Verschoben: Rat (verschoben auf 14.03.2031, 18 Uhr)",
        "VERSCHOBEN auf 10.02.2031: Rat",
        "Rat (verschoben auf den 05.03.2032)",
        "Rat (neuer Termin: 12. März 2031)",
        "Rat - verschoben vom 05.03.2031 auf den 27.03.2031",
        "Rat (vertagt)",
        "Rat wird auf unbestimmte Zeit vertagt",
        "Rat - bis auf weiteres verschoben",
        "Rat (Ersatztermin: 12.3.2031)",
        "Rat - Terminverschiebung auf den 12.3.",
        "Rat - verschoben -",
        "AUSFALL - Rat (vertagt auf den 09.11.2031)",
        "Rat (verschoben auf nächste Woche)",
        "Rat - verschoben in den Mai",
        "Rat (auf Januar verschoben)",
        "Rat (vertagt bis auf weiteres)",
    ],
)
def test_rescheduled_to_another_day(text: str) -> None:
    remark = remark_in(text, DAY)
    assert (remark.outcome, remark.name, remark.is_cancelled) == (ScheduleChange.RESCHEDULED_AWAY, "Rat", True)


@pytest.mark.parametrize(
    "text",
    [
        "Rat (verschoben vom 26.02.2031)",
        "Rat (verschoben vom 26.02. auf den 05.03.2031)",
        "Rat (verschoben auf 05.03.2031)",
        "Rat (Terminänderung)",
        "Rat (Nachholtermin)",
        "Rat - Ersatztermin für den 26.02.2031",
        "Rat (verlegt vom 26.2.)",
        "Terminänderung: Rat",
    ],
)
def test_rescheduled_to_this_day(text: str) -> None:
    remark = remark_in(text, DAY)
    assert (remark.outcome, remark.name, remark.is_cancelled) == (ScheduleChange.RESCHEDULED_HERE, "Rat", False)


@pytest.mark.parametrize(
    "text",
    [
        "Rat",
        "Finanzausschuss wird nicht abgesagt",
        "Rat: Beginn auf 19 Uhr verschoben",
        "Rat: auf 18.30 Uhr verlegt",
        "Verlegung der Bushaltestelle Torfgasse",
        "Rat (verlegt in den Torfsaal)",
        "Ausschuss für Verlegung von Leitungen",
        "Sondersitzung Absagen und Ausfälle",
        "Ausfallbürgschaft für die Stadtwerke",
        "Ausschuss für Ausfallstraßen",
        "Der Termin entfällt nicht",
        "Rat (TOP 5 entfällt)",
        "Rat (nichtöffentlicher Teil entfällt)",
        "Rat - Einwohnerfragestunde entfällt",
        "verschobene Sitzung vom 13.03.2031",
        "Rat - verschoben auf den 99.99.2031",
        "Zusagenausschuss",
        "Rat fällt nicht aus",
        "Sitzung des Gemeinderates: Parkgebühren entfallen",
        "Die Sitzung wurde auf 19 Uhr verschoben",
        "7. Sitzung, Beginn verschoben auf 19.30 Uhr",
        "Der Punkt 4 wurde auf die nächste Sitzung verschoben",
        "Ausschuss für Bau, Umwelt und Verkehr",
        "Rat (nichtöffentlich)",
        "Ausfall der Heizung in der Grundschule",
        "- verschoben in den nichtöffentlichen Teil der Sitzung -",
        "Rat findet statt",
        "Absagequote",
        "Zuschuss an Vereine wegen Absage des Altstadtfestes",
        "Anfrage: Ausfall von Unterricht",
        "Rat wird nicht verschoben",
        "Rat - keine Absage",
        "Rat (Ortsbesichtigung entfällt)",
        "Rat (Anmeldung nicht erforderlich)",
        "Rat - wird trotz Hitze nicht abgesagt",
        "Nicht abgesagt: Rat",
    ],
)
def test_nothing_that_keeps_a_meeting_from_its_day(text: str) -> None:
    assert remark_in(text, DAY).outcome is ScheduleChange.NOTHING


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sitzung des Moorrates - entfällt", "Sitzung des Moorrates"),
        ("Absage der Sitzung des Moorrates", "Sitzung des Moorrates"),
        ("AUSFALL - Ortsrat Nord (vertagt auf den 09.11.2031)", "Ortsrat Nord"),
        ("Ausschuss für Bau, Umwelt und Verkehr wird abgesagt", "Ausschuss für Bau, Umwelt und Verkehr"),
        ("Bau- und Umweltausschuss – abgesagt", "Bau- und Umweltausschuss"),
        ("7. Sitzung fällt aus", "7. Sitzung"),
        ("Moorrat (gemeinsam mit Torfrat) - verschoben auf 9.9.", "Moorrat (gemeinsam mit Torfrat)"),
        ("Rat (verlegt in den Torfsaal)", "Rat"),
        ("Rat (TOP 5 entfällt)", "Rat (TOP 5 entfällt)"),
        ("Moorrat – Torfrat", "Moorrat – Torfrat"),
        ("Ausschuss für Verlegung von Leitungen", "Ausschuss für Verlegung von Leitungen"),
        ("Entfällt", None),
        ("Die Sitzung wird abgesagt.", None),
        ("abgesagt wegen Erkrankung", None),
        ("", None),
        (None, None),
    ],
)
def test_names(text: str | None, name: str | None) -> None:
    assert bare_name(text) == name


def test_upper_case_combining_accents_and_invisible_characters() -> None:
    assert remark_in("RAT - ENTFÄLLT") == remark_in("RAT - ENTFA\u0308LLT")
    assert bare_name("Rat\u00a0–\u00a0ab\u00adgesagt") == "Rat"


def test_without_the_own_day_any_other_is_another() -> None:
    assert remark_in("Rat (verschoben auf 05.03.2031)").outcome is ScheduleChange.RESCHEDULED_AWAY
    assert not is_cancelled(DAY, "Rat (verschoben auf 05.03.2031)")
    assert not is_cancelled(dt.datetime(2031, 3, 5, 18, tzinfo=dt.UTC), "Rat (verschoben auf 5.3.)")
    assert is_cancelled(dt.date(2030, 3, 5), "Rat (verschoben auf 05.03.2031)")


def test_the_day_to_which_it_is_moved_is_masked() -> None:
    text = "Rat - verschoben auf den 14.03.31 - 05.03.2031 - 18:00 Uhr - Torfsaal"
    assert masked(text) == f"Rat{'·' * 30} - 05.03.2031 - 18:00 Uhr - Torfsaal"
    assert masked("Rat - 05.03.2031") == "Rat - 05.03.2031"


@pytest.mark.parametrize(
    "hostile",
    ["verschoben auf " * 10_000, "fällt " * 20_000, "wird " * 20_000 + "abgesagt", "(" * 100_000, "nicht " * 9_000],
)
def test_long_texts_cost_little(hostile: str) -> None:
    begin = time.process_time()
    remark_in(hostile, DAY)
    assert time.process_time() - begin < 2
