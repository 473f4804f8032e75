"""The problems of a report one under the other, each with its causes, recommendations and measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.lookups.items import coded
from api.models import Named
from graph.data import GraphData, GraphEdge, GraphNode
from graph.exports.sheets import csv_head, csv_line

#: Columns of the table for spreadsheets: a line for each link of a problem, or one where it has none.
COLUMNS = (
    "number",
    "problem",
    "category",
    "amount",
    "link",
    "says",
    "type",
    "status",
    "method",
    "confidence",
    "cue",
    "judged",
    "quote",
    "start",
    "end",
    "problem_id",
    "id",
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a problem to `node`. `ends`: source and target of the edge.

    A recommendation may be for a cause of the problem, which `via` then names.
    """

    what: str
    ends: tuple[str, str]
    node: GraphNode
    method: str | None
    confidence: float | None
    cue: str | None
    judged: str | None
    type: Named | None = None
    status: str | None = None
    via: str | None = None


@dataclass(slots=True)
class Row:
    """A problem, so many levels below the uppermost."""

    depth: int
    node: GraphNode
    headline: str
    category: Named | None
    causes: list[Link] = field(default_factory=list)
    advice: list[Link] = field(default_factory=list)
    measures: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """`loose`: causes, recommendations and measures that are tied to no problem."""

    rows: list[Row]
    loose: list[GraphNode]


def words_of(node: GraphNode) -> str:
    """What a node is called: its headline, or the words of the report."""
    return str(node.properties.get("headline") or node.properties.get("text") or node.id)


def outline(data: GraphData) -> Outline:
    """The problems in the order of the text, items below what they are part of."""
    nodes = {(n.label, n.id): n for n in data.nodes}
    into: dict[tuple[str, str], list[GraphEdge]] = defaultdict(list)
    out: dict[tuple[str, str], list[GraphEdge]] = defaultdict(list)
    for edge in sorted(data.edges, key=_surest):
        out[edge.source_label, edge.source].append(edge)
        into[edge.target_label, edge.target].append(edge)
    linked: set[str] = set()
    rows = []
    for depth, node in _ordered(data):
        key = ("Problem", node.id)
        row = Row(depth, node, words_of(node), coded("category", node.properties.get("category")))
        row.causes = _once(_link(e, nodes["RootCause", e.target]) for e in out[key] if e.type == "CAUSED_BY")
        row.advice = _once(
            [
                *(_link(e, nodes["Recommendation", e.source]) for e in into[key] if e.type == "ADDRESSES"),
                *(
                    _link(e, nodes["Recommendation", e.source], via=words_of(cause.node))
                    for cause in row.causes
                    for e in into["RootCause", cause.node.id]
                    if e.type == "ADDRESSES"
                ),
            ]
        )
        row.measures = _once(_link(e, nodes["Measure", e.source]) for e in into[key] if e.type == "RESOLVES")
        linked.update(link.node.id for link in (*row.causes, *row.advice, *row.measures))
        rows.append(row)
    loose = [
        n for n in data.nodes if n.label in ("RootCause", "Recommendation", "Measure") and n.id not in linked
    ]
    return Outline(rows, sorted(loose, key=_place))


def to_sheet(found: Outline, *, lang: str) -> Iterator[str]:
    """The lines of a CSV file as Excel opens it; names in this language."""
    yield csv_head(COLUMNS, excel=True)
    for row in found.rows:
        own = row.node.properties
        problem = {
            "number": own.get("number"),
            "problem": row.headline,
            "amount": own.get("amount"),
            "category": _name(row.category, lang),
            "judged": own.get("judged"),
            "problem_id": row.node.id,
            **_quoted(row.node),
        }
        links = [*row.causes, *row.advice, *row.measures]
        for link in links or (None,):
            cells: dict[str, Any] = {**problem, **(_cells(link, lang) if link else {})}
            yield csv_line((cells.get(name) for name in COLUMNS), excel=True)
    for node in found.loose:
        cells = {"link": node.label, "says": words_of(node), "id": node.id, **_quoted(node)}
        yield csv_line((cells.get(name) for name in COLUMNS), excel=True)


def _cells(link: Link, lang: str) -> dict[str, Any]:
    return {
        "link": link.what,
        "says": words_of(link.node),
        "type": _name(link.type, lang),
        "id": link.node.id,
        "status": link.status,
        "method": link.method,
        "confidence": link.confidence,
        "cue": link.cue,
        "judged": link.judged,
        **_quoted(link.node),
    }


def _quoted(node: GraphNode) -> dict[str, Any]:
    return {
        "quote": node.properties.get("text"),
        "start": node.properties.get("start"),
        "end": node.properties.get("end"),
    }


def _name(named: Named | None, lang: str) -> str | None:
    return ((named.name_en if lang == "en" else None) or named.name) if named else None


def _ordered(data: GraphData) -> Iterator[tuple[int, GraphNode]]:
    """Depth and problem. One that is part of itself, round about, stands above."""
    problems = sorted((n for n in data.nodes if n.label == "Problem"), key=_place)
    known = {n.id for n in problems}
    above = {
        e.source: e.target
        for e in data.edges
        if e.type == "PART_OF" and e.source in known and e.target in known
    }
    below: dict[str | None, list[GraphNode]] = defaultdict(list)
    for node in problems:
        below[None if _circles(node.id, above) else above.get(node.id)].append(node)
    waiting = [(0, node) for node in reversed(below[None])]
    while waiting:
        depth, node = waiting.pop()
        yield depth, node
        waiting += [(depth + 1, child) for child in reversed(below[node.id])]


def _circles(id_: str, above: Mapping[str, str]) -> bool:
    seen, at = {id_}, above.get(id_)
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at == id_


def _link(edge: GraphEdge, node: GraphNode, via: str | None = None) -> Link:
    said = edge.properties
    return Link(
        edge.type,
        (edge.source, edge.target),
        node,
        said.get("method"),
        said.get("confidence"),
        said.get("cue"),
        said.get("judged"),
        coded("cause-type", node.properties.get("type")),
        said.get("status") or node.properties.get("status"),
        via,
    )


def _once(links: Iterable[Link]) -> list[Link]:
    """Each node by its first link, in the order of the text."""
    first: dict[str, Link] = {}
    for link in links:
        first.setdefault(link.node.id, link)
    return sorted(first.values(), key=lambda link: _place(link.node))


def _surest(edge: GraphEdge) -> tuple[bool, float]:
    """Those that the report states first, then by confidence."""
    return edge.properties.get("method") == "inferred", -(edge.properties.get("confidence") or 0.0)


def _place(node: GraphNode) -> tuple[int, int, str]:
    return node.properties.get("start") or 0, -(node.properties.get("end") or 0), node.id
