"""`suyin query`: a named question to the graph, or one in Cypher."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli import runs
from cli.answers import Format, choose_format, give
from cli.options import AsFormat, ForExcel, FormatCsv, FormatJson, IntoFile
from cli.terminal import complain


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
    as_: AsFormat = None,
    file: IntoFile = None,
    as_json: FormatJson = False,
    as_csv: FormatCsv = False,
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


def key_and_value(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.isidentifier():
        raise typer.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="KEY=VALUE")
    return key, value
