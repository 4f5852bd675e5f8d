"""Real council files, where they are laid beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.text import Status, extract_bytes
from indexer.text.readers import NOT_READ

SHARED = Path(__file__).parents[3].parent / "shared"
PDFS = SHARED / "data" / "pdfs"
OFFICE = SHARED / "data" / "office"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PDFS.is_dir() or not OFFICE.is_dir(), reason="no ../shared/data beside the repository"),
]


@pytest.mark.parametrize("path", sorted(OFFICE.glob("test-*")), ids=lambda path: path.name)
def test_office_files_are_read_or_say_why(path: Path) -> None:
    extraction = extract_bytes(path.read_bytes(), None, path.name)
    if path.suffix in (".doc", ".ppt", ".uot", ".uos"):
        assert extraction.status is Status.FAILED
        assert extraction.reason in NOT_READ.values()
    else:
        text = "\n".join(extraction.pages)
        assert extraction.status is Status.TEXT
        assert extraction.reason is None
        assert "okument" in text
        assert "\ufffd" not in text


@pytest.mark.parametrize("path", sorted(PDFS.glob("dessau/*.pdf")), ids=lambda path: path.name[:12])
def test_born_digital_pdfs_have_text(path: Path) -> None:
    extraction = extract_bytes(path.read_bytes(), "application/pdf", path.name)
    assert (extraction.status, extraction.reason) == (Status.TEXT, None)
    assert len(extraction.pages) == extraction.pages_total
    assert extraction.pages_without_text <= 1
    assert not any("\ufffe" in page or "\r" in page or "\u00ad" in page for page in extraction.pages)


def test_words_are_whole_again() -> None:
    [path] = PDFS.glob("koeln/18_*.pdf")
    pages = extract_bytes(path.read_bytes(), "application/pdf", path.name).pages
    assert len(pages) == 13
    assert "Arbeitsplatzzahlen, nach denen Köln" in pages[2]
    assert "sozialversicherungspflichtig Beschäftigte hat" in pages[2]


@pytest.mark.parametrize("path", sorted(PDFS.glob("scanned/*.pdf")), ids=lambda path: path.name)
def test_scans_have_a_text_layer_or_say_that_they_have_none(path: Path) -> None:
    extraction = extract_bytes(path.read_bytes(), "application/pdf", path.name)
    with_layer = path.stem in ("359812", "382656")
    assert extraction.status is (Status.TEXT if with_layer else Status.NO_TEXT)
    assert with_layer or (extraction.reason or "").startswith("no text layer")
    assert extraction.pages_without_text == (0 if with_layer else extraction.pages_total)
