"""How an answer is given: a table, CSV, JSON or Parquet, printed or written into a file."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from cli.terminal import show, show_table
from extract.documents import write_bytes, write_text
from extract.model import SuyinError
from graph.exports.answers import Row, to_csv, to_json, to_parquet


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
        text = to_json(rows) if as_ is Format.json else to_csv(columns, rows, excel=excel)
        if file is None:
            show(text)
            return
        write_text(file, f"{text}\n")
    show(f"{file}: {len(rows)} 行 rows")
