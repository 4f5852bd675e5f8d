"""Exceptions of single municipalities that no answer of the other tests shows."""

from __future__ import annotations

import pytest

from crawlers.councilservice import quirks


@pytest.mark.parametrize(
    ("group", "staff"), [("Sekretariat Stadtrat", True), ("OT-Verantwortlicher Moosdorf", True), ("Stadtrat", False)]
)
def test_groups_that_are_invited_to_be_informed(group: str, staff: bool) -> None:
    assert quirks.is_staff(group) is staff


@pytest.mark.parametrize(
    ("title", "of_all"),
    [("Sitzung aller Ortschaftsräte", True), ("Gemeinsame Sitzung", True), ("Allgemeine Sitzung", False)],
)
def test_meetings_of_all_groups_of_a_name(title: str, of_all: bool) -> None:
    assert quirks.is_of_all(title) is of_all
