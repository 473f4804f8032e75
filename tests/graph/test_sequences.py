"""Whatever was loaded, replaced and deleted before, the graph is the one that a clean load makes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Findings
from graph.load import load_many
from graph.store import GraphStore
from tests.graph import data, history
from tests.graph.data import revised
from tests.graph.test_load import statuses
from tests.graph.test_store import loaded

#: How many sequences are tried; `make test-full` tries more.
EXAMPLES = int(os.environ.get("SUYIN_EXAMPLES", "8"))


def fewer(findings: Findings) -> Findings:
    """Other findings of the same text."""
    return replace(findings, edges=findings.edges[:-1])


MAKERS = {
    made.report.id: made
    for make in (data.feedback, data.notice, data.audit, *history.REPORTS)
    for made in [make()]
}
VERSIONS: tuple[Callable[[Findings], Findings], ...] = (lambda findings: findings, revised, fewer)
Version: TypeAlias = tuple[str, int]
#: Reports to load together, or one to delete.
Step: TypeAlias = list[Version] | str

REPORT = st.sampled_from(sorted(MAKERS))
STEPS = st.lists(
    st.lists(st.tuples(REPORT, st.integers(0, 2)), min_size=1, max_size=4) | REPORT, min_size=1, max_size=6
)


def made(version: Version) -> Findings:
    return VERSIONS[version[1]](MAKERS[version[0]])


def check(store: GraphStore, steps: Sequence[Step], rows: int) -> None:
    """Do the steps in an empty store and compare."""
    loaded(store)
    there: dict[str, int] = {}
    for step in steps:
        if isinstance(step, str):
            assert store.delete_report(step) == (there.pop(step, None) is not None)
            continue
        expected = []
        for name, version in step:
            expected.append(
                "loaded" if name not in there else "unchanged" if there[name] == version else "replaced"
            )
            there[name] = version
        assert statuses(load_many(map(made, step), store, rows=rows)) == expected
    after = store.digest()
    assert after == loaded(store, *map(made, there.items()))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, rows=st.sampled_from([1, 200, 10_000]))
def test_in_the_embedded_store(embedded_store: GraphStore, steps: list[Step], rows: int) -> None:
    check(embedded_store, steps, rows)


@settings(
    max_examples=max(2, EXAMPLES // 4),
    deadline=None,
    derandomize=EXAMPLES < 50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, rows=st.sampled_from([1, 200, 10_000]))
def test_in_neo4j(neo4j_store: GraphStore, steps: list[Step], rows: int) -> None:
    check(neo4j_store, steps, rows)
