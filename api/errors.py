"""Every error of the API in one shape: {"error": {"message": …, "fix": …}}. Translated here alone."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.access.redaction import redact
from api.models import ErrorBody
from extract.model import SuyinError
from graph.errors import QueryError, StoreError

log = logging.getLogger("suyin.api")


class NotFound(SuyinError):
    """There is nothing of this id or name."""


def answer(status: int, message: str, fix: str | None = None) -> JSONResponse:
    """An error as JSON. One without a `fix` has no such key."""
    body = ErrorBody.model_validate({"error": {"message": message, "fix": fix}})
    return JSONResponse(body.model_dump(exclude_none=True), status)


def add_handlers(app: FastAPI) -> None:
    """Let the app answer all errors in this shape."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SuyinError, _mendable)
    app.add_exception_handler(Exception, _unforeseen)


def _mendable(request: Request, err: Exception) -> JSONResponse:
    """Our own errors: `what is wrong; what to do`."""
    message, _, fix = redact(str(err)).partition("; ")
    status = 404 if isinstance(err, NotFound) else getattr(err, "status", 422)
    if isinstance(err, StoreError) and not isinstance(err, QueryError):
        status = 503
    return answer(status, message, fix or None)


def _invalid(request: Request, err: Exception) -> JSONResponse:
    assert isinstance(err, RequestValidationError)
    faults = [f"{'.'.join(map(str, fault['loc'][1:])) or fault['loc'][0]}: {fault['msg']}"
              for fault in err.errors()]
    return answer(422, "; ".join(faults), "see /docs for the parameters")


def _http(request: Request, err: Exception) -> JSONResponse:
    assert isinstance(err, HTTPException)
    message, _, said = str(err.detail).partition("; ")
    fix = {404: "see /docs for the addresses", 405: "see /docs for the methods"}.get(err.status_code)
    response = answer(err.status_code, message, said or fix)
    response.headers.update(err.headers or {})              # 401 says how to log on, 405 what is allowed
    return response


def _unforeseen(request: Request, err: Exception) -> JSONResponse:
    log.error("%s %s", request.method, request.url.path, exc_info=err)
    return answer(500, "the service failed; its log says why")
