"""Labels: where labelled values stand on pages of ALLRIS 4. Ids (sidatum, vofamt) stay the same where labels are worded
by each municipality."""

from __future__ import annotations

from typing import Final

from bs4 import Tag

from crawlers.allris4 import quirks
from crawlers.parsing.html import shown_text
from crawlers.parsing.labels import Field, Labels, LabelTable, pairs_by_id, pairs_in

TABLE: Final = LabelTable(
    marks={
        Field.MEETING_NAME: ("sibetreff", "siname"),
        Field.ORGANIZATION: ("sigremium", "togremium"),
        Field.DATE: ("sidatum",),
        Field.TIME: ("sizeit",),
        Field.ROOM: ("siraum",),
        Field.PLACE: ("siort",),
        Field.OCCASION: ("sianlass",),
        Field.STATUS: ("tostatus", "toostatus", "sistatus"),
        Field.STATE: ("sistat",),
        Field.PAPER_STATUS: ("vostatus",),
        Field.ITEM_NUMBER: ("toname", "tonr", "tonummer"),
        Field.ITEM_NAME: ("tobetreff", "totext"),
        Field.RESULT: ("toBeschlussart", "tobeschlussart", "toba", "tobanr"),
        Field.PAPER_NAME: ("vobetreff",),
        Field.PAPER_TYPE: ("voart",),
        Field.REFERENCE: ("vonr", "vonummer"),
        Field.CREATED: ("vodatum",),
        Field.OFFICE: ("vofamt",),
        Field.ORGANIZATION_NAME: ("grname", "grbezeichnung"),
        Field.SHORT_NAME: ("grkurz", "grkurzname"),
        Field.ORGANIZATION_TYPE: ("grart",),
        Field.PERSON_NAME: ("kpname",),
    },
    labels={
        Field.ITEM_NUMBER: ("Nummer",),
        Field.ITEM_NAME: ("Tagesordnungspunkt",),
        Field.ORGANIZATION_NAME: ("Name",),
    },
    not_kept=("Status Beschluss", "NA"),
)


def labels_of(page: Tag) -> Labels:
    """What the head of a page says; where it stands in a website, not what that says around it."""
    own = page.select_one("#pageContent, #readOut, #allris, main")
    root = own if own is not None and own.select_one("dt") is not None else page
    return Labels((*pairs_by_id(page, TABLE), *pairs_in(root, "dt, th[scope=row], td.label, td.kb1", "dt")), TABLE)


def heading(page: Tag) -> str | None:
    """The page's own heading, not that of a website around it."""
    for selector in ("h1.title", quirks.HEADING_IN_A_WEBSITE, "h1"):
        found = page.select(selector)
        if found:
            return shown_text(found[-1] if selector == "h1" else found[0])
    return None
