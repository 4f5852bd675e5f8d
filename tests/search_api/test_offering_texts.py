"""What each system offers: every part of every one, said well, and the same in docs/systems/README.md.

`python -m tests.search_api.test_offering_texts` writes the table there anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from council.offering import OFFERINGS, Extent, OfferedPart
from council.system import System
from search_api.offering_texts import OFFERING_TEXTS, PART_TITLES, OfferingText

DOCUMENT = Path(__file__).parents[2] / "docs" / "systems" / "README.md"
BEGIN, END = "<!-- from search_api/offering_texts.py -->\n", "<!-- to here -->\n"
SIGNS = {Extent.YES: "ja", Extent.PARTLY: "teils", Extent.NO: "nein"}

each = pytest.mark.parametrize("offering", OFFERING_TEXTS.values(), ids=map(str, OFFERING_TEXTS))


def table() -> str:
    """The overview, and below it what is missing, a system at a time."""
    names = [f"`{system}`" for system in OFFERINGS]
    lines = ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for part, title in PART_TITLES.items():
        lines.append(f"| {title} | " + " | ".join(SIGNS[o.of(part)] for o in OFFERINGS.values()) + " |")
    for system, offering in OFFERING_TEXTS.items():
        lines += ["", f"### {offering.product} (`{system}`)", "", offering.about, ""]
        lines += [
            f"- {part.title} ({SIGNS[part.extent]}): {part.remark}"
            for part in offering.to_extent(Extent.PARTLY, Extent.NO)
        ]
    return "\n".join(lines) + "\n"


def written() -> tuple[str, str, str]:
    """The document before, in and behind the table."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
    inside, behind = rest.split(END)
    return before, inside, behind


def test_every_system_has_one_in_the_systems_order() -> None:
    assert list(OFFERINGS) == list(OFFERING_TEXTS) == list(System)
    assert list(PART_TITLES) == list(OfferedPart)


@each
def test_every_part_stands_once_and_in_order(offering: OfferingText) -> None:
    assert [text.part for text in offering.parts] == list(OfferedPart)
    assert next(text.title for text in offering.parts if text.part is OfferedPart.MINUTES) == "Niederschriften"


@each
def test_what_is_missing_is_said_and_nothing_else(offering: OfferingText) -> None:
    for text in offering.parts:
        assert (text.remark is None) == (text.extent is Extent.YES), text
        if text.remark:
            assert re.fullmatch(r"[a-zäöü][^.]*[^.,;:\s]", text.remark), "words behind a colon, without a full stop"


@each
def test_the_sentence_about_it_is_one(offering: OfferingText) -> None:
    assert offering.product
    assert re.fullmatch(r"[A-Zm][^!?]*\.", offering.about.replace("more!", "more"))
    assert len(offering.about) < 130


def test_the_document_says_the_same() -> None:
    assert written()[1] == table(), "write it anew: python -m tests.search_api.test_offering_texts"


def test_the_document_leads_to_every_page_there_is() -> None:
    pages = {page.name for page in DOCUMENT.parent.glob("*.md")} - {DOCUMENT.name}
    linked = set(re.findall(r"\]\((\w+\.md)\)", DOCUMENT.read_text(encoding="utf-8")))
    assert pages <= linked | {f"{system}.md" for system in System}
    assert linked <= pages


if __name__ == "__main__":
    before, _, behind = written()
    DOCUMENT.write_text(before + BEGIN + table() + END + behind, encoding="utf-8")
