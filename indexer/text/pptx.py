"""PowerPoint presentations (pptx, pptm, ppsx, potx) → a page a slide, with python-pptx."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable
from typing import Any

from pptx.package import Package

from indexer.text.extraction import Limits, Pages
from indexer.text.zipped import verify


def read(data: bytes, limits: Limits) -> Pages:
    """Every slide: text boxes, groups and tables in drawing order, then the speaker's notes.

    Opened as a package, since `pptx.Presentation()` refuses slide shows and templates.
    """
    verify(data, limits)
    slides = Package.open(io.BytesIO(data)).main_document_part.presentation.slides
    return Pages(_texts(slides), len(slides))


def _texts(slides: Any) -> Generator[str, None, None]:
    for slide in slides:
        pieces = list(_pieces(slide.shapes))
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
            pieces.append(notes.text)
        yield "\n".join(pieces)


def _pieces(shapes: Iterable[Any]) -> Generator[str, None, None]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _pieces(shape.shapes)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
        elif shape.has_text_frame:
            yield shape.text_frame.text
