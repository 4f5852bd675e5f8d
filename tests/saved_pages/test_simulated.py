"""Every page type of every product, without the real pages beside the repository: each simulated server is read whole,
in memory, and what is held in the end is what its invented municipality has.

`SEEN` is the table of page types, by product and layout; a type that a reader knows and no server shows stands in
`NOT_SIMULATED` with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from council.system import System
from tests.saved_pages.simulated import SimulatedCrawl
from tests.whole.content import differences
from tests.whole.products import PRODUCTS
from tests.whole.products.product import Product, Variant

WITHOUT_BYTES: Final = {"meeting files": None, "meeting item files": None, "paper files": None}
"""Files are compared by their names: their bytes are asked for over the wire, in `tests/whole`."""
USUAL: Final = Variant("usual", {})
SEEN: Final[dict[str, str]] = {
    "allris3 usual": "allris.net si010_e pa020 pa021 au010 au020 fr010 fr020 to010 vo020 vo040",
    "allris3 RESPONSIVE": "allris.net si010_r pa020_r au010_r au020_r fr010_r fr020_r to010_r vo020_r vo040_r",
    "allris3 OLD with the export": "allris.net si010-export pa020 pa021 au010 au020 fr010 fr020 to010 vo020 vo040",
    "allris3 RESPONSIVE with the export": "allris.net si010-export pa020_r au010_r au020_r fr010_r fr020_r to010_r "
    "vo020_r vo040_r",
    "allris4 usual": "gr010 gr020 si010 to010 vo020",
    "allris4 INLINE": "gr010 gr020 si010 to010 vo020",
    "allris4 LIST": "gr010 gr020 si018 to010 vo020",
    "councilservice usual": "export overview entry",
    "councilservice MARKED": "export overview entry",
    "councilservice PARTS": "export overview entry",
    "councilservice CLOSED": "export overview entry",
    "morerubin usual": "bodies calendar meeting",
    "morerubin SCRIPT": "calendar meeting",
    "morerubin ATTRIBUTE": "calendar meeting",
    "morerubin TABLES": "sitzungskalender sitzungen_top",
    "notices usual": "notice-list notice",
    "notices TABLES": "notice-list notice",
    "sessionnet usual": "info do0040 gr0040 kp0040 si0040 si0046 si0057 vo0050 vo0053",
    "sessionnet CARDS": "info do0040 gr0040 kp0040 si0040 si0046 si0050 si0056 vo0050 vo0053",
    "sessionnet OLD": "info gr0040 kp0040 si0040 si0046 to0040 vo0050 vo0053",
    "sessionnet OLDER": "info gr0040 kp0040 si0040 to0040 vo0050",
    "sessionnet JSON": "gremien sitzungen tagesordnung dokumente",
}
_OTHER_PROGRAMS = "the same reader reads it under another program's name"
_NEVER = "known, never asked for and without records: forms, attendance, persons, offices"
_READ_ALONE = "read when it is handed over; no crawl asks for it"
NOT_SIMULATED: Final[Mapping[System, Mapping[str, str]]] = {
    System.ALLRIS3: {
        "au000 fr000 gr000 gr010 pa000 pa010 si011 si012 si018": _OTHER_PROGRAMS,
        "at010 at020 bb022 do011 do012 ka040 kp040 kp041 si016 si017 si019 to045 vo021 yw010 yw020 yw040": _NEVER,
        "ics kp020 to020": _READ_ALONE,
    },
    System.ALLRIS4: {"at010 kp040 si019 tr010 tr020": _NEVER, "ics kp020 to020 vo040": _READ_ALONE},
    System.COUNCILSERVICE: {},
    System.MORERUBIN: {"committee committees submission submissions": _READ_ALONE},
    System.NOTICES: {"feed": "no simulated website has one: see tests/crawlers/notices"},
    System.SESSIONNET: {
        "ag0040 ag0041 ag0050 ag0051 ag0053 ag0080 do0041 do0042 gr0041 kp0042 vo0040 vo0041 vo0042 vo0051":
            _OTHER_PROGRAMS,
        "kp0051 pe0050 pe0051 pe0052 to0045": _NEVER,
        "gr0050 gr0054 kp0041 kp0050 to0050 to0051 to0055 to0058": _READ_ALONE,
    },
}  # fmt: skip
CASES = [(product, variant) for product in PRODUCTS for variant in (USUAL, *product.variants)]


@pytest.mark.parametrize(("product", "variant"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_every_page_of_a_simulated_server_is_read_and_all_it_shows_is_held(product: Product, variant: Variant) -> None:
    server = product.serve((variant.municipality or product.municipality)(), port=8000, **variant.options)
    crawl = SimulatedCrawl(product, server, variant.settings)
    assert crawl.content()
    assert differences(product.shown(server), crawl.content(), {**product.declared(server), **WITHOUT_BYTES}) == []
    assert set(crawl.page_types) == set(SEEN[f"{product} {variant.name}"].split())


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
def test_a_page_type_that_a_reader_knows_is_shown_by_a_simulated_server_or_declared(product: Product) -> None:
    shown = {name for variant in (USUAL, *product.variants) for name in SEEN[f"{product} {variant.name}"].split()}
    declared = [name for names in NOT_SIMULATED[product.system] for name in names.split()]
    assert len(declared) == len(set(declared))
    known = set(_page_types(Path(f"crawlers/{product}/pages.py")))
    assert known
    assert known - shown - {name.partition("_")[0] for name in shown} - set(declared) == set()
    assert set(declared) & shown == set()
    assert set(declared) - known == set(), "declared, and no reader knows it"


def _page_types(path: Path) -> Iterator[str]:
    """The names of programs in a reader's module, the types that its functions return beside the records, and those
    that it names in constants."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Constant(value=str(name)) if re.fullmatch(r"[a-z]{2}\d{3,4}", name):
                yield name
            case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple(elts=elements)):
                values = [element.value for element in elements if isinstance(element, ast.Constant)]
                yield from (value for value in values if isinstance(value, str))
            case ast.Return(value=ast.Tuple(elts=[ast.Constant(value=str(name)), *_])):
                yield name
