"""The data that pass between the steps: frozen, without I/O.

All offsets are half-open and count code points. `Mention.start/end` are offsets in the decoded source
(after a BOM is removed, line ends untouched), so `source.text[m.start:m.end] == m.text` always holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

FORMAT = "suyin.findings/1"

#: Node labels whose nodes stand in one report and carry a place in it.
GROUNDED = ("Problem", "Evidence", "RootCause", "Effect", "Recommendation", "Measure")
#: Node labels shared between reports: their place is on the edge that mentions them.
SHARED = ("Unit", "Policy", "Category", "CauseType")


class SuyinError(Exception):
    """Base of all errors that a user can mend; the message is one line that names the place and the fix."""


class FindingsError(SuyinError):
    """A findings document that cannot be read; the message names the place in it."""


class NewerFormatError(FindingsError):
    """A findings document of a later version of the format."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, or a line made of one, in a text: `start`, `end` half-open offsets.

    `role`: what it says (problems, measures, data …; readers/marks.py lists them); `row`: the number of its
    row (0 for what belongs to none); `body`: where its own words begin after a number or label; `status`: how
    far a measure has come, where a cell says only that (是, √, 100%); `label`: the span of the head of its
    column or of its label, where those are other cells of the text.
    """

    start: int
    end: int
    role: str
    row: int
    body: int
    status: str | None = None
    label: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A report as decoded text. `sha256` is of the file's bytes, in hex.

    `warnings`: what of the file was not read, and where. `cells`: those of its tables, where the reader knows
    them.
    """

    name: str
    text: str
    sha256: str
    kind: str = "txt"
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A node: something the report says, with its place, or (Unit, Policy, …) something it speaks of."""

    id: str
    label: str
    text: str | None = None
    start: int | None = None
    end: int | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "label": self.label,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "properties": dict(self.properties),
        }


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two nodes of the findings, by their ids."""

    type: str
    source: str
    target: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "source": self.source,
            "target": self.target,
            "properties": dict(self.properties),
        }


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What is known of the report itself, from its text or beside it; None where nothing says."""

    id: str
    title: str
    kind: str
    name: str
    sha256: str
    chars: int
    place: str | None = None
    date: str | None = None
    level: str | None = None
    round: str | None = None
    url: str | None = None
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "place": self.place,
            "date": self.date,
            "level": self.level,
            "round": self.round,
            "url": self.url,
            "source": {"name": self.name, "sha256": self.sha256, "chars": self.chars},
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was read from one report. `source_text` is for the loader and not part of the document."""

    report: ReportInfo
    nodes: tuple[Mention, ...]
    edges: tuple[Link, ...]
    source_text: str | None = None

    def by_label(self, label: str) -> Iterator[Mention]:
        return (n for n in self.nodes if n.label == label)

    def to_dict(self) -> dict[str, Any]:
        """The findings document (`suyin.findings/1`), ready for `json.dumps`."""
        return {
            "format": FORMAT,
            "report": self.report.to_dict(),
            "nodes": [n.to_dict() for n in self.nodes],
            "edges": [e.to_dict() for e in self.edges],
        }

    @classmethod
    def from_dict(cls, doc: Mapping[str, Any], *, source_text: str | None = None) -> Self:
        """Read a findings document. Raises FindingsError that names the place of what is wrong."""
        if not isinstance(doc, Mapping) or doc.get("format") != FORMAT:
            found = doc.get("format") if isinstance(doc, Mapping) else type(doc).__name__
            name, _, version = str(found).partition("/")
            if name == FORMAT.partition("/")[0] and version.isdecimal():
                raise NewerFormatError(f"format: {found!r} is newer than {FORMAT!r}, which this Suyin reads")
            raise FindingsError(f"format: {found!r} is not {FORMAT!r}")
        place = "report"
        try:
            r, s = doc["report"], doc["report"]["source"]
            report = ReportInfo(
                r["id"],
                r["title"],
                r["kind"],
                s["name"],
                s["sha256"],
                s["chars"],
                r.get("place"),
                r.get("date"),
                r.get("level"),
                r.get("round"),
                r.get("url"),
                tuple(r.get("warnings") or ()),
            )
            nodes, edges = [], []
            for i, n in enumerate(doc["nodes"]):
                place = f"nodes[{i}]"
                nodes.append(
                    Mention(
                        n["id"],
                        n["label"],
                        n.get("text"),
                        n.get("start"),
                        n.get("end"),
                        dict(n.get("properties") or {}),
                    )
                )
            for i, e in enumerate(doc["edges"]):
                place = f"edges[{i}]"
                edges.append(Link(e["type"], e["source"], e["target"], dict(e.get("properties") or {})))
        except KeyError as err:
            raise FindingsError(f"{place}: {err.args[0]!r} is missing") from err
        except (TypeError, ValueError) as err:
            raise FindingsError(f"{place}: {err}") from err
        return cls(report, tuple(nodes), tuple(edges), source_text)
