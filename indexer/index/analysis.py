"""Entries as the values of the table of fields: ready tokens, for every engine the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from indexer.index import stored_fields
from indexer.index.compounds import Vocabulary
from indexer.index.contract import PAGE_BREAK, Entry
from indexer.index.fields import BEGINNINGS, DAY_OR_LAST, FACETS, UNKNOWN_DAY
from indexer.index.language import German, Streams
from indexer.index.mentions import keys_in
from indexer.index.page_signatures import packed, signature
from indexer.index.reference import keys_of

WAITING_CHARACTERS: Final = 24_000_000
"""While the vocabulary still learns, entries wait until there is enough to learn from, or until so much text waits."""

Values: TypeAlias = Mapping[str, str | int | list[str | int]]
"""What stands in each field of the table, by its name. Tokens are joined by blanks."""


class Analysis:
    """Turns entries into values with the vocabulary of one build, which learns from the first of them. `save` keeps
    the vocabulary whenever it has learned; it is called before any entry that was read with it is given out."""

    def __init__(self, vocabulary: Vocabulary, save: Callable[[Vocabulary], None]) -> None:
        self._vocabulary = vocabulary
        self._save = save
        self._german = German(vocabulary)
        self._waiting: list[Entry] = []
        self._waiting_characters = 0

    def put(self, entry: Entry) -> Iterator[Values]:
        """What can be written now that this entry has come: nothing while it waits, or all that waited."""
        if self._vocabulary.complete:
            yield values(entry, self._german)
            return
        self._waiting.append(entry)
        self._waiting_characters += sum(map(len, entry.texts))
        if self._waiting_characters >= WAITING_CHARACTERS:
            yield from self.rest()

    def rest(self) -> Iterator[Values]:
        """Learn from what waits, and give it out."""
        if not self._waiting:
            return
        waiting, self._waiting, self._waiting_characters = self._waiting, [], 0
        self._vocabulary.learn(text for entry in waiting for text in (entry.title, *entry.context, *entry.texts))
        self._save(self._vocabulary)
        self._german = German(self._vocabulary)
        for entry in waiting:
            yield values(entry, self._german)


def values(entry: Entry, german: German) -> Values:
    """One entry, analysed."""
    title = german.streams([entry.title])
    context = german.streams([entry.reference or "", *entry.context])
    texts = [page for text in entry.texts for page in text.split(PAGE_BREAK)]
    pages = [german.streams([page]) for page in texts]
    named = [keys_in([page]) for page in texts]
    words = title.surfaces.union(context.surfaces, *(page.surfaces for page in pages))
    return {
        "id": entry.id,
        "title": title.tokens,
        "title_parts": title.parts,
        "context": context.tokens,
        "body": " ".join(page.tokens for page in pages),
        "parts": " ".join([context.parts, *(page.parts for page in pages)]),
        "words": " ".join(words),
        "beginnings": " ".join(_beginnings(words)),
        "reference": " ".join(keys_of(entry.reference)) if entry.reference else "",
        "mentions": " ".join(keys_in([entry.title, *entry.context]).union(*named)),
        **{facet.name.value: list(dict.fromkeys(facet.values(entry))) for facet in FACETS},
        "day": entry.date.toordinal() if entry.date else UNKNOWN_DAY,
        "day_or_last": entry.date.toordinal() if entry.date else DAY_OR_LAST,
        "stored": stored_fields.written(entry, packed(map(_signature, pages, named))),
    }


def _signature(page: Streams, named: Iterable[str]) -> bytes:
    return signature(page.tokens, " ".join([page.parts, *named]))


def _beginnings(words: Iterable[str]) -> set[str]:
    """The beginnings of words that are tokens of their own."""
    found: set[str] = set()
    begins = set(words)
    for length in reversed(BEGINNINGS):
        begins = {word[:length] for word in begins if len(word) >= BEGINNINGS.start}
        found |= begins
    return found
