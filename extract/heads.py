"""Heads: small linear models, trained on the annotated samples, that decide together with the rules.

Each knows characters and their pairs, where they stand, and what the rules say
(docs/decisions/0006-trained-heads.md).
`python -m extract.training heads` writes their weights into `models/heads.json`.
"""

from __future__ import annotations

import base64
import json
import math
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.rules import BadRule

FILE = Path(__file__).parent / "models" / "heads.json"
FORMAT = "suyin.heads/3"
#: The heads that choose a code, by their names in the file.
CHOOSERS = ("kinds", "inspected", "issuer", "categories", "cause_types", "statuses")
#: The length to which the features of a node are scaled, so that a long text weighs what a short one does.
LENGTH = 5.0
#: Which number it is says nothing: 2019年 and 2021年 are alike.
DIGITS = str.maketrans("123456789", "000000000")

#: A range of the text, and how much its characters count.
Field = tuple[int, int, float]
#: Name of a feature -> its value.
Features = dict[str, float]
#: A row for each recommendation, a column for each problem.
Table = NDArray[np.float64]


class Grams:
    """The characters of a text and its pairs of characters, by offset."""

    def __init__(self, text: str) -> None:
        self.text = text.translate(DIGITS)
        self.pairs = [*map(operator.add, self.text, self.text[1:])]

    def of(self, start: int, end: int, around: Iterable[Field] = ()) -> Features:
        """What stands in a range, with value 1, and the pairs of others around it that stand not there.

        A pair that stands in several of them has the value of that which counts most.
        """
        found: Features = {}
        for s, e, weight in sorted(around, key=operator.itemgetter(2)):
            found |= dict.fromkeys(self.pairs[s : max(s, e - 1)], weight)
        found |= dict.fromkeys(self.pairs[start : max(start, end - 1)], 1.0)
        return found | dict.fromkeys(self.text[start:end], 1.0)


def said_by_words(scores: Mapping[str, float]) -> Features:
    """What the weighted words of the rules say, for each code its share and its weight."""
    total = math.fsum(scores.values())
    return {f"share:{code}": value / total for code, value in scores.items() if total} | {
        f"weight:{code}": math.log1p(value) / 3 for code, value in scores.items()
    }


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses one of some codes. `weights`: a row for each feature, a column for each code."""

    codes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def choose(self, features: Features) -> str:
        """The likeliest code. Features that were not seen in training say nothing."""
        return self.codes[int(self._scores(features).argmax())]

    def likelihood(self, code: str, features: Features) -> float:
        """In [0, 1], of one of the codes; 0 of one that was never right in training."""
        if code not in self.codes:
            return 0.0
        scores = self._scores(features)
        shares = np.exp(scores - scores.max())
        return float(shares[self.codes.index(code)] / shares.sum())

    def _scores(self, features: Features) -> NDArray[np.float32]:
        known = [name for name in features if name in self.rows]
        values = np.array([features[name] for name in known], np.float32)
        scale = LENGTH / (float(np.sqrt(values @ values)) or 1.0)
        scores: NDArray[np.float32] = (
            self.bias + values @ self.weights[[self.rows[name] for name in known]] * scale
        )
        return scores


@dataclass(frozen=True, slots=True)
class Match:
    """How likely recommendations answer problems, by what they are alike in."""

    weights: Mapping[str, float]
    bias: float

    def likelihood(self, likeness: Mapping[str, Table]) -> Table:
        """In [0, 1], for each cell of the tables."""
        zero = np.zeros(next(iter(likeness.values())).shape)
        return 1 / (1 + np.exp(-self.bias - sum((self.weights[k] * v for k, v in likeness.items()), zero)))


@dataclass(frozen=True, slots=True)
class Heads:
    """`inspected`, `issuer`: of a unit, "yes" or "no"."""

    kinds: Chooser
    inspected: Chooser
    issuer: Chooser
    categories: Chooser
    cause_types: Chooser
    statuses: Chooser
    addresses: Match


@cache
def load_heads() -> Heads:
    """The heads that Suyin comes with; loaded once a process. Raises BadRule where their file is missing."""
    try:
        return heads_from(json.loads(FILE.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BadRule(f"models/{FILE.name}: missing; reinstall Suyin") from None


def heads_from(content: Mapping[str, Any]) -> Heads:
    """Heads as their file has them."""
    if content["format"] != FORMAT:
        raise BadRule(f"models/{FILE.name}: format {content['format']!r}, not {FORMAT!r}; train it anew")
    addresses = Match(content["addresses"]["weights"], content["addresses"]["bias"])
    return Heads(**{name: unpack(content[name]) for name in CHOOSERS}, addresses=addresses)


def pack(chooser: Chooser) -> dict[str, Any]:
    """For JSON: weights as signed bytes of a common step, row by row, in base64."""
    step = float(np.abs(chooser.weights).max(initial=0)) / 127 or 1.0
    weights = np.rint(chooser.weights / step).astype(np.int8)
    says = weights.any(axis=1)
    return {
        "codes": list(chooser.codes),
        "bias": [round(float(b), 4) for b in chooser.bias],
        "step": float(f"{step:.6g}"),
        "features": "\t".join(name for name, row in chooser.rows.items() if says[row]),
        "weights": base64.b64encode(weights[says].tobytes()).decode(),
    }


def unpack(content: Mapping[str, Any]) -> Chooser:
    """A Chooser that was packed."""
    names = content["features"].split("\t") if content["features"] else []
    codes = tuple(content["codes"])
    weights = np.frombuffer(base64.b64decode(content["weights"]), np.int8).reshape(len(names), len(codes))
    return Chooser(
        codes,
        {name: row for row, name in enumerate(names)},
        weights.astype(np.float32) * np.float32(content["step"]),
        np.array(content["bias"], np.float32),
    )
