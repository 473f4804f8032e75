"""Categories of problems and types of causes, by weighted words."""

from __future__ import annotations

import math

from spacy.language import Language
from spacy.tokens import Doc

from extract.draft import Node, draft_of
from extract.rules import Hits

#: How much a word counts by where it stands.
_HEADLINE, _BODY, _PARENT = 3.0, 0.6, 0.8
#: What a kind of report is usually about: an accident is about safety, an audit about money.
_USUAL = {
    "accident-report": {"safety": 12.0},
    "audit-report": {"finance": 3.0, "assets": 3.0, "procurement": 1.5},
}
#: Below this sum of weights a problem belongs to no category.
_LEAST = 1.5


@Language.component("suyin_categories")
def assign_categories(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.hits = draft.rules.categories.find(draft.text)
    for problem in draft.of("Problem"):
        problem.scores = category_scores(draft.hits, problem)
        for code, value in _USUAL.get(draft.kind, {}).items():
            problem.scores[code] = problem.scores.get(code, 0.0) + value
        best = max(problem.scores.items(), key=lambda kv: (kv[1], kv[0]), default=None)
        problem.properties["category"] = best[0] if best and best[1] >= _LEAST else "other"
    types = draft.rules.cause_types.find(draft.text)
    for cause in draft.of("RootCause"):
        scores = types.scores(cause.start, min(cause.end, cause.start + 160))
        for code, value in types.scores(cause.start, min(cause.end, cause.start + 12)).items():
            scores[code] += value
        best = max(scores.items(), key=lambda kv: (kv[1], kv[0]), default=None)
        cause.properties["type"] = best[0] if best else "responsibility"
    return doc


def category_scores(hits: Hits, problem: Node) -> dict[str, float]:
    """How much a problem's words speak for each category: headline, text, headlines of its parents."""
    scores: dict[str, float] = {}

    def add(start: int, end: int, weight: float, cap: float = math.inf) -> None:
        for code, value in hits.scores(start, end).items():
            scores[code] = scores.get(code, 0.0) + min(value, cap) * weight

    head = problem.headline or (problem.start, problem.end)
    add(*head, _HEADLINE)
    add(head[1], problem.end, _BODY, cap=8.0)
    weight = _PARENT
    for parent in problem.ancestors():
        if parent.headline:
            add(*parent.headline, weight)
            weight *= 0.5
    return scores
