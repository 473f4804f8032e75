"""Reports as files that `neo4j-admin database import full` reads: the fastest way into a new database.

One CSV file for each label and for each type of edge with its ends, and `import.args` with the options of the
import. A string is always quoted, so that an empty one is not mistaken for none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, TextIO

from extract.model import Findings
from graph.build import build_graph, check_graph
from graph.data import GraphEdge, GraphError, GraphNode
from graph.judge import judge
from graph.judgements import Judgements
from graph.resolve import merge_names, merge_places
from graph.reviews import Review
from graph.schema import LISTS, META, SEARCH, load_schema
from graph.search import search_text
from graph.version import ID

#: The options, which the import reads from here: `neo4j-admin database import full neo4j @import.args`.
ARGUMENTS = "import.args"
COMMAND = f"neo4j-admin database import full neo4j @{ARGUMENTS}"
#: Parts the values of a list in the files, so a report with a list that holds it is refused.
_BETWEEN = "\x1f"
_TYPES = {
    "string": "string",
    "integer": "long",
    "float": "double",
    "strings": "string[]",
    "integers": "long[]",
    "floats": "double[]",
}


class ImportFiles:
    """The files of an import in `folder`, which is there. Leave the context to complete them.

    Without `import.args`, which comes last, they are not complete. Units and policies are one or two as
    `judgements` say, and findings are as people judged them.
    """

    def __init__(self, folder: Path, judgements: Judgements | None = None) -> None:
        self.folder, self.schema = folder, load_schema()
        self.judgements = judgements or Judgements()
        self._files: dict[str, TextIO] = {}
        self._stack = ExitStack()
        self._reports: set[str] = set()
        self._fit: dict[Review, bool] = {}  # does a judgement fit one of these reports?
        self._shared: dict[tuple[str, str], dict[str, Any]] = {}
        self._called: dict[tuple[str, str], list[tuple[str, Sequence[str]]]] = defaultdict(list)
        self._places: dict[tuple[str, str], list[str | None]] = defaultdict(list)
        self._longest = 0
        self._options: list[str] = []
        (folder / ARGUMENTS).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with self._stack:
            if kind is None:
                self._write_shared()
        if kind is None:
            room = max(4, 2 * self._longest // 2**20 + 1)  # a row must fit in
            options = [
                "--multiline-fields=true",
                "--array-delimiter=U+001F",
                f"--read-buffer-size={room}m",
                *sorted(self._options),
            ]
            (self.folder / ARGUMENTS).write_text("\n".join(options) + "\n", encoding="utf-8")

    def add(self, findings: Findings) -> None:
        """Write a report's own nodes and edges. Raises GraphError, and then nothing is written."""
        data = judge(build_graph(findings), self.judgements)
        check_graph(data, self.schema)
        if data.report_id in self._reports:
            raise GraphError(f"report {data.report_id}: it is in another of the files too; give one of them")
        properties = [each.properties for each in data.nodes] + [each.properties for each in data.edges]
        lists = (values for each in properties for values in each.values() if isinstance(values, list))
        if any(isinstance(value, str) and _BETWEEN in value for values in lists for value in values):
            raise GraphError(
                f"report {data.report_id}: a list holds the character U+001F, which parts the "
                "values of lists in the files; load this report with: suyin load"
            )
        self._reports.add(data.report_id)
        for one in self.judgements.of_report(data.report_id, data.report.properties.get("title")):
            fits = one.key in data.report.properties.get("judgements", ())
            self._fit[one] = self._fit.get(one, False) or fits
        for node in data.nodes:
            if node.label in self.schema.own:
                self._node(node.label, node.id, node.properties)
            elif node.label == "SourceText" and (node.label, node.id) not in self._shared:
                self._shared[node.label, node.id] = {}  # the texts are not kept in memory
                self._node(node.label, node.id, node.properties)
            elif node.label != "SourceText":
                self._share(node)
        for edge in data.edges:
            self._edge(edge)

    @property
    def misfits(self) -> list[Review]:
        """Judgements of these reports that fit nothing in them any more."""
        return [one for one, fits in self._fit.items() if not fits]

    def _share(self, node: GraphNode) -> None:
        key, properties = (node.label, node.id), dict(node.properties)
        if node.label in self.schema.named:
            self._called[key].append((properties.pop("name"), properties.pop("aliases", ())))
            self._places[key].append(properties.pop("place", None))
        self._shared.setdefault(key, {}).update(properties)

    def _write_shared(self) -> None:
        version = {"version": "integer"}
        file = self._file(f"{META}.csv", f"--nodes={META}", [f"id:ID({META})"], version)
        self._row(file, [ID], version, {"version": self.schema.version})
        for (label, id_), properties in self._shared.items():
            if names := self._called.get((label, id_)):
                name, aliases = merge_names(names)
                properties |= {
                    "name": name,
                    "aliases": aliases or None,
                    "place": merge_places(self._places[label, id_]),
                }
                self._node(label, id_, properties)
            elif label != "SourceText":
                self._node(label, id_, properties)

    def _node(self, label: str, id_: str, properties: Mapping[str, Any]) -> None:
        kinds = (schema := self.schema.labels[label]).stored
        if schema.fulltext:
            properties = {**properties, SEARCH: search_text(schema, properties)}
        file = self._file(f"{label}.csv", f"--nodes={label}", [f"id:ID({label})"], kinds)
        self._row(file, [id_], kinds, properties)

    def _edge(self, edge: GraphEdge) -> None:
        kinds = self.schema.edges[edge.type].properties
        file = self._file(
            f"{edge.type}-{edge.source_label}-{edge.target_label}.csv",
            f"--relationships={edge.type}",
            [f":START_ID({edge.source_label})", f":END_ID({edge.target_label})", "id"],
            kinds,
        )
        self._row(file, [edge.source, edge.target, edge.id], kinds, edge.properties)

    def _file(self, name: str, option: str, ids: Sequence[str], kinds: Mapping[str, str]) -> TextIO:
        """The file of this name; a new one gets its head line."""
        if name not in self._files:
            file = (self.folder / name).open("w", encoding="utf-8", newline="")
            self._files[name] = self._stack.enter_context(file)
            file.write(",".join([*ids, *(f"{prop}:{_TYPES[kind]}" for prop, kind in kinds.items())]) + "\n")
            self._options.append(f"{option}={name}")
        return self._files[name]

    def _row(
        self, file: TextIO, ids: Sequence[str], kinds: Mapping[str, str], properties: Mapping[str, Any]
    ) -> None:
        values = (_cell(properties.get(name), kind) for name, kind in kinds.items())
        line = ",".join([*map(_quote, ids), *values])
        self._longest = max(self._longest, len(line))
        file.write(line + "\n")


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind in LISTS:
        return _quote(_BETWEEN.join(map(str, value)))
    return _quote(value) if kind == "string" else repr(value)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
