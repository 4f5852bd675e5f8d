"""Excel workbooks (xlsx, xlsm, xlsb, xls) → a page a sheet, with calamine."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from indexer.text.extraction import Limits, Pages, Unreadable
from indexer.text.zipped import verify


def read(data: bytes, limits: Limits) -> Pages:
    """The visible sheets: name, then a line a row with tabs between the cells. Hidden sheets are not for the public.

    Numbers and dates are written as a German reader writes them (1234,5; 31.12.2026), for the display format of a cell
    is not known.
    """
    if data.startswith(b"PK"):
        verify(data, limits)
    try:
        with _panics():
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Unreadable("encrypted workbook: it opens with a password only") from error
    except (CalamineError, ZipError) as error:
        raise Unreadable(f"broken workbook: {error}") from error
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]
    return Pages(_texts(workbook, names, limits), len(names))


def _texts(workbook: CalamineWorkbook, names: list[str], limits: Limits) -> Generator[str, None, None]:
    try:
        for name in names:
            with _panics():
                text = _rows(workbook.get_sheet_by_name(name), limits)
            yield f"{name}\n{text}" if text.strip() else ""
    finally:
        workbook.close()


def _rows(sheet: CalamineSheet, limits: Limits) -> str:
    lines, room = [], limits.characters
    for row in sheet.iter_rows():
        lines.append("\t".join(_cell(value) for value in row).rstrip())
        room -= len(lines[-1])
        if room < 0:
            break
    return "\n".join(lines)


@contextmanager
def _panics() -> Iterator[None]:
    """A panic of calamine's Rust code arrives as a BaseException that no library exports."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unreadable("broken workbook: its reader gave up") from error
        raise


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, dt.datetime):
        return value.strftime("%d.%m.%Y" if value.time() == dt.time() else "%d.%m.%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return " ".join(str(value).split())
