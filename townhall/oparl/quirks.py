"""The defects of real OParl servers, each a switch with its name, off by default, and the vendor it is known from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """Which defects a simulated server has. `Quirks()` is a server as the specification wants it."""

    # Filters
    filter_ignored: bool = False
    """`modified_since` and its sisters are read by nobody: every list is the full list (several ALLRIS, Karlsruhe)."""
    filter_dropped_from_next: bool = False
    """`next` echoes the filter unencoded, and from page 3 on without it (Somacos)."""
    filter_404_when_empty: bool = False
    """A filtered list without hits is a 404 with a JSON error of code 802 (Sternberg SD.NET)."""
    rejects_encoded_filter: bool = False
    """Percent-encoded dates are answered 404 as plain text; only raw ones, `+` and all, are read (old Somacos)."""
    created_modified_today: bool = False
    """`created` and `modified` of everything are today, so a filter finds everything (more!rubin, some ALLRIS)."""
    deleted_in_unfiltered_lists: bool = False
    """Lists without a filter contain deleted objects too (Sternberg SD.NET)."""

    # Paging
    next_repeats: bool = False
    """`next` of every page is that page again (seen as endless loops at several vendors)."""
    pages_without_news: bool = False
    """Every `page=n` has the content of page 1 and a `next` to page n+1 (shared Somacos server OWL-IT)."""
    path_paging: bool = False
    """Pages are paths, `…/page/2`, and `limit` is ignored (more!rubin)."""
    next_on_other_host: bool = False
    """`next` points to a host that is not the server's (wrongly configured proxies, ALLRIS)."""
    limit_ignored: bool = False
    """Pages have the server's size whatever `limit` says (ALLRIS 4)."""
    limit_without_next: bool = False
    """With a `limit` there is one page of so many objects and no `next` (some ALLRIS OParl 1.0)."""

    # Envelopes and lists
    body_as_object: bool = False
    """The body list is one Body object (Sternberg SD.NET)."""
    bare_lists: bool = False
    """Lists are arrays without an envelope, all in one (Sternberg SD.NET, Essen)."""
    several_bodies: int = 1
    """So many bodies in one system; the further ones are small invented Ortsgemeinden (more!rubin: 14 to 28)."""
    inactive: bool = False
    """Everything is answered 200 with an Error object "OParl is not active." (more!rubin)."""
    html_with_200: bool = False
    """Page 2 of each list is an HTML error with status 200 when asked for the first time (ALLRIS, Aachen)."""
    meetings_without_agenda_in_list: bool = False
    """`agendaItem` is left out in lists; the meeting asked for singly has it (SD.NET, Magdeburg)."""

    # Fields
    missing_type: bool = False
    """`type` is missing on deleted objects, organizations and locations (Sternberg SD.NET)."""
    control_characters: bool = False
    """Raw control characters stand inside JSON strings (ALLRIS)."""
    bad_dates: bool = False
    """Some dates and date-times are nonsense: "2019-12-16T11:21:11+01::00", "", "N/A", "0000-00-00" (several)."""
    numbers_as_strings: bool = False
    """Numbers are strings, and numbers of agenda items and the ags, which are strings, are numbers (SD.NET, ALLRIS)."""
    auxiliary_file_as_object: bool = False
    """A single `auxiliaryFile` is an object instead of a list of one (ALLRIS)."""
    main_file_among_auxiliary: bool = False
    """There is no `mainFile`: the main document is the first of `auxiliaryFile` (Somacos)."""
    inline_text: bool = False
    """`text` of main and resolution files carries the full text of the document (more!rubin)."""
    ni_prefix: bool = False
    """Ids of meetings are `…/meeting/ni_7`, but `consultation.meeting` says `…/meeting/7` (more!rubin)."""
    mime_short: bool = False
    """`mimeType` is "pdf" or "docx" (ALLRIS)."""

    # HTTP
    octet_stream: bool = False
    """Downloads are `application/octetstream; charset=UTF-8` (Sternberg SD.NET)."""
    robots_disallow: bool = False
    """robots.txt forbids everything."""

    @classmethod
    def named(cls, *names: str) -> Quirks:
        """Quirks by name, as on the command line; "several_bodies" there means three. ValueError for other names."""
        known = {field.name for field in fields(cls)}
        if unknown := [name for name in names if name not in known]:
            raise ValueError(f"no quirk is called {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
        chosen: dict[str, Any] = {name: 3 if name == "several_bodies" else True for name in names}
        return cls(**chosen)
