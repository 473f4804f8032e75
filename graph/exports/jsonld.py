"""JSON-LD: one file of RDF with W3C PROV-O where that fits. One object a line.

A node that a report states is a prov:Entity with its words as prov:value; its STATED_IN edge is a
prov:Quotation with `start` and `end`, and it prov:wasQuotedFrom its report. A report prov:wasAttributedTo who
issued it; a unit is a prov:Organization. Every edge is an rdf:Statement that carries its properties; it is
also a plain triple, unless it is inferred: what nobody has said is not asserted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extract.model import GROUNDED
from graph.exports.files import part_of
from graph.exports.rows import ENDS, Row, check_report, edges, nodes
from graph.schema import LISTS, Schema
from graph.store import GraphStore

_PREFIXES = {
    "suyin": "urn:suyin:vocabulary:",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
#: What others have a name for; the rest is suyin:NAME.
_KNOWN = {
    "text": "prov:value",
    "title": "dcterms:title",
    "name": "rdfs:label",
    "STATED_IN": "prov:wasQuotedFrom",
    "ISSUED_BY": "prov:wasAttributedTo",
    "REFERENCES": "dcterms:references",
    "PART_OF": "dcterms:isPartOf",
}
_CLASSES = dict.fromkeys(("Report", "SourceText", "Policy", *GROUNDED), "prov:Entity") | {
    "Unit": "prov:Organization",
    "Category": "skos:Concept",
    "CauseType": "skos:Concept",
}
_XSD = {"string": "xsd:string", "integer": "xsd:integer", "float": "xsd:double"}


def write_jsonld(store: GraphStore, path: Path, report: str | None = None) -> int:
    """Write the graph, or that of one report. Returns the number of nodes and edges.

    Raises ExportError, QueryError, StoreError.
    """
    check_report(store, report)
    count = 0
    with part_of(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {json.dumps(context(store.schema))},\n"@graph": [')
        for thing in _things(store, report):
            file.write(f"{',' if count else ''}\n{json.dumps(thing, ensure_ascii=False)}")
            count += 1
        file.write("\n]}\n")
    return count


def context(schema: Schema) -> dict[str, Any]:
    """What the names in the file mean: properties with their types, edges as links."""
    made: dict[str, Any] = {**_PREFIXES}
    for entry in (*schema.labels.values(), *schema.edges.values()):
        for name, type_ in entry.properties.items():
            listed = {"@container": "@list"} if type_ in LISTS else {}  # by order they go with each other
            made[name] = {
                "@id": _KNOWN.get(name, f"suyin:{name}"),
                "@type": _XSD[type_.removesuffix("s") if listed else type_],
                **listed,
            }
    for name in schema.edges:
        made[name] = {"@id": _KNOWN.get(name, f"suyin:{name}"), "@type": "@id"}
    links = {
        "subject": "rdf:subject",
        "predicate": "rdf:predicate",
        "object": "rdf:object",
        "entity": "prov:entity",
        "quotation": "prov:qualifiedQuotation",
    }
    return made | {name: {"@id": iri, "@type": "@id"} for name, iri in links.items()}


def _things(store: GraphStore, report: str | None) -> Iterator[dict[str, Any]]:
    for label in store.schema.labels:
        for row in nodes(store, label, report):
            yield {"@id": _iri(label, row["id"]), "@type": [f"suyin:{label}", _CLASSES[label]], **_said(row)}
    for type_ in store.schema.edges:
        for row in edges(store, type_, report):
            yield _edge(type_, row)


def _edge(type_: str, row: Row) -> dict[str, Any]:
    """The statement, with the plain triple in it."""
    source, target = _iri(row["source_label"], row["source"]), _iri(row["target_label"], row["target"])
    iri = _iri("edge", row["id"])
    subject: dict[str, Any] = {"@id": source}
    if row.get("method") != "inferred":
        subject[type_] = target
    statement: dict[str, Any] = {
        "@id": iri,
        "@type": ["rdf:Statement"],
        "subject": subject,
        "object": target,
        "predicate": _KNOWN.get(type_, f"suyin:{type_}"),
        **_said(row),
    }
    if type_ == "STATED_IN":
        statement["@type"].append("prov:Quotation")
        statement["entity"] = target
        subject["quotation"] = iri
    return statement


def _said(row: Row) -> Mapping[str, Any]:
    """The properties; `id` is in the IRI."""
    return {name: value for name, value in row.items() if value is not None and name not in ("id", *ENDS)}


def _iri(kind: str, id_: str) -> str:
    return f"urn:suyin:{kind}:{quote(id_, safe=':')}"
