"""Writes the schema as a page: python -m graph.schema_page docs/graph.md."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from graph.schema import META, Schema, load_schema


def describe(schema: Schema) -> str:
    """The page docs/graph.md, in Markdown."""
    lines = ["# 图的结构 · The graph", "",
             "<!-- Generated from graph/schema.toml by: python -m graph.schema_page docs/graph.md -->", "",
             "每个结点和每条边都有 `id`。Every node and edge has an `id`, a hash of its content.", "",
             f"版本 · Version: {schema.version}（结点 `{META}` 的 `version`；别的版本建的图不予打开 · "
             f"in the node `{META}`; a graph made by another version is refused）", "",
             "## 结点 · Nodes", "",
             "| label | 中文 | 说明 · says | properties |", "|---|---|---|---|"]
    for label in schema.labels.values():
        lines.append(f"| `{label.name}` | {label.zh} | {label.says_zh} · {label.says_en} | "
                     f"{_properties(label.properties)} |")
    lines += ["", "## 边 · Edges", "",
              "| edge | 中文 | from → to | 说明 · says | properties |", "|---|---|---|---|---|"]
    for edge in schema.edges.values():
        ends = f"{', '.join(edge.sources)} → {', '.join(edge.targets)}"
        ends += " (同类 · one label)" if edge.same_label else ""
        lines.append(f"| `{edge.name}` | {edge.zh} | {ends} | "
                     f"{edge.says_zh} · {edge.says_en} | {_properties(edge.properties)} |")
    lines += ["", "## 约束与索引 · Constraints and indexes", "",
              "```cypher", *(f"{s};" for s in schema.constraints().values()), "```", "",
              "全文索引 · Full text (analyzer `cjk`), of the property `search`, "
              "in which these stand once more, in one width and case and without line breaks: " + ", ".join(
                  f"`{la.fulltext_index}` ({la.name}: {', '.join(la.fulltext)})"
                  for la in schema.labels.values() if la.fulltext) + ".", ""]
    return "\n".join(lines)


def _properties(properties: Mapping[str, str]) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in properties.items()) or "—"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(describe(load_schema()), encoding="utf-8")
