"""The map in a real browser: silent, legible, inert, and it answers mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.build import build_graph
from graph.data import GraphData, GraphNode
from tests.viz import water_report

pytestmark = pytest.mark.browser

SCRIPT = "</script><script>window.bad = 1</script><img src=x onerror='window.bad = 2'>"


def test_opens_without_a_request_or_an_error(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    opened.page.wait_for_timeout(500)
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert len(opened.requests) == 1
    assert opened.errors == []


@pytest.mark.parametrize("extra", [0, 180])
def test_labels_are_legible_at_the_opening_zoom(
    open_map: Callable[..., Any], data: GraphData, extra: int
) -> None:
    more = tuple(
        GraphNode(f"more-{i}", "Problem", {"headline": f"又一个问题{i}", "start": 9, "end": 9})
        for i in range(extra)
    )
    opened = open_map(replace(data, nodes=data.nodes + more))
    assert opened.page.evaluate("Suyin.data.page.font * Suyin.map.scale()") >= 11
    shown = """() => { const v = Suyin.map.view(), e = Suyin.map.extent();
        return [(e.left - v.left) * v.scale, (e.right - v.left) * v.scale, (e.top - v.top) * v.scale]; }"""
    left, right, top = opened.page.evaluate(shown)
    assert 0 <= left < right <= 1280
    assert 30 <= top <= 60


def test_spread_keeps_order_and_distance(open_map: Callable[..., Any], data: GraphData) -> None:
    spread = open_map(data).page.evaluate
    tops = spread("Suyin.layout.spread([10, 10, 10], [100, 0, null], 5)")
    assert tops[1] - tops[0] == tops[2] - tops[1] == 15
    assert tops[0] == pytest.approx(42.5)  # between the two wishes: 100 and 0 - 15
    assert spread("Suyin.layout.spread([10, 10], [0, 500], 5)") == [0, 500]
    assert spread("Suyin.layout.spread([10], [-50], 5)") == [0]


@pytest.mark.parametrize("opened", ["", "[data-type=Evidence]", "[data-type=Policy]", "[data-type=Problem]"])
def test_no_two_boxes_overlap(open_map: Callable[..., Any], data: GraphData, opened: str) -> None:
    """Also with the evidence of all problems open, and with what hides when problems do."""
    page = open_map(data).page
    if opened:
        page.click(opened)
    placed = page.evaluate("[...Suyin.map.visible].map(id => Suyin.map.boxes.get(id))")
    assert len(placed) > 20
    for i, a in enumerate(placed):
        for b in placed[i + 1 :]:
            beside = abs(a["x"] - b["x"]) >= (a["w"] + b["w"]) / 2
            assert beside or abs(a["y"] - b["y"]) >= (a["h"] + b["h"]) / 2, f"{a['caption']} / {b['caption']}"


def test_a_script_in_a_heading_stays_inert(open_map: Callable[..., Any]) -> None:
    opened = open_map(build_graph(water_report.findings(script=SCRIPT)), title=SCRIPT)
    opened.click(depth=0, kind="Problem")
    assert opened.page.evaluate("window.bad") is None
    assert SCRIPT in opened.page.inner_text("h1")
    assert "window.bad = 1" in opened.panel
    assert opened.page.evaluate("document.querySelectorAll('img').length") == 0
    assert opened.errors == []


def test_click_shows_the_quote_and_opens_the_evidence(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    below = opened.box(number="2.2")["y"]
    assert not opened.shows("Evidence")
    opened.click(number="2.1")
    node = next(n for n in data.nodes if n.properties.get("number") == "2.1")
    quote = opened.page.inner_text("#panel blockquote")
    assert quote.replace("\n", "") == node.properties["text"].replace("\n", "")
    assert f"位置 {node.properties['start']}–{node.properties['end']}" in opened.panel
    assert opened.shows("Evidence")
    assert opened.box(number="2.2")["y"] > below
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#panel")
    assert opened.box(number="2.2")["y"] == below


def test_panel_tells_stated_from_inferred_and_leads_on(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    opened.click(kind="RootCause", caption=water_report.CAUSES[1][1])
    assert opened.page.inner_text("#panel .how >> nth=0") == "明示把握度 0.95提示词 “根源在于”"
    assert "推断" in opened.page.inner_text("#panel .how >> nth=1")
    assert opened.page.inner_text("#panel mark") == "根源在于"
    opened.page.click("#panel .other >> nth=1")
    assert "河湖长制巡河流于形式" in opened.page.inner_text("#panel h2")


def test_legend_turns_types_and_methods_off_and_on(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    assert not opened.shows("Policy")
    opened.page.click("[data-type=Policy]")
    assert opened.shows("Policy")
    opened.page.click("[data-type=RootCause]")
    assert not opened.shows("RootCause")
    opened.page.click("[data-type=RootCause]")
    dashed = "Suyin.map.lines.filter(e => e.shown && e.method === 'inferred').length"
    solid = dashed.replace("inferred", "explicit")
    assert opened.page.evaluate(dashed) > 0
    before = opened.page.evaluate(solid)
    opened.page.click("[data-method=inferred]")
    assert opened.page.evaluate(dashed) == 0
    assert opened.page.evaluate(solid) == before > 0


def test_lines_of_policies_come_with_a_selection(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    opened.page.click("[data-type=Policy]")
    lines = "Suyin.map.lines.filter(e => e.shown && e.kind === 'REFERENCES').length"
    assert opened.page.evaluate(lines) == 0
    opened.click(number="2.1")
    assert opened.page.evaluate(lines) == 1


def test_search_finds_and_opens(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    opened.page.fill("#search", "招标投标法")
    assert "中华人民共和国招标投标法" in opened.page.inner_text("#hits")
    opened.page.press("#search", "Enter")
    assert "中华人民共和国招标投标法" in opened.page.inner_text("#panel h2")
    assert opened.shows("Policy")
    opened.page.fill("#search", "没有这样的词")
    assert opened.page.inner_text("#hits") == "没有找到"


@pytest.mark.parametrize("composing", [{"isComposing": True}, {"keyCode": 229}])
def test_keys_of_an_input_method_are_its_own(
    open_map: Callable[..., Any], data: GraphData, composing: dict[str, Any]
) -> None:
    opened = open_map(data)
    opened.click(number="2.1")
    chosen = opened.page.inner_text("#panel h2")
    opened.page.fill("#search", "理论")
    press = """([key, how]) => !document.getElementById('search').dispatchEvent(
        new KeyboardEvent('keydown', {key, ...how, bubbles: true, cancelable: true}))"""
    state = """() => [document.getElementById('search').value, document.getElementById('hits').hidden,
        document.getElementById('search').getAttribute('aria-activedescendant')]"""
    for key in ("ArrowDown", "ArrowUp", "Enter", "Escape"):
        assert not opened.page.evaluate(press, [key, composing]), f"{key} was taken"
        assert opened.page.evaluate(state) == ["理论", False, "hit-0"]
        assert opened.page.inner_text("#panel h2") == chosen
    assert opened.page.evaluate(press, ["ArrowDown", {}])
    assert opened.page.evaluate(state) == ["理论", False, "hit-1"]
    assert opened.page.evaluate(press, ["Enter", {}])
    assert opened.page.inner_text("#panel h2") != chosen
    opened.page.fill("#search", "理论")
    assert opened.page.evaluate(press, ["Escape", {}])
    assert opened.page.evaluate(state) == ["", True, None]


def test_keys_walk_the_map(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    opened.page.focus("#network")
    heading = "#panel h2"
    opened.page.keyboard.press("ArrowDown")
    assert "理论学习不深不实" in opened.page.inner_text(heading)
    opened.page.keyboard.press("ArrowDown")
    assert "中心组学习走过场" in opened.page.inner_text(heading)
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("ArrowRight")
    assert "强化理论武装" in opened.page.inner_text(heading)
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"


def test_everything_can_be_seen_at_once(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data)
    opened.page.click("#fit")
    script = """() => { const v = Suyin.map.view(), e = Suyin.map.extent();
        const area = document.getElementById('network').getBoundingClientRect();
        return (e.bottom - v.top) * v.scale <= area.height && (e.right - v.left) * v.scale <= area.width; }"""
    assert opened.page.evaluate(script)


def test_english_page(open_map: Callable[..., Any], data: GraphData) -> None:
    opened = open_map(data, lang="en")
    opened.click(number="2.1")
    assert "Source text" in opened.panel
    assert opened.errors == []
