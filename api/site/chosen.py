"""What a list is narrowed by, in words, with the addresses that narrow it further or widen it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.lookups.filters import METHODS, NAMING, STATUSES
from api.lookups.items import coded, read_items
from api.lookups.kind import Kind
from api.lookups.kinds import BY_NAME
from api.lookups.models import FacetValue, Item, Listing
from api.site.addresses import query
from api.site.page import Page
from graph.store import GraphStore
from graph.vocabulary import TABLES

#: Filters that are codes -> the name of their vocabulary.
_CODES = {"category": "category", "cause_type": "cause-type", "kind": "kind"}
#: Filters that are ids -> the kind of what they name.
_IDS = {"report": "reports", "problem": "problems", "part_of": "problems", "cause": "causes"}
#: Values of a facet that are shown before the others are opened; characters of a name.
SHOWN, _CHARACTERS = 7, 40
assert set(_CODES.values()) == set(TABLES)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value: its name, how many have it, the address that chooses it or, where chosen, drops it."""

    name: str
    href: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of a facet, or all that is chosen of a filter. `name`: the facet's or the filter's."""

    name: str
    values: list[Choice]


class Chosen:
    """The filters of a list that is shown. `given`: all of its address but the place in the list."""

    def __init__(self, page: Page, kind: Kind, given: Mapping[str, Any], kept: Mapping[str, Any]) -> None:
        self.page, self.kind, self.kept = page, kind, kept
        self.given = {name: value for name, value in given.items() if value not in (None, "")}

    def address(self, changed: Mapping[str, Any] | None = None) -> str:
        """The list with other values; those that are None are dropped. It begins at its start."""
        every: dict[str, Any] = {**self.given, **self.kept, **(changed or {})}
        pairs = [
            (name, one)
            for name, value in every.items()
            for one in (value if isinstance(value, list | tuple) else [value])
        ]
        return f"/browse/{self.kind.name}{query(*pairs)}"

    def chips(self, store: GraphStore, listing: Listing[Item]) -> list[Choices]:
        """What is chosen, each with the address without it."""
        left = dict(self.given)
        found = []
        if year := self._year():
            left.pop("date_to")
            left.pop("date_from")
            found.append(Choices("year", [Choice(year, self.address({"date_from": None, "date_to": None}))]))
        for name, value in left.items():
            said = self._said(store, listing, name, value)
            found.append(Choices(name, [Choice(said[:_CHARACTERS], self.address({name: None}))]))
        return found

    def facets(self, counted: Mapping[str, Sequence[FacetValue]]) -> list[Choices]:
        """The facets that have values, each value with its address."""
        return [
            Choices(name, [self._choice(name, value) for value in values])
            for name, values in counted.items()
            if values
        ]

    def _choice(self, facet: str, value: FacetValue) -> Choice:
        if facet == "year":
            chosen = self._year() == value.value
            changed = dict.fromkeys(("date_from", "date_to"), None if chosen else value.value)
        else:
            chosen = str(self.given.get(facet)) == value.value
            changed = {facet: None if chosen else value.value}
        name = self.page.named(value) if value.name else self._word(facet, value.value)
        return Choice(name[:_CHARACTERS], self.address(changed), value.count, chosen)

    def _year(self) -> str | None:
        """The one year that is chosen."""
        first, last = self.given.get("date_from"), self.given.get("date_to")
        return str(first) if first and first == last and len(first) == 4 else None

    def _said(self, store: GraphStore, listing: Listing[Item], name: str, value: Any) -> str:
        if name in _CODES:
            named = coded(_CODES[name], value)
            return self.page.named(named) if named else str(value)
        if name in NAMING and len(found := listing.matches.get(name, [])) == 1:
            return found[0].name
        if name in _IDS:
            things: list[Any] = list(read_items(store, BY_NAME[_IDS[name]], [str(value)]))
            return next(
                (
                    getattr(thing, "title", None) or getattr(thing, "headline", None) or thing.quote
                    for thing in things
                ),
                str(value),
            )
        return self._word(name, str(value))

    def _word(self, name: str, value: str) -> str:
        """A method or status in words; others as they are."""
        if value in f"{METHODS}|{STATUSES}".split("|") and name in ("method", "status"):
            return self.page.words["list"][f"is_{value}"]
        return value
