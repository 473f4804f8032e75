"""What heads see of the units of a report, to tell whom it is about and who made it; and their judgement."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from extract.draft import Draft
from extract.heads import DIGITS, Features, Heads, load_heads
from extract.units.roles import Unit, is_company, is_inspector

#: Units that are at least so likely to be what is asked are it; of those that may have made the report the
#: likeliest. F1 of reports unseen is the same within 0.01 from 0.2 to 0.4.
_LEAST = 0.3
#: How far from the title words beside a name are read, and where a first mention stands, in characters.
_BESIDE = 400
_STANDS = ((100, "top"), (300, "first"), (900, "opening"))
#: So far from the end of the text stands who signed it, and so far from its beginning whose problem it is.
_FOOT, _FIRST_WORDS = 120, 12


def judge_roles(
    draft: Draft, units: Sequence[Unit], inspected: Sequence[Unit], issuer: Unit | None
) -> tuple[list[Unit], Unit | None]:
    """(the units inspected, who made the report), by heads; `inspected`, `issuer`: what the rules say.

    Somebody was inspected: where the heads see nobody, whom the rules take.
    """
    heads: Heads = draft.report.heads or load_heads()
    seen = of_units(draft, units, inspected, issuer)
    about = [heads.inspected.likelihood("yes", features) for features in seen]
    made = [heads.issuer.likelihood("yes", features) for features in seen]
    maker = max(range(len(units)), key=made.__getitem__, default=None)
    if maker is not None and made[maker] < _LEAST:
        maker = None
    chosen = [u for i, u in enumerate(units) if about[i] >= _LEAST and i != maker] or list(inspected)
    told = [u for u in inspected if any(u is c for c in chosen)]  # theirs first: they know whose place it is
    return [*told, *(u for u in chosen if not any(u is t for t in told))], (
        None if maker is None else units[maker]
    )


def of_units(
    draft: Draft, units: Sequence[Unit], inspected: Sequence[Unit], issuer: Unit | None
) -> list[Features]:
    """Of each unit: what the rules say, its names, how often and where they stand, and beside which words."""
    text = draft.text.translate(DIGITS)
    problems = _Problems(draft)
    parts = {section.body: section.about or "" for section in draft.root.walk()}
    most = max((len(unit.places) for unit in units), default=0)
    several = min(3, len(inspected))
    found = []
    for rank, unit in enumerate(units):
        told = any(unit is u for u in inspected)
        features = {
            f"inspected:{told}/{several}": 1.0,
            f"issuer:{unit is issuer}/{issuer is not None}": 1.0,
            f"rank:{min(rank, 5)}": 1.0,
            f"units:{_size(len(units))}": 1.0,
            f"count:{_size(len(unit.places))}": 1.0,
            "share": len(unit.places) / (most or 1),
            f"most:{len(unit.places) == most}": 1.0,
            **problems.told_of(unit),
            **dict.fromkeys(_called(unit), 1.0),
            **dict.fromkeys(_placed(draft, parts, unit), 1.0),
        }
        features |= {f"{name}|{draft.kind}": value for name, value in features.items()}
        found.append(features | dict.fromkeys(_beside(draft, text, unit), 1.0))
    return found


def _size(number: int) -> int:
    """1, 2 for 3 to 6, 3 for 7 to 14, 4 for more."""
    return min(int(math.log2(number + 1)), 4)


def _called(unit: Unit) -> Iterator[str]:
    yield f"inspector:{is_inspector(unit.name)}"
    yield f"company:{is_company(unit.name)}"
    for name in unit.names:
        yield f"ends:{name[-1:]}"
        yield f"ends:{name[-2:]}"


def _placed(draft: Draft, parts: Mapping[int, str], unit: Unit) -> Iterator[str]:
    """Where its names stand: in the title, at the head or the foot, alone in a line, over a part.

    `parts`: what the sections are about, by where they begin after their markers.
    """
    text, head = draft.text, draft.title[1] if draft.title else 0
    for i, (start, end) in enumerate(unit.places):
        opens = start == 0 or text[start - 1] == "\n"
        part = "title" if start < head else next((n for far, n in _STANDS if start < head + far), "later")
        if i == 0:
            yield f"stands:{part}"
        if opens and text[end : end + 1] in ("：", "\n", ""):
            yield f"alone:{part}:{text[end : end + 1].strip()}"
        if start > len(text) - _FOOT:
            yield f"foot:{opens}"
        if start in parts:
            yield f"over:{parts[start]}"


def _beside(draft: Draft, text: str, unit: Unit) -> Iterator[str]:
    """One and two characters before and after it, in the title and the opening."""
    head = draft.title[1] if draft.title else 0
    for start, end in unit.places:
        if start >= head + _BESIDE:
            break
        where = "title" if start < head else "opening"
        before = text[max(0, start - 2) : start].rpartition("\n")[2]
        after = text[end : end + 2].partition("\n")[0]
        for size in (1, 2):
            yield f"{where}<{before[-size:]}"
            yield f"{where}>{after[:size]}"


class _Problems:
    """The problems without items, in order, to see which of them name a unit."""

    def __init__(self, draft: Draft) -> None:
        self.spans = sorted((p.start, p.end) for p in draft.of("Problem") if not p.items)
        self.starts = [start for start, _ in self.spans]

    def told_of(self, unit: Unit) -> Features:
        """The shares of them that name it, and that begin with it."""
        if not self.spans:
            return {"problems:none": 1.0}
        named, first = set(), set()
        for start, _ in unit.places:
            at = bisect_right(self.starts, start) - 1
            if at >= 0 and start < self.spans[at][1]:
                named.add(at)
                if start <= self.starts[at] + _FIRST_WORDS:
                    first.add(at)
        return {
            "problems:name": len(named) / len(self.spans),
            "problems:begin": len(first) / len(self.spans),
            f"problems:{bool(named)}/{bool(first)}": 1.0,
        }
