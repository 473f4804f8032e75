"""Inferred links, by content: which problems a root cause of an analysis section stands behind, and which problems a
recommendation addresses.

Two views are blended: shared categories (the lexicon) and shared words (pairs of characters, weighted by how rare they
are in the report, as BM25 does). A link is drawn only where it stands out from the others; where none does, none is.
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
#: Pairs of characters that any sentence of the genre may hold.
_BOILERPLATE = frozenset(
    "进一 一步 加强 强化 提高 提升 落实 认真 切实 严格 推进 深入 开展 建立 健全 完善 坚持 不断 工作 问题 存在 不够 不到 到位 "
    "领导 干部 党组 党委 单位 部门 有关 相关 重要 主要 情况 方面 部分 个别 要求 责任 管理 制度 机制 组织 意识 作用 发挥 全面 "
    "贯彻 精神 中央 我局 我县 全县 全市 我市 本县 不严 不力 不足 不强 不实 不深 薄弱 及时 规范 执行 监督".split())


@Language.component("suyin_links")
def infer_links(doc: Doc) -> Doc:
    draft = draft_of(doc)
    problems = draft.of("Problem")
    if problems:
        measure = Likeness(draft, problems)
        # an accident report states how its causes and failings hang together; nothing is left to infer
        causes = [c for c in draft.of("RootCause") if c.parent is None and draft.kind != "accident-report"]
        _link(draft, measure, causes, "CAUSED_BY", share=0.62, floor=0.20)
        recommendations = [r for r in draft.of("Recommendation")
                           if not any(x.parent is r for x in draft.of("Recommendation"))]
        _link(draft, measure, recommendations, "ADDRESSES", share=0.66, floor=0.16)
    for node in draft.of("Problem", "Recommendation"):
        if node.parent is not None and node.parent.label == node.label:
            draft.bond("PART_OF", node, node.parent)
    return doc


def pairs(text: str) -> Counter[str]:
    """Pairs of Chinese characters that carry content."""
    out: Counter[str] = Counter()
    for run in _HAN.findall(text):
        out.update(p for p in (run[i:i + 2] for i in range(len(run) - 1)) if p not in _BOILERPLATE)
    return out


class Likeness:
    """How alike a node is to each problem of its report, in [0, 1]."""

    def __init__(self, draft: Draft, problems: list[Node]) -> None:
        self.draft = draft
        self.problems = problems
        self.words = [pairs(draft.words(p)) for p in problems]
        self.heads = [pairs(draft.text[slice(*(p.headline or (p.start, p.end)))]) for p in problems]
        self.codes = [_shares(category_scores(draft, p)) for p in problems]
        n = len(problems)
        seen = Counter(w for words in self.words for w in words)
        self.weight = {w: math.log(1 + n / c) for w, c in seen.items()}
        self.length = sum(sum(w.values()) for w in self.words) / n or 1.0

    def to(self, node: Node) -> list[float]:
        words = pairs(self.draft.words(node))
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


def _link(draft: Draft, likeness: Likeness, nodes: list[Node], type_: str, *, share: float, floor: float) -> None:
    for node in nodes:
        scores = likeness.to(node)
        order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
        if not order or scores[order[0]] < floor:
            continue
        top = scores[order[0]]
        chosen: list[Node] = []
        for i in order[:6]:
            problem = likeness.problems[i]
            if scores[i] < max(floor, share * top) or any(problem in c.ancestors() or c in problem.ancestors() for c in chosen):
                continue
            chosen.append(problem)
            source, target = (problem, node) if type_ == "CAUSED_BY" else (node, problem)
            draft.bond(type_, source, target, method="inferred", confidence=round(min(0.9, 0.3 + 0.7 * scores[i]), 2),
                       rule="link.content")
            if len(chosen) == 3:
                break
