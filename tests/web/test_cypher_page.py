"""Free Cypher in a page: closed unless opened, answered with and without scripts, faults with their place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import networkx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.gate.gate import Gate
from graph.store import GraphStore
from tests.api.conftest import Lent, served
from tests.web.conftest import HTML, PHONE, Visited

PAGE = "/browse/cypher"
PAIRS = "MATCH (p:Problem)-[e:CAUSED_BY]->(c:RootCause) RETURN p, e, c"


@pytest.fixture
def asking(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("SUYIN_CYPHER", "on")
    with TestClient(create_app(lambda: Lent(filled)), raise_server_exceptions=False, headers=HTML) as client:
        yield client


@pytest.fixture
def site(filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("SUYIN_CYPHER", "on")
    with served(create_app(lambda: Lent(filled))) as at:
        yield at


def test_closed_it_says_how_to_open_it(client: TestClient) -> None:
    page = client.get(PAGE)
    assert (page.status_code, "SUYIN_CYPHER=on" in page.text, "<textarea" in page.text) == (200, True, False)
    assert client.post(PAGE, data={"query": "RETURN 1 AS one"}).status_code == 403


def test_an_answer_without_scripts(asking: TestClient) -> None:
    page = asking.post(PAGE, data={"query": PAIRS + " LIMIT 3", "parameters": ""}).text
    assert "3 行" in page
    assert page.count('href="/browse/problems/') == 3
    assert page.count('href="/browse/causes/') == 3
    assert "[:CAUSED_BY]" in page
    filled = asking.get(PAGE, params={"query": "RETURN '</textarea><script>'"}).text
    assert "&lt;/textarea&gt;&lt;script&gt;" in filled
    assert "<table" not in filled  # an address asks nothing


def test_parameters_and_notes(asking: TestClient) -> None:
    page = asking.post(
        PAGE,
        data={
            "query": "MATCH (p:Probelm) WHERE p.category = $c RETURN p.id AS id",
            "parameters": '{"c": "assets"}',
        },
    )
    assert (page.status_code, ":Probelm" in page.text) == (200, True)
    for wrong in ("[1]", "{", '{"c": NaN}', "[" * 5000):
        page = asking.post(PAGE, data={"query": "RETURN $c AS c", "parameters": wrong})
        assert (page.status_code, "JSON" in page.text) == (422, True), wrong[:20]


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("MATCH (p:Problem)\r\nDELETE p", "2", "1"),
        ("MATCH (n)\nRETURN apoc.version()", "2", "8"),
        ("", "1", "1"),
    ],
)
def test_a_fault_has_its_place(asking: TestClient, query: str, line: str, column: str) -> None:
    page = asking.post(PAGE, data={"query": query})
    assert page.status_code == 422
    assert f'data-line="{line}" data-column="{column}"' in page.text


def test_what_the_database_refuses_and_a_busy_gate(asking: TestClient) -> None:
    page = asking.post(PAGE, data={"query": "MATCH (n RETURN n"})
    assert (page.status_code, 'role="alert"' in page.text) == (422, True)
    asking.app.state.gate = gate = Gate(at_once=1)  # type: ignore[attr-defined]
    assert gate._places.acquire(blocking=False)
    assert asking.post(PAGE, data={"query": "RETURN 1 AS one"}).status_code == 429
    assert asking.post(PAGE, content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415


def test_files_and_the_map(asking: TestClient) -> None:
    rows = asking.post("/cypher", json={"query": PAIRS}, headers={"Accept": "application/json"}).json()[
        "rows"
    ]
    table = asking.post(f"{PAGE}.csv", data={"query": PAIRS})
    assert table.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    assert len([*csv.DictReader(io.StringIO(table.text))]) == len(rows)
    assert len(
        networkx.parse_graphml(asking.post(f"{PAGE}.graphml", data={"query": PAIRS}).text).edges
    ) == len(rows)
    assert "CAUSED_BY" in asking.post(f"{PAGE}/map", data={"query": PAIRS}).text
    assert asking.post(f"{PAGE}/map", data={"query": "RETURN 1 AS one"}).status_code == 404
    refused = asking.post(f"{PAGE}.csv", data={"query": "MATCH (n) DELETE n"})
    assert (refused.status_code, refused.headers["content-type"][:9]) == (422, "text/html")


@pytest.mark.browser
def test_the_editor(visit: Any, filled: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    visited: Visited = visit(PAGE)
    page = visited.page
    page.click("[data-query] >> nth=0")
    assert page.inner_text(".lines").split() == ["1", "2", "3", "4"]
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer table")
    page.click(".draw")
    page.frame_locator("iframe").locator("canvas").wait_for()
    page.click("#history summary")
    assert page.locator("#history li").count() == 1
    page.click(".schema details >> nth=2")
    page.fill("#query", "MATCH ")
    page.click("[data-insert='(n:Problem)']")
    assert page.input_value("#query") == "MATCH (n:Problem)"
    visited.check()
    page.fill("#query", "MATCH (p:Problem)\nDELETE p")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer .there")
    assert page.evaluate("[query.selectionStart, query.selectionEnd]") == [18, 24]
    monkeypatch.setattr(
        filled, "time_limit", 10
    )  # the store goes on until then, and the service waits for it
    page.fill("#query", "UNWIND range(1, 99999) AS a UNWIND range(1, 99999) AS b RETURN sum(a * b) AS s")
    page.keyboard.press("Control+Enter")
    page.click("#stop")
    page.wait_for_function("document.querySelector('#answer').innerText.includes('停止')")


@pytest.mark.browser
def test_on_a_phone(visit: Any) -> None:
    visit(f"{PAGE}?lang=en", size=PHONE).check()
