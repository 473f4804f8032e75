"""GraphML: one XML file, for networkx, Gephi, yEd, igraph.

Ids are LABEL:ID, as an id is unique within its label. GraphML has no lists: they are JSON text. Characters
that XML cannot hold become U+FFFD, one for one, so that places still count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from graph.exports.files import part_of
from graph.exports.rows import ENDS, check_report, edges, nodes
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
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                   '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        _write_keys(file, store.schema)
        file.write('<graph id="suyin" edgedefault="directed">\n')
        for label in store.schema.labels:
            for row in nodes(store, label, report):
                file.write(f"<node id={_attribute(label, row['id'])}>"
                           f'{_data("n", {"label": label, **row})}</node>\n')
                count += 1
        for type_ in store.schema.edges:
            for row in edges(store, type_, report):
                rest = {name: value for name, value in row.items() if name not in ENDS}
                file.write(f"<edge id={quoteattr(row['id'])}"
                           f" source={_attribute(row['source_label'], row['source'])}"
                           f" target={_attribute(row['target_label'], row['target'])}>"
                           f'{_data("e", {"type": type_, **rest})}</edge>\n')
                count += 1
        file.write("</graph>\n</graphml>\n")
    return count


def _write_keys(file: IO[str], schema: Schema) -> None:
    for kind, of, entries in (("n", "node", schema.labels), ("e", "edge", schema.edges)):
        named = "label" if kind == "n" else "type"
        types = {named: "string", "id": "string"}
        for entry in entries.values():
            types |= entry.properties
        for name, type_ in types.items():
            file.write(f'<key id="{kind}.{name}" for="{of}" attr.name="{name}" '
                       f'attr.type="{_TYPES.get(type_, "string")}"/>\n')


def _data(kind: str, properties: Mapping[str, Any]) -> str:
    return "".join(f'<data key="{kind}.{name}">{_text(value)}</data>'
                   for name, value in properties.items() if value is not None)


def _text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    return escape(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(label: str, id_: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", f"{label}:{id_}"))
