"""Links to a council information system on a municipality's own website, the likeliest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from crawlers.councilservice.urls import without_key
from crawlers.detection.page_fingerprint import PageFingerprint, PageLink
from crawlers.parsing.provider import provider

MOST: Final = 5
VENDOR_HOSTS: Final = (
    (re.compile(r"\.gremien\.info$|\.more-rubin1\.de$|^ris-.*\.zv-kisa\.de$"), "more!rubin"),
    (re.compile(r"\.sitzung-(?:online|mv)\.de$|\.allris\.(?:cloud|net)$"), "ALLRIS"),
    (re.compile(r"(?:^|\.)ratsinfo-online\.(?:de|net)$"), "ALLRIS"),
    (re.compile(r"\.ratsinfomanagement\.net$|^sdnetrim\.|^rim\.ekom21\.de$"), "SD.NET RIM"),
    (re.compile(r"^sessionnet|-sitzungsdienst\.komm\.one$|\.rznk\.de$"), "SessionNet"),
    (re.compile(r"(?:^|\.)kitu-genossenschaft\.de$"), "SessionNet"),
    (re.compile(r"\.mein-intra\.net$"), "councilservice"),
    (re.compile(r"\.ris-portal\.de$"), "regisafe"),
    (re.compile(r"^ris-.*\.komfa\.de$"), "KOMFA-RIS"),
    (re.compile(r"(?:^|\.)ratsinfoservice\.de$"), "Provox"),
    (re.compile(r"\.ris\.kommune-aktiv\.de$"), "Kommune aktiv"),
)  # fmt: skip
"""Hosts of vendors (ris-systems.md B to E), with the product's name."""

_ADDRESS = re.compile(
    r"si00(?:40|41|42|46|56|57)|infobi\.|/(?:sessionnet|buergerinfo|bi|ratsinfo|ris)(?:[/_]|$)|allris|/public/(?:si|gr|to|vo)0"
    r"|/tops/|sitzungskalender|href=/councilservice/|api\.php\?id=|/oparl\b|module=komfaris",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:ris|ratsinfo\w*|buergerinfo\w*|bi|sessionnet|session|gremien\w*|sitzungsdienst\w*)[.-]")
_STRONG_WORD = re.compile(
    r"(?:rats|bürger|gremien|kreis|gemeinde|stadtrats)[- ]?info(?:rmations?)?(?:system|portal)?\b|\bRIS\b"
    r"|sitzungsdienst|sessionnet|allris|sitzungsportal",
    re.IGNORECASE,
)
_WEAK_WORD = re.compile(
    r"sitzungs?(?:kalender|termine|en\b)|gremien\b|(?:stadt|gemeinde)rat\b|ratsarbeit", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SystemLink:
    """A link that probably leads to a council information system. `product` where its host is a vendor's; `followable`:
    on the same site or at a known vendor's, so that asking there is asking where the municipality itself points."""

    url: str
    text: str
    product: str | None
    followable: bool
    weight: int


def vendor_of(host: str) -> str | None:
    """The product whose vendor runs this host, where that is known."""
    return next((name for pattern, name in VENDOR_HOSTS if pattern.search(host)), None)


def links_to_systems(fingerprint: PageFingerprint) -> tuple[SystemLink, ...]:
    """The likeliest links of a page, at most five; none where nothing points to a system."""
    found = [weighed for link in fingerprint.links if (weighed := _weighed(link, fingerprint)).weight >= 2]
    return tuple(sorted(found, key=lambda link: -link.weight)[:MOST])


def _weighed(link: PageLink, fingerprint: PageFingerprint) -> SystemLink:
    parts = urlsplit(link.url)
    host = parts.hostname or ""
    product = vendor_of(host)
    same_site = provider(host) == provider(fingerprint.host)
    where = f"{parts.path}?{parts.query}"
    weight = (
        4 * (product is not None)
        + 2 * bool(_ADDRESS.search(where))
        + 2 * bool(host != fingerprint.host and _HOST.search(host))
    )
    weight += 3 * bool(_STRONG_WORD.search(link.text)) + bool(_WEAK_WORD.search(link.text))
    if link.url.partition("#")[0] == fingerprint.url or re.search(
        r"\.(?:pdf|docx?|jpe?g|png)$|log-?in", where, re.IGNORECASE
    ):
        weight = 0
    return SystemLink(without_key(link.url), link.text, product, same_site or product is not None, weight)
