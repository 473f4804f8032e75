"""Findings -> GraphData: what one report gives to the graph. Pure; nothing is read or written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from extract.model import Findings, Mention, ReportInfo
from graph.check import check_graph
from graph.data import GraphData, GraphEdge, GraphError, GraphNode
from graph.resolve import fold_unit, merge_names, policy_id, unit_id
from graph.schema import load_schema
from graph.vocabulary import taxonomy

__all__ = ["build_graph", "check_graph"]

_TAXONOMY = {"Category": "categories", "CauseType": "cause_types"}


def build_graph(findings: Findings) -> GraphData:
    """What a report gives to the graph. Raises GraphError where an edge names a node that is not there."""
    report = findings.report
    where = f"report {report.id}"
    nodes: dict[tuple[str, str], GraphNode] = {}
    edges: dict[str, GraphEdge] = {}
    ends = {report.id: ("Report", report.id)}  # id in the findings -> label and id in the graph
    called: dict[tuple[str, str], list[Mention]] = defaultdict(list)

    def add_edge(
        type_: str, source: tuple[str, str], target: tuple[str, str], properties: Mapping[str, Any]
    ) -> None:
        edge = GraphEdge(
            type_,
            source[1],
            target[1],
            source[0],
            target[0],
            _clean(properties, _kinds(load_schema().edges, type_)),
        )
        edges.setdefault(edge.id, edge)  # two names of one unit at one place: one mention

    for mention in findings.nodes:
        if mention.label == "Report" and mention.id == report.id:
            continue
        if mention.id in ends:
            raise GraphError(f"{where}: node {mention.label} {mention.id}: the id is given twice")
        node = _node(mention, report)
        ends[mention.id] = key = (node.label, node.id)
        nodes.setdefault(key, node)
        if node.label in load_schema().named:
            called[key].append(mention)

    for key, mentions in called.items():
        name, aliases = merge_names(
            (m.properties["name"], m.properties.get("aliases") or []) for m in mentions
        )
        names = _clean({"name": name, "aliases": aliases, "place": nodes[key].properties.get("place")}, {})
        nodes[key] = GraphNode(key[1], key[0], {**nodes[key].properties, **names})
        add_edge("NAMES", ("Report", report.id), key, names)
    for link in findings.edges:
        for end in (link.source, link.target):
            if end not in ends:
                raise GraphError(
                    f"{where}: edge {link.type} {link.source} → {link.target}: there is no node {end!r}"
                )
        add_edge(link.type, ends[link.source], ends[link.target], link.properties)
    if findings.source_text is not None:
        text = GraphNode(
            hashlib.sha256(findings.source_text.encode("utf-8", "surrogatepass")).hexdigest(),
            "SourceText",
            {"text": findings.source_text},
        )
        nodes[text.label, text.id] = text
        add_edge("HAS_TEXT", ("Report", report.id), (text.label, text.id), {})

    held = {(edge.target_label, edge.target) for edge in edges.values()}
    for key in [key for key in nodes if key[0] in _TAXONOMY and key not in held]:
        del nodes[key]  # as the store drops what no edge holds

    digest = GraphData(report.id, (_report(report, None), *nodes.values()), tuple(edges.values())).digest
    return GraphData(report.id, (_report(report, digest), *nodes.values()), tuple(edges.values()))


def _report(report: ReportInfo, digest: str | None) -> GraphNode:
    properties = {
        "title": report.title,
        "kind": report.kind,
        "place": report.place,
        "date": report.date,
        "level": report.level,
        "round": report.round,
        "url": report.url,
        "name": report.name,
        "sha256": report.sha256,
        "chars": report.chars,
        "warnings": list(report.warnings),
        "digest": digest,
    }
    return GraphNode(report.id, "Report", _clean(properties, {}))


def _node(mention: Mention, report: ReportInfo) -> GraphNode:
    label, properties = mention.label, mention.properties
    if label in load_schema().named:
        name, aliases = properties.get("name"), properties.get("aliases") or []
        if not isinstance(name, str) or not fold_unit(name):
            raise GraphError(f"report {report.id}: node {label} {mention.id}: it has no name")
        if label == "Policy":
            return GraphNode(policy_id(name), label, {})
        id_, unit_place = unit_id(name, aliases, place=report.place, report_id=report.id)
        return GraphNode(id_, label, _clean({"place": unit_place}, {}))
    if label in _TAXONOMY:  # named by the vocabulary, so all reports agree
        code = properties.get("code")
        named = taxonomy()[_TAXONOMY[label]].get(str(code))
        if named is None:
            raise GraphError(
                f"report {report.id}: node {label} {mention.id}: unknown code {code!r}; "
                "see extract/rules/taxonomy.toml"
            )
        return GraphNode(mention.id, label, {"code": code, "name": named["zh"], "name_en": named["en"]})
    place = {"text": mention.text, "start": mention.start, "end": mention.end}
    return GraphNode(mention.id, label, _clean({**properties, **place}, _kinds(load_schema().labels, label)))


def _clean(properties: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Without empty values, which the two stores keep differently; a whole number becomes a float where the
    schema wants one.
    """
    return {
        k: float(v) if kinds.get(k) == "float" and type(v) is int else v
        for k, v in properties.items()
        if v is not None and v != []
    }


def _kinds(entries: Mapping[str, Any], name: str) -> Mapping[str, str]:
    return entries[name].properties if name in entries else {}
