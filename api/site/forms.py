"""What a form of a page sends."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

#: The largest body of a form, in bytes, and its most fields.
_MOST_BYTES, _MOST_FIELDS = 1_000_000, 50


async def _read(request: Request) -> dict[str, str]:
    """The last value of each field. Raises HTTPException 413, 415, 422."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "须为表单 · this takes the form of its page")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"表单太大 · the form has more than {_MOST_BYTES:,} bytes")
    try:
        return dict(
            parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        )
    except ValueError:
        raise HTTPException(422, "表单的字段太多 · the form has too many fields") from None


#: The fields of a form, as a parameter of a route.
Form = Annotated[dict[str, str], Depends(_read)]
