"""Nothing from outside forges a line of the log, or acts on the terminal that shows it."""

from __future__ import annotations

import logging
import sys

import pytest

from ratslupe.log import OneLine, set_up_logging

FORGED = "x\n2026-11-30 12:00:00 INFO ratslupe.access: GET /forged 200 0.1 ms\x1b[31m\u202e"


def test_a_message_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    logging.getLogger("ratslupe.access").info("GET %s", FORGED)
    logged = capsys.readouterr().err
    assert logged.count("\n") == 1
    assert logged.rstrip("\n").isprintable()
    assert r"GET x\n2026-11-30 12:00:00 INFO" in logged


def test_what_follows_an_error_is_set_in() -> None:
    try:
        raise ValueError(FORGED)
    except ValueError:
        record = logging.LogRecord("ratslupe", logging.ERROR, "", 1, "fault", None, sys.exc_info())
    first, *rest = OneLine("%(message)s").format(record).split("\n")
    assert first == "fault"
    assert rest
    assert all(line.startswith("  ") and line.isprintable() for line in rest)
