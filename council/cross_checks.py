"""What is wrong between entries: everything that needs the whole register to be seen."""

from __future__ import annotations

import difflib

from council.address import (
    host_of,
    is_at_https_provider,
    is_loopback,
    is_plain_http,
    is_plain_https,
    source_of,
    with_https,
)
from council.draft import Draft


def check_parents(drafts: dict[str, Draft]) -> None:
    """Parents that are not in the register, and parents in a circle."""
    told: set[str] = set()
    for key, draft in drafts.items():
        parent = draft.text("parent")
        if parent is None:
            continue
        if parent not in drafts:
            near = difflib.get_close_matches(parent, drafts, 1)
            instead = f"did you mean {near[0]}?" if near else "write the key of an entry, or leave parent out"
            draft.tree.add_problem(("parent",), f'"{parent}" is not in the register', instead)
            continue
        chain = [key]
        while (up := drafts[chain[-1]].text("parent")) in drafts and up not in chain:
            chain.append(str(up))
        if up == key and key not in told:
            told.update(chain)
            circle = " → ".join([*chain, key])
            draft.tree.add_problem(("parent",), f"leads back to itself ({circle})", "take one of these parents out")


def check_keys(drafts: dict[str, Draft]) -> None:
    """One AGS for two entries."""
    first: dict[str, Draft] = {}
    for draft in drafts.values():
        ags = draft.text("ags")
        if ags is not None and first.setdefault(ags, draft) is not draft:
            draft.tree.add_problem(
                ("ags",), f'"{ags}" is the key of {first[ags].where} too', "look up which of them is right"
            )


def check_sources(drafts: dict[str, Draft]) -> None:
    """One source for two entries that do not name different bodies of it."""
    held: dict[str, list[Draft]] = {}
    for draft in drafts.values():
        url = draft.text("url") or ""
        if not host_of(url):
            continue
        others = held.setdefault(source_of(url), [])
        if same := next((other for other in others if _same_body(draft, other)), None):
            wrong = f"is the source of {same.where} too"
            draft.tree.add_problem(("url",), wrong, "give each of them its own body, or leave one of them out")
        others.append(draft)


def _same_body(one: Draft, other: Draft) -> bool:
    bodies = [" ".join(body.casefold().split()) if body else None for body in (one.text("body"), other.text("body"))]
    return None in bodies or bodies[0] == bodies[1]


def check_https(drafts: dict[str, Draft]) -> None:
    """http where another entry shows that the host speaks https."""
    urls = [(draft, url) for draft in drafts.values() if (url := draft.text("url")) and host_of(url)]
    by_https = {host_of(url): draft for draft, url in urls if is_plain_https(url)}
    for draft, url in urls:
        other = by_https.get(host_of(url))
        if other and is_plain_http(url) and not is_loopback(url) and not is_at_https_provider(url):
            draft.tree.add_problem(
                ("url",), f"{host_of(url)} speaks https, see {other.where}", f"write {with_https(url)}"
            )
