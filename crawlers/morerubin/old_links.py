"""Links of the oldest interface: forms with hidden fields, which a program can ask for like any other address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from bs4 import Tag

from council.model import File, FileRole
from crawlers.morerubin.addresses import absolute, parameter
from crawlers.parsing.documents import media_type, role_by_name
from crawlers.parsing.html import address, attribute, text
from crawlers.parsing.visibility import names_nonpublic_file

_DOCUMENT = re.compile(r"/(?:show_pdf|documents)\.php$", re.IGNORECASE)
_MEETING = re.compile(r"/(?:sitzungen_top|meeting)\.php$", re.IGNORECASE)
_KINDS: Final = (
    ("vorl", FileRole.MAIN),
    ("einl", FileRole.INVITATION),
    ("bekannt", FileRole.INVITATION),
    ("nied", FileRole.MINUTES),
    ("prot", FileRole.MINUTES),
    ("besch", FileRole.RESOLUTION),
)
_LABEL = re.compile(r"^\s*PDF\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address with what stands on it; of a form the address that sending it would ask for."""

    url: str
    label: str | None

    def is_document(self) -> bool:
        """Whether a document lies behind it."""
        return bool(_DOCUMENT.search(urlsplit(self.url).path))

    def meeting(self) -> str | None:
        """The number of the meeting it leads to; None where it leads elsewhere."""
        is_meeting = _MEETING.search(urlsplit(self.url).path)
        return parameter(self.url, "sid", "id") if is_meeting else None

    def paper(self) -> str | None:
        """The number of the paper whose own document it is."""
        kind = (parameter(self.url, "_typ_432") or "").lower()
        return parameter(self.url, "_nid_nr") if kind.startswith("vorl") else None


def links_in(node: Tag, url: str) -> Iterator[Link]:
    """Every link and form of a part of a page that leads to the same host, in order."""
    for element in node.select("a[href], form[action]"):
        found = _form(element, url) if element.name == "form" else _anchor(element, url)
        if found and urlsplit(found.url).hostname == urlsplit(url).hostname:
            yield found


def _anchor(element: Tag, url: str) -> Link | None:
    target = absolute(address(element, url), url)
    return Link(target, attribute(element, "title") or text(element)) if target else None


def _form(element: Tag, url: str) -> Link | None:
    """A form of hidden fields only: one with fields to fill in is a search and is never asked."""
    inputs = element.select("input, select, textarea")
    kinds = [(attribute(one, "type") or "text").lower() if one.name == "input" else "text" for one in inputs]
    if any(kind not in {"hidden", "submit", "image", "button"} for kind in kinds):
        return None
    action = attribute(element, "action") or ""
    hidden = [one for one, kind in zip(inputs, kinds, strict=True) if kind == "hidden" and attribute(one, "name")]
    query = "&".join(f"{quote(str(one['name']))}={quote(str(one.get('value') or ''), safe='')}" for one in hidden)
    mark = "&" if "?" in action else "?"
    target = absolute(urljoin(url, f"{action}{mark}{query}" if query else action), url)
    button = element.select_one("input[alt], input[title], input[type=submit], button")
    label = attribute(button, "alt") or attribute(button, "title") or attribute(button, "value") or text(element)
    return Link(target, _LABEL.sub("", label or "") or None) if target else None


def file_of(link: Link, name: str | None) -> File | None:
    """The document behind a link. The hidden `status` says 1 for public; a document that says otherwise, or whose name
    does, is left out."""
    label = link.label or name
    if parameter(link.url, "status") not in {None, "1"} or any(
        names_nonpublic_file(one) for one in (label, name) if one
    ):
        return None
    kind = (parameter(link.url, "_typ_432", "document_type_id") or "").lower()
    stored = parameter(link.url, "_doc_n1")
    about = parameter(link.url, "_nid_nr", "sitzungsnummer", "document_relation_id")
    native = link.paper() or "|".join(part for part in (kind, about, stored) if part)
    if not native:
        return None
    by_kind = next((role for word, role in _KINDS if kind.startswith(word)), None)
    otherwise = FileRole.MAIN if "vorlage" in (label or "").lower() else FileRole.ATTACHMENT
    role = by_kind or role_by_name(label) or otherwise
    return File(
        native_id=native,
        role=role or FileRole.ATTACHMENT,
        name=label,
        file_name=stored,
        url=link.url,
        media_type=media_type(stored),
    )
