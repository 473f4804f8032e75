"""The schema file is what the code, the store and the page say it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.model import GROUNDED, SHARED
from graph.schema import SchemaError, load_schema, parse_schema
from graph.schema_page import describe

VERSION = "version = 1\n"
LABEL = (
    '[labels.A]\nzh = "甲"\nen = "a"\nsays_zh = "甲"\nsays_en = "a"\ncolor = "#000000"\n'
    'properties = { text = "string" }\n'
)
EDGE = (
    '[edges.TO]\nfrom = ["A"]\nto = ["A"]\nzh = "到"\nen = "to"\nsays_zh = "到"\nsays_en = "to"\n'
    'color = "#000000"\nproperties = {}\n'
)


def test_has_all_labels_of_the_findings() -> None:
    schema = load_schema()
    assert schema.labels.keys() == {*GROUNDED, *SHARED, "Report", "SourceText"}
    assert schema.own == {*GROUNDED, "Report"}
    assert schema.named == ("Unit", "Policy")


def test_every_grounded_label_has_its_quote() -> None:
    for name in GROUNDED:
        assert {"text", "start", "end"} <= load_schema().labels[name].properties.keys()


def test_the_page_is_not_stale() -> None:
    page = Path(__file__).parents[2] / "docs" / "graph.md"
    assert page.read_text("utf-8") == describe(load_schema()), "python -m graph.schema_page docs/graph.md"


def test_ends_of_an_edge() -> None:
    part_of, addresses = load_schema().edges["PART_OF"], load_schema().edges["ADDRESSES"]
    assert part_of.joins("Problem", "Problem")
    assert not part_of.joins("Problem", "Recommendation")
    assert addresses.joins("Recommendation", "RootCause")
    assert not addresses.joins("RootCause", "Recommendation")


def test_constraints_name_every_label() -> None:
    made = load_schema().constraints()
    assert made["root_cause_id"] == (
        "CREATE CONSTRAINT root_cause_id IF NOT EXISTS FOR (n:RootCause) REQUIRE n.id IS UNIQUE"
    )
    assert {
        f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in " ".join(made.values()) for label in load_schema().labels
    } == {True}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LABEL.replace("labels.A", 'labels."A b"'), r"labels\.A b: the name must match"),
        (LABEL.replace('zh = "甲"\n', "", 1), r"labels\.A: 'zh' is missing"),
        (LABEL.replace("#000000", "red"), r"labels\.A: color 'red'"),
        (LABEL.replace('"string"', '"text"'), r"labels\.A: property 'text': 'text' is not one of string"),
        (LABEL.replace("text =", "id ="), r"labels\.A: property 'id' is no free name"),
        (LABEL + 'shape = "round"\n', r"labels\.A: unknown key 'shape'"),
        (LABEL + 'index = ["name"]\n', r"labels\.A: 'name' is indexed but is no property"),
        (LABEL + 'caption = "name"\n', r"labels\.A: 'name' is the caption but is no property"),
        (LABEL + EDGE.replace('to = ["A"]', 'to = ["B"]'), r"edges\.TO: 'to' names unknown label 'B'"),
        (LABEL + EDGE.replace('from = ["A"]', "from = []"), r"edges\.TO: 'from' names no label"),
        (LABEL + EDGE + "method = true\n", r"edges\.TO: it is to have a method, which is no property"),
        ("version = 0\n", "'version' must be a whole number"),
        ("version = true\n", "'version' must be a whole number"),
        (LABEL + LABEL, "schema.toml: "),
        ("[nodes]\n", "unknown table 'nodes'"),
    ],
)
def test_a_wrong_schema_names_the_entry(text: str, says: str) -> None:
    with pytest.raises(SchemaError, match=says):
        parse_schema(text if text.startswith("version") else VERSION + text)


def test_a_right_one_is_read() -> None:
    assert parse_schema(VERSION + LABEL + EDGE).edges["TO"].sources == ("A",)
