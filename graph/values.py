"""The driver's values as JSON knows them."""

from __future__ import annotations

from typing import Any

from neo4j.graph import Node, Path, Relationship

from graph.schema import SEARCH


def plain(value: Any) -> Any:
    """Numbers, strings, lists and dicts; times and points are written out.

    A node gives its properties and `label`, without the text that is only there to be searched; an edge its properties, `type` and the ids of its ends (None
    where the answer does not hold them); a path the list of both.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
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
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(v) for v in value]
        case _:
            return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {k: plain(v) for k, v in entity.items()}
