"""What a comparison gives: counts for each row of scores, what is missed or wrong, judged links."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Self

ROWS = (
    "problems", "headlines", "hierarchy", "categories", "evidence", "causes", "cause_types", "effects",
    "recommendations", "measures", "units", "inspected", "issuer", "policies", "kind", "explicit_causes",
    "inferred_causes", "caused_by", "leads_to", "addresses", "grounded",
)  # fmt: skip
#: The rows whose F1 makes the overall score, each with the same weight, where there was something to count.
OVERALL = (
    "problems", "headlines", "categories", "evidence", "causes", "recommendations", "units", "policies",
    "explicit_causes", "inferred_causes", "caused_by", "addresses",
)  # fmt: skip
#: Rows of judgements only: whether the report says a link itself is not what people judge.
JUDGED = ("caused_by",)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one row. A thing of the wrong kind may count both as wrong and as missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def __bool__(self) -> bool:
        return bool(self.right or self.wrong or self.missed)

    @property
    def precision(self) -> float:
        """Share of right ones in all found; where nothing was found, 1 if nothing was sought, else 0."""
        found = self.right + self.wrong
        return self.right / found if found else float(not self.missed)

    @property
    def recall(self) -> float:
        """Share of right ones in all sought; 1 where nothing was sought."""
        sought = self.right + self.missed
        return self.right / sought if sought else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_dict(self) -> dict[str, float]:
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is `missed` or `wrong` in a row of a report."""

    report: str
    what: str
    row: str
    text: str

    def __str__(self) -> str:
        return f"{self.report}: {self.what:6} {self.row:16} {self.text}"


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A link of the findings; `right` where it is required or acceptable; `rule`: what drew it."""

    type: str
    method: str | None
    confidence: float | None
    required: bool
    right: bool
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One report's findings against its annotations. `rows` has only rows that count something."""

    report: str
    kind: str
    rows: dict[str, Tally]
    faults: tuple[Fault, ...]
    links: tuple[JudgedLink, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of several reports together. `rows` stand in the order of `ROWS`."""

    reports: int
    rows: dict[str, Tally]

    @classmethod
    def of(cls, comparisons: Sequence[Comparison]) -> Self:
        total: dict[str, Tally] = defaultdict(Tally)
        for comparison in comparisons:
            for row, tally in comparison.rows.items():
                total[row] += tally
        return cls(len(comparisons), {row: total[row] for row in ROWS if row in total})

    @classmethod
    def by(cls, comparisons: Sequence[Comparison], what: Literal["kind", "report"]) -> dict[str, Self]:
        """Scores of each kind of report, or of each report."""
        groups: dict[str, list[Comparison]] = defaultdict(list)
        for comparison in comparisons:
            groups[getattr(comparison, what)].append(comparison)
        return {name: cls.of(group) for name, group in sorted(groups.items())}

    @property
    def overall(self) -> float:
        """Mean F1 of the rows in `OVERALL` that had something to count; 1 where none had."""
        counted = [self.f1(row) for row in OVERALL if self.rows.get(row)]
        return math.fsum(counted) / len(counted) if counted else 1.0

    def f1(self, row: str) -> float:
        """F1 of a row, or `overall`."""
        return self.overall if row == "overall" else self.rows.get(row, Tally()).f1

    def below(self, bars: Mapping[str, float]) -> list[str]:
        """The rows whose F1 is lower than asked for, a line each."""
        return [
            f"{row} {self.f1(row):.3f} < {least:g}" for row, least in bars.items() if self.f1(row) < least
        ]

    def to_dict(self) -> dict[str, dict[str, float]]:
        """Row -> its measures and counts, and `overall`; ready for `json.dumps`."""
        return {row: tally.to_dict() for row, tally in self.rows.items()} | {"overall": {"f1": self.overall}}


def parse_bars(text: str) -> dict[str, float]:
    """`overall=0.9,problems=0.95`: the least F1 of rows. Raises ValueError that says what is wrong."""
    bars = {}
    for part in filter(None, text.split(",")):
        row, _, least = part.strip().partition("=")
        if row not in ("overall", *ROWS):
            raise ValueError(f"{row!r} is no row; rows: overall, {', '.join(ROWS)}")
        try:
            bars[row] = float(least)
        except ValueError:
            raise ValueError(f"{part!r} is not ROW=F1, such as problems=0.9") from None
    return bars
