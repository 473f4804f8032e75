"""How fast reports are loaded into a Neo4j, against writing the same rows without any care.

`python -m bench load [--reports N] [--write docs/speed.md]`

Needs NEO4J_URI of an empty database, or Java 17 and Maven: then a server of its own is started. All in one
run and from one process: the rows of generated reports, as they are in a store, are created by bare
`UNWIND … CREATE` in batches of 10,000 with the same constraints and indexes, and Suyin loads the reports,
as findings and as other processes have prepared them (`suyin load --jobs`), in turns, each time into an
empty graph. The first turn warms up and does not count. A part of the rows is created by one call each.
"""

from __future__ import annotations

import os
import pickle
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j

from bench.corpus import as_source, generate
from bench.pages import parser, show, table
from extract.model import Findings
from extract.pipeline import build_nlp, extract_source
from graph.build import build_graph
from graph.bulk import ImportFiles
from graph.judgements import Judgements
from graph.load import Report, load_many
from graph.prepare import prepare
from graph.rows import rows_of
from graph.schema import SEARCH
from graph.store import GraphStore, open_store
from tests.support.neo4j_server import Unavailable, import_files, java_and_jars, start_neo4j

BATCH = 10_000
ROUNDS = 3
ALONE = 2000  # rows that are created one by one

#: A statement with `$rows`, and its rows.
Write = tuple[str, list[dict[str, Any]]]


def import_rate(reports: Sequence[Findings], count: int) -> float | None:
    """Nodes and edges in a second by Neo4j's own import: files, import. None where it cannot be run here."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:

        def work() -> None:
            with ImportFiles(Path(folder)) as files:
                for report in reports:
                    files.add(report)
            import_files(Path(folder), Path(folder, "home"))

        try:
            java_and_jars()
        except Unavailable:
            return None
        return count / seconds(work)


@contextmanager
def empty_store() -> Iterator[GraphStore]:
    """The one that NEO4J_URI names, or one for this run."""
    if os.environ.get("NEO4J_URI"):
        with open_store() as store:
            yield store
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = start_neo4j(Path(folder))
        os.environ["NEO4J_PASSWORD"] = server.password
        try:
            with open_store(uri=server.uri) as store:
                yield store
        finally:
            server.stop()


def writes(reports: Sequence[Findings], *, searched: bool = True) -> list[Write]:
    """All rows of the reports' graphs, each once, in batches by label and by type with its ends.

    `searched`: with the texts that the full-text indexes hold, as they are loaded.
    """
    nodes: dict[tuple[str, str], dict[str, Any]] = {}
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rows in (rows_of(build_graph(report)) for report in reports):
        for label, some in (*rows.nodes.items(), *rows.names.items()):
            for row in some:
                nodes[label, row["id"]] = nodes.get((label, row["id"]), {}) | row
        for (type_, source, target), edges in rows.edges.items():
            groups[
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}) "
                f"MATCH (b:{target} {{id: row.b}}) CREATE (a)-[e:{type_}]->(b) SET e = row.e"
            ] += edges
    created: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (label, _), row in nodes.items():
        created[f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"].append(
            row if searched else {key: value for key, value in row.items() if key != SEARCH}
        )
    return [
        (cypher, rows[i : i + BATCH])
        for cypher, rows in (created | groups).items()
        for i in range(0, len(rows), BATCH)
    ]


def write_raw(session: neo4j.Session, parts: Sequence[Write]) -> None:
    for cypher, rows in parts:
        session.execute_write(lambda tx, cypher=cypher, rows=rows: tx.run(cypher, rows=rows).consume())


def empty(session: neo4j.Session) -> None:
    session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alone(parts: Sequence[Write], share: float) -> list[Write]:
    """That share of the rows of every kind, each as a write of its own."""
    return [(cypher, [row]) for cypher, rows in parts for row in rows[: max(1, round(len(rows) * share))]]


def generated(count: int, seed: int) -> list[Findings]:
    """The findings of so many generated reports."""
    nlp = build_nlp()
    return [extract_source(as_source(*made), nlp=nlp) for made in generate(seed, count)]


def load_all(reports: Iterable[Report], store: GraphStore) -> None:
    for outcome in load_many(reports, store):
        if isinstance(outcome, Exception):
            raise outcome


def main(arguments: Sequence[str]) -> None:
    options = parser("load", __doc__)
    options.add_argument("--reports", type=int, default=1000, metavar="N", help="how many are generated")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args(arguments)
    reports = generated(given.reports, given.seed)
    parts, unsearched = writes(reports), writes(reports, searched=False)
    prepared = [pickle.dumps(prepare(report, Judgements())) for report in reports]
    count = sum(len(rows) for _, rows in parts)
    times: dict[str, list[float]] = defaultdict(list)
    with (
        empty_store() as store,
        neo4j.GraphDatabase.driver(store.uri, auth=("neo4j", os.environ["NEO4J_PASSWORD"])) as driver,
        driver.session(database=os.environ.get("NEO4J_DATABASE") or "neo4j") as session,
    ):
        for _ in range(1 + ROUNDS):
            for name, work in (
                ("raw", lambda: write_raw(session, parts)),
                ("unsearched", lambda: write_raw(session, unsearched)),
                ("prepared", lambda: load_all(map(pickle.loads, prepared), store)),
            ):
                times[name].append(seconds(work))
                empty(session)
            times["load"].append(seconds(lambda: load_all(reports, store)))
            times["again"].append(seconds(lambda: load_all(reports, store)))
            empty(session)
        few = alone(parts, ALONE / count)
        one_each = len(few) / seconds(lambda: write_raw(session, few))
        empty(session)
    imported = import_rate(reports, count)
    rate = {what: count / statistics.median(taken[1:]) for what, taken in times.items()}

    def against_raw(what: str) -> str:
        pairs = zip(times["raw"][1:], times[what][1:], strict=True)
        ratios = sorted(raw / taken for raw, taken in pairs)
        return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"

    show(
        "\n\n".join(
            (
                f"{len(reports):,} generated reports, {count:,} nodes and edges, Neo4j; "
                f"medians of {ROUNDS} rounds:",
                table(
                    ("", "nodes and edges/s", "against raw"),
                    (
                        (f"raw: `UNWIND … CREATE`, batches of {BATCH:,}", f"{rate['raw']:,.0f}", "1"),
                        (
                            "raw without the texts that are searched",
                            f"{rate['unsearched']:,.0f}",
                            against_raw("unsearched"),
                        ),
                        (
                            "`load_many`, first load, prepared by other processes",
                            f"{rate['prepared']:,.0f}",
                            against_raw("prepared"),
                        ),
                        (
                            "`load_many`, first load: build, check, write",
                            f"{rate['load']:,.0f}",
                            against_raw("load"),
                        ),
                        (
                            "`load_many` again, nothing changed",
                            f"{rate['again']:,.0f}",
                            f"{rate['again'] / rate['raw']:.2f}",
                        ),
                        (
                            f"one call for each row ({len(few):,} rows)",
                            f"{one_each:,.0f}",
                            f"{one_each / rate['raw']:.3f}",
                        ),
                        *(
                            [
                                (
                                    "`suyin export neo4j-import` and `neo4j-admin database import`",
                                    f"{imported:,.0f}",
                                    f"{imported / rate['raw']:.2f}",
                                )
                            ]
                            if imported
                            else []
                        ),
                    ),
                ),
                f"The first load is {rate['load'] / one_each:.0f} times as fast as one call for each row."
                + (
                    f" The import is {imported / rate['load']:.1f} times as fast as the first load, with the "
                    "start of its process and without the indexes, which are made when the database is first "
                    "opened."
                    if imported
                    else ""
                ),
            )
        ),
        "load",
        given.write,
    )
