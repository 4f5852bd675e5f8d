"""What an entry of the register says about a website: where its notices stand, where the usual ways find none."""

from __future__ import annotations

import re
from typing import Annotated

import soupsieve
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from council.address import usable_address
from council.problem import WrongValue


def _selector(value: str) -> str:
    try:
        soupsieve.compile(value)
    except (soupsieve.SelectorSyntaxError, ValueError, TypeError) as error:
        raise WrongValue(
            f'"{value}" is no CSS selector ({str(error).splitlines()[0]})',
            'write one as a browser\'s inspector shows it: "ul.news-list > li"',
        ) from None
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise WrongValue(
            f'"{value}" is no regular expression ({error})', 'write the words themselves: "Einladung zur Sitzung"'
        ) from None
    return value


Selector = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=300), AfterValidator(_selector)
]
Pattern = Annotated[str, StringConstraints(strict=True, min_length=2, max_length=300), AfterValidator(_pattern)]
ListAddress = Annotated[str, StringConstraints(strict=True, strip_whitespace=True), AfterValidator(usable_address)]
Place = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200)]


class Description(BaseModel):
    """How one website shows its notices. Everything may be left out: then the usual ways of TYPO3, Joomla, WordPress,
    verwaltungsportal.de and IKISS are tried."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lists: tuple[ListAddress, ...] = Field(
        default=(), max_length=50, description="More pages with lists, beside the entry's url."
    )
    place: Place | None = Field(
        default=None,
        description='The town\'s own name: "Gemeinderat der Gemeinde Petersberg" is then one with "Gemeinderat".',
        examples=["Petersberg"],
    )
    content: Selector | None = Field(
        default=None, description="The part of a page that is looked at.", examples=["#content"]
    )
    exclude: Selector | None = Field(
        default=None, description="What in it is not looked at.", examples=[".sidebar, .related"]
    )
    item: Selector | None = Field(default=None, description="One notice in a list.", examples=["ul.news-list > li"])
    title: Selector | None = Field(default=None, description="Its title, inside the item.", examples=["h3"])
    date: Selector | None = Field(default=None, description="The day it was published, inside.", examples=[".datum"])
    link: Selector | None = Field(default=None, description="The link to it, inside the item.", examples=["h3 a"])
    next_page: Selector | None = Field(
        default=None, description="The link to the list's next page.", examples=[".pagination a.next"]
    )
    document: Pattern | None = Field(
        default=None,
        description="Addresses of documents that do not end in .pdf or the like; a regular expression.",
        examples=["/dokumente/\\d+"],
    )
    meeting: Pattern | None = Field(
        default=None,
        description="Titles that announce a meeting in other words than the usual; a regular expression.",
        examples=["Der Rat tagt"],
    )
    gazette: Pattern | None = Field(
        default=None, description="Titles of issues of the gazette.", examples=["Petersberger Bote"]
    )
    ignore: Pattern | None = Field(
        default=None, description="Titles that are no notices of the council.", examples=["Stellenausschreibung"]
    )

    def names(self, pattern: str | None, text: str) -> bool:
        """Whether one of the entry's patterns is in a text, upper or lower case."""
        return pattern is not None and re.search(pattern, text[:1000], re.IGNORECASE) is not None


DEFAULT = Description()
