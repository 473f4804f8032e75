"""What a map says of an edge: no type of the schema is left out in silence."""

from __future__ import annotations

from graph.schema import load_schema
from viz.details import FACTS
from viz.picture import DRAWN
from viz.words import LINKS


def test_the_panel_tells_each_edge_from_each_end_that_is_drawn() -> None:
    told = {
        (edge.name, direction)
        for edge in load_schema().edges.values()
        if edge.map and edge.name not in FACTS
        for direction, ends in (("out", edge.sources), ("in", edge.targets))
        if set(DRAWN) & set(ends)
    }
    assert told == LINKS.keys(), "an edge type needs its words in viz/words.py, or map = false in schema.toml"
