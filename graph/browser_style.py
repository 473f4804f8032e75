"""Writes the style of the Neo4j Browser: python -m graph.browser_style docs/neo4j-browser.grass."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from graph.schema import Schema, load_schema

_NODE = {
    "diameter": "50px",
    "color": "#a5abb6",
    "border-color": "#9aa1ac",
    "border-width": "2px",
    "text-color-internal": "#ffffff",
    "font-size": "10px",
    "caption": '"<id>"',
}
_EDGE = {
    "color": "#a5abb6",
    "shaft-width": "1px",
    "font-size": "8px",
    "padding": "3px",
    "text-color-external": "#000000",
    "text-color-internal": "#ffffff",
    "caption": '"<type>"',
}


def browser_style(schema: Schema) -> str:
    """The style in GRASS, which knows no comments: colours, and what names each node."""
    rules = {"node": _NODE, "relationship": _EDGE}
    for label in schema.labels.values():
        look = {"color": label.color, "border-color": label.color, "text-color-internal": "#ffffff"}
        rules[f"node.{label.name}"] = look | ({"caption": f'"{{{label.caption}}}"'} if label.caption else {})
    for edge in schema.edges.values():
        rules[f"relationship.{edge.name}"] = {"color": edge.color}
    return "\n".join(_rule(selector, look) for selector, look in rules.items())


def _rule(selector: str, look: Mapping[str, str]) -> str:
    return "".join([f"{selector} {{\n", *(f"  {name}: {value};\n" for name, value in look.items()), "}\n"])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(browser_style(load_schema()), encoding="utf-8")
