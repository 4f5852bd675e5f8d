"""Ways of programs and municipalities that no page of the other tests shows."""

from __future__ import annotations

import pytest

from crawlers.notices import quirks
from crawlers.notices.urls import is_document_address, native_id

HOME = "https://www.moorhausen.example.test/"


@pytest.mark.parametrize(
    ("path", "is_document"),
    [
        ("index.php?eID=dumpFile&t=f&f=7", True),
        ("output/download.php?fid=7.1", True),
        ("download/niederschrift/?wpdmdl=7", True),
        ("index.php?option=com_docman&task=document.download&id=7", True),
        ("rat/niederschrift/@@download/file", True),
        ("rat/niederschrift", False),
    ],
)
def test_addresses_under_which_programs_give_documents(path: str, is_document: bool) -> None:
    assert is_document_address(HOME + path) is is_document


def test_a_site_s_key_is_in_no_id() -> None:
    assert native_id(f"{HOME}rat?cHash=0a1b&id=7", HOME) == native_id(f"{HOME}rat?id=7&cHash=2c3d", HOME) == "rat?id=7"


@pytest.mark.parametrize(
    ("title", "committee", "is_dated", "of_members"),
    [
        ("Moorrat:", "Moorrat", False, True),
        ("Moorrat", "Moorrat", True, False),
        ("Sitzung des Moorrates", "Moorrat", False, False),
        ("Moorfest", None, False, False),
    ],
)
def test_a_committee_alone(title: str, committee: str | None, is_dated: bool, of_members: bool) -> None:
    assert quirks.is_of_members(title, committee, is_dated=is_dated) is of_members
