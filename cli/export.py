"""`suyin export`: the graph as files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import runs
from cli.options import (
    Documents,
    ForExcel,
    Jobs,
    MetadataTable,
    OfReport,
    OutFile,
    OutFolder,
    ReadBy,
    Verbose,
)
from cli.terminal import complain, show
from extract.reading import DEFAULT
from extract.runs.items import find_items_to_load

if TYPE_CHECKING:
    from graph.store import GraphStore


export = typer.Typer(
    rich_markup_mode="rich", help="把图导出成别的程序能读的文件 · Write the graph as files for other programs"
)


@export.command("neo4j-import")
def neo4j_import(
    files: Documents,
    folder: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写到哪里 · where to")],
    *,
    metadata_table: MetadataTable = None,
    reader: ReadBy = DEFAULT,
    jobs: Jobs = None,
    verbose: Verbose = False,
) -> None:
    """写出 neo4j-admin 整库导入用的 CSV · Write the CSV files that neo4j-admin imports into a new database

    例 Example: suyin export neo4j-import findings --out import
    """
    from cli.exporting import export_all

    items = find_items_to_load(files, lambda path: complain(f"{path}: skipped, it holds no findings"))
    raise typer.Exit(bool(export_all(items, folder, metadata_table, by=reader, jobs=jobs, verbose=verbose)))


def export_to(write: Callable[[GraphStore, Path, str | None], int], out: Path, report: str | None) -> None:
    with runs.opened_store() as store:
        show(f"{out}: {write(store, out, report)} 个节点和关系 nodes and edges")


@export.command()
def graphml(out: OutFile, report: OfReport = None) -> None:
    """一个 GraphML 文件：networkx、Gephi、yEd · One GraphML file

    例 Example: suyin export graphml --out graph.graphml
    """
    from graph.exports.graphml import write_graphml

    export_to(write_graphml, out, report)


@export.command(name="csv")
def export_csv(out: OutFolder, report: OfReport = None, excel: ForExcel = False) -> None:
    """每类节点、关系一个 CSV，附列的类型 · A CSV for each label and type, with the types of the columns

    例 Example: suyin export csv --out tables
    """
    from graph.exports.tables import write_csv

    export_to(partial(write_csv, excel=excel), out, report)


@export.command()
def parquet(out: OutFolder, report: OfReport = None) -> None:
    """每类节点、关系一个 Parquet：polars、DuckDB、R · A Parquet file for each label and type

    例 Example: suyin export parquet --out tables
    """
    from graph.exports.tables import write_parquet

    export_to(write_parquet, out, report)


@export.command(name="json-ld")
def json_ld(out: OutFile, report: OfReport = None) -> None:
    """一个 JSON-LD 文件，出处用 PROV-O · One JSON-LD file (RDF), with PROV-O

    例 Example: suyin export json-ld --out graph.jsonld
    """
    from graph.exports.jsonld import write_jsonld

    export_to(write_jsonld, out, report)
