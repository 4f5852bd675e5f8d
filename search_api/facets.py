"""How each facet is asked for and shown: its parameter, its words for people and for programs, its place on the page.

One row a facet of `indexer.index.contract.FacetName`. Parameters, OpenAPI, the page of results with its chips, the
page for programs and the options of `ratslupe search` are made from these rows; their order is the page's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from council.identity import MUNICIPALITY_KEY
from indexer.index.contract import FacetName

Key = Annotated[str, StringConstraints(pattern=f"^{MUNICIPALITY_KEY.pattern}$")]
Value = Annotated[str, StringConstraints(max_length=300)]
Year = Annotated[int, Field(ge=1, le=9999)]


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """One row. `description` is for programs, `label` and `meaning` are what people read."""

    name: FacetName
    label: str
    meaning: str
    description: str
    value: Any = Value
    """What one value must be, as a type that pydantic checks."""
    shown: int = 6
    """How many choices stand on the page at once."""
    registered: bool = False
    """Whether its values are keys of the register: any other of which nothing is held is an error."""


SHOWN_FACETS: Final = (
    ShownFacet(
        FacetName.MUNICIPALITY,
        label="Kommune",
        meaning="Schlüssel einer Kommune",
        description="Keys of municipalities; any of them.",
        value=Key,
        shown=8,
        registered=True,
    ),
    ShownFacet(
        FacetName.KIND,
        label="Art",
        meaning="paper (Vorlage) oder meeting (Sitzung)",
        description="What a hit may be; any of them.",
        value=Literal["paper", "meeting"],
        shown=5,
    ),
    ShownFacet(
        FacetName.PAPER_TYPE,
        label="Vorlagenart",
        meaning="Vorlagenart in den Worten der Kommune",
        description="Types of papers as the councils word them; any of them.",
    ),
    ShownFacet(
        FacetName.ORGANIZATION,
        label="Gremium",
        meaning="Name eines Gremiums",
        description="Names of committees; any of them.",
    ),
    ShownFacet(
        FacetName.ORIGINATOR,
        label="Eingebracht von",
        meaning="Wer die Vorlage eingebracht hat: Fraktion, Verwaltung …",
        description="Who brought a paper in: factions, offices; any of them.",
    ),
    ShownFacet(
        FacetName.YEAR,
        label="Jahr",
        meaning="Jahr",
        description="Years; any of them.",
        value=Year,
    ),
)
