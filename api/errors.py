"""Every error of the API in one shape, that of RFC 9457 (application/problem+json). Translated here alone.

Whoever asks with a browser gets the same as a page.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match
from structlog.contextvars import get_contextvars

from api.access.redaction import redact
from api.models import ErrorBody
from api.observe import HEADER
from extract.model import SuyinError
from graph.errors import QueryError, StoreError

log = logging.getLogger("suyin.api")
#: Status -> the last part of the `type`, and the title. Others are told by their status alone.
_KINDS = {
    401: ("key", "需要密钥 · needs a key"),
    403: ("forbidden", "不许这样 · not allowed"),
    404: ("not-found", "没有这个 · not there"),
    405: ("method", "此处不能这样用 · wrong method"),
    406: ("form", "没有这种格式 · no such form"),
    422: ("invalid", "参数不对 · wrong parameter"),
    500: ("fault", "服务出错 · the service failed"),
    503: ("away", "数据库不可用 · database away"),
}
#: Status -> what to do, where the error does not say it.
_FIXES = {
    403: "换一个有此权限的密钥 · use a key that may; see docs/access.md",
    404: "see /docs for the addresses",
    405: "see /docs for the methods",
    406: "要 JSON · ask for application/json",
}


class NotFound(SuyinError):
    """There is nothing of this id or name."""


class ProblemResponse(JSONResponse):
    """An answer that is an error."""

    media_type = "application/problem+json"


def answer(
    status: int,
    message: str,
    fix: str | None = None,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    reader: Request | None = None,
) -> Response:
    """An error as RFC 9457 says it: `detail` is the message. What is not known is left out.

    `errors`: a fault each, with the name of the parameter (or the pointer into the body) and its detail.
    `reader`: the request of somebody who may want a page.
    """
    kind, title = _KINDS.get(status, ("", ""))
    body = ErrorBody.model_validate(
        {
            "type": f"urn:suyin:error:{kind}" if kind else "about:blank",
            "title": title or HTTPStatus(status).phrase,
            "status": status,
            "detail": message,
            "fix": fix,
            "errors": list(errors) or None,
            "request_id": get_contextvars().get("request_id"),
        }
    )
    if reader is not None and _wants_page(reader):
        page: Response = reader.app.state.error_page(reader, body)
        return page
    return ProblemResponse(body.model_dump(exclude_none=True), status)


def _wants_page(request: Request) -> bool:
    """Browsers name text/html; programs take anything or JSON."""
    browses = request.method in ("GET", "HEAD") or request.url.path.startswith("/browse/")
    return browses and "text/html" in request.headers.get("accept", "").lower()


def add_handlers(app: FastAPI) -> None:
    """Let the app answer all errors in this shape."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SuyinError, _mendable)
    app.add_exception_handler(Exception, _unforeseen)


def _mendable(request: Request, err: Exception) -> Response:
    """Our own errors: `what is wrong; what to do`."""
    message, _, fix = redact(str(err)).partition("; ")
    status = 404 if isinstance(err, NotFound) else getattr(err, "status", 422)
    if isinstance(err, StoreError) and not isinstance(err, QueryError):
        status = 503
    return answer(status, message, fix or None, reader=request)


def _invalid(request: Request, err: Exception) -> Response:
    assert isinstance(err, RequestValidationError)
    faults = [_fault(fault) for fault in err.errors()]
    said = [(f"{name} {detail}" if chosen else f"{name}: {detail}") for name, detail, chosen in faults]
    if len(faults) == 1 and faults[0][2]:  # what a word may be is the fix
        message, _, fix = said[0].partition("; ")
    else:
        message, fix = "; ".join(said), "see /docs for the parameters"
    return answer(
        422,
        message,
        fix,
        errors=[{"name": name, "detail": detail} for name, detail, _ in faults],
        reader=request,
    )


def _fault(fault: Mapping[str, Any]) -> tuple[str, str, bool]:
    """The name of what is wrong, what is wrong, and whether it is no word of a vocabulary."""
    place = [str(part) for part in fault["loc"]]
    return ".".join(place[1:]) or place[0], fault["msg"], fault["type"] == "choice"


def _http(request: Request, err: Exception) -> Response:
    assert isinstance(err, HTTPException)
    message, _, said = str(err.detail).partition("; ")
    response = answer(err.status_code, message, said or _FIXES.get(err.status_code), reader=request)
    response.headers.update(err.headers or {})  # 401 says how to log on
    if err.status_code == 405:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """All methods of an address: several routes may share it, and HEAD goes where GET does.

    An id may hold slashes, so the routes of a shorter address match too; the first that matches is meant.
    """
    routes: list[APIRoute] = request.app.state.routes
    matching = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    meant = next((route.path_format for route in matching), None)
    found = {method for route in routes if route.path_format == meant for method in route.methods or ()}
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def _unforeseen(request: Request, err: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=err)
    response = answer(500, "the service failed", "its log says why, under this request_id", reader=request)
    # this answer is made outside of Observed, which names all others
    response.headers[HEADER] = str(get_contextvars().get("request_id", ""))
    return response
