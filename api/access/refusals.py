"""Refusals of the middlewares, in the shape of all errors."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from api.errors import answer


def refuse(status: int, message: str, fix: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that says what is wrong and what to do."""
    response = answer(status, message, fix)
    response.headers.update(headers or {})
    return response
