"""Which body of a system is meant: the register names it, or there is only one."""

from __future__ import annotations

from collections.abc import Sequence

from council.municipality import Municipality
from crawlers.oparl.payload import Body


def choose_body(bodies: Sequence[Body], municipality: Municipality) -> Body | str:
    """The body of the municipality, or why it cannot be told."""
    found = [body for body in bodies if _is_wanted(body, bodies, municipality)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{body.name!r} ({body.id})" for body in bodies[:40]) or "none"
    if not found and municipality.body is not None:
        return f"no body of the system is {municipality.body!r}; it has: {names}"
    return f"the system has {len(bodies)} bodies: name one in the register as `body:`; it has: {names}"


def _is_wanted(body: Body, bodies: Sequence[Body], municipality: Municipality) -> bool:
    wanted = municipality.body
    if wanted is not None:
        return wanted in {body.id, body.name, body.short_name, body.ags}
    if len(bodies) == 1:
        return True
    return body.ags is not None and body.ags == municipality.ags
