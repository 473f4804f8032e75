"""What the wording of clauses says of their roles: a linear model over characters, beside the encoder.

It sees the pairs and triples of characters of a clause, how the two before and behind it begin and end, and
the headings above. It errs elsewhere than the encoder: together they are right more often than either
(docs/decisions/0007-trained-reader.md). `python -m extract.training heads` writes its weights.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.heads import DIGITS
from extract.reading.chain import Floats
from extract.reading.clauses import Clause

FILE = Path(__file__).parents[1] / "models" / "reader" / "wording.npz"
#: Features share so many rows, as a hash deals them out.
ROWS = 1 << 17
#: How far its word counts beside the encoder's; 0.25 to 0.35 do alike.
WEIGHT = 0.25
#: No role is less likely than this, as a logarithm: what it has never seen is not impossible.
_LEAST = -8.0
#: A report has so many places.
_PLACES = 10


class Wording(NamedTuple):
    """`weights`: (ROWS, labels), signed bytes; `steps`: (labels,), what one step is worth; `bias`:
    (labels,)."""

    weights: NDArray[np.int8]
    steps: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, text: str, clauses: Sequence[Clause], kind: str) -> Floats:
        """The logarithms (clauses, labels) of how probable each label is."""
        scores = np.empty((len(clauses), len(self.bias)))
        for i, seen in enumerate(features(text, clauses, kind)):
            rows = rows_of(seen)
            scores[i] = self.weights[rows].sum(axis=0, dtype=np.int32) * self.steps / np.sqrt(len(rows))
        scores += self.bias
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return np.maximum(scores, _LEAST)


def read_wording(file: Path = FILE) -> Wording:
    """The weights that Suyin comes with."""
    with np.load(file) as data:
        return Wording(data["weights"], data["steps"], data["bias"])


def rows_of(seen: set[str]) -> NDArray[np.int64]:
    """The rows of some features, each once."""
    return np.unique(np.array([zlib.crc32(name.encode()) % ROWS for name in seen], np.int64))


def features(text: str, clauses: Sequence[Clause], kind: str) -> list[set[str]]:
    """What is seen of each clause of a clean text, of a report of this kind."""
    text = text.translate(DIGITS)
    words = [text[c.body : c.end] for c in clauses]
    seen: list[set[str]] = []
    above: list[str] = ["", ""]
    for i, clause in enumerate(clauses):
        own = words[i]
        if clause.heading:
            above = [own, above[0]]
        place = clause.start / max(1, len(text))
        found = {
            *(f"{size}{gram}" for size in (1, 2, 3) for gram in _grams(own, size)),
            *_ends("", own),
            *(f"h{n}{gram}" for n, heading in enumerate(above) for gram in _grams(heading, 2)),
            f"marker {text[clause.start : clause.body]}",
            f"kind {kind} {int(place * _PLACES / 2)}",
            f"place {int(place * _PLACES)}",
            f"heading {clause.heading}",
            f"length {min(8, len(own) // 5)}",
        }
        for step in (-2, -1, 1, 2):
            if not 0 <= i + step < len(clauses):
                found.add(f"{step} none")
                continue
            other = clauses[i + step]
            found |= _ends(f"{step}", words[i + step])
            found.add(f"{step} marker {text[other.start : other.body]}")
            found.add(f"{step} same {other.line == clause.line} {other.sentence == clause.sentence}")
            if abs(step) == 1:
                found |= {f"{step}{gram}" for gram in _grams(words[i + step], 2)}
        seen.append(found)
    return seen


def _grams(words: str, size: int) -> list[str]:
    return [words[k : k + size] for k in range(len(words) - size + 1)]


def _ends(name: str, words: str) -> set[str]:
    """How a clause begins and ends."""
    return {
        f"{name}{sign}{part}" for n in (1, 2, 3, 4) for sign, part in (("^", words[:n]), ("$", words[-n:]))
    }
