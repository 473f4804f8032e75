"""How questions grow with the graph, and what it takes: `python -m bench growth FOLDER [--reports N N]`

FOLDER holds reports, findings or the partitions of a cluster; Java 17 and Maven bring Neo4j. For each number
of reports, drawn by chance (partitions as a whole) and the smaller within the larger, a database is made by
Neo4j's own import. Every
named query and every look-up of lookup_cases.py is asked there about the same things, those in the middle of
the smaller graph. Its `hits` are what the database counts as touched (PROFILE), which no load of the machine
changes; `scans` are the operators of its plan that go through a whole label, type or graph.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import neo4j

from bench.lookup_cases import CASES, choose_values
from bench.lookup_servers import Asked, record
from bench.pages import parser, show, table
from cli.exporting import export_all, source_of
from extract.runs.items import Item, Items, find_items_to_load
from graph.queries import bind, list_queries
from graph.store import GraphStore, open_store
from tests.support.neo4j_server import import_files, start_neo4j

_MEMORY = {
    "server.memory.heap.max_size": "1g",
    "server.memory.pagecache.size": "1g",
    "db.memory.transaction.max": "700m",
    "dbms.memory.transaction.total.max": "800m",
}
_SCANS = ("AllNodesScan", "NodeByLabelScan", "RelationshipTypeScan", "AllRelationshipsScan")
#: Fewer hits than this are no matter, however they grow.
_FEW = 2000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question took: hits of the database, milliseconds, rows of the answer, and scans of its plan."""

    hits: int
    ms: float
    rows: int
    scans: frozenset[str]


@dataclass(frozen=True, slots=True)
class Size:
    """A graph, its bytes on disk as imported and with indexes, seconds of writing the files and importing."""

    reports: int
    findings: int
    nodes: int
    edges: int
    imported: int
    indexed: int
    writing: float
    importing: float


@contextmanager
def database(items: Items) -> Iterator[tuple[GraphStore, Size]]:
    """A Neo4j with these reports, named in the environment."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder, home = Path(name, "import"), Path(name, "home")
        folder.mkdir()
        began = time.perf_counter()
        if export_all(items, folder, None, by="rules"):
            raise RuntimeError("some reports could not be read")
        written = time.perf_counter()
        import_files(folder, home)
        imported = time.perf_counter()
        data = home / "data" / "databases" / "neo4j"
        plain = _bytes(data)
        server = start_neo4j(home, _MEMORY)
        os.environ |= {"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
        try:
            with open_store() as store:  # makes the indexes
                store.read("CALL db.awaitIndexes(600) RETURN 1 AS one")
                store.read("CALL db.resampleOutdatedIndexes() RETURN 1 AS one")
                counts = store.counts()
                yield (
                    store,
                    Size(
                        counts["nodes"]["Report"],
                        sum(
                            counts["nodes"].get(label, 0)
                            for label in ("Problem", "RootCause", "Recommendation")
                        ),
                        sum(counts["nodes"].values()),
                        sum(counts["edges"].values()),
                        plain,
                        _bytes(data),
                        written - began,
                        imported - written,
                    ),
                )
        finally:
            server.stop()


def draw(items: Iterable[Item]) -> list[Item]:
    """By chance; what stands in one partition stays together."""
    groups: dict[Path, list[Item]] = {}
    for item in items:
        groups.setdefault(source_of(item), []).append(item)
    drawn = [*groups.values()]
    random.Random(1).shuffle(drawn)
    return [item for group in drawn for item in group]


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())


def questions(values: Mapping[str, str], named: Mapping[str, str]) -> dict[str, list[Asked]]:
    """Every named query and look-up, as Cypher with its parameters."""
    found: dict[str, list[Asked]] = {}
    for query in list_queries():
        needed = {p.name for p in query.parameters if p.default is None}
        given = {name: named.get(name) or query.example.get(name) for name in needed}
        found[query.name] = [(query.cypher, bind(query, given))]
    with record() as recorder:
        for name, template in CASES.items():
            path = quote(template.format(**values), safe="/?&=%.")
            found[f"GET {name}"] = recorder.cypher(recorder.follow(path))
    return found


def name_things(store: GraphStore, values: Mapping[str, str]) -> dict[str, str]:
    """Values of the named queries' parameters, of the same things as `values`."""
    ids = {key: unquote(value) for key, value in values.items()}
    unit, policy = (
        store.read(f"MATCH (n:{label} {{id: $id}}) RETURN n.name AS it", id=ids[label.lower()])[0]["it"]
        for label in ("Unit", "Policy")
    )
    stands = "MATCH (n:Problem {id: $id})-[:STATED_IN]->(r) RETURN n.start AS start, r.id AS report"
    place = store.read(stands, id=ids["problem"])[0]
    more = {"unit": unit, "policy": policy, "id": ids["problem"], "category": "finance"}
    return ids | more | {"report": place["report"], "start": str(place["start"])}


def cost(session: neo4j.Session, asked: Sequence[Asked], rounds: int) -> Cost:
    """Of all statements of a question together; milliseconds are the median of so many rounds."""
    hits, rows, scans, times = 0, 0, set[str](), []
    for cypher, parameters in asked:
        result = session.run(f"PROFILE {cypher}", dict(parameters))  # type: ignore[arg-type]
        rows += len(result.values())
        profile = result.consume().profile
        assert profile is not None
        for operator in _operators(profile):
            hits += operator.get("args", {}).get("DbHits", 0)
            name = operator["operatorType"].partition("@")[0]
            if name.endswith(_SCANS) and "Index" not in name:
                scans.add(f"{name} {operator['args'].get('Details', '')}"[:60])
    for _ in range(rounds):
        began = time.perf_counter()
        for cypher, parameters in asked:
            session.run(cypher, dict(parameters)).values()  # type: ignore[arg-type]
        times.append(1000 * (time.perf_counter() - began))
    return Cost(hits, statistics.median(times), rows, frozenset(scans))


def _operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _operators(child)


def main(arguments: Sequence[str]) -> None:
    options = parser("growth", __doc__)
    options.add_argument("folder", type=Path, metavar="FOLDER")
    options.add_argument("--reports", type=int, nargs=2, default=[1000, 10_000], metavar="N")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args(arguments)
    items = draw(find_items_to_load([given.folder]))
    sizes: list[Size] = []
    costs: list[dict[str, Cost]] = []
    asked: dict[str, list[Asked]] = {}
    for count in sorted(given.reports):
        with database(Items(sorted(items[:count], key=lambda item: item.file))) as (store, size):
            sizes.append(size)
            if not asked:
                values = choose_values(store)
                asked = questions(values, name_things(store, values))
            auth = ("neo4j", os.environ["NEO4J_PASSWORD"])
            with (
                neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=auth) as driver,
                driver.session(database="neo4j", default_access_mode=neo4j.READ_ACCESS) as session,
            ):
                costs.append({name: cost(session, some, given.rounds) for name, some in asked.items()})
    show(f"{_sizes(sizes)}\n\n{_growth(*costs)}", "growth", given.write)


def _sizes(sizes: Sequence[Size]) -> str:
    return table(
        ("reports", "findings", "nodes", "edges", "MB imported", "MB with indexes", "bytes a node or edge",
         "bytes a finding", "files, nodes and edges/s", "import, nodes and edges/s"),
        map(_row, sizes),
    )  # fmt: skip


def _row(s: Size) -> tuple[str, ...]:
    things = s.nodes + s.edges
    figures = (s.reports, s.findings, s.nodes, s.edges, s.imported / 1e6, s.indexed / 1e6, s.indexed / things,
               s.indexed / s.findings, things / s.writing, things / s.importing)  # fmt: skip
    return tuple(f"{figure:,.0f}" for figure in figures)


def _growth(small: Mapping[str, Cost], large: Mapping[str, Cost]) -> str:
    """Of all that touch more than a few things, those that touch most first."""

    def row(name: str) -> tuple[str, ...]:
        a, b = small[name], large[name]
        return (
            f"`{name}`",
            f"{a.hits:,} → {b.hits:,}",
            f"{b.hits / max(1, a.hits):.1f}",
            f"{a.rows:,} → {b.rows:,}",
            f"{a.ms:.0f} → {b.ms:.0f}",
            "; ".join(sorted(b.scans)),
        )

    return table(
        ("question", "hits", "×", "rows", "ms", "scans"),
        (row(name) for name in sorted(large, key=lambda name: -large[name].hits) if large[name].hits > _FEW),
    )
