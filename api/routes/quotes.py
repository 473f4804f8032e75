"""GET /quotes/{id}: where in the reports a node or an edge stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.errors import NotFound
from api.models import Place, Quote, ReportRef
from api.paging import Limit
from api.stores import Store
from graph.queries import run_query

router = APIRouter(prefix="/quotes", tags=["出处 Sources"])


@router.get("/{id:id}", summary="结点或边的出处 · Where a node or an edge stands")
def quotes(
    id: str,
    store: Store,
    report: Annotated[
        str, Query(description="边所在的报告；不写则逐份查找 · of an edge; without, all are searched")
    ] = "",
    around: Annotated[int, Query(ge=0, le=2000, description="前后文字数 · characters around")] = 60,
    limit: Limit = 50,
) -> list[Quote]:
    """引文、位置、前后文、报告和文件 · The quote, its place, what stands round it, report and file."""
    rows = run_query(store, "source-quote", id=id, report=report, around=around, limit=limit).rows
    if not rows:
        raise NotFound(f"nothing in the reports has the id {id!r}; see /reports/{{report_id}}/graph for ids")
    return [
        Quote(
            label=row["label"],
            basis=row["basis"],
            quote=row["quote"],
            before=row["before"],
            after=row["after"],
            place=Place(start=row["start"], end=row["end"]),
            file=row["file"],
            report=ReportRef(id=row["report_id"], title=row["report"]),
        )
        for row in rows
    ]
