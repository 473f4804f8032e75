"""Categories of problems, types of causes, status of measures: trained heads, with the words of the rules."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from extract.components.component import component
from extract.draft import Draft
from extract.found import Categories
from extract.heads import Features, Field, Grams, Heads, load_heads, said_by_words
from extract.nodes import Node
from extract.ranges import Spans
from extract.rules.lexicon import Hits
from extract.status import of_measure, only_plans
from extract.text.sentences import first_sentence

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
#: How much characters count for a head by where they stand; those of a headline and of a cause count 1.
_GRAMS_TITLE, _GRAMS_BODY, _GRAMS_PARENT = 0.2, 0.3, 0.4
#: So much of a problem after its headline, and of a cause, is read, in characters.
_READ_BODY, _READ_CAUSE = 150, 160


@component("categories", "statements", "units")
def assign_categories(draft: Draft) -> Categories:
    heads = draft.report.heads or load_heads()
    grams = Grams(draft.text)
    # what a unit is called says nothing of what went wrong there: 县残疾人联合会, 安全生产监督管理局
    names = Spans(draft.results.units.places)
    hits = draft.rules.categories.find(draft.text).outside(names)
    scores = {problem: category_scores(hits, problem) for problem in draft.of("Problem")}
    categories = {
        problem: heads.categories.choose(of_problem(draft, grams, problem, spoken))
        for problem, spoken in spoken_of_problems(draft, hits, scores)
    }
    said = draft.rules.cause_types.find(draft.text).outside(names)
    types = {
        cause: heads.cause_types.choose(of_cause(grams, cause, spoken_of_cause(draft, said, cause)))
        for cause in draft.of("RootCause")
    }
    statuses = {
        measure: _status(draft, heads, draft.words(measure))
        for measure in draft.of("Measure")
        if measure.properties["status"] is None
    }
    return Categories(categories, types, statuses, scores, hits)


def _status(draft: Draft, heads: Heads, words: str) -> str:
    """How far a measure has come of which no word says it."""
    return "ongoing" if only_plans(words, draft.rules) else heads.statuses.choose(of_measure(words, None))


def spoken_of_problems(
    draft: Draft, hits: Hits, scores: Mapping[Node, Mapping[str, float]]
) -> Iterator[tuple[Node, dict[str, float]]]:
    """Each problem with what speaks for each category: its words (`scores`), those of the title, the kind of
    report."""
    usual = dict(_USUAL.get(draft.kind, {}))
    if draft.title:
        spoken = hits.scores(*draft.title)
        spoken.pop("rectification", None)  # 整改情况的通报 is what the report is, not what its problems are
        for code, value in spoken.items():
            usual[code] = usual.get(code, 0.0) + value * (_SAFETY_TITLE if code == "safety" else _TITLE)
    for problem, own in scores.items():
        yield problem, {c: own.get(c, 0.0) + usual.get(c, 0.0) for c in {**own, **usual}}


def spoken_of_cause(draft: Draft, hits: Hits, cause: Node) -> dict[str, float]:
    """What a cause's words speak for each type: its first words most."""
    scores: dict[str, float] = {}
    head = first_sentence(draft.text, cause.start, cause.end)[1]
    for end, weight in ((cause.start + 12, 1.0), (head, 0.6), (cause.start + _READ_CAUSE, 0.4)):
        for code, value in hits.scores(cause.start, min(cause.end, end)).items():
            scores[code] = scores.get(code, 0.0) + value * weight
    return scores


def of_problem(draft: Draft, grams: Grams, problem: Node, spoken: dict[str, float]) -> Features:
    """What a head sees of a problem: headline, text, parents, title, kind of report, weighted words."""
    head = problem.headline or (problem.start, problem.end)
    around: list[Field] = [(head[1], min(problem.end, head[1] + _READ_BODY), _GRAMS_BODY)]
    weight = _GRAMS_PARENT
    for parent in problem.ancestors():
        if parent.headline:
            around.append((*parent.headline, weight))
            weight *= 0.5
    if draft.title:
        around.append((*draft.title, _GRAMS_TITLE))
    return {**grams.of(*head, around), **said_by_words(spoken), f"kind:{draft.kind}": 1.0}


def of_cause(grams: Grams, cause: Node, spoken: dict[str, float]) -> Features:
    """What a head sees of a cause: its text, the weighted words in it."""
    return {**grams.of(cause.start, min(cause.end, cause.start + _READ_CAUSE)), **said_by_words(spoken)}


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
