"""Exceptions of single versions and installations that no page of the other tests shows."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from crawlers.sessionnet import quirks


@pytest.mark.parametrize(
    ("mark", "is_head"),
    [('class="smctablevorgang x"', True), ('id="smctablevorgang"', True), ('class="smctablesitzung"', False)],
)
def test_a_head_that_looks_like_an_agenda(mark: str, is_head: bool) -> None:
    table = BeautifulSoup(f"<table {mark}></table>", "lxml").table
    assert table is not None
    assert quirks.is_head(table) is is_head


@pytest.mark.parametrize(("words", "bare"), [("* 2.1", "2.1"), ("2.1 *", "2.1"), ("Weg * Steg", "Weg * Steg")])
def test_a_star_at_the_begin_or_the_end(words: str, bare: str) -> None:
    assert quirks.without_star(words) == bare
