"""`suyin extract`, `suyin failures`: reports in, findings out, and what failed on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import runs, tables, terminal
from cli.options import AsJson, Jobs, LogFile, MetadataTable, MetricsFile, ReadBy, Verbose
from cli.run_log import RunLog
from cli.terminal import complain, show, show_json
from extract.documents import make_folder, to_json
from extract.reading import DEFAULT
from extract.runs.batch import Reader
from extract.runs.failures import Job
from extract.runs.items import find_items, place_documents


def extract(
    places: Annotated[
        list[str], typer.Argument(metavar="FILE", help="报告、文件夹、ZIP · reports, folders, ZIPs")
    ],
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="DIR", help="每份报告写一个 .json · write one .json each"),
    ] = None,
    report_id: Annotated[str | None, typer.Option("--id", help="报告编号 · the id of the report")] = None,
    *,
    metadata_table: MetadataTable = None,
    reader: ReadBy = DEFAULT,
    considered: Annotated[
        bool, typer.Option("--explain", help="逐句列出训练的读者所想 · what the trained reader thought of")
    ] = False,
    jobs: Jobs = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="由 Dask 集群读，写 Parquet；local：本机 · by a cluster of Dask, into Parquet; local: here",
        ),
    ] = None,
    log: LogFile = None,
    metrics: MetricsFile = None,
    verbose: Verbose = False,
) -> None:
    """读报告，写出发现 · Read reports and write what they find

    例 Examples:

    suyin extract report.txt > findings.json

    suyin extract reports/*.txt --out findings

    suyin extract archive.zip folder --out findings

    suyin extract s3://bucket/reports --cluster tcp://scheduler:8786 --out s3://bucket/findings
    """
    if cluster:
        from cli.clusters import extract_on_cluster

        if out is None or report_id is not None or considered:
            raise typer.BadParameter(
                "it needs --out DIR, and takes no --id or --explain.", param_hint="--cluster"
            )
        with RunLog("extract", log, metrics) as told:
            bad = extract_on_cluster(places, out, cluster, metadata_table, told, by=reader, jobs=jobs)
        raise typer.Exit(bool(bad))
    items, folder = find_items(map(Path, places)), Path(out) if out is not None else None
    if considered and (folder or reader == "rules"):
        raise typer.BadParameter(
            "it shows what the trained reader thinks: no --out, no --reader rules.", param_hint="--explain"
        )
    if report_id is not None and len(items) > 1:
        raise typer.BadParameter("it names one report, so give one file.", param_hint="--id")
    if folder is None and len(items) > 1:
        raise typer.BadParameter("several files need a folder to go to: --out DIR.", param_hint="FILE")
    if considered:
        from extract.reading.explain import explain

        for item in items:
            tables.show_considered(explain(item.file))
        return
    if folder is None:
        with terminal.Bars() as bars:
            findings = Reader(metadata_table, report_id=report_id, progress=bars.pages, by=reader).report(
                next(iter(items)).file
            )
        runs.show_warnings(next(iter(items)).file, findings.report.warnings, all_of_them=verbose)
        show(to_json(findings))
        return
    make_folder(folder)
    with runs.failure_list() as left, RunLog("extract", log, metrics) as told:
        job = Job.of("extract", folder.absolute(), metadata_table, report_id, reader)
        bad = runs.extract_all(
            items, place_documents(items, folder), job, left, jobs=jobs, verbose=verbose, log=told
        )
    raise typer.Exit(bool(bad))


def failures(
    retry: Annotated[bool, typer.Option("--retry", help="再试一次 · try them again")] = False,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> None:
    """失败的文件及原因，可再试 · Files that failed in extract --out or load, and why; try them again

    例 Examples:

    suyin failures

    suyin failures --retry
    """
    with runs.failure_list() as left:
        for fault in left.faults:
            complain(fault)
        bad = len(left.faults) + (runs.retry_all(left, quiet=as_json, verbose=verbose) if retry else 0)
        if as_json:
            show_json([failure.to_dict() for failure in left])
        elif not retry and left:
            tables.show_failures(left)
        elif not left and not left.faults:
            show("没有失败的文件 · no file has failed")
    raise typer.Exit(bool(bad))
