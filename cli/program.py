"""The program `suyin`: its commands in the order of its help, and how their mistakes end.

The modules of the commands import nothing heavy, so that `--help` answers at once; what a command does with
spaCy, the store or the maps is imported when it runs.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cli import terminal
from cli.ask import query
from cli.demo import demo
from cli.draw import draw
from cli.evaluate import evaluate
from cli.export import export
from cli.extract import extract, failures
from cli.judge import judge, resolve
from cli.keys import keys
from cli.load import delete, load
from cli.serve import serve
from cli.status import check, status, stop
from cli.terminal import complain, show
from cli.vectors import vectors
from extract.model import SuyinError

#: In the order of the help.
COMMANDS = (
    extract, load, vectors, delete, failures, query, resolve, judge, status, stop, check, draw, evaluate,
    serve, demo,
)  # fmt: skip

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
for command in COMMANDS:
    app.command()(command)
app.add_typer(export, name="export")
app.add_typer(keys, name="keys")


def main() -> None:
    """Entry point. A user's mistake ends as one line on stderr; exit code 1, usage 2, interrupted 130."""
    terminal.use_utf8()
    # numpy looks once, when it is imported. The matrices of the trained reader are so small that a second
    # thread of OpenBLAS gains nothing and keeps another core busy with waiting.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = app(sys.argv[1:] or ["--help"], prog_name="suyin", standalone_mode=False)
    except SuyinError as error:
        complain(error)
        code = 1
    except typer.TyperException as error:
        where = getattr(getattr(error, "ctx", None), "command_path", "suyin")
        complain(f"{error.format_message().rstrip('.')}; see {where} --help")
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
