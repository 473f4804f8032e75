"""Which nodes of too many are drawn: problems, then what is tied to them, the most certain first.

A map of causes alone says nothing, so nodes are taken as whole edges: round by round each node that is drawn
brings its next best neighbour, and an item brings what it is part of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.data import GraphEdge, GraphNode

#: The labels in the order in which they are taken: all that fit of one group before the next begins.
_TURNS = (
    ("Problem",),
    ("RootCause", "Recommendation", "Measure", "Effect"),
    ("Policy", "Unit"),
    ("Evidence",),
)
#: The share of the picture that problems may take while there is something to show beside them.
_PROBLEMS = 0.5
#: A problem brings its report where reports are drawn too.
_WITH_PROBLEMS = ("Problem", "Report")


def choose(nodes: Sequence[GraphNode], edges: Iterable[GraphEdge], limit: int) -> set[str]:
    """The ids of at most `limit` of the nodes, which stand in the order of the report."""
    if len(nodes) <= limit:
        return {node.id for node in nodes}
    choice = _Choice(nodes, edges)
    others = any(node.label not in _WITH_PROBLEMS for node in nodes)
    problems = [node.id for node in nodes if node.label == "Problem"]
    most = int(limit * _PROBLEMS) if others else limit
    choice.take((id_ for id_ in problems if not choice.is_item(id_)), most)
    choice.grow(_TURNS[0], most)
    for labels in _TURNS[1:]:
        choice.grow(labels, limit)
    # at last what is tied to nothing drawn, and the problems that were left out for others
    for labels in _TURNS:
        choice.take((node.id for node in nodes if node.label in labels), limit)
    return set(choice.taken)


class _Choice:
    """`taken`: ids, in the order they were chosen; `above`: what it is part of, or its report."""

    def __init__(self, nodes: Sequence[GraphNode], edges: Iterable[GraphEdge]) -> None:
        self.taken: dict[str, None] = {}
        self.above: dict[str, str] = {}
        self._labels = {node.id: node.label for node in nodes}
        order = {node.id: i for i, node in enumerate(nodes)}
        ties: dict[str, list[tuple[bool, float, int, str]]] = defaultdict(list)
        reports: dict[str, str] = {}
        for edge in edges:
            if edge.source not in order or edge.target not in order:
                continue
            if edge.type == "STATED_IN":
                if edge.source_label == "Problem":
                    reports[edge.source] = edge.target
                continue
            inferred = edge.properties.get("method") == "inferred"
            certainty = -float(edge.properties.get("confidence") or 1)
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                ties[one].append((inferred, certainty, order[other], other))
            if edge.type == "PART_OF":
                self.above.setdefault(edge.source, edge.target)
        self.above = reports | self.above
        self._ties = {id_: [tie[-1] for tie in sorted(found)] for id_, found in ties.items()}

    def is_item(self, id_: str) -> bool:
        """Whether it is part of another node than its report."""
        return self._labels.get(self.above.get(id_, ""), "Report") != "Report"

    def take(self, ids: Iterable[str], most: int) -> None:
        """Take each with what it is part of, as long as they are no more than `most` in all."""
        for id_ in ids:
            chain: dict[str, None] = {}
            at: str | None = id_
            while at and at not in self.taken and at not in chain:
                chain[at] = None
                at = self.above.get(at)
            if len(self.taken) + len(chain) <= most:
                self.taken |= chain

    def grow(self, labels: Sequence[str], most: int) -> None:
        """Take the neighbours of these labels in rounds, then theirs, until there are no more."""
        done = 0
        while done < len(self.taken) < most:
            rows = [
                [other for other in self._ties.get(id_, ()) if self._labels[other] in labels]
                for id_ in list(self.taken)[done:]
            ]
            done = len(self.taken)
            for round_ in range(max(map(len, rows), default=0)):
                self.take((row[round_] for row in rows if round_ < len(row)), most)
