"""What the panel beside the map says of each node and each link: plain records for the page's JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph.data import GraphData, GraphEdge, GraphNode
from graph.schema import Schema
from viz.picture import Picture, caption, prefix
from viz.quotes import quote
from viz.words import LINKS, STATUS, WORDS, Lang

Record = dict[str, Any]
#: The edges that are facts of a node rather than links to a box.
FACTS = {"IN_CATEGORY": "category", "OF_TYPE": "type"}


def describe(
    data: GraphData, picture: Picture, schema: Schema, ids: Mapping[str, str], lang: Lang
) -> list[Record]:
    """One record for each drawn node, in the order of `ids` (node id -> id on the page).

    A record: id, label, kind, color, number, caption, place [start, end] or None, quote (see `viz.quotes`),
    facts [[name, value]], links (see `_link`), one for each pair and kind. Where there are several reports,
    the facts name that of the node.
    """
    nodes = {n.id: n for n in data.nodes}
    several = len(picture.reports) > 1
    touching: dict[str, list[tuple[str, GraphEdge]]] = defaultdict(list)
    for edge in data.edges:
        touching[edge.source].append(("out", edge))
        touching[edge.target].append(("in", edge))
    records = []
    for node_id, id_on_page in ids.items():
        node, facts = nodes[node_id], []
        links: dict[tuple[str, str, str], Record] = {}
        for direction, edge in touching[node_id]:
            other = nodes[edge.target if direction == "out" else edge.source]
            if edge.type in FACTS:
                name = other.properties["name" if lang == "zh" else "name_en"]
                facts.append([WORDS[lang][FACTS[edge.type]], str(name)])
            elif edge.type == "STATED_IN" and direction == "out" and several:
                facts.insert(0, [WORDS[lang]["report"], _dated(other)])
            elif (edge.type, direction) in LINKS:
                link = links.setdefault(
                    (edge.type, direction, other.id),
                    _link(
                        edge,
                        LINKS[edge.type, direction][lang],
                        other,
                        schema.labels[other.label].color,
                        ids.get(other.id),
                        lang=lang,
                    ),
                )
                if said := _said(edge, picture.text_of(edge.source)):
                    link["said"].append(said)
        order = [LINKS[key][lang] for key in LINKS]
        ranked = sorted(
            links.values(),
            key=lambda r: (order.index(r["group"]), r["method"] == "inferred", -(r["confidence"] or 0)),
        )
        records.append(
            {
                **_head(node, picture, schema, lang),
                "id": id_on_page,
                "facts": facts + _facts(node, lang),
                "links": ranked,
            }
        )
    return records


def _head(node: GraphNode, picture: Picture, schema: Schema, lang: Lang) -> Record:
    props, label = node.properties, schema.labels[node.label]
    start, end = props.get("start"), props.get("end")
    return {
        "label": node.label,
        "kind": label.zh if lang == "zh" else label.en,
        "color": label.color,
        "number": str(props.get("number") or ""),
        "caption": caption(node),
        "place": _place(props),
        "quote": quote(picture.text_of(node.id), props.get("text"), start, end),
    }


def _facts(node: GraphNode, lang: Lang) -> list[list[str]]:
    props, words, facts = node.properties, WORDS[lang], []
    if judged := props.get("judged"):
        facts.append([words["judged"], words[judged]])
    if status := props.get("status"):
        facts.append([words["status"], STATUS.get(status, {}).get(lang, str(status))])
    if aliases := props.get("aliases"):
        facts.append([words["aliases"], words["and"].join(aliases)])
    if (amount := props.get("amount")) is not None:
        facts.append([words["amount"], yuan(float(amount), lang)])
    if node.label == "Report" and (date := props.get("date")):
        facts.append([words["date"], str(date)])
    if (confidence := props.get("confidence")) is not None:
        facts.append([words["confidence"], f"{confidence:.2f}"])
    return facts


def yuan(amount: float, lang: Lang) -> str:
    """A sum as people read it: 1250000 is 125 万元, CNY 1,250,000."""
    if lang == "en":
        return f"CNY {amount:,.2f}".removesuffix(".00")
    for unit, size in (("亿元", 1e8), ("万元", 1e4)):
        if abs(amount) >= size:
            return f"{amount / size:,.4f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{amount:,.2f}".removesuffix(".00") + " 元"


def _dated(report: GraphNode) -> str:
    return " ".join(filter(None, (str(report.properties.get("date") or ""), caption(report))))


def _link(
    edge: GraphEdge, group: str, other: GraphNode, color: str, id_on_page: str | None, *, lang: Lang
) -> Record:
    """A link as seen from one end; the other end's `id_on_page` is None where it is not drawn.

    `method` is None where nothing has to be inferred (an item is part of its category). `said`: where the
    report says so, filled by the caller: one pair may be linked at several places.
    """
    props = edge.properties
    return {
        "group": group,
        "type": edge.type,
        "kind": other.label,
        "other": id_on_page,
        "color": color,
        "number": prefix(other, lang),
        "caption": caption(other),
        "method": props.get("method"),
        "confidence": props.get("confidence"),
        "cue": props.get("cue"),
        "judged": props.get("judged"),
        "said": [],
    }


def _said(edge: GraphEdge, text: str | None) -> Record | None:
    place = _place(edge.properties)
    if place is None:
        return None
    return {
        "place": place,
        "article": edge.properties.get("article"),
        "quote": quote(text, None, place[0], place[1], edge.properties.get("cue")),
    }


def _place(props: Mapping[str, Any]) -> list[int] | None:
    start, end = props.get("start"), props.get("end")
    return None if start is None or end is None else [start, end]
