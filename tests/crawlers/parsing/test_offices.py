"""What of a member's row is an office."""

from __future__ import annotations

import pytest

from crawlers.parsing.offices import is_office


@pytest.mark.parametrize(
    "text",
    ["Vorsitzender", "1. stellv. Vorsitzende", "Ortsbürgermeisterin", "Stadtverordneter", "Beisitzerin", "Ratsmitglied",
     "sachkundiger Einwohner", "Landrätin", "Fraktionssprecher"],
)  # fmt: skip
def test_offices(text: str) -> None:
    assert is_office(text)


@pytest.mark.parametrize(
    "text", [None, "", "CDU", "Landwirt", "Mühlenweg 3", "Bündnis 90/Die Grünen", "Rechtsanwältin"]
)
def test_professions_parties_and_addresses_are_none(text: str | None) -> None:
    assert not is_office(text)
