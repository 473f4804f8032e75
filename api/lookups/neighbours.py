"""What stands round one thing: its neighbours in the graph, grouped by what they are to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from api.lookups.kind import Kind
from api.lookups.links import address
from api.lookups.models import Neighbour
from api.models import Judged
from api.shape import place
from graph.reading import Reader
from graph.schema import load_schema

#: So many neighbours over one type of edge are shown.
MOST = 200
#: (type of edge, direction) -> what the neighbours are to the thing. NAMES and HAS_TEXT keep books.
GROUPS = {
    ("STATED_IN", "out"): "report",
    ("INSPECTS", "in"): "inspected_by",
    ("ISSUED_BY", "in"): "issued",
    ("CONCERNS", "out"): "units",
    ("CONCERNS", "in"): "problems",
    ("PART_OF", "out"): "part_of",
    ("PART_OF", "in"): "items",
    ("SUPPORTS", "out"): "problems",
    ("SUPPORTS", "in"): "evidence",
    ("CAUSED_BY", "out"): "causes",
    ("CAUSED_BY", "in"): "problems",
    ("LEADS_TO", "out"): "effects",
    ("ADDRESSES", "out"): "addresses",
    ("ADDRESSES", "in"): "recommendations",
    ("RESOLVES", "out"): "problems",
    ("RESOLVES", "in"): "measures",
    ("REFERENCES", "out"): "policies",
    ("REFERENCES", "in"): "cited_in",
    ("MENTIONS", "out"): "mentions",
    ("MENTIONS", "in"): "mentioned_in",
    ("IN_CATEGORY", "out"): "category",
    ("OF_TYPE", "out"): "type",
}
#: One question for all edges of a direction; the nearest in the text first.
_EDGES = """MATCH (n:{label} {{id: $id}}){pattern}(m)
WITH type(e) AS relation, e, m
ORDER BY m.start, m.name, m.id, e.id
WITH relation, collect([properties(e), labels(m)[0], properties(m)])[..{most}] AS found
UNWIND found AS one
RETURN '{direction}' AS direction, relation, one[0] AS link, one[1] AS label, one[2] AS node"""


def read_neighbours(reader: Reader, kind: Kind, id_: str, report: str = "") -> dict[str, list[Neighbour]]:
    """The groups that are not empty, each in the order of the text. Raises StoreError.

    `report`: the id of the report that says the thing, where one does.
    """
    found: dict[str, list[Neighbour]] = {}
    for query in _questions(kind.label):
        for row in reader.read_only(query, id=id_).rows:
            group = GROUPS[row["relation"], row["direction"]]
            found.setdefault(group, []).append(_neighbour(row, id_, report))
    return {name: found[name] for name in dict.fromkeys(GROUPS.values()) if name in found}


@cache
def _questions(label: str) -> list[str]:
    """One for each direction in which a thing of this label may have edges."""
    asked = []
    for direction, pattern in (("out", "-[e:{}]->"), ("in", "<-[e:{}]-")):
        if types := _possible(label, direction):
            edges = pattern.format("|".join(types))
            asked.append(_EDGES.format(label=label, pattern=edges, direction=direction, most=MOST))
    return asked


def _possible(label: str, direction: str) -> list[str]:
    """The types of edges that it may have."""
    edges = load_schema().edges
    return [
        name
        for name, way in GROUPS
        if way == direction and label in (edges[name].sources if way == "out" else edges[name].targets)
    ]


def _neighbour(row: Mapping[str, Any], id_: str, report: str) -> Neighbour:
    node, link = row["node"], row["link"]
    name = next(node[key] for key in ("headline", "title", "name", "text", "id") if node.get(key))
    ends = (id_, node["id"]) if row["direction"] == "out" else (node["id"], id_)
    return Neighbour(
        id=node["id"],
        label=row["label"],
        relation=row["relation"],
        direction=row["direction"],
        name=name,
        quote=node.get("text"),
        place=place(node),
        method=link.get("method"),
        confidence=link.get("confidence"),
        judged=Judged.of(link.get("judged"), report, (row["relation"], *ends)),
        cue=link.get("cue"),
        article=link.get("article"),
        status=link.get("status") or node.get("status"),
        href=address(row["label"], node["id"]),
        stated_at=place(link) if row["relation"] != "STATED_IN" else None,
    )
