"""What components find, as typed results that are not changed once they are returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from extract.nodes import Bond, Node
from extract.outline.section import Section
from extract.problems.spelled_out import SpelledOut
from extract.ranges import Innermost
from extract.rules.lexicon import Hits

if TYPE_CHECKING:
    from extract.reading.names import NameReader

#: (start, end, label)
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Found:
    """The nodes that a component made and the edges that it drew, in order."""

    nodes: tuple[Node, ...] = ()
    bonds: tuple[Bond, ...] = ()
    warnings: tuple[str, ...] = ()

    def groups(self) -> Mapping[str, Sequence[Place]]:
        """The places that a Doc shows as its span groups, by their names."""
        return {}


@dataclass(frozen=True)
class Problems(Found):
    """`repeats`: rows of tables that say a problem again, each with that problem; `spelled_out`: sentences
    that tell of problems by themselves."""

    repeats: tuple[tuple[Section, Node], ...] = ()
    spelled_out: SpelledOut = field(default_factory=SpelledOut)


#: Span group of each label.
GROUPS = {
    "Problem": "problems",
    "RootCause": "causes",
    "Effect": "effects",
    "Evidence": "evidence",
    "Recommendation": "recommendations",
    "Measure": "measures",
}


@dataclass(frozen=True)
class Statements(Found):
    """All that a report states, put together: no node of it changes any more.

    `repeats`: as of problems; `names`: what the trained reader makes of the names of units, where it read
    the text.
    """

    repeats: tuple[tuple[Section, Node], ...] = ()
    names: NameReader | None = None

    def groups(self) -> Mapping[str, Sequence[Place]]:
        places: dict[str, list[Place]] = {group: [] for group in GROUPS.values()}
        for node in self.nodes:
            places[GROUPS[node.label]].append((node.start, node.end, node.label))
        return places

    def holder(self, offset: int) -> Node | None:
        """The innermost node over an offset of the text; None stands for the report itself."""
        return self._innermost.at(offset)

    @cached_property
    def _innermost(self) -> Innermost[Node]:
        return Innermost((node.start, node.end, node) for node in self.nodes)


@dataclass(frozen=True)
class Named(Found):
    """Units or policies. `places`: where their names stand."""

    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Units(Named):
    """`place`: the place that the report is about."""

    place: str | None = None

    def groups(self) -> Mapping[str, Sequence[Place]]:
        return {"units": [(*place, "Unit") for place in self.places]}


@dataclass(frozen=True)
class Policies(Named):
    def groups(self) -> Mapping[str, Sequence[Place]]:
        return {"policies": [(*place, "Policy") for place in self.places]}


@dataclass(frozen=True)
class Categories:
    """Codes of problems and causes, and how far measures have come of which no word says it.

    `scores`: what a problem's words speak for each category; `hits`: the words of the text that do.
    """

    categories: Mapping[Node, str]
    types: Mapping[Node, str]
    statuses: Mapping[Node, str]
    scores: Mapping[Node, Mapping[str, float]]
    hits: Hits

    def of(self, node: Node) -> dict[str, str]:
        """The properties that it gives to a node."""
        said = {"category": self.categories, "type": self.types, "status": self.statuses}
        return {name: codes[node] for name, codes in said.items() if node in codes}
