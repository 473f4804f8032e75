"""The chain of labels (a linear-chain CRF): the likeliest labels of a text's clauses, and their
probabilities."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Chain(NamedTuple):
    """`follows[a, b]`: how well label b follows a; `first`, `last`: how well a text begins, ends with a
    label."""

    follows: Floats
    first: Floats
    last: Floats

    def read(self, scores: Floats, temperature: float = 1.0) -> tuple[list[int], Floats]:
        """The likeliest labels, and the probability (clauses, labels) of each label of each clause.

        `scores` (clauses, labels); above 1, `temperature` makes the probabilities less sure.
        """
        follows, first, last = (part / temperature for part in self)
        scores = scores / temperature
        n, labels = scores.shape
        ahead, best = np.zeros((n, labels)), np.zeros((n, labels))
        back = np.zeros((n, labels), np.int64)
        ahead[0] = best[0] = first + scores[0]
        for t in range(1, n):
            ahead[t] = _log_sum(ahead[t - 1][:, None] + follows, 0) + scores[t]
            ways = best[t - 1][:, None] + follows
            back[t] = ways.argmax(0)
            best[t] = ways.max(0) + scores[t]
        behind = np.zeros((n, labels))
        behind[-1] = last
        for t in range(n - 2, -1, -1):
            behind[t] = _log_sum(follows + (scores[t + 1] + behind[t + 1])[None, :], 1)
        total = ahead + behind
        probable = np.exp(total - _log_sum(total, 1)[:, None])
        path = [int((best[-1] + last).argmax())]
        for t in range(n - 1, 0, -1):
            path.append(int(back[t][path[-1]]))
        return path[::-1], probable


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis, keepdims=True)
    summed: Floats = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return summed
