"""What many reports say on one thing: the problems of a category, policy or unit, with all around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from extract.model import GROUNDED
from graph.data import GraphData, GraphEdge, GraphNode
from graph.errors import QueryError
from graph.names import unknown
from graph.schema import SEARCH
from graph.store import GraphStore
from graph.vocabulary import check_choice, nearest, taxonomy

#: The most problems of a map; those whose cause a report states come first, then the newest.
MOST = 400

_OF_CATEGORY = "MATCH (p:Problem {category: $what})"
_OF_POLICY = """
CALL () {
  MATCH (p:Problem)-[:REFERENCES]->(:Policy {id: $what}) RETURN p
  UNION
  MATCH (:Policy {id: $what})<-[:REFERENCES]-(:Evidence|Recommendation|Measure)
        -[:SUPPORTS|ADDRESSES|RESOLVES]->(p:Problem) RETURN p
  UNION
  MATCH (:Policy {id: $what})<-[:REFERENCES]-(:RootCause|Effect)<-[:CAUSED_BY|LEADS_TO]-(p:Problem) RETURN p
}"""
# In a report on one unit every problem is that unit's; in a report on several, those that concern it.
_OF_UNIT = """
CALL () {
  MATCH (:Unit {id: $what})<-[:CONCERNS]-(p:Problem) RETURN p
  UNION
  MATCH (:Unit {id: $what})<-[:INSPECTS]-(r:Report)<-[:STATED_IN]-(p:Problem)
  WHERE COUNT { (r)-[:INSPECTS]->(:Unit) } = 1 AND NOT (p)-[:CONCERNS]->(:Unit)
  RETURN p
}"""
_RANKED = """
WITH DISTINCT p
MATCH (p)-[:STATED_IN]->(r:Report)
RETURN p.id AS id, COUNT { (p)-[e:CAUSED_BY]->(:RootCause) WHERE e.method = 'explicit' } > 0 AS stated,
       coalesce(r.date, '') AS date
ORDER BY stated DESC, date DESC, id
"""
_ROW = """
RETURN type(e) AS type, labels(a)[0] AS source_label, labels(b)[0] AS target_label,
       properties(a) AS source, properties(b) AS target, properties(e) AS properties
"""
#: What is followed, round after round: label -> patterns in which a node of it is `a` or `b`. First from the
#: problems, then from what stands round them, at last from the reports of all that.
_STEPS: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "Problem": (
            "(a)-[e:CAUSED_BY|LEADS_TO|REFERENCES|MENTIONS|CONCERNS|IN_CATEGORY|STATED_IN]->(b)",
            "(a)-[e:PART_OF]->(b:Problem)",
            "(b)<-[e:SUPPORTS|ADDRESSES|RESOLVES]-(a)",
        )
    },
    {
        "RootCause": ("(a)-[e:OF_TYPE|STATED_IN]->(b)", "(b)<-[e:ADDRESSES]-(a)"),
        "Effect": ("(a)-[e:STATED_IN]->(b)",),
        "Evidence": ("(a)-[e:STATED_IN|REFERENCES]->(b)",),
        "Measure": ("(a)-[e:STATED_IN|REFERENCES]->(b)",),
    },
    {"Recommendation": ("(a)-[e:STATED_IN|REFERENCES]->(b)",)},
    {"Report": ("(a)-[e:INSPECTS|HAS_TEXT]->(b)",)},
)

#: The edges of a node that a map can draw by its label, and the most of them that are fetched at once.
DRAWN = {
    "Problem": "CAUSED_BY|LEADS_TO|ADDRESSES|RESOLVES|SUPPORTS|PART_OF|REFERENCES|CONCERNS",
    "RootCause": "CAUSED_BY|ADDRESSES",
    "Recommendation": "ADDRESSES|PART_OF|REFERENCES",
    "Measure": "RESOLVES|REFERENCES",
    "Evidence": "SUPPORTS|REFERENCES",
    "Unit": "CONCERNS|INSPECTS|ISSUED_BY",
    "Policy": "REFERENCES",
}
MOST_AROUND = 60


@dataclass(frozen=True, slots=True)
class Gathered:
    """The graph round a thing; `zh` and `en` name it; `more` counts by label what is left out."""

    data: GraphData
    zh: str
    en: str
    more: dict[str, int]


def gather_category(store: GraphStore, code: str) -> Gathered:
    """The problems of a category. Raises QueryError where there is none of this code or it has no problem."""
    check_choice("category", "category", code)
    named = taxonomy()["categories"][code]
    return _gather(store, _OF_CATEGORY, code, f"问题类别：{named['zh']}", f"Category: {named['en']}")


def gather_policy(store: GraphStore, name: str) -> Gathered:
    """The problems that cite a policy, themselves or in what is linked to them.

    `name`: its id, name or alias, or a part of a name that no other has. Raises QueryError, StoreError.
    """
    policy = _named(store, "Policy", "政策", name, in_part=True)
    return gather_known(store, "Policy", policy["id"], policy["name"])


def gather_unit(store: GraphStore, name: str) -> Gathered:
    """The problems of the unit with this id, name or alias. Raises QueryError, StoreError."""
    unit = _named(store, "Unit", "单位", name, in_part=False)
    return gather_known(store, "Unit", unit["id"], unit["name"])


def gather_known(store: GraphStore, label: Literal["Policy", "Unit"], id_: str, name: str) -> Gathered:
    """The problems of a policy or unit whose id and name are known. Raises QueryError, StoreError."""
    which, zh = (_OF_POLICY, "政策") if label == "Policy" else (_OF_UNIT, "单位")
    return _gather(store, which, id_, f"{zh}：{name}", f"{label}: {name}")


def gather_around(store: GraphStore, label: str, id_: str) -> GraphData:
    """What a map draws round one node (of a label of DRAWN), with its reports; MOST_AROUND edges each way.

    Raises StoreError.
    """
    graph = _Graph(store, None)
    for pattern in (
        f"(a:{label} {{id: $id}})-[e:{DRAWN[label]}]->(b)",
        f"(b:{label} {{id: $id}})<-[e:{DRAWN[label]}]-(a)",
    ):
        graph.take(f"MATCH {pattern} {_ROW} ORDER BY e.id LIMIT {MOST_AROUND}", id=id_)
    for found in GROUNDED:
        graph.follow(found, ("(a)-[e:STATED_IN|IN_CATEGORY|OF_TYPE]->(b)",))
    graph.follow("Report", ("(a)-[e:HAS_TEXT]->(b)",))
    return graph.data(id_)


def beyond(store: GraphStore, data: GraphData) -> dict[str, int]:
    """By node id, how many edges that a map could draw the graph has beside those in `data`; no zeros.

    Raises StoreError.
    """
    inside = Counter(
        end
        for edge in data.edges
        for end, label in ((edge.source, edge.source_label), (edge.target, edge.target_label))
        if edge.type in DRAWN.get(label, "").split("|")
    )
    found = {}
    for label, types in DRAWN.items():
        ids = sorted(node.id for node in data.nodes if node.label == label)
        query = (
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
            f"RETURN id, COUNT {{ (n)-[:{types}]->() }} + COUNT {{ (n)<-[:{types}]-() }} AS edges"
        )
        for row in store.read(query, ids=ids) if ids else ():
            if (more := row["edges"] - inside[row["id"]]) > 0:
                found[row["id"]] = more
    return found


def join(graphs: Iterable[GraphData], name: str) -> GraphData:
    """The graphs of several reports as one; of a node that they share the first one's properties stand."""
    nodes: dict[tuple[str, str], GraphNode] = {}
    edges: dict[str, GraphEdge] = {}
    for graph in graphs:
        for node in graph.nodes:
            nodes.setdefault((node.label, node.id), node)
        for edge in graph.edges:
            edges.setdefault(edge.id, edge)
    return GraphData(name, tuple(nodes.values()), tuple(edges.values()))


def _gather(store: GraphStore, which: str, what: str, zh: str, en: str) -> Gathered:
    found = [row["id"] for row in store.read(which + _RANKED, what=what)]
    if not found:
        raise QueryError(f"{zh}：图中没有这样的问题 · {en}: no problem in the graph is of it")
    graph = _Graph(store, found[:MOST])
    for step in _STEPS:
        for label, patterns in step.items():
            graph.follow(label, patterns)
    left = len(found) - MOST
    return Gathered(graph.data(f"{zh} {what}"), zh, en, {"Problem": left} if left > 0 else {})


class _Graph:
    """Collects nodes and edges, each once; of the problems only those it begins with, or all."""

    def __init__(self, store: GraphStore, problems: list[str] | None) -> None:
        self._store, self._problems = store, None if problems is None else set(problems)
        self._nodes: dict[tuple[str, str], GraphNode] = {}
        self._edges: dict[str, GraphEdge] = {}

    def follow(self, label: str, patterns: Iterable[str]) -> None:
        """Add all that these patterns lead to from the nodes of a label, which they call a or b."""
        ids = sorted(
            self._problems
            if label == "Problem" and self._problems is not None
            else (id_ for one, id_ in self._nodes if one == label)
        )
        for pattern in patterns:
            start = f"a:{label} {{id: id}}" if "->" in pattern else f"b:{label} {{id: id}}"
            self.take(f"UNWIND $ids AS id MATCH ({start}) MATCH {pattern} {_ROW}", ids=ids)

    def take(self, query: str, **values: Any) -> None:
        """Add what a query finds, whose rows are those of _ROW."""
        for row in self._store.read(query, **values):
            self._add(row)

    def _add(self, row: dict[str, Any]) -> None:
        ends = [(row[f"{end}_label"], row[end]) for end in ("source", "target")]
        if self._problems is not None and any(
            label == "Problem" and own["id"] not in self._problems for label, own in ends
        ):
            return
        for label, own in ends:
            self._nodes.setdefault((label, own["id"]), GraphNode(own["id"], label, _own(own)))
        (source_label, source), (target_label, target) = ends
        edge = GraphEdge(
            row["type"], source["id"], target["id"], source_label, target_label, _own(row["properties"])
        )
        self._edges.setdefault(edge.id, edge)

    def data(self, name: str) -> GraphData:
        nodes = sorted(self._nodes.values(), key=lambda n: (n.label, n.id))
        return GraphData(name, tuple(nodes), tuple(sorted(self._edges.values(), key=lambda e: e.id)))


def _own(properties: dict[str, Any]) -> dict[str, Any]:
    """Without the id, and what is only there to be searched."""
    return {key: value for key, value in properties.items() if key not in ("id", SEARCH)}


def _named(store: GraphStore, label: str, zh: str, name: str, *, in_part: bool) -> dict[str, Any]:
    """The node of this id, name or alias. Raises QueryError that lists the near ones, or those it may be."""
    rows = store.read(
        f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name, n.place AS place, "
        "coalesce(n.aliases, []) AS aliases ORDER BY name, id"
    )
    name = name.strip().removeprefix("《").removesuffix("》")
    ways: list[Callable[[dict[str, Any]], bool]] = [
        lambda row: bool(row["id"] == name),
        lambda row: bool(row["name"] == name),
        lambda row: name in row["aliases"],
        lambda row: in_part and any(name in said for said in (row["name"], *row["aliases"])),
    ]
    for fits in ways if name else ():
        found = [row for row in rows if fits(row)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(" ".join(filter(None, (r["id"], r["name"], r["place"]))) for r in found[:5])
            raise QueryError(
                f"{name}: 有 {len(found)} 个，请写编号 · {len(found)} are called so; give an id: {listed}"
            )
    near = nearest(name, [(row["name"], (row["name"], *row["aliases"])) for row in rows])
    raise QueryError(unknown("图中", zh, label.lower(), name, near, whole="the graph"))
