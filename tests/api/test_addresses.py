"""Addresses: ids of any text, HEAD, and what `suyin serve` binds and prints."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.server import ServerError, _address, _bind
from extract.model import Findings
from graph.load import load
from graph.store import GraphStore
from tests.api.conftest import Lent
from tests.graph.data import feedback

IDS = ["县审〔2024〕3/7号", "2024/map", "/起", "尾/", "50%2F", "100%", "问?", "#3", "a b", "a//b", "%25"]


def called(report_id: str) -> Findings:
    """The feedback under another id."""
    old = feedback()

    def new(value: str) -> str:
        return report_id if value == old.report.id else value

    return replace(
        old,
        report=replace(old.report, id=report_id),
        nodes=tuple(replace(n, id=new(n.id)) for n in old.nodes),
        edges=tuple(replace(e, source=new(e.source), target=new(e.target)) for e in old.edges),
    )


def test_a_word_that_begins_like_another_is_another(client: TestClient) -> None:
    for address in ("/reportsx", "/reports-of", "/unit", "/cypherx", "/browsex", "/reportsé/a"):
        assert client.get(address).status_code == 404, address
    assert client.get("/units").status_code == 200
    assert client.post("/units").headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("report_id", IDS)
def test_an_id_may_be_any_text(embedded_store: GraphStore, report_id: str) -> None:
    load(called(report_id), embedded_store)
    at = f"/reports/{quote(report_id, safe='')}"
    with TestClient(create_app(lambda: Lent(embedded_store))) as client:
        assert client.get(at).json()["id"] == report_id
        assert client.get(f"{at}/graph").json()["report"] == report_id
        assert client.get(f"{at}/at", params={"start": 0}).status_code == 200
        assert "<html" in client.get(f"{at}/map").text


def test_a_slash_as_it_is(embedded_store: GraphStore) -> None:
    load(called("2024/7"), embedded_store)
    with TestClient(create_app(lambda: Lent(embedded_store))) as client:
        for end in ("", "/graph", "/map"):
            assert client.get(f"/reports/2024/7{end}").status_code == 200, end
        missing = client.get("/reports/2024/8/graph").json()
        assert missing["detail"] == "there is no report '2024/8'"
        assert client.get("/problems/a%2Fb/causes").json()["detail"] == "there is no problem 'a/b'"
        assert "the id 'a/b'" in client.get("/quotes/a%2Fb").json()["detail"]


def test_head_is_get_without_a_body(client: TestClient) -> None:
    end = time.monotonic() + 60
    while 'data-counting="true"' in client.get("/").text and time.monotonic() < end:
        time.sleep(0.1)  # the first page is another while what it shows is counted
    for address in (
        "/health",
        "/docs",
        "/docs/docs.js",
        "/openapi.json",
        "/reports",
        "/reports/feedback/map",
        "/queries",
        "/problems?limit=1",
        "/reports/none",
        "/",
        "/problems?limit=0",
    ):
        head = client.head(address, follow_redirects=False)
        get = client.get(address, follow_redirects=False)
        assert (head.status_code, head.content) == (get.status_code, b""), address
        for name in ("content-type", "content-length", "content-security-policy"):
            assert head.headers.get(name) == get.headers.get(name), address
    assert client.put("/reports").status_code == 405


def test_small_answers_are_sent_at_once() -> None:
    """With Nagle's algorithm each waits 40 ms for the client's delayed ACK."""

    async def served() -> int:
        nodelay: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted = writer.get_extra_info("socket")
            nodelay.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with _bind("127.0.0.1", 0) as listener:
            async with await asyncio.start_server(answer, sock=listener):
                _, writer = await asyncio.open_connection(*listener.getsockname())
                writer.close()
                return await nodelay

    assert asyncio.run(served())


@pytest.mark.parametrize(
    ("host", "printed"),
    [
        ("127.0.0.1", "127.0.0.1:80"),
        ("::1", "[::1]:80"),
        ("[::1]", "[::1]:80"),
        ("::", "[::]:80"),
        ("县.局", "县.局:80"),
    ],
)
def test_an_address_stands_as_in_a_url(host: str, printed: str) -> None:
    assert _address(host, 80) == printed


def test_an_ipv6_address_is_bound_with_or_without_brackets() -> None:
    try:
        with _bind("::1", 0) as listener, _bind("[::1]", 0):
            taken = listener.getsockname()[1]
            with pytest.raises(ServerError, match=rf"\[::1\]:{taken}: .*choose another"):
                _bind("::1", taken)
    except ServerError as error:
        pytest.skip(f"no IPv6 here: {error}")
