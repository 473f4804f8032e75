"""One generated report in the making: its words, its numbering and its lines so far."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.corpus.words import cn, say, words
from bench.corpus.world import Place, Unit, World

_LEVELS = 3

#: How an item is numbered: from its count within its list.
_MARKS: dict[str, Callable[[int], str]] = {
    "chapter": lambda n: f"第{cn(n)}部分 ",
    "cn": lambda n: f"{cn(n)}、",
    "cn_dot": lambda n: f"{cn(n)}.",
    "cn_bracket": lambda n: f"（{cn(n)}）",
    "number": lambda n: f"{n}.",
    "number_pause": lambda n: f"{n}、",
    "number_wide": lambda n: f"{str(n).translate({48 + d: 0xFF10 + d for d in range(10)})}．",
    "number_bracket": lambda n: f"（{n}）",
    "circle": lambda n: chr(0x2460 + (n - 1) % 20),
    "is": lambda n: f"{cn(n)}是",
    "ordinal": lambda n: f"第{cn(n)}，",
    "dash": lambda n: "——",
    "bullet": lambda n: "●",
    "question": lambda n: f"问题{n}：",
    "none": lambda n: "",
}
_OUTER = ("cn", "cn", "cn", "chapter", "cn_dot", "none")
_MIDDLE = ("cn_bracket", "cn_bracket", "number", "number_pause", "number_wide", "is", "question", "none")
_INNER = ("number", "number_bracket", "circle", "is", "ordinal", "dash", "bullet", "none")
#: How many of each a report comes back to, and the share of units and firms that only it knows.
_FEW_UNITS, _FEW_PLACES, _FEW_POLICIES, _FEW_TOPICS, _OWN = 8, 4, 5, 16, 0.1


@dataclass(slots=True)
class Writer:
    """A report about one place of the world, by chance."""

    rng: random.Random
    world: World
    lines: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    named: set[str] = field(default_factory=set)
    home: Place = field(init=False)
    marks: tuple[Callable[[int], str], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.world.places.draw(self.rng)
        self.places.append(self.home.name)
        self.topics = self.rng.sample(words()["topic"], _FEW_TOPICS)
        self.marks = tuple(_MARKS[self.rng.choice(kinds)] for kinds in (_OUTER, _MIDDLE, _INNER))

    def say(self, text: str) -> str:
        """The text with each {symbol} replaced, again and again until none is left."""
        return say(text, self._word)

    def line(self, text: str) -> None:
        self.lines.append(self.say(text))

    def item(self, level: int, text: str) -> None:
        """A numbered line; the counts of the inner levels begin again."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (_LEVELS - 1 - level)
        self.line(self.marks[level](self.counts[level]) + text)

    def some(self, low: int, high: int) -> range:
        return range(self.rng.randint(low, high))

    def maybe(self, share: float) -> bool:
        return self.rng.random() < share

    def one(self, *texts: str) -> str:
        return self.rng.choice(texts)

    def _word(self, name: str) -> str:
        if make := _MADE.get(name):
            return make(self)
        return say(self.rng.choice(words()[name]), self._word)

    def _number(self) -> str:
        rng = self.rng
        return str(rng.choice((rng.randint(2, 99), rng.randint(10, 999), rng.randint(100, 9999))))

    def _small(self) -> str:
        return str(self.rng.randint(2, 9)) if self.maybe(0.7) else cn(self.rng.randint(2, 20))

    def _percent(self) -> str:
        rng = self.rng
        return rng.choice(
            (f"{rng.uniform(1, 99):.1f}%", f"{rng.randint(1, 99)}%", f"百分之{cn(rng.randint(2, 99))}")
        )

    def _money(self) -> str:
        rng = self.rng
        value = rng.choice((rng.uniform(0.1, 99), rng.uniform(1, 9999)))
        scale = rng.choice(("万元", "万元", "万元", "元", "亿元", "余万元"))
        return f"{value:,.2f}{scale}" if self.maybe(0.5) else f"{value:.1f}{scale}"

    def _date(self) -> str:
        rng = self.rng
        return f"{rng.randint(2008, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"

    def _place(self) -> str:
        """A report comes back to the same few; its own is the first of them."""
        if len(self.places) < _FEW_PLACES and self.maybe(0.3):
            self.places.append(self.world.places.draw(self.rng).name)
        return self.places[0] if self.maybe(0.6) else self.rng.choice(self.places)

    def _unit(self) -> str:
        """The same few again, mostly of the report's place; the second time some are called shorter."""
        rng = self.rng
        if len(self.units) < _FEW_UNITS:
            self.units.append(self._new_unit())
            unit = self.units[-1]
        else:
            unit = rng.choice(self.units)
        if unit.name in self.named and self.maybe(0.4):
            return unit.short
        self.named.add(unit.name)
        return unit.name

    def _new_unit(self) -> Unit:
        chance = self.rng.random()
        if chance < _OWN:
            name = self.say(self.rng.choice(words()["unit"]))
            return Unit(name, name)
        place = self.home if chance < 0.85 else self.world.places.draw(self.rng)
        return place.units.draw(self.rng)

    def _policy(self) -> str:
        rng = self.rng
        if len(self.policies) < _FEW_POLICIES:
            self.policies.append(self.world.policies.draw(rng))
        name = rng.choice(self.policies)
        if not name.endswith("》") or self.maybe(0.5):
            return name
        clause = f"第{cn(rng.randint(1, 4))}款" if self.maybe(0.3) else ""
        article = rng.randint(2, 90)
        return f"{name}第{cn(article) if self.maybe(0.7) else article}条{clause}"


#: The symbols that are made, and not chosen from the words.
_MADE: dict[str, Callable[[Writer], str]] = {
    "num": Writer._number,
    "small": Writer._small,
    "cn": lambda w: cn(w.rng.randint(1, 12)),
    "year": lambda w: str(w.rng.randint(2008, 2025)),
    "phone": lambda w: str(w.rng.randint(1_000_000, 99_999_999)),
    "date": Writer._date,
    "percent": Writer._percent,
    "money": Writer._money,
    "province": lambda w: w.home.province,
    "city": lambda w: w.home.city,
    "place": Writer._place,
    "topic": lambda w: w.rng.choice(w.topics),
    "town": lambda w: w.rng.choice(w.home.towns),
    "company": lambda w: w.say("{a_company}") if w.maybe(_OWN) else w.rng.choice(w.home.firms),
    "unit": Writer._unit,
    "policy": Writer._policy,
}
