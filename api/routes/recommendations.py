"""GET and POST /recommendations/related: what was recommended for problems like some words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.judging import Signer, Signing
from api.models import Related
from api.paging import Limit
from api.related import Finder
from graph.search import search_terms
from graph.store import QueryError

router = APIRouter(prefix="/recommendations", tags=["建议 Recommendations"])


#: What has something to look up.
_TERMS = "[\u4e00-\u9fff]{2}|[0-9A-Za-z]"


class Question(BaseModel):
    """要查的文字 · The words to look up: a problem as it would be written down."""

    text: str = Field(
        min_length=2, max_length=20_000, examples=["专项资金闲置"], json_schema_extra={"pattern": _TERMS}
    )
    limit: int = Field(20, ge=1, le=200)


@router.get("/related", summary="类似问题的建议 · Recommendations for problems like this")
def related_to_words(
    finder: Finder,
    signer: Signing,
    text: Annotated[
        str,
        Query(
            min_length=2,
            max_length=1000,
            examples=["专项资金闲置"],
            json_schema_extra={"pattern": _TERMS},
            description="问题的说法 · the problem in words",
        ),
    ],
    limit: Limit = 20,
) -> Related:
    """按用词和意思的相似度排列，parts 和 path 说明由来 · The most alike first, by words and meaning;
    `parts` and `path` explain each."""
    return _related(finder, signer, text, limit)


@router.post("/related", summary="类似问题的建议（长文字） · The same, for a longer text")
def related_to_long_text(finder: Finder, signer: Signing, question: Question) -> Related:
    """只看开头 400 个字 · Only the first 400 characters are looked up."""
    return _related(finder, signer, question.text, question.limit)


def _related(finder: Finder, signer: Signer, text: str, limit: int) -> Related:
    if not search_terms(text):
        raise QueryError("text: nothing to look up; give two Chinese characters or a word")
    found = Related(text=text, items=finder.for_text(text, limit))
    signer.sign(found.items)
    return found
