"""Categories of problems and types of causes, by weighted words."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.draft import Draft, Node, draft_of

#: How much a word counts by where it stands.
_HEADLINE, _BODY, _PARENT = 3.0, 0.6, 0.8


@Language.component("suyin_categories")
def assign_categories(doc: Doc) -> Doc:
    draft = draft_of(doc)
    for problem in draft.of("Problem"):
        scores = category_scores(draft, problem)
        best = max(scores.items(), key=lambda kv: (kv[1], kv[0]), default=None)
        problem.properties["category"] = best[0] if best and best[1] >= 1.5 else "other"
    for cause in draft.of("RootCause"):
        scores = draft.rules.cause_types.scores(draft.words(cause)[:160])
        first = draft.rules.cause_types.scores(draft.words(cause)[:12])
        for code, value in first.items():
            scores[code] = scores.get(code, 0.0) + value
        best = max(scores.items(), key=lambda kv: (kv[1], kv[0]), default=None)
        cause.properties["type"] = best[0] if best else "responsibility"
    return doc


def category_scores(draft: Draft, problem: Node) -> dict[str, float]:
    lexicon = draft.rules.categories
    scores: dict[str, float] = {}

    def add(words: str, weight: float, cap: float = 99.0) -> None:
        found = lexicon.scores(words)
        for code, value in found.items():
            scores[code] = scores.get(code, 0.0) + min(value, cap) * weight

    head = problem.headline or (problem.start, problem.end)
    add(draft.text[head[0] : head[1]], _HEADLINE)
    add(draft.text[head[1] : problem.end], _BODY, cap=8.0)
    weight = _PARENT
    for parent in problem.ancestors():
        if parent.headline:
            add(draft.text[parent.headline[0] : parent.headline[1]], weight)
            weight *= 0.5
    return scores
