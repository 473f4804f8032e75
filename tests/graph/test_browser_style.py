"""The style of the Neo4j Browser is that of the schema, read back by the rules of the Browser's own reader."""

from __future__ import annotations

import re
from pathlib import Path

from graph.browser_style import browser_style
from graph.schema import load_schema

FILE = Path(__file__).parents[2] / "docs" / "neo4j-browser.grass"


def rules() -> dict[str, dict[str, str]]:
    """As the Browser reads it: braces within quotes are text, each property has one colon, no comments."""
    found = {}
    for selector, body in re.findall(r'([^{}]+)\{((?:"[^"]*"|[^{}"])*)\}', FILE.read_text("utf-8")):
        pairs = [line.split(":") for line in body.split(";") if line.strip()]
        found["".join(selector.split())] = {name.strip(): value.strip().strip('"') for name, value in pairs}
    return found


def test_it_is_not_stale() -> None:
    assert FILE.read_text("utf-8") == browser_style(load_schema()), (
        "python -m graph.browser_style docs/neo4j-browser.grass"
    )


def test_every_label_and_edge_has_its_colour_and_caption() -> None:
    schema, found = load_schema(), rules()
    assert found.keys() == {
        "node",
        "relationship",
        *(f"node.{name}" for name in schema.labels),
        *(f"relationship.{name}" for name in schema.edges),
    }
    assert found["node.Problem"]["color"] == schema.labels["Problem"].color
    assert found["node.Problem"]["caption"] == "{headline}"
    assert found["relationship.CAUSED_BY"] == {"color": schema.edges["CAUSED_BY"].color}


def test_only_the_whole_text_has_no_caption() -> None:
    assert [label.name for label in load_schema().labels.values() if not label.caption] == ["SourceText"]
