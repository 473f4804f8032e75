"""Rewrites annotations that quote a report as annotations by offsets, for reports that may not be
quoted.

    python -m extract.evaluate.published META.json GOLD.yaml OUT.yaml

META.json says where the report is found: `address`, `phrase`, `corpus`. What OUT.yaml holds is no text
of the report: offsets in its text without white space, codes, ids, and a hash that tells whether a text
is the one meant.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from extract.evaluate.gold import Gold, GoldNode, read_gold, text_hash

_FOUND = ("address", "phrase", "corpus", "note", "whole")
_NODES = {"Problem": "problems", "RootCause": "causes", "Effect": "effects",
          "Recommendation": "recommendations", "Measure": "measures"}  # fmt: skip
_CODES = {"Problem": "category", "RootCause": "type"}


def by_offsets(gold: Gold, data: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The annotations of `data` (a GOLD.yaml) by offsets; names that the text does not have go."""
    out: dict[str, Any] = {"source": gold.report.name, "sha256": text_hash(gold.text.text), "kind": gold.kind}
    out |= {key: found[key] for key in _FOUND if found.get(key) is not None}
    for key in ("inspected", "inspected_optional", "issuer", "issuer_optional", "units", "units_optional",
                "policies", "policies_optional"):  # fmt: skip
        groups = data.get(key)
        if groups is not None:
            groups = groups if isinstance(groups, list) else [groups]
            placed = [_names(gold, group if isinstance(group, list) else [group]) for group in groups]
            out[key] = [group for group in placed if group]
    extra = {str(m["id"]): m for m in data.get("measures") or ()}
    for label, key in _NODES.items():
        roots = [node for node in gold.nodes[label] if node.id not in gold.parents]
        out[key] = [_node(gold, node, extra) for node in roots]
    if data.get("links"):
        out["links"] = data["links"]
    return out


def _node(gold: Gold, node: GoldNode, extra: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": node.id, "at": [node.start, node.end]}
    if node.optional:
        entry["optional"] = True
    if node.label in _CODES and node.codes:
        entry[_CODES[node.label]] = list(node.codes)
    headlines = [gold.text.place(h, node.start, node.end) for h in node.headlines]
    if any(headlines):
        entry["headline"] = [{"at": list(at)} for at in headlines if at]
    if node.label == "Measure":
        entry |= {k: extra[node.id][k] for k in ("problem", "status") if extra[node.id].get(k)}
    if node.label == "Problem":
        own = [e for e in gold.nodes["Evidence"] if e.id.rsplit("~", 1)[0] == node.id]
        entry["evidence"] = [
            {"at": [e.start, e.end]} | ({"optional": True} if e.optional else {}) for e in own
        ]
    children = [n for n in gold.nodes[node.label] if gold.parents.get(n.id) == node.id]
    if children:
        entry["items"] = [_node(gold, child, extra) for child in children]
    return entry


def _names(gold: Gold, names: list[Any]) -> list[dict[str, list[int]]]:
    placed = (gold.text.place(str(name), 0, len(gold.text.text)) for name in names)
    return [{"at": list(at)} for at in placed if at]


def main(meta: str, annotations: str, out: str) -> None:
    path = Path(annotations)
    data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    found = json.loads(Path(meta).read_text(encoding="utf-8"))
    text = yaml.safe_dump(
        by_offsets(read_gold(path), data, found), allow_unicode=True, sort_keys=False, width=110
    )
    Path(out).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
