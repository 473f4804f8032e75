"""What the components share while they work on one report: a draft, in offsets of the clean text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.tokens import Doc, Span

from extract.heads import Heads
from extract.metadata import Metadata
from extract.outline.section import Section
from extract.rules import Rules
from extract.rules.lexicon import Hits
from extract.text.clean import CleanText

if TYPE_CHECKING:
    from extract.reading.names import NameReader

_SENTENCE = re.compile(
    r"(?:[^“（。；！？\n]+|“[^“”\n]{0,200}”|（[^（）\n]{0,200}）|[“（])+[。；！？]*[”’）]?|[。；！？]+"
)
_STRONG = re.compile(
    r"(?:[^“（。！？\n]+|“[^“”\n]{0,200}”|（[^（）\n]{0,200}）|[“（])+[。！？]*[”’）]?|[。！？]+"
)


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
    its children of the same label; `stated` the causes and effects that its text states; `scores` what speaks
    for each category; `facts` its figures.
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
    stated: list[Bond] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
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
    """An edge between two drafts, or from the report (None). `start`, `end`: the words that say it."""

    type: str
    source: Node | None
    target: Node | None
    properties: dict[str, Any] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Draft:
    clean: CleanText
    rules: Rules
    root: Section
    kind: str
    title: tuple[int, int] | None
    nodes: dict[str, list[Node]] = field(default_factory=dict)
    bonds: list[Bond] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    hits: Hits | None = None
    _holders: Holders | None = None
    place: str | None = None
    date: str | None = None
    given: Metadata = field(default_factory=Metadata)
    #: others than those that Suyin comes with
    heads: Heads | None = None
    #: rows of tables that say a problem again, each with that problem
    repeats: list[tuple[Section, Node]] = field(default_factory=list)
    #: what the trained reader makes of the names of units, where it read the text
    names: NameReader | None = None

    @property
    def text(self) -> str:
        return self.clean.text

    def add(self, node: Node) -> Node:
        """Keep a node, below its parent where that is of the same label."""
        if node.start >= 0:
            self._holders = None
        self.nodes.setdefault(node.label, []).append(node)
        if node.parent is not None and node.parent.label == node.label:
            node.parent.items.append(node)
        return node

    def drop(self, label: str, gone: Container[int]) -> None:
        """Take nodes away, by their ids in memory."""
        self._holders = None
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

    def holder(self, offset: int) -> Node | None:
        """The innermost node over an offset of the text; None stands for the report itself."""
        if self._holders is None:
            self._holders = Holders(n for nodes in self.nodes.values() for n in nodes if n.start >= 0)
        return self._holders.at(offset)

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


class Holders:
    """The innermost node over each offset of the text; None stands for the report itself."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        opening = sorted(nodes, key=lambda n: n.start)
        self.bounds = sorted({0, *(n.start for n in opening), *(n.end for n in opening)})
        self.inner: list[Node | None] = []
        active: list[tuple[int, int, Node]] = []
        at = 0
        for bound in self.bounds:
            while at < len(opening) and opening[at].start <= bound:
                heappush(active, (opening[at].end - opening[at].start, at, opening[at]))
                at += 1
            while active and active[0][2].end <= bound:
                heappop(active)
            self.inner.append(active[0][2] if active else None)

    def at(self, offset: int) -> Node | None:
        return self.inner[bisect_right(self.bounds, offset) - 1]


def draft_of(doc: Doc) -> Draft:
    """The draft of the report that a Doc holds."""
    draft: Draft = doc._.draft
    return draft


def publish(doc: Doc, group: str, nodes: list[Node]) -> None:
    """Make the nodes a span group of the Doc (one token a character, so offsets are token indexes)."""
    doc.spans[group] = [Span(doc, n.start, n.end, label=n.label) for n in nodes]


def sentences(text: str, start: int, end: int, *, strong: bool = False) -> list[tuple[int, int]]:
    """Spans of the sentences (up to 。；！？) in a range; `strong`: a semicolon does not end one."""
    return [(m.start(), m.end()) for m in (_STRONG if strong else _SENTENCE).finditer(text, start, end)]


def first_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the first sentence of a range, empty where there is none."""
    m = _SENTENCE.search(text, start, end)
    return m.span() if m else (start, start)


def strip_span(text: str, start: int, end: int, signs: str = "。；！？，、：\n ") -> tuple[int, int]:
    """Without the punctuation at its end and the blank at its start."""
    while end > start and text[end - 1] in signs:
        end -= 1
    while start < end and text[start] in "，、：\n ；。":
        start += 1
    return start, end
