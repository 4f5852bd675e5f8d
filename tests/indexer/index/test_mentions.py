"""Laws, plans, plots and papers that are named by a number."""

from __future__ import annotations

import time

import pytest

from indexer.index.contract import Occur
from indexer.index.mentions import is_mention, keys_asked, keys_in, read_laws
from indexer.index.query import parse, written


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("§ 34 BauGB", {"§34:baugb", "§34"}),
        ("§34 Abs. 1 BauGB", {"§34(1):baugb", "§34:baugb", "§34"}),
        ("§ 36 (1) BauGB", {"§36(1):baugb", "§36:baugb", "§36"}),
        ("nach § 34\nAbsatz 1 des Baugesetzbuches", {"§34(1):baugb", "§34:baugb", "§34"}),
        ("§§ 34, 35 BauGB", {"§34:baugb", "§34", "§35:baugb", "§35"}),
        ("§§ 3 bis 5 BauGB", {"§3:baugb", "§3", "§4:baugb", "§4", "§5:baugb", "§5"}),
        ("§§ 1 bis 9999 BauGB", {"§1:baugb", "§1", "§9999:baugb", "§9999"}),
        ("§ 34 i.V.m. § 35 BauGB", {"§34:baugb", "§34", "§35:baugb", "§35"}),
        ("§ 8a SGB VIII", {"§8a:sgb8", "§8a"}),
        ("§ 8a Sozialgesetzbuch 8", {"§8a:sgb8", "§8a"}),
        ("§ 34", {"§34"}),
        ("Artikel 28 Abs. 2 Grundgesetz", {"art28(2):gg", "art28:gg", "art28"}),
        ("B-Planes Nr. 12", {"plan:12"}),
        ("Bebauungsplan 12 a und weitere", {"plan:12a"}),
        ("Bebauungsplan Nr. 2023", {"plan:2023"}),
        ("Bebauungsplan 2023", set()),
        ("Flurstücke 122, 123/4 und 125", {"plot:122", "plot:123/4", "plot:125", "nr:123/4"}),
        ("Gemarkung Harsum, Flur 3, Flst.-Nr. 77", {"flur:3", "plot:77"}),
        ("DS 0815/2024", {"nr:815/2024"}),
        ("Im Flur sind 3 Lampen für 34 Kinder", set()),
    ],
)
def test_keys_of_what_a_text_names(text: str, keys: set[str]) -> None:
    assert keys_in([text]) == keys


def test_a_part_of_a_section_is_asked_for_before_the_section() -> None:
    assert dict(keys_asked("§ 34 Abs. 1 BauGB")) == {"§34(1):baugb": 1.0, "§34:baugb": 0.6}


@pytest.mark.parametrize(
    "typed", ["§34 baugb", "Paragraph 34 Baugesetzbuch", "B-Plan Nr. 12", "Flst. 123/4", "Flur 3", "Art. 28 GG"]
)
def test_it_is_one_clause_and_stays_one(typed: str) -> None:
    clauses = parse(f"Antrag {typed}")
    assert [(clause.text, clause.occur) for clause in clauses[1:]] == [(typed, Occur.MUST)]
    assert is_mention(typed)
    assert parse(written(clauses)) == clauses


@pytest.mark.parametrize("typed", ["Paragraph", "§", "Bebauungsplan 2023", "Flurstück", "12", "815/2024"])
def test_what_names_nothing(typed: str) -> None:
    assert not is_mention(typed)


@pytest.mark.parametrize(
    "piece", ["§ 1, ", "§§ 1 bis ", "1/2/", "Flst. 1, 2, ", "Abs. 1 Nr. ", "§ 1 Abs. 1 und ", "B-Plan "]
)
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    keys_in([piece * 2_000])
    assert time.process_time() - started < 5


def test_laws_are_known_by_every_name() -> None:
    assert read_laws("# a remark\nBauGB | Baugesetzbuch\n") == {"baugb": "baugb", "baugesetzbuch": "baugb"}
