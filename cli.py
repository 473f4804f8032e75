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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
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


Documents = Annotated[list[Path], typer.Argument(
    metavar="FILE", help="报告，或 extract 写出的 .json · reports, or .json that extract wrote")]
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
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="报告 · reports")],
    folder: Annotated[Path | None, typer.Option(
        "--out", "-o", metavar="DIR", help="每份报告写一个 .json · write one .json each")] = None,
    report_id: Annotated[str | None, typer.Option("--id", help="报告编号 · the id of the report")] = None,
) -> None:
    """读报告，写出发现 · Read reports and write what they find

    例 Examples:

    suyin extract report.txt > findings.json

    suyin extract reports/*.txt --out findings
    """
    if report_id is not None and len(files) > 1:
        raise typer.BadParameter("it names one report, so give one file.", param_hint="--id")
    if folder is None:
        if len(files) > 1:
            raise typer.BadParameter("several files need a folder to go to: --out DIR.", param_hint="FILE")
        show(to_json(read_report(files[0], report_id)))
        return
    names, target = document_names(files), folder
    make_folder(target)

    def work(path: Path) -> Counter[str]:
        findings = read_report(path, report_id)
        write_text(target / names[path], to_json(findings))
        return Counter(node.label for node in findings.nodes)

    done, failed = terminal.for_each(names, work)
    labels = sum(done.values(), Counter[str]())
    show_table(("", "数量 count"), [
        ("报告 reports", len(done)), ("失败 failed", len(failed)), ("问题 problems", labels["Problem"]),
        ("原因 causes", labels["RootCause"]), ("建议 recommendations", labels["Recommendation"])])
    raise typer.Exit(bool(failed))


@app.command()
def load(files: Documents, as_json: AsJson = False) -> None:
    """把报告装入图库；重复装入不变 · Load reports into the graph; a second time changes nothing

    例 Example: suyin load samples/reports/*.txt
    """
    from graph.load import load as load_findings

    with opened_store() as store:
        done, failed = terminal.for_each(files, lambda path: load_findings(read_findings(path), store))
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


def read_report(path: Path, report_id: str | None = None) -> Findings:
    from extract.pipeline import extract_report

    findings = extract_report(path, nlp=pipeline(), report_id=report_id)
    if warnings := findings.report.warnings:
        others = f" (and {len(warnings) - 1} more in the findings)" if len(warnings) > 1 else ""
        complain(f"{path}: warning: {warnings[0]}{others}")
    return findings


def read_findings(path: Path) -> Findings:
    """From a report, or from a findings document (.json)."""
    return read_document(path) if path.suffix.lower() == ".json" else read_report(path)


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
