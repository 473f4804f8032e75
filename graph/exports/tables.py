"""CSV and Parquet: a folder with a table for each label and each type of edge.

Parquet keeps all types and every text as it is. CSV is for people (sheets.py): lists are JSON text, formulas
have an apostrophe before them; datapackage.json says the types of its columns (Frictionless Data).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from graph.exports.files import make_folder, part_of
from graph.exports.parquet import Writer, need_parquet, parquet_file
from graph.exports.rows import ENDS, Row, check_report, edges, nodes
from graph.exports.sheets import csv_head, csv_line
from graph.store import GraphStore

#: Rows of a batch, and characters, for a text may be long.
_ROWS, _CHARACTERS = 5000, 1_000_000
_JSON_TYPES = {
    "string": "string",
    "integer": "integer",
    "float": "number",
    "strings": "array",
    "integers": "array",
    "floats": "array",
}


def write_csv(store: GraphStore, folder: Path, report: str | None = None, *, excel: bool = False) -> int:
    """Write LABEL.csv and TYPE.csv into the folder, and datapackage.json. Returns the number of rows.

    They are for people: see `sheets`, also for `excel`.
    Raises ExportError, QueryError, StoreError.
    """
    count = _write_all(store, folder, report, "csv", partial(_csv_file, excel=excel))
    resources = [
        {
            "name": name.lower(),
            "path": f"{name}.csv",
            "encoding": "utf-8-sig" if excel else "utf-8",
            "profile": "tabular-data-resource",
            "schema": {
                "fields": [{"name": column, "type": _JSON_TYPES[type_]} for column, type_ in columns.items()],
                "missingValues": [""],
            },
        }
        for name, columns in _tables(store).items()
    ]
    package = {
        "name": "suyin",
        "profile": "tabular-data-package",
        "resources": resources,
        "description": "A text that begins like a formula has an apostrophe before it.",
    }
    with part_of(folder / "datapackage.json") as part:
        part.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return count


def write_parquet(store: GraphStore, folder: Path, report: str | None = None) -> int:
    """Write LABEL.parquet and TYPE.parquet into the folder. Returns the number of rows.

    Raises SuyinError where pyarrow is not installed; ExportError, QueryError, StoreError.
    """
    need_parquet("export csv")
    return _write_all(store, folder, report, "parquet", parquet_file)


def _write_all(
    store: GraphStore,
    folder: Path,
    report: str | None,
    ending: str,
    opened: Callable[[Path, Mapping[str, str]], AbstractContextManager[Writer]],
) -> int:
    check_report(store, report)
    make_folder(folder)
    count = 0
    for name, columns in _tables(store).items():
        rows = nodes(store, name, report) if name in store.schema.labels else edges(store, name, report)
        with part_of(folder / f"{name}.{ending}") as part, opened(part, columns) as write:
            for batch in _batches(rows):
                write(batch)
                count += len(batch)
    return count


def _tables(store: GraphStore) -> dict[str, dict[str, str]]:
    """The columns of each table with their types."""
    ends = dict.fromkeys(ENDS, "string")
    return {name: {"id": "string", **entry.properties} for name, entry in store.schema.labels.items()} | {
        name: {"id": "string", **ends, **entry.properties} for name, entry in store.schema.edges.items()
    }


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += len(row.get("text") or "")
        if len(batch) >= _ROWS or characters >= _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


@contextmanager
def _csv_file(path: Path, columns: Mapping[str, str], *, excel: bool) -> Iterator[Writer]:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{csv_head(columns, excel=excel)}\n")
        yield lambda rows: file.writelines(
            csv_line((row.get(name) for name in columns), excel=excel) + "\n" for row in rows
        )
