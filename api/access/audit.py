"""The audit log: one line of JSON for each request that was answered, in a file that turns over.

A key is named by its id. What a body says is in it only where a route gives it to `note`.
"""

from __future__ import annotations

import json
import logging
import os
import time
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.callers import caller_of
from api.access.redaction import redact
from extract.model import SuyinError

#: Bytes of one file, and how many are kept: 100 MB.
_SIZE, _FILES = 10_000_000, 9
#: Characters that a line keeps of one thing that was asked.
_LONGEST = 4000


class AuditError(SuyinError):
    """The audit log cannot be written; names it."""


class Audit:
    """Middleware that writes the log. Raises AuditError where the file cannot be opened."""

    def __init__(self, app: ASGIApp, file: Path) -> None:
        self.app, self.log = app, _opened(file)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, sent = time.monotonic(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            # status 0: the client went before there was an answer, or we failed
            self._write(scope, status=status, ms=round(1000 * (time.monotonic() - began), 1), bytes=sent)

    def _write(self, scope: Scope, **answer: Any) -> None:
        caller = caller_of(scope)
        query = scope.get("query_string", b"").decode("utf-8", "replace")
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "who": caller.name,
            "key": caller.key,
            "address": (scope.get("client") or ("",))[0],
            "method": scope["method"],
            "path": redact(scope["path"][:_LONGEST]),
            "query": redact(query[:_LONGEST]),
            **answer,
            **scope.get("state", {}).get("noted", {}),
        }
        self.log.handle(logging.makeLogRecord({"msg": json.dumps(line, ensure_ascii=False)}))


def note(request: Request, **what: str) -> None:
    """Let the audit log keep this of a request, such as the Cypher in its body; shortened where long."""
    noted = request.scope.setdefault("state", {}).setdefault("noted", {})
    noted.update({name: value[:_LONGEST] for name, value in what.items()})


class _Handler(RotatingFileHandler):
    def _open(self) -> Any:
        return open(
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            errors="backslashreplace",
            opener=lambda path, flags: os.open(path, flags, 0o600),
        )


def _opened(file: Path) -> logging.Handler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _Handler(file, maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8")
    except OSError as err:
        raise AuditError(
            f"{file}: cannot be written ({err.strerror}); set SUYIN_AUDIT to another file, or to none"
        ) from err
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler
