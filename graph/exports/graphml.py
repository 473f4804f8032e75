"""GraphML: one XML file, for networkx, Gephi, yEd, igraph.

Ids are LABEL:ID, as an id is unique within its label. GraphML has no lists: they are JSON text. Characters
that XML cannot hold become U+FFFD, one for one, so that places still count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.exports.files import part_of
from graph.exports.rows import ENDS, Row, check_report, edges, nodes
from graph.schema import Schema
from graph.store import GraphStore

_TYPES = {"integer": "long", "float": "double"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(store: GraphStore, path: Path, report: str | None = None) -> int:
    """Write the graph, or that of one report. Returns the number of nodes and edges.

    Raises ExportError, QueryError, StoreError.
    """
    check_report(store, report)
    count = 0
    with part_of(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        found = (
            {"label": label, **row} for label in store.schema.labels for row in nodes(store, label, report)
        )
        linked = (
            {"type": type_, **row} for type_ in store.schema.edges for row in edges(store, type_, report)
        )
        for line in graphml_lines(store.schema, found, linked):
            file.write(line)
            count += line.startswith(("<node", "<edge"))
    return count


def graphml_lines(schema: Schema, found: Iterable[Row], linked: Iterable[Row]) -> Iterator[str]:
    """A document of nodes (`label`, `id` and properties) and edges (`type`, `id`, ENDS and properties)."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield from _keys(schema)
    yield '<graph id="suyin" edgedefault="directed">\n'
    for row in found:
        yield f"<node id={_attribute(row['label'], row['id'])}>{_data('n', row)}</node>\n"
    for row in linked:
        rest = {name: value for name, value in row.items() if name not in ENDS}
        yield (
            f"<edge id={quoteattr(row['id'])} source={_attribute(row['source_label'], row['source'])}"
            f" target={_attribute(row['target_label'], row['target'])}>{_data('e', rest)}</edge>\n"
        )
    yield "</graph>\n</graphml>\n"


def _keys(schema: Schema) -> Iterator[str]:
    for kind, of, entries in (("n", "node", schema.labels), ("e", "edge", schema.edges)):
        named = "label" if kind == "n" else "type"
        types = {named: "string", "id": "string"}
        for entry in entries.values():
            types |= entry.properties
        for name, type_ in types.items():
            yield (
                f'<key id="{kind}.{name}" for="{of}" attr.name="{name}" '
                f'attr.type="{_TYPES.get(type_, "string")}"/>\n'
            )


def _data(kind: str, properties: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{kind}.{name}">{_text(value)}</data>'
        for name, value in properties.items()
        if value is not None
    )


def _text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    return escape(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(label: str, id_: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", f"{label}:{id_}"))
