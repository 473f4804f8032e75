"""What a component works with: the report, what those before it returned, and what it adds itself."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, TypeVar

from spacy.tokens import Doc

from extract.found import Found, Problems, Statements
from extract.nodes import Bond, Node, copied
from extract.outline.section import Section
from extract.results import Report, Results, results_of

F = TypeVar("F", bound=Found)


class Draft:
    """A report as one component sees it, in offsets of the clean text.

    `of` and `bonds` tell of the nodes and edges in the results that it requires and of those that it adds;
    `found` gives what it added. What others found it leaves as it is.
    """

    def __init__(self, report: Report, results: Results | None = None) -> None:
        self.report, self.results = report, results or Results(report)
        self.clean, self.rules, self.root = report.clean, report.rules, report.root
        self.text, self.kind, self.title = report.clean.text, report.kind, report.title
        self.nodes: dict[str, list[Node]] = {}
        self.bonds: list[Bond] = []
        self.warnings: list[str] = []
        #: rows of tables that say a problem again, each with that problem
        self.repeats: list[tuple[Section, Node]] = []
        for found in self.results.found():
            for node in found.nodes:
                self.nodes.setdefault(node.label, []).append(node)
            self.bonds += found.bonds
            if isinstance(found, Problems | Statements):
                self.repeats += found.repeats
        self._others = {label: len(nodes) for label, nodes in self.nodes.items()}
        self._others_bonds = len(self.bonds)

    def copied(self) -> Draft:
        """A draft of its own with copies of all nodes and bonds, which may then be changed."""
        new, bonds = copied([node for nodes in self.nodes.values() for node in nodes], self.bonds)
        own = Draft(self.report)
        own.results = self.results
        own.nodes = {label: [new[id(node)] for node in nodes] for label, nodes in self.nodes.items()}
        own.bonds = bonds
        own.repeats = [(section, new.get(id(node), node)) for section, node in self.repeats]
        return own

    def found(self, result: type[F], **more: Any) -> F:
        """What was added, as a result of this type."""
        nodes = (n for label, nodes in self.nodes.items() for n in nodes[self._others.get(label, 0) :])
        bonds = self.bonds[self._others_bonds :]
        return result(nodes=tuple(nodes), bonds=tuple(bonds), warnings=tuple(self.warnings), **more)

    def add(self, node: Node) -> Node:
        """Keep a node, below its parent where that is of the same label."""
        self.nodes.setdefault(node.label, []).append(node)
        if node.parent is not None and node.parent.label == node.label:
            node.parent.items.append(node)
        return node

    def drop(self, label: str, gone: Container[int]) -> None:
        """Take nodes of its own away, by their ids in memory."""
        self.nodes[label] = [node for node in self.of(label) if id(node) not in gone]

    def cut_circles(self, label: str) -> None:
        """Of nodes that are parts of one another, as merging may leave them, the first loses its parent."""
        for node in sorted(self.of(label), key=lambda n: (n.start, -n.end)):
            if node.parent is not None and node in (node.parent, *node.parent.ancestors()):
                node.parent.items = [item for item in node.parent.items if item is not node]
                node.parent = None
                self.warnings.append(f"parts of one another: 相互包含，已分开：{self.words(node)[:20]}")

    def of(self, label: str) -> list[Node]:
        return self.nodes.get(label, [])

    def problems_by_section(self) -> dict[int, Node]:
        """The first problem of each section, by the section's id; of a row that repeats one, that one."""
        found = {id(p.section): p for p in reversed(self.of("Problem")) if p.section is not None}
        return found | {id(section): problem for section, problem in self.repeats}

    def words(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def bond(
        self,
        type_: str,
        source: Node | None,
        target: Node | None,
        *,
        at: tuple[int, int] | None = None,
        **properties: Any,
    ) -> Bond:
        start, end = at or (None, None)
        bond = Bond(type_, source, target, properties, start, end)
        self.bonds.append(bond)
        return bond


def draft_of(doc: Doc, *requires: str, reader: str = "draft") -> Draft:
    """The report of a Doc for one who works with these results. Raises PipelineError where one is missing."""
    results = results_of(doc)
    return Draft(results.report, results.only(requires, reader))
