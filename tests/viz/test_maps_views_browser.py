"""What was held back comes when it is asked for, and the address leads back to a view. No network is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.data import GraphData
from graph.gather import join
from tests.viz.crowd import crowd, dated
from viz.picture import MAX_NODES

pytestmark = pytest.mark.browser

SEEN = "Suyin.map.visible.size"
PLACE = """id => { const v = Suyin.map.view(), b = Suyin.map.boxes.get(id);
    const area = document.getElementById('network').getBoundingClientRect();
    return [area.x + (b.x - v.left) * v.scale, area.y + (b.y - v.top) * v.scale]; }"""


def test_too_many_open_with_problems_and_causes_and_the_rest_comes(open_map: Callable[..., Any]) -> None:
    opened = open_map(crowd(99, 400))
    page = opened.page
    assert page.evaluate(SEEN) == MAX_NODES
    assert opened.shows("Problem")
    assert page.evaluate("Suyin.map.lines.filter(e => e.shown).length") >= MAX_NODES - 99
    box = opened.box(number="1")
    missing = page.evaluate("id => Suyin.map.missing(id).length", box["id"])
    assert missing > 0
    page.mouse.dblclick(*page.evaluate(PLACE, box["id"]))
    page.wait_for_timeout(300)
    assert page.evaluate(SEEN) == MAX_NODES + missing
    assert page.evaluate("id => Suyin.map.missing(id).length", box["id"]) == 0
    page.focus("#network")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    more = page.evaluate("Suyin.map.missing(Suyin.map.selected()).length")
    page.keyboard.press("Enter")
    assert page.evaluate(SEEN) == MAX_NODES + missing + more
    assert opened.requests == [page.url.partition("#")[0]]
    assert opened.errors == []


def test_a_crowd_comes_only_when_that_is_said(open_map: Callable[..., Any]) -> None:
    opened = open_map(crowd(1, 600))
    page = opened.page
    assert page.evaluate(SEEN) == MAX_NODES
    page.mouse.dblclick(*page.evaluate(PLACE, opened.box(number="0")["id"]))
    page.wait_for_timeout(300)
    assert page.evaluate(SEEN) == MAX_NODES
    assert "601" in page.inner_text("#panel .more")
    page.click("#panel .more")
    assert page.evaluate(SEEN) == 601
    assert page.is_hidden("#panel .more")


def test_what_is_held_back_is_found(open_map: Callable[..., Any]) -> None:
    opened = open_map(crowd(99, 400))
    held = opened.box(held=True)
    assert not opened.page.evaluate("id => Suyin.map.visible.has(id)", held["id"])
    opened.page.fill("#search", held["caption"])
    opened.page.press("#search", "Enter")
    assert opened.page.evaluate("id => Suyin.map.visible.has(id)", held["id"])


def test_the_address_keeps_the_view(browser: Any, open_map: Callable[..., Any], data: GraphData) -> None:
    page = open_map(data).page
    state = """() => [Suyin.map.selected(), [...Suyin.map.visible].sort(), [...Suyin.map.shownMethods],
        Math.round(Suyin.map.scale() * 100), document.body.dataset.view]"""
    page.click("[data-type=Policy]")
    page.click("[data-type=RootCause]")
    page.click("[data-method=inferred]")
    page.fill("#search", "河湖长制")
    page.press("#search", "Enter")
    page.click("#zoom-in")
    page.wait_for_timeout(500)
    before, address = page.evaluate(state), page.url
    other = browser.new_page(viewport=page.viewport_size)
    other.goto(address)
    other.wait_for_selector("body[data-ready=yes]")
    assert other.evaluate(state) == before
    other.click("[data-view=table]")
    other.wait_for_timeout(500)
    assert "view=table" in other.url
    other.reload()
    assert other.is_visible("#table")
    other.close()


@pytest.mark.parametrize(
    "bad", ["n=nothing", "n=<script>&show=,x&at=a,b,c&more=,&lines=", "%", "at=1e9,1e9,900"]
)
def test_a_wrong_address_does_no_harm(open_map: Callable[..., Any], data: GraphData, bad: str) -> None:
    opened = open_map(data, address=bad)
    assert opened.errors == []
    assert opened.page.is_visible("#network")


def test_several_reports_stand_one_under_another_by_date(
    open_map: Callable[..., Any], data: GraphData
) -> None:
    graph = join([dated(data, "late", "2024-06"), dated(data, "early", "2021-03-01")], "both")
    opened = open_map(graph, title="两份报告")
    heads = opened.page.evaluate(
        "[...Suyin.map.visible].map(id => Suyin.map.boxes.get(id))"
        ".filter(b => b.kind === 'Report').sort((a, b) => a.y - b.y).map(b => b.number)"
    )
    assert heads == ["2021-03-01", "2024-06"]
    opened.click(number="2.1")
    assert "2021-03-01 2021-03-01的报告" in opened.panel
    assert "位置" in opened.panel
    assert opened.errors == []
