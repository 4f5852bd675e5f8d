"""How a crawl behaves: read from the environment once, by a function, and turned into Scrapy's own settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from council.municipality import Municipality
from crawlers.fetching.private_networks import named_addresses
from crawlers.fetching.resolver import Lookup, system_lookup

PURPOSE = "https://ratslupe.example/crawler"


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """`contact` and `purpose` stand in the User-Agent: whom to ask, and where the crawler is explained.
    `max_bytes`, `timeout_seconds`, `max_seconds` bound one answer and one whole crawl. `lookup` finds a
    host's addresses."""

    contact: str | None = None
    purpose: str = PURPOSE
    max_bytes: int = 100 * 1024 * 1024
    timeout_seconds: float = 120
    max_seconds: float = 20 * 3600
    retries: int = 4
    lookup: Lookup = system_lookup

    @property
    def user_agent(self) -> str:
        """Name, version, purpose and contact, as an operator wants to read them in a log."""
        where = f"+{self.purpose}" + (f"; {self.contact}" if self.contact else "")
        return f"Ratslupe/{_version()} ({where})"


def crawl_settings(environment: Mapping[str, str] = os.environ) -> CrawlSettings:
    """RATSLUPE_CONTACT (e-mail address of whoever runs this) and RATSLUPE_PURPOSE_URL. Raises ValueError for a purpose
    that is no address."""
    purpose = environment.get("RATSLUPE_PURPOSE_URL", "").strip() or PURPOSE
    if not purpose.startswith(("http://", "https://")):
        raise ValueError(f"RATSLUPE_PURPOSE_URL is {purpose!r}: write an address such as https://suche.example/crawler")
    return CrawlSettings(contact=environment.get("RATSLUPE_CONTACT", "").strip() or None, purpose=purpose)


def scrapy_settings(municipality: Municipality, settings: CrawlSettings) -> dict[str, Any]:
    """Scrapy's settings for one crawl of one municipality."""
    parallel = municipality.politeness.parallel
    delay = municipality.politeness.delay_seconds
    return {
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_PARSER": "crawlers.fetching.robots.OurRules",
        "ROBOTSTXT_OBEY": not municipality.robots.ignore,
        "CONCURRENT_REQUESTS_PER_DOMAIN": parallel,
        # Requests that wait for their second try count too; they must not keep the others from going on.
        "CONCURRENT_REQUESTS": parallel * 4,
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": 60,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(parallel),
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
        "CLOSESPIDER_TIMEOUT": settings.max_seconds,
        "RETRY_TIMES": settings.retries,
        "RETRY_HTTP_CODES": [429, 500, 502, 503, 504, 520, 521, 522, 524],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "REDIRECT_MAX_TIMES": 5,
        "HTTPERROR_ALLOW_ALL": True,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DNS_TIMEOUT": 30,
        "TWISTED_DNS_RESOLVER": "crawlers.fetching.resolver.JudgingResolver",
        "ADDRESS_LOOKUP": settings.lookup,
        "NAMED_ADDRESSES": sorted(map(str, named_addresses(municipality))),
        # A source names addresses; none of them may be a file of this machine.
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "MEMUSAGE_ENABLED": False,
        "EXTENSIONS": {
            "crawlers.fetching.progress.Progress": 0,
            "scrapy.extensions.remote_control.RemoteControl": None,
            "scrapy.extensions.logstats.LogStats": None,
        },
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawlers.fetching.robots.RobotsMiddleware": 100,
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
            "crawlers.fetching.cookies.OwnCookies": 700,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawlers.fetching.retry.PatientRetry": 550,
            "crawlers.fetching.politeness.OneProviderOneSlot": 950,
        },
        "ITEM_PIPELINES": {
            "crawlers.fetching.pipelines.ArchivePipeline": 100,
        },
    }


def _version() -> str:
    try:
        return version("ratslupe")
    except PackageNotFoundError:
        return "0"
