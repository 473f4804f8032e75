"""Puts what people judged of a report's findings on its graph, and takes it off again.

What is right as it was found is `judged` confirmed, what a person put otherwise corrected, and what was
rejected is left out. The report's node keeps the judgements that fit (`judgements`: their keys, in the order
of the file) and, as JSON, what stood there without them (`unjudged`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from graph.data import GraphData, GraphEdge, GraphNode
from graph.quotes import FoldedText
from graph.review_find import Ends, Finder, Key, Passage
from graph.reviews import Review
from graph.vocabulary import taxonomy

#: The properties of a report's node that keep its judgements.
KEPT = ("judgements", "unjudged")
#: Edges that belong to a node and go when it goes.
_OWN = ("STATED_IN", "IN_CATEGORY", "OF_TYPE")
#: Edges to what may belong to one problem alone, and whether they lead from the problem to it.
_FOR_PROBLEMS = {"SUPPORTS": False, "LEADS_TO": True, "CAUSED_BY": True}
_TAXONOMY = {
    "Category": ("categories", "category", "IN_CATEGORY"),
    "CauseType": ("cause_types", "cause-type", "OF_TYPE"),
}


def review(data: GraphData, reviews: Sequence[Review]) -> GraphData:
    """The graph under these judgements; itself where none of them fits. Its digest is not made anew.

    Of several judgements of one finding the last holds.
    """
    finder = Finder(data, FoldedText.of(data)) if reviews else None
    found = [(one, ends) for one in reviews if finder and (ends := finder.ends(one))]
    if not found:
        return data
    work = _Work(data)
    last = [*{ends.finding: (one, ends) for one, ends in found}.values()]
    for one, ends in last:
        if one.right:
            work.judge_link(one, ends)
    for one, ends in last:  # after the links, as a rejected problem takes its own away
        if not one.right:
            work.judge_problem(one, ends)
    return work.done([one.key for one, _ in found])


def unreview(
    report: GraphNode, nodes: Iterable[GraphNode], edges: Iterable[GraphEdge]
) -> tuple[GraphNode, list[GraphNode], list[GraphEdge]]:
    """Report, other nodes and edges without the judgements that the report's node keeps."""
    was = json.loads(report.properties.get("unjudged", '{"nodes": [], "edges": []}'))
    put = {(n.label, n.id) for n in nodes if n.properties.get("judged") == "corrected"}
    kept = [_plain(n) for n in nodes if (n.label, n.id) not in put]
    kept += [GraphNode(*node) for node in was["nodes"]]
    back = [
        _plain(e)
        for e in edges
        if e.properties.get("judged") != "corrected"
        and not (e.type in _OWN and (e.source_label, e.source) in put)
    ]
    back += [GraphEdge(*edge) for edge in was["edges"]]
    plain = replace(report, properties={k: v for k, v in report.properties.items() if k not in KEPT})
    held = {(e.target_label, e.target) for e in back}
    return plain, [n for n in kept if n.label not in _TAXONOMY or (n.label, n.id) in held], back


class _Work:
    """A graph in the making, with what stood there before."""

    def __init__(self, data: GraphData) -> None:
        self.data = data
        self.nodes: dict[Key, GraphNode] = {(n.label, n.id): n for n in data.nodes}
        self.edges: dict[str, GraphEdge] = {e.id: e for e in data.edges}
        self._old_nodes, self._old_edges = dict(self.nodes), dict(self.edges)
        self._was: dict[Key | str, GraphNode | GraphEdge] = {}

    def judge_problem(self, one: Review, ends: Ends) -> None:
        if ends.found[0] is None:  # it was rejected, and the report's reading no longer gives it
            return
        node = self.nodes[ends.found[0]]
        if one.verdict == "rejected":
            self._drop(node)
            return
        changes: dict[str, Any] = {"headline": one.headline, "category": one.code}
        if ends.passage:
            changes |= ends.passage.properties
        changes = {k: v for k, v in changes.items() if v not in ("", node.properties.get(k))}
        if not changes:
            self._put_node(_judged(node, "confirmed"))
            return
        own = self._own_edges(node)
        for edge in own:
            self._keep(edge)
            del self.edges[edge.id]
        self._keep(node)
        node = _judged(node, "corrected", **changes)
        self._put_node(node)
        moved = {k: v for k, v in changes.items() if k in ("start", "end")}
        for edge in own:
            if edge.type == "STATED_IN":
                self._put_edge(replace(edge, properties={**edge.properties, **moved}))
            elif edge.type != "IN_CATEGORY" or "category" not in changes:
                self._put_edge(edge)
        if "category" in changes:
            self._put_code(node, "Category", one.code)

    def judge_link(self, one: Review, ends: Ends) -> None:
        source, target = ends.right
        if ends.passage:
            target = self._put_cause(ends.passage, one.code)
        for old in self._between(one.what, *ends.found) if ends.found != (source, target) else ():
            self._keep(old)
            del self.edges[old.id]
        if source is None or target is None:  # rejected
            return
        there = self._between(one.what, source, target)
        if not there:
            said = {"method": "inferred", "confidence": 1.0, "judged": "corrected"}
            self._put_edge(GraphEdge(one.what, source[1], target[1], source[0], target[0], said))
        for edge in there:
            if edge.id in self._old_edges:
                self._put_edge(_judged(edge, "confirmed"))

    def done(self, keys: list[str]) -> GraphData:
        held = {_target(e) for e in self.edges.values()}
        for key in [key for key in self.nodes if key[0] in _TAXONOMY and key not in held]:
            self._keep(self.nodes.pop(key))
        was = {
            "nodes": [
                [n.id, n.label, dict(n.properties)] for n in self._was.values() if isinstance(n, GraphNode)
            ],
            "edges": [
                [e.type, e.source, e.target, e.source_label, e.target_label, dict(e.properties)]
                for e in self._was.values()
                if isinstance(e, GraphEdge)
            ],
        }
        kept: dict[str, Any] = {"judgements": keys}
        if was["nodes"] or was["edges"]:
            rows = {name: sorted(rows, key=_json) for name, rows in was.items()}
            kept["unjudged"] = _json(rows)
        report = self.nodes["Report", self.data.report_id]
        self.nodes["Report", report.id] = replace(report, properties={**report.properties, **kept})
        return replace(self.data, nodes=tuple(self.nodes.values()), edges=tuple(self.edges.values()))

    def _put_cause(self, passage: Passage, code: str) -> Key:
        """Add a cause that the reading did not give, in the words of the text."""
        said = {**passage.properties, "judged": "corrected"} | ({"type": code} if code else {})
        node = GraphNode(passage.id, "RootCause", said)
        key = node.label, node.id
        if key not in self.nodes:
            self._put_node(node)
            place = {k: said[k] for k in ("start", "end")}
            self._put_edge(GraphEdge("STATED_IN", node.id, self.data.report_id, "RootCause", "Report", place))
            if code:
                self._put_code(node, "CauseType", code)
        return key

    def _drop(self, node: GraphNode) -> None:
        """Take out a rejected problem, with the evidence, effects and causes that belong to it alone."""
        key = (node.label, node.id)
        touching = [e for e in self.edges.values() if key in (_source(e), _target(e))]
        for edge in touching:
            self._keep(edge)
            del self.edges[edge.id]
        self._keep(self.nodes.pop(key))
        for edge in touching if node.label == "Problem" else ():
            if edge.type in _FOR_PROBLEMS:
                other = _target(edge) if _FOR_PROBLEMS[edge.type] else _source(edge)
                still = any(
                    e.type == edge.type and other in (_source(e), _target(e)) for e in self.edges.values()
                )
                if other in self.nodes and not still:
                    self._drop(self.nodes[other])

    def _between(self, type_: str, source: Key | None, target: Key | None) -> list[GraphEdge]:
        """The links from one node to another: the report may say one several times."""
        return [e for e in self.edges.values() if (e.type, _source(e), _target(e)) == (type_, source, target)]

    def _own_edges(self, node: GraphNode) -> list[GraphEdge]:
        return [e for e in self.edges.values() if e.type in _OWN and _source(e) == (node.label, node.id)]

    def _put_code(self, node: GraphNode, label: str, code: str) -> None:
        table, prefix, type_ = _TAXONOMY[label]
        named = {"name": taxonomy()[table][code]["zh"], "name_en": taxonomy()[table][code]["en"]}
        new = GraphNode(f"{prefix}:{code}", label, {"code": code, **named})
        self.nodes.setdefault((label, new.id), new)
        self._put_edge(GraphEdge(type_, node.id, new.id, node.label, label))

    def _put_node(self, node: GraphNode) -> None:
        self.nodes[node.label, node.id] = node

    def _put_edge(self, edge: GraphEdge) -> None:
        self.edges[edge.id] = edge

    def _keep(self, what: GraphNode | GraphEdge) -> None:
        """Remember a node or edge of the report's own as it was, so that `unreview` can put it back."""
        key = (what.label, what.id) if isinstance(what, GraphNode) else what.id
        old = self._old_nodes.get(key) if isinstance(key, tuple) else self._old_edges.get(key)
        if old is not None:
            self._was.setdefault(key, old)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _judged(what: Any, verdict: str, **changes: Any) -> Any:
    return replace(what, properties={**what.properties, **changes, "judged": verdict})


def _plain(what: Any) -> Any:
    if "judged" not in what.properties:
        return what
    return replace(what, properties={k: v for k, v in what.properties.items() if k != "judged"})


def _source(edge: GraphEdge) -> Key:
    return edge.source_label, edge.source


def _target(edge: GraphEdge) -> Key:
    return edge.target_label, edge.target
