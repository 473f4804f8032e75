"""Where the pages are."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlencode

from api.lookups.kinds import BY_LABEL


@lru_cache(maxsize=10_000)
def part(id_: str) -> str:
    """An id as a part of an address. One thing has a dozen addresses, and a list has many of one report."""
    return quote(id_, safe="")


def page_of(label: str, id_: str) -> str | None:
    """The page of a thing; None for a label that has none."""
    kind = BY_LABEL.get(label)
    return f"/browse/{kind.name}/{part(id_)}" if kind else None


def query(*given: tuple[str, object]) -> str:
    """`?name=value&…` of what is given; what is None or empty is left out."""
    pairs = [(name, value) for name, value in given if value not in (None, "")]
    return f"?{urlencode(pairs)}" if pairs else ""
