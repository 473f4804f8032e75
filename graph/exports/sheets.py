"""CSV as spreadsheets open it without harm: what a report wrote is text, never a formula.

A text is always quoted and a number never, so that 1.10 (the number of a problem) and 1.1 differ; nothing
stands for what is not there. A text that a spreadsheet would take for a formula gets an apostrophe before it,
as OWASP advises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

#: A byte order mark, by which Excel knows UTF-8.
MARK = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?%?")
#: 1.10, 007, 1-2, 3/4 and very long numbers, of which a spreadsheet makes others; no plain number, no date.
_CHANGES = re.compile(r"(?!(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$|\d{4}-\d\d-\d\d$)\d[\d.,/:eE+-]*")


def csv_line(values: Iterable[Any], *, excel: bool = False) -> str:
    """A line of CSV without its end. Lists and maps are JSON text.

    `excel`: before texts that Excel would read as another number or a date, a tab keeps it from that.
    """
    return ",".join(_field(value, excel) for value in values)


def csv_head(columns: Iterable[str], *, excel: bool = False) -> str:
    """The first line; names of columns are quoted where they are no plain words."""
    return (MARK if excel else "") + ",".join(
        name if name.isidentifier() else _field(name, excel) for name in columns
    )


def inert(text: str) -> str:
    """The text, with an apostrophe before it where it begins like a formula and is no number (-5, +3.2%)."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _field(value: Any, excel: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = f"\t{text}" if excel and _CHANGES.fullmatch(text) else inert(text)
    return '"' + text.replace('"', '""') + '"'
