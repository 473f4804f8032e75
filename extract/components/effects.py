"""Effects: what a problem is said to have led to."""

from __future__ import annotations

from collections.abc import Iterator

from extract.components.causes import Stated, add_stated
from extract.components.component import component
from extract.draft import Draft
from extract.found import Found
from extract.rules import Rules
from extract.text.sentences import sentences, strip_span

#: What did not come about, or might: 未造成, 可能引发. What easily comes about (容易导致) is an effect.
_DENIED = ("未", "没有", "没", "可能", "避免", "防止", "所")


@component("effects", "problems")
def find_effects(draft: Draft) -> Found:
    cue = draft.rules["effects"].cue
    for problem in draft.of("Problem"):
        for start, end in problem.own_text():
            for s, e in sentences(draft.text, start, end) if cue.search(draft.text, start, end) else ():
                for found in stated_effects(draft.text, s, e, draft.rules):
                    add_stated(draft, problem, found, label="Effect", edge="LEADS_TO")
    return draft.found(Found)


def stated_effects(text: str, start: int, end: int, rules: Rules) -> Iterator[Stated]:
    """Effects that a sentence states with a cue; the first rule that fits takes the sentence."""
    sentence = text[start:end]
    for rule in rules["effects"]:
        found = False
        for m in rule.finditer(sentence):
            if sentence[max(0, m.start("cue") - 3) : m.start("cue")].endswith(_DENIED):
                continue
            s, e = strip_span(text, start + m.start("effect"), start + m.end("effect"))
            if e - s >= 4:
                found = True
                said = start + min(m.start("cue"), m.start("effect")), start + m.end("effect")
                cue = start + m.start("cue"), start + m.end("cue")
                yield Stated(s, e, said, cue, rule.id, rule.props["confidence"])
        if found:
            return
