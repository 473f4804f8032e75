"""The commands of Suyin: wiring only. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import glob
import json
import logging
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple
from enum import StrEnum
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.documents import document_names, make_folder, read_document, to_json, write_text
from extract.model import Findings, SuyinError
from viz import terminal
from viz.terminal import complain, show, show_csv, show_json, show_table

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.evaluate.tally import Scores
    from extract.metadata import Metadata
    from graph.store import GraphStore

SAMPLES = Path(__file__).parent / "samples" / "reports"
#: What the demo asks of the graph of the sample reports.
DEMO_QUERIES = (["query", "policies-most-cited", "limit=5"],
                ["query", "causes-of-category", "category=finance", "limit=3"])

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich",
    help="溯因：把检查、审计、整改、事故报告变成问题与原因的知识图谱\n\n"
         "Suyin: inspection, audit and accident reports as a graph of problems and causes",
    epilog="环境变量 variables: NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE (用 Neo4j · a Neo4j); "
           "SUYIN_DATA_DIR (内置图库的位置 · place of the embedded store)",
)


class Lang(StrEnum):
    zh = "zh"
    en = "en"


class By(StrEnum):
    kind = "kind"
    report = "report"


Documents = Annotated[list[Path], typer.Argument(
    metavar="FILE",
    help="报告、文件夹、ZIP，或 extract 写的 .json · reports, folders, ZIPs, or .json that extract wrote")]
MetadataTable = Annotated[Path | None, typer.Option(
    "--metadata", metavar="TABLE",
    help="CSV/XLSX：文件、地区、日期、层级、轮次、网址 · file, place, date, level, round, url")]
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
    sys.exit(code)


@app.callback(invoke_without_command=True)
def options(version: Annotated[bool, typer.Option("--version", help="版本 · the version")] = False) -> None:
    if version:
        show(f"suyin {metadata.version('suyin')}")
        raise typer.Exit


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(
        metavar="FILE", help="报告、文件夹、ZIP · reports, folders, ZIPs")],
    folder: Annotated[Path | None, typer.Option(
        "--out", "-o", metavar="DIR", help="每份报告写一个 .json · write one .json each")] = None,
    report_id: Annotated[str | None, typer.Option("--id", help="报告编号 · the id of the report")] = None,
    metadata_table: MetadataTable = None,
) -> None:
    """读报告，写出发现 · Read reports and write what they find

    例 Examples:

    suyin extract report.txt > findings.json

    suyin extract reports/*.txt --out findings

    suyin extract archive.zip folder --out findings
    """
    known = metadata_of(metadata_table)
    places = reports_in(files)
    if report_id is not None and len(places) > 1:
        raise typer.BadParameter("it names one report, so give one file.", param_hint="--id")
    if folder is None:
        if len(places) > 1:
            raise typer.BadParameter("several files need a folder to go to: --out DIR.", param_hint="FILE")
        show(to_json(read_report(next(iter(places)), report_id, known)))
        return
    names: dict[Path, Path] = {}
    target = folder
    for place in dict.fromkeys(places.values()):
        here = document_names([report for report, at in places.items() if at == place])
        names |= {report: place / name for report, name in here.items()}
    make_folder(target)

    def work(path: Path) -> Counter[str]:
        findings = read_report(path, report_id, known)
        make_folder((target / names[path]).parent)
        write_text(target / names[path], to_json(findings))
        return Counter(node.label for node in findings.nodes)

    done, failed = terminal.for_each(places, work)
    labels = sum(done.values(), Counter[str]())
    show_table(("", "数量 count"), [
        ("报告 reports", len(done)), ("失败 failed", len(failed)), ("问题 problems", labels["Problem"]),
        ("原因 causes", labels["RootCause"]), ("建议 recommendations", labels["Recommendation"])])
    raise typer.Exit(bool(failed))


@app.command()
def load(files: Documents, as_json: AsJson = False, metadata_table: MetadataTable = None) -> None:
    """把报告装入图库；重复装入不变 · Load reports into the graph; a second time changes nothing

    例 Example: suyin load samples/reports/*.txt
    """
    from graph.load import load as load_findings

    known = metadata_of(metadata_table)
    with opened_store() as store:
        done, failed = terminal.for_each(
            reports_in(files), lambda path: load_findings(read_findings(path, known), store))
    if as_json:
        show_json([{"file": str(path), "status": s.status, "report": s.report_id, "nodes": s.nodes,
                    "edges": s.edges} for path, s in done.items()]
                  + [{"file": str(path), "status": "failed", "error": str(e)} for path, e in failed.items()])
    else:
        titles = {"loaded": "新装入 loaded", "unchanged": "未变 unchanged", "replaced": "已替换 replaced"}
        table = {status: [s for s in done.values() if s.status == status] for status in titles}
        show_table(("", "报告 reports", "节点 nodes", "关系 edges"), [
            *((titles[status], len(all_), sum(s.nodes for s in all_), sum(s.edges for s in all_))
              for status, all_ in table.items()),
            ("失败 failed", len(failed), 0, 0)])
    raise typer.Exit(bool(failed))


@app.command()
def query(
    question: Annotated[str | None, typer.Argument(
        metavar="NAME|CYPHER", help="查询名或 Cypher；不写则列出 · a name, or Cypher; none: a list")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(
        metavar="KEY=VALUE", help="参数 · its parameters")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV · print CSV")] = False,
) -> None:
    """查询图库，只读 · Ask the graph; nothing can be written

    例 Examples:

    suyin query

    suyin query causes-of-category category=finance

    suyin query 'MATCH (p:Problem) RETURN p.headline LIMIT 5' --csv
    """
    from graph.queries import list_queries, run_query

    if question is None:
        columns = shown = ["name", "question_zh", "question_en", "parameters"]
        rows = [{"name": q.name, "question_zh": q.question_zh, "question_en": q.question_en,
                 "parameters": [asdict(p) if as_json else f"{p} ({p.says})" for p in q.parameters]}
                for q in list_queries()]
    else:
        values = dict(map(key_and_value, parameters or ()))
        with opened_store() as store:
            if re.fullmatch(r"[\w-]+", question):
                result = run_query(store, question, **values)
                shown = [column for column in result.columns if not column.endswith("_id")]  # for programs
            else:
                result = store.read_only(question, **{key: json_or_text(values[key]) for key in values})
                shown = list(result.columns)
        columns, rows = list(result.columns), result.rows
        if result.truncated:
            complain(f"warning: only the first {len(rows)} rows are shown; say LIMIT in the query")
    if as_json:
        show_json(rows)
    elif as_csv:
        show_csv(columns, [list(row.values()) for row in rows])
    else:
        show_table(shown, [[row[column] for column in shown] for row in rows])


@app.command()
def status(as_json: AsJson = False) -> None:
    """图库里有什么 · What the graph holds

    例 Example: suyin status --json
    """
    with opened_store() as store:
        counts, digest = store.counts(), store.digest()
    if as_json:
        show_json({"digest": digest, **counts})
        return
    show_table(("节点 nodes", "数量 count"), list(counts["nodes"].items()))
    show_table(("关系 edges", "数量 count"), list(counts["edges"].items()))
    show(f"digest {digest}")


@app.command()
def draw(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="报告，或 .json · a report, or .json")],
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪里 · where to")] = Path("map.html"),
    lang: Annotated[Lang, typer.Option(help="页面语言 · language of the page")] = Lang.zh,
) -> None:
    """画一份报告的问题原因图 · Draw the map of one report: one page that needs no network

    例 Example: suyin draw samples/reports/university.txt -o map.html
    """
    from graph.build import build_graph
    from graph.schema import load_schema
    from viz.maps import draw_graph

    findings = read_findings(file)
    page = draw_graph(build_graph(findings), load_schema(), title=findings.report.title, lang=lang.value)
    write_text(output, page)
    show(f"{output}: 用浏览器打开 · open it in a browser")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(
        metavar="GOLD", help="标注 .yaml，或其文件夹 · annotations (.yaml), or a folder of them")],
    findings: Annotated[Path | None, typer.Argument(
        metavar="FINDINGS", help="extract 写出的 .json，或其文件夹 · what extract wrote")] = None,
    *,
    check: Annotated[bool, typer.Option(
        "--check", help="只查标注：引文都在原文中？ · only the annotations: is every quote found?")] = False,
    by: Annotated[By | None, typer.Option(help="再分别列出 · and for each of these apart")] = None,
    verbose: Annotated[bool, typer.Option(
        "--verbose", "-v", help="列出漏掉的和错的 · list what was missed and what was wrong")] = False,
    fail_under: Annotated[str, typer.Option(
        metavar="ROW=F1,…", help="低于此值则退出码为 1 · exit 1 where an F1 is lower")] = "",
    as_json: AsJson = False,
) -> None:
    """与人工标注比较，给出得分 · Compare findings with annotations made by hand

    例 Examples:

    suyin evaluate samples/gold findings --by kind --fail-under overall=0.9,problems=0.95

    suyin evaluate samples/gold/university.yaml findings/university.json -v

    suyin evaluate samples/gold --check
    """
    from extract.evaluate.gold import gold_files, read_gold
    from extract.evaluate.scoring import compare, findings_for
    from extract.evaluate.tally import Scores

    bars = least_scores(fail_under)
    golds = [read_gold(path) for path in gold_files(gold)]
    for each in golds:
        for mistake in each.faults:
            complain(mistake if check else f"warning: {mistake}")
    if check:
        show_table(("标注 annotations", "节点 nodes", "错误 faults"), [
            (each.name, sum(map(len, each.nodes.values())), len(each.faults)) for each in golds])
        raise typer.Exit(any(each.faults for each in golds))
    if findings is None or (gold.is_dir() and not findings.is_dir()):
        raise typer.BadParameter("name what extract wrote: a folder, where the annotations are one.",
                                 param_hint="FINDINGS")
    comparisons = []
    for each in golds:
        if (document := findings_for(each, findings)) is None:
            complain(f"warning: {findings} has no {each.name}.json; all of that report counts as missed")
        comparisons.append(compare(each, document))
    scores = Scores.of(comparisons)
    parts = Scores.by(comparisons, by.value) if by else {}
    if as_json:
        show_json(scores.to_dict() | {name: part.to_dict() for name, part in parts.items()})
    else:
        for name, part in {"": scores, **parts}.items():
            show_scores(name, part)
        for fault in (fault for each in comparisons for fault in each.faults if verbose):
            show(str(fault))
    low = [f"{row} {f1:.3f} < {least:g}" for row, least in bars.items() if (f1 := scores.f1(row)) < least]
    if low:
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
    commands = [["load", f"{glob.escape(folder)}/*.txt"], *DEMO_QUERIES,
                ["draw", f"{folder}/energy-group.txt", "--output", str(output)]]
    with tempfile.TemporaryDirectory(prefix="suyin-", ignore_cleanup_errors=True) as temporary:
        os.environ.pop("NEO4J_URI", None)  # invented reports are not for anybody's real graph
        os.environ["SUYIN_DATA_DIR"] = os.environ.get("SUYIN_DATA_DIR") or temporary
        with opened_store():  # runs until the last command, so that each only attaches to it
            for command in commands:
                show(f"\n$ suyin {' '.join(command)}")
                words = [name for word in command for name in sorted(glob.glob(word)) or [word]]
                if code := app(words, prog_name="suyin", standalone_mode=False):
                    raise typer.Exit(code)


@contextmanager
def opened_store(data_dir: Path | None = None) -> Iterator[GraphStore]:
    from graph.store import open_store

    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what it warns of, StoreError says in one line
    with terminal.working("打开图库 opening the store"):
        store = open_store(data_dir=data_dir)
    with store:
        yield store


@cache
def pipeline() -> Language:
    from extract.pipeline import build_nlp

    return build_nlp()


def read_report(path: Path, report_id: str | None = None,
                known: Mapping[str, Metadata] | None = None) -> Findings:
    from extract.pipeline import extract_report

    metadata_here = (known or {}).get(path.name)
    findings = extract_report(path, nlp=pipeline(), report_id=report_id, metadata=metadata_here)
    if warnings := findings.report.warnings:
        others = f" (and {len(warnings) - 1} more in the findings)" if len(warnings) > 1 else ""
        complain(f"{path}: warning: {warnings[0]}{others}")
    return findings


def reports_in(paths: list[Path]) -> dict[Path, Path]:
    """The reports that are given, alone or in folders and archives, each with its place within those."""
    from extract.readers import find_reports

    return {report: Path() if report == path else report.parent.relative_to(path)
            for path in paths for report in find_reports(path)}


def metadata_of(table: Path | None) -> Mapping[str, Metadata]:
    """What a table says of reports, by file name."""
    from extract.metadata import read_metadata

    return read_metadata(table) if table else {}


def read_findings(path: Path, known: Mapping[str, Metadata] | None = None) -> Findings:
    """From a report, or from a findings document (.json)."""
    return read_document(path) if path.suffix.lower() == ".json" else read_report(path, None, known)


def show_scores(title: str, scores: Scores) -> None:
    if title:
        show(f"\n{title} ({scores.reports})")
    show_table(("", "精确 P", "召回 R", "F1", "对 right", "错 wrong", "漏 missed"), [
        (row, *(f"{x:.3f}" for x in (tally.precision, tally.recall, tally.f1)), *astuple(tally))
        for row, tally in scores.rows.items()])
    show(f"总分 overall F1 {scores.overall:.3f}")


def least_scores(text: str) -> dict[str, float]:
    """overall=0.9,problems=0.95: the least F1 of rows."""
    from extract.evaluate.tally import ROWS

    bars = {}
    for part in filter(None, text.split(",")):
        row, _, least = part.strip().partition("=")
        if row not in ("overall", *ROWS):
            raise typer.BadParameter(f"{row!r} is no row; rows: overall, {', '.join(ROWS)}",
                                     param_hint="--fail-under")
        try:
            bars[row] = float(least)
        except ValueError:
            raise typer.BadParameter(f"{part!r} is not ROW=F1, such as problems=0.9",
                                     param_hint="--fail-under") from None
    return bars


def key_and_value(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.isidentifier():
        raise typer.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="KEY=VALUE")
    return key, value


def json_or_text(text: str) -> Any:
    """5, true and ["a", "b"] are JSON; finance and 007 are text."""
    with suppress(ValueError):
        return json.loads(text)
    return text
