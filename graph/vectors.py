"""Vectors of problems and recommendations: made once, found by their likeness.

They are no part of the graph but made of it, and may be deleted at any time: neither counts, digest nor
exports know them. A vector is kept by the id of its node, which stands for the node's text; one whose node
has gone is never found, and goes at the next `write_vectors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from graph.store import GraphStore
from graph.vectors_file import FileVectors, Vector
from graph.vectors_neo4j import Neo4jVectors

#: Labels whose nodes have vectors.
LABELS = ("Problem", "Recommendation")
#: Vectors written at a time; what is interrupted keeps those before.
BATCH = 5000


class Vectors(Protocol):
    """Where the vectors of a store are. All vectors have length 1; raises StoreError."""

    def any(self) -> bool:
        """Are there vectors?"""

    def known(self, label: str) -> set[str]:
        """The ids of the nodes that have one."""

    def add(self, label: str, rows: Mapping[str, Vector]) -> None:
        """Keep vectors by the ids of their nodes, in the place of older ones."""

    def drop(self, label: str, ids: set[str]) -> None:
        """Forget those of nodes that have gone."""

    def mean(self, label: str) -> Vector | None:
        """The mean of (a part of) the vectors, not of length 1; None where there are none."""

    def nearest(self, label: str, vector: Vector, limit: int) -> list[str]:
        """The ids of the nodes whose vectors are nearest (an index: most of them), the nearest first."""

    def cosines(self, label: str, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        """The cosines of these nodes, as far as they have a vector."""


def open_vectors(store: GraphStore, encoder: str) -> Vectors:
    """In the index of a Neo4j, or in a file beside the embedded store; those that `encoder` made."""
    folder = store.folder
    return FileVectors(folder / "vectors.npz", encoder) if folder else Neo4jVectors(store, encoder)


def write_vectors(
    store: GraphStore,
    vectors: Vectors,
    encode: Callable[[str], Vector],
    tell: Callable[[int, int], object] = lambda done, total: None,
) -> int:
    """Make the vectors that are missing; returns how many. `tell` is given how many are done, of how many.

    Raises StoreError.
    """
    missing: dict[str, dict[str, str]] = {}
    for label in LABELS:
        texts = {
            row["id"]: row["text"]
            for row in store.stream(f"MATCH (n:{label}) RETURN n.id AS id, n.text AS text")
        }
        known = vectors.known(label)
        vectors.drop(label, known - texts.keys())
        missing[label] = {id_: text for id_, text in texts.items() if id_ not in known and text}
    total, done = sum(map(len, missing.values())), 0
    for label, texts in missing.items():
        for batch in _batches(texts):
            rows = {}
            for id_ in batch:
                rows[id_] = encode(texts[id_])
                done += 1
                tell(done, total)
            vectors.add(label, rows)
    return total


def _batches(ids: Mapping[str, str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := [*islice(rest, BATCH)]:
        yield batch
