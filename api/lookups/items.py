"""Things as the API shows them, read from the store by their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from api.lookups import models
from api.lookups.kind import Kind
from api.lookups.links import address, links
from api.models import Judged, Named
from graph.reading import Reader
from graph.vocabulary import TABLES, taxonomy

Row = Mapping[str, Any]

_SAID = """MATCH (n:{label})-[:STATED_IN]->(r:Report)
WHERE n.id IN $ids
RETURN properties(n) AS item, r.id AS report_id, r.title AS report_title"""
_REPORTS = """MATCH (n:Report)
WHERE n.id IN $ids
RETURN properties(n) AS item, COUNT { (n)<-[:STATED_IN]-(:Problem) } AS problems,
       COUNT { (n)<-[:STATED_IN]-(:RootCause) } AS causes,
       COUNT { (n)<-[:STATED_IN]-(:Recommendation) } AS recommendations"""
_UNITS = """MATCH (n:Unit)
WHERE n.id IN $ids
RETURN properties(n) AS item, COUNT { (n)<-[:INSPECTS]-(:Report) } AS inspected,
       COUNT { (n)<-[:MENTIONS]-() } AS mentions"""
_POLICIES = """MATCH (n:Policy)
WHERE n.id IN $ids
RETURN properties(n) AS item, COUNT { (n)<-[:REFERENCES]-() } AS citations"""
_PARENTS = """MATCH (n:Problem)-[:PART_OF]->(up:Problem)
WHERE n.id IN $ids
RETURN n.id AS id, up.id AS part_of"""
_PROBLEMS = """MATCH (n:{label})
WHERE n.id IN $ids
{link}
RETURN n.id AS id, p.id AS problem, p.headline AS headline, p.text AS text, e.method AS method,
       e.confidence AS confidence, e.judged AS judged,
       CASE WHEN e.judged IS NULL THEN null ELSE [type(e), startNode(e).id, endNode(e).id] END AS finding
ORDER BY id, p.start, problem, method, confidence DESC"""


def read_items(reader: Reader, kind: Kind, ids: Sequence[str]) -> list[models.Item]:
    """The things with these ids, in their order; one that is not there is left out. Raises StoreError."""
    if not ids:
        return []
    query = {"Report": _REPORTS, "Unit": _UNITS, "Policy": _POLICIES}.get(
        kind.label, _SAID.format(label=kind.label)
    )
    rows = reader.read_only(query, ids=list(ids)).rows
    more = _more(reader, kind, list(ids))
    found = {row["item"]["id"]: _READERS[kind.label](row, more.get(row["item"]["id"], [])) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


@lru_cache(maxsize=1000)
def coded(kind: str, code: str | None) -> Named | None:
    """A category or a type of cause by its code."""
    names = taxonomy()[TABLES[kind]].get(code or "")
    return (names and Named(id=f"{kind}:{code}", name=names["zh"], name_en=names["en"], code=code)) or None


def _more(reader: Reader, kind: Kind, ids: list[str]) -> Mapping[str, list[Row]]:
    """What else is needed, by id: of a problem what it is part of, of others in a report their problems."""
    found: dict[str, list[Row]] = defaultdict(list)
    if kind.report:
        query = _PARENTS if kind.label == "Problem" else _PROBLEMS.format(label=kind.label, link=kind.link)
        for row in reader.read_only(query, ids=ids).rows:
            found[row["id"]].append(row)
    return found


def _said(label: str, row: Row) -> dict[str, Any]:
    own = row["item"]
    at = (own["start"], own["end"])
    return {
        "id": own["id"],
        "label": label,
        "quote": own["text"],
        "place": {"start": at[0], "end": at[1]},  # a model of its own takes twice as long to make
        "report": {"id": row["report_id"], "title": row["report_title"]},
        "links": links(label, own["id"], row["report_id"], at),
    }


def _judged(row: Row) -> Judged | None:
    return Judged.of(row["item"].get("judged"), row["report_id"], row["item"]["id"])


def _named(label: str, row: Row) -> dict[str, Any]:
    own = row["item"]
    return {
        "id": own["id"],
        "label": label,
        "name": own["name"],
        "aliases": own.get("aliases") or [],
        "links": links(label, own["id"]),
    }


def _for(own: Row, rows: Sequence[Row]) -> list[models.LinkedProblem]:
    """Each problem once, by its surest link: a stated one before an inferred one."""
    best = {row["problem"]: row for row in reversed(rows)}
    report = own["report_id"]
    return [
        models.LinkedProblem(
            id=id_,
            headline=row["headline"] or row["text"],
            method=row["method"],
            confidence=row["confidence"],
            judged=Judged.of(row["judged"], report, tuple(row["finding"] or ())),
            href=address("Problem", id_) or "",
        )
        for id_, row in reversed(best.items())
    ]


def _problem(row: Row, parents: Sequence[Row]) -> models.Item:
    own = row["item"]
    return models.ProblemSummary(
        **_said("Problem", row),
        number=own.get("number"),
        headline=own.get("headline") or own["text"],
        category=coded("category", own.get("category")),
        amount=own.get("amount"),
        judged=_judged(row),
        part_of=min((parent["part_of"] for parent in parents), default=None),
    )


def _cause(row: Row, problems: Sequence[Row]) -> models.Item:
    return models.CauseItem(
        **_said("RootCause", row),
        type=coded("cause-type", row["item"].get("type")),
        judged=_judged(row),
        problems=_for(row, problems),
    )


def _recommendation(row: Row, problems: Sequence[Row]) -> models.Item:
    own = row["item"]
    return models.RecommendationItem(
        **_said("Recommendation", row),
        number=own.get("number"),
        headline=own.get("headline"),
        problems=_for(row, problems),
    )


def _measure(row: Row, problems: Sequence[Row]) -> models.Item:
    return models.MeasureItem(
        **_said("Measure", row), status=row["item"].get("status"), problems=_for(row, problems)
    )


def _evidence(row: Row, problems: Sequence[Row]) -> models.Item:
    own = row["item"]
    return models.EvidenceItem(
        **_said("Evidence", row),
        amounts=own.get("amounts") or [],
        dates=own.get("dates") or [],
        problems=_for(row, problems),
    )


def _unit(row: Row, _: Sequence[Row]) -> models.Item:
    return models.UnitItem(
        **_named("Unit", row),
        place=row["item"].get("place"),
        inspected=row["inspected"],
        mentions=row["mentions"],
    )


def _policy(row: Row, _: Sequence[Row]) -> models.Item:
    return models.PolicyItem(**_named("Policy", row), citations=row["citations"])


def _report(row: Row, _: Sequence[Row]) -> models.Item:
    own = row["item"]
    return models.ReportSummary(
        id=own["id"],
        label="Report",
        links=links("Report", own["id"]),
        title=own["title"],
        kind=own.get("kind"),
        place=own.get("place"),
        date=own.get("date"),
        problems=row["problems"],
        causes=row["causes"],
        recommendations=row["recommendations"],
    )


_READERS: dict[str, Callable[[Row, Sequence[Row]], models.Item]] = {
    "Problem": _problem,
    "RootCause": _cause,
    "Recommendation": _recommendation,
    "Measure": _measure,
    "Evidence": _evidence,
    "Unit": _unit,
    "Policy": _policy,
    "Report": _report,
}
#: The model of each kind's items, by label.
MODELS: dict[str, type[models.Item]] = {
    "Problem": models.ProblemSummary,
    "RootCause": models.CauseItem,
    "Recommendation": models.RecommendationItem,
    "Measure": models.MeasureItem,
    "Evidence": models.EvidenceItem,
    "Unit": models.UnitItem,
    "Policy": models.PolicyItem,
    "Report": models.ReportSummary,
}
