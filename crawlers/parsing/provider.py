"""Who runs a server: hosts of one provider are asked as one server, and belong to one source."""

from __future__ import annotations

from urllib.parse import urlsplit

import tldextract

# The list of public suffixes that comes with the package: nothing is fetched for it.
EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def provider(host: str) -> str:
    """The registrable domain of a host, or the host where there is none (an address, localhost)."""
    return EXTRACT(host).top_domain_under_public_suffix or host


def is_same_provider(url: str, other: str) -> bool:
    """Whether two addresses are on servers of one provider."""
    return provider(urlsplit(url).hostname or "") == provider(urlsplit(other).hostname or "")
