"""The sentence encoder and the vectors, as far as they are there: without them words alone are compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.sentences import NAME, Vector, can_run, open_encoder
from graph.store import GraphStore
from graph.vectors import Vectors, open_vectors


class Meaning:
    """Likeness in meaning to texts of one store. `encoder`: the folder of its files."""

    def __init__(self, store: GraphStore, encoder: Path) -> None:
        self._encoder = encoder
        self._vectors: Vectors = open_vectors(store, NAME)

    def of(self, text: str) -> Vector | None:
        """The vector of a text; None where the encoder or the vectors are missing."""
        ready = can_run(self._encoder) and self._vectors.any()
        return open_encoder(self._encoder).encode(text) if ready and text.strip() else None

    def nearest(self, label: str, vector: Vector, limit: int) -> set[str]:
        """The ids of the likest nodes."""
        return {*self._vectors.nearest(label, vector, limit)}

    def likeness(self, label: str, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        """From 0 (no more than any text of the label) to 1 (the same), by the ids of nodes that have vectors.

        A few words are like nothing much, a whole paragraph like everything: so what counts as nothing is
        asked anew for each text.
        """
        mean = self._vectors.mean(label)
        nothing = 0.0 if mean is None else float(vector @ mean)
        return {
            id_: max(0.0, (cosine - nothing) / (1 - nothing))
            for id_, cosine in self._vectors.cosines(label, vector, ids).items()
        }
