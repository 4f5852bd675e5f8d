"""The table of products: by which signatures each is recognised, which version it is, and where reading it begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urljoin

from council.system import System
from crawlers.councilservice.urls import human_page_of
from crawlers.detection.page_fingerprint import PageFingerprint
from crawlers.detection.signatures import ProductSignature, Signature, Where, part_of


def _signature(where: Where, pattern: str, weight: int = 2) -> Signature:
    return Signature(where, re.compile(pattern, re.IGNORECASE), weight)


def _version(pattern: str, where: Where) -> Callable[[PageFingerprint], str | None]:
    compiled = re.compile(pattern, re.IGNORECASE)

    def read(fingerprint: PageFingerprint) -> str | None:
        found = compiled.search(part_of(fingerprint, where))
        return " ".join(part for part in found.groups() if part) if found else None

    return read


def _root(fingerprint: PageFingerprint) -> str:
    return fingerprint.root


def _folder(fingerprint: PageFingerprint) -> str:
    return fingerprint.folder


def _before(pattern: str) -> Callable[[PageFingerprint], str]:
    """The address up to the first part of the path that the pattern names; the page's folder without it."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def read(fingerprint: PageFingerprint) -> str:
        found = compiled.search(fingerprint.parts.path)
        return (
            urljoin(fingerprint.root, fingerprint.parts.path[: found.start()].rstrip("/") + "/")
            if found
            else fingerprint.folder
        )

    return read


def _public(fingerprint: PageFingerprint) -> str:
    """ALLRIS 4: the folder `public`."""
    found = re.match(r".*?/public/", fingerprint.parts.path, re.IGNORECASE)
    return urljoin(fingerprint.root, found[0]) if found else fingerprint.folder


def _own_page(fingerprint: PageFingerprint) -> str:
    return fingerprint.url


def _human_page(fingerprint: PageFingerprint) -> str:
    return human_page_of(fingerprint.url) or fingerprint.url


def _sessionnet_version(fingerprint: PageFingerprint) -> str | None:
    """ "5.5.5, Layout 6, php": from the declarations; the language from its own links."""
    metas = part_of(fingerprint, Where.META)
    found = re.search(r"SessionNet Version ([\d.]+\w*)", metas) or re.search(r"sessionnet: V:0?(\d)0?(\d)0?(\d)", metas)
    number = ".".join(found.groups()) if found else None
    layout = re.search(r"Layout (\d)", metas)
    language = re.search(r"[a-z]{2}\d{4}\.(php|asp)\b", f"{fingerprint.path}\n{fingerprint.own}", re.IGNORECASE)
    parts = [number, f"Layout {layout[1]}" if layout else None, language[1].lower() if language else None]
    return ", ".join(part for part in parts if part) or None


def _rubin_version(fingerprint: PageFingerprint) -> str | None:
    if re.search(r"/components/index-[\w-]+\.js", fingerprint.sources):
        return "new (api.php)"
    return "older (PHP pages)" if re.search(r"\.php", f"{fingerprint.path}\n{fingerprint.own}") else None


_NO_READER = "known, but there is no reader for it: ask the operator to switch OParl on"
_PAGE: Final = r"(?:si00(?:40|41|42|46|50|56|57)|to00[45]0|vo00(?:40|42|50)|gr0040|kp0040|infobi|do0040)\.(?:php|asp)"

PRODUCTS: Final = (
    ProductSignature(
        "SessionNet", System.SESSIONNET,
        (
            _signature(Where.META, r"sessionnet: V:\d+"),
            _signature(Where.META, r"SessionNet Version [\d.]+"),
            _signature(Where.NAMES, r" smc_page_\w+| smctablevorgang "),
            _signature(Where.PATH, _PAGE, 1),
            _signature(Where.OWN, _PAGE, 1),
            _signature(Where.NAMES, r" smce?-[a-z-]+| smcrow\w* ", 1),
            _signature(Where.TITLE, r"^SessionNet \|", 1),
        ),
        _folder, _sessionnet_version, ("/oparl/system", "oparl/system"),
    ),
    ProductSignature(
        "SessionNet 6", System.SESSIONNET,
        (
            _signature(Where.NAMES, r" app-root ", 1),
            _signature(Where.TITLE, r"^SessionNet\b", 1),
            _signature(Where.META, r"app-version: \d[\d.]*", 1),
        ),
        _before(r"/(?:kalender|gremien|personen|sitzungen|dokumente|suche)(?:/|$)"),
        _version(r"app-version: (\d[\d.]*)", Where.META), ("/oparl/system",),
    ),
    ProductSignature(
        "ALLRIS 3", System.ALLRIS3,
        (
            _signature(Where.META, r"ALLRIS net Version 3[\w.]*"),
            _signature(Where.NAMES, r" allriscontainer | risdeco | rismain "),
            _signature(Where.SOURCES, r"/opt/scripting/allrisnet\.js"),
            _signature(Where.PATH, r"/(?:allris\.net|[a-z]{2}\d{3}(?:_[a-z])?)\.asp", 1),
            _signature(Where.OWN, r"/(?:allris\.net|(?:si|to|vo|do|au|pa|kp|fr)\d{3}(?:_[a-z])?)\.asp", 1),
            _signature(Where.TITLE, r"^ALLRIS(?: net)?\b", 1),
        ),
        _folder, _version(r"ALLRIS net Version (3[\w.]*)", Where.META),
        ("oparl/1.0/system.asp", "oparl/1.1/system.asp"),
    ),
    ProductSignature(
        "ALLRIS 4", System.ALLRIS4,
        (
            _signature(Where.META, r"ALLRIS net Version 4[\w.]*"),
            _signature(Where.PATH, r"/public/(?:si|to|vo|gr|kp|do)\d{3}(?![\w.]*\.asp)", 1),
            _signature(Where.OWN, r"/(?:si01[08]|to0[12]0|vo020|gr0[12]0)(?:\?|$|\n)", 1),
            _signature(Where.SOURCES, r"/wicket/resource/\S*", 1),
            _signature(Where.TITLE, r"^ALLRIS\b", 1),
        ),
        _public, _version(r"ALLRIS net Version (4[\w.]*)", Where.META), ("oparl/system", "/oparl/system"),
    ),
    ProductSignature(
        "SD.NET RIM", System.SDNET,
        (
            _signature(Where.TITLE, r"SD\.NET RIM(?: \d)?"),
            _signature(Where.META, r"SD\.NET RIM|STERNBERG"),  # also the maker of its calendar file
            _signature(Where.HOST, r"\.ratsinfomanagement\.net$|^sdnetrim\.|^rim\.ekom21\.de$"),
            _signature(Where.NAMES, r" rimcontent | column-topnrtext | top-n?oeff-\w+", 1),
            _signature(Where.OWN, r"/(?:tops|vorgang|personen|vorlagen)/?\?__=", 1),
            _signature(Where.SOURCES, r"/sdnetrim/", 1),
            _signature(Where.OWN, r"/sdnetrim/", 1),
            _signature(Where.PATH, r"/(?:tops|vorgang)/\?__=", 1),
        ),
        _before(r"/(?:startseite|termine|tops|vorgang|vorlagen|gremien|personen|recherche|sdnetrim)(?:/|$)"),
        _version(r"SD\.NET RIM (\d[\d.]*)", Where.TITLE),
        ("webservice/oparl/v1.1/system", "webservice/oparl/v1.0/system"),
        "without OParl nothing reads it: its calendar only is meant for programs (/termine/ics/); ask the operator to "
        "switch OParl on",
    ),
    ProductSignature(
        "more!rubin", System.MORERUBIN,
        (
            _signature(Where.META, r"author: more! software"),
            _signature(Where.HOST, r"\.gremien\.info$|\.more-rubin1\.de$|^ris-.*\.zv-kisa\.de$"),
            _signature(Where.CODE, r"window\.components\[\"\w+"),
            _signature(Where.PATH, r"/api\.php\?id=(?:organizations|calendar|meetings|system)\b"),
            _signature(Where.SOURCES, r"/components/index-[\w-]+\.js", 1),
            _signature(Where.TITLE, r"^Rats(?:info|informations)system$", 1),
            _signature(Where.OWN, r"/(?:meeting|sitzungen_top|sitzungskalender|calendar)\.php", 1),
            _signature(Where.NAMES, r" table_sk | SKTerminTitel_td | ajax_sitzungsmappe ", 1),
        ),
        _root, _rubin_version, ("/oparl/system",),
    ),
    ProductSignature(
        "councilservice", System.COUNCILSERVICE,
        (
            _signature(Where.SOURCES, r"https?://[\w.-]+/export/js/initialize\.js"),
            _signature(Where.CODE, r"initializeExport\("),
            _signature(Where.OWN, r"\?href(?:_[\w-]+)?=/councilservice/", 1),
        ),
        _human_page, lambda _: None,
    ),
    ProductSignature(
        "regisafe RIS-Portal", None,
        (
            _signature(Where.SOURCES, r"/obis-theme/"),
            _signature(Where.HOST, r"\.ris-portal\.de$"),
            _signature(Where.OWN, r"p_p_id=RisSitzung"),
            _signature(Where.NAMES, r" rp-lis-item ", 1),
            _signature(Where.NAMES, r" sitzungId ", 1),
            _signature(Where.NAMES, r" sessionLink ", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "KIC / komuna RIS", None,
        (
            _signature(Where.SOURCES, r"/static/js/index-\S*\.js", 1),
            _signature(Where.TITLE, r"^Ratsinformationssystem$", 1),
            _signature(Where.NAMES, r" root ", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "KOMFA-RIS", None,
        (
            _signature(Where.OWN, r"module=komfaris"),
            _signature(Where.PATH, r"module=komfaris"),
            _signature(Where.HOST, r"^ris-.*\.komfa\.de$"),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "TI-Generator", None,
        (
            _signature(Where.OWN, r"/listen/ti_\d+\w*"),
            _signature(Where.NAMES, r" menu-link ", 1),
        ),
        _folder, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "Provox IIP", None,
        (
            _signature(Where.OWN, r"/ris/[\w-]+/(?:meeting|agendaitem)/(?:details|list|ShowEvents)"),
            _signature(Where.TITLE, r"Provox"),
            _signature(Where.SOURCES, r"/ris/css/customers/", 1),
        ),
        _before(r"/(?:meeting|agendaitem|organization|person|file)/"), lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "Kommune aktiv", None, (_signature(Where.HOST, r"\.ris\.kommune-aktiv\.de$"),), _root, lambda _: None, (),
        "known, but it refuses programs: ask the operator",
    ),
    ProductSignature(
        "PV-Internet", None,
        (
            _signature(Where.PATH, r"/ratsinfo/[\w-]+/(?:Meeting|Proposal|Person)\.html"),
            _signature(Where.OWN, r"/ratsinfo/[\w-]+/(?:Meeting|Proposal)\.html", 1),
        ),
        _folder, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "RIS München", None,
        (
            _signature(Where.OWN, r"/(?:sitzung|gremium|person|antrag|sitzungsvorlage|fraktion|referat)/detail/\d+", 1),
            _signature(Where.NAMES, r" keyvalue-row | headline-link ", 1),
        ),
        _before(r"/(?:sitzung|gremium|person|antrag|sitzungsvorlage|fraktion|referat)/"), lambda _: None, (),
        _NO_READER,
    ),
    ProductSignature(
        "SIM", None,
        (
            _signature(Where.SOURCES, r"/\w*simweb\w*\.nsf/"),
            _signature(Where.PATH, r"/\w*simweb\w*\.nsf/"),
            _signature(Where.TITLE, r"^SIM - ", 1),
        ),
        _before(r"/(?:Termin|Drucksache|Gremium)\w*\.xsp"), lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "PARLIS", None,
        (
            _signature(Where.OWN, r"/PARLISLINK/DDW\?"),
            _signature(Where.PATH, r"/PARLISLINK/DDW\?"),
            _signature(Where.TITLE, r"^PARLIS\b", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "ecics RIS", System.ECICS,
        (
            _signature(Where.OWN, r"\?action=show_sitzung&sitzung_id=\d+"),
            _signature(Where.NAMES, r" ris-year-box | risng ", 1),
        ),
        _own_page, lambda _: None,
    ),
    ProductSignature(
        "cEasy cRis (hitcom)", None,
        (
            _signature(Where.NAMES, r" cRis_publish_(?:meeting|council|template)\w* "),
            _signature(Where.META, r"generator: cEasy by hitcom", 1),
            _signature(Where.OWN, r"\?view=publish&item=(?:meeting|council)&id=\d+", 1),
        ),
        _root, lambda _: None, (), _NO_READER,
    ),
    ProductSignature(
        "cron Ratsinfo (TYPO3)", None,
        (
            _signature(Where.OWN, r"tx_cronmmratsinfo\w*"),
            _signature(Where.PATH, r"tx_cronmmratsinfo\w*"),
        ),
        _own_page, lambda _: None, (), _NO_READER,
    ),
)  # fmt: skip
"""Every product that is known (ris-systems.md, H)."""
