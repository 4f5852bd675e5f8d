"""Parsing XML from strangers: no entities, no DTD, no network, and libxml2's own limits on depth and size."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from indexer.text.extraction import Unreadable


def parse(data: bytes) -> Any:
    """The root element (an lxml element) of `data`; Unreadable when it is not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"broken XML: {error}") from error


def local_name(element: Any) -> str:
    """An element's name without its namespace: Office formats keep names through versions, but not namespaces.

    "" for what is no element (an entity that was not resolved).
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """The attribute with that local name, in whatever namespace; None if there is none."""
    for full_name, value in element.attrib.items():
        if full_name.rpartition("}")[2] == name:
            return str(value)
    return None
