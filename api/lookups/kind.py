"""What is to be said of a kind of things so that it can be looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.schema import load_schema


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts by a value. `clause`: Cypher that binds what `value` reads, and `name` where a value is no code.

    `parts`: instead of these the ends of several queries, each from `n` and `r` to value, name, number; for
    one value a thing is counted by one of them only.
    """

    value: str = ""
    clause: str = ""
    name: str = "null"
    vocabulary: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Keys in order, each (expression, is it descending); the id is added last. No key is ever null."""

    keys: tuple[tuple[str, bool], ...]
    says: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things. `name` is its address, `one` what a parameter with its id is called.

    `conditions` of filters are on `n` and `r`, those of `linked` on what `link` brings; `joined` has a clause
    and the condition on what that brings, so that the database may begin there. `by_problem`:
    `link` leads to a problem `p`, or `n` is one, so that the problems of a unit can be begun with.
    """

    name: str
    one: str
    label: str
    zh: str
    en: str
    conditions: Mapping[str, str]
    facets: Mapping[str, Facet]
    orders: Mapping[str, Order]
    report: str = "MATCH (n)-[:STATED_IN]->(r:Report)"
    link: str = ""
    linked: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    by_problem: bool = True

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of all that it can be narrowed by."""
        own = ("unit",) if self.by_problem else ()
        return tuple(dict.fromkeys((*own, *self.conditions, *self.joined, *self.linked)))

    @property
    def index(self) -> str:
        """The name of its full-text index; empty where it has none."""
        label = load_schema().labels[self.label]
        return label.fulltext_index if label.fulltext else ""
