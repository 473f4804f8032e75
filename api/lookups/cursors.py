"""Cursors: where a page ended or began.

The next, or the one before, goes on there whatever was loaded or deleted in between.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from api.errors import NotFound

_WRONG = "cursor: it is not one that a list has given; begin again without it"
_OTHER = "cursor: it is of a list with other filters or another order; keep those, or begin again without it"


def write_cursor(question: Mapping[str, Any], row: Mapping[str, Any], *, back: bool = False) -> str:
    """A word for the place behind a row (id, k0, k1, …) of what `question` lists; `back`: before it."""
    said = [_mark(question, back), row]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def read_cursor(cursor: str, question: Mapping[str, Any], keys: int) -> tuple[dict[str, Any], bool]:
    """The row's id and keys, and whether what is before it is meant.

    Raises NotFound where it is none, or of another question.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        mark, last = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as err:
        raise NotFound(_WRONG) from err
    back = mark == _mark(question, True)
    if not back and mark != _mark(question, False):
        raise NotFound(_OTHER)
    if (
        not isinstance(last, dict)
        or last.keys() != {"id", *(f"k{i}" for i in range(keys))}
        or not all(isinstance(value, str | int | float) for value in last.values())
    ):
        raise NotFound(_WRONG)
    return last, back


def _mark(question: Mapping[str, Any], back: bool) -> str:
    asked = json.dumps([question, "back"] if back else question, sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:12]
