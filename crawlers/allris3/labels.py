"""Labels: where labelled values stand on pages of ALLRIS 3. td.kb1 and the cell beside it; elsewhere ids, div.label."""

from __future__ import annotations

from typing import Final

from bs4 import Tag

from crawlers.parsing.agendas import result_of
from crawlers.parsing.labels import Field, Labels, LabelTable, pairs_by_id, pairs_in

_TERMS: Final = "td, th, dt, div.label, .row > a[aria-describedby]"
_CERTAIN: Final = "td.kb1, th.kb1, dt, div.label, td.label, th[scope=row], .row > a[aria-describedby]"
TABLE: Final = LabelTable(
    marks={
        Field.MEETING_NAME: ("sibetreff", "siname"),
        Field.ORGANIZATION: ("sigremium",),
        Field.DATE: ("sidatum",),
        Field.TIME: ("sizeit",),
        Field.ROOM: ("siraum",),
        Field.PLACE: ("siort",),
        Field.OCCASION: ("sianlass",),
        Field.STATUS: ("sistat", "sistatus", "tostatus"),
        Field.ITEM_NUMBER: ("tonr", "totop"),
        Field.ITEM_NAME: ("tobetreff",),
        Field.RESULT: ("toba", "tobeschlussart"),
        Field.PAPER_STATUS: ("vostatus",),
        Field.PAPER_NAME: ("vobetreff",),
        Field.PAPER_TYPE: ("voart",),
        Field.REFERENCE: ("vonr", "vonummer", "voname"),
        Field.CREATED: ("vodatum",),
        Field.OFFICE: ("voamt", "vofamt"),
        Field.ORIGINATOR: ("voverfasser",),
        Field.ORGANIZATION_NAME: ("grname", "auname", "paname"),
        Field.PERSON_NAME: ("kpname",),
    },
    labels={Field.ITEM_NUMBER: ("Tagesordnungspunkt",)},
    not_kept=("Vorstand",),
)

_BUTTONS: Final = frozenset(
    {"auszug", "protokollauszug", "niederschriftsauszug", "beschluss", "beschlüsse", "na", "pa", "tagesordnungspunkt"}
)
"""What buttons to an item's page are called, where a result may stand as well."""


def labels_of(root: Tag) -> Labels:
    """What the head of a page says. to020 has "Status:" twice, the meeting's first and then the paper's."""
    return Labels((*pairs_by_id(root, TABLE), *pairs_in(root, _TERMS, _CERTAIN)), TABLE)


def shown_result(said: str | None) -> str | None:
    """A result, where it is not only the button's name."""
    return result_of(said, _BUTTONS)
