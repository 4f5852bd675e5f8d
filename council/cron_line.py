"""A cron line: checked field by field, with weekdays as names."""

from __future__ import annotations

import re

from council.problem import WrongValue

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CRON_FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
)
CRON_PART = re.compile(r"(?:\*|([a-z]{3}|\d{1,2})(?:-([a-z]{3}|\d{1,2}))?)(?:/(\d{1,2}))?")


def cron_line(text: str) -> str:
    """The cron line, checked, with weekdays as names. Raises WrongValue."""
    fields = text.lower().split()
    if len(fields) != 5:
        raise WrongValue(
            f'"{text}" has {len(fields)} fields, a cron line has five',
            'minute hour day month weekday, for example cron: "15 3 * * *"',
        )
    sets = [_cron_field(field, *rule) for field, rule in zip(fields, CRON_FIELDS, strict=True)]
    longest = max(29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in sets[3])
    if min(sets[2]) > longest:
        raise WrongValue(f'"{text}" names a day that no such month has', 'for example cron: "15 3 1 * *"')
    if fields[4] != "*":
        days = {day % 7 for day in sets[4]}
        fields[4] = (
            "*" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(days, key=lambda d: (d - 1) % 7))
        )
    return " ".join(fields)


def _cron_field(field: str, name: str, low: int, high: int) -> set[int]:
    """The numbers a field stands for."""
    names = {"month": MONTHS, "day of the week": WEEKDAYS}.get(name, ())
    found: set[int] = set()
    for part in field.split(","):
        match = CRON_PART.fullmatch(part)
        first, last, step = match.groups() if match else ("-", None, None)
        begin = low if first is None else _cron_number(first, names, low)
        end = begin if last is None else _cron_number(last, names, low)
        if first is None or (last is None and step):
            end = high
        if last == "sun":
            end = high
        if not low <= begin <= end <= high or int(step or 1) == 0:
            raise WrongValue(f'"{part}" is no {name} of a cron line', f"write *, a number from {low} to {high}, or */2")
        found.update(range(begin, end + 1, int(step or 1)))
    return found


def _cron_number(text: str, names: tuple[str, ...], low: int) -> int:
    """The number a word or a number of a cron line stands for; -1 when it is neither."""
    if text.isdigit():
        return int(text)
    return names.index(text) + low if text in names else -1
