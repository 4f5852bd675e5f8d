"""An agenda item's own page: its decision and minutes, and what is withheld of it."""

from __future__ import annotations

import json

import pytest

from crawlers.parsing.page import Page
from tests.crawlers.allris3.invented import HOST, meeting_of, page, pasted, post, read, to_button


def _item(
    number: str = "Ö 9", status: str = "öffentlich/nichtöffentlich", paper: str = "öffentlich", below: str = ""
) -> Page:
    def row(label: str, value: str) -> str:
        return f'<tr><td class="kb1">{label}:</td><td class="text1">{value}</td></tr>'

    rows = (
        f'<tr><td>{to_button(500)}</td><td class="text1"><a href="to010.asp?SILFDNR=500">12. Sitzung</a></td></tr>'
        + row("TOP", number)
        + row("Gremium", '<a href="pa020.asp?history=switch&amp;PALFDNR=1">Rat</a>')
        + row("Beschlussart", "ungeändert beschlossen")
        + row("Datum", "Mi, 02.09.2026")
        + row("Status", status)
        + row("Zeit", "18:00")
        + f"<tr><td>{post('vo020.asp', VOLFDNR=902)}</td>"
        + '<td><a href="vo020.asp?VOLFDNR=902">VO/1/26 Radweg</a></td></tr>'
        + row("Status", paper)
        + row("Verfasser", "Specht, Hanna")
    )
    markup = page("to020", "Auszug - Radweg", f'<table class="tk1">{rows}</table><hr/>{below}')
    return read(markup, "to020.asp?TOLFDNR=11")


def test_a_public_item() -> None:
    below = pasted("WP", "Frau A. fragt nach.") + pasted("BS", "Der Rat stimmt zu.", heading="Beschluss")
    found = _item(below=below + pasted("AE", "einstimmig", heading="Abstimmungsergebnis"))
    meeting = meeting_of(found)
    (entry,) = meeting.agenda
    assert (meeting.native_id, meeting.name, meeting.organization[0].native_id) == ("500", "12. Sitzung", "pa-1")
    assert (entry.native_id, entry.number, entry.name, entry.result) == ("11", "9", "Radweg", "ungeändert beschlossen")
    assert (entry.paper, entry.reference) == ("902", "VO/1/26")
    assert entry.resolution_text == "Der Rat stimmt zu.\n\nAbstimmungsergebnis:\neinstimmig"
    assert [(file.role.value, file.text, file.url) for file in entry.files] == [
        ("minutes", "Frau A. fragt nach.", None)
    ]
    assert found.follow[:2] == (HOST + "to010.asp?SILFDNR=500", HOST + "vo020.asp?VOLFDNR=902")
    assert "Specht" not in json.dumps(found.as_json(), ensure_ascii=False)


@pytest.mark.parametrize(
    "closed",
    [
        {"number": "N 9"},
        {"number": "9"},
        {"number": "9", "status": "nichtöffentlich"},
        {"number": "9", "status": ""},
        {"paper": "nichtöffentlich"},
    ],
)
def test_what_is_not_proven_public(closed: dict[str, str]) -> None:
    found = _item(**closed, below=pasted("BS", "Die Mühle wird verkauft."))
    meeting = meeting_of(found)
    assert meeting.agenda == ()
    assert (meeting.withheld, meeting.withheld_papers) == (("11",), ("902",))
    shown = json.dumps(found.as_json(), ensure_ascii=False)
    assert "verkauft" not in shown
    assert "Radweg" not in shown
    assert not any("vo020" in url for url in found.follow)


def test_a_public_status_proves_a_number_without_badge() -> None:
    assert meeting_of(_item(number="9", status="öffentlich")).agenda[0].number == "9"
