"""Which reader reads which format, and the way of one file from bytes to an Extraction."""

from __future__ import annotations

from contextlib import closing

from indexer.text import docx, eml, html, odf, pdf, plain, pptx, rtf, spreadsheet
from indexer.text.clean import clean
from indexer.text.extraction import Extraction, Limits, Pages, Reader, Status, Unreadable
from indexer.text.media import PICTURES, Media, claimed, lie, recognise

READERS: dict[Media, Reader] = {
    Media.PDF: pdf.read,
    Media.DOCX: docx.read,
    Media.WORD_XML: docx.read_word_xml,
    Media.XLSX: spreadsheet.read,
    Media.XLS: spreadsheet.read,
    Media.PPTX: pptx.read,
    Media.ODT: odf.read,
    Media.ODS: odf.read,
    Media.ODP: odf.read,
    Media.FLAT_ODT: odf.read_flat,
    Media.FLAT_ODS: odf.read_flat,
    Media.FLAT_ODP: odf.read_flat,
    Media.RTF: rtf.read,
    Media.HTML: html.read,
    Media.EML: eml.read,
    Media.PLAIN: plain.read,
}

NOT_READ: dict[Media, str] = {
    Media.DOC: "old Word format (.doc) is not read yet",
    Media.PPT: "old PowerPoint format (.ppt) is not read yet",
    Media.MSG: "Outlook format (.msg) is not read yet",
    Media.OLE: "old Office container of an unknown kind is not read",
    Media.LOCKED_OFFICE: "encrypted Office document: it opens with a password only",
    Media.ZIP: "ZIP archives are not unpacked",
    Media.XML: "XML of a kind that is not read",
}


def extract_bytes(
    data: bytes, declared_media_type: str | None = None, name: str | None = None, limits: Limits = Limits()
) -> Extraction:
    """The text of one file, in this process. Never raises for a bad file: that is a FAILED Extraction with a reason.

    Of `limits`, `seconds` and `memory_mb` hold only inside an ExtractionPool. MemoryError passes through, because what
    is left of the process then is for its owner to judge.
    """
    if not data:
        return Extraction.failed("empty file (0 bytes)")
    if len(data) > limits.bytes:
        return too_large(len(data), limits)
    try:
        media = recognise(data, declared_media_type, name, limits)
    except Unreadable as error:
        return Extraction.failed(str(error))
    claims = claimed(declared_media_type, name)
    if media is None:
        return Extraction.failed("unknown format" + (f" where {claims[0]} was declared" if claims else ""))
    if media in PICTURES:
        return Extraction(Status.NO_TEXT, "a picture; text in pictures is not read yet", media.value, (), 1, 1)
    if reason := lie(data, media, claims) or NOT_READ.get(media):
        return Extraction.failed(reason, media.value)
    return _read(data, media, limits)


def too_large(size: int, limits: Limits) -> Extraction:
    """The Extraction of a file that is not even looked at."""
    return Extraction.failed(f"file of {size} bytes; at most {limits.bytes} are read")


def _read(data: bytes, media: Media, limits: Limits) -> Extraction:
    try:
        pages = READERS[media](data, limits)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - on a broken file, a library may raise anything
        return Extraction.failed(_why(error, media), media.value)
    texts, reason = _collect(pages, media, limits)
    empty = sum(not text for text in texts)
    if len(texts) > empty:
        return Extraction(Status.TEXT, reason, media.value, tuple(texts), empty, pages.total)
    if reason:
        return Extraction(Status.FAILED, reason, media.value, (), empty, pages.total)
    return Extraction(Status.NO_TEXT, _without_text(media, pages.total), media.value, (), empty, pages.total)


def _collect(pages: Pages, media: Media, limits: Limits) -> tuple[list[str], str | None]:
    """Cleaned pages, and why they are not all there; None when they are."""
    texts: list[str] = []
    room = limits.characters
    with closing(pages.texts) as raw_texts:
        try:
            for raw in raw_texts:
                if len(texts) == limits.pages:
                    return texts, f"cut after {limits.pages} of {pages.total or 'more'} pages"
                text = clean(raw[: 2 * room + 1000])  # the most that can be needed; cleaning shortens
                texts.append(text[:room])
                if len(text) > room or len(raw) > 2 * room + 1000:
                    return texts, f"cut after {limits.characters} characters"
                room -= len(text)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - on a broken file, a library may raise anything
            return texts, _why(error, media)
    return texts, None


def _without_text(media: Media, total: int | None) -> str:
    if media is Media.PDF:
        return f"no text layer on its {total} pages" if total != 1 else "no text layer on its only page"
    return "a document without text"


def _why(error: Exception, media: Media) -> str:
    if isinstance(error, Unreadable):
        return " ".join(str(error).split())[:300]
    return f"broken file ({media}): {type(error).__name__}: {' '.join(str(error).split())[:200]}"
