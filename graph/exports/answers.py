"""The answer to a query as a file for programs: JSON, CSV, Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.exports.parquet import need_parquet, parquet_file
from graph.exports.sheets import csv_head, csv_line

Row = Mapping[str, Any]
_TYPES = {bool: "boolean", int: "integer", float: "float", str: "string"}


def to_json(value: Any) -> str:
    """Indented, with Chinese as it is; what JSON has no form for, such as a date, as text."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def to_csv(columns: Sequence[str], rows: Sequence[Row], *, excel: bool = False) -> str:
    """A head line, then the rows: numbers as programs read them, texts quoted, lists and maps as JSON."""
    lines = (csv_line((row[column] for column in columns), excel=excel) for row in rows)
    return "\n".join([csv_head(columns, excel=excel), *lines])


def to_parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """A Parquet file. Numbers, truth values, texts and lists of them keep their type; all else is JSON text.

    Raises SuyinError where pyarrow is not installed.
    """
    need_parquet("--format csv")
    types = {column: _type([row[column] for row in rows]) for column in columns}
    out = io.BytesIO()
    with parquet_file(out, {column: type_ or "string" for column, type_ in types.items()}) as write:
        write([{c: row[c] if types[c] else _json(row[c]) for c in columns} for row in rows])
    return out.getvalue()


def _type(values: Sequence[Any]) -> str | None:
    """The type of all values, in the plural where they are lists; None where they are of several, or maps."""
    said = [v for v in values if v is not None]
    is_list = bool(said) and all(isinstance(v, list) for v in said)
    kinds = {type(item) for v in said for item in (v if is_list else [v])} - {type(None)}
    if kinds == {int, float}:
        kinds = {float}
    only = _TYPES.get(kinds.pop()) if len(kinds) == 1 else None if kinds else "string"
    return f"{only}s" if only and is_list else only


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
