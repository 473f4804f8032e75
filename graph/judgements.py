"""What people have judged: a CSV file, a judgement a line. Which units and policies are one:

    left,left_place,right,right_place,verdict,by,at,why
    县农技中心,青岳县,青岳县农业技术推广中心,,same,wang,2026-03-01,the notice uses both
    《巡视工作条例》,,policy:0f3a… 巡视条例,,same,wang,2026-03-01,

A side is a name with its place, a policy in 《》, or the id that a node has (what follows it is a remark).
`same` makes one node of two, `different` forbids that, `unsure` only says that somebody has looked.

A line with `what` judges a problem or a link of a report (reviews.py); one file may hold lines of both kinds.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from extract.model import SuyinError
from graph.resolve import fold_unit, own_place, placed_unit_id, policy_id
from graph.reviews import COLUMNS as REVIEW_COLUMNS
from graph.reviews import Review, ReviewError, parse_review

Verdict = Literal["same", "different", "unsure"]
COLUMNS = ("left", "left_place", "right", "right_place", "verdict", "by", "at", "why")

_VERDICTS: tuple[str, ...] = get_args(Verdict)
_NEEDED = ("left", "right", "verdict")
_ID = re.compile(r"((?:unit|policy):[0-9a-f]{20})(?:\s.*)?", re.DOTALL)
_POLICY = re.compile(r"《.+》.*", re.DOTALL)


class JudgementError(SuyinError):
    """A file of judgements that cannot be used; names the file, the line and the fix."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line: `left` and `right` are ids that the nodes have without judgements. `at` is ISO 8601."""

    left: str
    right: str
    verdict: Verdict
    line: int
    by: str = ""
    at: str = ""
    why: str = ""


class Judgements:
    """All judgements of a file: `lines` on units and policies, `reviews` of what the reports say.

    Raises JudgementError where the former contradict each other; of the latter the later line holds.
    """

    def __init__(
        self, lines: Iterable[Judgement] = (), reviews: Iterable[Review] = (), *, where: str = "judgements"
    ) -> None:
        self.lines, self.reviews = tuple(lines), tuple(reviews)
        self.where = where
        self._by_report: dict[str, list[Review]] = defaultdict(list)
        for review in self.reviews:
            for key in {f"id {review.report}", f"title {review.title}"}:
                self._by_report[key].append(review)
        self._same: dict[str, list[tuple[str, int]]] = defaultdict(list)  # id -> ids it is, by which line
        for one in self.lines:
            if one.verdict == "same":
                self._same[one.left].append((one.right, one.line))
                self._same[one.right].append((one.left, one.line))
        self._nodes = {id_: min(group) for group in self._groups() for id_ in group}
        for one in self.lines:
            if one.verdict == "different" and self.node_of(one.left) == self.node_of(one.right):
                self._refuse(one)

    def node_of(self, own_id: str) -> str:
        """The id of the node for a unit or policy that has this one without judgements."""
        return self._nodes.get(own_id, own_id)

    def of_report(self, report_id: str, title: str | None) -> list[Review]:
        """The reviews that may be of this report, by its id or its title, in the order of the file."""
        found = {
            id(review): review
            for key in (f"id {report_id}", f"title {title}")
            for review in self._by_report.get(key, ())
            if key not in ("id ", "title ", "title None")
        }
        return sorted(found.values(), key=lambda review: review.line)

    @property
    def moved(self) -> list[str]:
        """The ids that have another node because of a judgement, sorted."""
        return sorted(id_ for id_, node in self._nodes.items() if id_ != node)

    def judged(self, left: str, right: str) -> bool:
        """Has anybody judged these two nodes?"""
        return frozenset((self.node_of(left), self.node_of(right))) in self._judged

    @cached_property
    def _judged(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset((self.node_of(one.left), self.node_of(one.right))) for one in self.lines)

    def _groups(self) -> Iterator[set[str]]:
        seen: set[str] = set()
        for start in self._same:
            if start not in seen:
                group = set(self._ways(start))
                seen |= group
                yield group

    def _ways(self, start: str) -> dict[str, list[int]]:
        """All ids that are one with `start`, each with the lines that say so."""
        ways: dict[str, list[int]] = {start: []}
        todo = deque([start])
        while todo:
            id_ = todo.popleft()
            for other, line in self._same.get(id_, ()):
                if other not in ways:
                    ways[other] = [*ways[id_], line]
                    todo.append(other)
        return ways

    def _refuse(self, one: Judgement) -> None:
        lines = sorted(self._ways(one.left)[one.right])
        if not lines:
            raise JudgementError(
                f"{self.where}: line {one.line}: different, but both names are one node by "
                "the rules (graph/resolve.py), and judgements part nothing; delete the line"
            )
        also = f"line {lines[0]} says" if len(lines) == 1 else f"lines {', '.join(map(str, lines))} say"
        raise JudgementError(f"{self.where}: line {one.line}: different, but {also} same; delete one of them")


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file; none where there is no file. Raises JudgementError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Judgements()
    except OSError as err:
        raise JudgementError(
            f"{path}: cannot be read ({err.strerror}); check its permissions, "
            "or set SUYIN_JUDGEMENTS to another file"
        ) from err
    except UnicodeDecodeError as err:
        raise JudgementError(f"{path}: not UTF-8; save it as CSV UTF-8") from err
    return parse_judgements(text, where=str(path))


def parse_judgements(text: str, *, where: str = "judgements") -> Judgements:
    """The judgements in the text of a file. Raises JudgementError that names the line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: Sequence[str] = ()
    lines: list[Judgement] = []
    reviews: list[Review] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            at = f"{where}: line {reader.line_num}"
            if not any(cells):
                continue
            if not columns:
                columns = _head(cells, at)
            elif len(cells) > len(columns) and any(cells[len(columns) :]):
                raise JudgementError(f"{at}: more cells than columns; put what holds a comma in quotes")
            elif (named := dict(zip(columns, cells, strict=False))).get("what"):
                reviews.append(_review(named, at, reader.line_num))
            else:
                lines.append(_judgement(named, at, reader.line_num))
    except csv.Error as err:
        raise JudgementError(f"{where}: line {reader.line_num}: {err}; check the quotes") from err
    return Judgements(lines, reviews, where=where)


def _head(cells: Sequence[str], at: str) -> Sequence[str]:
    known = (*COLUMNS, *REVIEW_COLUMNS)
    for name in cells:
        if name not in known:
            raise JudgementError(f"{at}: unknown column {name!r}; known: {', '.join(known)}")
    if missing := [name for name in _NEEDED if name not in cells]:
        raise JudgementError(f"{at}: no column {missing[0]!r}; the first line names: {', '.join(COLUMNS)}")
    return cells


def _judgement(cells: dict[str, str], at: str, line: int) -> Judgement:
    left, right, when = cells.get("left", ""), cells.get("right", ""), cells.get("at", "")
    verdict: Verdict
    match cells.get("verdict", ""):
        case "same" | "different" | "unsure" as verdict:
            pass
        case other:
            raise JudgementError(f"{at}: verdict {other!r} is not one of {', '.join(_VERDICTS)}")
    ids = (
        _id_of(left, cells.get("left_place", ""), f"{at}: left"),
        _id_of(right, cells.get("right_place", ""), f"{at}: right"),
    )
    if ids[0].partition(":")[0] != ids[1].partition(":")[0]:
        raise JudgementError(f"{at}: one is a unit and the other a policy; write policies in 《》")
    _check_date(when, at)
    return Judgement(*ids, verdict, line, cells.get("by", ""), when, cells.get("why", ""))


def _review(cells: dict[str, str], at: str, line: int) -> Review:
    try:
        review = parse_review(cells, line)
    except ReviewError as err:
        raise JudgementError(f"{at}: {err}") from err
    _check_date(review.at, at)
    return review


def _check_date(when: str, at: str) -> None:
    try:
        if when:
            datetime.fromisoformat(when)
    except ValueError:
        raise JudgementError(f"{at}: at {when!r} is no date; write it like 2026-03-01") from None


def _id_of(name: str, place: str, where: str) -> str:
    if match := _ID.fullmatch(name):
        return match[1]
    if _POLICY.fullmatch(name):
        return policy_id(name)
    if not fold_unit(name):
        raise JudgementError(f"{where}: no name")
    if place and own_place(fold_unit(place)) is None:
        raise JudgementError(f"{where}_place: {place!r} is not known as a place; write it like 江北市青岳县")
    found = placed_unit_id(name, place=place or None)
    if found is None:
        raise JudgementError(
            f"{where}: {name!r} without its place is another unit in each report; "
            f"give {where.rpartition(' ')[2]}_place, or the node's id"
        )
    return found[0]
