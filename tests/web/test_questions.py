"""The named queries as pages: every one answers, with links, bars, a map and files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from graph.among import graph_among
from graph.load import load
from graph.queries import list_queries
from graph.store import GraphStore
from tests.graph.data import audit, feedback
from tests.support.extras import need_extra
from tests.web.conftest import PHONE, Visited

CAUSES = "/browse/questions/causes-of-category"
GIVEN = {
    "unit": "县财政局",
    "policy": "条例",
    "text": "专项资金管理",
    "problem": "资金",
    "report": "feedback",
    "id": "feedback",
    "start": "10",
    "category": "assets",
}


def test_the_list_has_each_in_both_languages(client: TestClient) -> None:
    zh, en = client.get("/browse/questions?lang=zh").text, client.get("/browse/questions?lang=en").text
    for query in list_queries():
        assert f'href="/browse/questions/{query.name}"' in zh
        assert query.question_zh in zh
        assert query.question_en.replace("'", "&#39;") in en


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_each_answers(client: TestClient, name: str) -> None:
    query = next(query for query in list_queries() if query.name == name)
    given = {one.name: GIVEN[one.name] for one in query.parameters if one.default is None}
    for lang in ("zh", "en"):
        page = client.get(f"/browse/questions/{name}", params={**given, "lang": lang})
        assert page.status_code == 200, page.text[-800:]
        assert re.search(r"<b>\d+ (行|rows)</b>", page.text)
    heads = re.findall(
        r'<th scope="col"[^>]*>([^<]*)<', client.get(f"/browse/questions/{name}", params=given).text
    )
    assert not [head for head in heads if head.endswith("_id")]


def test_choices_links_and_the_permalink(client: TestClient) -> None:
    empty = client.get(CAUSES).text
    assert "<table" not in empty
    assert re.search(r'<select name="category" required>\s*<option value="">', empty)
    page = client.get(f"{CAUSES}?category=assets&method=&limit=50").text
    assert re.search(r'<option value="assets" selected>资产与专项资金', page)
    assert f'href="{CAUSES}?category=assets"' in page
    assert re.search(r'href="/browse/problems/\w+"', page)
    assert re.search(r'href="/browse/causes/\w+"', page)
    assert 'href="/browse/reports/feedback"' in page
    assert "_id</th>" not in page


def test_what_is_wrong_is_said_beside_the_form(client: TestClient) -> None:
    for query, says in (
        ("category=asets", "assets"),
        ("category=assets&limit=x", "whole number"),
        ("category=assets&x=1", "unknown"),
    ):
        page = client.get(f"{CAUSES}?{query}")
        assert page.status_code == 422
        assert says in page.text
        assert '<select name="category"' in page.text
    assert (
        "县财政局" in client.get("/browse/questions/unit-problems?unit=县财政").text
    )  # the note names the nearest


def test_bars_show_stated_and_inferred(client: TestClient) -> None:
    page = client.get("/browse/questions/cause-coverage").text
    parts = dict.fromkeys(("stated", "inferred", "without"), 0.0)
    for how, width in re.findall(r'<rect class="(\w+)" x="[\d.]+" y="0" width="([\d.]+)"', page):
        parts[how] += float(width)
    rows = client.get("/queries/cause-coverage").json()["rows"]
    whole = max(row["problems"] for row in rows)
    assert parts["stated"] == pytest.approx(1000 * sum(row["stated"] for row in rows) / whole, abs=2)
    assert parts["without"] == pytest.approx(1000 * sum(row["unexplained"] for row in rows) / whole, abs=2)
    assert 'class="bars"' not in client.get(f"{CAUSES}?category=assets").text


def test_files_hold_the_same_rows(client: TestClient) -> None:
    rows = client.get("/queries/causes-of-category?category=assets").json()["rows"]
    assert rows
    assert client.get(f"{CAUSES}.json?category=assets").json() == rows
    answer = client.get(f"{CAUSES}.csv?category=assets")
    assert answer.headers["content-disposition"] == 'attachment; filename="causes-of-category.csv"'
    assert [row["cause_id"] for row in csv.DictReader(io.StringIO(answer.text))] == [
        row["cause_id"] for row in rows
    ]
    need_extra("parquet", "pyarrow")
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(client.get(f"{CAUSES}.parquet?category=assets").content))
    assert table.column("cause").to_pylist() == [row["cause"] for row in rows]


def test_the_map_holds_what_the_rows_hold(client: TestClient) -> None:
    page = client.get(f"{CAUSES}/map?category=assets")
    assert page.status_code == 200
    assert "CAUSED_BY" in page.text
    assert client.get("/browse/questions/unit-problems/map?unit=none").status_code == 404


def test_a_graph_among_nodes(store: GraphStore) -> None:
    for make in (feedback, audit):
        load(make(), store)
    pairs = store.read(
        "MATCH (p:Problem)-[e:CAUSED_BY]->(c:RootCause) RETURN p.id AS p, c.id AS c, e.id AS e"
    )
    data = graph_among(
        store, {"Problem": [pair["p"] for pair in pairs], "RootCause": [pair["c"] for pair in pairs]}, "x"
    )
    assert {edge.id for edge in data.edges if edge.type == "CAUSED_BY"} == {pair["e"] for pair in pairs}
    assert {node.id for node in data.nodes if node.label == "Report"} <= {"feedback", "audit"}
    assert all(
        edge.type in ("CAUSED_BY", "STATED_IN", "HAS_TEXT", "PART_OF", "INSPECTS", "ISSUED_BY")
        for edge in data.edges
    )
    assert graph_among(store, {"Problem": ["none"]}, "x").nodes == ()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/browse/questions", PHONE),
        ("/browse/questions/cause-coverage?lang=en", (1280, 800)),
        (f"{CAUSES}?category=assets", PHONE),
    ],
)
def test_in_a_browser(visit: Callable[..., Visited], path: str, size: tuple[int, int]) -> None:
    visit(path, size=size).check()


@pytest.mark.browser
def test_names_are_suggested_and_the_map_is_in_its_frame(visit: Callable[..., Visited]) -> None:
    visited = visit("/browse/questions/unit-dossier")
    assert visited.page.get_attribute("[name=unit]", "required") is not None
    visited.page.fill("[name=unit]", "财政")
    visited.page.wait_for_selector("datalist option[value*=财政]", state="attached")
    visited.page.fill("[name=unit]", visited.page.get_attribute("datalist option", "value"))
    visited.page.click(".asked button")
    visited.page.click(".drawn summary")
    visited.page.frame_locator("iframe").locator("canvas").wait_for()
    visited.check()


@pytest.mark.browser
def test_in_the_dark(visit: Callable[..., Visited]) -> None:
    visited = visit("/browse/questions/cause-coverage")
    visited.page.emulate_media(color_scheme="dark")
    assert (
        visited.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(22, 27, 31)"
    )
    visited.check()
