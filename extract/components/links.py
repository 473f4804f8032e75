"""Inferred links, by content: the causes of an analysis to problems, recommendations to what they address.

Two views are blended: shared categories (the lexicon), and shared words (pairs of characters, weighted by how
rare they are in the report, as in BM25). A link is drawn only where it stands out; where none does, none is.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.categories import category_scores
from extract.draft import Draft, Node, draft_of

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@Language.component("suyin_links")
def infer_links(doc: Doc) -> Doc:
    draft = draft_of(doc)
    problems = draft.of("Problem")
    if problems:
        measure = Likeness(draft, problems)
        # an accident report states how its causes and failings hang together; nothing is left to infer
        causes = [c for c in draft.of("RootCause") if c.parent is None and draft.kind != "accident-report"]
        _link(draft, measure, causes, "CAUSED_BY", share=0.62, floor=0.20)
        recommendations = [
            r
            for r in draft.of("Recommendation")
            if not any(x.parent is r for x in draft.of("Recommendation"))
        ]
        _link(draft, measure, recommendations, "ADDRESSES", share=0.66, floor=0.16)
    for node in draft.of("Problem", "Recommendation"):
        if node.parent is not None and node.parent.label == node.label:
            draft.bond("PART_OF", node, node.parent)
    return doc


def pairs(text: str, boilerplate: frozenset[str]) -> Counter[str]:
    """Pairs of Chinese characters that carry content."""
    out: Counter[str] = Counter()
    for run in _HAN.findall(text):
        out.update(p for p in (run[i : i + 2] for i in range(len(run) - 1)) if p not in boilerplate)
    return out


class Likeness:
    """How alike a node is to each problem of its report, in [0, 1]."""

    def __init__(self, draft: Draft, problems: list[Node]) -> None:
        self.draft = draft
        self.problems = problems
        self.boilerplate = draft.rules.boilerplate
        self.words = [pairs(draft.words(p), self.boilerplate) for p in problems]
        self.heads = [
            pairs(draft.text[slice(*(p.headline or (p.start, p.end)))], self.boilerplate) for p in problems
        ]
        self.codes = [_shares(category_scores(draft, p)) for p in problems]
        n = len(problems)
        seen = Counter(w for words in self.words for w in words)
        self.weight = {w: math.log(1 + n / c) for w, c in seen.items()}
        self.length = sum(sum(w.values()) for w in self.words) / n or 1.0

    def to(self, node: Node) -> list[float]:
        words = pairs(self.draft.words(node), self.boilerplate)
        codes = _shares(self.draft.rules.categories.scores(self.draft.words(node)))
        norm = sum(self.weight.get(w, 0.0) for w in words) or 1.0
        out = []
        for theirs, head, shares in zip(self.words, self.heads, self.codes, strict=True):
            length = 0.4 + 0.6 * sum(theirs.values()) / self.length
            lexical = sum(self.weight[w] * (theirs[w] / (theirs[w] + length)) for w in words if w in theirs)
            lexical += 0.8 * sum(self.weight[w] for w in words if w in head)
            topical = sum(min(v, shares.get(c, 0.0)) for c, v in codes.items())
            out.append(0.5 * min(1.0, 1.6 * lexical / norm) + 0.5 * topical)
        return out


def _shares(scores: dict[str, float]) -> dict[str, float]:
    total = sum(scores.values())
    return {c: v / total for c, v in scores.items()} if total else {}


def _link(
    draft: Draft, likeness: Likeness, nodes: list[Node], type_: str, *, share: float, floor: float
) -> None:
    for node in nodes:
        scores = likeness.to(node)
        order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
        if not order or scores[order[0]] < floor:
            continue
        top = scores[order[0]]
        chosen: list[Node] = []
        for i in order[:6]:
            problem = likeness.problems[i]
            if scores[i] < max(floor, share * top) or any(
                problem in c.ancestors() or c in problem.ancestors() for c in chosen
            ):
                continue
            chosen.append(problem)
            source, target = (problem, node) if type_ == "CAUSED_BY" else (node, problem)
            draft.bond(
                type_,
                source,
                target,
                method="inferred",
                confidence=round(min(0.9, 0.3 + 0.7 * scores[i]), 2),
                rule="link.content",
            )
            if len(chosen) == 3:
                break
