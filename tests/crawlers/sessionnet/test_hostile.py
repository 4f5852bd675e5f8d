"""Broken and hostile markup: a page is read or refused, never anything else, and in good time."""

from __future__ import annotations

import contextlib
import random
import re
import time

import pytest

from crawlers.parsing.errors import UnexpectedResponse
from crawlers.sessionnet.pages import read_page
from tests.crawlers.sessionnet.invented import (
    agenda4,
    agenda6,
    button,
    day6,
    detail4,
    document,
    documents,
    head,
    heading4,
    heading6,
    item4,
    item6,
    layout6,
    listed,
    meeting_of,
    url,
)

SECRET = "Geheimsache"
PAGES = {
    url("si0057", "__ksinr=7001"): agenda6(
        heading6("Öffentlicher Teil"),
        item6("Ö 1", "Eins", "5 V/5", document(1, "Vorlage", "VO", 2)),
        heading6("Nichtöffentlicher Teil"),
        item6("N 2", SECRET, "6 V/6", document(2, "Vorlage")),
        top=head(sidat="05.03.2026", yytime="18:00 Uhr") + documents(document(3, "Einladung")),
    ),
    url("to0040", "__ksinr=5", "asp"): agenda4(
        heading4("Öffentlicher Teil"),
        item4(1, "1", "Eins", files=button(1, "Vorlage")),
        detail4("Beschluss", "zugestimmt"),
        heading4("Nichtöffentlicher Teil"),
        item4(2, "2", SECRET, files=button(2, SECRET)),
        detail4("Beschluss", SECRET),
    ),
    url("si0040", "__cjahr=2026&__cmonat=3"): layout6(
        "si0040",
        f"<table class='smctablesitzungen'>{day6(5, listed('Rat', 7, '05.03.2026', '18:00 Uhr', 'Rathaus'))}</table>",
        h1="Kalender 2026 März",
    ),
    url("vo0050", "__kvonr=5"): layout6("vo0050", head(vobetr="Neubau", voname="V/5", vodat="01.02.2026"), h1="Neubau"),
}
PIECES = (
    "<td",
    "</td>",
    "<tr>",
    "</table>",
    "<div",
    "</div>",
    "span",
    'id="',
    "2026",
    "05.03.",
    "18:00",
    "__k",
    "href",
)
OTHERS = ("", "x", "<table>", "&nbsp;", "99", "<tr><td>", '"', "\u0000")


@pytest.mark.parametrize("address", list(PAGES))
@pytest.mark.parametrize("seed", range(25))
def test_broken_markup(address: str, seed: int) -> None:
    chance = random.Random(seed)
    page = PAGES[address]
    for _ in range(4):
        page = page.replace(chance.choice(PIECES), chance.choice(OTHERS), chance.randint(1, 3))
        start = chance.randrange(len(page))
        page = page[:start] + page[start + chance.randint(0, 12) :]
    try:
        read_page(page.encode(), address)
    except UnexpectedResponse:
        return


@pytest.mark.parametrize("address", list(PAGES))
def test_a_secret_stays_one_whichever_tag_is_lost(address: str) -> None:
    page = PAGES[address]
    for tag in re.finditer(r"<[^>]+>", page):
        broken = page[: tag.start()] + page[tag.end() :]
        try:
            read = read_page(broken.encode(), address)
        except UnexpectedResponse:
            continue
        assert SECRET not in str(read.as_json()), tag[0]


@pytest.mark.parametrize(
    "text", ["-" * 200_000, "( " * 100_000, "1" * 200_000, "Nachtrag: " * 20_000, "öffentlich " * 20_000]
)
def test_endless_texts_cost_no_work(text: str) -> None:
    """Counted in the processor's seconds for this thread: how busy the machine is does not count."""
    began = time.thread_time()
    page = agenda6(
        heading6("Öffentlicher Teil"), item6("Ö 1", text, files=document(1, text)), h1=f"Rat {text} - 05.03.2026"
    )
    with contextlib.suppress(UnexpectedResponse):
        meeting_of(page)
    assert time.thread_time() - began < 5


@pytest.mark.parametrize("depth", [50, 3000])
def test_deep_nesting_is_read_or_refused(depth: int) -> None:
    deep = "<div>" * depth + "tief" + "</div>" * depth
    page = agenda6(heading6("Öffentlicher Teil"), item6("Ö 1", "Eins", below=deep))
    with contextlib.suppress(UnexpectedResponse):
        assert len(meeting_of(page).agenda) == 1
