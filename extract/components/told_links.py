"""Stated links of causes that stand outside of their problems: words in their sentence say that something
came of them, and name the problem (…是教案雷同的直接原因), or the sentence goes on with it
(…只能做6项。这是因为…).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.components.matching import Grams
from extract.draft import Draft
from extract.nodes import Node

_SENTENCE_END = re.compile("[。；！？\n]")
#: So many pairs of characters that only it has name a problem (of 14 such links 12 were right), and so
#: great a share of what the best one has.
_NAMED, _SHARE = 1.0, 0.4
#: From the end of a problem to the sentence that goes on with it, in characters.
_BEHIND = 60
_MOST = 3
_CONFIDENCE = 0.8


def link_told(draft: Draft, problems: Sequence[Node]) -> None:
    """Draw the stated links of causes that no problem holds."""
    stated = {
        id(b.target) for b in draft.bonds if b.type == "CAUSED_BY" and b.properties["method"] == "explicit"
    }
    causes = sorted(draft.of("RootCause"), key=lambda c: c.start)
    loose = [i for i, c in enumerate(causes) if c.parent is None and id(c) not in stated]
    if not loose or draft.kind == "accident-report":
        return
    statements = _Statements(draft, problems)
    for i in loose:
        cause = causes[i]
        start, end = _sentence(draft.text, cause, causes[max(0, i - 1) : i], causes[i + 1 : i + 2])
        cue = _cue(draft, start, end, cause)
        if cue is None:
            continue
        rest = [(start, cause.start), (cause.end, end)]
        for problem in statements.named(rest) or statements.before(start, rest):
            said = min(cue.start(), cause.start), max(cue.end(), cause.end)
            draft.bond("CAUSED_BY", problem, cause, at=said, method="explicit", confidence=_CONFIDENCE,
                       cue=cue.span(), rule="link.told")  # fmt: skip


def _sentence(text: str, cause: Node, before: Sequence[Node], behind: Sequence[Node]) -> tuple[int, int]:
    """The sentence around a cause, up to the causes beside it."""
    start = max(text.rfind(sign, 0, cause.start) for sign in "。；！？\n") + 1
    m = _SENTENCE_END.search(text, max(cause.start, cause.end - 1))
    end = m.start() if m else len(text)
    start = max([start, *(c.end for c in before if c.end <= cause.start)])
    return start, min([end, *(c.start for c in behind if c.start >= cause.end)])


def _cue(draft: Draft, start: int, end: int, cause: Node) -> re.Match[str] | None:
    """The words nearest to the cause that say that it is one."""
    text, cue = draft.text, draft.rules["analyses"]["told"].pattern
    found = [*cue.finditer(text, start, min(end, cause.start + 8)), *cue.finditer(text, cause.end, end)]
    return min(found, key=lambda m: min(abs(m.end() - cause.start), abs(m.start() - cause.end)), default=None)


class _Statements:
    """The problems of a report by what they state."""

    def __init__(self, draft: Draft, problems: Sequence[Node]) -> None:
        self.draft, self.problems = draft, problems
        self.grams = Grams(draft.text, draft.rules.boilerplate)
        self.words = [self.grams.of(*(p.headline or (p.start, p.end)))[0] for p in problems]
        #: how much each pair of characters tells of the problem: all where no other has it
        self.tells = {w: 1 / n for w, n in Counter(w for words in self.words for w in words).items()}

    def named(self, ranges: Sequence[tuple[int, int]]) -> list[Node]:
        """Those whose statements share most words with some ranges of the text."""
        told = set[str]().union(*(self.grams.of(*span)[0] for span in ranges if span[0] < span[1]))
        shared = [sum(self.tells[w] for w in words & told) for words in self.words]
        best = max(shared, default=0)
        if best < _NAMED:
            return []
        least = max(_NAMED, _SHARE * best)
        return [p for p, n in zip(self.problems, shared, strict=True) if n >= least][:_MOST]

    def before(self, at: int, rest: Sequence[tuple[int, int]]) -> Iterator[Node]:
        """That with which a sentence goes on; all of its paragraph where it speaks of all."""
        text = self.draft.text
        line = text.rfind("\n", 0, at) + 1
        ahead = [p for p in self.problems if line <= p.start < at and p.end <= at + 1 and not p.items]
        ahead = [p for p in ahead if at - p.end <= _BEHIND or _speaks_of_all(self.draft, rest)]
        yield from ahead[-_MOST:] if _speaks_of_all(self.draft, rest) else ahead[-1:]


def _speaks_of_all(draft: Draft, ranges: Sequence[tuple[int, int]]) -> bool:
    of_all = draft.rules["analyses"]["told-of-all"].pattern
    return any(of_all.search(draft.text, *span) for span in ranges if span[0] < span[1])
