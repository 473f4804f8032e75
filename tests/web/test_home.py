"""The first page: what it counts is what its links lead to; an empty graph says how it is filled."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.site.counted import Counted
from graph.load import load
from graph.store import GraphStore, StoreError
from tests.api.conftest import Lent
from tests.graph.data import Draft, feedback
from tests.web.conftest import HTML, PHONE, Visited


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page waits for the count, and a count is as new as the request."""
    monkeypatch.setattr("api.site.counted.FIRST", 120)
    monkeypatch.setattr("api.site.counted.NEWER", 120)


def links(page: str, pattern: str) -> list[tuple[str, str]]:
    """(address, words) of the links whose address fits."""
    found = re.findall(rf'<a [^>]*href="({pattern})"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(html.unescape(at), re.sub(r"<[^>]+>", "", words).strip()) for at, words in found]


def total(client: TestClient, address: str) -> int:
    """How many there are in the API's twin of a list."""
    return int(client.get(address.removeprefix("/browse"), headers={"Accept": "*/*"}).json()["total"])


def test_each_number_of_the_matrix_is_that_of_its_list(client: TestClient) -> None:
    cells = links(client.get("/").text, r"/browse/problems\?category=[^\"]*method=[^\"]*")
    assert len(cells) > 3
    assert {re.findall(r"method=(\w+)", at)[0] for at, _ in cells} == {"explicit", "inferred"}
    for at, number in cells:
        assert total(client, at) == int(number), at


def test_each_number_of_the_years_is_that_of_its_list(client: TestClient, filled: GraphStore) -> None:
    dated = Draft("dated", "audit-report", "关于石桥镇的审计报告\n一、账目混乱。\n", place="石桥镇")
    dated.said("Problem", "账目混乱", headline="账目混乱", category="finance")
    dated.report = replace(dated.report, date="2021-05")
    load(dated.done(), filled)
    table = client.get("/").text.partition('class="years"')[2]
    cells = links(table, r"/browse/[^\"]+")
    assert any("date_from=2021" in at and number == "1" for at, number in cells)
    for at, number in cells:
        assert total(client, at) == int(number), at


def test_what_comes_up_again_in_a_unit(client: TestClient, filled: GraphStore) -> None:
    said = re.compile(r'href="(/browse/problems\?unit=[^"]+)".*?(\d+) 份报告 · (\d+) 个问题', re.DOTALL)
    before = said.findall(client.get("/").text)
    load(feedback("again"), filled)  # the same county's bureau, the same problems
    after = said.findall(client.get("/").text)
    assert len(after) > len(before)
    for at, reports, problems in after:
        listed = client.get(
            f"{html.unescape(at).removeprefix('/browse')}&facet=report", headers={"Accept": "*/*"}
        ).json()
        assert (listed["total"], len(listed["facets"]["report"])) == (int(problems), int(reports)), at


def test_an_empty_graph_says_how_it_is_filled(embedded_store: GraphStore) -> None:
    with TestClient(create_app(lambda: Lent(embedded_store)), headers=HTML) as client:
        page = client.get("/").text
        assert 'href="/browse/upload"' in page
        assert "suyin load" in page
        assert client.get("/browse/problems").status_code == 200


def test_a_slow_count_holds_up_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.site.counted.FIRST", 0.01)
    go, counted = threading.Event(), Counted()

    def slow() -> str:
        assert go.wait(60)
        raise StoreError("away")

    assert counted.get("x", 1, slow) is None
    go.set()
    monkeypatch.setattr("api.site.counted.FIRST", 60)
    with pytest.raises(StoreError):  # told, then made anew
        counted.get("x", 1, slow)
    assert counted.get("x", 1, lambda: "one") == "one"
    assert counted.get("x", 1, lambda: "two") == "one"
    assert counted.get("x", 2, lambda: "two") == "two"
    monkeypatch.setattr("api.site.counted.NEWER", 0.01)
    go.clear()
    assert counted.get("x", 3, slow) == "two"  # that of shortly before, while it is counted anew
    go.set()


@pytest.mark.browser
@pytest.mark.parametrize(("path", "size"), [("/", (1280, 800)), ("/?lang=en", PHONE)])
def test_suggestions_by_the_keyboard(visit: Callable[..., Visited], path: str, size: tuple[int, int]) -> None:
    visited = visit(path, size=size)
    page = visited.page
    field = page.locator("main input[name=q]")
    field.press_sequentially("资金")
    options = page.locator("main [role=option]")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    visited.check()
    field.press("ArrowDown")
    chosen = page.locator("main [aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    at = chosen.get_attribute("href")
    field.press("Escape")
    assert options.first.is_hidden()
    # what an input method composes is left alone, its keys too
    field.evaluate("""e => { e.dispatchEvent(new CompositionEvent('compositionstart'));
        e.value = 'zi jin'; e.dispatchEvent(new InputEvent('input', {isComposing: true}));
        e.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', keyCode: 229, isComposing: true})); }""")
    page.wait_for_timeout(400)
    assert options.first.is_hidden()
    field.evaluate("e => { e.value = '资金'; e.dispatchEvent(new CompositionEvent('compositionend')); }")
    options.first.wait_for()
    field.press("ArrowDown")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith(at)
