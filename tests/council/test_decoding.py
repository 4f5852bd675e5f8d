"""Which text bytes stand for: marks, what is declared, two encodings in one text."""

from __future__ import annotations

import codecs

import pytest

from council.decoding import decode

TEXT = "Größe – „Maß“ 5 €"


@pytest.mark.parametrize(
    "declared", [None, "utf-8", "iso-8859-1", "us-ascii", "utf-16", "no-such-thing", "a\0b", "zip"]
)
@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("windows-1252"),
        "Größe".encode() + " – „Maß“ 5 €".encode("windows-1252"),
        "Größe – „".encode("windows-1252") + "Maß“ 5 €".encode(),
        *(mark + TEXT.encode(name) for mark, name in (
            (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
        )),
    ],
)  # fmt: skip
def test_a_text_is_the_same_in_every_encoding_whatever_is_declared(data: bytes, declared: str | None) -> None:
    assert decode(data, (declared,)) == TEXT


def test_the_first_declaration_that_fits_counts() -> None:
    assert decode("Dvořák".encode("iso-8859-2"), (None, "nonsense", "iso-8859-2", "iso-8859-5")) == "Dvořák"


def test_a_text_that_is_cut_in_the_middle_of_a_letter_keeps_the_rest() -> None:
    assert decode("Größe für Rätekräfte ü".encode()[:-1]).startswith("Größe für Rätekräfte ")


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_a_byte_that_means_nothing_is_a_control_character(byte: int) -> None:
    assert decode(b"Stra\xdfe " + bytes([byte])) == f"Straße {chr(byte)}"
