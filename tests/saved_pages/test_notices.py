"""What is tested of the saved websites beyond the factory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.notices.pages import read_page
from crawlers.parsing.errors import UnexpectedResponse
from tests.saved_pages.factory import NEEDS_PAGES, ROOT

pytestmark = NEEDS_PAGES


@pytest.mark.parametrize("path", sorted((ROOT / "komfa").rglob("*.html")), ids=lambda path: str(path.name))
def test_pages_of_another_system_give_away_nothing(path: Path) -> None:
    """Not ours to read, but a page may land here by a wrong entry: no non-public item comes out of it."""
    try:
        page = read_page(path.read_bytes(), "https://ris.example.de/seite.html")
    except UnexpectedResponse:
        return
    shown = json.dumps(page.as_json(), ensure_ascii=False)
    expected = json.loads(path.with_name(path.name.replace(".html", ".expected.json")).read_text(encoding="utf-8"))
    hidden = [
        item["name"]
        for meeting in expected["meetings"]
        for item in meeting.get("agendaItems") or ()
        if not item["public"] and item["name"] and len(item["name"]) > 20
    ]
    assert not [name for name in hidden if name in shown]
