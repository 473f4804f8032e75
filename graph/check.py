"""Refuses a graph that is not as the schema says or whose quotes are not in its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from extract.model import GROUNDED
from graph.data import GraphData, GraphError
from graph.schema import LISTS, TYPES, Edge, Schema

_SPACE = re.compile(r"[\s\ufeff]")
_INT64 = 2**63
#: The largest value: of an indexed property in bytes of UTF-8 (Neo4j takes 8,167), of others in characters.
_MOST_INDEXED, _MOST = 4000, 20_000_000


def check_graph(data: GraphData, schema: Schema) -> None:
    """Raises GraphError, naming the report and the node or edge, where the graph must not be written."""
    source = next((n.properties["text"] for n in data.nodes if n.label == "SourceText"), None)
    seen: set[tuple[str, str]] = set()
    for node in data.nodes:
        where = f"report {data.report_id}: node {node.label} {node.id}"
        if node.label not in schema.labels:
            raise GraphError(f"{where}: unknown label; see graph/schema.toml")
        if (node.label, node.id) in seen:
            raise GraphError(f"{where}: the id is given twice")
        seen.add((node.label, node.id))
        _check_properties(where, {**node.properties, "id": node.id}, schema.labels[node.label].properties)
        _check_size(where, {**node.properties, "id": node.id}, ("id", *schema.labels[node.label].index))
        if node.label in GROUNDED:
            _check_quote(where, node.properties, source)
    if ("Report", data.report_id) not in seen:
        raise GraphError(f"report {data.report_id}: there is no node for the report itself")
    _check_edges(data, schema, seen, source)


def _check_edges(data: GraphData, schema: Schema, nodes: set[tuple[str, str]], source: str | None) -> None:
    ids: set[str] = set()
    stated: set[tuple[str, str]] = set()
    for edge in data.edges:
        where = f"report {data.report_id}: edge {edge.type} {edge.source} → {edge.target}"
        kind = schema.edges.get(edge.type)
        if kind is None:
            raise GraphError(f"{where}: unknown type; see graph/schema.toml")
        if not kind.joins(edge.source_label, edge.target_label):
            raise GraphError(f"{where}: it cannot go from {edge.source_label} to {edge.target_label}")
        for end in ((edge.source_label, edge.source), (edge.target_label, edge.target)):
            if end not in nodes:
                raise GraphError(f"{where}: there is no node {end[0]} {end[1]}")
        if edge.id in ids:
            raise GraphError(f"{where}: the edge is given twice")
        ids.add(edge.id)
        _check_properties(where, edge.properties, kind.properties)
        _check_place(where, edge.properties, source)
        _check_method(where, kind, edge.properties, source)
        if edge.type == "STATED_IN":
            stated.add((edge.source_label, edge.source))
    for label, id_ in sorted(nodes - stated):
        if label in GROUNDED:  # without it the node would stay when its report is deleted
            raise GraphError(f"report {data.report_id}: node {label} {id_}: it has no STATED_IN edge")


def _check_properties(where: str, properties: Mapping[str, Any], kinds: Mapping[str, str]) -> None:
    for name, value in properties.items():
        kind = "string" if name == "id" else kinds.get(name)
        if kind is None:
            raise GraphError(f"{where}: unknown property {name!r}; see graph/schema.toml")
        if type(value) is str and kind == "string" and (value.isascii() or _encodable(value)):
            continue  # most values end here
        if type(value) is int and kind == "integer" and 0 <= value < _INT64:
            continue
        parts = value if kind in LISTS and isinstance(value, list) else [value]
        if any(type(part) is not TYPES[kind] for part in parts) or (kind in LISTS and parts is not value):
            raise GraphError(f"{where}: {name} must be of type {kind}, not {value!r:.40}")
        if any(isinstance(part, str) and not _encodable(part) for part in parts):
            raise GraphError(f"{where}: {name} holds a broken character (lone surrogate)")
        if any(type(part) is int and not -_INT64 <= part < _INT64 for part in parts):
            raise GraphError(f"{where}: {name} is too large")


def _check_size(where: str, properties: Mapping[str, Any], indexed: Collection[str]) -> None:
    for name, value in properties.items():
        size = len(value.encode()) if name in indexed else len(value) if isinstance(value, str | list) else 0
        if size > (_MOST_INDEXED if name in indexed else _MOST):
            raise GraphError(
                f"{where:.100}: {name} is too large ({size:,}, at most "
                f"{_MOST_INDEXED if name in indexed else _MOST:,}); shorten it"
            )


def _check_quote(where: str, properties: Mapping[str, Any], source: str | None) -> None:
    missing = [name for name in ("text", "start", "end") if name not in properties]
    if missing:
        raise GraphError(f"{where}: {missing[0]!r} is missing")
    _check_place(where, properties, source)
    text, start, end = properties["text"], properties["start"], properties["end"]
    if len(text) != end - start or (source is not None and text != source[start:end]):
        raise GraphError(f"{where}: {text!r:.40} is not what the source has from {start} to {end}")


def _check_place(where: str, properties: Mapping[str, Any], source: str | None) -> None:
    start, end = properties.get("start"), properties.get("end")
    if start is None and end is None:
        return
    if start is None or end is None or not 0 <= start <= end or (source is not None and end > len(source)):
        raise GraphError(f"{where}: {start}–{end} is no place in the source")


def _check_method(where: str, kind: Edge, properties: Mapping[str, Any], source: str | None) -> None:
    """An explicit edge and an inferred one must never be mistaken for each other."""
    method = properties.get("method")
    if method not in ("explicit", "inferred") and (kind.method or method is not None):
        raise GraphError(f"{where}: method is {method!r}, not explicit or inferred")
    if not 0 <= properties.get("confidence", 0.0) <= 1:
        raise GraphError(f"{where}: confidence {properties['confidence']} is not in [0, 1]")
    if kind.name == "CAUSED_BY" and method == "explicit":
        cue, start, end = (properties.get(k) for k in ("cue", "start", "end"))
        if not cue or start is None or end is None:
            raise GraphError(f"{where}: an explicit cause must have a cue and its place")
        if source is not None and _SPACE.sub("", cue) not in _SPACE.sub("", source[start:end]):
            raise GraphError(f"{where}: the cue {cue!r} is not in the source from {start} to {end}")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
