"""Findings as partitions of Parquet: reports with their texts, nodes, edges and failures.

A partition is four files of one name in the folders `reports`, `nodes`, `edges` and `failures`. That in
`reports` comes last: with it, the partition is finished. All properties are JSON text, as kinds of nodes
differ in what they have.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any, TypeAlias

import pyarrow as pa
from pyarrow import parquet

from extract.cluster.places import Folder
from extract.model import FORMAT, Findings, SuyinError

Row: TypeAlias = Mapping[str, Any]
_STRING, _PLACE = pa.string(), pa.int64()
_SCHEMAS = {
    "failures": pa.schema({"file": _STRING, "reason": _STRING}),
    "nodes": pa.schema({"report": _STRING, "id": _STRING, "label": _STRING, "text": _STRING, "start": _PLACE,
                        "end": _PLACE, "properties": _STRING}),
    "edges": pa.schema({"report": _STRING, "type": _STRING, "source": _STRING, "target": _STRING,
                        "properties": _STRING}),
    "reports": pa.schema({"file": _STRING, "report": _STRING, "info": _STRING, "text": _STRING}),
}  # fmt: skip
#: The folders of a partition, in the order in which they are written.
TABLES = tuple(_SCHEMAS)


class Rows:
    """What is found in the reports of one partition, until it is written."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}

    def add(self, file: str, findings: Findings) -> None:
        """Raises UnicodeEncodeError where a text has half of a character, which no table can hold."""
        document = findings.to_dict()
        (findings.source_text or "").encode()
        report = findings.report.id
        self.tables["nodes"] += [_row(report, node) for node in document["nodes"]]
        self.tables["edges"] += [_row(report, edge) for edge in document["edges"]]
        info = json.dumps(document["report"], ensure_ascii=False)
        self.tables["reports"].append(
            {"file": file, "report": report, "info": info, "text": findings.source_text}
        )

    def fail(self, file: str, reason: str) -> None:
        self.tables["failures"].append({"file": file, "reason": reason})

    def write(self, folder: Folder, name: str) -> None:
        """The partition. No file of failures where there are none. Raises PlaceError."""
        for table in TABLES:
            if table != "failures" or self.tables[table]:
                out = BytesIO()
                rows = pa.Table.from_pylist([*self.tables[table]], schema=_SCHEMAS[table])
                parquet.write_table(rows, out, compression="zstd")
                folder.write(f"{table}/{name}.parquet", out.getvalue())


def finished(folder: Folder) -> set[str]:
    """The files whose findings are in its finished partitions. Raises PlaceError."""
    return {file for name in folder.names("reports", ".parquet") for file, _ in _index(folder, name)}


def find_documents(folder: Path) -> Iterator[Path]:
    """The findings in partitions, as if each were a document in an archive: reports/PART.parquet/REPORT.json.

    One for each report: where two files have one id, that of the later file, as when they are loaded one by
    one. Raises PlaceError, SuyinError.
    """
    best: dict[str, tuple[tuple[tuple[bool, str], ...], str]] = {}
    here = Folder(str(folder))
    for name in here.names("reports", ".parquet"):
        for file, report in _index(here, name):
            found = (_order(file), name)
            if report not in best or found > best[report]:
                best[report] = found
    ordered = sorted(best.items(), key=lambda entry: (entry[1][1], entry[1][0]))
    return (folder / "reports" / f"{name}.parquet" / f"{report}.json" for report, (_, name) in ordered)


def read_member(path: Path) -> Findings:
    """The findings that `find_documents` named so. Raises SuyinError."""
    found = read_partition(path.parent)
    if path.stem not in found:
        raise SuyinError(f"{path}: there is no such report in the partition; extract again")
    return found[path.stem]


def read_partition(part: Path) -> dict[str, Findings]:
    """All findings in reports/PART.parquet and its like, by id. Raises SuyinError."""
    try:
        return _findings(part.parent.parent, part.stem, part.stat().st_mtime_ns)
    except (OSError, pa.ArrowException, ValueError, KeyError) as error:
        raise SuyinError(f"{part}: cannot be read ({error}); delete it and extract again") from error


@lru_cache(maxsize=1)
def _findings(folder: Path, name: str, _mtime_ns: int) -> dict[str, Findings]:
    """By id; the reports of a partition are asked for one after the other."""
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {
        "nodes": defaultdict(list),
        "edges": defaultdict(list),
    }
    for table, by_report in rows.items():
        for row in parquet.read_table(folder / table / f"{name}.parquet").to_pylist():
            report = row.pop("report")
            by_report[report].append(row | {"properties": json.loads(row["properties"])})
    return {
        row["report"]: Findings.from_dict(
            {"format": FORMAT, "report": json.loads(row["info"])}
            | {table: by_report[row["report"]] for table, by_report in rows.items()},
            source_text=row["text"],
        )
        for row in parquet.read_table(folder / "reports" / f"{name}.parquet").to_pylist()
    }


def _index(folder: Folder, name: str) -> Sequence[tuple[str, str]]:
    """(file, id) of the reports of a partition."""
    path = f"{folder.path}/reports/{name}.parquet"
    try:
        with folder.fs.open(path, "rb") as file:  # `read_table` would load 50 MB of libraries
            table = parquet.ParquetFile(file).read(columns=["file", "report"])
    except (OSError, pa.ArrowException) as error:
        raise SuyinError(f"{path}: cannot be read ({error}); delete it and extract again") from error
    return [*zip(table["file"].to_pylist(), table["report"].to_pylist(), strict=True)]


def _row(report: str, entry: Mapping[str, Any]) -> Row:
    return {"report": report, **entry, "properties": json.dumps(entry["properties"], ensure_ascii=False)}


def _order(file: str) -> tuple[tuple[bool, str], ...]:
    """Files of a folder by name, then those of its folders: as they are found."""
    *folders, name = PurePath(file).parts
    return (*((True, folder) for folder in folders), (False, name))
