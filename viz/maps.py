"""The map of a graph: a page that holds everything it needs and asks the network for nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.data import GraphData, GraphEdge
from graph.schema import Schema
from viz.details import describe
from viz.layout import (
    COLUMNS,
    FONT,
    GROUP_GAP,
    LINE,
    MARK,
    PAD_X,
    PAD_Y,
    ROW_GAP,
    SIDE,
    Box,
    Layout,
    gutter,
    lay_out,
)
from viz.network import MapNetwork
from viz.picture import MAX_NODES, MapError, Picture, caption, picture
from viz.shapes import SHAPES
from viz.table import table
from viz.words import WORDS, Lang

__all__ = ["MapError", "Served", "draw_graph", "id_on_page"]

#: Edges that are lines between columns. The outline shows others by indenting, the panel tells the rest.
_LINES = ("CAUSED_BY", "ADDRESSES", "RESOLVES", "REFERENCES", "MENTIONS", "CONCERNS", "INSPECTS", "ISSUED_BY")
#: Lines that are shown only while one of their ends is selected: all at once they would be clutter.
_ON_DEMAND = ("REFERENCES", "MENTIONS", "CONCERNS", "INSPECTS", "ISSUED_BY")
#: Types that are shown when the page opens.
_OPEN = ("Report", "RootCause", "Problem", "Effect", "Recommendation", "Measure")
#: vis-network only draws: places are given, the page has its own keys, wheel and selection.
_OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "selectable": True,
        "selectConnectedEdges": False,
        "multiselect": False,
    },
    "edges": {
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
        "hoverWidth": 0,
        "selectionWidth": 0,
        "chosen": False,
    },
    "nodes": {"shape": "custom", "chosen": False},
}


@dataclass(frozen=True, slots=True)
class Served:
    """What a map has while a service gives it, and an offline file has not.

    `ways`: links above the map, as (name, address). `beyond`: by node id how many links lead out of the data,
    and the address of the map that has what is there.
    """

    ways: Sequence[tuple[str, str]] = ()
    beyond: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def draw_graph(
    data: GraphData,
    schema: Schema,
    *,
    title: str,
    lang: str = "zh",
    more: Mapping[str, int] | None = None,
    served: Served | None = None,
) -> str:
    """The map of one report or several as one HTML page, in Chinese or English (`lang` is "zh" or "en").

    `more` counts by label what there is beside `data` and is left out. Raises MapError where `lang` is
    another, the data hold no report, or pyvis is another release.
    """
    served = served or Served()
    tongue: Lang | None = "zh" if lang == "zh" else "en" if lang == "en" else None
    if tongue is None:
        raise MapError(f"map: lang {lang!r} is not one of zh, en")
    drawn = picture(data, more=more)
    layout = lay_out(drawn, tongue)
    ids = {node_id: id_on_page(node_id) for node_id in drawn.nodes}
    words = WORDS[tongue]
    records = describe(data, drawn, schema, ids, tongue)
    out = {ids[node_id]: found for node_id, found in served.beyond.items() if node_id in ids}
    page = {
        "title": title,
        "lang": tongue,
        "words": words,
        "ways": served.ways,
        "about": _about(data, drawn, schema, tongue),
        "types": _types(drawn, schema, tongue),
        "note": _note(drawn, schema, tongue),
        "judged": _judged(drawn),
        "table": table(records),
        "extra": {
            "words": words,
            "records": records,
            "beyond": out,
            "open": _OPEN,
            "shapes": SHAPES,
            "most": MAX_NODES,
            "columns": [
                {"label": label, "x": x, "w": width, "title": _name(schema, label, tongue)}
                for label, x, width in layout.columns
            ],
            "font": FONT,
            "line": LINE,
            "pad": [PAD_X, PAD_Y],
            "mark": MARK,
            "gap": ROW_GAP,
            "groupGap": GROUP_GAP,
            "side": SIDE,
        },
    }
    network = MapNetwork(page=page, options=_OPTIONS)
    inferred = {
        e.target for e in data.edges if e.type == "LEADS_TO" and e.properties.get("method") == "inferred"
    }
    for node_id, own_id in ids.items():
        box = layout.boxes[node_id]
        network.add_node(
            own_id,
            color=schema.labels[box.node.label].color,
            **_box(box),
            under=ids.get(box.under or ""),
            dashed=node_id in inferred,
            held=node_id in drawn.held,
        )
    _add_lines(network, drawn, layout, ids, schema)
    return network.write()


def id_on_page(node_id: str) -> str:
    """Equal whenever the node is drawn, so that an address leads back to it; it does not show the id."""
    return "n" + hashlib.sha256(node_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _box(box: Box) -> dict[str, Any]:
    """A box as the page's scripts take it: x is its middle; how high it stands they compute."""
    return {
        "label": "\n".join(box.lines),
        "caption": caption(box.node),
        "whole": box.whole,
        "shape": "custom",
        "kind": box.node.label,
        "x": box.x + box.width / 2,
        "y": 0,
        "w": box.width,
        "h": box.height,
        "number": box.prefix,
        "gutter": gutter(box.prefix) * FONT,
        "order": box.order,
        "depth": box.depth,
        "column": box.column,
        "judged": box.node.properties.get("judged"),
    }


def _add_lines(
    network: MapNetwork, drawn: Picture, layout: Layout, ids: dict[str, str], schema: Schema
) -> None:
    """Lines run between ports, tiny nodes at the sides of boxes, so that none crosses a text."""
    for i, edge in enumerate(_lines(drawn)):
        source, target = layout.boxes[edge.source], layout.boxes[edge.target]
        rightward = source.x < target.x
        ends = [
            _port(network, ids[edge.source], "r" if rightward else "l"),
            _port(network, ids[edge.target], "l" if rightward else "r"),
        ]
        inferred, judged = edge.properties.get("method") == "inferred", edge.properties.get("judged")
        between = {source.column, target.column}
        network.add_edge(
            *ends,
            id=f"e{i}",
            color=schema.edges[edge.type].color,
            arrows="",
            kind=edge.type,
            dashes=[5, 5] if inferred else False,
            width=3.2 if judged else 1.2 if inferred else 2,
            judged=judged,
            method=edge.properties.get("method"),
            ends=[ids[edge.source], ids[edge.target]],
            quiet=edge.type in _ON_DEMAND or "Problem" not in between,
        )


def _lines(drawn: Picture) -> Iterator[GraphEdge]:
    """The edges drawn as lines, one for each pair and kind, a stated one before an inferred one."""
    seen = set()
    for edge in sorted(drawn.edges, key=lambda e: e.properties.get("method") == "inferred"):
        key = (edge.type, edge.source, edge.target)
        both = edge.source in drawn.nodes and edge.target in drawn.nodes
        if both and edge.type in _LINES and key not in seen:
            seen.add(key)
            yield edge


def _port(network: MapNetwork, own_id: str, side: str) -> str:
    port = f"{own_id}{side}"
    network.add_node(port, label=" ", shape="custom", x=0, y=0, port=own_id, side=side)
    return port


def _name(schema: Schema, label: str, lang: Lang) -> str:
    return str(getattr(schema.labels[label], lang))


def _types(drawn: Picture, schema: Schema, lang: Lang) -> list[dict[str, Any]]:
    """The legend: each type that occurs, from left to right, with its colour and number."""
    kinds = ["Report", *(label for column in COLUMNS for label in column.labels if label != "Report")]
    counts = {kind: sum(n.label == kind for n in drawn.nodes.values()) for kind in kinds}
    return [
        {
            "label": kind,
            "name": _name(schema, kind, lang),
            "color": schema.labels[kind].color,
            "count": count,
            "open": kind in _OPEN,
        }
        for kind, count in counts.items()
        if count
    ]


def _about(data: GraphData, drawn: Picture, schema: Schema, lang: Lang) -> list[tuple[str, str]]:
    """What stands under the title, as (name, value): who was inspected, by whom, when; or how many."""
    words = WORDS[lang]
    dates = [str(r.properties["date"]) for r in drawn.reports if r.properties.get("date")]
    if len(drawn.reports) > 1:
        about = [(_name(schema, "Report", lang), str(len(drawn.reports)))]
        return about + ([(words["date"], f"{dates[0]} – {dates[-1]}")] if dates else [])
    nodes = {n.id: n for n in data.nodes}
    about = []
    for kind in ("INSPECTS", "ISSUED_BY"):
        names = [caption(nodes[e.target]) for e in data.edges if e.type == kind]
        if names:
            about.append((getattr(schema.edges[kind], lang), words["and"].join(names)))
    return about + [(words["date"], date) for date in dates]


def _judged(drawn: Picture) -> int:
    """How many of the boxes and lines somebody has judged."""
    said = (*(node.properties for node in drawn.nodes.values()), *(edge.properties for edge in _lines(drawn)))
    return sum(bool(properties.get("judged")) for properties in said)


def _note(drawn: Picture, schema: Schema, lang: Lang) -> str:
    """How many nodes there are, what is held back and what was left out."""
    words = WORDS[lang]
    if not drawn.cut and not drawn.held:
        return words["counts"].format(drawn.total)
    parts = [words["some"].format(drawn.total, len(drawn.nodes) - len(drawn.held))]
    if drawn.held:
        parts.append(words["held"].format(len(drawn.held)))
    if drawn.cut:
        parts.append(
            words["cut"].format(
                words["and"].join(
                    f"{_name(schema, label, lang)} {n}" for label, n in sorted(drawn.cut.items())
                )
            )
        )
    return words["then"].join(parts)
