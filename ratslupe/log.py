"""How the project speaks on the terminal: plain lines with time, level and who says it."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from council.printable import printable_line, printable_lines


class OneLine(logging.Formatter):
    """A message is one line, whatever stands in it; what follows an error is set in and passes for none."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return printable_line(super().formatMessage(record))

    def formatException(  # noqa: N802 - the same
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return _set_in(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - the same
        return _set_in(super().formatStack(stack_info))


def set_up_logging(verbose: bool = False, quiet: bool = False) -> None:
    """Lines on stderr. Libraries, and with `quiet` everybody, are only heard when something is wrong."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
    level = logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO
    logging.getLogger("ratslupe").setLevel(level)
    for name in ("scrapy", "twisted", "apscheduler", "alembic", "elastic_transport"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _set_in(text: str) -> str:
    return "\n".join(f"  {line}" for line in printable_lines(text).split("\n"))
