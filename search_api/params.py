"""The one definition of the URL parameters of a search: for the pages, the API and its documentation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from types import GenericAlias
from typing import Annotated, Any, Final, Literal, Self, TypeVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from indexer.index.contract import Clause, FacetName, Filter, Query, Rewriting, Sort
from indexer.index.query import LONGEST_QUESTION, BadQuery, parse
from search_api.errors import BadParameter, Fault
from search_api.facets import SHOWN_FACETS

MOST_SUGGESTIONS: Final = 20
MOST_VALUES: Final = 100
"""How often one parameter may be repeated."""

DEEPEST_PAGE: Final = 1_000_000

NO_FACETS: Final = "none"

Day = Annotated[dt.date, BeforeValidator(lambda value: _day(value))]

Without = Annotated[tuple[Rewriting, ...], BeforeValidator(lambda value: _listed(value))]


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    q: str = Field(
        "",
        max_length=LONGEST_QUESTION,
        description='The question. Words, "phrases", -excluded, begin*, A ODER B, numbers of papers. Empty: all.',
        examples=["Radweg Bahnhofstraße"],
    )


_FILTERS: Final[dict[str, Any]] = {
    facet.name.value: (GenericAlias(tuple, (facet.value, ...)), Field((), description=facet.description))
    for facet in SHOWN_FACETS
}
_Filtered = create_model("_Filtered", __base__=_Question, **_FILTERS)


class SearchParams(_Filtered):
    """What a person or a program asks for, as the URL says it: the question, a tuple of values for each facet, and the
    rest. An empty value is as good as none."""

    date_from: Day | None = Field(None, alias="from", description="First day, YYYY-MM-DD, included.")
    date_to: Day | None = Field(None, alias="to", description="Last day, YYYY-MM-DD, included.")
    without: Without = Field(
        (),
        description="What shall not be made of the question, joined by commas: `spelling` corrects nothing, `synonyms` "
        "adds no words that mean the same, `parts` takes no compound apart; `places` and `meaning` are for later.",
    )
    sort: Sort | None = Field(None, description="Without it: relevance, or newest where the question is empty.")
    page: int = Field(1, ge=1, le=DEEPEST_PAGE, description="From 1; any depth.")
    limit: int = Field(10, ge=1, le=100, description="Hits a page.")
    after: str | None = Field(None, max_length=2000, description="`next` of the answer before; goes before `page`.")
    facets: tuple[FacetName | Literal["none"], ...] = Field(
        (), description="What to count hits by. Without it: by everything; `none`: by nothing."
    )

    @property
    def order(self) -> Sort:
        """The order that is meant."""
        return self.sort or (Sort.RELEVANCE if self.q.strip() else Sort.NEWEST)

    @classmethod
    def of(cls, q: str = "", sort: Sort | None = None, **chosen: tuple[str, ...]) -> Self:
        """A search with these values of facets, by their names."""
        return cls.model_validate({"q": q, "sort": sort} | chosen)

    def values(self, name: FacetName) -> tuple[str | int, ...]:
        """The chosen values of a facet."""
        chosen: tuple[str | int, ...] = getattr(self, name.value)
        return chosen

    @property
    def active(self) -> int:
        """How many filters are set."""
        return (
            sum(len(self.values(name)) for name in FacetName)
            + (self.date_from is not None)
            + (self.date_to is not None)
        )

    def clauses(self) -> tuple[Clause, ...]:
        """The question in pieces. Raises BadParameter."""
        try:
            return parse(self.q)
        except BadQuery as error:
            raise BadParameter("q", Fault.BAD_QUERY, str(error)) from error

    def query(self, clauses: tuple[Clause, ...], facet_size: int = 50) -> Query:
        """The question as the index understands it."""
        return Query(
            clauses=clauses,
            without=frozenset(self.without),
            filter=Filter(
                date_from=self.date_from,
                date_to=self.date_to,
                **{name.value: self.values(name) for name in FacetName},
            ),
            sort=self.order,
            offset=(self.page - 1) * self.limit,
            limit=self.limit,
            after=self.after,
            facets=tuple(FacetName(f) for f in self.facets if f != NO_FACETS) if self.facets else tuple(FacetName),
            facet_size=facet_size,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that are not at their defaults, in their order: one URL for one question."""
        pairs: list[tuple[str, str]] = []
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value != field.default:
                values = value if isinstance(value, tuple) else (value,)
                values = (",".join(values),) if name == "without" else values
                pairs += [(field.alias or name, str(one)) for one in values]
        return pairs

    def link(self, **changes: Any) -> str:
        """The address of the same search with something else; it begins at page 1 unless `page` is changed."""
        changed = self.model_copy(update={"page": 1, "after": None} | changes)
        query = urlencode(changed.pairs())
        return f"/suche?{query}" if query else "/suche"

    def sorted(self, order: str) -> str:
        """The address of the same search in another order."""
        return self.link(sort=Sort(order))

    def hidden(self, apart: Literal["q", "filters"]) -> list[tuple[str, str]]:
        """What a form has to carry along besides its own fields: the question's box everything but the question, the
        form of the filters only the question, the order and the length of a page."""
        keep = {"q", "sort", "limit", "without"} if apart == "filters" else set(NAMES) - {"q"}
        return [pair for pair in self.pairs() if pair[0] in keep - {"page", "after"}]

    def removing(self, name: str, value: object) -> str:
        """The address of the same search without one value of a filter."""
        return self.link(**{name: tuple(kept for kept in getattr(self, name) if str(kept) != str(value))})

    def switched(self, rewriting: Rewriting) -> str:
        """The address of the same search with this switched off, or, where it is off, on again."""
        return self.link(without=tuple(one for one in Rewriting if (one in self.without) != (one is rewriting)))

    def unfiltered(self) -> str:
        """The address of the same question without any filter."""
        return SearchParams(q=self.q, sort=self.sort, limit=self.limit, without=self.without).link()


def _names(model: type[BaseModel]) -> dict[str, str]:
    """The names of a model's fields by their names in an address."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


NAMES: Final = _names(SearchParams)
Params = TypeVar("Params", bound=BaseModel)


def search_params(request: Request) -> SearchParams:
    """The parameters of a request. Raises BadParameter, which names the first one that cannot be used."""
    return read_params(request.query_params.multi_items())


def read_params(items: Iterable[tuple[str, str]]) -> SearchParams:
    """See `search_params`."""
    params = _read(SearchParams, items)
    if params.date_from and params.date_to and params.date_from > params.date_to:
        raise BadParameter("from", Fault.BAD_RANGE, "`from` is later than `to`")
    return params


def _read(model: type[Params], items: Iterable[tuple[str, str]]) -> Params:
    """Parameters as a model. Raises BadParameter."""
    names = _names(model)
    values: dict[str, list[str]] = {}
    for name, value in items:
        if name not in names:
            raise BadParameter(name[:100], Fault.UNKNOWN, f"there is no such parameter; there are: {', '.join(names)}")
        if value.strip():
            values.setdefault(name, []).append(value)
    given: dict[str, Any] = {}
    for name, several in values.items():
        if isinstance(model.model_fields[names[name]].default, tuple):
            if len(several) > MOST_VALUES:
                raise BadParameter(name, Fault.TOO_MANY, f"at most {MOST_VALUES} values are allowed")
            given[name] = tuple(dict.fromkeys(several))
        elif len(several) > 1:
            raise BadParameter(name, Fault.REPEATED, "this parameter may be given once only")
        else:
            given[name] = several[0]
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = str(first["loc"][0])
        fault = Fault.TOO_LONG if first["type"] == "string_too_long" else Fault.BAD_VALUE
        raise BadParameter(name, fault, f"{first['msg']}; got {str(first['input'])[:100]!r}") from error


class SuggestParams(BaseModel):
    """What is asked for while somebody types."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(
        "", max_length=LONGEST_QUESTION, description="What is typed so far; its last word is taken for a beginning."
    )
    limit: int = Field(8, ge=1, le=MOST_SUGGESTIONS, description="At most so many suggestions.")


def suggest_params(request: Request) -> SuggestParams:
    """The parameters of a request for suggestions. Raises BadParameter."""
    return _read(SuggestParams, request.query_params.multi_items())


def _day(value: object) -> object:
    """Nothing but YYYY-MM-DD: a bare number would be taken for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


def _listed(value: object) -> object:
    """Names joined by commas, repeated or both, each once, in one order."""
    texts = (value,) if isinstance(value, str) else value
    if not isinstance(texts, tuple):
        return value
    given = {name.strip() for text in texts for name in str(text).split(",")} - {""}
    known = tuple(one for one in Rewriting if one in given)
    return (*known, *sorted(given.difference(known)))


def documented(model: type[BaseModel]) -> Mapping[str, Any]:
    """The parameters for OpenAPI, out of the same definition."""
    properties = model.model_json_schema(ref_template="#/components/schemas/{model}")["properties"]
    parameters = []
    for name, schema in properties.items():
        schema = {k: v for k, v in schema.items() if k not in {"title", "examples"}} | {"title": name}
        parameter = {"name": name, "in": "query", "required": False, "description": schema.pop("description", "")}
        parameters.append(parameter | {"schema": _inlined(schema)})
    return {"parameters": parameters}


def _inlined(schema: Any) -> Any:
    """JSON schema without references to enumerations that live nowhere in the document."""
    words = {one.__name__: [member.value for member in one] for one in (Sort, FacetName, Rewriting)}
    if isinstance(schema, dict):
        if "$ref" in schema:
            return {"type": "string", "enum": words[schema["$ref"].rsplit("/", 1)[-1]]}
        return {key: _inlined(value) for key, value in schema.items()}
    return [_inlined(value) for value in schema] if isinstance(schema, list) else schema
