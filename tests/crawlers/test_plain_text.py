"""What cannot be seen is in no text: break hints, joiners, marks; letters and accents are one; bytes are one text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from council.model import Meeting, Paper
from council.system import System
from crawlers.parsing.html import address, attribute, decoded, parsed, text
from crawlers.parsing.json_values import identifier, line
from crawlers.systems import READERS
from tests.crawlers.allris4.invented import MEETING, heading, item, items, meeting
from tests.crawlers.allris4.invented import read as read_allris4

URL = "https://rat.example/bi/si0040.php"
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
NFD = unicodedata.normalize("NFD", "Grünfläche")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Mühl<wbr>graben<wbr/>brücke", "Mühlgrabenbrücke"),
        ("Mühl&shy;graben", "Mühlgraben"),
        ("Mühl&#8203;graben\u2060weg\ufeff", "Mühlgrabenweg"),
        ("\u202aMühlgraben\u202c \u2066Ost\u2069", "Mühlgraben Ost"),
        (NFD, "Grünfläche"),
        ("Mühl<b>graben</b>brücke", "Mühlgrabenbrücke"),
        ("<em>Mühl</em>graben", "Mühlgraben"),
        ("<b>Rat</b>Sitzung", "Rat Sitzung"),
        ("<b>Betreff:</b>neu", "Betreff: neu"),
        ("18<sup>00</sup> Uhr", "18 00 Uhr"),
        ("<span>Haupt</span><span>ausschuss</span>", "Haupt ausschuss"),
        ("Ortsrat (verlegt auf den <a>9.11.2026</a>)", "Ortsrat (verlegt auf den 9.11.2026)"),
        ("Ortsrat (<a>neu</a><i></i>) <b>[</b>Aula<b>]</b>", "Ortsrat (neu) [Aula]"),
        ("Ortsrat<br>(Aula)<br>Wehr", "Ortsrat (Aula) Wehr"),
        ("Ortsrat ( Aula )", "Ortsrat ( Aula )"),
    ],
)
def test_a_text_is_as_people_read_it(markup: str, expected: str) -> None:
    page = parsed(f"<p>{markup}</p>".encode(), URL)
    assert text(page.p) == expected


def test_texts_in_attributes_are_composed_and_addresses_are_not() -> None:
    page = parsed(f'<a id="{NFD}" title="Mühl&shy;graben {NFD}" href="/{NFD}.pdf">x</a>'.encode(), URL)
    assert attribute(page.a, "title") == "Mühlgraben Grünfläche"
    assert attribute(page.a, "id") == NFD
    assert address(page.a, URL) == f"https://rat.example/{NFD}.pdf"
    option = parsed(f'<select><option value="/{NFD}">x</option></select>'.encode(), URL).option
    assert attribute(option, "value") == f"/{NFD}"


def test_scripts_stay_as_they_are_written() -> None:
    page = parsed(f'<script>let a = "{NFD}"</script>'.encode(), URL)
    assert page.script
    assert page.script.string == f'let a = "{NFD}"'


def test_values_of_json() -> None:
    assert line(f"Mühl\u00adgra<wbr>ben&shy;weg\u200b {NFD}") == "Mühlgrabenweg Grünfläche"
    assert identifier(f"/{NFD}") == f"/{NFD}"


@pytest.mark.parametrize(
    "body",
    [
        "Größe – „Maß“ 5 €".encode("windows-1252"),
        b'<meta charset="utf-8">' + "Größe – „Maß“ 5 €".encode("windows-1252"),
        b'<meta charset="iso-8859-1">' + "Größe – „Maß“ 5 €".encode(),
        "Größe".encode() + " – „Maß“".encode("windows-1252") + " 5 €".encode(),
        "Größe – „Maß“ 5 €".encode("utf-16"),
    ],
)
def test_bytes_are_one_text(body: bytes) -> None:
    assert decoded(body).endswith("Größe – „Maß“ 5 €")
    assert decoded(body, "iso-8859-1").endswith("Größe – „Maß“ 5 €")


def test_another_charset_that_is_declared() -> None:
    assert decoded("Dvořák".encode("iso-8859-2"), "iso-8859-2") == "Dvořák"


def test_names_of_a_calendar_file() -> None:
    event = f"BEGIN:VEVENT\r\nUID:SI1\r\nURL:{MEETING}\r\nDTSTART:20310305T180000\r\nSUMMARY:Mühl\u00adrat {NFD}\r\n"
    body = f"BEGIN:VCALENDAR\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n"
    (record,) = READERS[System.ALLRIS4](body.encode(), MEETING).records
    assert isinstance(record, Meeting)
    assert record.name == "Mühlrat Grünfläche"


def test_items_of_an_agenda() -> None:
    page = read_allris4(
        meeting(heading("Öffentlicher Teil"), item(1, "Ö 1", f"Mühl<wbr>graben, Feuer&shy;wehr, {NFD}"))
    )
    assert [one.name for one in items(page)] == ["Mühlgraben, Feuerwehr, Grünfläche"]


def test_an_oparl_paper() -> None:
    host = "https://oparl.example/"
    paper = {
        "id": f"{host}paper/1", "type": "https://schema.oparl.org/1.1/Paper", "name": f"Mühl\u200bgraben {NFD}",
        "paperType": unicodedata.normalize("NFD", "Anträge"),
    }  # fmt: skip
    (record,) = READERS[System.OPARL](json.dumps(paper).encode(), f"{host}paper/1").records
    assert isinstance(record, Paper)
    assert (record.name, record.paper_type) == ("Mühlgraben Grünfläche", "Anträge")


shared = pytest.mark.skipif(not CASES.is_dir(), reason="the small cases are not laid beside the repository")


@pytest.mark.shared
@shared
def test_small_cases_that_failed() -> None:
    body = (CASES / "12-cp1252-in-latin1.html").read_bytes()
    assert "Gebühr – 500 € „neu“ für Straßenreinigung, Friedhof, Grünanlage" in (text(parsed(body, URL)) or "")
    url = (CASES / "22-allris4-break-hints.url").read_text().strip()
    (record,) = READERS[System.ALLRIS4]((CASES / "22-allris4-break-hints.html").read_bytes(), url).records
    assert isinstance(record, Meeting)
    names = ["Straßenbeleuchtung am Anger", "Hundesteuersatzung", "Feuerwehrhaus", "Kindergartenbau", "Abwasserverband"]
    assert [entry.name for entry in record.agenda][: len(names)] == names
    body = (CASES / "23-sessionnet-break-hints.html").read_bytes()
    (paper,) = READERS[System.SESSIONNET](body, "https://ris.example/bi/vo0050.php?__kvonr=14").records
    assert isinstance(paper, Paper)
    assert paper.name == "Straßenbeleuchtung und Hundesteuersatzung, Kindergartenbau, Feuerwehr"
