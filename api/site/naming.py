"""The names of all units, policies and reports, folded, so that what somebody types is found at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from api.lookups.cypher import count_query
from api.lookups.kinds import BY_NAME
from api.site.counted import Counted
from graph.search import fold
from graph.store import GraphStore

#: kind -> what each is called, its other names, what stands beside it.
_NAMES = {
    "units": ("n.name", "coalesce(n.aliases, [])", "n.place"),
    "policies": ("n.name", "coalesce(n.aliases, [])", "null"),
    "reports": ("n.title", "[]", "n.date"),
}
#: So many of a kind are held.
_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Name:
    """A unit, policy or report: what it is called, and all its names folded, one a line."""

    id: str
    name: str
    beside: str
    folded: str

    def has(self, words: Sequence[str]) -> bool:
        return any(all(word in line for word in words) for line in self.folded.split("\n"))


def names_with(store: GraphStore, counted: Counted, kind: str, words: Sequence[str], most: int) -> list[Name]:
    """Those of which a name holds all words: names that begin with one first, then short ones.

    None where the names are still being read. Raises StoreError.
    """
    total = store.read_only(count_query(BY_NAME[kind], ())).rows[0]["total"]
    names = counted.get(("names", kind), total, partial(_read, store, kind)) or []
    found = (one for one in names if one.has(words))
    return sorted(found, key=lambda one: (_rank(one, words), one.name, one.id))[:most]


def _rank(one: Name, words: Sequence[str]) -> tuple[bool, bool, int]:
    own = one.folded.partition("\n")[0]
    return not all(word in own for word in words), not own.startswith(tuple(words)), len(own)


def _read(store: GraphStore, kind: str) -> list[Name]:
    name, others, beside = _NAMES[kind]
    rows = store.stream(
        f"MATCH (n:{BY_NAME[kind].label}) RETURN n.id AS id, {name} AS name, "
        f"{others} AS others, {beside} AS beside LIMIT {_MOST}"
    )
    return [
        Name(row["id"], row["name"], row["beside"] or "", "\n".join(map(fold, [row["name"], *row["others"]])))
        for row in rows
    ]
