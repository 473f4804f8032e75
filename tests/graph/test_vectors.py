"""Vectors in either store: made once, found by likeness, forgotten with their nodes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from graph.load import load
from graph.store import GraphStore
from graph.vectors import BATCH, LABELS, Vector, open_vectors, write_vectors
from graph.vectors_file import FileVectors
from tests.graph.data import audit, feedback

WIDTH = 512


def encode(text: str) -> Vector:
    """A vector by chance, the same for the same text."""
    found = np.random.default_rng(list(text.encode())).standard_normal(WIDTH).astype(np.float32)
    return found / np.linalg.norm(found)


@pytest.fixture
def store(store: GraphStore) -> Iterator[GraphStore]:
    yield store
    if store.folder is not None:
        (store.folder / "vectors.npz").unlink(missing_ok=True)
    else:
        for label in LABELS:
            store.write(f"MATCH (v:{label}Vector) DELETE v")


def texts(store: GraphStore, label: str) -> dict[str, str]:
    return {
        row["id"]: row["text"] for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id, n.text AS text")
    }


def test_are_made_once_and_found(store: GraphStore) -> None:
    load(feedback(), store)
    load(audit(), store)
    vectors, counts, digest = open_vectors(store, "test"), store.counts(), store.digest()
    assert not vectors.any()
    told: list[tuple[int, int]] = []
    made = write_vectors(store, vectors, encode, lambda done, total: told.append((done, total)))
    assert made == sum(len(texts(store, label)) for label in LABELS) == len(told)
    assert told[-1] == (made, made)
    assert write_vectors(store, vectors, encode) == 0
    if store.folder is None:
        store.read("CALL db.awaitIndexes(60)")
    for label in LABELS:
        every = texts(store, label)
        id_, text = next(iter(every.items()))
        expected = {other: float(encode(text) @ encode(every[other])) for other in every}
        assert vectors.nearest(label, encode(text), 1) == [id_]
        assert {*vectors.nearest(label, encode(text), 100)} == {*every}
        assert vectors.cosines(label, encode(text), [*every, "none"]) == pytest.approx(expected, abs=0.01)
        mean = vectors.mean(label)
        assert mean is not None
        assert mean == pytest.approx(np.mean([*map(encode, every.values())], axis=0), abs=0.01)
    # they are no part of the graph
    assert (store.counts(), store.digest()) == (counts, digest)


def test_go_with_their_nodes_and_their_encoder(store: GraphStore) -> None:
    load(feedback(), store)
    load(audit(), store)
    vectors = open_vectors(store, "test")
    write_vectors(store, vectors, encode)
    assert vectors.known("Problem") == set(texts(store, "Problem"))
    assert not open_vectors(store, "another").any()
    store.delete_report(str(audit().report.id))
    assert write_vectors(store, vectors, encode) == 0
    assert vectors.known("Problem") == set(texts(store, "Problem"))
    assert write_vectors(store, open_vectors(store, "another"), encode) > 0
    assert open_vectors(store, "another").known("Problem") == set(texts(store, "Problem"))


def test_what_another_process_writes_is_found(tmp_path: Path) -> None:
    one, other = (FileVectors(tmp_path / "vectors.npz", "test") for _ in range(2))
    assert (one.any(), one.nearest("Problem", encode("a"), 5), one.mean("Problem")) == (False, [], None)
    other.add("Problem", {"a": encode("a")})
    assert one.known("Problem") == {"a"}
    one.add("Recommendation", {"b": encode("b")})
    other.add("Problem", {"c": encode("c")})
    assert (one.known("Problem"), one.known("Recommendation")) == ({"a", "c"}, {"b"})


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    FileVectors(path, "test").add("Problem", {"a": encode("a")})
    path.write_bytes(path.read_bytes()[:200])
    vectors = FileVectors(path, "test")
    assert not vectors.any()
    vectors.add("Problem", {"b": encode("b")})
    assert vectors.known("Problem") == {"b"}


def test_what_is_interrupted_keeps_what_was_done(tmp_path: Path, embedded_store: GraphStore) -> None:
    load(feedback(), embedded_store)
    vectors = FileVectors(tmp_path / "vectors.npz", "test")
    problems, done = len(texts(embedded_store, "Problem")), 0
    assert problems < BATCH

    def breaks(text: str) -> Vector:
        nonlocal done
        done += 1
        if done > problems:  # the problems are written by then
            raise KeyboardInterrupt
        return encode(text)

    with pytest.raises(KeyboardInterrupt):
        write_vectors(embedded_store, vectors, breaks)
    assert len(vectors.known("Problem")) == problems
    assert not vectors.known("Recommendation")
