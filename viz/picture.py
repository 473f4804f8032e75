"""What of a graph is drawn: which nodes, under which problem, what is held back and what is left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.model import SuyinError
from graph.data import GraphData, GraphEdge, GraphNode
from viz.choice import choose
from viz.words import STATUS, Lang

#: At most so many nodes are drawn at first; more cannot be taken in.
MAX_NODES = 300
#: At most so many nodes are in the page; those beyond the first are drawn when they are asked for.
MAX_HELD = 1500
#: The labels that are drawn as boxes. The others (category, type of cause) the detail panel tells.
DRAWN = ("Unit", "RootCause", "Problem", "Effect", "Evidence", "Recommendation", "Measure", "Policy")


class MapError(SuyinError):
    """A map that cannot be drawn; the message names what is missing."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The part of a graph that the page holds.

    `reports` stand in the order of their dates, `nodes` in that of the reports, and in it of their text; the
    reports are among them where there are several. `above` maps an item to the problem or recommendation that
    it is part of, a problem to its report, evidence and effects to their problem; `children` is the same from
    above, with None for what is part of nothing. `held`: the nodes that are
    drawn only when they are asked for. `cut` counts by label what was left out.
    """

    reports: tuple[GraphNode, ...]
    texts: Mapping[str, str]
    nodes: Mapping[str, GraphNode]
    edges: tuple[GraphEdge, ...]
    above: Mapping[str, str]
    children: Mapping[str | None, tuple[GraphNode, ...]]
    held: frozenset[str]
    cut: Mapping[str, int]
    total: int

    def below(self, node_id: str | None, labels: Iterable[str]) -> list[GraphNode]:
        """The nodes of these labels that stand under the node (None: under nothing), in order."""
        return [node for node in self.children.get(node_id, ()) if node.label in labels]

    def text_of(self, node_id: str) -> str | None:
        """The text that holds a node (or is that of a report); None where it is not at hand."""
        return self.texts.get(node_id)


def picture(
    data: GraphData, *, limit: int = MAX_NODES, most: int = MAX_HELD, more: Mapping[str, int] | None = None
) -> Picture:
    """Choose what is drawn (at most `limit` nodes) and what is held (`most` with them).

    `more` counts by label what is in the graph beside `data`. Raises MapError where the data hold no report.
    """
    reports = sorted((n for n in data.nodes if n.label == "Report"), key=_by_date)
    if not reports:
        raise MapError(f"map: the graph of {data.report_id!r} has no Report node; build it with graph.build")
    home = {e.source: e.target for e in data.edges if e.type == "STATED_IN"} | {r.id: r.id for r in reports}
    place = {report.id: i for i, report in enumerate(reports)}
    labels = DRAWN + (("Report",) if len(reports) > 1 else ())
    wanted = sorted(
        (n for n in data.nodes if n.label in labels),
        key=lambda n: (place.get(home.get(n.id, ""), len(reports)), *_in_order(n)),
    )
    chosen = choose(wanted, data.edges, limit)
    kept = chosen | choose(wanted, data.edges, most)
    nodes = {n.id: n for n in wanted if n.id in kept}
    cut = Counter(n.label for n in wanted if n.id not in kept) + Counter(dict(more or {}))
    above = _above(data, nodes)
    children: dict[str | None, list[GraphNode]] = defaultdict(list)
    for node in nodes.values():
        children[above.get(node.id)].append(node)
    return Picture(
        tuple(reports),
        _texts(data, home),
        nodes,
        data.edges,
        above,
        {parent: tuple(found) for parent, found in children.items()},
        frozenset(kept - chosen),
        cut,
        len(nodes) + cut.total(),
    )


def caption(node: GraphNode) -> str:
    """The words that stand for a node: its headline, title, name or own text."""
    props: Mapping[str, Any] = node.properties
    said = "title" if node.label == "Report" else "headline"
    return str(props.get(said) or props.get("name") or props.get("text") or node.id)


def prefix(node: GraphNode, lang: Lang) -> str:
    """What stands before the words in a box: its number, the date of a report, the state of a measure."""
    if node.label == "Report":
        return str(node.properties.get("date") or "")
    status = str(node.properties.get("status") or "")
    return str(node.properties.get("number") or STATUS.get(status, {}).get(lang, status))


def _texts(data: GraphData, home: Mapping[str, str]) -> dict[str, str]:
    texts = {n.id: n.properties.get("text") for n in data.nodes if n.label == "SourceText"}
    held = {e.source: texts.get(e.target) for e in data.edges if e.type == "HAS_TEXT"}
    return {node: text for node, report in home.items() if (text := held.get(report))}


def _above(data: GraphData, nodes: Mapping[str, GraphNode]) -> dict[str, str]:
    above: dict[str, str] = {}
    # a report last: it holds what is part of nothing else
    for edge in sorted(data.edges, key=lambda e: e.type == "STATED_IN"):
        child, parent = _family(edge)
        if child in nodes and parent in nodes:
            above.setdefault(child, parent)
    return _without_cycles(above)


def _family(edge: GraphEdge) -> tuple[str, str]:
    """(child, parent) of an edge that the picture shows by indenting; ("", "") for the others."""
    if edge.type in ("PART_OF", "SUPPORTS"):
        return edge.source, edge.target
    if edge.type == "LEADS_TO":
        return edge.target, edge.source
    if edge.type == "STATED_IN" and edge.source_label in ("Problem", "Evidence", "Effect"):
        return edge.source, edge.target
    return "", ""


def _without_cycles(above: dict[str, str]) -> dict[str, str]:
    """Drop links of PART_OF that run in a circle, which a store may hold that others have written to."""
    sound = {}
    for child, parent in above.items():
        seen, at = {child}, parent
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at not in seen:
            sound[child] = parent
    return sound


def _in_order(node: GraphNode) -> tuple[bool, int, str]:
    start = node.properties.get("start")
    return (start is None, start or 0, caption(node) if start is None else node.id)


def _by_date(report: GraphNode) -> tuple[str, str, str]:
    """Those without a date last."""
    return str(report.properties.get("date") or "~"), caption(report), report.id
