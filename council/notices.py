"""Notices: what an entry says about a website without a council information system, where the usual ways find nothing.

Everything is checked here, so that a wrong one is told with its line; `crawlers.notices` reads by these.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import soupsieve
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from council.address import usable_address
from council.problem import WrongValue

MOST_LISTS = 50


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


def _addresses(value: Any) -> tuple[str, ...]:
    """One text with blanks between the addresses: the register's file has no lists. A tuple is what it becomes."""
    found = tuple(value.split()) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()
    if not found or not all(isinstance(address, str) for address in found):
        raise WrongValue(
            "is no text with addresses",
            "write them in one text with blanks between: lists: https://a.example/x https://a.example/y",
        )
    if len(found) > MOST_LISTS:
        raise WrongValue(f"has more than {MOST_LISTS} addresses", "leave some out")
    return tuple(usable_address(address) for address in found)


Selector = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=300), AfterValidator(_selector)
]
Pattern = Annotated[str, StringConstraints(strict=True, min_length=2, max_length=300), AfterValidator(_pattern)]
Place = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200)]
Addresses = Annotated[tuple[str, ...], BeforeValidator(_addresses), WithJsonSchema({"type": "string"})]


class Notices(BaseModel):
    """How one website shows its notices. Everything may be left out: then the usual structures of TYPO3, Joomla,
    WordPress, verwaltungsportal.de and IKISS are tried."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lists: Addresses | None = Field(
        default=None,
        description="More pages with lists, beside url: addresses in one text, with blanks between.",
        examples=["https://www.example.org/amtsblatt https://www.example.org/sitzungen"],
    )
    place: Place | None = Field(
        default=None,
        description='The place\'s own name: "Gemeinderat der Gemeinde Petersberg" is then one with "Gemeinderat".',
        examples=["Petersberg"],
    )
    content: Selector | None = Field(
        default=None, description="The part of a page that is looked at (CSS).", examples=["#content"]
    )
    exclude: Selector | None = Field(
        default=None, description="What in it is not looked at (CSS).", examples=[".sidebar, .related"]
    )
    item: Selector | None = Field(default=None, description="One notice in a list (CSS).", examples=["li.news"])
    title: Selector | None = Field(default=None, description="Its title, inside the item (CSS).", examples=["h3"])
    date: Selector | None = Field(
        default=None, description="The day it was published, inside the item (CSS).", examples=[".datum"]
    )
    link: Selector | None = Field(default=None, description="The link to it, inside the item (CSS).", examples=["h3 a"])
    next_page: Selector | None = Field(
        default=None, description="The link to the list's next page (CSS).", examples=[".pagination a.next"]
    )
    document: Pattern | None = Field(
        default=None,
        description="Addresses of documents that do not end in .pdf or the like; a regular expression.",
        examples=["/dokumente/[0-9]+"],
    )
    meeting: Pattern | None = Field(
        default=None,
        description="Titles that announce a meeting in other words than the usual; a regular expression.",
        examples=["Der Rat tagt"],
    )
    gazette: Pattern | None = Field(
        default=None, description="Titles of issues of the gazette; a regular expression.", examples=["Bote Nr"]
    )
    ignore: Pattern | None = Field(
        default=None,
        description="Titles that are no notices of the council; a regular expression.",
        examples=["Stellenausschreibung"],
    )

    def matches(self, pattern: str | None, text: str) -> bool:
        """Whether one of the patterns is in a text, upper or lower case."""
        return pattern is not None and re.search(pattern, text[:1000], re.IGNORECASE) is not None


DEFAULT: Final = Notices()
"""Nothing is described."""
