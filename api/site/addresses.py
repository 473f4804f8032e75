"""Where the pages are."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from api.lookups.kinds import BY_LABEL


def page_of(label: str, id_: str) -> str | None:
    """The page of a thing; None for a label that has none."""
    kind = BY_LABEL.get(label)
    return f"/browse/{kind.name}/{quote(id_, safe='')}" if kind else None


def query(*given: tuple[str, object]) -> str:
    """`?name=value&…` of what is given; what is None or empty is left out."""
    pairs = [(name, value) for name, value in given if value not in (None, "")]
    return f"?{urlencode(pairs)}" if pairs else ""
