"""What a test can do to a running server."""

from __future__ import annotations

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tests.simulation.faults import failing, failing_share, slow
from tests.simulation.oparl import EditableOParl
from tests.townhall.client import everything, get
from tests.waiting import stretched


def paper_list(server: EditableOParl) -> str:
    return f"{server.base}/oparl/v1.1/body/1/paper"


def with_file(server: EditableOParl) -> str:
    return next(identity for identity in server.ids("paper") if "mainFile" in server.json_of(identity))


def test_delete_takes_the_files_along(server: EditableOParl) -> None:
    paper = with_file(server)
    file = server.json_of(paper)["mainFile"]
    server.delete(paper)
    assert get(paper).json["deleted"] is True
    assert get(file["id"]).json["deleted"] is True
    assert get(file["accessUrl"]).status == 410


def test_vanish_says_nothing(server: EditableOParl) -> None:
    paper = with_file(server)
    file = server.json_of(paper)["mainFile"]
    server.vanish(paper)
    assert get(paper).status == get(file["id"]).status == get(file["accessUrl"]).status == 404
    assert paper not in {
        record["id"] for record in everything(paper_list(server) + "?modified_since=2000-01-01T00:00:00Z")
    }


@pytest.mark.parametrize("status", [401, 403])
def test_forbid(server: EditableOParl, status: int) -> None:
    paper = with_file(server)
    address = server.json_of(paper)["mainFile"]["accessUrl"]
    server.forbid(paper, status)
    assert get(paper).status == get(address).status == status
    assert paper not in {record["id"] for record in everything(paper_list(server))}


def test_withdraw_and_change_a_file(server: EditableOParl) -> None:
    paper = with_file(server)
    before = server.json_of(paper)
    identity, address = before["mainFile"]["id"], before["mainFile"]["accessUrl"]
    old = get(address).body
    server.change_file(identity, "Neuer Wortlaut")
    assert get(address).body != old
    after = server.json_of(paper)
    assert after["modified"] > before["modified"]
    assert after["mainFile"]["sha512Checksum"] != before["mainFile"]["sha512Checksum"]
    server.withdraw_file(identity)
    assert get(address).status == 410
    assert get(identity).status == 200


def test_a_deleted_agenda_item_leaves_its_meeting(server: EditableOParl) -> None:
    items = server.json_of("meeting/2")["agendaItem"]
    server.delete(items[3]["id"])
    assert server.json_of("meeting/2")["agendaItem"] == items[:3] + items[4:]


def test_change_and_cancel(server: EditableOParl) -> None:
    server.change("meeting/2", name="Sondersitzung", end=None)
    server.cancel("meeting/2")
    meeting = get(f"{server.base}/oparl/v1.1/meeting/2").json
    assert (meeting["name"], meeting["cancelled"], meeting.get("end")) == ("Sondersitzung", True, None)


def test_add_paper(server: EditableOParl) -> None:
    identity = server.add_paper("Neuer Antrag", "Wortlaut des Antrags", reference="AN/2026/9999", paper_type="Antrag")
    paper = get(identity).json
    assert (paper["name"], paper["reference"], paper["paperType"]) == ("Neuer Antrag", "AN/2026/9999", "Antrag")
    assert get(paper["mainFile"]["accessUrl"]).body.startswith(b"%PDF")
    assert everything(paper_list(server))[-1] == paper
    bare = server.add_paper("Ohne Datei")
    assert "mainFile" not in get(bare).json
    assert bare != identity


def test_fail_next(server: EditableOParl) -> None:
    failing(server, 2, 503, retry_after=7)
    assert get(server.base + "/robots.txt").status == 200
    first, second, third = (get(server.url) for _ in range(3))
    assert [first.status, second.status, third.status] == [503, 503, 200]
    assert first.headers["retry-after"] == "7"


def test_fail_rate(server: EditableOParl) -> None:
    failing_share(server, 0.5)
    assert {get(server.url).status for _ in range(30)} == {200, 500}
    server.middleware.clear()
    failing_share(server, 1.0, html=True)
    reply = get(server.url)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    server.middleware.clear()
    assert get(server.url).json["type"].endswith("System")


def test_slow_and_how_many_at_once(server: EditableOParl) -> None:
    slow(server, 0.15)
    begun = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        assert [reply.status for reply in pool.map(get, [server.url] * 3)] == [200] * 3
    assert 0.15 <= time.monotonic() - begun < stretched(3)
    assert server.requests.most_at_once == 3


def test_restart_keeps_port_and_state(server: EditableOParl) -> None:
    paper = server.ids("paper")[0]
    server.rename(0, "Vor dem Neustart")
    server.restart()
    assert get(paper).json["name"] == "Vor dem Neustart"
    server.stop()
    with pytest.raises(OSError, match=r"refused|reset"):
        get(paper)
    server.start()
    assert get(paper).status == 200


def test_connections_are_kept_alive_and_stop_ends_them(server: EditableOParl) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.base).netloc, timeout=10)
    try:
        for method in ("GET", "HEAD", "GET"):
            connection.request(method, "/oparl/v1.1/system")
            answer = connection.getresponse()
            assert answer.status == 200
            assert bool(answer.read()) == (method == "GET")
            assert connection.sock is not None
        begun = time.monotonic()
        server.stop()
        assert time.monotonic() - begun < stretched(2)
        assert connection.sock.recv(1) == b""
    finally:
        connection.close()


def test_a_mistyped_id_is_named(server: EditableOParl) -> None:
    with pytest.raises(KeyError, match="paper/99999"):
        server.delete("paper/99999")
