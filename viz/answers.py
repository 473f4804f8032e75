"""The forms of an answer for programs: CSV, JSON, Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from extract.model import SuyinError
from graph.exports.sheets import csv_head, csv_line

Row = Mapping[str, Any]


def to_json(value: Any) -> str:
    """Indented, with Chinese as it is; what JSON has no form for, such as a date, as text."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def to_csv(columns: Sequence[str], rows: Sequence[Row], *, excel: bool = False) -> str:
    """A head line, then the rows: numbers as programs read them, texts quoted, lists and maps as JSON."""
    lines = (csv_line((row[column] for column in columns), excel=excel) for row in rows)
    return "\n".join([csv_head(columns, excel=excel), *lines])


def to_parquet(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """A Parquet file. Numbers, truth values, texts and lists of them keep their type; all else is JSON text.

    Raises SuyinError where pyarrow, which the extra `parquet` brings, is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as err:
        raise SuyinError(
            "Parquet needs pyarrow, which is not installed: "
            "make setup EXTRAS=dev,notebook,parquet, or --format csv"
        ) from err
    types = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}
    arrays = []
    for column in columns:
        values = [row[column] for row in rows]
        inner, is_list = _type(values)
        if inner is None:
            values = [None if v is None else json.dumps(v, ensure_ascii=False) for v in values]
        type_ = types[inner or str]
        arrays.append(pa.array(values, pa.list_(type_) if is_list else type_))
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, list(columns)), out)
    return out.getvalue()


def _type(values: Sequence[Any]) -> tuple[type | None, bool]:
    """What all values (or the items of all lists) are; None where they are of several kinds or a map."""
    said = [v for v in values if v is not None]
    is_list = bool(said) and all(isinstance(v, list) for v in said)
    kinds = {type(item) for v in said for item in (v if is_list else [v])} - {type(None)}
    if kinds == {int, float}:
        return float, is_list
    only = kinds.pop() if len(kinds) == 1 else str if not kinds else None
    return (only, is_list) if only in (bool, int, float, str) else (None, False)
