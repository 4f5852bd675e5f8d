"""Tenants ("Mandanten"): several municipalities and associations on one installation, each with its own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bs4 import Tag

from crawlers.parsing.diagnostics import Diagnostics
from crawlers.parsing.html import text
from crawlers.sessionnet.addresses import parameter, target

PARAMETERS: Final = ("cmandant", "cpanr")
"""By which an address names a tenant (`__cmandant=7`, `__cpanr=20`)."""

_MENU: Final = "a.smcfiltermenumandant[href], select[name$=cmandant] option, select[name$=cpanr] option"
_ALL: Final = ("alle mandanten", "alle", "bitte wählen")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One of them: its name as the menu says it, and the parameter that an address in the register needs."""

    name: str
    parameter: str

    def __str__(self) -> str:
        return f"{self.name} (?{self.parameter})"


def chosen(url: str) -> str | None:
    """The parameter by which an address names a tenant; None where it names none."""
    return next((f"__{name}={value}" for name in PARAMETERS if _is_number(value := parameter(url, name))), None)


def tenants_in(page: Tag, url: str) -> tuple[Tenant, ...]:
    """The tenants of the page's menu, without the one that is shown and the entry for all of them."""
    found: dict[str, Tenant] = {}
    for entry in page.select(_MENU):
        name = text(entry)
        if entry.name == "option":
            said = str(entry.get("value") or "")
            key = str(getattr(entry.find_parent("select"), "attrs", {}).get("name", "")).lstrip("_")
            wanted = f"__{key}={said}" if said.isdecimal() else None
        else:
            leads_to = target(entry, url)
            wanted = chosen(leads_to) if leads_to else None
        if name and wanted and name.lower() not in _ALL:
            found.setdefault(wanted, Tenant(name, wanted))
    return tuple(found.values())


def report_empty_tenant(page: Tag, diagnostics: Diagnostics) -> None:
    """Of a calendar without a meeting whose address names no tenant: which tenants there are. The one that is shown
    then is often nobody's, and every month of it would look like a quiet one."""
    if chosen(diagnostics.url) is None and (tenants := tenants_in(page, diagnostics.url)):
        diagnostics.add(
            f"tenants: {', '.join(map(str, tenants))}",
            f"no meeting is shown, and the address names none of {len(tenants)} tenants: write one into the register's "
            "address",
        )


def _is_number(value: str | None) -> bool:
    return value is not None and value.isdecimal()
