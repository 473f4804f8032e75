"""What reports have found at one unit, one after the other: what came back, and what was done about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.lookups.alike import Pair, pair
from api.lookups.items import read_items
from api.lookups.kinds import BY_NAME, PROBLEMS_OF
from api.lookups.models import ProblemSummary, ReportSummary
from api.models import Named
from graph.store import GraphStore

#: Reports and problems that are looked at: the newest.
MOST_REPORTS, MOST_PROBLEMS = 100, 1000
#: How far a problem has come, the furthest first; `open`: no report tells of a measure.
STATES = ("done", "long-term", "ongoing", "planned", "open")

_OF_UNIT = f"""MATCH (v:Unit {{id: $id}})
{PROBLEMS_OF.format(unit="v")}
WITH DISTINCT p
MATCH (p)-[:STATED_IN]->(r:Report)
RETURN p.id AS id, r.id AS report
ORDER BY coalesce(r.date, '') DESC, report, p.start, id LIMIT $limit"""
_OF_REPORT = """MATCH (r:Report {id: $id})<-[:STATED_IN]-(p:Problem)
RETURN p.id AS id, r.id AS report
ORDER BY p.start, id LIMIT $limit"""
_ROLES = """MATCH (v:Unit {id: $id})<-[e:INSPECTS|ISSUED_BY]-(r:Report)
WITH r, collect(DISTINCT type(e)) AS roles
RETURN r.id AS report, roles
ORDER BY coalesce(r.date, '') DESC, report LIMIT $limit"""
_MEASURES = """UNWIND $ids AS id
MATCH (p:Problem {id: id})<-[e:RESOLVES]-(m:Measure)
RETURN id, m.id AS measure, m.text AS text, coalesce(e.status, m.status) AS status, e.method AS method,
       e.confidence AS confidence
ORDER BY id, m.start, measure"""


@dataclass(frozen=True, slots=True)
class Done:
    """A measure that resolves a problem."""

    id: str
    text: str
    status: str | None
    method: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its measures, its own and those of the problem that a later report has for it."""

    problem: ProblemSummary
    measures: tuple[Done, ...]

    @property
    def state(self) -> str:
        """The furthest that a measure tells of; one without a status is under way."""
        known = [one.status if one.status in STATES else "ongoing" for one in self.measures]
        return min(known, key=STATES.index, default="open")


@dataclass(frozen=True, slots=True)
class Moment:
    """A report with what it finds at the unit. `roles`: INSPECTS, ISSUED_BY; none where it is only named."""

    report: ReportSummary
    roles: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def categories(self) -> list[tuple[Named | None, int]]:
        """Counts, the most frequent first."""
        found = [one.problem.category for one in self.findings]
        named = {one.id: one for one in found if one}
        counts = Counter(one.id if one else None for one in found)
        return [(named.get(code or ""), count) for code, count in counts.most_common()]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A category that several reports have, with the problems in the order of the reports' dates."""

    category: Named
    reports: int
    findings: tuple[Finding, ...]
    alike: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """Moments from the first to the last, and what recurs in them. `cut`: there may be more."""

    moments: tuple[Moment, ...]
    recurring: tuple[Recurring, ...]
    cut: bool

    @property
    def states(self) -> dict[str, int]:
        """How many problems have come how far."""
        return count_states(one.state for moment in self.moments for one in moment.findings)

    @property
    def open(self) -> list[Finding]:
        """Problems of which no report says that they are done with, the newest first."""
        return [
            one
            for moment in reversed(self.moments)
            for one in moment.findings
            if one.state not in ("done", "long-term")
        ]


def count_states(states: Iterable[str]) -> dict[str, int]:
    """How many there are of each state, the furthest first."""
    counts = Counter(states)
    return {state: counts[state] for state in STATES if counts[state]}


def read_history(store: GraphStore, unit: str) -> History:
    """What reports have found at a unit. Raises StoreError."""
    roles = {
        row["report"]: tuple(sorted(row["roles"]))
        for row in store.read_only(_ROLES, id=unit, limit=MOST_REPORTS).rows
    }
    rows = store.read_only(_OF_UNIT, id=unit, limit=MOST_PROBLEMS).rows
    found = findings_of(store, rows)
    reports = list(dict.fromkeys([*roles, *(row["report"] for row in rows)]))
    moments = [
        Moment(one, roles.get(one.id, ()), tuple(found.get(one.id, ())))
        for one in read_items(store, BY_NAME["reports"], reports)
        if isinstance(one, ReportSummary)
    ]
    moments.sort(key=_by_date)
    whole = tuple(_followed(moments))
    return History(
        whole, tuple(_recurring(whole)), cut=len(rows) == MOST_PROBLEMS or len(roles) == MOST_REPORTS
    )


def read_report(store: GraphStore, report: str) -> list[Finding]:
    """The problems of a report with their measures. Raises StoreError."""
    rows = store.read_only(_OF_REPORT, id=report, limit=MOST_PROBLEMS).rows
    return findings_of(store, rows).get(report, [])


def findings_of(store: GraphStore, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Finding]]:
    """The problems of these rows (id, report) with their measures, by report. Raises StoreError."""
    ids = [row["id"] for row in rows]
    measures: dict[str, list[Done]] = defaultdict(list)
    for row in store.read_only(_MEASURES, ids=ids).rows if ids else ():
        measures[row["id"]].append(
            Done(row["measure"], row["text"], row["status"], row["method"], row["confidence"])
        )
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in read_items(store, BY_NAME["problems"], ids):
        if isinstance(one, ProblemSummary):
            found[one.report.id].append(Finding(one, tuple(measures[one.id])))
    return found


def match(left: Iterable[Finding], right: Iterable[Finding]) -> list[Pair]:
    """The problems of two sides that are one."""
    return pair([one.problem for one in left], [one.problem for one in right])


def _by_date(moment: Moment) -> tuple[str, str, str]:
    """Without a date a notice comes last and all else first, so that it tells of what was found before."""
    report = moment.report
    undated = "~" if report.kind == "rectification-notice" else ""
    return report.date or undated, report.title, report.id


def _followed(moments: Sequence[Moment]) -> Iterable[Moment]:
    """With the measures of later reports: a notice tells what was done about an inspection's problems."""
    for i, moment in enumerate(moments):
        more: dict[str, tuple[Done, ...]] = defaultdict(tuple)
        for later in moments[i + 1 :]:
            told = {one.problem.id: one.measures for one in later.findings if one.measures}
            for both in match(moment.findings, [one for one in later.findings if one.measures]):
                more[both.left.id] += told[both.right.id]
        yield Moment(
            moment.report,
            moment.roles,
            tuple(Finding(one.problem, one.measures + more[one.problem.id]) for one in moment.findings),
        )


def _recurring(moments: Sequence[Moment]) -> Iterable[Recurring]:
    """Those of most reports first. `alike`: how like a problem is to one of an earlier report."""
    by_category: dict[str, list[tuple[int, Finding]]] = defaultdict(list)
    for i, moment in enumerate(moments):
        for one in moment.findings:
            if one.problem.category:
                by_category[one.problem.category.id].append((i, one))
    found = []
    for members in by_category.values():
        reports = {i for i, _ in members}
        named = members[0][1].problem.category
        if len(reports) > 1 and named:
            alike: dict[str, float] = {}
            for i in sorted(reports)[1:]:
                earlier = [one for at, one in members if at < i]
                for both in match(earlier, [one for at, one in members if at == i]):
                    alike[both.right.id] = both.score
            found.append(Recurring(named, len(reports), tuple(one for _, one in members), alike))
    return sorted(found, key=lambda one: (-one.reports, -len(one.findings), one.category.id))
