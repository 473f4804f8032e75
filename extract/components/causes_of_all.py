"""The causes that a sentence after all findings states for them together: A，B，是上述问题的根源所在。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.draft import Draft, Node, sentences, strip_span
from extract.ranges import Overlaps

#: What a sentence after all findings says of them.
_SPEAKS_OF_ALL = re.compile(r"(?:上述|以上|这些|发现的?|存在的?)(?:突出|主要)?问题")
_ROOT_OF_ALL = re.compile(
    r"(?:[^，。；！？\n]{0,14}(?:强调|指出|认为)，)?(?P<cause>[^。；！？\n]{6,120}?)，?(?:这)?(?:是|为)(?:造成|产生|出现|导致)?"
    r"(?:上述|以上|这些)[^，。；]{0,8}问题[^，。；]{0,10}(?:根源|原因|症结)(?:所在|之一)?(?=[。；])"
)
_TOLD_BY_ALL = re.compile(
    r"(?:发现|存在)的(?:上述)?问题，?(?:集中|充分)?(?:反映|折射|暴露)出(?:了)?(?P<cause>[^。；！？\n]{6,100})(?=[。；])"
)
#: A clause with a subject of its own: 镇纪委…, 班子成员…
_OWN_SUBJECT = re.compile(
    r"，(?=(?:党组|班子成员|[^，。；]{0,4}(?:纪委|纪检监察组)|领导班子|主要负责人|分管领导"
    r"|部分[^，。；]{2,6}(?:干部|人员))[^，。；]{4})"
)


def causes_of_all(draft: Draft) -> None:
    """The causes that a sentence outside all problems states for what was found: …，是上述问题的根源。"""
    taken = Overlaps((p.start, p.end, None) for p in draft.of("Problem"))
    for section in draft.root.walk() if draft.kind != "accident-report" else ():
        own = section.body, section.own_end
        if section.about in (None, "closing", "overview") and _SPEAKS_OF_ALL.search(draft.text, *own):
            for s, e in sentences(draft.text, *own):
                if _SPEAKS_OF_ALL.search(draft.text, s, e) and not taken.meeting(s, e):
                    for a, b in _whole_causes(draft, s, e):
                        draft.add(Node("RootCause", a, b, {}, None, section))


def _whole_causes(draft: Draft, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The causes of a sentence that speaks of all findings; each clause with a unit of its own is one."""
    m = _ROOT_OF_ALL.search(draft.text, start, end) or _TOLD_BY_ALL.search(draft.text, start, end)
    if m and draft.rules["problems"]["judgement"].any(m["cause"]):
        at, *cuts = [m.start("cause"), *(c.end() for c in _OWN_SUBJECT.finditer(m["cause"]))]
        bounds = [at, *(m.start("cause") + cut for cut in cuts), m.end("cause")]
        for a, b in pairwise(bounds):
            yield strip_span(draft.text, a, b)
