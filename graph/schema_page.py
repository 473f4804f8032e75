"""Writes the schema as a page: python -m graph.schema_page docs/graph.md."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from graph.schema import META, Schema, load_schema

#: What the names of the properties do not say.
_FACTS = """
事实是并列的列表：`amounts`（元）、`shares`（1.0 为全部）、`counts` 与单位 `counts_of`、
`dates` 和 `periods`（ISO 8601，未说明的一端为 `..`），`…_at` 是各自在原文的起止。
Facts are lists side by side: `amounts` (yuan), `shares` (1.0 = all), `counts` with their units in
`counts_of`, `dates` and `periods` (ISO 8601; `..` for an end left open); `…_at` holds start and end of each
in the source.

`Problem.amount`（元）可以相加；`amounts` 不可以，其中有合计与分项，也有同一笔款的几种说法。
它取标题、依据和后果所说的最大的合计（共计、涉及）；没有合计，取最大的一笔，
但先不取框架（预算、合同金额）和其中项。并列而无合计的几笔不相加：合计可能偏小，不会重复。
有分项的问题，金额在分项上；问题另有与分项之和不同的合计时，金额在问题上，分项没有。
只把前面各项加起来的分项（以上合计）也没有。
`Problem.amount` (yuan) can be added up; `amounts` cannot: they hold totals with their parts, and one sum in
several wordings. It is the largest total (共计, 涉及) that headline, evidence and effects state; without one,
the largest, and a frame (预算, 合同金额) or a part (其中) only where there is nothing else. Amounts side by
side without a total are not added: a sum may be too small, but counts nothing twice. The items of a problem
have the amounts; where it states another total than their sum, it has that and they have none. An item that
only adds up those before it has none.
"""


def describe(schema: Schema) -> str:
    """The page docs/graph.md, in Markdown."""
    lines = [
        "# 图的结构 · The graph",
        "",
        "<!-- Generated from graph/schema.toml by: python -m graph.schema_page docs/graph.md -->",
        "",
        "每个结点和每条边都有 `id`。Every node and edge has an `id`, a hash of its content.",
        "",
        f"版本 · Version: {schema.version}（结点 `{META}` 的 `version`；别的版本建的图不予打开 · "
        f"in the node `{META}`; a graph made by another version is refused）",
        "",
        "## 结点 · Nodes",
        "",
        "| label | 中文 | 说明 · says | properties |",
        "|---|---|---|---|",
    ]
    for label in schema.labels.values():
        lines.append(
            f"| `{label.name}` | {label.zh} | {label.says_zh} · {label.says_en} | "
            f"{_properties(label.properties)} |"
        )
    lines += [
        _FACTS,
        "## 边 · Edges",
        "",
        "| edge | 中文 | from → to | 说明 · says | properties |",
        "|---|---|---|---|---|",
    ]
    for edge in schema.edges.values():
        ends = f"{', '.join(edge.sources)} → {', '.join(edge.targets)}"
        ends += " (同类 · one label)" if edge.same_label else ""
        lines.append(
            f"| `{edge.name}` | {edge.zh} | {ends} | "
            f"{edge.says_zh} · {edge.says_en} | {_properties(edge.properties)} |"
        )
    lines += [
        "",
        "## 约束与索引 · Constraints and indexes",
        "",
        "```cypher",
        *(f"{s};" for s in schema.constraints().values()),
        "```",
        "",
        "全文索引 · Full text (analyzer `cjk`), of the property `search`, "
        "in which these stand once more, in one width and case and without line breaks: "
        + ", ".join(
            f"`{la.fulltext_index}` ({la.name}: {', '.join(la.fulltext)})"
            for la in schema.labels.values()
            if la.fulltext
        )
        + ".",
        "",
    ]
    return "\n".join(lines)


def _properties(properties: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in properties.items()) or "—"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(describe(load_schema()), encoding="utf-8")
