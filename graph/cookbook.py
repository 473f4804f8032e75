"""The cookbook: every named query with parameters, columns, Cypher and an answer, as one Markdown page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graph.queries import TOPICS, NamedQuery, list_queries
from graph.reading import QueryResult

#: How much of an answer the page shows: rows, and characters of a text.
ROWS, CHARACTERS = 5, 36
_HEAD = """\
# 查询手册 · Cookbook

<!-- Generated from graph/queries/*.cypher and the sample reports by: make cookbook -->

{count} 个命名查询。每个都是 [graph/queries](../graph/queries) 里的一个文件，
同一段 Cypher 在内置图库和 Neo4j 上给出同样的行、同样的次序；图的结构见 [graph.md](graph.md)。
命令行、接口（`GET /queries/{{name}}`）和 Python（`graph.queries.run_query`）用的都是它们。

{count} named queries. Each is a file in [graph/queries](../graph/queries), one text that gives the same rows
in the same order on the embedded store and on Neo4j; the graph they ask is in [graph.md](graph.md).
The command line, the API (`GET /queries/{{name}}`) and Python (`graph.queries.run_query`) use the same ones.

```bash
suyin query causes-behind-categories kind=audit-report      # 表格 · a table
suyin query causes-behind-categories --format csv --out causes.csv
suyin query causes-behind-categories --format parquet --out causes.parquet
```

`explicit` 是报告明说的，`inferred` 是推断的，两者从不相混。例子的结果来自[样本报告](../samples/README.md)，
都是虚构的，用 `--reader rules` 读取；这里最多列 {rows} 行，长的文字截短，以 `_id` 结尾的列不列出。

What a report says itself is `explicit`, what was drawn from its content `inferred`, and the two are never
mixed. The examples are answers from the [sample reports](../samples/README.md), which are invented and read
with `--reader rules`; at most {rows} rows are shown, long texts are cut, and columns that end in `_id` are
left out.
"""


def describe(answer: Callable[[NamedQuery], QueryResult]) -> str:
    """The page docs/cookbook.md, in Markdown. `answer` runs a query with the values of its example."""
    parts = [_HEAD.format(count=len(list_queries()), rows=ROWS), _contents()]
    for topic, (zh, en) in TOPICS.items():
        parts.append(f"## {zh} · {en}\n")
        parts += [_entry(query, answer(query)) for query in _about(topic)]
    return "\n".join(parts)


def _about(topic: str) -> list[NamedQuery]:
    return [query for query in list_queries() if query.topic == topic]


def _contents() -> str:
    return (
        "\n".join(
            f"- {zh} · {en}: " + ", ".join(f"[{q.name}](#{q.name})" for q in _about(topic))
            for topic, (zh, en) in TOPICS.items()
        )
        + "\n"
    )


def _entry(query: NamedQuery, result: QueryResult) -> str:
    lines = [f"### {query.name}", "", query.question_zh, "", query.question_en, ""]
    if query.parameters:
        lines += [
            *_table(
                ("参数 parameter", "类型 type", "默认 default", "例 example", "说明 what it is"),
                [
                    (
                        f"`{p.name}`",
                        p.type,
                        "必填 required" if p.default is None else f"`{json.dumps(p.default)}`",
                        f"`{query.example[p.name]}`" if p.name in query.example else "",
                        p.says,
                    )
                    for p in query.parameters
                ],
            ),
            "",
        ]
    columns = zip(query.columns, query.columns_say, strict=True)
    lines += [*_table(("列 column", "说明 what it is"), [(f"`{name}`", says) for name, says in columns]), ""]
    command = ["suyin query", query.name, *map("=".join, query.example.items())]
    lines += ["```bash", " ".join(command), "```", ""]
    shown = [column for column in query.columns if not column.endswith("_id")]
    if result.rows:
        lines += _table(shown, [[_cell(row[column]) for column in shown] for row in result.rows[:ROWS]])
        if len(result.rows) > ROWS or result.truncated:
            lines += ["", f"… 共 {len(result.rows)} 行 · {len(result.rows)} rows"]
    else:
        lines.append("样本中没有 · The samples have none.")
    return "\n".join(
        [
            *lines,
            "",
            "<details><summary>Cypher</summary>",
            "",
            "```cypher",
            query.body,
            "```",
            "",
            "</details>",
            "",
        ]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows),
    ]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(map(_cell, value[:ROWS])) + ("；…" if len(value) > ROWS else "")
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= CHARACTERS else text[: CHARACTERS - 1] + "…"
