"""What one report gives to the files of an import: lines of CSV, made in any process.

A string is always quoted, so that an empty one is not mistaken for none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from extract.model import Findings
from graph.build import build_graph, check_graph
from graph.data import GraphData, GraphError, GraphNode
from graph.judge import judge
from graph.judgements import Judgements
from graph.schema import LISTS, SEARCH, load_schema
from graph.search import search_text

#: The file of a line: that of a label, or that of a type of edge with the labels of its ends.
Kind: TypeAlias = tuple[str, ...]
#: Parts the values of a list in the files, so a report with a list that holds it is refused.
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class ReportRows:
    """`lines`: of the report's own nodes and edges, each ended; `texts`: those of texts, by id.

    `shared`: what other reports may have too. `judged`: the keys of the judgements that fit the report.
    """

    report_id: str
    title: str | None
    judged: tuple[str, ...]
    warnings: tuple[str, ...]
    lines: Mapping[Kind, str]
    texts: Mapping[str, str]
    shared: Sequence[GraphNode]
    longest: int


def rows_of(findings: Findings, judgements: Judgements) -> ReportRows:
    """Units and policies are one or two as `judgements` say, and findings are as people judged them.

    Raises GraphError.
    """
    schema = load_schema()
    data = judge(build_graph(findings), judgements)
    check_graph(data, schema)
    _check_lists(data)
    lines: dict[Kind, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    shared: list[GraphNode] = []
    for node in data.nodes:
        if node.label in schema.own:
            lines[node.label,].append(node_line(node.label, node.id, node.properties))
        elif node.label == "SourceText":
            texts[node.id] = node_line(node.label, node.id, node.properties)
        else:
            shared.append(node)
    for edge in data.edges:
        ids, kinds = (edge.source, edge.target, edge.id), schema.edges[edge.type].properties
        lines[edge.type, edge.source_label, edge.target_label].append(line(ids, kinds, edge.properties))
    report = data.report.properties
    return ReportRows(
        data.report_id,
        report.get("title"),
        tuple(report.get("judgements", ())),
        findings.report.warnings,
        {kind: "".join(some) for kind, some in lines.items()},
        texts,
        shared,
        max(len(row) for some in (*lines.values(), texts.values()) for row in some),
    )


def node_line(label: str, id_: str, properties: Mapping[str, Any]) -> str:
    """The line of a node, with the text that it is searched by."""
    kinds = (schema := load_schema().labels[label]).stored
    if schema.fulltext:
        properties = {**properties, SEARCH: search_text(schema, properties)}
    return line((id_,), kinds, properties)


def line(ids: Sequence[str], kinds: Mapping[str, str], properties: Mapping[str, Any]) -> str:
    """The line of ids and of properties, in the order of `kinds`, their types."""
    values = (_cell(properties.get(name), kind) for name, kind in kinds.items())
    return ",".join([*map(_quote, ids), *values]) + "\n"


def _check_lists(data: GraphData) -> None:
    properties = [each.properties for each in data.nodes] + [each.properties for each in data.edges]
    lists = (values for each in properties for values in each.values() if isinstance(values, list))
    if any(isinstance(value, str) and _BETWEEN in value for values in lists for value in values):
        raise GraphError(
            f"report {data.report_id}: a list holds the character U+001F, which parts the "
            "values of lists in the files; load this report with: suyin load"
        )


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind in LISTS:
        return _quote(_BETWEEN.join(map(str, value)))
    return _quote(value) if kind == "string" else repr(value)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
