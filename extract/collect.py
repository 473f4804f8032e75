"""Results -> findings: the only place where offsets of the clean text become offsets of the source."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from extract.draft import Draft
from extract.model import GROUNDED, Findings, Link, Mention, ReportInfo
from extract.nodes import Node
from extract.results import Results
from extract.text.characters import plain
from extract.warnings import all_warnings

#: The results that findings are made of.
_USED = ("statements", "units", "categories", "policies", "facts", "stakes", "links")


def content_id(*parts: str) -> str:
    """A short content hash, the same for the same parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def report_id(text: str) -> str:
    """The id of a report without one of its own: a hash of its text as it is seen, without white space."""
    return content_id("report", _flat(text))


def collect(results: Results, *, ident: str | None = None) -> Findings:
    """Findings in source offsets; ids are hashes of content, never of offsets.

    Raises PipelineError where a component has not returned its result.
    """
    draft = Draft(results.report, results.only(_USED, "collect"))
    source, given = draft.report.source, draft.report.given
    ident = ident or given.id or report_id(source.text)
    nodes: list[Mention] = []
    ids: dict[int, str] = {}
    seen: dict[str, int] = {}
    for node in (n for label in GROUNDED for n in sorted(draft.of(label), key=lambda n: (n.start, -n.end))):
        start, end = draft.clean.span(node.start, node.end)
        text = source.text[start:end]
        key = content_id(ident, node.label, _flat(text))
        seen[key] = seen.get(key, 0) + 1
        ids[id(node)] = content_id(key, str(seen[key]))
        nodes.append(Mention(ids[id(node)], node.label, text, start, end, _properties(draft, node)))
    for node in [*draft.of("Policy"), *draft.of("Unit")]:
        ids[id(node)] = content_id(ident, node.label, node.properties["name"])
        nodes.append(Mention(ids[id(node)], node.label, properties=dict(node.properties)))
    title = given.title or _flat(
        source.text[slice(*draft.clean.span(*draft.title))] if draft.title else PurePath(source.name).stem
    )
    info = ReportInfo(
        ident,
        title,
        draft.kind,
        source.name,
        source.sha256,
        len(source.text),
        given.place or results.units.place,
        given.date or draft.report.date,
        given.level,
        given.round,
        given.url,
        tuple(all_warnings(draft)),
    )
    edges = _edges(draft, nodes, ids, ident)
    report = Mention(ident, "Report", properties={"title": title, "kind": draft.kind})
    return Findings(info, (report, *nodes, *_codes(draft, nodes)), tuple(edges), source.text)


def _flat(text: str) -> str:
    """In usual characters, without white space and what is invisible."""
    return "".join(plain(text).split())


def _properties(draft: Draft, node: Node) -> dict[str, Any]:
    """What the component that made it says of a node, and what others do."""
    results = draft.results
    said = {**node.properties, **results.categories.of(node), "amount": results.stakes.get(node)}
    properties = {k: v for k, v in said.items() if v not in (None, "")}
    for fact in results.facts.get(node, ()):
        properties.setdefault(f"{fact.kind}s", []).append(fact.value)
        properties.setdefault(f"{fact.kind}s_at", []).extend(draft.clean.span(fact.start, fact.end))
        if fact.kind == "count":
            properties.setdefault("counts_of", []).append(fact.unit)
    headline = node.said or node.headline
    if headline and headline[0] < headline[1]:
        start, end = draft.clean.span(*headline)
        properties["headline"] = _flat(draft.report.source.text[start:end])
    return properties


def _codes(draft: Draft, nodes: list[Mention]) -> list[Mention]:
    """Nodes for the categories and cause types that are used."""
    out = []
    for label, prefix, group, key in (
        ("Category", "category", "categories", "category"),
        ("CauseType", "cause-type", "cause_types", "type"),
    ):
        names = draft.rules.taxonomy[group]
        for code in sorted({n.properties[key] for n in nodes if key in n.properties}):
            out.append(
                Mention(
                    f"{prefix}:{code}",
                    label,
                    properties={"code": code, "name": names[code]["zh"], "name_en": names[code]["en"]},
                )
            )
    return out


def _edges(draft: Draft, nodes: list[Mention], ids: dict[int, str], ident: str) -> list[Link]:
    source_text = draft.report.source.text
    statuses = {n.id: n.properties["status"] for n in nodes if n.label == "Measure"}
    edges = [
        Link("STATED_IN", n.id, ident, {"start": n.start, "end": n.end}) for n in nodes if n.start is not None
    ]
    for bond in draft.bonds:
        properties = dict(bond.properties)
        if bond.type == "RESOLVES" and bond.source is not None:
            properties["status"] = statuses[ids[id(bond.source)]]
        if bond.start is not None and bond.end is not None:
            properties["start"], properties["end"] = draft.clean.span(bond.start, bond.end)
            if "cue" in properties:
                properties["cue"] = source_text[slice(*draft.clean.span(*properties["cue"]))]
        elif bond.type in ("CAUSED_BY", "ADDRESSES"):
            properties["start"] = properties["end"] = None
        edges.append(
            Link(
                bond.type,
                ids[id(bond.source)] if bond.source else ident,
                ids[id(bond.target)] if bond.target else ident,
                properties,
            )
        )
    edges += [
        Link("IN_CATEGORY", n.id, f"category:{n.properties['category']}")
        for n in nodes
        if n.label == "Problem"
    ]
    edges += [
        Link("OF_TYPE", n.id, f"cause-type:{n.properties['type']}") for n in nodes if n.label == "RootCause"
    ]
    return edges
