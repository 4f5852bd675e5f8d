"""`ratslupe add`: a new entry in the register, checked against all of its rules before a byte is written."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from council.address import source_of
from council.identity import MUNICIPALITY_KEY
from council.municipality import AdministrationKind
from council.problem import RegisterError
from council.register import Register, register_of
from council.register_file import TOP, content_of
from council.system import System
from crawlers.detection.findings import Findings
from crawlers.systems import READABLE
from ratslupe.adding.writing import layout_of, replaced, with_entry
from ratslupe.installation import DEFAULT_REGISTER
from ratslupe.probing.entry import EntryOptions, ags_of, chosen_body, entry_map, entry_text, fields_of, key_of, wrong_in
from ratslupe.probing.probe import Probed, ProbeVerdict

FAILED, WRONG_USE, IN_PART = 1, 2, 4
EMPTY_REGISTER = f"{TOP}: {{}}\n".encode()


class NotAdded(Exception):
    """Nothing is written. The message says why and what to do; `code` is the command's exit code."""

    def __init__(self, why: str, code: int = FAILED) -> None:
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that may be written: `content` is what the file will hold, `before` what it holds now."""

    key: str
    path: Path
    text: str
    line: int
    before: bytes
    content: bytes


def check_before(path: Path, given: EntryOptions) -> Register:
    """What can be told without asking any server: the file has no problem, and what was given can be right. Returns the
    register as it is. Raises NotAdded, RegisterError."""
    register = register_of(_content_now(path), str(path), READABLE)
    key = given.key or key_of(given.name or "")
    if not MUNICIPALITY_KEY.fullmatch(key):
        raise NotAdded(f'"{key}" is no key (a-z, 0-9 and -, 63 at most): give one with --key', WRONG_USE)
    if held := register.get(key):
        free = f"{key}-2" if held.name == given.name else f"{key}-{key_of(given.kind or 'ort')}"
        raise NotAdded(f"{key} is in {path} already ({held.name}, {held.url}): name another with --key, such as {free}")
    if wrong := wrong_in(given):
        raise NotAdded(wrong, WRONG_USE)
    if given.parent is not None and register.get(given.parent) is None:
        near = difflib.get_close_matches(given.parent, [entry.key for entry in register.municipalities], 1)
        meant = f": did you mean {near[0]}?" if near else ": give the key of an entry"
        raise NotAdded(f"the parent {given.parent} is not in {path}{meant}", WRONG_USE)
    return register


def unprobed(url: str, system: System, body: str | None) -> Probed:
    """What stands in for a probe that was not wanted: the caller says what it is."""
    findings = Findings(url=url, product=system.value, system=system, start=url)
    return Probed(url, findings=findings, body=body)


def new_entry(path: Path, probed: Probed, given: EntryOptions) -> NewEntry:
    """The entry, and the file with it. Raises NotAdded; RegisterError where the file itself has a problem."""
    before = _content_now(path)
    register = register_of(before, str(path), READABLE)
    _check_probe(probed, given)
    fields = fields_of(probed, given)
    _check_fields(probed, given, fields)
    _check_source(register, fields, path)
    key = given.key or key_of(fields["name"])
    layout = layout_of(before)
    text = entry_text(key, fields, given.disabled, layout.indent, layout.step)
    entry = entry_map(fields, given.disabled, layout.indent + layout.step)
    content, line = with_entry(before, layout, key, text, entry)
    _check_all(content, path, key, line, before)
    return NewEntry(key, path, text, line, before, content)


def _content_now(path: Path) -> bytes:
    """The register's bytes; an empty register where the default one is not there yet: of one that somebody named, a
    wrong name is likelier. Raises RegisterError."""
    is_first = path == Path(DEFAULT_REGISTER) and not path.exists()
    return EMPTY_REGISTER if is_first else content_of(path)


def write_entry(entry: NewEntry) -> None:
    """Write it: all of it or nothing. Raises NotAdded when the file was changed meanwhile or cannot be written."""
    if _content_now(entry.path) != entry.before:
        raise NotAdded(f"{entry.path} was changed meanwhile: nothing was written, try again")
    try:
        replaced(entry.path, entry.content)
    except OSError as error:
        raise NotAdded(f"{entry.path} cannot be written ({error.strerror}): nothing was changed") from error


def _check_probe(probed: Probed, given: EntryOptions) -> None:
    """Whether the probe found something to write. What may not be asked is written only as not enabled."""
    found = probed.findings
    look = f"look with: ratslupe probe {probed.asked}"
    if found is None or probed.failure:
        why = probed.failure or "no answer"
        raise NotAdded(f"{why}. To write it all the same: --no-probe --system …, with --disabled-with-reason")
    if found.refusal and found.refusal.keeps_out:
        raise NotAdded(f"{probed.asked}: {found.refusal.reason}. Ask the operator for access; {look}")
    if probed.system is None:
        what = found.product or "no system that is known"
        more = f" ({found.advice})" if found.advice else ""
        raise NotAdded(f"{probed.asked} is {what}{more}; {look}", IN_PART if found.product else 3)
    if probed.system not in READABLE and not given.disabled:
        raise NotAdded(
            f'there is no reader for {probed.system.value} yet: give --disabled-with-reason "no reader yet"', IN_PART
        )
    sample = probed.sample
    if probed.verdict is ProbeVerdict.IN_PART and sample is not None and sample.failure and not given.disabled:
        raise NotAdded(f"a crawl would fail: {sample.failure}; {look}; or give --disabled-with-reason", IN_PART)
    if len(probed.bodies) > 1 and given.body is None and not _has_own_body(probed, given):
        names = "; ".join(body.name or body.id for body in probed.bodies[:20])
        raise NotAdded(
            f"the system holds {len(probed.bodies)} bodies: name one with --body. It has: {names}", WRONG_USE
        )


def _has_own_body(probed: Probed, given: EntryOptions) -> bool:
    """Whether the official key that was given chooses among the bodies."""
    return given.ags is not None and any(body.ags == given.ags for body in probed.bodies)


def _check_fields(probed: Probed, given: EntryOptions, fields: dict[str, Any]) -> None:
    if "kind" not in fields:
        raise NotAdded(
            f"what kind of administration is it? --kind {' | '.join(list(AdministrationKind)[:9])} …", WRONG_USE
        )
    if "ags" not in fields and "ars" not in fields:
        raise NotAdded("its official key is not known: --ags with 8 digits (a county's 5), or --ars", WRONG_USE)
    body = chosen_body(probed)
    body_ags = ags_of(body) if body else None
    if body_ags and given.ags and body_ags != given.ags:
        raise NotAdded(
            f"the OParl body says AGS {body_ags}, you say {given.ags}: look which is right. To write yours "
            f"all the same: --no-probe --system oparl, with {fields['url']}",
            WRONG_USE,
        )


def _check_source(register: Register, fields: dict[str, Any], path: Path) -> None:
    """One source for two entries only where each names its own body."""
    url, body = fields["url"], fields.get("body")
    for entry in register.municipalities:
        if source_of(entry.url) == source_of(url) and (entry.body is None or body is None or entry.body == body):
            raise NotAdded(
                f"{entry.key} in {path} has this source already ({entry.url}): where it holds several bodies, each "
                "entry needs its own --body"
            )


def _check_all(content: bytes, path: Path, key: str, line: int, before: bytes) -> None:
    """The whole file as it would be, by all the rules; then that nothing but this entry is different."""
    try:
        after = register_of(content, str(path), READABLE)
    except RegisterError as error:
        problems = "\n".join(f"  {problem.path}: {problem.wrong}: {problem.instead}" for problem in error.problems)
        raise NotAdded(f"{path} was not changed, since with this entry it would have a problem:\n{problems}") from error
    held = register_of(before, str(path), READABLE).municipalities
    if tuple(entry for entry in after.municipalities if entry.key != key) != held or after.get(key) is None:
        raise NotAdded(f"{path} is written in a way that add does not understand: paste the entry by hand")
