"""Names of units by both readers: the rules' ones, checked by the model, and those that it found alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.reading.candidates import Candidate, Trust
from extract.reading.chain import Floats
from extract.reading.labels import NAMING
from extract.unit_names import Mention

_OUTSIDE, _BEGINS, _INSIDE = range(len(NAMING))
_LABEL = "Unit"
#: Characters of the shortest name that only the model finds.
_SHORTEST = 3
_QUOTES = "“”《》「」"


def name_spans(naming: Floats) -> list[tuple[int, int, float]]:
    """(start, end, probability) of each name, by what its characters (characters, NAMING) are likeliest
    to be."""
    likeliest = naming.argmax(axis=1)
    spans, at, size = [], 0, len(likeliest)
    while at < size:
        end = at + 1
        if likeliest[at] == _BEGINS:
            while end < size and likeliest[end] == _INSIDE:
                end += 1
            spans.append((at, end, float(naming[range(at, end), likeliest[at:end]].mean())))
        at = end
    return spans


def name_candidates(text: str, ours: Sequence[Mention], naming: Floats) -> list[tuple[Mention, Candidate]]:
    """All names that one of the two readers found, each with who found it and how probable it is."""
    found = {(start, end): sure for start, end, sure in name_spans(naming) if end - start >= _SHORTEST}
    made = []
    for mention in ours:
        span = mention.start, mention.end
        sure = found.pop(span, None)
        inside = float(1 - naming[slice(*span), _OUTSIDE].mean())
        one = Candidate(_LABEL, *span, "both", sure) if sure else Candidate(_LABEL, *span, "rules", inside)
        made.append((mention, one))
    for (start, end), sure in found.items():
        name = text[start:end]
        if not any(sign in name for sign in _QUOTES):
            made.append((Mention(start, end, name), Candidate(_LABEL, start, end, "model", sure)))
    return made


class NameReader:
    """What the model made of a text's characters (characters, NAMING), and how far it is to be trusted."""

    def __init__(self, naming: Floats, trust: Trust) -> None:
        self.naming, self.trust = naming, trust

    def join(self, text: str, ours: Iterable[Mention], sure: Iterable[str] = ()) -> list[Mention]:
        """The names that stand, in order, none over another; `sure`: names that the text defines."""
        defined = frozenset(sure)
        made = [
            (mention, 1.0 if mention.name in defined else self.trust.of(one))
            for mention, one in name_candidates(text, list(ours), self.naming)
            if mention.name in defined or self.trust.stands(one)
        ]
        # the more trusted of two that share characters; the longer where they are equal
        made.sort(key=lambda each: (-each[1], each[0].start - each[0].end, each[0].start))
        kept: list[Mention] = []
        taken = bytearray(len(text))
        for mention, _ in made:
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                kept.append(mention)
        return sorted(kept)
