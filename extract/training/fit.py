"""Heads learned from annotated reports: logistic regressions, the same for the same reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extract.components.matching import matching
from extract.heads import CHOOSERS, FORMAT, LENGTH, Chooser, Features, pack
from extract.training.annotated import Annotated, Example, examples_of

#: A feature must stand in so many reports.
_REPORTS = 4
#: How freely weights may grow (the C of a logistic regression); 0.3 to 1 do alike.
_FREEDOM = 0.5


def train(reports: Sequence[Annotated]) -> dict[str, Any]:
    """Heads learned from some reports, as their file has them; the same reports give the same heads."""
    examples = [examples_of(report) for report in reports]
    choosers = {name: pack(fit_chooser([e for some in examples for e in some[name]])) for name in CHOOSERS}
    return {"format": FORMAT, **choosers, "addresses": _fit_match(reports)}


def fit_chooser(examples: Sequence[Example]) -> Chooser:
    """A logistic regression over the features; where several codes are right, each counts its part.

    Where all examples have the same code there is nothing to choose.
    """
    known_codes = sorted({code for example in examples for code in example.codes})
    if len(known_codes) < 2:
        none = np.zeros((0, len(known_codes)), np.float32)
        return Chooser(tuple(known_codes), {}, none, np.zeros(len(known_codes), np.float32))
    seen: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for name in example.features:
            seen[name].add(example.report)
    names = sorted(n for n, where in seen.items() if len(where) >= _REPORTS and not any(map(str.isspace, n)))
    rows = {name: i for i, name in enumerate(names)}
    data = table_of([example.features for example in examples], rows)
    answers = [(i, code, 1 / len(e.codes)) for i, e in enumerate(examples) for code in e.codes]
    which, codes, shares = zip(*answers, strict=True)
    model = LogisticRegression(C=_FREEDOM, max_iter=500).fit(data[list(which)], codes, sample_weight=shares)
    return chooser_of(model, rows)


def table_of(examples: Sequence[Features], rows: Mapping[str, int]) -> csr_matrix:
    """(examples, rows): the features that have a row, scaled to LENGTH, as a Chooser scales them."""
    cells: list[tuple[int, int, float]] = []
    for i, features in enumerate(examples):
        known = {rows[n]: x for n, x in features.items() if n in rows}
        scale = LENGTH / (sum(x * x for x in known.values()) ** 0.5 or 1.0)
        cells += ((i, row, x * scale) for row, x in known.items())
    at, column, value = zip(*cells, strict=True)
    return csr_matrix((value, (at, column)), shape=(len(examples), len(rows)))


def chooser_of(model: LogisticRegression, rows: Mapping[str, int]) -> Chooser:
    """What a model over such a table has learned."""
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:  # of two codes only the second has weights
        weights, bias = np.vstack([0 * weights, weights]), np.array([0, bias[0]])
    return Chooser(
        tuple(map(str, model.classes_)), rows, weights.T.astype(np.float32), bias.astype(np.float32)
    )


def _fit_match(reports: Sequence[Annotated]) -> dict[str, Any]:
    """A logistic regression over pairs of recommendations and problems; without those that are acceptable."""
    pairs = [found for report in reports if (found := pairs_of(report))]
    names = list(pairs[0][0])
    data = np.concatenate([np.stack([tables[n].ravel() for n in names], axis=1) for tables, _ in pairs])
    answers = np.concatenate([right.ravel() for _, right in pairs])
    sure = ~np.isnan(answers)
    model = LogisticRegression(C=_FREEDOM, max_iter=500).fit(data[sure], answers[sure])
    weights = {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}
    return {"weights": weights, "bias": round(float(model.intercept_[0]), 4)}


def pairs_of(report: Annotated) -> tuple[dict[str, Any], Any] | None:
    """What recommendations and problems are alike in, and where they are linked: 1, 0, nan (acceptable)."""
    problems = list(report.of("Problem"))
    asked = [(gold, node) for gold, node in report.of("Recommendation") if not node.items]
    if not problems or not asked:
        return None
    gold = report.gold
    right = np.zeros((len(asked), len(problems)))
    links = gold.links["addresses"]
    for value, some in ((np.nan, links.acceptable), (1.0, links.required)):
        for source, target in some:
            rows = [i for i, (r, _) in enumerate(asked) if r.id in gold.family(source)]
            columns = [i for i, (p, _) in enumerate(problems) if p.id in gold.family(target)]
            right[np.ix_(rows, columns)] = value
    return matching(report.draft, [r for _, r in asked], [p for _, p in problems]), right
