"""Rows of the store as the API's models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.models import Named, NodeRef, Place, ProblemSummary, ReportRef

Row = Mapping[str, Any]


def place(properties: Row) -> Place | None:
    start, end = properties.get("start"), properties.get("end")
    return None if start is None or end is None else Place(start=start, end=end)


def node(label: str, properties: Row) -> NodeRef:
    return NodeRef(id=properties["id"], label=label, number=properties.get("number"),
                   headline=properties.get("headline"), text=properties.get("text"), place=place(properties))


def named(properties: Row | None) -> Named | None:
    """A category, type, unit or policy; None of none."""
    if not properties:
        return None
    return Named(id=properties["id"], name=properties["name"], name_en=properties.get("name_en"),
                 code=properties.get("code"))


def problem(row: Row) -> dict[str, Any]:
    """The fields of a ProblemSummary, from a row of problems.cypher or problems-by-id.cypher."""
    found = row["problem"]
    return {"id": found["id"], "number": found.get("number"),
            "headline": found.get("headline") or found["text"], "category": named(row["category"]),
            "part_of": row["part_of"], "place": place(found),
            "report": ReportRef(id=row["report_id"], title=row["report_title"])}


def problem_summary(row: Row) -> ProblemSummary:
    return ProblemSummary(**problem(row))
