"""What a file really is: by its first bytes and its contents, whatever its server or its name say."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum

from council.decoding import decode
from indexer.text.extraction import Limits
from indexer.text.zipped import content_types, entry, open_zip


class Media(StrEnum):
    """The media types that are told apart; names as IANA or the vendors register them."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    FLAT_ODT = "application/vnd.oasis.opendocument.text-flat-xml"
    FLAT_ODS = "application/vnd.oasis.opendocument.spreadsheet-flat-xml"
    FLAT_ODP = "application/vnd.oasis.opendocument.presentation-flat-xml"
    WORD_XML = "application/vnd.ms-wordml"
    RTF = "application/rtf"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"
    MSG = "application/vnd.ms-outlook"
    LOCKED_OFFICE = "application/vnd.ms-office.encrypted"
    OLE = "application/x-ole-storage"
    HTML = "text/html"
    EML = "message/rfc822"
    PLAIN = "text/plain"
    XML = "application/xml"
    ZIP = "application/zip"
    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    WEBP = "image/webp"
    SVG = "image/svg+xml"


PICTURES = frozenset({Media.JPEG, Media.PNG, Media.GIF, Media.TIFF, Media.BMP, Media.WEBP, Media.SVG})

_BY_EXTENSION = {
    "pdf": Media.PDF, "docx": Media.DOCX, "docm": Media.DOCX, "dotx": Media.DOCX, "xlsx": Media.XLSX,
    "xlsm": Media.XLSX, "pptx": Media.PPTX, "pptm": Media.PPTX, "ppsx": Media.PPTX, "odt": Media.ODT, "ott": Media.ODT,
    "ods": Media.ODS, "odp": Media.ODP, "rtf": Media.RTF, "doc": Media.DOC, "dot": Media.DOC, "xls": Media.XLS,
    "ppt": Media.PPT, "pps": Media.PPT, "msg": Media.MSG, "zip": Media.ZIP, "jpg": Media.JPEG, "jpeg": Media.JPEG,
    "png": Media.PNG, "gif": Media.GIF, "tif": Media.TIFF, "tiff": Media.TIFF, "bmp": Media.BMP, "webp": Media.WEBP,
    "htm": Media.HTML, "html": Media.HTML, "txt": Media.PLAIN, "csv": Media.PLAIN, "eml": Media.EML,
}  # fmt: skip
_ALIASES = {
    "application/x-pdf": Media.PDF, "text/rtf": Media.RTF, "application/x-rtf": Media.RTF, "image/jpg": Media.JPEG,
    "application/x-zip-compressed": Media.ZIP, "application/xhtml+xml": Media.HTML, "text/csv": Media.PLAIN,
    "application/vnd.ms-word": Media.DOC, "application/x-msword": Media.DOC, "application/msexcel": Media.XLS,
    "application/mspowerpoint": Media.PPT,
}  # fmt: skip
_MAGIC = (
    (b"{\\rtf", Media.RTF), (b"\xff\xd8\xff", Media.JPEG), (b"\x89PNG\r\n\x1a\n", Media.PNG), (b"GIF8", Media.GIF),
    (b"II*\0", Media.TIFF), (b"MM\0*", Media.TIFF), (b"II+\0", Media.TIFF), (b"MM\0+", Media.TIFF),
)  # fmt: skip
_PDF = re.compile(rb"%PDF-\d")
_PDF_WITHIN = 1024
"""Bytes of rubbish that readers tolerate before a PDF (PDF 1.7 reference, implementation note 13 in appendix H)."""
_OOXML = (
    (re.compile(r"(wordprocessingml|ms-word)\.\S*main"), "word/document.xml", Media.DOCX),
    (re.compile(r"(spreadsheetml|ms-excel)\.\S*main"), "xl/workbook.xml", Media.XLSX),
    (re.compile(r"(presentationml|ms-powerpoint)\.\S*main"), "ppt/presentation.xml", Media.PPTX),
)
_OPEN_DOCUMENT = (
    (re.compile(r"application/(vnd\.oasis\.opendocument|vnd\.sun\.xml)\.(spreadsheet|calc|chart)"), Media.ODS),
    (
        re.compile(r"application/(vnd\.oasis\.opendocument|vnd\.sun\.xml)\.(presentation|impress|graphics|draw)"),
        Media.ODP,
    ),
    (re.compile(r"application/(vnd\.oasis\.opendocument|vnd\.sun\.xml)\.(text|writer)"), Media.ODT),
)
_FLAT = {Media.ODT: Media.FLAT_ODT, Media.ODS: Media.FLAT_ODS, Media.ODP: Media.FLAT_ODP}
_OLE_STREAMS = (
    ("EncryptedPackage", Media.LOCKED_OFFICE),
    ("__properties_version1.0", Media.MSG),
    ("WordDocument", Media.DOC),
    ("PowerPoint Document", Media.PPT),
    ("Workbook", Media.XLS),
    ("Book", Media.XLS),
)
"""Names in an OLE container that tell its kind. The first that occurs wins, but for a claim that also fits."""
_BEFORE_ROOT = r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+"
"""Atomic and possessive, for a file of nothing but comments must not keep the pattern busy for ever."""
_XML_ROOT = re.compile(_BEFORE_ROOT + r"<([\w:.-]+)([^>]*)", re.S | re.I)
_HTML_START = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body|title|meta|script|style|div|p|table|h\d|br|b)(?=[\s/>])",
    re.S | re.I,
)
_ANY_TAG = re.compile(r"<[a-z][^>]*>", re.I)
_OFFICE_HTML = re.compile(r"urn:schemas-microsoft-com:office", re.I)
_MAIL_HEADER = re.compile(r"(From|To|Cc|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|X-[\w-]+):", re.I)
_HEADER_LINE = re.compile(r"[!-9;-~]+:|[ \t]+\S")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def recognise(
    data: bytes, declared: str | None = None, name: str | None = None, limits: Limits | None = None
) -> Media | None:
    """What `data` is; None when no known format fits. `declared` and `name` only break ties.

    Raises Unreadable for a ZIP container that is broken, encrypted or a bomb.
    """
    claims = claimed(declared, name)
    if _PDF.search(data, 0, _PDF_WITHIN + 8):
        return Media.PDF
    for magic, media in _MAGIC:
        if data.startswith(magic):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Media.WEBP
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return Media.BMP
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data, limits or Limits())
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_ole(data, claims)
    return _in_text(data, claims)


def claimed(declared: str | None, name: str | None) -> tuple[Media, ...]:
    """What the declared media type and the file name say, in this order; vague words (octet-stream) claim nothing."""
    claims = []
    media_type = (declared or "").partition(";")[0].strip().lower()
    if media_type in _ALIASES:
        claims.append(_ALIASES[media_type])
    elif media_type in set(Media):
        claims.append(Media(media_type))
    extension = (name or "").rpartition(".")[2].strip().lower()
    if extension in _BY_EXTENSION:
        claims.append(_BY_EXTENSION[extension])
    return tuple(claims)


def lie(data: bytes, media: Media, claims: tuple[Media, ...]) -> str | None:
    """Why `data` must not be taken for the document it claims to be; None when it may.

    A log-in or error page comes as HTML, plain text or XML where a document was promised. Word and Excel save HTML
    under .doc and .xls, though, and say so inside.
    """
    kinds = {Media.HTML: "HTML page", Media.PLAIN: "plain text", Media.XML: "XML"}
    if media not in kinds:
        return None
    promised = next((claim for claim in claims if claim not in (*kinds, Media.EML)), None)
    if promised is None:
        return None
    if media is Media.HTML and promised in (Media.DOC, Media.XLS) and _OFFICE_HTML.search(_head(data)):
        return None
    return f"{kinds[media]} where {promised} was declared"


def _in_zip(data: bytes, limits: Limits) -> Media:
    with open_zip(data, limits) as archive:
        names = set(archive.namelist())
        types = content_types(archive).values()
        for pattern, main_part, media in _OOXML:
            if any(pattern.search(part) for part in types) or main_part in names:
                return media
        if "mimetype" in names:
            return _open_document(entry(archive, "mimetype")[:200].decode("ascii", "replace")) or Media.ZIP
        return _without_mimetype(archive, names)


def _without_mimetype(archive: zipfile.ZipFile, names: set[str]) -> Media:
    """Some writers leave out the entry that should say that this is an OpenDocument; the manifest says it as well."""
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        return _open_document(entry(archive, "META-INF/manifest.xml").decode("utf-8", "replace")) or Media.ZIP
    return Media.ZIP


def _open_document(text: str) -> Media | None:
    found = [(match.start(), media) for pattern, media in _OPEN_DOCUMENT if (match := pattern.search(text))]
    return min(found)[1] if found else None


def _in_ole(data: bytes, claims: tuple[Media, ...]) -> Media:
    """Which Office program wrote an OLE container; an embedded object brings a second program's names along."""
    kinds = [media for stream, media in _OLE_STREAMS if f"{stream}\0".encode("utf-16-le") in data]
    if kinds and kinds[0] in (Media.LOCKED_OFFICE, Media.MSG):
        return kinds[0]
    return next((claim for claim in claims if claim in kinds), kinds[0] if kinds else Media.OLE)


def _in_text(data: bytes, claims: tuple[Media, ...]) -> Media | None:
    head = _head(data)
    if _HTML_START.match(head) or (Media.HTML in claims and _ANY_TAG.search(head)):
        return Media.HTML
    stripped = head.lstrip()
    if stripped.startswith(("<?xml", "<!--", "<!DOCTYPE")) or re.match(r"<[\w.-]+[:\s>]", stripped):
        xml = _in_xml(head)
        return Media.PLAIN if xml is Media.XML and Media.PLAIN in claims else xml
    if _is_mail(head):
        return Media.EML
    return Media.PLAIN if _is_text(data) else None


def _in_xml(head: str) -> Media:
    found = _XML_ROOT.match(head)
    root, attributes = (found[1].rpartition(":")[2].lower(), found[2]) if found else ("", "")
    if root == "html":
        return Media.HTML
    if root == "document" and (kind := _open_document(attributes)):
        return _FLAT[kind]
    return {"worddocument": Media.WORD_XML, "svg": Media.SVG}.get(root, Media.XML)


def _is_mail(head: str) -> bool:
    """Two known header lines before anything that is not a header line."""
    known = 0
    for line in head.splitlines():
        if not _HEADER_LINE.match(line):
            break
        known += bool(_MAIL_HEADER.match(line))
    return known >= 2


def _is_text(data: bytes) -> bool:
    """No bytes that text does not have; UTF-16 and UTF-32 only with a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    sample = data[:65536]
    return len(_CONTROL.findall(sample)) * 1000 <= len(sample)


def _head(data: bytes) -> str:
    """The beginning as text: enough for the first tag of a flat OpenDocument with all its namespaces."""
    return decode(data[:16384])
