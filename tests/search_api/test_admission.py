"""Many requests at once: some are worked on, some wait, the others are sent away at once; who has left is dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api import admission
from search_api.admission import AdmissionMiddleware
from search_api.app import create_app
from search_api.settings import SearchSettings
from tests.search_api.conftest import Client
from tests.search_api.fake_index import FakeIndex
from tests.search_api.invented import Town

Leave = Callable[[], None]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MAX_RUNNING", 2)
    monkeypatch.setattr(admission, "MAX_WAITING", 3)


class SlowApp:
    """Answers nobody before it is told to; counts whom it works for."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.paths: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.paths.append(scope["path"])
        await self.go.wait()
        assert (await receive())["type"] == "http.request"
        await JSONResponse({})(scope, receive, send)


async def ask(app: ASGIApp, path: str, left: asyncio.Event | None = None) -> int | None:
    """The status; None where no answer was begun."""
    sent: list[Message] = []
    body: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if body:
            return body.pop()
        await (left or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http", "path": path, "method": "GET", "headers": []}, receive, send)
    return int(sent[0]["status"]) if sent else None


def told(work: Callable[[SlowApp, ASGIApp], Awaitable[None]]) -> None:
    async def run() -> None:
        slow = SlowApp()
        await work(slow, AdmissionMiddleware(slow, lambda request, error: JSONResponse({}, 503)))

    asyncio.run(run())


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_full_queue_is_told_at_once_and_the_others_are_answered() -> None:
    async def work(slow: SlowApp, app: ASGIApp) -> None:
        asked = [asyncio.create_task(ask(app, f"/{number}")) for number in range(5)]
        await settle()
        assert slow.paths == ["/0", "/1"]
        assert await ask(app, "/late") == 503
        slow.go.set()
        assert await asyncio.gather(*asked) == [200] * 5
        assert await ask(app, "/again") == 200

    told(work)


def test_health_is_told_beside_a_full_queue() -> None:
    async def work(slow: SlowApp, app: ASGIApp) -> None:
        asked = [asyncio.create_task(ask(app, f"/{number}")) for number in range(6)]
        asked += [asyncio.create_task(ask(app, "/healthz"))]
        await settle()
        assert "/healthz" in slow.paths
        slow.go.set()
        assert (await asyncio.gather(*asked)).count(503) == 1

    told(work)


def test_work_of_a_client_that_leaves_while_it_waits_is_never_begun() -> None:
    async def work(slow: SlowApp, app: ASGIApp) -> None:
        left = asyncio.Event()
        asked = [asyncio.create_task(ask(app, f"/{number}")) for number in range(2)]
        asked += [asyncio.create_task(ask(app, "/gone", left)), asyncio.create_task(ask(app, "/stays"))]
        await settle()
        left.set()
        await settle()
        slow.go.set()
        assert await asyncio.gather(*asked) == [200, 200, None, 200]
        assert "/gone" not in slow.paths
        assert [await ask(app, "/next") for _ in range(4)] == [200] * 4  # no turn was lost

    told(work)


def test_who_waits_too_long_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MAX_WAIT_SECONDS", 0.01)

    async def work(slow: SlowApp, app: ASGIApp) -> None:
        asked = [asyncio.create_task(ask(app, f"/{number}")) for number in range(3)]
        assert await asked[2] == 503
        slow.go.set()
        assert await asyncio.gather(*asked[:2]) == [200, 200]

    told(work)


def test_too_much_at_once_is_a_problem_with_the_time_to_come_again(
    settings: SearchSettings, town: Town, index: FakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "MAX_RUNNING", 0)
    monkeypatch.setattr(admission, "MAX_WAITING", 0)
    client = Client(create_app(settings, index, town.archive, town))
    for path in ("/api/v1/search?q=Radweg", "/suche?q=Radweg"):
        answer: httpx.Response = client.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/api/v1/search").json()["type"].endswith("#overloaded")
    assert "sehr viele auf einmal" in client.page("/suche?q=Radweg", 503).text
    assert client.get("/healthz").status_code == 200
