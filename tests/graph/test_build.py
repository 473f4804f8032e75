"""Findings become a graph, and a graph that is not as the schema says is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from extract.model import Findings, Link, Mention, SuyinError
from graph.build import build_graph, check_graph
from graph.data import GraphError
from graph.schema import load_schema
from tests.graph.data import audit, feedback, notice


@pytest.mark.parametrize("make", [feedback, notice, audit])
def test_the_samples_are_right(make: Callable[[], Findings]) -> None:
    check_graph(build_graph(make()), load_schema())


def test_the_source_is_a_node_by_its_hash() -> None:
    text = feedback().source_text
    assert text is not None
    [node] = [n for n in build_graph(feedback()).nodes if n.label == "SourceText"]
    assert (node.id, node.properties["text"]) == (hashlib.sha256(text.encode()).hexdigest(), text)


def test_findings_without_their_source_are_a_graph_too() -> None:
    data = build_graph(replace(feedback(), source_text=None))
    check_graph(data, load_schema())
    assert all(n.label != "SourceText" for n in data.nodes)


def test_two_mentions_of_one_unit_are_one_node() -> None:
    found = notice()
    again = Mention("u2", "Unit", properties={"name": "县农业农村局党组"})
    data = build_graph(
        replace(
            found,
            nodes=(*found.nodes, again),
            edges=(*found.edges, Link("MENTIONS", "notice", "u2", {"start": 0, "end": 4})),
        )
    )
    [unit] = [n for n in data.nodes if n.label == "Unit"]
    assert unit.properties["name"] == "青岳县农业农村局"
    assert "县农业农村局党组" in unit.properties["aliases"]
    assert [e.target for e in data.edges if e.type == "MENTIONS"] == [unit.id]


def test_the_digest_is_of_the_content_not_of_its_order() -> None:
    found = feedback()
    turned = replace(found, nodes=found.nodes[::-1], edges=found.edges[::-1])
    assert build_graph(turned).digest == build_graph(found).digest
    assert build_graph(replace(found, edges=found.edges[1:])).digest != build_graph(found).digest
    assert build_graph(found).digest != build_graph(notice()).digest


def test_the_digest_is_kept_with_the_report() -> None:
    data = build_graph(feedback())
    [report] = [n for n in data.nodes if n.label == "Report"]
    assert report.properties["digest"] == data.digest


def test_a_whole_number_is_a_float_where_one_is_due() -> None:
    [edge] = [e for e in build_graph(feedback()).edges if e.type == "LEADS_TO"]
    assert type(edge.properties["confidence"]) is float


def refused(findings: Findings) -> str:
    with pytest.raises(GraphError) as caught:
        check_graph(build_graph(findings), load_schema())
    assert isinstance(caught.value, SuyinError)
    assert str(caught.value).startswith("report feedback: ")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def with_node(label: str, /, **changes: Any) -> Findings:
    """The feedback with its first node of this label changed."""
    found = feedback()
    at = next(i for i, n in enumerate(found.nodes) if n.label == label)
    changed = replace(found.nodes[at], **changes)
    return replace(found, nodes=(*found.nodes[:at], changed, *found.nodes[at + 1 :]))


def with_edge(type_: str, **properties: Any) -> Findings:
    """The feedback with the properties of its first edge of this type changed."""
    found = feedback()
    at = next(i for i, e in enumerate(found.edges) if e.type == type_)
    edge = replace(found.edges[at], properties={**found.edges[at].properties, **properties})
    return replace(found, edges=(*found.edges[:at], edge, *found.edges[at + 1 :]))


def and_edge(type_: str, source: str, target: str, **properties: Any) -> Findings:
    return replace(feedback(), edges=(*feedback().edges, Link(type_, source, target, properties)))


PROBLEM, CAUSE = (next(feedback().by_label(label)).id for label in ("Problem", "RootCause"))


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        (with_node("Effect", text="12个村的水井停用"), "node Effect .* is not what the source has from"),
        (with_node("Effect", start=9_000, end=9_009), "is no place in the source"),
        (with_node("Effect", start=None), "'start' is missing"),
        (with_node("Evidence", properties={"mood": "sad"}), "unknown property 'mood'"),
        (with_node("Problem", properties={"headline": 5}), "headline must be of type string, not 5"),
        (with_node("Problem", properties={"headline": "\ud800"}), "headline holds a broken character"),
        (with_node("RootCause", properties={"type": "x" * 4001}), "type is too large"),
        (with_node("Problem", properties={"headline": "x" * 20_000_001}), "headline is too large"),
        (with_node("Problem", label="Worry"), "node Worry .*: unknown label"),
        (with_node("Evidence", id=PROBLEM), "the id is given twice"),
        (with_node("Unit", properties={"name": "《》"}), "node Unit .*: it has no name"),
        (with_node("Category", properties={"code": "weather"}), "unknown code 'weather'; see .*taxonomy"),
        (with_edge("CAUSED_BY", confidence=1.5), "confidence 1.5 is not in"),
        (with_edge("CAUSED_BY", confidence=float("nan")), "confidence nan is not in"),
        (with_edge("CAUSED_BY", method="guess"), "method is 'guess'"),
        (with_edge("CAUSED_BY", method=None), "method is None"),
        (with_edge("CAUSED_BY", cue=None), "must have a cue and its place"),
        (with_edge("CAUSED_BY", cue="因为"), "the cue '因为' is not in the source"),
        (with_edge("STATED_IN", start=5, end=4), "5–4 is no place"),
        (with_edge("STATED_IN", colour="red"), "edge STATED_IN .*unknown property 'colour'"),
        (and_edge("CAUSES", CAUSE, PROBLEM), "edge CAUSES .*: unknown type"),
        (and_edge("CAUSED_BY", CAUSE, PROBLEM, method="inferred"), "cannot go from RootCause to Problem"),
        (and_edge("CAUSED_BY", PROBLEM, "nowhere"), "there is no node 'nowhere'"),
        (replace(feedback(), edges=feedback().edges[1:]), "it has no STATED_IN edge"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_is_wrong_is_named(findings: Findings, says: str) -> None:
    with pytest.raises(GraphError, match=says):
        check_graph(build_graph(findings), load_schema())
    refused(findings)


def test_dangling_and_double_edges_of_a_graph_are_refused() -> None:
    data = build_graph(feedback())
    for edges, says in (
        ((*data.edges, replace(data.edges[-1], target="gone")), "there is no node .* gone"),
        ((*data.edges, data.edges[-1]), "the edge is given twice"),
    ):
        with pytest.raises(GraphError, match=says):
            check_graph(replace(data, edges=edges), load_schema())
    with pytest.raises(GraphError, match="the id is given twice"):
        check_graph(replace(data, nodes=(*data.nodes, data.nodes[-1])), load_schema())
    with pytest.raises(GraphError, match="no node for the report itself"):
        check_graph(replace(data, nodes=data.nodes[1:], edges=()), load_schema())
