"""One contract on two stores: every named query asked of both, on the samples and on generated reports.

`python -m bench contract [--reports N] [--write docs/contract.md]`

Needs NEO4J_URI of an empty database, or Java 17 and Maven: then a server of its own is started. The embedded
store is one of its own, in a temporary folder. The generated reports come to the two in opposite orders.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import empty_store, generated, load_all
from bench.pages import parser, show, table
from extract.model import Findings
from extract.pipeline import build_nlp, extract_report
from graph.queries import NamedQuery, list_queries, run_query
from graph.store import GraphStore, open_store

SAMPLES = Path(__file__).parents[1] / "samples"
#: What the graph itself has for a parameter that must be given, the fullest first.
_VALUES = {
    "category": "MATCH (p:Problem) RETURN p.category AS value, count(p) AS n",
    "unit": "MATCH (u:Unit)<-[:INSPECTS]-(:Report)<-[e:STATED_IN]-(:Problem) "
    "RETURN u.name AS value, count(e) AS n",
    "policy": "MATCH (u:Policy)<-[e]-() RETURN u.name AS value, count(e) AS n",
    "problem": "MATCH (p:Problem) RETURN p.headline AS value, count(p) AS n",
    "text": "MATCH (p:Problem) WHERE p.headline =~ '[\\u4e00-\\u9fff]{6,}' "
    "RETURN p.headline AS value, count(p) AS n",
    "report": "MATCH (r:Report)<-[e:STATED_IN]-() RETURN r.id AS value, count(e) AS n",
    "id": "MATCH (p:Problem)<-[e]-() RETURN p.id AS value, count(e) AS n",
}
#: Of the generated reports.
SEED = 5
_START = 100  # an offset that lies in every report
_ALL = 10_000  # the most rows that a query may give


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often a query was asked, how many rows each store gave, the longest answer in seconds.

    `differs`: the parameters for which the rows or their order were not alike.
    """

    asked: int
    rows: int
    seconds: tuple[float, float]
    differs: tuple[dict[str, Any], ...]


def parameters(query: NamedQuery, store: GraphStore) -> Iterator[dict[str, Any]]:
    """Parameters to ask it with: the example's, and values from the graph, with few rows and with all.

    The values are the fullest of their kind (the unit with the most findings …) and one in the middle.
    """
    needed = [p.name for p in query.parameters if p.default is None]
    limit = {p.name: _ALL for p in query.parameters if p.name == "limit"}
    found = {
        name: [row["value"] for row in store.read(f"{_VALUES[name]} ORDER BY n DESC, value")]
        for name in needed
        if name in _VALUES
    }
    start = {"start": _START} if "start" in needed else {}
    for at in (0, 0.5):
        values = {name: each[int(at * len(each))] for name, each in found.items() if each}
        yield {**values, **start}
        yield {**values, **start, **limit}
    yield {**query.example, **limit}


def compare(query: NamedQuery, here: GraphStore, there: GraphStore) -> Comparison:
    """Ask both stores the same; the values are from the first."""
    asked, rows, longest, differs = 0, 0, [0.0, 0.0], []
    for values in parameters(query, here):
        answers = []
        for i, store in enumerate((here, there)):
            began = time.perf_counter()
            answers.append(run_query(store, query.name, **values))
            longest[i] = max(longest[i], time.perf_counter() - began)
        asked += 1
        rows += len(answers[0].rows)
        if answers[0] != answers[1]:
            differs.append(values)
    return Comparison(asked, rows, (longest[0], longest[1]), tuple(differs))


def _of_samples() -> list[Findings]:
    nlp = build_nlp()
    return [extract_report(path, nlp=nlp) for path in sorted(SAMPLES.rglob("reports/*.txt"))]


def _measure(
    what: str, reports: list[Findings], here: GraphStore, there: GraphStore
) -> tuple[str, list[Comparison]]:
    for store, some in ((here, reports), (there, reports[::-1])):
        load_all(some, store)
    digests = here.digest(), there.digest()
    counts = here.counts()
    assert counts == there.counts(), "the counts differ"
    says = (
        f"{what}: {len(reports):,} reports, {sum(counts['nodes'].values()):,} nodes, "
        f"{sum(counts['edges'].values()):,} edges; digest of the graph `{digests[0][:12]}` embedded, "
        f"`{digests[1][:12]}` on Neo4j"
    )
    found = [compare(query, here, there) for query in list_queries()]
    gone = [findings.report.id for findings in reports]
    for store in (here, there):
        for report_id in gone[::2]:
            store.delete_report(report_id)
    digests = here.digest(), there.digest()
    says += f"; with each second report deleted `{digests[0][:12]}` and `{digests[1][:12]}`."
    for store in (here, there):
        for report_id in gone[1::2]:
            store.delete_report(report_id)
    return says, found


def main(arguments: Sequence[str]) -> None:
    options = parser("contract", __doc__)
    options.add_argument("--reports", type=int, default=2000, metavar="N", help="how many are generated")
    given = options.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        open_store(data_dir=folder, time_limit=600, row_limit=_ALL) as here,
        empty_store() as there,
    ):
        samples, of_samples = _measure("Samples", _of_samples(), here, there)
        made, of_made = _measure("Generated", generated(given.reports, SEED), here, there)
    rows = [
        (
            f"`{query.name}`",
            a.asked + b.asked,
            f"{a.rows:,}",
            f"{b.rows:,}",
            "**no**" if a.differs or b.differs else "yes",
            f"{b.seconds[0]:.2f}",
            f"{b.seconds[1]:.2f}",
        )
        for query, a, b in zip(list_queries(), of_samples, of_made, strict=True)
    ]
    show(
        "\n\n".join(
            (
                samples,
                made,
                table(
                    (
                        "query",
                        "asked",
                        "rows, samples",
                        "rows, generated",
                        "alike",
                        "s, embedded",
                        "s, Neo4j",
                    ),
                    rows,
                ),
            )
        ),
        "contract",
        given.write,
    )
