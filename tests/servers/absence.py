"""What a test does where no server can be had: it skips and says so loudly."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.servers.ingredients import Missing


@contextmanager
def or_skip() -> Iterator[None]:
    """Skip when something is Missing, but fail where tests/with_elasticsearch could start some."""
    try:
        yield
    except Missing as missing:
        if os.environ.get("RATSLUPE_TEST_ELASTICSEARCH"):
            raise
        pytest.skip(f"NO ELASTICSEARCH: {missing}")
