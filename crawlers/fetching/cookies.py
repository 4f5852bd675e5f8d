"""Cookies of a crawl: kept for the host that sent them, and for no other."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import Cookie
from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.utils.httpobj import urlparse_cached


class OwnCookies(CookiesMiddleware):
    """Only cookies of the host that sent them. Scrapy's own (2.19) takes wider ones too and fetches the list of public
    suffixes from the web to do so, at the first cookie of every crawl."""

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: Any, request: Request) -> None:
        host = (urlparse_cached(request).hostname or "").lower()
        for cookie in cookies:
            if cookie.domain.removeprefix(".") in (host, f"{host}.local"):  # a name without a dot gets one (RFC 2965)
                jar.set_cookie_if_ok(cookie, request)
