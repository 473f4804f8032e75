"""`suyin load`, `suyin delete`: reports into the graph, and out of it."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import runs, vectors
from cli.options import AsJson, Documents, Jobs, LogFile, MetadataTable, MetricsFile, ReadBy, Verbose
from cli.run_log import RunLog
from cli.terminal import complain
from extract.reading import DEFAULT
from extract.runs.failures import Job
from extract.runs.items import find_items_to_load


def load(
    files: Documents,
    as_json: AsJson = False,
    *,
    metadata_table: MetadataTable = None,
    reader: ReadBy = DEFAULT,
    jobs: Jobs = None,
    log: LogFile = None,
    metrics: MetricsFile = None,
    verbose: Verbose = False,
) -> None:
    """把报告装入图库；重复装入不变 · Load reports into the graph; a second time changes nothing

    例 Example: suyin load samples/reports/*.txt
    """
    from graph.judge import apply_judgements

    items = find_items_to_load(files, lambda path: complain(f"{path}: skipped, it holds no findings"))
    with (
        RunLog("load", log, metrics) as told,
        runs.opened_store() as store,
        runs.failure_list() as left,
    ):
        apply_judgements(store)  # so that all reports are under one file of judgements
        job = Job.of("load", runs.store_name(store), metadata_table, reader=reader)
        bad = runs.load_all(items, job, store, left, jobs=jobs, as_json=as_json, verbose=verbose, log=told)
        vectors.write_if_ready(store)
    raise typer.Exit(bool(bad))


def delete(
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT", help="报告的编号、文件名或标题 · ids, names of files, or titles"),
    ],
    as_json: AsJson = False,
) -> None:
    """从图库中删除报告；有一个认不出就都不删 · Take reports out of the graph: all that are named, or none

    例 Example: suyin delete 8c1f0e5b2d93a746 university.txt
    """
    from cli.deleting import delete_reports

    with runs.opened_store() as store:
        bad = delete_reports(store, reports, as_json=as_json)
    raise typer.Exit(bool(bad))
