"""The driver's values as JSON knows them, and those that a database takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Duration

from graph.errors import QueryError
from graph.schema import SEARCH

#: How deep lists and maps may stand in each other.
DEEPEST = 100
_AS_IT_IS = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """Numbers, strings, lists and dicts; times, points and bytes are written out. What is no number is None:
    JSON knows neither NaN nor infinity.

    A node gives its properties and `label`, without the text that is only there to be searched; an edge its
    properties, `type` and the ids of its ends (None where the answer does not hold them); a path the list of
    both.
    """
    # nearly all values: not asked for kind after kind
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, dict):
        return {str(k): v if type(v) in _AS_IT_IS else plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [v if type(v) in _AS_IT_IS else plain(v) for v in value]
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Point():  # a tuple, as Duration is
            return f"POINT({' '.join(map(str, value))})"
        case Duration():
            return value.iso_format()
        case bytes() | bytearray():
            return value.hex()
        case Node():
            own = {k: v for k, v in _properties(value).items() if k != SEARCH}
            return {"label": next(iter(value.labels), None), **own}
        case Relationship():
            ends = [None if node is None else node.get("id") for node in value.nodes]
            return {"type": value.type, "source": ends[0], "target": ends[1], **_properties(value)}
        case Path():
            steps: list[Any] = [plain(value.nodes[0])]
            for edge, node in zip(value.relationships, value.nodes[1:], strict=True):
                steps += [plain(edge), plain(node)]
            return steps
        case tuple() | set() | frozenset():
            return [plain(v) for v in value]
        case _:
            return value.iso_format() if hasattr(value, "iso_format") else str(value)


def check_values(values: Mapping[str, Any]) -> None:
    """Raises QueryError, naming the parameter, where a value is none that a database takes."""
    for name, value in values.items():
        _check(f"parameter {name}", value, 0)


def _check(where: str, value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise QueryError(f"{where} is nested too deeply; at most {DEEPEST} levels")
    match value:
        case str():
            check_text(where, value)
        case int() if not -(2**63) <= value < 2**63:
            raise QueryError(f"{where}: a whole number must be below 2^63; write it as text, in quotes")
        case Mapping():
            for key, one in value.items():
                _check(where, key, depth)
                _check(where, one, depth + 1)
        case list() | tuple():
            for one in value:
                _check(where, one, depth + 1)


def check_text(where: str, text: str) -> None:
    """Raises QueryError where the text cannot be written in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as err:
        raise QueryError(
            f"{where} holds a broken character at {err.start} (lone surrogate); write it in UTF-8"
        ) from err


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {k: plain(v) for k, v in entity.items()}
