"""Trains what the wording of clauses says of their roles (`extract/reading/wording.py`)."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from extract.reading.labels import KINDS, LABELS
from extract.reading.wording import FILE, ROWS, features, rows_of
from extract.training.examples import Example, read_examples

#: How freely weights may grow (the C of a logistic regression).
_FREEDOM = 8.0
_ROUNDS = 60


def train_wording(folders: Iterable[Path], file: Path = FILE) -> None:
    """Learn from the annotated reports of some folders, each with its `gold/`, and write the weights.

    Raises GoldError, ReadError.
    """
    examples = read_examples([folder / "gold" for folder in folders])
    data, labels = _table(examples)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # more rounds change little
        model = LogisticRegression(C=_FREEDOM, max_iter=_ROUNDS).fit(data, labels)
    weights = np.zeros((ROWS, len(LABELS)), np.float32)
    bias = np.full(len(LABELS), model.intercept_.min(), np.float32)  # of a label that no report has
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    steps = np.abs(weights).max(axis=0) / 127
    steps[steps == 0] = 1.0
    small = np.rint(weights / steps).astype(np.int8)
    np.savez_compressed(file, weights=small, steps=steps.astype(np.float32), bias=bias)


def _table(examples: Iterable[Example]) -> tuple[csr_matrix, list[int]]:
    """A row for each clause that counts, its features scaled to length 1; and its label."""
    columns: list[np.ndarray] = []
    labels: list[int] = []
    for example in examples:
        seen = features(example.text, example.clauses, KINDS[example.kind])
        for some, label, counts in zip(seen, example.labels, example.counts, strict=True):
            if counts:
                columns.append(rows_of(some))
                labels.append(label)
    starts = np.cumsum([0, *map(len, columns)])
    values = np.concatenate([np.full(len(some), len(some) ** -0.5, np.float32) for some in columns])
    shape = (len(columns), ROWS)
    return csr_matrix((values, np.concatenate(columns), starts), shape=shape), labels
