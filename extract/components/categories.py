"""Categories of problems and types of causes, by weighted words."""

from __future__ import annotations

import math

from spacy.language import Language
from spacy.tokens import Doc

from extract.draft import Node, draft_of, first_sentence
from extract.lexicon import Hits
from extract.ranges import Spans

#: How much a word counts by where it stands.
_HEADLINE, _BODY, _PARENT = 3.0, 0.6, 0.8
#: What a kind of report is usually about: an accident is about safety, an audit about money.
_USUAL = {
    "accident-report": {"safety": 40.0},
    "audit-report": {"finance": 3.0, "assets": 3.0, "procurement": 1.5},
}
#: What a report is called speaks for all of its problems.
_TITLE = 0.4
#: A circular on fires or production safety finds little else.
_SAFETY_TITLE = 1.5
#: Below this sum of weights nothing speaks for a category; then it is the work that a unit is there for.
_LEAST = 1.5
_UNMARKED = "policy-execution"


@Language.component("suyin_categories")
def assign_categories(doc: Doc) -> Doc:
    draft = draft_of(doc)
    # what a unit is called says nothing of what went wrong there: 县残疾人联合会, 安全生产监督管理局
    names = Spans((span.start, span.end) for span in doc.spans["units"])
    draft.hits = draft.rules.categories.find(draft.text).outside(names)
    usual = dict(_USUAL.get(draft.kind, {}))
    if draft.title:
        spoken = draft.hits.scores(*draft.title)
        spoken.pop("rectification", None)  # 整改情况的通报 is what the report is, not what its problems are
        for code, value in spoken.items():
            usual[code] = usual.get(code, 0.0) + value * (_SAFETY_TITLE if code == "safety" else _TITLE)
    for problem in draft.of("Problem"):
        problem.scores = category_scores(draft.hits, problem)
        spoken = {c: problem.scores.get(c, 0.0) + usual.get(c, 0.0) for c in {*problem.scores, *usual}}
        best = max(spoken.items(), key=lambda kv: (kv[1], kv[0]), default=None)
        problem.properties["category"] = best[0] if best and best[1] >= _LEAST else _UNMARKED
    types = draft.rules.cause_types.find(draft.text).outside(names)
    for cause in draft.of("RootCause"):
        scores: dict[str, float] = {}
        head = first_sentence(draft.text, cause.start, cause.end)[1]
        for end, weight in ((cause.start + 12, 1.0), (head, 0.6), (cause.start + 160, 0.4)):
            for code, value in types.scores(cause.start, min(cause.end, end)).items():
                scores[code] = scores.get(code, 0.0) + value * weight
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
