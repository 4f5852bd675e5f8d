"""Suggestions while somebody types: words, numbers, municipalities, committees and titles that go on from it.

Made of what the index says goes on, as far as the archive still shows it now, and as far as it may be offered
(`offerable`). Nothing is kept between two questions but the names of the register."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import Final

from indexer.index.contract import Completions, Sort
from indexer.index.folding import PIECE, TOKEN, tidy
from indexer.index.language import STOPWORDS, pieces, stem
from search_api.dependencies import Services
from search_api.links import page_path
from search_api.offerable import capitalised, entries_needed, folded, names_a_person
from search_api.params import MOST_SUGGESTIONS, SearchParams

MOST_TITLES_LOOKED_AT: Final = 12
MOST_WORDS_LOOKED_AT: Final = 12
SHORTEST_WORD: Final = 3
LONGEST_TITLE: Final = 160
OPERATORS: Final = frozenset('"*:()~„“”')
"""Who types one of these writes a question in the query language, which no suggestion goes on from."""


class SuggestionKind(StrEnum):
    """What is suggested, in the order it is listed."""

    REFERENCE = "reference"
    WORD = "word"
    MUNICIPALITY = "municipality"
    ORGANIZATION = "organization"
    TITLE = "title"


FIRST: Final[Mapping[SuggestionKind, int]] = {
    SuggestionKind.REFERENCE: 3,
    SuggestionKind.WORD: 3,
    SuggestionKind.MUNICIPALITY: 2,
    SuggestionKind.ORGANIZATION: 2,
    SuggestionKind.TITLE: 3,
}
"""So many of each kind are listed before one has more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion. `text` is what may be typed instead, `path` what it leads to: a search, or the record itself.
    `municipality` is the key of a record's."""

    kind: SuggestionKind
    text: str
    path: str
    municipality: str | None = None


def suggest(services: Services, typed: str, limit: int) -> list[Suggestion]:
    """At most `limit` suggestions for what was typed so far. Raises IndexFault, ArchiveUnavailable."""
    words = pieces(typed)
    if not words or not OPERATORS.isdisjoint(typed) or typed.rsplit(maxsplit=1)[-1].startswith("-"):
        return []
    completions = services.index.completions(typed)
    every = (hit.id for hit in chain(completions.titled, completions.organized, completions.numbered))
    shown = services.records.visible_ids(every)
    last = list(PIECE.finditer(typed))[-1]
    titled = _Titles(completions, shown, services.index.title_counts, last[0])
    found: dict[SuggestionKind, list[Suggestion]] = {
        SuggestionKind.REFERENCE: _references(completions, shown, typed),
        SuggestionKind.WORD: titled.words(typed[: last.start()].lstrip()),
        SuggestionKind.MUNICIPALITY: _municipalities(services, typed, words),
        SuggestionKind.ORGANIZATION: _organizations(completions, shown, words),
        SuggestionKind.TITLE: titled.titles(),
    }
    return _chosen(found, limit)


def _chosen(found: Mapping[SuggestionKind, list[Suggestion]], limit: int) -> list[Suggestion]:
    """The first of every kind; where there is room the further ones."""
    taken = {kind: found[kind][: FIRST[kind]] for kind in SuggestionKind}
    room = limit - sum(map(len, taken.values()))
    for kind in SuggestionKind:
        further = found[kind][FIRST[kind] : FIRST[kind] + max(room, 0)]
        taken[kind] += further
        room -= len(further)
    return list(chain.from_iterable(taken.values()))[:limit]


class _Titles:
    """The titles that go on from what is typed, and the words in them."""

    def __init__(
        self,
        completions: Completions,
        shown: AbstractSet[str],
        count: Callable[[Collection[str]], Mapping[str, int]],
        written: str,
    ) -> None:
        """`written` is the last word as it is typed so far."""
        hits = [hit for hit in completions.titled if hit.id in shown and not names_a_person(hit.title)]
        self._written, self._last = written.casefold(), folded(written)
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        for hit in hits:
            for form in set(self._going_on(hit.title)):
                self._forms[_key(form)][form] += 1
        self._best = sorted(map(_most_common, self._forms.values()), key=self._rank)[:MOST_WORDS_LOOKED_AT]
        distinct = {pieces(hit.title): hit for hit in reversed(hits)}
        self._hits = list(reversed(distinct.values()))[:MOST_TITLES_LOOKED_AT]
        asked = chain(self._best, (hit.title for hit in self._hits))
        self._counts = count(sorted(set(chain.from_iterable(map(capitalised, asked)))))

    def words(self, before: str) -> list[Suggestion]:
        """Words that begin with the last one typed, behind those before it: the most frequent first."""
        return [
            Suggestion(SuggestionKind.WORD, before + form, SearchParams(q=before + form).link())
            for form in self._best
            if self._may_be_offered(form) and folded(form) != self._last
        ]

    def titles(self) -> list[Suggestion]:
        """Whole titles, the newest first."""
        return [
            Suggestion(SuggestionKind.TITLE, hit.title, path, hit.municipality)
            for hit in self._hits
            if len(hit.title) <= LONGEST_TITLE and self._may_be_offered(hit.title) and (path := page_path(hit.id))
        ]

    def _rank(self, form: str) -> tuple[bool, int, int, str]:
        """Words with the very letters that are typed come before those that are the same without umlauts."""
        as_typed = any(part.casefold().startswith(self._written) for part in PIECE.findall(form))
        return not as_typed, -self._forms[_key(form)].total(), len(form), form

    def _may_be_offered(self, text: str) -> bool:
        return all(self._counts.get(word, 0) >= entries_needed(word) for word in capitalised(text))

    def _going_on(self, title: str) -> Iterator[str]:
        """The nouns of a title that begin with what is typed; of one with hyphens any piece may."""
        for token in TOKEN.findall(tidy(title)):
            parts = PIECE.findall(token)
            is_noun = token[0].isupper() and all(part.isalpha() for part in parts) and "/" not in token
            if is_noun and len(token) >= SHORTEST_WORD and any(folded(part).startswith(self._last) for part in parts):
                yield token


def _most_common(forms: Counter[str]) -> str:
    """The form of a word that is written most often, of equally frequent ones the shortest."""
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _key(form: str) -> str:
    """The same for all forms of a word."""
    return "-".join(stem(piece) for piece in pieces(form))


def _references(completions: Completions, shown: AbstractSet[str], typed: str) -> list[Suggestion]:
    """Numbers that are written on as they were begun, then those in another spelling."""
    begun = _plain(typed)
    hits = [hit for hit in completions.numbered if hit.id in shown and hit.reference and page_path(hit.id)]
    hits.sort(key=lambda hit: not _plain(hit.reference or "").startswith(begun))
    return [
        Suggestion(SuggestionKind.REFERENCE, hit.reference or "", page_path(hit.id) or "", hit.municipality)
        for hit in hits
    ]


def _plain(text: str) -> str:
    return "".join(pieces(text))


def _municipalities(services: Services, typed: str, words: tuple[str, ...]) -> list[Suggestion]:
    """Municipalities of which something is held whose name is what was typed last; the rest is asked for there."""
    places = list(PIECE.finditer(typed))
    for first in range(len(words)):
        beginning = " ".join(words[first:])
        if len(beginning) < SHORTEST_WORD - 1:
            continue
        rest = typed[: places[first].start()].strip() if len(places) == len(words) else ""
        known = dict(services.municipality_names.beginning_with(beginning))
        held = [(key, name) for key, name in known.items() if services.municipalities.is_held(key)]
        if held:
            return [
                Suggestion(
                    SuggestionKind.MUNICIPALITY,
                    f"{rest} in {name}" if rest else name,
                    SearchParams.of(q=rest, municipality=(key,)).link(),
                )
                for key, name in held[:MOST_SUGGESTIONS]
            ]
    return []


def _organizations(completions: Completions, shown: AbstractSet[str], words: tuple[str, ...]) -> list[Suggestion]:
    """Committees that go on from all that was typed, those with most of the newest entries first."""
    *before, last = words
    wanted = [word for word in before if word not in STOPWORDS]
    named: Counter[str] = Counter(
        name
        for hit in completions.organized
        if hit.id in shown
        for name in set(hit.organizations)
        if _is_named(pieces(name), wanted, last) and not names_a_person(name)
    )
    return [
        Suggestion(SuggestionKind.ORGANIZATION, name, SearchParams.of(organization=(name,), sort=Sort.NEWEST).link())
        for name, _ in islice(sorted(named.items(), key=lambda item: (-item[1], item[0])), MOST_SUGGESTIONS)
        if len(name) <= LONGEST_TITLE
    ]


def _is_named(name: tuple[str, ...], wanted: Iterable[str], last: str) -> bool:
    return set(wanted) <= set(name) and any(word.startswith(last) for word in name)
