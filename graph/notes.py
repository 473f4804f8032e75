"""Words of a query in Cypher that the schema lacks: why an answer may be empty. No database says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from graph import cypher, cypher_names
from graph.names import unknown
from graph.schema import META, Edge, Label, Schema
from graph.vocabulary import nearest

_META_KEYS = ("id", "version")


def notes_on_words(schema: Schema, found: Sequence[cypher.Token], given: Collection[str]) -> Iterator[str]:
    """A line for each label, type and key that the schema lacks, and for each of the `given` parameters that
    the query does not use; with what was perhaps meant.
    """
    said = set()
    for use in cypher_names.uses(found):
        if (note := _note(schema, use)) and note not in said:
            said.add(note)
            yield note
    used = {f"${name}" for name in cypher.parameters(found)}
    for name in sorted({f"${name}" for name in given} - used):
        near = nearest(name, ((other, (other,)) for other in used))
        yield unknown("查询里", "参数", "parameter", name, near, whole="the query")


def _note(schema: Schema, use: cypher_names.Use) -> str | None:
    if use.kind == "key":
        return _note_on_key(schema, use)
    known = _entries(schema, use.kind)
    if use.name in known or use.name == META:
        return None
    names = ((name, (name, entry.zh, entry.en)) for name, entry in known.items())
    zh, en = ("关系类型", "edge type") if use.kind == "type" else ("标签", "label")
    return unknown("图的结构里", zh, en, f":{use.name}", nearest(use.name, names), whole="the schema")


def _note_on_key(schema: Schema, use: cypher_names.Use) -> str | None:
    entries = _entries(schema, use.owner)
    # a label that is not there has been told of already, and says nothing of its keys
    owners = sorted(use.owners) if use.owners <= entries.keys() else []
    keys = {"id", *(key for name in owners or entries for key in entries[name].stored)}
    if use.name in keys or (not owners and use.name in _META_KEYS):
        return None
    owner = f"{'|'.join(owners)}." if owners else ""
    near = nearest(use.name, ((key, (key,)) for key in keys))
    return unknown("图的结构里", "属性", "property", f"{owner}{use.name}", near, whole="the schema")


def _entries(schema: Schema, kind: str) -> Mapping[str, Label | Edge]:
    return {**(schema.labels if "label" in kind else {}), **(schema.edges if "type" in kind else {})}
