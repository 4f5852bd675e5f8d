"""The entry for the register that a probe proposes: what is known of it, and what a person must still say."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from council.municipality import AdministrationKind
from council.official_key import checked_ags, checked_ars
from council.problem import WrongValue
from crawlers.oparl.body import Body
from crawlers.systems import READABLE
from ratslupe.probing.probe import Probed

QUOTED: Final = frozenset({"ags", "ars"})
ORDER: Final = ("name", "kind", "ags", "ars", "parent", "system", "url", "body", "politeness", "enabled", "coordinates",
                "note")  # fmt: skip
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class EntryOptions:
    """What the caller says of the municipality; None: not given."""

    name: str | None = None
    kind: str | None = None
    ags: str | None = None
    ars: str | None = None
    key: str | None = None
    parent: str | None = None
    body: str | None = None
    coordinates: tuple[float, float] | None = None
    disabled: str | None = None


def wrong_in(given: EntryOptions) -> str | None:
    """What of that cannot be right, whatever the source is; None where nothing is wrong."""
    try:
        if given.ags is not None:
            checked_ags(given.ags)
        if given.ars is not None:
            checked_ars(given.ars)
    except WrongValue as wrong:
        return str(wrong)
    if given.kind is not None and given.kind not in set(AdministrationKind):
        near = difflib.get_close_matches(given.kind, [kind.value for kind in AdministrationKind], 1, 0.5)
        meant = f"did you mean {near[0]}? " if near else ""
        return f'"{given.kind}" is no kind: {meant}there are: {", ".join(AdministrationKind)}'
    return None


def key_of(name: str) -> str:
    """The key a name gives: "Bad Dürrenberg" → bad-duerrenberg, "Mücheln (Geiseltal)" → muecheln. What stands in
    brackets, and "Stadt" or "Gemeinde" in front, belong to the name but not to the key."""
    short = re.sub(r"\(.*?\)", " ", name.lower())
    short = re.sub(r"^\s*(?:stadt|gemeinde|landkreis|verbandsgemeinde|samtgemeinde)\s+", "", short)
    return re.sub(r"[^a-z0-9]+", "-", short.translate(_LETTERS)).strip("-")[:63].strip("-")


def chosen_body(probed: Probed) -> Body | None:
    """The OParl body that was looked at."""
    if len(probed.bodies) == 1:
        return probed.bodies[0]
    wanted = probed.body
    return next((b for b in probed.bodies if wanted in (b.id, b.name, b.short_name, b.ags)), None)


def fields_of(probed: Probed, given: EntryOptions) -> dict[str, Any]:
    """The entry's fields in the register's order; without those that nobody has given and nothing tells."""
    found, body = probed.findings, chosen_body(probed)
    fields: dict[str, Any] = {
        "name": given.name or (body.name if body else None),
        "kind": given.kind or (_kind(body) if body else None),
        "ags": given.ags or (ags_of(body) if body and not given.ars else None),
        "ars": given.ars,
        "parent": given.parent,
        "system": probed.system.value if probed.system else None,
        "url": found.start if found else None,
        "body": given.body or (probed.body if len(probed.bodies) > 1 else None),
        "politeness": _politeness(probed),
        "enabled": False if given.disabled else None,
        "coordinates": dict(zip(("lat", "lon"), given.coordinates, strict=True)) if given.coordinates else None,
    }
    return {name: fields[name] for name in ORDER if fields.get(name) is not None}


def ags_of(body: Body) -> str | None:
    """The body's AGS where it is one: some lose its leading zero, or pad it."""
    try:
        return checked_ags(body.ags) if body.ags else None
    except WrongValue:
        return None


def _kind(body: Body) -> str | None:
    return body.classification if body.classification in set(AdministrationKind) else None


def _politeness(probed: Probed) -> dict[str, Any] | None:
    """Slower than usual where robots.txt asks for it."""
    delay = probed.crawl_delay
    return {"delay_seconds": min(float(delay), 600.0), "parallel": 1} if delay and delay > 1 else None


def entry_map(fields: Mapping[str, Any], disabled: str | None, column: int) -> CommentedMap:
    """The entry as ruamel.yaml writes it, its fields `column` blanks from the left; `disabled` becomes a comment."""
    entry = CommentedMap()
    for name, value in fields.items():
        entry[name] = _written(name, value)
    if disabled:
        behind = column + len("enabled: false") + 2
        entry.yaml_add_eol_comment(" ".join(disabled.split()), "enabled", column=behind)
    return entry


def entry_text(key: str, fields: Mapping[str, Any], disabled: str | None = None, indent: int = 2, step: int = 2) -> str:
    """The entry as it stands in the file: `indent` blanks before its key, `step` more before its fields."""
    yaml = YAML()
    yaml.width = 10_000
    yaml.indent(mapping=step)
    out = io.StringIO()
    yaml.dump(CommentedMap({key: entry_map(fields, disabled, step)}), out)
    lines = out.getvalue().splitlines(keepends=True)
    return "".join(f"{' ' * indent}{line}" if line.strip() else line for line in lines)


def _written(name: str, value: Any) -> Any:
    if name in QUOTED:
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        inner = CommentedMap(value)
        inner.fa.set_flow_style()
        return inner
    return value


def proposal(probed: Probed, given: EntryOptions) -> str:
    """The entry to paste, with a comment in the place of whatever a person must still say."""
    if probed.system is not None and probed.system not in READABLE and not given.disabled:
        product = probed.findings.product if probed.findings else probed.system.value
        given = replace(given, disabled=f"no reader for {product} yet")
    fields = fields_of(probed, given)
    name = given.name or fields.get("name")
    key = given.key or (key_of(name) if name else "KEY")
    body = chosen_body(probed)
    lines = entry_text(key, fields, given.disabled).splitlines()
    asked = {
        "name": '# name:                    <- to be filled in: the name people know it by',
        "kind": "# kind:                    <- to be filled in: Stadt, Gemeinde, Verbandsgemeinde, Landkreis ...",
        "ags": '# ags: "00000000"          <- to be filled in: the official key, in quotes (8 digits; a county has 5)',
    }  # fmt: skip
    missing = [text for name, text in asked.items() if name not in fields and not (name == "ags" and "ars" in fields)]
    if body is not None and not given.name:
        missing.append("# name, kind and ags as the OParl body says them: look whether they are right")
    return "\n".join([lines[0], *(f"    {line}" for line in missing), *lines[1:]])
