"""What the components share while they work on one report: a draft, in offsets of the clean text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span

from extract.outline import Section
from extract.rules import Rules
from extract.text import CleanText

_SENTENCE = re.compile(r"(?:“[^”\n]{0,200}”|（[^）\n]{0,200}）|[^。；！？\n])+[。；！？]*[”’）]?|[。；！？]+")
_STRONG = re.compile(r"(?:“[^”\n]{0,200}”|（[^）\n]{0,200}）|[^。！？\n])+[。！？]*[”’）]?|[。！？]+")


@dataclass(slots=True, eq=False)
class Node:
    """A node with its place in the clean text; `ranges`: what is its own text after the headline."""

    label: str
    start: int
    end: int
    properties: dict[str, Any] = field(default_factory=dict)
    parent: Node | None = None
    section: Section | None = None
    ranges: list[tuple[int, int]] = field(default_factory=list)
    headline: tuple[int, int] | None = None

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True, eq=False)
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
    nodes: list[Node] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    place: str | None = None
    date: str | None = None

    @property
    def text(self) -> str:
        return self.clean.text

    def of(self, *labels: str) -> list[Node]:
        return [n for n in self.nodes if n.label in labels]

    def words(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def children(self, node: Node) -> list[Node]:
        return [n for n in self.nodes if n.parent is node and n.label == node.label]

    def leaf_at(self, label: str, offset: int) -> Node | None:
        """The innermost node of a label over an offset."""
        best = None
        for n in self.nodes:
            if (
                n.label == label
                and n.start <= offset < n.end
                and (best is None or n.end - n.start < best.end - best.start)
            ):
                best = n
        return best

    def bond(
        self,
        type_: str,
        source: Node | None,
        target: Node | None,
        *,
        at: tuple[int, int] | None = None,
        **properties: Any,
    ) -> None:
        start, end = at if at else (None, None)
        self.bonds.append(Bond(type_, source, target, properties, start, end))


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


def strip_span(text: str, start: int, end: int, signs: str = "。；！？，、：\n ") -> tuple[int, int]:
    """Without the punctuation at its end and the blank at its start."""
    while end > start and text[end - 1] in signs:
        end -= 1
    while start < end and text[start] in "，、：\n ；。":
        start += 1
    return start, end
