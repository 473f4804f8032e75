"""In which form an answer is wanted: by the suffix of the address, else by the header Accept."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from fastapi import HTTPException, Response
from pydantic import BaseModel
from pydantic_core import to_json


class Form(StrEnum):
    json = "json"
    csv = "csv"
    parquet = "parquet"
    graphml = "graphml"


MEDIA_TYPES = {
    Form.json: "application/json",
    Form.csv: "text/csv",
    Form.parquet: "application/vnd.apache.parquet",
    Form.graphml: "application/graphml+xml",
}


def choose_form(accept: str) -> Form:
    """The form that the header Accept likes best; JSON where it does not care. Raises HTTPException 406."""
    liked = sorted(
        map(_read, accept.lower().split(",") if accept.strip() else ["*/*"]), key=lambda one: -one[1]
    )  # stable: of the same weight the first
    for media, weight in liked:
        for form, known in MEDIA_TYPES.items():
            if weight > 0 and media in (known, f"{known.partition('/')[0]}/*", "*/*"):
                return form
    raise HTTPException(
        406,
        "没有这种格式 · Accept names no form that there is; "
        f"ask for one of: {', '.join(MEDIA_TYPES.values())}",
    )


def as_json(made: BaseModel | Sequence[BaseModel]) -> Response:
    """An answer that is made of models already, written where it was made.

    FastAPI would look through it once more, in a thread of its own.
    """
    return Response(to_json(made), media_type=MEDIA_TYPES[Form.json])


def _read(part: str) -> tuple[str, float]:
    """The media type and its weight, of `text/csv; q=0.5`. One that cannot be read counts nothing."""
    media, *parameters = (word.strip() for word in part.split(";"))
    weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    try:
        return media, float(weight)
    except ValueError:
        return media, 0
