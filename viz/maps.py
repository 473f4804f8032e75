"""The map of one report: a page that holds everything it needs and asks the network for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.data import GraphData, GraphEdge
from graph.schema import Schema
from viz.details import describe
from viz.layout import COLUMNS, FONT, LINE, PAD_X, PAD_Y, ROW_GAP, Box, Layout, gutter, lay_out
from viz.network import MapNetwork
from viz.picture import MapError, Picture, caption, picture
from viz.words import WORDS, Lang

__all__ = ["MapError", "draw_graph"]

#: Edges that the outline shows by indenting, so that they are no line between columns.
_INDENTED = ("PART_OF", "SUPPORTS", "LEADS_TO")
#: Lines that would be clutter, shown when one of their ends is selected.
_ON_DEMAND = ("REFERENCES", "MENTIONS", "CONCERNS")
#: Types that are shown when the page opens.
_OPEN = ("RootCause", "Problem", "Effect", "Recommendation", "Measure")
#: vis-network only draws: places are given, the page has its own keys, wheel and selection.
_OPTIONS: dict[str, Any] = {
    "autoResize": False, "physics": {"enabled": False}, "layout": {"improvedLayout": False},
    "interaction": {"dragNodes": False, "hover": True, "selectable": True, "selectConnectedEdges": False,
                    "tooltipDelay": 400, "multiselect": False},
    "edges": {"smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal",
                         "roundness": 0.5},
              "hoverWidth": 0, "selectionWidth": 0, "chosen": False},
    "nodes": {"shape": "custom", "chosen": False},
}


def draw_graph(data: GraphData, schema: Schema, *, title: str, lang: str = "zh") -> str:
    """The map of a report as one HTML page, in Chinese or English (`lang` is "zh" or "en").

    Raises MapError where `lang` is another, the data hold no report, or pyvis is another release.
    """
    tongue: Lang | None = "zh" if lang == "zh" else "en" if lang == "en" else None
    if tongue is None:
        raise MapError(f"map: lang {lang!r} is not one of zh, en")
    drawn = picture(data)
    layout = lay_out(drawn, tongue)
    ids = {node_id: f"n{i}" for i, node_id in enumerate(drawn.nodes)}
    words = WORDS[tongue]
    page = {"title": title, "lang": tongue, "words": words, "about": _about(data, schema, tongue),
            "types": _types(drawn, schema, tongue), "note": _note(drawn, schema, tongue),
            "extra": {"words": words, "records": describe(data, drawn, schema, ids, tongue), "open": _OPEN,
                      "columns": [{"label": label, "x": x, "title": _name(schema, label, tongue)}
                                  for label, x in layout.columns],
                      "font": FONT, "line": LINE, "pad": [PAD_X, PAD_Y], "gap": ROW_GAP}}
    network = MapNetwork(page=page, options=_OPTIONS)
    inferred = {e.target for e in data.edges
                if e.type == "LEADS_TO" and e.properties.get("method") == "inferred"}
    for node_id, page_id in ids.items():
        box = layout.boxes[node_id]
        network.add_node(page_id, color=schema.labels[box.node.label].color, **_box(box),
                         under=ids.get(box.under or ""), dashed=node_id in inferred)
    _add_lines(network, drawn, layout, ids, schema)
    return network.write()


def _box(box: Box) -> dict[str, Any]:
    """A box as vis-network and our own scripts want it; x and y are its middle."""
    return {"label": "\n".join(box.lines), "title": caption(box.node), "shape": "custom",
            "kind": box.node.label, "x": box.x + box.width / 2, "y": box.y + box.height / 2,
            "w": box.width, "h": box.height,
            "number": box.prefix, "gutter": gutter(box.prefix) * FONT, "order": box.order, "depth": box.depth,
            "column": box.column, "hidden": box.node.label not in _OPEN}


def _add_lines(network: MapNetwork, drawn: Picture, layout: Layout, ids: dict[str, str],
               schema: Schema) -> None:
    """Lines run between ports, tiny nodes at the sides of the boxes: from its side, not through its text."""
    for i, edge in enumerate(_lines(drawn)):
        source, target = layout.boxes[edge.source], layout.boxes[edge.target]
        rightward = source.x < target.x
        ends = [_port(network, ids[edge.source], source, "r" if rightward else "l"),
                _port(network, ids[edge.target], target, "l" if rightward else "r")]
        inferred = edge.properties.get("method") == "inferred"
        between = {source.column, target.column}
        network.add_edge(*ends, id=f"e{i}", color=schema.edges[edge.type].color, arrows="", kind=edge.type,
                         dashes=[5, 5] if inferred else False, width=1.2 if inferred else 2,
                         method=edge.properties.get("method"), ends=[ids[edge.source], ids[edge.target]],
                         quiet=edge.type in _ON_DEMAND or "Problem" not in between)


def _lines(drawn: Picture) -> Iterator[GraphEdge]:
    """The edges drawn as lines, one for each pair and kind, a stated one before an inferred one."""
    seen = set()
    for edge in sorted(drawn.edges, key=lambda e: e.properties.get("method") == "inferred"):
        key = (edge.type, edge.source, edge.target)
        both = edge.source in drawn.nodes and edge.target in drawn.nodes
        if both and edge.type not in _INDENTED and key not in seen:
            seen.add(key)
            yield edge


def _port(network: MapNetwork, page_id: str, box: Box, side: str) -> str:
    port = f"{page_id}{side}"
    x = box.x if side == "l" else box.x + box.width
    network.add_node(port, label=" ", shape="custom", x=x, y=box.y + box.height / 2, port=page_id)
    return port


def _name(schema: Schema, label: str, lang: Lang) -> str:
    return str(getattr(schema.labels[label], lang))


def _types(drawn: Picture, schema: Schema, lang: Lang) -> list[dict[str, Any]]:
    """The legend: each type that occurs, from left to right, with its colour and number."""
    kinds = [label for column in COLUMNS for label in column.labels]
    counts = {kind: sum(n.label == kind for n in drawn.nodes.values()) for kind in kinds}
    return [{"label": kind, "name": _name(schema, kind, lang), "color": schema.labels[kind].color,
             "count": count, "open": kind in _OPEN} for kind, count in counts.items() if count]


def _about(data: GraphData, schema: Schema, lang: Lang) -> list[tuple[str, str]]:
    """What stands under the title, as (name, value): who was inspected, by whom, when."""
    nodes = {n.id: n for n in data.nodes}
    about = []
    for kind in ("INSPECTS", "ISSUED_BY"):
        names = [caption(nodes[e.target]) for e in data.edges if e.type == kind]
        if names:
            about.append((getattr(schema.edges[kind], lang), WORDS[lang]["and"].join(names)))
    report = next(n for n in data.nodes if n.label == "Report")
    if date := report.properties.get("date"):
        about.append((WORDS[lang]["date"], str(date)))
    return about


def _note(drawn: Picture, schema: Schema, lang: Lang) -> str:
    """How many nodes there are, and what was left out."""
    words = WORDS[lang]
    if not drawn.cut:
        return words["counts"].format(drawn.total)
    cut = words["and"].join(f"{_name(schema, label, lang)} {n}" for label, n in sorted(drawn.cut.items()))
    return words["cut"].format(drawn.total, len(drawn.nodes), cut)
