"""Exceptions of single versions and installations that no answer of the other tests shows."""

from __future__ import annotations

import pytest

from crawlers.morerubin import quirks


@pytest.mark.parametrize(
    ("kind", "is_oparl"),
    [
        ("https://schema.oparl.org/1.1/System", True),
        ("https://schema.oparl.org/1.1/Error", False),
        ("meeting", False),
        (1, False),
    ],
)
def test_an_answer_of_oparl(kind: object, is_oparl: bool) -> None:
    assert quirks.is_of_oparl(kind) is is_oparl


@pytest.mark.parametrize(("number", "is_paper"), [("20310100077", True), ("11", False), ("zt_0", False), (None, False)])
def test_the_number_of_a_paper_among_codes(number: str | None, is_paper: bool) -> None:
    assert quirks.is_paper_number(number) is is_paper


@pytest.mark.parametrize(("text", "kind"), [("13", 13), ("1234567", None), ("x", None), ("", None), (None, None)])
def test_the_type_in_an_address(text: str | None, kind: int | None) -> None:
    assert quirks.type_in_address(text) == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("Beschlussvorlage 39/31.pdf", "Beschlussvorlage"), ("39/31.pdf", None), ("V2 39/31", None)]
)
def test_the_type_in_a_name(name: str, kind: str | None) -> None:
    assert quirks.type_in_name(name, "39/31") == kind
