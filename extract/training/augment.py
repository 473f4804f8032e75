"""Makes other reports of a report: the roles stay, what may not decide them changes.

Markers become those of another kind or go, headings are exchanged for others that lead to the same
roles, lines are joined, digits and stops change. A reader that has seen that trusts no layout.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from extract.reading.alphabet import MASK
from extract.reading.clauses import MARKER, Clause
from extract.reading.labels import LABELS, ROLE_OF
from extract.reading.windows import LONGEST, Page, Window, compose
from extract.training.examples import UNKNOWN, Example

_NUMERALS = "一二三四五六七八九十"
_OF_PROBLEM = ("headline", "evidence", "rest", "effect")


def _numeral(n: int) -> str:
    return _NUMERALS[n - 1] if n <= 10 else "十" + (_NUMERALS[n - 11] if n < 20 else "")


_MARKERS: dict[str, Callable[[int], str]] = {
    "cn": lambda n: _numeral(n) + "、",
    "cn_bracket": lambda n: f"（{_numeral(n)}）",
    "number": lambda n: f"{n}、",
    "number_dot": lambda n: f"{n}.",
    "number_bracket": lambda n: f"（{n}）",
    "circled": lambda n: chr(0x2460 + n - 1),
    "is": lambda n: _numeral(n) + "是",
    "ordinal": lambda n: f"第{_numeral(n)}，",
    "dash": lambda n: "——",
    "bullet": lambda n: "●",
    "demand": lambda n: _numeral(n) + "要",
    "other": lambda n: f"其{_numeral(n)}，",
}
_KINDS = list(_MARKERS)


class Headings:
    """The headings of a set of reports, by what mostly stands below them."""

    def __init__(self, pages: Sequence[tuple[Example, Page]]) -> None:
        self._of: dict[str, str] = {}
        self._all: dict[str, list[str]] = defaultdict(list)
        for example, page in pages:
            for k, line in enumerate(page.short):
                following = page.short[k + 1] if k + 1 < len(page.short) else len(page.lines)
                below = Counter(
                    ROLE_OF[label]
                    for clause, label in zip(example.clauses, example.labels, strict=True)
                    if line < clause.line < following
                )
                if not below or line == 0:
                    continue
                role = below.most_common(1)[0][0]
                role = "problem" if role in _OF_PROBLEM else role
                words = page.lines[line]
                self._of[words] = role
                self._all[role].append(words[len(_marker(words)) :])

    def another(self, line: str, rng: np.random.Generator) -> str:
        """A heading that leads to the same roles, after this one's marker; the line itself where none
        is known."""
        if line not in self._of:
            return line
        others = self._all[self._of[line]]
        return _marker(line) + others[int(rng.integers(len(others)))]


def _marker(line: str) -> str:
    m = MARKER.match(line)
    return m[0] if m and m.lastgroup != "some" else ""


def augmented(
    example: Example, page: Page, run: tuple[int, int], headings: Headings, rng: np.random.Generator
) -> tuple[Window, list[int]]:
    """A window over clauses run[0]..run[1] with changes drawn by `rng`, and what each of its ids is to a
    name."""

    def likely(share: float) -> bool:
        return bool(rng.random() < share)

    start, end = run
    chosen = list(range(start, end))
    above = [h for h in page.headings(start) if not likely(0.1)]
    title = page.title if start and example.clauses[start].line > 0 else ""
    if likely(0.25):
        above, title = [], title if likely(0.5) else ""
    draw = rng.random()
    marking = "" if draw >= 0.30 else "none" if draw < 0.12 else _KINDS[int(rng.integers(len(_KINDS)))]
    if likely(0.12):
        chosen = [k for k in chosen if LABELS[example.labels[k]] != "heading"] or chosen
    swap, other_digits, other_stops = likely(0.3), likely(0.3), likely(0.1)
    joined = 0.7 if likely(0.15) else 0.0
    if swap:
        above = [headings.another(h, rng) if likely(0.5) else h for h in above]
    counts: Counter[str] = Counter()
    clauses: list[tuple[int, list[int], int]] = []
    naming: dict[int, list[int]] = {}
    line = -1
    for k in chosen:
        clause, words, ids = example.clauses[k], page.words[k], page.ids[k]
        changed = _marked(clause, words, marking, counts) if marking else words
        naming[k] = _shifted(example, clause, len(changed) - len(words))
        if swap and LABELS[example.labels[k]] == "heading" and likely(0.5):
            changed = headings.another(changed, rng)
            naming[k] = [UNKNOWN] * len(changed)
        if other_digits:
            changed = re.sub(r"\d", lambda _: str(rng.integers(10)), changed)
        if other_stops and changed[-1:] in ("；", "。"):
            changed = changed[:-1] + ("。" if changed[-1] == "；" else "；")
        if changed != words:
            ids = page.alphabet.ids(changed[:LONGEST])
        # a line that goes on in the same line has the number of the line before it
        line = line if line >= 0 and likely(joined) else clause.line
        clauses.append((k, ids, line))
    window = compose(page.alphabet, title, above, clauses, before=-1)
    if likely(0.5):
        hidden = rng.random(len(window.ids)) < 0.06
        ids = [MASK if h and p >= 0 else i for i, p, h in zip(window.ids, window.places, hidden, strict=True)]
        window = window._replace(ids=ids)
    return window, name_labels(window, naming)


def name_labels(window: Window, naming: Mapping[int, Sequence[int]]) -> list[int]:
    """What each id of a window is to a name, by what the characters of each clause are."""
    of_clauses = [iter(naming[k]) for k in window.clauses]
    return [next(of_clauses[place], UNKNOWN) if place >= 0 else UNKNOWN for place in window.places]


def _shifted(example: Example, clause: Clause, longer: int) -> list[int]:
    """The naming of a clause whose marker has grown by so many characters."""
    naming: list[int] = example.naming[clause.start : clause.end].tolist()
    if not longer:
        return naming
    marker = clause.body - clause.start
    return [0] * (marker + longer) + naming[marker:]


def _marked(clause: Clause, words: str, kind: str, counts: Counter[str]) -> str:
    """A clause with a marker of another kind in the place of its own."""
    if not clause.marker or clause.marker == "some":
        return words
    counts[clause.marker] += 1
    text = words[clause.body - clause.start :]
    return text if kind == "none" else _MARKERS[kind](min(counts[clause.marker], 19)) + text
