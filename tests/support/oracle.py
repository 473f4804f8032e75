"""Findings that say exactly what annotations say: the best that a program could do."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from extract.evaluate.gold import Gold
from extract.model import Findings, Link, Mention, ReportInfo

#: Row of names -> label of the nodes. The inspected and the issuer are among the units.
SHARED = {"units": "Unit", "policies": "Policy"}


def oracle(gold: Gold) -> Findings:
    """A node for each annotated one under its own id, all links that are required, one node for each name."""
    bare = gold.text
    at = [bare.span(0, i)[1] for i in range(len(bare.source) + 1)]  # source offset -> bare offset
    nodes, edges = [], []
    for found in gold.nodes.values():
        for node in found:
            start, end = bare_to_source(at, node.start, node.end)
            properties: dict[str, Any] = {}
            if node.headlines:
                properties["headline"] = node.headlines[0]
            if node.codes:
                properties["type" if node.label == "RootCause" else "category"] = node.codes[0]
            nodes.append(Mention(node.id, node.label, bare.source[start:end], start, end, properties))
    for row, label in SHARED.items():
        for i, (name, *aliases) in enumerate(gold.names[row].required):
            nodes.append(Mention(f"{label}{i}", label, properties={"name": name, "aliases": aliases}))
    units = list(gold.names["units"].required)
    for row, type_ in (("inspected", "INSPECTS"), ("issuer", "ISSUED_BY")):
        edges += [Link(type_, "report", f"Unit{units.index(names)}") for names in gold.names[row].required]
    edges += [Link("PART_OF", child, parent) for child, parent in gold.parents.items()]
    cue = {"cue": bare.source[:4], "start": 0, "end": 9}
    rows = {
        "explicit_causes": ("CAUSED_BY", {"method": "explicit", "confidence": 0.95, **cue}),
        "inferred_causes": ("CAUSED_BY", {"method": "inferred", "confidence": 0.6}),
        "addresses": ("ADDRESSES", {"method": "inferred", "confidence": 0.7}),
        "leads_to": ("LEADS_TO", {}),
    }
    for row, (type_, properties) in rows.items():
        edges += [Link(type_, a, b, properties) for a, b in gold.links[row].required]
    report = ReportInfo("report", gold.name, gold.kind, gold.report.name, "0" * 64, len(bare.source))
    return Findings(report, tuple(nodes), tuple(edges), bare.source)


def bare_to_source(at: list[int], start: int, end: int) -> tuple[int, int]:
    """A range of the bare text as a range of the source, without white space at its ends."""
    return bisect_left(at, start + 1) - 1, bisect_left(at, end)
