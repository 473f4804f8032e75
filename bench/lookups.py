"""How fast the service answers look-ups, against their Cypher alone and a static route of the same answers.

`python -m bench lookups [--problems N] [--seconds S] [--write docs/speed.md]`

Needs NEO4J_URI of a database with reports, or Java 17 and Maven: then a server of its own is filled with
generated reports. Three processes beside this one: Neo4j, `suyin serve`, and a server that has each look-up's
answer in memory, headers and bytes. Each look-up is asked in turns, over HTTP of the service, as the same
Cypher with the same parameters through the bare driver (`Session.run`, no transaction of its own), and of the
static server. Then 64 clients at once ask look-ups drawn by chance, each the next when it has its answer.
"""

from __future__ import annotations

import http.client
import os
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import neo4j

from bench.big_graph import big_graph
from bench.lookup_cases import CASES, choose_values
from bench.lookup_servers import Answer, Asked, record, serve, serve_static
from bench.pages import parser, show, table
from graph.store import open_store

CLIENTS = 64
#: Headers that the server of the static answers sends by itself.
_OF_THE_SERVER = ("date", "server")
ASKED_BEFORE = 3  # rounds that do not count


@dataclass(slots=True)
class Case:
    """A look-up: its address, its Cypher, its answer, and milliseconds by who was asked."""

    name: str
    path: str
    cypher: list[Asked]
    answer: Answer
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def p50(self, who: str) -> float:
        return statistics.median(self.times[who])

    @property
    def ratio(self) -> float:
        return self.p50("service") / (self.p50("cypher") + self.p50("static"))


def get(address: str, path: str) -> Callable[[], Answer]:
    """A GET on a connection that is open when it is called. Raises RuntimeError if the answer is no 200."""
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.connect()

    def ask() -> Answer:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return {name: said for name, said in answer.getheaders() if name not in _OF_THE_SERVER}, body

    return ask


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def ask_driver(session: neo4j.Session, cypher: Sequence[Asked]) -> None:
    for text, parameters in cypher:
        session.run(text, dict(parameters)).values()  # type: ignore[arg-type]


def take_turns(cases: Sequence[Case], service: str, static: str, session: neo4j.Session, rounds: int) -> None:
    """Fill the times of the cases; the order of who is asked changes by chance."""
    rng = random.Random(1)
    for turn in range(ASKED_BEFORE + rounds):
        for at, case in enumerate(cases):
            ways: list[tuple[str, Callable[[], object]]] = [
                ("service", get(service, case.path)),
                ("static", get(static, f"/{at}")),
                ("cypher", lambda case=case: ask_driver(session, case.cypher)),
            ]  # type: ignore[misc]
            for who, way in rng.sample(ways, 3):
                taken = milliseconds(way)
                if turn >= ASKED_BEFORE:
                    case.times[who].append(taken)


def put_load(cases: Sequence[Case], service: str, seconds: float) -> tuple[list[float], list[str]]:
    """Milliseconds of all answers to CLIENTS clients, and their errors."""
    times: list[float] = []
    errors: list[str] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        rng = random.Random(number)
        connection = http.client.HTTPConnection(service, timeout=60)
        while time.monotonic() < end:
            start = time.perf_counter()
            try:
                connection.request("GET", rng.choice(cases).path)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as err:
                errors.append(repr(err))
                connection.close()
                continue
            times.append(1000 * (time.perf_counter() - start))
            if answer.status != 200:
                errors.append(str(answer.status))

    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return times, errors


def main(arguments: Sequence[str]) -> None:
    options = parser("lookups", __doc__)
    options.add_argument("--problems", type=int, default=100_000, metavar="N", help="at least, in the graph")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rounds", type=int, default=25, metavar="N", help="turns of each look-up")
    options.add_argument("--seconds", type=float, default=60, metavar="S", help="of load")
    given = options.parse_args(arguments)
    with big_graph(given.problems, given.seed):
        with open_store() as store:  # makes the indexes
            counts = store.counts()
            values = choose_values(store)
        paths = {name: quote(path.format(**values), safe="/?&=%.") for name, path in CASES.items()}
        auth = (os.environ.get("NEO4J_USER") or "neo4j", os.environ["NEO4J_PASSWORD"])
        with (
            serve() as service,
            record() as recorder,
            neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=auth) as driver,
            driver.session(
                database=os.environ.get("NEO4J_DATABASE") or "neo4j", default_access_mode=neo4j.READ_ACCESS
            ) as session,
        ):
            for name, path in paths.items():
                paths[name] = recorder.follow(path)
            cases = [
                Case(name, path, recorder.cypher(path), get(service, path)()) for name, path in paths.items()
            ]
            with serve_static([case.answer for case in cases]) as static:
                take_turns(cases, service, static, session, given.rounds)
            by_id = [case for case in cases if "by id" in case.name]
            loads = {
                what: put_load(some, service, given.seconds)
                for what, some in (("all of the table", cases), ("one thing by its id", by_id))
            }
    show(
        "\n\n".join(
            (
                f"Neo4j with {counts['nodes']['Problem']:,} problems of {counts['nodes']['Report']:,} "
                f"generated reports, {sum(counts['nodes'].values()):,} nodes, "
                f"{sum(counts['edges'].values()):,} edges; "
                f"medians of {given.rounds} turns, in milliseconds:",
                table(
                    ("look-up", "bytes", "service", "Cypher", "queries", "static", "ratio"),
                    (
                        (
                            c.name,
                            f"{len(c.answer[1]):,}",
                            f"{c.p50('service'):.1f}",
                            f"{c.p50('cypher'):.1f}",
                            len(c.cypher),
                            f"{c.p50('static'):.1f}",
                            f"{c.ratio:.2f}",
                        )
                        for c in cases
                    ),
                ),
                f"{CLIENTS} clients for {given.seconds:.0f} seconds, in milliseconds:",
                table(
                    ("look-ups, drawn by chance", "answers/s", "p50", "p99", "errors"),
                    (
                        (
                            what,
                            f"{len(times) / given.seconds:.0f}",
                            f"{statistics.median(times):.0f}",
                            f"{statistics.quantiles(times, n=100)[98]:.0f}",
                            len(errors),
                        )
                        for what, (times, errors) in loads.items()
                    ),
                ),
            )
        ),
        "lookups",
        given.write,
    )
    for what, (_, errors) in loads.items():
        for error in sorted(set(errors))[:5]:
            print(f"{what}: {errors.count(error)} × {error}")
