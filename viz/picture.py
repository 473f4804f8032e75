"""What of a report's graph is drawn: which nodes, under which problem, and what is cut from too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.model import SuyinError
from graph.data import GraphData, GraphEdge, GraphNode
from viz.choice import choose
from viz.words import STATUS, Lang

#: More nodes than this are no longer a picture.
MAX_NODES = 300
#: The labels that are drawn as boxes. The others (report, category, type of cause) the detail panel tells.
DRAWN = ("Unit", "RootCause", "Problem", "Effect", "Evidence", "Recommendation", "Measure", "Policy")


class MapError(SuyinError):
    """A map that cannot be drawn; the message names what is missing."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The part of a graph that is drawn.

    `nodes` stand in the order of the report. `above` maps an item to the problem or recommendation that it is
    part of, and evidence and effects to their problem. `cut` counts by label what was left out.
    """

    report: GraphNode
    text: str | None
    nodes: Mapping[str, GraphNode]
    edges: tuple[GraphEdge, ...]
    above: Mapping[str, str]
    cut: Mapping[str, int]
    total: int

    def below(self, node_id: str | None, labels: Iterable[str]) -> list[GraphNode]:
        """The nodes of these labels that stand under the node (None: under nothing), in order."""
        return [n for n in self.nodes.values() if n.label in labels and self.above.get(n.id) == node_id]


def picture(data: GraphData, *, limit: int = MAX_NODES) -> Picture:
    """Choose what is drawn, at most `limit` nodes. Raises MapError where the data hold no report."""
    report = next((n for n in data.nodes if n.label == "Report"), None)
    if report is None:
        raise MapError(f"map: the graph of {data.report_id!r} has no Report node; build it with graph.build")
    text = next((n.properties.get("text") for n in data.nodes if n.label == "SourceText"), None)
    wanted = sorted((n for n in data.nodes if n.label in DRAWN), key=_in_order)
    chosen = choose(wanted, data.edges, limit)
    nodes = {n.id: n for n in wanted if n.id in chosen}
    above: dict[str, str] = {}
    for edge in data.edges:
        child, parent = _family(edge)
        if child in nodes and parent in nodes:
            above.setdefault(child, parent)
    return Picture(report, text, nodes, data.edges, _without_cycles(above),
                   Counter(node.label for node in wanted if node.id not in chosen), len(wanted))


def caption(node: GraphNode) -> str:
    """The words that stand for a node: its headline, name or own text."""
    props: Mapping[str, Any] = node.properties
    return str(props.get("headline") or props.get("name") or props.get("text") or node.id)


def prefix(node: GraphNode, lang: Lang) -> str:
    """What stands before the words in a box: its number, or the state of a measure."""
    status = str(node.properties.get("status") or "")
    return str(node.properties.get("number") or STATUS.get(status, {}).get(lang, status))


def _family(edge: GraphEdge) -> tuple[str, str]:
    """(child, parent) of an edge that the picture shows by indenting; ("", "") for the others."""
    if edge.type in ("PART_OF", "SUPPORTS"):
        return edge.source, edge.target
    if edge.type == "LEADS_TO":
        return edge.target, edge.source
    return "", ""


def _without_cycles(above: dict[str, str]) -> dict[str, str]:
    """Drop the links of a PART_OF that runs in a circle: the store may hold what others wrote."""
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
