"""The neighbours of a thing: no type of edge of the schema is left out in silence."""

from __future__ import annotations

from api.lookups.neighbours import GROUPS
from graph.schema import load_schema


def test_each_type_of_edge_leads_to_a_group_but_those_that_keep_books() -> None:
    types = {name for name, _ in GROUPS}
    assert types == load_schema().edges.keys() - {"NAMES", "HAS_TEXT"}, "api/lookups/neighbours.py: GROUPS"
