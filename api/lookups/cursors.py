"""Cursors: where a page ended, so that the next begins there whatever was loaded or deleted in between."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from api.errors import NotFound

_WRONG = "cursor: it is not one that a list has given; begin again without it"
_OTHER = "cursor: it is of a list with other filters or another order; keep those, or begin again without it"


def write_cursor(question: Mapping[str, Any], last: Mapping[str, Any]) -> str:
    """A word for the place behind the row `last`: id, k0, k1, …, in the list that `question` makes."""
    return base64.urlsafe_b64encode(json.dumps([_mark(question), last]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, question: Mapping[str, Any], keys: int) -> dict[str, Any]:
    """The row's id and keys. Raises NotFound where it is none, or of another question."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        mark, last = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as err:
        raise NotFound(_WRONG) from err
    if mark != _mark(question):
        raise NotFound(_OTHER)
    if (not isinstance(last, dict) or last.keys() != {"id", *(f"k{i}" for i in range(keys))}
            or not all(isinstance(value, str | int | float) for value in last.values())):
        raise NotFound(_WRONG)
    return last


def _mark(question: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:12]
