"""GET and POST /recommendations/related: what was recommended for problems like some words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.models import Related
from api.paging import Limit
from api.related import related_to_text
from api.stores import Store
from graph.search import search_terms
from graph.store import GraphStore, QueryError

router = APIRouter(prefix="/recommendations", tags=["建议 Recommendations"])


#: What has something to look up.
_TERMS = "[\u4e00-\u9fff]{2}|[0-9A-Za-z]"


class Question(BaseModel):
    """要查的文字 · The words to look up: a problem as it would be written down."""

    text: str = Field(min_length=2, max_length=20_000, examples=["专项资金闲置"],
                      json_schema_extra={"pattern": _TERMS})
    limit: int = Field(20, ge=1, le=200)


@router.get("/related", summary="类似问题的建议 · Recommendations for problems like this")
def related_to_words(store: Store, text: Annotated[str, Query(
        min_length=2, max_length=1000, examples=["专项资金闲置"], json_schema_extra={"pattern": _TERMS},
        description="问题的说法 · the problem in words")], limit: Limit = 20) -> Related:
    """按相同文字的多少排列，path 说明由来 · The most alike first; `path` explains each."""
    return _related(store, text, limit)


@router.post("/related", summary="类似问题的建议（长文字） · The same, for a longer text")
def related_to_long_text(store: Store, question: Question) -> Related:
    """只看开头 400 个字 · Only the first 400 characters are looked up."""
    return _related(store, question.text, question.limit)


def _related(store: GraphStore, text: str, limit: int) -> Related:
    if not search_terms(text):
        raise QueryError("text: nothing to look up; give two Chinese characters or a word")
    return Related(text=text, items=related_to_text(store, text, limit))
