"""What stands round one thing: its neighbours in the graph, grouped by what they are to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.lookups.kinds import Kind
from api.lookups.links import address
from api.lookups.models import Neighbour
from api.shape import place
from graph.store import GraphStore

#: So many neighbours over one type of edge are shown.
MOST = 200
#: (type of edge, direction) -> what the neighbours are to the thing. NAMES and HAS_TEXT keep books.
GROUPS = {
    ("STATED_IN", "out"): "report", ("INSPECTS", "in"): "inspected_by", ("ISSUED_BY", "in"): "issued",
    ("CONCERNS", "out"): "units", ("CONCERNS", "in"): "problems",
    ("PART_OF", "out"): "part_of", ("PART_OF", "in"): "items",
    ("SUPPORTS", "out"): "problems", ("SUPPORTS", "in"): "evidence",
    ("CAUSED_BY", "out"): "causes", ("CAUSED_BY", "in"): "problems",
    ("LEADS_TO", "out"): "effects",
    ("ADDRESSES", "out"): "addresses", ("ADDRESSES", "in"): "recommendations",
    ("RESOLVES", "out"): "problems", ("RESOLVES", "in"): "measures",
    ("REFERENCES", "out"): "policies", ("REFERENCES", "in"): "cited_in",
    ("MENTIONS", "out"): "mentions", ("MENTIONS", "in"): "mentioned_in",
    ("IN_CATEGORY", "out"): "category", ("OF_TYPE", "out"): "type",
}
_EDGES = """MATCH (n:{label} {{id: $id}}){pattern}(m)
RETURN '{direction}' AS direction, type(e) AS relation, properties(e) AS link, labels(m)[0] AS label,
       properties(m) AS node
ORDER BY m.start, m.name, m.id, e.id
LIMIT {most}"""


def read_neighbours(store: GraphStore, kind: Kind, id_: str) -> dict[str, list[Neighbour]]:
    """The groups that are not empty, each in the order of the text. Raises StoreError."""
    found: dict[str, list[Neighbour]] = {}
    for relation, direction in _possible(store, kind):
        pattern = f"-[e:{relation}]->" if direction == "out" else f"<-[e:{relation}]-"
        query = _EDGES.format(label=kind.label, pattern=pattern, direction=direction, most=MOST)
        for row in store.read_only(query, id=id_).rows:
            found.setdefault(GROUPS[relation, direction], []).append(_neighbour(row))
    return found


def _possible(store: GraphStore, kind: Kind) -> list[tuple[str, str]]:
    """The edges that a thing of this kind may have."""
    edges = store.schema.edges
    return [(name, direction) for name, direction in GROUPS
            if kind.label in (edges[name].sources if direction == "out" else edges[name].targets)]


def _neighbour(row: Mapping[str, Any]) -> Neighbour:
    node, link = row["node"], row["link"]
    name = next(node[key] for key in ("headline", "title", "name", "text", "id") if node.get(key))
    return Neighbour(
        id=node["id"], label=row["label"], relation=row["relation"], direction=row["direction"], name=name,
        quote=node.get("text"), place=place(node), method=link.get("method"),
        confidence=link.get("confidence"), cue=link.get("cue"), article=link.get("article"),
        status=link.get("status") or node.get("status"), href=address(row["label"], node["id"]),
        stated_at=place(link) if row["relation"] != "STATED_IN" else None)
