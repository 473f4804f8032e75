"""Reports that another process has prepared: they load as if all had been done in one."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TypeVar

from graph.judgements import Judgements
from graph.load import load_many
from graph.prepare import prepare
from graph.rows import Rows
from graph.store import GraphStore
from tests.graph.data import audit, feedback, notice
from tests.graph.test_load import reports, statuses
from tests.graph.test_store import document, loaded

T = TypeVar("T")


def elsewhere(prepared: T) -> T:
    """As it is in another process."""
    sent: T = pickle.loads(pickle.dumps(prepared))
    return sent


def test_the_same_graph(store: GraphStore) -> None:
    clean = loaded(store, *reports(9))
    loaded(store)
    prepared = [elsewhere(prepare(report, store.judgements)) for report in reports(9)]
    assert statuses(load_many(prepared, store)) == ["loaded"] * 9
    assert store.digest() == clean
    assert statuses(load_many([*prepared[:2], *reports(9)[2:]], store)) == ["unchanged"] * 9


def test_documents_keep_the_texts_that_are_there(store: GraphStore) -> None:
    """Though what was prepared of them has none."""
    clean = loaded(store, feedback(), notice())
    prepared = [elsewhere(prepare(document(report), store.judgements)) for report in (feedback(), audit())]
    assert statuses(load_many(prepared, store)) == ["unchanged", "loaded"]
    assert store.delete_report(audit().report.id)
    assert store.digest() == clean


def test_what_is_wrong_with_one_is_told_when_it_is_written(embedded_store: GraphStore) -> None:
    loaded(embedded_store)
    wrong = replace(notice(), edges=(*notice().edges, replace(notice().edges[0], target="nowhere")))
    prepared = [elsewhere(prepare(report, Judgements())) for report in (feedback(), wrong, audit())]
    outcomes = list(load_many(prepared, embedded_store))
    assert statuses(iter(outcomes)) == ["loaded", "GraphError", "loaded"]
    assert "nowhere" in str(outcomes[1])


def test_a_bare_report_reads_its_document_again() -> None:
    bare = elsewhere(prepare(document(feedback()), Judgements())).bare
    assert bare
    assert bare.with_text(feedback().source_text or "") == feedback()
    assert prepare(feedback(), Judgements()).bare is None
    assert isinstance(prepare(feedback(), Judgements()).rows, Rows)
