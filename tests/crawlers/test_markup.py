"""Reading HTML: encodings as browsers take them, exactly one element, whole addresses."""

from __future__ import annotations

import pytest

from crawlers.parsing.errors import UnexpectedResponse
from crawlers.parsing.html import address, apply_base, attribute, base_address, decoded, one, parsed, text

URL = "https://rat.example/bi/si0040.php"


@pytest.mark.parametrize(
    ("body", "charset", "expected"),
    [
        ("Größe".encode(), None, "Größe"),
        (b"\xef\xbb\xbf" + "Größe".encode(), "iso-8859-1", "Größe"),
        ("Größe – „ja“".encode("windows-1252"), None, "Größe – „ja“"),
        ('<meta charset="iso-8859-1">Größe „ja“'.encode("windows-1252"), None, '<meta charset="iso-8859-1">Größe „ja“'),
        ("Größe".encode("windows-1252"), "utf-8", "Größe"),
        ("Größe".encode(), "no-such-thing", "Größe"),
    ],
)
def test_encodings(body: bytes, charset: str | None, expected: str) -> None:
    assert decoded(body, charset) == expected


def test_one_is_one() -> None:
    page = parsed(b"<p>a</p><p>b</p><i>c</i>", URL)
    assert text(one(page, "i", URL, "the letter")) == "c"
    for selector, found in (("p", "more than one"), ("b", "none")):
        with pytest.raises(UnexpectedResponse, match=f"expected the letter .*, found {found}"):
            one(page, selector, URL, "the letter")


def test_texts_and_attributes_are_tidy() -> None:
    page = parsed(b'<p class="a  b" title=" x&nbsp; y ">&nbsp;A<b>B</b>\n C </p><i> </i>', URL)
    assert text(page.p) == "A B C"
    assert text(page.i) is None
    assert (attribute(page.p, "title"), attribute(page.p, "class"), attribute(page.p, "id")) == ("x y", "a b", None)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("vo0050.php?__kvonr=1&amp;x=2#top", "https://rat.example/bi/vo0050.php?__kvonr=1&x=2"),
        ("/getfile.asp?id=1&type=do&", "https://rat.example/getfile.asp?id=1&type=do&"),
        ("a b.pdf", "https://rat.example/bi/a%20b.pdf"),
        ("#", None),
        ("mailto:x@y.example", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_addresses_are_whole(href: str, expected: str | None) -> None:
    assert address(parsed(f'<a href="{href}">x</a>'.encode(), URL).a, URL) == expected


def test_elements_that_are_never_closed_are_refused_and_a_deep_table_is_not() -> None:
    deep = "<div>" * 200 + "Rat" + "</div>" * 200
    assert parsed(deep.encode(), "https://ris.example.test/").get_text() == "Rat"
    with pytest.raises(UnexpectedResponse, match="inside each other"):
        parsed(b"<b><i>" * 5000, "https://ris.example.test/")


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="https://hoster.example/bi/">', "https://hoster.example/bi/"),
        ('<base href="/public/"><base href="/second/">', "https://rat.example/public/"),
        ('<base target="_top">', URL),
        ('<base href="javascript:x">', URL),
        ('<base href="http://[">', URL),
        ("", URL),
    ],
)
def test_what_relative_addresses_are_meant_against(base: str, expected: str) -> None:
    assert base_address(parsed(f"<html><head>{base}</head></html>".encode(), URL), URL) == expected


def test_a_base_says_what_relative_addresses_mean() -> None:
    links = '<a href="a.php?x=1">x</a><a href="#top">x</a><a href="mailto:x@y.example">x</a><a href="http://[bad">x</a>'
    others = '<form action="./b"></form><option value="c.php">x</option><option value="7">x</option>'
    page = parsed(f'<base href="/ris/">{links}{others}'.encode(), URL)
    assert apply_base(page, URL) == "https://rat.example/ris/"
    assert [attribute(one, "href") for one in page.select("a")] == [
        "https://rat.example/ris/a.php?x=1", "#top", "mailto:x@y.example", "http://[bad",
    ]  # fmt: skip
    assert attribute(page.form, "action") == "https://rat.example/ris/b"
    assert [attribute(one, "value") for one in page.select("option")] == ["https://rat.example/ris/c.php", "7"]


@pytest.mark.parametrize("base", ["", URL, "mailto:x@y.example", "http://[broken", "#x"])
def test_what_is_no_base_changes_nothing(base: str) -> None:
    page = parsed(f'<base href="{base}"><a href="a.php">x</a>'.encode(), URL)
    assert apply_base(page, URL) is None
    assert attribute(page.a, "href") == "a.php"


def test_a_charset_with_a_zero_byte_is_none() -> None:
    assert decoded(b'<meta charset="utf\x00-8"><p>R\xc3\xa4te').endswith("Räte")


def test_xml_in_place_of_a_page_is_no_warning() -> None:  # all warnings are errors here
    page = parsed(b'<?xml version="1.0"?><feed><title>Bekanntmachungen</title></feed>', "https://ris.example/feed")
    assert text(page.select_one("title")) == "Bekanntmachungen"
