"""The table of products: by which signs each is recognised, which version it is, and where reading it begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin

from council.system import System
from crawlers.councilservice.urls import human_page_of
from crawlers.detection.look import Look
from crawlers.detection.signs import Product, Sign, Where, part_of


def _sign(where: Where, pattern: str, weight: int = 2) -> Sign:
    return Sign(where, re.compile(pattern, re.IGNORECASE), weight)


def _version(pattern: str, where: Where) -> Callable[[Look], str | None]:
    compiled = re.compile(pattern, re.IGNORECASE)

    def read(look: Look) -> str | None:
        found = compiled.search(part_of(look, where))
        return " ".join(part for part in found.groups() if part) if found else None

    return read


def _root(look: Look) -> str:
    return look.root


def _folder(look: Look) -> str:
    return look.folder


def _before(pattern: str) -> Callable[[Look], str]:
    """The address up to the first part of the path that the pattern names; the page's folder without it."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def read(look: Look) -> str:
        found = compiled.search(look.parts.path)
        return urljoin(look.root, look.parts.path[: found.start()].rstrip("/") + "/") if found else look.folder

    return read


def _public(look: Look) -> str:
    """ALLRIS 4: the folder `public`."""
    found = re.match(r".*?/public/", look.parts.path, re.IGNORECASE)
    return urljoin(look.root, found[0]) if found else look.folder


def _human_page(look: Look) -> str:
    return human_page_of(look.url) or look.url


def _sessionnet_version(look: Look) -> str | None:
    """ "5.5.5, Layout 6, php": from the declarations; the language from its own links."""
    metas = part_of(look, Where.META)
    said = re.search(r"SessionNet Version ([\d.]+\w*)", metas) or re.search(r"sessionnet: V:0?(\d)0?(\d)0?(\d)", metas)
    number = ".".join(said.groups()) if said else None
    layout = re.search(r"Layout (\d)", metas)
    language = re.search(r"[a-z]{2}\d{4}\.(php|asp)\b", f"{look.path}\n{look.own}", re.IGNORECASE)
    parts = [number, f"Layout {layout[1]}" if layout else None, language[1].lower() if language else None]
    return ", ".join(part for part in parts if part) or None


def _rubin_version(look: Look) -> str | None:
    if re.search(r"/components/index-[\w-]+\.js", look.sources):
        return "new (api.php)"
    return "older (PHP pages)" if re.search(r"\.php", f"{look.path}\n{look.own}") else None


_NO_READER = "known, but there is no reader for it: ask the operator to switch OParl on"
_PAGE: Final = r"(?:si00(?:40|41|42|46|50|56|57)|to00[45]0|vo00(?:40|42|50)|gr0040|kp0040|infobi|do0040)\.(?:php|asp)"

PRODUCTS: Final = (
    Product(
        "SessionNet", System.SESSIONNET,
        (
            _sign(Where.META, r"sessionnet: V:\d+"),
            _sign(Where.META, r"SessionNet Version [\d.]+"),
            _sign(Where.NAMES, r" smc_page_\w+| smctablevorgang "),
            _sign(Where.PATH, _PAGE, 1),
            _sign(Where.OWN, _PAGE, 1),
            _sign(Where.NAMES, r" smce?-[a-z-]+| smcrow\w* ", 1),
            _sign(Where.TITLE, r"^SessionNet \|", 1),
        ),
        _folder, _sessionnet_version, ("/oparl/system", "oparl/system"),
    ),
    Product(
        "SessionNet 6", System.SESSIONNET,
        (
            _sign(Where.NAMES, r" app-root ", 1),
            _sign(Where.TITLE, r"^SessionNet\b", 1),
            _sign(Where.META, r"app-version: \d[\d.]*", 1),
        ),
        _before(r"/(?:kalender|gremien|personen|sitzungen|dokumente|suche)(?:/|$)"),
        _version(r"app-version: (\d[\d.]*)", Where.META), ("/oparl/system",),
    ),
    Product(
        "ALLRIS 3", System.ALLRIS3,
        (
            _sign(Where.META, r"ALLRIS net Version 3[\w.]*"),
            _sign(Where.NAMES, r" allriscontainer | risdeco | rismain "),
            _sign(Where.SOURCES, r"/opt/scripting/allrisnet\.js"),
            _sign(Where.PATH, r"/(?:allris\.net|[a-z]{2}\d{3}(?:_[a-z])?)\.asp", 1),
            _sign(Where.OWN, r"/(?:allris\.net|(?:si|to|vo|do|au|pa|kp|fr)\d{3}(?:_[a-z])?)\.asp", 1),
            _sign(Where.TITLE, r"^ALLRIS(?: net)?\b", 1),
        ),
        _folder, _version(r"ALLRIS net Version (3[\w.]*)", Where.META),
        ("oparl/1.0/system.asp", "oparl/1.1/system.asp"),
    ),
    Product(
        "ALLRIS 4", System.ALLRIS4,
        (
            _sign(Where.META, r"ALLRIS net Version 4[\w.]*"),
            _sign(Where.PATH, r"/public/(?:si|to|vo|gr|kp|do)\d{3}(?![\w.]*\.asp)", 1),
            _sign(Where.OWN, r"/(?:si01[08]|to0[12]0|vo020|gr0[12]0)(?:\?|$|\n)", 1),
            _sign(Where.SOURCES, r"/wicket/resource/\S*", 1),
            _sign(Where.TITLE, r"^ALLRIS\b", 1),
        ),
        _public, _version(r"ALLRIS net Version (4[\w.]*)", Where.META), ("oparl/system", "/oparl/system"),
    ),
    Product(
        "SD.NET RIM", System.SDNET,
        (
            _sign(Where.TITLE, r"SD\.NET RIM(?: \d)?"),
            _sign(Where.META, r"SD\.NET RIM|STERNBERG"),  # also the maker of its calendar file
            _sign(Where.HOST, r"\.ratsinfomanagement\.net$|^sdnetrim\.|^rim\.ekom21\.de$"),
            _sign(Where.NAMES, r" rimcontent | column-topnrtext | top-n?oeff-\w+", 1),
            _sign(Where.OWN, r"/(?:tops|vorgang|personen|vorlagen)/?\?__=", 1),
            _sign(Where.SOURCES, r"/sdnetrim/", 1),
            _sign(Where.OWN, r"/sdnetrim/", 1),
            _sign(Where.PATH, r"/(?:tops|vorgang)/\?__=", 1),
        ),
        _before(r"/(?:startseite|termine|tops|vorgang|vorlagen|gremien|personen|recherche|sdnetrim)(?:/|$)"),
        _version(r"SD\.NET RIM (\d[\d.]*)", Where.TITLE),
        ("webservice/oparl/v1.1/system", "webservice/oparl/v1.0/system"),
        "without OParl nothing reads it: its calendar only is meant for programs (/termine/ics/); ask the operator to "
        "switch OParl on",
    ),
    Product(
        "more!rubin", System.MORERUBIN,
        (
            _sign(Where.META, r"author: more! software"),
            _sign(Where.HOST, r"\.gremien\.info$|\.more-rubin1\.de$|^ris-.*\.zv-kisa\.de$"),
            _sign(Where.CODE, r"window\.components\[\"\w+"),
            _sign(Where.PATH, r"/api\.php\?id=(?:organizations|calendar|meetings|system)\b"),
            _sign(Where.SOURCES, r"/components/index-[\w-]+\.js", 1),
            _sign(Where.TITLE, r"^Rats(?:info|informations)system$", 1),
            _sign(Where.OWN, r"/(?:meeting|sitzungen_top|sitzungskalender|calendar)\.php", 1),
            _sign(Where.NAMES, r" table_sk | SKTerminTitel_td | ajax_sitzungsmappe ", 1),
        ),
        _root, _rubin_version, ("/oparl/system",),
    ),
    Product(
        "councilservice", System.COUNCILSERVICE,
        (
            _sign(Where.SOURCES, r"https?://[\w.-]+/export/js/initialize\.js"),
            _sign(Where.CODE, r"initializeExport\("),
            _sign(Where.OWN, r"\?href(?:_[\w-]+)?=/councilservice/", 1),
        ),
        _human_page, lambda _: None,
    ),
    Product(
        "regisafe RIS-Portal", None,
        (
            _sign(Where.SOURCES, r"/obis-theme/"),
            _sign(Where.HOST, r"\.ris-portal\.de$"),
            _sign(Where.OWN, r"p_p_id=RisSitzung"),
            _sign(Where.NAMES, r" rp-lis-item ", 1),
            _sign(Where.NAMES, r" sitzungId ", 1),
            _sign(Where.NAMES, r" sessionLink ", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    Product(
        "KIC / komuna RIS", None,
        (
            _sign(Where.SOURCES, r"/static/js/index-\S*\.js", 1),
            _sign(Where.TITLE, r"^Ratsinformationssystem$", 1),
            _sign(Where.NAMES, r" root ", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    Product(
        "KOMFA-RIS", None,
        (
            _sign(Where.OWN, r"module=komfaris"),
            _sign(Where.PATH, r"module=komfaris"),
            _sign(Where.HOST, r"^ris-.*\.komfa\.de$"),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    Product(
        "TI-Generator", None,
        (
            _sign(Where.OWN, r"/listen/ti_\d+\w*"),
            _sign(Where.NAMES, r" menu-link ", 1),
        ),
        _folder, lambda _: None, (), _NO_READER,
    ),
    Product(
        "Provox IIP", None,
        (
            _sign(Where.OWN, r"/ris/[\w-]+/(?:meeting|agendaitem)/(?:details|list|ShowEvents)"),
            _sign(Where.TITLE, r"Provox"),
            _sign(Where.SOURCES, r"/ris/css/customers/", 1),
        ),
        _before(r"/(?:meeting|agendaitem|organization|person|file)/"), lambda _: None, (), _NO_READER,
    ),
    Product(
        "Kommune aktiv", None, (_sign(Where.HOST, r"\.ris\.kommune-aktiv\.de$"),), _root, lambda _: None, (),
        "known, but it refuses programs: ask the operator",
    ),
    Product(
        "PV-Internet", None,
        (
            _sign(Where.PATH, r"/ratsinfo/[\w-]+/(?:Meeting|Proposal|Person)\.html"),
            _sign(Where.OWN, r"/ratsinfo/[\w-]+/(?:Meeting|Proposal)\.html", 1),
        ),
        _folder, lambda _: None, (), _NO_READER,
    ),
    Product(
        "RIS München", None,
        (
            _sign(Where.OWN, r"/(?:sitzung|gremium|person|antrag|sitzungsvorlage|fraktion|referat)/detail/\d+", 1),
            _sign(Where.NAMES, r" keyvalue-row | headline-link ", 1),
        ),
        _before(r"/(?:sitzung|gremium|person|antrag|sitzungsvorlage|fraktion|referat)/"), lambda _: None, (),
        _NO_READER,
    ),
    Product(
        "SIM", None,
        (
            _sign(Where.SOURCES, r"/\w*simweb\w*\.nsf/"),
            _sign(Where.PATH, r"/\w*simweb\w*\.nsf/"),
            _sign(Where.TITLE, r"^SIM - ", 1),
        ),
        _before(r"/(?:Termin|Drucksache|Gremium)\w*\.xsp"), lambda _: None, (), _NO_READER,
    ),
    Product(
        "PARLIS", None,
        (
            _sign(Where.OWN, r"/PARLISLINK/DDW\?"),
            _sign(Where.PATH, r"/PARLISLINK/DDW\?"),
            _sign(Where.TITLE, r"^PARLIS\b", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    Product(
        "ecics RIS", None,
        (
            _sign(Where.OWN, r"\?action=show_sitzung&sitzung_id=\d+"),
            _sign(Where.NAMES, r" ris-year-box | risng ", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    Product(
        "cEasy cRis (hitcom)", None,
        (
            _sign(Where.NAMES, r" cRis_publish_(?:meeting|council|template)\w* "),
            _sign(Where.META, r"generator: cEasy by hitcom", 1),
            _sign(Where.OWN, r"\?view=publish&item=(?:meeting|council)&id=\d+", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    Product(
        "cron Ratsinfo (TYPO3)", None,
        (
            _sign(Where.OWN, r"tx_cronmmratsinfo\w*"),
            _sign(Where.PATH, r"tx_cronmmratsinfo\w*"),
        ),
        lambda look: look.url, lambda _: None, (), _NO_READER,
    ),
)  # fmt: skip
"""Every product that is known (ris-systems.md, H)."""
