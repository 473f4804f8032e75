"""The page of a map as text: self-contained, inert, and true to the graph."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest
import pyvis

from graph.build import build_graph
from graph.data import GraphData, GraphEdge, GraphNode
from graph.schema import load_schema
from tests.viz import water_report
from viz.maps import MapError, draw_graph
from viz.picture import MAX_HELD, MAX_NODES

SCRIPT = "</script><script>window.bad = 1</script><img src=x onerror='window.bad = 2'>"


def drawn(data: GraphData, lang: str = "zh", title: str = "标题") -> tuple[str, dict[str, Any]]:
    """The page and the data in it."""
    html = draw_graph(data, load_schema(), title=title, lang=lang)
    block = re.search(r'<script type="application/json" id="map-data">(.*?)</script>', html, re.DOTALL)
    assert block
    return html, json.loads(block[1])


def markup(html: str) -> str:
    """The page without what stands in its style and script elements."""
    return re.sub(r"(<(script|style)[^>]*>).*?(</\2>)", r"\1\3", html, flags=re.DOTALL)


def boxes(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [n for n in page["nodes"] if "port" not in n]


def test_page_names_no_other_address(data: GraphData) -> None:
    html, _ = drawn(data)
    assert re.findall(r"""\b(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", html, re.IGNORECASE) == []
    assert "bootstrap" not in html.lower()
    assert "sourceMappingURL" not in html
    assert {link for link in re.findall(r'(?:src|href)="([^"]*)"', markup(html)) if link[0] != "#"} == {
        "data:,"
    }


def test_policy_lets_only_the_inlined_scripts_and_styles_run(data: GraphData) -> None:
    html, _ = drawn(data)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules["default-src"] == "'none'"
    for element, rule in (("script", "script-src"), ("style", "style-src")):
        texts = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts]
        assert texts
        assert rules[rule].split() == hashes


def test_markup_in_the_report_stays_text() -> None:
    data = build_graph(water_report.findings(script=SCRIPT))
    clean = draw_graph(build_graph(water_report.findings()), load_schema(), title="标题")
    html, page = drawn(data, title=SCRIPT)
    assert html.count("<script") == clean.count("<script")
    assert "<img" not in html
    assert any(box["caption"].startswith(SCRIPT) for box in boxes(page))


def test_every_node_is_a_box_that_says_where_it_stands(data: GraphData) -> None:
    _, page = drawn(data)
    drawn_labels = ("Problem", "Evidence", "RootCause", "Effect", "Recommendation", "Unit", "Policy")
    expected = [n for n in data.nodes if n.label in drawn_labels]
    assert sorted(b["caption"] for b in boxes(page)) == sorted(
        n.properties.get("headline") or n.properties.get("name") or n.properties["text"] for n in expected
    )
    text = next(n for n in data.nodes if n.label == "SourceText").properties["text"]
    by_id = {r["id"]: r for r in page["page"]["records"]}
    for box in boxes(page):
        record = by_id[box["id"]]
        if box["kind"] in ("Unit", "Policy"):
            assert record["place"] is None
            continue
        start, end = record["place"]
        own = "".join(words for kind, words in record["quote"] if kind == "own")
        assert own == re.sub(r"\s*\n\s*", "", text[start:end])


def test_opaque_ids(data: GraphData) -> None:
    html, page = drawn(data)
    assert all(re.fullmatch(r"n[0-9a-f]{12}[lr]?", n["id"]) for n in page["nodes"])
    assert not any(n.id in html for n in data.nodes if n.label in ("Unit", "Policy", "SourceText"))


def test_stated_is_solid_and_inferred_dashed(data: GraphData) -> None:
    _, page = drawn(data)
    titles = {b["id"]: b["caption"] for b in boxes(page)}
    lines = {(e["kind"], *(titles[i] for i in e["ends"])): e for e in page["edges"]}
    ends = {n.id: n.properties.get("headline") or n.properties.get("text") for n in data.nodes}
    checked = {"explicit": 0, "inferred": 0}
    for edge in data.edges:
        if edge.type in ("CAUSED_BY", "ADDRESSES"):
            line = lines[edge.type, ends[edge.source], ends[edge.target]]
            method = edge.properties["method"]
            assert bool(line["dashes"]) == (method == "inferred")
            assert line["method"] == method
            checked[method] += 1
    assert min(checked.values()) >= 5


def test_panel_tells_method_confidence_cue_and_words(data: GraphData) -> None:
    _, page = drawn(data)
    record = next(r for r in page["page"]["records"] if r["caption"].startswith("财务管理混乱"))
    cause = next(link for link in record["links"] if link["group"] == "原因")
    assert (cause["method"], cause["confidence"], cause["cue"]) == ("explicit", 0.95, "根源在于")
    assert ["cue", "根源在于"] in cause["said"][0]["quote"]
    assert record["facts"][0] == ["问题类别", "财务管理"]
    links = [link for r in page["page"]["records"] for link in r["links"]]
    assert all(link["said"] == [] for link in links if link["method"] == "inferred")


def test_english_has_no_chinese_labels(data: GraphData) -> None:
    html, page = drawn(data, "en", title="A title")
    assert 'lang="en"' in html
    own = [
        page["page"]["words"].values(),
        [c["title"] for c in page["page"]["columns"]],
        [r["kind"] for r in page["page"]["records"]],
        [link["group"] for r in page["page"]["records"] for link in r["links"]],
    ]
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(word for words in own for word in words))
    legend = re.search(r'<nav id="legend".*?</nav>', html, re.DOTALL)
    assert legend
    assert "Root cause" in legend[0]
    assert not re.search(r"[\u4e00-\u9fff]", legend[0])


def with_evidence(data: GraphData, count: int) -> GraphData:
    more = tuple(
        GraphNode(f"extra-{i}", "Evidence", {"text": f"事例{i}", "start": i, "end": i + 3})
        for i in range(count)
    )
    support = tuple(GraphEdge("SUPPORTS", n.id, "p0.0", "Evidence", "Problem") for n in more)
    return replace(data, nodes=data.nodes + more, edges=data.edges + support)


def test_too_many_nodes_are_held_back_evidence_and_loose_ends_first(data: GraphData) -> None:
    html, page = drawn(with_evidence(data, MAX_NODES))
    kinds = [b["kind"] for b in boxes(page) if not b["held"]]
    assert len(kinds) == MAX_NODES
    assert len(boxes(page)) == 107 + MAX_NODES
    assert f"共 {107 + MAX_NODES} 个节点，先画 {MAX_NODES} 个" in html
    assert "107 个暂未画出" in html
    assert "已略去" not in html.partition('id="note"')[2].partition("<script")[0]
    _, whole = drawn(data)
    loose = ("Evidence", "Unit")  # two units are tied to the report alone
    assert [k for k in kinds if k not in loose] == [b["kind"] for b in boxes(whole) if b["kind"] not in loose]


def test_what_the_page_does_not_hold_is_told(data: GraphData) -> None:
    html, page = drawn(with_evidence(data, MAX_HELD))
    assert len(boxes(page)) == MAX_HELD
    assert "已略去：依据事实 105、单位 2" in html


def test_report_without_problems_says_so() -> None:
    empty = GraphData("r", (GraphNode("r", "Report", {"title": "空"}),), ())
    html, page = drawn(empty)
    assert page["nodes"] == []
    assert "没有读出问题" in html


def test_items_in_a_circle_are_drawn_all_the_same(data: GraphData) -> None:
    circle = (GraphEdge("PART_OF", "p0", "p0.0", "Problem", "Problem"),)
    _, page = drawn(replace(data, edges=data.edges + circle))
    assert len(boxes(page)) == 107


def test_refusals_name_the_fix(data: GraphData, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MapError, match="lang 'fr' is not one of zh, en"):
        draw_graph(data, load_schema(), title="x", lang="fr")
    with pytest.raises(MapError, match="no Report node"):
        draw_graph(GraphData("r", (), ()), load_schema(), title="x")
    monkeypatch.setattr(pyvis, "__version__", "0.4.0")
    with pytest.raises(MapError, match=r"install pyvis==0\.3\.2"):
        draw_graph(data, load_schema(), title="x")
