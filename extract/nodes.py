"""Nodes and edges of one report while it is read, in offsets of the clean text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extract.outline.section import Section


class Fact(NamedTuple):
    """A typed value: amount (yuan), count (of `unit`), share (1.0 = all), date or period (dates.py)."""

    kind: str
    value: float | str
    start: int
    end: int
    unit: str = ""


@dataclass(slots=True, eq=False)
class Node:
    """A node with its place in the clean text.

    `body` is where its text begins after its number; `ranges` are the parts of it after the headline; `items`
    its children of the same label. The component that makes a node fills it in; what others find out of it
    stands in their own results.
    """

    label: str
    start: int
    end: int
    properties: dict[str, Any] = field(default_factory=dict)
    parent: Node | None = None
    section: Section | None = None
    ranges: list[tuple[int, int]] = field(default_factory=list)
    headline: tuple[int, int] | None = None
    #: what is shown as its headline, where that only names the subject of its items: 财政管理方面
    said: tuple[int, int] | None = None
    body: int = 0
    items: list[Node] = field(default_factory=list)
    #: of a cause or an effect: the edge by which words state it
    stated: Bond | None = None
    #: the problem within which it stands, where it speaks of that alone
    scope: Node | None = None

    def own_text(self) -> list[tuple[int, int]]:
        """Its own text with the sentence of its headline; a cause may stand before the headline."""
        if self.headline is None:
            return self.ranges
        if not self.ranges:  # a line without a stop is all headline
            return [] if self.items else [(self.body, self.headline[1])]
        return [(self.body, self.ranges[0][1]), *self.ranges[1:]]

    def ancestors(self) -> Iterator[Node]:
        """Its parent, that one's parent and so on; each once, also where they run in a circle."""
        seen = {id(self)}
        node = self.parent
        while node is not None and id(node) not in seen:
            seen.add(id(node))
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Bond:
    """An edge between two nodes, or from the report (None). `start`, `end`: the words that say it."""

    type: str
    source: Node | None
    target: Node | None
    properties: dict[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None


def copied(nodes: list[Node], bonds: list[Bond]) -> tuple[dict[int, Node], list[Bond]]:
    """Copies that hang on one another as the nodes and bonds do: of each node, by its id in memory, and of
    the bonds in order."""
    new = {
        id(n): Node(n.label, n.start, n.end, dict(n.properties), n.parent, n.section, list(n.ranges),
                    n.headline, n.said, n.body, n.items, n.stated, n.scope)
        for n in nodes
    }  # fmt: skip
    same = {id(b): Bond(b.type, b.source, b.target, dict(b.properties), b.start, b.end) for b in bonds}
    for node in new.values():
        node.parent = new.get(id(node.parent), node.parent)
        node.scope = new.get(id(node.scope), node.scope)
        node.items = [new.get(id(item), item) for item in node.items]
        node.stated = same.get(id(node.stated), node.stated)
    for bond in same.values():
        bond.source = new.get(id(bond.source), bond.source)
        bond.target = new.get(id(bond.target), bond.target)
    return new, list(same.values())
