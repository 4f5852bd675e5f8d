"""Verdicts: whether an agenda item may be shown, from the evidence that a product has found. Decided here, once.

What is neither proven public nor declared non-public is UNPROVEN: withheld like the other, and reported, for the
spelling may be one that nobody has seen yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from crawlers.parsing.badges import NO_BADGE, Badge, Marking
from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.visibility import (
    Section,
    ends_public_section,
    is_placeholder,
    names_nonpublic_item,
    section_of_heading,
    section_of_status,
)


class Visibility(StrEnum):
    """What the evidence comes to."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is for a person who looks at what was withheld; no words of the thing itself."""

    visibility: Visibility
    reason: str

    @property
    def is_public(self) -> bool:
        """Whether the thing is proven public."""
        return self.visibility is Visibility.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a product found about one agenda item.

    `section` is that of the heading above, `titles` are its texts, `statuses` what a column or field of its own says in
    words, `is_restricted` whether a lock icon or a class marks it. `declared` is what the product itself says of every
    item: None where it says nothing, UNPROVEN where it should and does not; then nothing else is proof.
    """

    badge: Badge = NO_BADGE
    section: Section | None = None
    titles: tuple[str | None, ...] = ()
    statuses: tuple[str | None, ...] = ()
    is_restricted: bool = False
    declared: Visibility | None = None


def verdict_on_item(evidence: Evidence) -> Verdict:
    """Public is what proves it by its badge, by the product's own word or by the heading above, and by nothing says
    otherwise."""
    if found := _denial(evidence):
        return Verdict(Visibility.NONPUBLIC, found)
    if evidence.section is Section.NONPUBLIC:
        if _says_public(evidence):
            return Verdict(Visibility.UNPROVEN, "an item that says public in the non-public part: left out")
        return Verdict(Visibility.NONPUBLIC, "stands in the non-public part")
    if evidence.declared is Visibility.UNPROVEN:
        return Verdict(Visibility.UNPROVEN, "expected a status that says public or not, found none: left out")
    if _says_public(evidence):
        return Verdict(Visibility.PUBLIC, "says so")
    if evidence.badge.marking is Marking.UNKNOWN:
        return Verdict(Visibility.UNPROVEN, "a badge before the number that is not known: left out")
    if evidence.section is None:
        return Verdict(Visibility.UNPROVEN, "neither Ö before the number nor a public heading above: left out")
    return Verdict(Visibility.PUBLIC, "stands below a public heading")


def _denial(evidence: Evidence) -> str | None:
    """What says outright that an item is not public."""
    if evidence.declared is Visibility.NONPUBLIC:
        return "the source says so"
    if evidence.badge.marking is Marking.NONPUBLIC:
        return "by its badge"
    if evidence.is_restricted:
        return "by a mark without words"
    if any(section_of_status(status) is Section.NONPUBLIC for status in evidence.statuses):
        return "by its status"
    return "by its title" if any(names_nonpublic_item(title) for title in evidence.titles if title) else None


def is_proven_public(evidence: Evidence, where: str, diagnostics: Diagnostics) -> bool:
    """Whether an item may be shown; what is unproven is reported."""
    return _is_public(verdict_on_item(evidence), where, diagnostics)


def _is_public(verdict: Verdict, where: str, diagnostics: Diagnostics) -> bool:
    if verdict.visibility is Visibility.UNPROVEN:
        diagnostics.add(where, verdict.reason)
    return verdict.is_public


@dataclass(slots=True)
class AgendaSections:
    """Where the reading of one agenda stands, item by item. `section` is what the heading above proves, None where it
    proves nothing. Headings that are items without a number, as in JSON, are found here. `only_badges_behind_n`: behind
    an item with an N only an Ö is proof (ALLRIS: non-public items stand between public ones there, and headings are
    few)."""

    section: Section | None = None
    only_badges_behind_n: bool = False
    _withheld: Badge = NO_BADGE

    def enter(self, section: Section | None) -> None:
        """A heading: from here on its section counts. None: one that is not known ends what was proved."""
        self.section, self._withheld = section, NO_BADGE

    def proves_public(
        self, evidence: Evidence, where: str, diagnostics: Diagnostics, *, is_below_withheld: bool = False
    ) -> bool:
        """Whether the next item may be shown; what is unproven is reported."""
        return _is_public(self.judge(evidence, is_below_withheld=is_below_withheld), where, diagnostics)

    def judge(self, evidence: Evidence, *, is_below_withheld: bool = False) -> Verdict:
        """The verdict on the next item; its own `section` does not count. Items below a withheld one are withheld. A
        title that is a heading begins its section, or ends the public one, whatever number it has."""
        if _is_public_heading(evidence):
            self.enter(Section.PUBLIC)
        evidence = replace(evidence, section=self.section)
        verdict = verdict_on_item(evidence)
        is_below = is_below_withheld or self._is_below_withheld(evidence)
        if is_below and verdict.visibility is not Visibility.NONPUBLIC:
            verdict = Verdict(Visibility.UNPROVEN, "stands below a withheld item: left out")
        elif not is_below:
            self._withheld = NO_BADGE if verdict.is_public else evidence.badge
        for title in evidence.titles:
            self._divide(title or "", evidence.badge.marking, evidence.declared)
        if self.only_badges_behind_n and evidence.badge.marking is Marking.NONPUBLIC and self.section is Section.PUBLIC:
            self.section = None
        return verdict

    def _divide(self, title: str, marking: Marking, declared: Visibility | None) -> None:
        """Where the source declares every item public or not, nothing behind the public part is proven by that."""
        ended = None if declared is None else Section.NONPUBLIC
        if is_placeholder(title):
            is_certain = marking is not Marking.NONE or title.strip().startswith(("(", "["))
            is_certain = is_certain or declared is Visibility.NONPUBLIC
            self.section = self.section if is_certain or self.section is Section.NONPUBLIC else ended
        elif section_of_heading(title) is Section.NONPUBLIC and marking is not Marking.NONPUBLIC:
            self.section = Section.NONPUBLIC
        elif ends_public_section(title) and self.section is not Section.NONPUBLIC:
            self.section = ended

    def _is_below_withheld(self, evidence: Evidence) -> bool:
        """By its number: "2.1" below "N 2", where "Ö 2.1" is another one's."""
        above, own = self._withheld, evidence.badge
        if not above.number or not (own.number or "").startswith(f"{above.number}."):
            return False
        return above.marking is Marking.PUBLIC or not _says_public(evidence)


def _is_public_heading(evidence: Evidence) -> bool:
    """Whether an item that the source declares public is itself the heading of the public part."""
    if evidence.declared is not Visibility.PUBLIC or evidence.badge != NO_BADGE:
        return False
    return any(section_of_heading(title) is Section.PUBLIC for title in evidence.titles if title)


def _says_public(evidence: Evidence) -> bool:
    """Whether anything but the heading above says that an item is public."""
    statuses = (section_of_status(status) for status in evidence.statuses)
    is_declared = evidence.declared is Visibility.PUBLIC
    return is_declared or evidence.badge.marking is Marking.PUBLIC or Section.PUBLIC in statuses
