"""The causes that a sentence after all findings states for them together: A，B，是上述问题的根源所在。"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extract.draft import Draft
from extract.nodes import Node
from extract.ranges import Overlaps
from extract.text.sentences import sentences, strip_span


def causes_of_all(draft: Draft) -> None:
    """The causes that a sentence outside all problems states for what was found: …，是上述问题的根源。"""
    told = draft.rules["analyses"]
    taken = Overlaps((p.start, p.end, None) for p in draft.of("Problem"))
    for section in draft.root.walk() if draft.kind != "accident-report" else ():
        own = section.body, section.own_end
        if section.about in (None, "closing", "overview") and told["speaks-of-all"].pattern.search(
            draft.text, *own
        ):
            for s, e in sentences(draft.text, *own):
                if told["speaks-of-all"].pattern.search(draft.text, s, e) and not taken.meeting(s, e):
                    for a, b in _whole_causes(draft, s, e):
                        draft.add(Node("RootCause", a, b, {}, None, section))


def _whole_causes(draft: Draft, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The causes of a sentence that speaks of all findings; each clause with a unit of its own is one."""
    told = draft.rules["analyses"]
    m = told["root-of-all"].pattern.search(draft.text, start, end)
    m = m or told["told-by-all"].pattern.search(draft.text, start, end)
    if m and draft.rules["problems"]["judgement"].any(m["cause"]):
        at, *cuts = [m.start("cause"), *(c.end() for c in told["own-subject"].pattern.finditer(m["cause"]))]
        bounds = [at, *(m.start("cause") + cut for cut in cuts), m.end("cause")]
        for a, b in pairwise(bounds):
            yield strip_span(draft.text, a, b)
