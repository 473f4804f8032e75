"""Vectors in the vector index of a Neo4j: a node of its own for each, tied to nothing but its node's id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph.store import GraphStore
from graph.vectors_file import Vector

_MADE = (
    "CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (v:{label}) REQUIRE v.id IS UNIQUE",
    "CREATE VECTOR INDEX {name} IF NOT EXISTS FOR (v:{label}) ON (v.vector) OPTIONS {{indexConfig: "
    "{{`vector.dimensions`: {width}, `vector.similarity_function`: 'cosine'}}}}",
)
_ADD = (
    "UNWIND $rows AS row MERGE (v:{label} {{id: row.id}}) SET v.encoder = $encoder WITH v, row "
    "CALL db.create.setNodeVectorProperty(v, 'vector', row.vector)"
)
#: Vectors that the mean is taken of.
_SAMPLE = 500


class Neo4jVectors:
    """Vectors as nodes `ProblemVector` and `RecommendationVector`."""

    def __init__(self, store: GraphStore, encoder: str) -> None:
        self.store, self.encoder = store, encoder
        self._means: dict[str, Vector] = {}

    def any(self) -> bool:
        return bool(
            self.store.read(
                "MATCH (v:ProblemVector) WHERE v.encoder = $encoder RETURN v.id AS id LIMIT 1",
                encoder=self.encoder,
            )
        )

    def known(self, label: str) -> set[str]:
        rows = self.store.stream(
            f"MATCH (v:{label}Vector) WHERE v.encoder = $encoder RETURN v.id AS id", encoder=self.encoder
        )
        return {row["id"] for row in rows}

    def add(self, label: str, rows: Mapping[str, Vector]) -> None:
        width = len(next(iter(rows.values())))
        for statement in _MADE:
            self.store.write(statement.format(name=_index(label), label=f"{label}Vector", width=width))
        self.store.write(
            _ADD.format(label=f"{label}Vector"),
            encoder=self.encoder,
            rows=[{"id": id_, "vector": rows[id_].tolist()} for id_ in sorted(rows)],
        )

    def drop(self, label: str, ids: set[str]) -> None:
        if ids:
            self.store.write(
                f"UNWIND $ids AS id MATCH (v:{label}Vector {{id: id}}) DELETE v", ids=sorted(ids)
            )

    def mean(self, label: str) -> Vector | None:
        if label not in self._means:
            rows = self.store.read(
                f"MATCH (v:{label}Vector) WHERE v.encoder = $encoder RETURN v.vector AS vector LIMIT $sample",
                encoder=self.encoder,
                sample=_SAMPLE,
            )
            if not rows:
                return None
            mean: Vector = np.array([row["vector"] for row in rows], np.float32).mean(axis=0)
            if len(rows) < _SAMPLE:  # more will come
                return mean
            self._means[label] = mean
        return self._means[label]

    def nearest(self, label: str, vector: Vector, limit: int) -> list[str]:
        rows = self.store.read_only(
            "CALL db.index.vector.queryNodes($name, $limit, $vector) YIELD node, score "
            "RETURN node.id AS id ORDER BY score DESC, id",
            name=_index(label),
            limit=limit,
            vector=vector.tolist(),
        ).rows
        return [row["id"] for row in rows]  # the scores are of rounded vectors

    def cosines(self, label: str, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        rows = self.store.read_only(
            f"UNWIND $ids AS id MATCH (v:{label}Vector {{id: id}}) WHERE v.vector IS NOT NULL "
            "RETURN id, vector.similarity.cosine(v.vector, $vector) AS score",
            ids=list(ids),
            vector=vector.tolist(),
        ).rows
        return {row["id"]: 2 * row["score"] - 1 for row in rows}  # Neo4j's cosine is from 0 to 1


def _index(label: str) -> str:
    return f"vector_{label.lower()}"
