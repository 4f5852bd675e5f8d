"""Renders pages: the templates, and the static files under names that change with what is in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from search_api import formats
from search_api.contexts import PageFrame
from search_api.links import id_path, municipality_path, page_path, text_path, web_url

HERE: Final = Path(__file__).parent
FOR_EVER: Final = "public, max-age=31536000, immutable"
STATIC: Final = (
    ("style.css", "text/css; charset=utf-8"),
    ("icon.svg", "image/svg+xml"),
    ("suggest.js", "text/javascript; charset=utf-8"),
)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that never changes under its name."""

    path: str
    media_type: str
    content: bytes

    def response(self) -> Response:
        """The file as an answer."""
        return Response(self.content, media_type=self.media_type, headers={"Cache-Control": FOR_EVER})


class TemplateRenderer:
    """Templates and static files, read once."""

    def __init__(self, demo: bool = False) -> None:
        self._demo = demo
        self.static = {name: _static(name, media_type) for name, media_type in STATIC}
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "day": formats.day,
            "moment": formats.moment,
            "number": formats.number,
            "size": formats.size,
            "marked": formats.marked,
            "web": web_url,
        }
        self._templates.globals |= {
            "page_path": page_path,
            "id_path": id_path,
            "text_path": text_path,
            "municipality_path": municipality_path,
        }

    def render(
        self,
        template: str,
        page: object,
        section: str = "",
        status: int = 200,
        noindex: bool = False,
        address: str = "",
    ) -> HTMLResponse:
        """One page. `page` is its context."""
        style, icon, script = (self.static[name].path for name, _ in STATIC)
        frame = PageFrame(style, icon, script, section, noindex, self._demo, address)
        html = self._templates.get_template(template).render(page=page, frame=frame)
        return HTMLResponse(html, status)


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders the page of one address."""

    templates: TemplateRenderer
    address: str

    def render(self, template: str, page: object, section: str = "", noindex: bool = False) -> HTMLResponse:
        """See TemplateRenderer."""
        return self.templates.render(template, page, section, noindex=noindex, address=self.address)


def _static(name: str, media_type: str) -> StaticFile:
    content = (HERE / "static" / name).read_bytes()
    stem, _, suffix = name.partition(".")
    return StaticFile(f"/static/{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}", media_type, content)
