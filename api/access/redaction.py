"""Keeps secrets and the database's address out of whatever leaves the process: answers and logs."""

from __future__ import annotations

import logging
import os
import re
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

_URI = re.compile(r"\b(?:bolt|neo4j)(?:\+s(?:sc)?)?://[^\s,;'\")\]]*[^\s,;:'\")\].]")
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}\b")  # to which the driver resolved a name
_KEY = re.compile(r"\b(suyin_[0-9a-f]{8}_)[\w-]{20,}")
_GONE, _DATABASE = "[…]", "数据库 database"


def redact(text: str) -> str:
    """Without keys, addresses of databases, the password of NEO4J_PASSWORD and the folder of the data."""
    text = _KEY.sub(rf"\1{_GONE}", _ADDRESS.sub(_DATABASE, _URI.sub(_DATABASE, text)))
    for secret, stead in _secrets():
        text = text.replace(secret, stead)
    return text


def redact_logs() -> None:
    """Redact whatever this process logs from now on, with the tracebacks."""
    make = logging.getLogRecordFactory()

    def made(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        with suppress(TypeError, ValueError):  # a wrong log call is told of where it is written
            record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return record

    logging.setLogRecordFactory(made)


def _secrets() -> list[tuple[str, str]]:
    """What the environment holds now; the longest first."""
    uri = urlsplit(os.environ.get("NEO4J_URI", ""))
    folder = os.environ.get("SUYIN_DATA_DIR", "")
    found = [
        (os.environ.get("NEO4J_PASSWORD", ""), _GONE),
        (uri.password or "", _GONE),
        (uri.netloc.rpartition("@")[2], _DATABASE),
        (folder, "SUYIN_DATA_DIR"),
        (os.path.expanduser("~/.local/share/suyin"), "SUYIN_DATA_DIR"),
    ]
    return sorted(((s, t) for s, t in found if len(s) > 3), key=lambda each: -len(each[0]))
