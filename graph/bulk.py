"""Reports as files that `neo4j-admin database import full` reads: the fastest way into a new database.

One CSV file for each label and for each type of edge with its ends, and `import.args` with the options of the
import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, TextIO

from extract.model import Findings
from graph.data import GraphError, GraphNode
from graph.import_rows import Kind, ReportRows, line, node_line, rows_of
from graph.judgements import Judgements
from graph.resolve import merge_names, merge_places
from graph.reviews import Review
from graph.schema import META, load_schema
from graph.version import ID

#: The options, which the import reads from here: `neo4j-admin database import full neo4j @import.args`.
ARGUMENTS = "import.args"
COMMAND = f"neo4j-admin database import full neo4j @{ARGUMENTS}"
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
        self._files: dict[Kind, TextIO] = {}
        self._stack = ExitStack()
        self._reports: set[str] = set()
        self._texts: set[str] = set()
        self._fit: dict[Review, bool] = {}  # does a judgement fit one of these reports?
        self._shared: dict[tuple[str, str], dict[str, Any]] = {}
        self._called: dict[tuple[str, str], set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
        self._places: dict[tuple[str, str], set[str | None]] = defaultdict(set)
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
        self.add_rows(rows_of(findings, self.judgements))

    def add_rows(self, rows: ReportRows) -> None:
        """As `add`, of what another process made of the findings under the same judgements."""
        if rows.report_id in self._reports:
            raise GraphError(f"report {rows.report_id}: it is in another of the files too; give one of them")
        self._reports.add(rows.report_id)
        self._longest = max(self._longest, rows.longest)
        for one in self.judgements.of_report(rows.report_id, rows.title):
            self._fit[one] = self._fit.get(one, False) or one.key in rows.judged
        for kind, lines in rows.lines.items():
            self._file(kind).write(lines)
        for id_, text in rows.texts.items():
            if id_ not in self._texts:  # the texts are not kept in memory
                self._texts.add(id_)
                self._file(("SourceText",)).write(text)
        for node in rows.shared:
            self._share(node)

    @property
    def misfits(self) -> list[Review]:
        """Judgements of these reports that fit nothing in them any more."""
        return [one for one, fits in self._fit.items() if not fits]

    def _share(self, node: GraphNode) -> None:
        key, properties = (node.label, node.id), dict(node.properties)
        if node.label in self.schema.named:
            self._called[key].add((properties.pop("name"), tuple(properties.pop("aliases", ()))))
            self._places[key].add(properties.pop("place", None))
        self._shared.setdefault(key, {}).update(properties)

    def _write_shared(self) -> None:
        version = line([ID], {"version": "integer"}, {"version": self.schema.version})
        self._file((META,)).write(version)
        for (label, id_), properties in self._shared.items():
            if names := self._called.get((label, id_)):
                name, aliases = merge_names(names)
                place = merge_places(self._places[label, id_])
                properties |= {"name": name, "aliases": aliases or None, "place": place}
            row = node_line(label, id_, properties)
            self._longest = max(self._longest, len(row))
            self._file((label,)).write(row)

    def _file(self, kind: Kind) -> TextIO:
        """The file of such lines; a new one gets its head line."""
        if kind not in self._files:
            name = f"{'-'.join(kind)}.csv"
            file = (self.folder / name).open("w", encoding="utf-8", newline="")
            self._files[kind] = self._stack.enter_context(file)
            ids, kinds = self._head(kind)
            file.write(",".join([*ids, *(f"{prop}:{_TYPES[type_]}" for prop, type_ in kinds.items())]) + "\n")
            self._options.append(f"--{'nodes' if len(kind) == 1 else 'relationships'}={kind[0]}={name}")
        return self._files[kind]

    def _head(self, kind: Kind) -> tuple[Sequence[str], Mapping[str, str]]:
        """The columns of ids, and the properties with their types."""
        if len(kind) > 1:
            type_, source, target = kind
            return [f":START_ID({source})", f":END_ID({target})", "id"], self.schema.edges[type_].properties
        kinds = {"version": "integer"} if kind == (META,) else self.schema.labels[kind[0]].stored
        return [f"id:ID({kind[0]})"], kinds
