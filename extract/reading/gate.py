"""Whether the words that were read for a name of a unit are one as they are bounded: a learned gate.

The rules say at which ends a name is certain (extract/units/edges.py); what is left that names nobody is cut
or joined in as many ways as there are texts. A linear model judges each name by its characters at both edges,
by those beside them, by what the grammar of names says of it, who found it, and what the encoder thinks.
`python -m extract.training names` writes its weights.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from extract.heads import DIGITS, Chooser, Features, unpack
from extract.language.places import begins_with_division, place_before, read_place
from extract.reading.chain import Floats
from extract.rules import BadRule, load_verbs
from extract.units.names import Mention
from extract.units.starts import begins_with_authority
from extract.units.words import unit_words

FILE = Path(__file__).parents[1] / "models" / "names.json"
FORMAT = "suyin.names/1"
YES, NO = "yes", "no"
#: Of a name that stands often, so many places are looked at.
_PLACES = 20
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBER = re.compile(r"第?[一二三四五六七八九十\d]+")
_SOME, _PARTICLE = re.compile("[一某各多几两三]"), re.compile("[和与及在被诉据对向经把将的了]")
#: Characters of the longest word with which names end.
_CORE = 12
#: A firm by its full name; how much later it may begin; its shortest name; from which probability on it does.
_FIRM, _LATER, _SHORTEST_FIRM, _CUT = re.compile(".+有限(?:责任)?公司"), 6, 7, 0.4

Span = tuple[int, int]


class Gate(NamedTuple):
    """`least`: from this probability on a name is one."""

    chooser: Chooser
    least: float

    def sure(self, text: str, name: str, spans: Sequence[Span], naming: Floats, by: str) -> float:
        """How probable it is a name. `spans`: where it stands; `naming`: (characters, NAMING)."""
        return self.chooser.likelihood(YES, features(text, name, spans, naming, by))

    def later(self, text: str, span: Span, naming: Floats) -> Span | None:
        """The firm that begins later in words which are none as they are bounded: of [昨日]晚间恒源有限公司.

        Only of a firm, whose end is certain; of other bodies a part of the name would often pass.
        """
        if not _FIRM.fullmatch(text, *span):
            return None
        starts = range(span[0] + 1, min(span[0] + _LATER, span[1] - _SHORTEST_FIRM) + 1)
        cuts = [(self.sure(text, text[s : span[1]], [(s, span[1])], naming, "none"), s) for s in starts]
        sure, start = max(cuts, default=(0.0, 0))
        return (start, span[1]) if sure >= _CUT else None


@cache
def load_gate() -> Gate:
    """The gate that Suyin comes with; loaded once a process. Raises BadRule where its file is no use."""
    try:
        content = json.loads(FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadRule(f"models/{FILE.name}: missing; reinstall Suyin") from None
    if content["format"] != FORMAT:
        raise BadRule(f"models/{FILE.name}: format {content['format']!r}, not {FORMAT!r}; train it anew")
    return Gate(unpack(content["names"]), content["least"])


def places_of(named: Iterable[Mention]) -> dict[str, list[Span]]:
    """Where each name stands, the first of them, in order."""
    places: dict[str, list[Span]] = {}
    for start, end, name in named:
        if len(spans := places.setdefault(name, [])) < _PLACES:
            spans.append((start, end))
    return places


def finder(spans: Iterable[Span], ours: Collection[Span], model: Collection[Span]) -> str:
    """Who found a name anywhere: "both", "rules", "model", or "none" as it is bounded."""
    who = {(span in ours, span in model) for span in spans}
    return next((by for by, found in _FINDERS.items() if found in who), "none")


_FINDERS = {"both": (True, True), "model": (False, True), "rules": (True, False)}


def features(text: str, name: str, spans: Sequence[Span], naming: Floats, by: str) -> Features:
    """What is seen of a name: of its words, and of each place where it stands by its share."""
    found: Counter[str] = Counter()
    for start, end in spans:
        found.update(_beside(text, start, end))
        found.update(_thought(naming, start, end))
    count = text.count(name)
    others = {f"count {min(4, count)}", f"by {by}"}
    others |= {
        f"longer {min(3, text.count(part) - count)} {i}" for i, part in enumerate((name[1:], name[:-1]))
    }
    others |= {
        f"sides {len({text[s - 1 : s] for s, _ in spans}) > 1} {len({text[e : e + 1] for _, e in spans}) > 1}"
    }
    return {
        **{feature: share / len(spans) for feature, share in found.items()},
        **dict.fromkeys((*_within(name), *others), 1.0),
    }


@lru_cache(maxsize=4096)
def _within(name: str) -> tuple[str, ...]:
    """Of the words of a name alone."""
    plain = name.translate(DIGITS)
    place, core = read_place(name), _core(name)
    at = place.end if place else 0
    kind = _kind(name[at : len(name) - len(core)] if at + len(core) <= len(name) else name[at:])
    return (
        *(f"^{plain[:n]}" for n in (1, 2, 3, 4)),
        *(f"${plain[-n:]}" for n in (1, 2, 3, 4)),
        *(f"&{plain[i : i + 2]}" for i in range(len(plain) - 1)),
        f"length {min(20, len(name))}",
        f"core {core}",
        f"place {at > 0} {begins_with_division(name, 0)} {min(4, len(name) - at)}",
        f"authority {begins_with_authority(name)}",
        f"verb {any(_verbs(name[i : i + 4]) for i in range(len(name) - 1))}",
        f"middle {kind}",
        f"middle {kind} {at > 0} {len(core) > 1}",
        f"middle {kind} {name[-1]}",
    )


def _kind(middle: str) -> str:
    """What stands between the place and the words with which names end: nothing, a trade, some of a kind."""
    words = unit_words()
    tests = (
        ("none", not middle),
        ("number", _NUMBER.fullmatch(middle)),
        ("trade", words.trades.fullmatch(middle)),
        ("business", words.businesses.fullmatch(middle)),
        ("some", _SOME.match(middle)),
        ("verb", any(_verbs(middle[i : i + 2]) for i in range(len(middle) - 1))),
        ("particle", _PARTICLE.search(middle)),
    )
    return next((kind for kind, holds in tests if holds), f"other {min(4, len(middle))}")


def _beside(text: str, start: int, end: int) -> Iterator[str]:
    """Of what stands before a name and behind it."""
    name = text[start:end].translate(DIGITS)
    before, behind = (text[slice(*s)].translate(DIGITS) for s in ((max(0, start - 4), start), (end, end + 4)))
    yield from (f"<{before[-n:]}" for n in (1, 2, 3) if len(before) >= n)
    yield from (f">{behind[:n]}" for n in (1, 2, 3) if len(behind) >= n)
    yield from (f"<{before[-i:]}|{name[:j]}" for i in (1, 2) for j in (1, 2) if before)
    yield from (f"{name[-i:]}|{behind[:j]}>" for i in (1, 2) for j in (1, 2) if behind)
    left, right = _sign(before[-1:]), _sign(behind[:1])
    near = text[max(0, start - 12) : start]
    place = place_before(near, 0, len(near)) if near else None
    verb = any(before[-n:] in load_verbs() for n in (2, 3, 4))
    yield f"left {left} {verb} {place is not None and place[1]} {begins_with_division(name, 0)}"
    yield f"left {left} {begins_with_authority(name)}"
    yield f"right {right} {_verbs(behind)} {bool(_core(name))}"


def _thought(naming: Floats, start: int, end: int) -> Iterator[str]:
    """Of what the encoder thinks of its characters, in steps of the logarithm of the odds."""
    outside, begins, inside = naming[:, 0], naming[:, 1], naming[:, 2]
    near = max(begins[max(0, start - 5) : start].max(initial=0), begins[start + 1 : start + 4].max(initial=0))
    yield f"begins {_step(begins[start])}"
    yield f"went on {_step(inside[start])}"
    yield f"ends {_step(1 - inside[end] if end < len(naming) else 1.0)}"
    yield f"within {_step(1 - outside[start:end].mean())}"
    yield f"least {_step(inside[start + 1 : end].min(initial=1))}"
    yield f"begins near {_step(near)}"
    yield f"before {_step(1 - outside[start - 1] if start else 0.0)}"


def _step(probability: float) -> int:
    sure = min(max(float(probability), 1e-4), 1 - 1e-4)
    return max(-5, min(5, round(math.log(sure / (1 - sure)))))


def _sign(character: str) -> str:
    if not character or character == "\n":
        return "line"
    return "word" if _HAN.match(character) else "letter" if character.isalnum() else "sign"


def _verbs(words: str) -> bool:
    """Do these begin with a word that stands in no name?"""
    return any(words[:n] in load_verbs() for n in (2, 3, 4))


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    """The longest of the words with which names end."""
    words = _cores()
    return next((name[-n:] for n in range(min(_CORE, len(name)), 0, -1) if name[-n:] in words), "")


@cache
def _cores() -> frozenset[str]:
    return frozenset(unit_words().core_words)
