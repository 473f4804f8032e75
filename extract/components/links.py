"""Inferred links, by content: the causes of an analysis to problems, recommendations to what they address.

For causes two views are blended: shared categories (the lexicon), and shared words (pairs of characters,
weighted by how rare they are in the report, as in BM25). For recommendations a trained head weighs what they
share with problems (matching.py). A link is drawn only where it stands out; where none does, none is.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extract.components.component import component
from extract.components.matching import matching
from extract.components.told_links import link_told
from extract.draft import Draft
from extract.found import Categories, Found
from extract.heads import load_heads
from extract.nodes import Node
from extract.problems.statements import is_problem
from extract.rules import LinkRule

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
#: Beyond so many comparisons the text is no report.
_MOST = 250_000
#: Below this confidence the trained reader doubts a node of the rules.
_DOUBTED = 0.1
#: Who draws a link: the likeness below, or the trained head.
_RULES = {"CAUSED_BY": "link.content", "ADDRESSES": "head.addresses"}


@component("links", "statements", "categories")
def infer_links(draft: Draft) -> Found:
    problems = [p for p in draft.of("Problem") if not _only_holds(draft, p)]
    if len(problems) * len(draft.of("RootCause")) <= _MOST:
        link_told(draft, problems)
    if problems:
        # an accident report states how its causes and failings hang together; nothing is left to infer
        told = {id(bond.target) for bond in draft.bonds if bond.type == "CAUSED_BY"}
        causes = [c for c in draft.of("RootCause") if c.parent is None and id(c) not in told]
        causes = causes if draft.kind != "accident-report" else []
        answered = {id(bond.source) for bond in draft.bonds if bond.type == "ADDRESSES"}
        recommendations = [r for r in draft.of("Recommendation") if not r.items and id(r) not in answered]
        if len(problems) * (len(causes) + len(recommendations)) > _MOST:
            draft.warnings.append("too many problems to link by content: 问题过多，未作推断")
        else:
            if causes:
                likeness = Likeness(draft, draft.results.categories, problems, causes)
                _link(draft, "CAUSED_BY", causes, problems, likeness.table(draft.rules.links["CAUSED_BY"]))
            if recommendations:
                head = (draft.report.heads or load_heads()).addresses
                answers = head.likelihood(matching(draft, recommendations, problems))
                _link(draft, "ADDRESSES", recommendations, problems, answers.tolist())
    for node in [*draft.of("Problem"), *draft.of("Recommendation")]:
        if node.parent is not None:
            draft.bond("PART_OF", node, node.parent)
    return draft.found(Found)


def _only_holds(draft: Draft, problem: Node) -> bool:
    """Is it a heading that states nothing and of which the trained reader knows nothing: 其他共性问题?"""
    doubted = problem.properties.get("confidence", 1.0) < _DOUBTED
    return (
        bool(problem.items)
        and doubted
        and not is_problem(draft, *(problem.headline or (problem.start, problem.end)))
    )


class Likeness:
    """How alike each of some nodes is to each problem of its report, in [0, 1]."""

    def __init__(self, draft: Draft, told: Categories, problems: list[Node], nodes: list[Node]) -> None:
        self.hits = told.hits
        self.problems = problems
        self.nodes = nodes
        self.boilerplate = draft.rules.boilerplate
        # the pair of Chinese characters that begins at each offset, else None
        self.pairs: list[str | None] = [None] * len(draft.text)
        for run in _HAN.finditer(draft.text):
            self.pairs[run.start() : run.end() - 1] = map(operator.add, run[0], run[0][1:])
        # code -> (problem, share of the code there)
        self.coded: dict[str, list[tuple[int, float]]] = {}
        for i, problem in enumerate(problems):
            for code, share in _shares(told.scores[problem]).items():
                self.coded.setdefault(code, []).append((i, share))
        self.asked = {id(node): self.words(node.start, node.end) for node in nodes}
        wanted = {w for words in self.asked.values() for w in words}
        counts, totals = [], []
        for p in problems:
            count = Counter(self.pairs[p.start : max(p.start, p.end - 1)])
            empty = count.pop(None, 0)
            totals.append(
                p.end - 1 - p.start - empty - sum(count[w] for w in self.boilerplate & count.keys())
                if p.end > p.start
                else 0
            )
            counts.append({w: count[w] for w in wanted & count.keys()})
        n = len(problems)
        seen = Counter(w for words in counts for w in words)
        self.weight = {w: math.log(1 + n / c) for w, c in seen.items()}
        mean = sum(totals) / n or 1.0
        # word -> (problem, weight of the word there)
        self.postings: dict[str, list[tuple[int, float]]] = {}
        for i, (problem, words, total) in enumerate(zip(problems, counts, totals, strict=True)):
            length = 0.4 + 0.6 * total / mean
            s, e = problem.headline or (problem.start, problem.end)
            head = set(self.pairs[s : max(s, e - 1)])
            for w, c in words.items():
                worth = c / (c + length) + (0.8 if w in head else 0.0)
                self.postings.setdefault(w, []).append((i, self.weight[w] * worth))

    def words(self, start: int, end: int) -> list[str]:
        """The different pairs of characters of a range that carry content."""
        pairs = dict.fromkeys(self.pairs[start : max(start, end - 1)])
        return [p for p in pairs if p is not None and p not in self.boilerplate]

    def table(self, rule: LinkRule) -> Iterable[list[float]]:
        """For each node in turn its likeness to each problem."""
        for at, node in enumerate(self.nodes):
            yield self.to(node, rule, at / max(1, len(self.nodes) - 1))

    def to(self, node: Node, rule: LinkRule, place: float) -> list[float]:
        """The likeness to each problem; `place` is where the node stands in its list, in [0, 1]."""
        words = self.asked[id(node)]
        codes = _shares(self.hits.scores(node.start, node.end))
        norm = math.fsum(self.weight.get(w, 0.0) for w in words) or 1.0
        lexical = [0.0] * len(self.problems)
        for w in words:
            for i, worth in self.postings.get(w, ()):
                lexical[i] += worth
        common: list[list[float]] = [[] for _ in self.problems]
        for code, value in codes.items():
            for i, share in self.coded.get(code, ()):
                common[i].append(min(value, share))
        last = max(1, len(self.problems) - 1)
        return [
            rule.words * min(1.0, 1.6 * x / norm)
            + (1 - rule.words) * math.fsum(shares)
            + rule.place * (1 - abs(place - i / last))
            for i, (x, shares) in enumerate(zip(lexical, common, strict=True))
        ]


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    total = math.fsum(scores.values())
    return {c: v / total for c, v in scores.items()} if total else {}


def _link(
    draft: Draft, type_: str, nodes: list[Node], problems: list[Node], table: Iterable[Sequence[float]]
) -> None:
    """Draw what stands out in a table of how alike the nodes (rows) and the problems (columns) are.

    An analysis looks back: of 15 links from a cause to a problem told after it none was right.
    """
    rule = draft.rules.links[type_]
    advises = type_ == "ADDRESSES"
    for node, likeness in zip(nodes, table, strict=True):
        scores = [
            x if node.scope in (None, p, *p.ancestors()) and (advises or p.start <= node.start) else 0.0
            for x, p in zip(likeness, problems, strict=True)
        ]
        order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
        least = max(rule.floor, rule.share * scores[order[0]])
        chosen: list[Node] = []
        for i in order[: 2 * rule.most]:
            problem = problems[i]
            lineage = any(problem in c.ancestors() or c in problem.ancestors() for c in chosen)
            if scores[i] < least or lineage or len(chosen) == rule.most:
                continue
            chosen.append(problem)
            ends = (problem, node) if type_ == "CAUSED_BY" else (node, problem)
            confidence = rule.confidence(scores[i])
            draft.bond(type_, *ends, method="inferred", confidence=confidence, rule=_RULES[type_])
