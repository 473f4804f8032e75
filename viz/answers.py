"""How an answer is given: a table, CSV, JSON or Parquet, printed or written into a file."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from extract.documents import write_bytes, write_text
from extract.model import SuyinError
from graph.exports.sheets import csv_head, csv_line
from viz.terminal import json_text, show, show_table

Row = Mapping[str, Any]


class Format(StrEnum):
    """What `suyin query` gives."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def choose_format(given: Format | None, file: Path | None, *, excel: bool = False) -> Format:
    """The format asked for, else that of the file's name, else a table; for Excel CSV. Raises SuyinError."""
    if excel and given not in (None, Format.csv):
        raise SuyinError(f"--excel is for CSV, not for {given}; leave one of them out")
    if excel:
        return Format.csv
    ending = file.suffix[1:].lower() if file else ""
    chosen = given or (Format(ending) if ending in tuple(Format) else Format.table)
    if file is not None and chosen is Format.table:
        raise SuyinError(f"{file}: a table is for the screen; say --format csv, json or parquet")
    if file is None and chosen is Format.parquet:
        raise SuyinError("Parquet is not for the screen; say --out FILE")
    return chosen


def give(
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    shown: Sequence[str],
    as_: Format,
    file: Path | None,
    excel: bool = False,
) -> None:
    """Print the rows, or write them into `file`. `shown`: the columns of a table; `excel`: see `csv_line`.

    Raises SuyinError; OSError where standard output takes no more.
    """
    if as_ is Format.table:
        show_table(shown, [[row[column] for column in shown] for row in rows])
        return
    if as_ is Format.parquet:
        assert file is not None
        write_bytes(file, to_parquet(columns, rows))
    else:
        text = json_text(rows) if as_ is Format.json else to_csv(columns, rows, excel=excel)
        if file is None:
            show(text)
            return
        write_text(file, f"{text}\n")
    show(f"{file}: {len(rows)} 行 rows")


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
