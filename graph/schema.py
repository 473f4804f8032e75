"""The schema of the graph: reads and checks schema.toml, and words its constraints and indexes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from extract.model import SuyinError

#: What a property may hold, by the name of its type in schema.toml.
#: A type in the plural is a list of such values.
TYPES: Mapping[str, type] = MappingProxyType(
    {"string": str, "integer": int, "float": float, "strings": str, "integers": int, "floats": float}
)
LISTS = frozenset({"strings", "integers", "floats"})

#: The label of the one node that holds the version; it belongs to no report and is none of `Schema.labels`.
META = "Meta"
#: The property that holds the texts of `fulltext` folded, to be searched; it has the full-text index.
SEARCH = "search"

_LABEL = re.compile(r"[A-Z][A-Za-z]*")
_EDGE = re.compile(r"[A-Z][A-Z_]*")
_PROPERTY = re.compile(r"[a-z][a-z0-9_]*")
_COLOR = re.compile(r"#[0-9a-f]{6}")


class SchemaError(SuyinError):
    """schema.toml is wrong; the message names the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What labels and edges have. `properties` maps each property but `id` to its type; `map`: on a map."""

    name: str
    zh: str
    en: str
    says_zh: str
    says_en: str
    color: str
    properties: Mapping[str, str]
    map: bool = True

    @property
    def stored(self) -> Mapping[str, str]:
        """The properties that it has in a store, but `id`."""
        return self.properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(_Entry):
    """A kind of node. `index`: properties that have an index; `fulltext`: those that are searched as text.

    `caption`: the property that names a node in a picture; empty where none is short enough.
    """

    index: tuple[str, ...] = ()
    fulltext: tuple[str, ...] = ()
    caption: str = ""

    @property
    def fulltext_index(self) -> str:
        """The name of the full-text index: ft_problem."""
        return f"ft_{_snake(self.name)}"

    @property
    def stored(self) -> Mapping[str, str]:
        """The properties that a node has in a store: also SEARCH, which is made of others (search.py)."""
        return {**self.properties, SEARCH: "string"} if self.fulltext else self.properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge(_Entry):
    """A kind of edge. `same_label`: both ends have one label, though several are allowed; `method`: each says
    whether the report says so (explicit) or it was inferred.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    same_label: bool = False
    method: bool = False

    def joins(self, source_label: str, target_label: str) -> bool:
        """May this edge go from a node of the one label to one of the other?"""
        return (
            source_label in self.sources
            and target_label in self.targets
            and (not self.same_label or source_label == target_label)
        )


@dataclass(frozen=True, slots=True)
class Schema:
    """All labels and edges by name, in the order of the file; `version` is that of the whole."""

    labels: Mapping[str, Label]
    edges: Mapping[str, Edge]
    version: int

    @property
    def named(self) -> tuple[str, ...]:
        """The labels whose nodes have their names from what reports call them (NAMES): units, policies."""
        return self.edges["NAMES"].targets

    @property
    def own(self) -> frozenset[str]:
        """The labels whose nodes belong to one report: it, and what is stated in it. Others are shared."""
        return frozenset({"Report", *self.edges["STATED_IN"].sources})

    def constraints(self) -> dict[str, str]:
        """Cypher statements by the name of what they make: one id is one node; indexes on what is asked."""
        made = {f"{_snake(n)}_id": f"FOR (n:{n}) REQUIRE n.id IS UNIQUE" for n in (*self.labels, META)}
        made = {name: f"CREATE CONSTRAINT {name} IF NOT EXISTS {rest}" for name, rest in made.items()}
        for label in self.labels.values():
            for prop in label.index:
                name = f"{_snake(label.name)}_{prop}"
                made[name] = f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label.name}) ON (n.{prop})"
        return made


@cache
def load_schema() -> Schema:
    """The schema of this version. Raises SchemaError."""
    return parse_schema((files("graph") / "schema.toml").read_text("utf-8"))


def parse_schema(text: str) -> Schema:
    """Read and check the TOML text of a schema. Raises SchemaError that names the entry."""
    try:
        doc = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise SchemaError(f"schema.toml: {err}") from err
    labels = {name: _label(name, entry) for name, entry in doc.get("labels", {}).items()}
    edges = {name: _edge(name, entry, labels) for name, entry in doc.get("edges", {}).items()}
    if unknown := sorted(doc.keys() - {"version", "labels", "edges"}):
        raise SchemaError(f"schema.toml: unknown table {unknown[0]!r}")
    if type(version := doc.get("version")) is not int or version < 1:
        raise SchemaError("schema.toml: 'version' must be a whole number from 1")
    return Schema(MappingProxyType(labels), MappingProxyType(edges), version)


def _label(name: str, entry: Mapping[str, Any]) -> Label:
    where = f"schema.toml: labels.{name}"
    common = _common(where, name, _LABEL, entry, {"index", "fulltext", "caption"})
    index, fulltext = tuple(entry.get("index", ())), tuple(entry.get("fulltext", ()))
    for prop in (*index, *fulltext):
        if prop not in entry["properties"]:
            raise SchemaError(f"{where}: {prop!r} is indexed but is no property")
    caption = entry.get("caption", "")
    if caption and caption not in entry["properties"]:
        raise SchemaError(f"{where}: {caption!r} is the caption but is no property")
    return Label(**common, index=index, fulltext=fulltext, caption=caption)


def _edge(name: str, entry: Mapping[str, Any], labels: Mapping[str, Label]) -> Edge:
    where = f"schema.toml: edges.{name}"
    common = _common(where, name, _EDGE, entry, {"from", "to", "same_label", "method"})
    ends = {}
    for end in ("from", "to"):
        ends[end] = tuple(entry.get(end, ()))
        if not ends[end]:
            raise SchemaError(f"{where}: {end!r} names no label")
        if unknown := [label for label in ends[end] if label not in labels]:
            raise SchemaError(f"{where}: {end!r} names unknown label {unknown[0]!r}")
    method = bool(entry.get("method"))
    if method and entry["properties"].get("method") != "string":
        raise SchemaError(f"{where}: it is to have a method, which is no property of type string")
    return Edge(
        **common,
        sources=ends["from"],
        targets=ends["to"],
        same_label=bool(entry.get("same_label")),
        method=method,
    )


def _common(
    where: str, name: str, form: re.Pattern[str], entry: Mapping[str, Any], further: set[str]
) -> dict[str, Any]:
    """Check what labels and edges share. The names are pasted into Cypher, so their form is strict."""
    if not form.fullmatch(name):
        raise SchemaError(f"{where}: the name must match {form.pattern}")
    needed = {"zh", "en", "says_zh", "says_en", "color", "properties"}
    if missing := sorted(needed - entry.keys()):
        raise SchemaError(f"{where}: {missing[0]!r} is missing")
    if unknown := sorted(entry.keys() - needed - further - {"map"}):
        raise SchemaError(f"{where}: unknown key {unknown[0]!r}")
    if not _COLOR.fullmatch(entry["color"]):
        raise SchemaError(f"{where}: color {entry['color']!r} is not like #1a2b3c")
    for prop, kind in entry["properties"].items():
        if kind not in TYPES:
            raise SchemaError(f"{where}: property {prop!r}: {kind!r} is not one of {', '.join(TYPES)}")
        if prop in ("id", SEARCH) or not _PROPERTY.fullmatch(prop):
            raise SchemaError(f"{where}: property {prop!r} is no free name in lower case")
    return {
        **{key: entry[key] for key in needed},
        "name": name,
        "map": entry.get("map", True),
        "properties": MappingProxyType(dict(entry["properties"])),
    }


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
