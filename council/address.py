"""Addresses of sources: which may be read, on which host they are, and when two are of the same source."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from council.problem import WrongValue

HTTPS_PROVIDERS = frozenset(
    {
        "allris.cloud",
        "ekom21.de",
        "gremien.info",
        "kdvz-frechen.de",
        "kitu-genossenschaft.de",
        "komm.one",
        "krz.de",
        "mein-intra.net",
        "owl-it.de",
        "ratsinfo-online.de",
        "ratsinfo-online.net",
        "ratsinfomanagement.net",
        "ris-portal.de",
        "sitzung-online.de",
        "verwaltungsportal.de",
        "zv-kisa.de",
    }
)
"""Domains of hosting providers that serve https for all their customers."""


def usable_address(value: str) -> str:
    """The address as it is, if a request can be sent there. A password in it is never repeated in the message.
    Raises WrongValue."""
    if any(c.isspace() or ord(c) < 32 or c in '\\<>"' for c in value):
        raise WrongValue(
            "holds a blank, a backslash, a quotation mark or < >", "copy it from the browser's address bar"
        )
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise WrongValue("is no address", "write https://host/path") from None
    if "@" in parts.netloc:
        raise WrongValue("holds a user name or a password", "write it without: only public sources are read")
    if "://" not in value:
        raise WrongValue(f'"{value}" has no scheme', f"write https://{value.removeprefix('//')}")
    if parts.scheme not in ("http", "https"):
        raise WrongValue(f"{parts.scheme}: is not read here", "write an address that begins with https:// or http://")
    if not host:
        raise WrongValue("names no host", "write https://host/path")
    return value


def source_address(value: str) -> str:
    """The address as it is, if a source may be read there: by https where its provider speaks it. Raises WrongValue."""
    usable_address(value)
    if is_plain_http(value) and is_at_https_provider(value):
        raise WrongValue(f"{urlsplit(value).hostname} speaks https", f"write {with_https(value)}")
    return value


def host_of(url: str) -> str:
    """The address's host in lower case; empty where there is none, or where the address cannot be taken apart."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine: localhost, 127.0.0.0/8, ::1."""
    host = host_of(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ip_addresses(value: object) -> tuple[str, ...]:
    """IP addresses out of one text with blanks between them: the register's file has no lists. A tuple is what it
    becomes. Raises WrongValue."""
    found = value.split() if isinstance(value, str) and value.strip() else value
    try:
        if isinstance(found, list | tuple) and all(isinstance(text, str) for text in found):
            return tuple(str(ipaddress.ip_address(text)) for text in found)
    except ValueError:
        pass
    raise WrongValue("is no text with IP addresses", "write addresses with blanks between: 10.20.30.40 fd00::40")


def is_at_https_provider(url: str) -> bool:
    """Whether the address is at a provider that serves https for all its customers."""
    labels = host_of(url).split(".")
    return any(".".join(labels[start:]) in HTTPS_PROVIDERS for start in range(len(labels)))


def is_plain_http(url: str) -> bool:
    """Whether the address is by http on http's own port, where https might be had instead."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.port in (None, 80)


def is_plain_https(url: str) -> bool:
    """Whether the address is by https on https's own port."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.port in (None, 443)


def with_https(url: str) -> str:
    """The same address by https; http's own port goes with it."""
    parts = urlsplit(url)
    netloc = parts.netloc.removesuffix(":80")
    return parts._replace(scheme="https", netloc=netloc).geturl()


def source_of(url: str) -> str:
    """What two addresses of the same source have in common: host, port, path and query, without the scheme, the case of
    the host, its default port, a slash at the end and a fragment."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(url)}{port}{parts.path.rstrip('/')}{query}"
