"""Two reports or two units beside each other: which problems both have, and how far those have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.lookups.history import STATES, Finding, count_states, match, read_history, read_report
from api.lookups.items import read_items
from api.lookups.kinds import BY_NAME
from api.lookups.models import ReportSummary, UnitItem
from graph.store import GraphStore


@dataclass(frozen=True, slots=True)
class Side:
    """A report or a unit with its problems."""

    thing: ReportSummary | UnitItem
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The title of a report, the name of a unit."""
        return self.thing.title if isinstance(self.thing, ReportSummary) else self.thing.name


@dataclass(frozen=True, slots=True)
class Both:
    """A problem that both sides have; `score`: how alike the two are, `words`: their headlines."""

    left: Finding
    right: Finding
    score: float
    words: float

    @property
    def state(self) -> str:
        """How far it has come on the side where it is further."""
        return min(self.left.state, self.right.state, key=STATES.index)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both have, the likest first; and what only one has, in its order."""

    both: tuple[Both, ...]
    left: tuple[Finding, ...]
    right: tuple[Finding, ...]

    @property
    def states(self) -> dict[str, int]:
        """How many of those that both have have come how far."""
        return count_states(one.state for one in self.both)


def read_side(store: GraphStore, id_: str) -> Side | None:
    """The report or the unit with this id; None where there is neither. Raises StoreError."""
    for one in read_items(store, BY_NAME["reports"], [id_]):
        if isinstance(one, ReportSummary):
            return Side(one, tuple(read_report(store, id_)))
    for one in read_items(store, BY_NAME["units"], [id_]):
        if isinstance(one, UnitItem):
            moments = read_history(store, id_).moments
            return Side(one, tuple(finding for moment in reversed(moments) for finding in moment.findings))
    return None


def compare(left: Sequence[Finding], right: Sequence[Finding]) -> Comparison:
    """Each problem with the one of the other side that is likest, as `api.lookups.alike` says."""
    ours, theirs = ({one.problem.id: one for one in side} for side in (left, right))
    both = tuple(
        Both(ours.pop(one.left.id), theirs.pop(one.right.id), one.score, one.words)
        for one in match(left, right)
    )
    return Comparison(both, tuple(ours.values()), tuple(theirs.values()))
