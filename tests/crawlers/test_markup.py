"""Reading HTML: encodings as browsers take them, exactly one element, whole addresses."""

from __future__ import annotations

import pytest

from crawlers.markup import address, attribute, decoded, one, parsed, text
from crawlers.reading import PageChanged

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
        with pytest.raises(PageChanged, match=f"expected the letter .*, found {found}"):
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
    with pytest.raises(PageChanged, match="inside each other"):
        parsed(b"<b><i>" * 5000, "https://ris.example.test/")
