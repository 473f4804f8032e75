"""What people judge of a report's findings: to list, to add, to take back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.access.callers import needs
from api.errors import NotFound
from api.graphs import read_graph
from api.models import Place
from api.stores import Store
from graph.reviewed import Reviewed, judgements_of, reviewed
from graph.reviewing import add_review, withdraw_review
from graph.reviews import Review, ReviewVerdict, What

router = APIRouter(tags=["判断 Judgements"])
_Words = Annotated[str, Field(max_length=2000)]


class JudgementIn(BaseModel):
    """一条判断 · A judgement of a problem, or of a link by its two ends."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "what": "Problem",
                    "left": "7d1f0c",
                    "verdict": "rejected",
                    "by": "王审计",
                    "why": "个别情况 · a single case",
                }
            ]
        },
    )

    what: What
    left: str = Field(
        min_length=1,
        max_length=500,
        description="问题的 id，或联系起点的 id · id of the "
        "problem, or of where the link comes from (ADDRESSES: the recommendation)",
    )
    right: str | None = Field(None, max_length=500, description="联系终点的 id · where the link leads")
    verdict: ReviewVerdict
    by: str = Field(min_length=1, max_length=100, description="谁判断的 · who judges")
    why: _Words = Field("", description="为什么 · why")
    headline: _Words = Field("", description="更正：问题的标题 · corrected: the right headline")
    code: str = Field(
        "",
        max_length=100,
        description="更正：问题的类别，或新原因的类型 · category of the "
        "problem, or type of a cause that is put in",
    )
    left_instead: _Words | Place = Field(
        "",
        description="更正：这一端应是哪个 id、原文或起止 · id, words or place that should stand at this end",
    )
    right_instead: _Words | Place = Field("", description="同上，另一端 · the same of the other end")

    @field_validator("by", "why", "headline")
    @classmethod
    def _encodable(cls, text: str) -> str:
        text.encode("utf-8")  # half a character cannot be written down
        return text


class JudgementOut(BaseModel):
    """一条判断和它的状态 · A judgement of the file, and how it stands with the graph."""

    key: str = Field(description="撤销时用 · takes it back")
    what: What
    verdict: ReviewVerdict
    by: str
    at: str = Field(description="何时 · when")
    why: str
    left: str = Field(description="所说的原文 · the words that it is of")
    right: str | None
    headline: str
    code: str
    state: Literal["fits", "unapplied", "misfit"] = Field(
        description="fits 相符；unapplied 图还没有跟上；misfit 报告中已没有 · whether it fits the report"
    )
    holds: bool = Field(description="同一处有几条时，最后一条有效 · the last one of a finding holds")
    found: list[str] = Field(description="所说的节点 · ids of what it is of")
    stands: list[str] = Field(description="现在图中的节点，否定的没有 · ids of what stands there now")


@router.get("/reports/{report_id:id}/judgements", summary="对一份报告的判断 · Judgements of a report")
def report_judgements(report_id: str, store: Store) -> list[JudgementOut]:
    """谁确认、更正、否定了什么，为什么 · Who confirmed, corrected or rejected what, and why."""
    return [shown(one) for one in reviewed(store, read_graph(store, report_id))]


@router.post(
    "/judgements",
    status_code=201,
    dependencies=[needs("write")],
    summary="判断一个问题或联系 · Judge a problem or a link",
)
def add_judgement(given: JudgementIn, store: Store) -> JudgementOut:
    """同一人对同一处再判断，换掉原来的 · Who judges the same again replaces their own judgement.

    所说的必须是报告里找到的；图随即跟上 · What is judged must have been found; the graph follows at once.
    """
    one = add_review(
        store,
        given.what,
        given.left,
        given.right,
        verdict=given.verdict,
        by=given.by,
        why=given.why,
        headline=given.headline,
        code=given.code,
        left_instead=_instead(given.left_instead),
        right_instead=_instead(given.right_instead),
    )
    return next(
        shown(each)
        for each in reviewed(store, read_graph(store, one.report))
        if (each.review.key, each.review.by) == (one.key, one.by)
    )


@router.delete(
    "/judgements/{key}",
    status_code=204,
    dependencies=[needs("write")],
    summary="撤销判断 · Take back a judgement",
)
def withdraw_judgement(
    key: str,
    store: Store,
    by: Annotated[str, Query(max_length=100, description="只撤销此人的 · only this person's")] = "",
) -> Response:
    """图随即恢复 · The graph is then as if it had never been made."""
    if not any(one.key == key and by in ("", one.by) for one in judgements_of(store).reviews):
        raise NotFound(f"there is no judgement {key!r}; see /reports/{{report_id}}/judgements")
    withdraw_review(store, key, by or None)
    return Response(status_code=204)


def _instead(given: str | Place) -> str | tuple[int, int]:
    return given if isinstance(given, str) else (given.start, given.end)


def shown(one: Reviewed) -> JudgementOut:
    """As the API shows it."""
    said: Review = one.review
    return JudgementOut(
        key=said.key,
        what=said.what,
        verdict=said.verdict,
        by=said.by,
        at=said.at,
        why=said.why,
        left=said.left.words,
        right=said.right.words if said.right else None,
        headline=said.headline,
        code=said.code,
        state=one.state,
        holds=one.holds,
        found=list(one.found),
        stands=list(one.stands),
    )
