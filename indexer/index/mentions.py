"""What texts name by a number: sections of laws, development plans, plots of land, papers; as keys that do not
depend on how it is written.

§ 34 Abs. 1 BauGB, §§ 34, 35 BauGB, Paragraph 34 Baugesetzbuch; B-Plan Nr. 12, Bebauungsplan 12; Flst. 123/4, Flur 3;
Drucksache 0815/2024. A part of a section is found by the section, and every section by its number alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from indexer.index.folding import PIECE, fold, tidy

LONGEST_RANGE: Final = 30
"""Sections between the two ends of `§§ 30 bis 35`; of a longer range only the ends are noted."""

WHOLE_SECTION: Final = 0.6
"""What the section is worth when a part of it was asked for."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where something is named, and the keys of what it is, the narrowest first."""

    start: int
    end: int
    keys: tuple[str, ...]


def read_laws(text: str) -> dict[str, str]:
    """The names of a text written as `laws.txt` is, folded without blanks, each with the folded short name."""
    lines = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    return {_name(name): _name(names[0]) for names in lines for name in names}


def _name(text: str) -> str:
    return "".join(fold(piece) for piece in PIECE.findall(text))


_TEXT: Final = (files(__package__) / "laws.txt").read_text(encoding="utf-8")
LAWS: Final = read_laws(_TEXT)
_KNOWN: Final = "|".join(
    sorted(
        {re.escape(name.strip()) for line in _TEXT.splitlines() if line[:1] != "#" for name in line.split("|") if name},
        key=len,
        reverse=True,
    )
)
_NUMBER: Final = r"\d{1,4}(?:[ ]?[a-z](?![\w.]))?"
_PART: Final = (
    r"[ ]{0,2}(?:\(\d{1,2}\)|(?:Abs\.?|Absatz|Absätze|S\.|Satz|Nr\.?|Nrn\.|Nummer|Ziff\.?|Ziffer|Buchst\.?|lit\.?)"
    r"[ ]{0,2}(?:\d{1,3}[a-z]?|[a-z]\b\)?)"
    r"(?:[ ]?(?:,|und|bis|-|–)[ ]?\d{1,3}[a-z]?(?=[ ](?:Abs|S|Nr|und)|[ ][A-ZÄÖÜ]))?"
    r"|ff?\.)"
)
_ITEM: Final = rf"{_NUMBER}(?:{_PART}){{0,5}}"
_FURTHER: Final = r"[ ]{0,2}(?:,|und|oder|sowie|bis|–|-|i\.[ ]?V\.[ ]?m\.)[ ]{0,2}(?:§§?[ ]{0,2})?"
_LAW: Final = (
    rf"(?:[ ](?:des|der|dem))?[ ](?P<law>(?i:{_KNOWN})(?:e?s)?|[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{{0,12}}[A-ZÄÖÜ]|[A-ZÄÖÜ]{{2,8}})"
    r"(?![\w-])(?:[ ](?P<book>[IVX]{1,4}|\d{1,2}|LSA|NRW|NW)(?![\w-]))?"
)
SECTION: Final = re.compile(
    rf"(?P<sign>§§?|\b(?i:Paragraph(?:en|s)?|Artikel|Art\.))[ ]{{0,2}}(?P<list>{_ITEM}(?:{_FURTHER}{_ITEM}){{0,11}})"
    rf"(?!\w)(?:{_LAW})?"
)
_ONE: Final = re.compile(
    rf"(?P<to>(?:bis|–|-)[ ]{{0,2}}(?:§§?[ ]{{0,2}})?)?(?<!\d)(?P<number>{_NUMBER})(?P<parts>(?:{_PART}){{0,5}})"
)
_FIRST_PART: Final = re.compile(r"(?:Abs\.?|Absatz)[ ]{0,2}(\d{1,3}[a-z]?)|\((\d{1,2})\)")
PLAN: Final = re.compile(
    r"\b(?i:B-?[ ]?Pl[aä]n(?:e?s|e)?|Bebauungspl[aä]n(?:e?s|en?)?)[ ]{1,2}(?P<nr>(?i:Nr\.?|Nummer)[ ]{0,2})?"
    r"(?P<number>\d{1,4}(?:[./-]\d{1,3}){0,2}(?:[ ]?[a-zA-Z]\b)?)(?![\w/])"
)
PLOTS: Final = re.compile(
    r"\b(?i:Flurst(?:ücke?[ns]?|\.)|Flst\.?|Flurstücks?-?)[ -]{0,2}(?:(?i:Nrn?\.?|Nummern?):?[ ]{0,2})?"
    r"(?P<list>\d{1,5}(?:/\d{1,4})?"
    r"(?:(?:,[ ]{0,2}|[ ]{1,2}(?:und|sowie)[ ]{1,2})\d{1,5}(?:/\d{1,4})?(?![\w/])){0,20})(?![\w/])"
)
DISTRICT: Final = re.compile(r"\b(?i:Flur)[ ]{1,2}(?P<number>\d{1,3})(?![\w/])")
NUMBER: Final = re.compile(r"(?<![\w/.-])(?:[A-ZÄÖÜ]{1,5}[-/ ]?)?\d{1,6}(?:/\d{1,6}){1,3}(?![\w/])")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ROMAN: Final = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_BLANKS: Final = re.compile(r"\s")


def mentions(text: str) -> Iterator[Mention]:
    """All that is named in a text, a kind behind the other."""
    flat = _BLANKS.sub(" ", text)
    for found in SECTION.finditer(flat):
        yield Mention(found.start(), found.end(), tuple(_sections(found)))
    for found in PLAN.finditer(flat):
        if found["nr"] or not _YEAR.fullmatch(found["number"]):
            yield Mention(found.start(), found.end(), (f"plan:{_plain(found['number'])}",))
    for found in PLOTS.finditer(flat):
        yield Mention(
            found.start(), found.end(), tuple(f"plot:{one}" for one in re.findall(r"\d+(?:/\d+)?", found["list"]))
        )
    for found in DISTRICT.finditer(flat):
        yield Mention(found.start(), found.end(), (f"flur:{int(found['number'])}",))
    for found in NUMBER.finditer(flat):
        yield Mention(found.start(), found.end(), (number_key(found[0]),))


def keys_in(texts: Iterable[str]) -> set[str]:
    """The keys of all that texts name."""
    return {key for text in texts for mention in mentions(tidy(text)) for key in mention.keys}


def number_key(reference: str) -> str:
    """The key of a paper's number: its numbers, without letters and leading zeros."""
    return "nr:" + "/".join(str(int(number)) for number in re.findall(r"[0-9]+", reference))


def mention_in(typed: str, start: int = 0) -> re.Match[str] | None:
    """What begins here in what a person typed: a section, a plan, a plot, not a number alone."""
    if start and typed[start - 1].isalnum():
        return None
    found = next(filter(None, (pattern.match(typed, start) for pattern in (SECTION, PLAN, PLOTS, DISTRICT))), None)
    return found if found and any(mentions(found[0])) else None


@lru_cache(maxsize=4096)
def keys_asked(typed: str) -> tuple[tuple[str, float], ...]:
    """Keys to look for when this was typed, with how good a find each is; () where it is no mention, or more."""
    text = tidy(typed)
    found = mention_in(text)
    if found is None or found.end() != len(text):
        return ()
    keys = next(mentions(text)).keys
    of_law = [key for key in keys if ":" in key] or keys
    parts = [key for key in of_law if "(" in key]
    wider = {re.sub(r"\(.*?\)", "", key) for key in parts}
    return tuple((key, WHOLE_SECTION if key in wider else 1.0) for key in of_law)


def is_mention(typed: str) -> bool:
    """Whether the whole of what was typed names something by its number."""
    return bool(keys_asked(typed))


def _plain(number: str) -> str:
    return fold(number.replace(" ", ""))


def _sections(found: re.Match[str]) -> Iterator[str]:
    """Keys of every section of a list: with its part and the law, with the law, and by its number alone."""
    sign = "art" if found["sign"][:1] in "Aa" else "§"
    law = _law(found["law"], found["book"])
    before: int | None = None
    for one in _ONE.finditer(found["list"]):
        number = _plain(one["number"])
        numbers = [number]
        if one["to"] and before is not None and number.isdigit() and 0 < int(number) - before <= LONGEST_RANGE:
            numbers = [*map(str, range(before + 1, int(number))), number]
        before = int(number) if number.isdigit() else None
        part = _FIRST_PART.search(one["parts"])
        for each in numbers:
            if part and each == number:
                yield f"{sign}{each}({part[1] or part[2]}){law}"
            yield f"{sign}{each}{law}"
            if law:
                yield f"{sign}{each}"


def _law(name: str | None, book: str | None) -> str:
    """`:baugb`, `:sgb8`; nothing where no law is named."""
    if not name:
        return ""
    folded = _name(name)
    short = next(
        (LAWS[form] for form in (folded, folded.removesuffix("s"), folded.removesuffix("es")) if form in LAWS), folded
    )
    of_book = fold(book or "")
    number = _ROMAN.get(of_book, of_book)
    return f":{short}{number}" if short == "sgb" else f":{short}"
