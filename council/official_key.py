"""Official keys of municipalities, AGS and ARS: how long they are, and when both name the same place."""

from __future__ import annotations

from council.problem import WrongValue

STATES = 16


def _official_key(value: str, lengths: tuple[int, ...], example: str) -> str:
    if not value.isascii() or not value.isdigit() or len(value) not in lengths:
        allowed = " or ".join(str(length) for length in lengths)
        raise WrongValue(f'"{value}" does not have {allowed} digits', f"write it in full, for example {example}")
    if not 1 <= int(value[:2]) <= STATES:
        raise WrongValue(f'"{value}" begins with {value[:2]}, which is no state', f"write 01 to {STATES} in front")
    return value


def checked_ags(value: str) -> str:
    """The AGS as it is: 8 digits, a county's 5. Raises WrongValue."""
    return _official_key(value, (8, 5), 'ags: "15088220", or "15088" for a county')


def checked_ars(value: str) -> str:
    """The ARS as it is: 12 digits, an association's 9, a county's 5. Raises WrongValue."""
    return _official_key(value, (12, 9, 5), 'ars: "150880220220", or "150885051" for an association')


def same_place(ags: str, ars: str) -> bool:
    """Whether an AGS and an ARS, as far as both go, name the same place."""
    if len(ags) == 8 and len(ars) == 12:
        return ars[:5] + ars[9:] == ags
    return ars[:5] == ags[:5]
