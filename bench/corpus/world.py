"""The places, units and policies that generated reports share, as reports of one country do.

Few come up often and most seldom: the k-th of them as often as 1/k (Zipf). All of it depends on a seed alone.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, cycle, islice
from typing import Generic, TypeVar

from bench.corpus.words import cn, say, words

T = TypeVar("T")
#: How many there are of each.
UNITS, POLICIES = 2000, 150
_UNITS_OF_A_PLACE, _TOWNS, _FIRMS, _COUNTIES_OF_A_CITY, _CITIES_OF_A_PROVINCE = 20, 8, 10, 7, 4
_COUNTY, _CITY = ("县", "县", "县", "区", "市", "旗"), "市"


class Zipf(Generic[T]):
    """Things to draw from, the most frequent first."""

    def __init__(self, things: Iterable[T]) -> None:
        self.things = tuple(things)
        self._sums = [*accumulate(1 / (k + 1) for k in range(len(self.things)))]

    def draw(self, rng: random.Random) -> T:
        return self.things[bisect(self._sums, rng.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Unit:
    """`short`: as its own place calls it (县水务局 of 松陵县水务局), else its name."""

    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Place:
    """A county or a city; `city` is the one above it, or itself. `towns` and `firms`: those it has."""

    name: str
    city: str
    province: str
    towns: Sequence[str]
    firms: Sequence[str]
    units: Zipf[Unit]


@dataclass(frozen=True, slots=True)
class World:
    places: Zipf[Place]
    policies: Zipf[str]


@lru_cache(maxsize=4)
def make_world(seed: int, units: int = UNITS, policies: int = POLICIES) -> World:
    """The same for the same seed."""
    rng = random.Random(f"world {seed}")
    names = _names(rng)
    places = [*islice(_places(rng, names), max(1, units // _UNITS_OF_A_PLACE))]
    rng.shuffle(places)
    return World(Zipf(places), Zipf(islice(_policies(rng, places), policies)))


def fill(text: str, rng: random.Random, known: Mapping[str, Callable[[], str]]) -> str:
    """A text of the words, with these symbols replaced so, and all others by chance."""

    def word(name: str) -> str:
        if name in known:
            return known[name]()
        if name == "num":
            return str(rng.randint(2, 99))
        if name == "cn":
            return cn(rng.randint(1, 12))
        return say(rng.choice(words()[name]), word)

    return say(text, word)


def _names(rng: random.Random) -> Iterator[str]:
    """Names of places without what they are (松陵), each once."""
    syllables = words()["syllable"]
    pairs = [a + b for a in syllables for b in syllables if a != b]
    rng.shuffle(pairs)
    return iter(pairs)


def _places(rng: random.Random, names: Iterator[str]) -> Iterator[Place]:
    while True:
        province = f"{next(names)}省"
        for _ in range(_CITIES_OF_A_PROVINCE):
            city = next(names) + _CITY
            yield _place(rng, city, city, province)
            for _ in range(_COUNTIES_OF_A_CITY):
                yield _place(rng, next(names) + rng.choice(_COUNTY), city, province)


def _place(rng: random.Random, name: str, city: str, province: str) -> Place:
    here = {"place": lambda: "\0"}  # what its own are called after, in other papers than its own
    towns = [fill("{a_town}", rng, here) for _ in range(_TOWNS)]
    firms = [fill("{a_company}", rng, here).replace("\0", name) for _ in range(_FIRMS)]
    known = here | {"town": lambda: rng.choice(towns), "company": lambda: rng.choice(firms)}
    units: dict[str, Unit] = {}
    while len(units) < _UNITS_OF_A_PLACE:
        template = rng.choice(words()["unit"])
        shown = fill(template, rng, known)
        whole = shown.replace("\0", name)
        own = template == "{authority}"
        units[whole] = Unit(whole, shown.replace("\0", name[-1]) if own else whole)
    return Place(name, city, province, towns, firms, Zipf(units.values()))


def _policies(rng: random.Random, places: Sequence[Place]) -> Iterator[str]:
    """What holds everywhere first, for that is cited most; then what a province, a city or an office made."""
    national = [*words()["national_policy"]]
    rng.shuffle(national)
    yield from national
    for place in cycle(places):
        maker = rng.choice((place.province, place.city, place.name))
        yield fill(
            rng.choice(words()["local_policy"]),
            rng,
            {"place": lambda maker=maker: maker, "year": lambda: str(rng.randint(2012, 2025))},
        )
