"""What a caller may do: read look-ups, research (users' Cypher), write (uploads, deletions), admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

Scope: TypeAlias = Literal["read", "research", "write", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
#: Who may do more may look things up too.
_HOLDS: dict[Scope, frozenset[Scope]] = {
    "read": frozenset({"read"}),
    "research": frozenset({"research", "read"}),
    "write": frozenset({"write", "read"}),
    "admin": frozenset(SCOPES),
}
ALL: frozenset[Scope] = frozenset(SCOPES)


def expand(scopes: Iterable[Scope]) -> frozenset[Scope]:
    """The scopes with those that they hold."""
    return frozenset(each for scope in scopes for each in _HOLDS[scope])
