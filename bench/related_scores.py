"""Scores of rankings by judgements: nDCG with intervals, and how far the two readings agree."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

from bench.pages import table

DEPTH = 10
_ROUNDS = 10_000
#: Grades: 0 of no use for the problem, 1 of some use, 2 what should be done about it.
GRADES = (0, 1, 2)
#: Problem -> recommendation -> the grade of each reading.
Judgements = Mapping[str, Mapping[str, tuple[int, ...]]]
#: Problem -> system -> recommendations, the best first.
Rankings = Mapping[str, Mapping[str, Sequence[str]]]


def read_judgements(path: Path) -> Judgements:
    """From a TSV of problem, recommendation and a column of grades for each reading."""
    judged: dict[str, dict[str, tuple[int, ...]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for problem, recommendation, *grades in list(csv.reader(file, delimiter="\t"))[1:]:
            judged.setdefault(problem, {})[recommendation] = tuple(map(int, grades))
    return judged


def report(rankings: Rankings, judged: Judgements, ours: str, baselines: Sequence[str]) -> str:
    """The figures of all systems, as Markdown. Problems that nothing found helps are left out of nDCG."""
    answered = [p for p in sorted(judged) if p in rankings and any(gain(g) for g in judged[p].values())]
    systems = list(rankings[answered[0]])
    scores = {name: [ndcg(rankings[p][name], judged[p]) for p in answered] for name in systems}
    best = max(baselines, key=lambda name: mean(scores[name]))
    rows = []
    for name in systems:
        shown = [[judged[p].get(id_) for id_ in rankings[p][name]] for p in answered]
        seen = [grades for each in shown for grades in each]
        flat = [grades for grades in seen if grades is not None]
        rows.append(
            (
                f"**{name}**" if name == ours else name,
                f"{mean(scores[name]):.3f} {_interval(scores[name])}",
                f"{mean(scores[name]) / mean(scores[best]):.2f} "
                f"{_ratio_interval(scores[name], scores[best])}",
                f"{mean(map(gain, flat)) / 3:.2f}" if flat else "",
                f"{mean(map(len, shown)):.1f}",
                f"{len(flat) / max(1, len(seen)):.0%}",
            )
        )
    pairs = [grades for by_id in judged.values() for grades in by_id.values()]
    head = ("system", f"nDCG@{DEPTH} [95%]", f"× {best} [95%]", "gain of what is shown", "shown", "judged")
    return (
        f"{table(head, rows)}\n\n{len(judged)} problems were judged, {len(rankings)} of them are in the "
        f"graph, {len(answered)} of these have something of use; {len(pairs):,} pairs were judged. "
        f"Two readings agree in {_agreement(pairs):.0%} of them, "
        f"weighted kappa {_kappa(pairs):.2f}.\n"
    )


def gain(grades: Sequence[int]) -> float:
    """2^grade - 1, the mean of the readings."""
    return mean(2**grade - 1 for grade in grades)


def ndcg(ids: Sequence[str], judged: Mapping[str, Sequence[int]]) -> float:
    """nDCG of the first DEPTH; what was not judged gains nothing, as what is not there."""
    gains = [gain(judged[id_]) if id_ in judged else 0.0 for id_ in ids[:DEPTH]]
    ideal = sorted(map(gain, judged.values()), reverse=True)[:DEPTH]
    return _dcg(gains) / _dcg(ideal)


def _dcg(gains: Sequence[float]) -> float:
    return sum(value / math.log2(place + 2) for place, value in enumerate(gains))


def _interval(scores: Sequence[float]) -> str:
    chance = random.Random(0)
    return _middle([mean(chance.choices(scores, k=len(scores))) for _ in range(_ROUNDS)])


def _ratio_interval(scores: Sequence[float], others: Sequence[float]) -> str:
    """Problems are drawn for both at once."""
    chance, pairs = random.Random(0), list(zip(scores, others, strict=True))
    drawn = (chance.choices(pairs, k=len(pairs)) for _ in range(_ROUNDS))
    return _middle([sum(a for a, _ in each) / sum(b for _, b in each) for each in drawn])


def _middle(values: list[float]) -> str:
    ordered = sorted(values)
    return f"[{ordered[int(0.025 * len(ordered))]:.2f}, {ordered[int(0.975 * len(ordered))]:.2f}]"


def _agreement(pairs: Sequence[Sequence[int]]) -> float:
    return mean(len(set(grades)) == 1 for grades in pairs)


def _kappa(pairs: Sequence[Sequence[int]]) -> float:
    """Cohen's kappa of the first two readings, by the squares of their differences."""
    first, second = zip(*(grades[:2] for grades in pairs), strict=True)
    observed = mean((a - b) ** 2 for a, b in zip(first, second, strict=True))
    share = [[column.count(grade) / len(pairs) for grade in GRADES] for column in (first, second)]
    expected = sum(share[0][a] * share[1][b] * (a - b) ** 2 for a in GRADES for b in GRADES)
    return 1 - observed / expected
