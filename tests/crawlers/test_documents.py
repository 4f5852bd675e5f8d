"""What a file is by its name, for every product."""

from __future__ import annotations

import pytest

from council.model import File, FileRole
from crawlers.parsing.documents import Tooltip, each_once, media_type, read_tooltip, role_by_name, without_size


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Öffentliche Niederschrift.pdf", FileRole.MINUTES),
        ("Beschlussprotokoll", FileRole.MINUTES),
        ("Wörtliches Protokoll", FileRole.VERBATIM_MINUTES),
        ("Einladung mit Anlagen", FileRole.INVITATION),
        ("2026_Ladung", FileRole.INVITATION),
        ("Anlage zur Niederschrift", FileRole.ATTACHMENT),
        ("03_Anl._2_Protokoll.pdf", FileRole.ATTACHMENT),
        ("Niederschrift Rat Anl. TOP 14 Bericht", FileRole.ATTACHMENT),
        ("Präsentation zum Protokoll", FileRole.ATTACHMENT),
        ("Auszug", FileRole.RESOLUTION),
        ("Beschlussauszug", FileRole.RESOLUTION),
        ("2. Auszug aus dem Bebauungsplan", None),
        ("Beschlussvorlage", None),
        ("Verladungskonzept", None),
        ("Protokollarisches", None),
        ("", None),
        (None, None),
    ],
)
def test_role_by_name(name: str | None, role: FileRole | None) -> None:
    assert role_by_name(name) is role


@pytest.mark.parametrize(
    "written",
    ["Einladung (PDF, 120 KB)", "Einladung (PDF", "Einladung.pdf", "Einladung [1,2 MB]", "Einladung - PDF-Datei"],
)
def test_sizes_are_no_part_of_a_name(written: str) -> None:
    assert without_size(written) == "Einladung"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lageplan.PDF", "application/pdf"),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("/ablage/7/foto.jpeg", "image/jpeg"),
        ("Anlage 2.1", None),
        ("getfile.asp", None),
        ("", None),
        (None, None),
    ],
)
def test_media_type(name: str | None, expected: str | None) -> None:
    assert media_type(name) == expected


def _file(number: str, role: FileRole, name: str = "Haushalt") -> File:
    return File(native_id=number, role=role, name=name)


def test_a_file_stays_where_its_role_is_best_then_where_it_comes_first() -> None:
    above = [_file("1", FileRole.ATTACHMENT), _file("2", FileRole.INVITATION), _file("4", FileRole.MAIN)]
    on_item = [_file("1", FileRole.RESOLUTION), _file("3", FileRole.MAIN, "a"), _file("3", FileRole.MAIN, "b")]
    first, second = each_once([above, on_item], without={"4"})
    assert [file.native_id for file in first] == ["2"]
    assert [(file.native_id, file.role, file.name) for file in second] == [
        ("1", FileRole.RESOLUTION, "Haushalt"),
        ("3", FileRole.MAIN, "a"),
    ]


@pytest.mark.parametrize(
    ("tip", "name", "kind"),
    [
        ("Öffnet PDF-Datei 'Lageplan der Mühle' in neuem Fenster", "Lageplan der Mühle", None),
        ("Öffnet PDF-Datei &#039;Lageplan&#039; in neuem Fenster", "Lageplan", None),
        ("Öffnet Word-Dokument „Lageplan“ in neuem Tab", "Lageplan", None),
        ("Öffnen der PDF zu Lageplan 3.docx in neuen Fenster", "Lageplan 3.docx", None),
        ("Lageplan (Öffnet PDF-Datei in neuem Fenster)", "Lageplan", None),
        ("Dokument anzeigen: Lageplan (Dateityp: PDF, Größe: 120 KB)", "Lageplan", "application/pdf"),
        ("Dokument Download Dateityp: docx", None, media_type("docx")),
        ("Download-Zahlen 'Mühle' 2031", "Download-Zahlen 'Mühle' 2031", None),
        ("Anfrage zum 'Mühlenfest'", "Anfrage zum 'Mühlenfest'", None),
        ("(Öffnet PDF-Datei in neuem Fenster)", None, None),
        (None, None, None),
    ],
)
def test_what_the_tooltip_of_a_link_says_of_its_file(tip: str | None, name: str | None, kind: str | None) -> None:
    assert read_tooltip(tip) == Tooltip(name, kind)
