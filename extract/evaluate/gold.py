"""Reads annotations: what a careful reader finds in a report, quoted from it (docs/annotation.md).

Quotes are looked up in the report without its white space, so all offsets of annotations are offsets in
that `BareText`. A quote that is not found does not stop the reading: it is kept as a fault. Of a report
that may not be quoted (samples/published) the annotations give offsets, `at: [start, end]`, and the
file a hash of its text.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extract.evaluate.quotes import BareText, fold
from extract.model import SuyinError
from extract.readers import read_report

#: Ids of two nodes.
Pair = tuple[str, str]
#: Names, folded, that count as the same; the canonical one first.
Names = tuple[str, ...]

_NODE_KEYS = {"id", "from", "to", "at", "optional"}
_TREE_KEYS = _NODE_KEYS | {"headline", "category", "items", "evidence"}
#: Label -> its key in the file, and the keys of one of its entries.
_PARTS = {
    "Problem": ("problems", _TREE_KEYS),
    "Recommendation": ("recommendations", _TREE_KEYS),
    "RootCause": ("causes", _NODE_KEYS | {"type"}),
    "Effect": ("effects", _NODE_KEYS),
    "Measure": ("measures", _NODE_KEYS | {"problem", "status"}),
}
#: Label -> the key of its codes.
_CODES = {"Problem": "category", "RootCause": "type", "Measure": "status"}

#: The variable that names the folder of published texts, which are kept outside the repository.
PUBLISHED = "SUYIN_PUBLISHED"


class GoldError(SuyinError):
    """An annotation file that cannot be read; names the file and the place in it."""


class ReportAbsent(GoldError):
    """The annotated report is not on this machine."""


@dataclass(frozen=True, slots=True)
class GoldNode:
    """An annotated node. Offsets are in the bare text; `codes` are the categories or types that are
    right."""

    id: str
    label: str
    start: int
    end: int
    headlines: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldLinks:
    """Links of one row of scores: those that must be found, and those that may be."""

    required: tuple[Pair, ...] = ()
    acceptable: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldNames:
    """Units or policies: those that must be named, and those that may be."""

    required: tuple[Names, ...] = ()
    optional: tuple[Names, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotations of one report. `kinds`: those that are right, the best first; `parents`: child ->
    parent; `faults`: mistakes in them, a line each."""

    name: str
    report: Path
    kinds: tuple[str, ...]
    text: BareText
    nodes: dict[str, tuple[GoldNode, ...]]
    parents: dict[str, str]
    names: dict[str, GoldNames]
    links: dict[str, GoldLinks]
    faults: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.kinds[0]

    def family(self, ident: str) -> set[str]:
        """The node itself, its ancestors and its descendants."""
        above, below = {ident}, {ident}
        up = ident
        while (up := self.parents.get(up, "")) and up not in above:
            above.add(up)
        while more := {child for child, parent in self.parents.items() if parent in below} - below:
            below |= more
        return above | below


def gold_files(path: Path) -> list[Path]:
    """A file of annotations itself, or all in a folder. Raises GoldError where there is none."""
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.yaml"))
    if not files:
        raise GoldError(f"{path}: no .yaml in this folder; give the folder of the annotations")
    return files


def read_gold(path: Path) -> Gold:
    """Read annotations and the report that they quote. Raises GoldError, ReadError."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; check the path") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GoldError(f"{path}: line {line}: {error.problem}; quote a value that holds a colon") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: not YAML in UTF-8 ({error}); save it anew") from error
    try:
        return _Annotations(path, data).gold()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = (
            f"{error} is missing"
            if isinstance(error, KeyError)
            else f"not laid out as it should be ({error})"
        )
        raise GoldError(f"{path}: {what}; see docs/annotation.md") from error


def text_hash(bare: str) -> str:
    """The hash by which a report that may not be quoted is known: of its text without white space."""
    return hashlib.sha256(bare.encode()).hexdigest()


class _Annotations:
    """One file on its way to a Gold."""

    def __init__(self, path: Path, data: dict[str, Any]) -> None:
        self.path, self.data = path, data
        self.report = self._report(data["source"])
        self.text = BareText(read_report(self.report).text)
        if (wanted := data.get("sha256")) and text_hash(self.text.text) != wanted:
            raise GoldError(
                f"{self.report}: not the text that {path} annotates (its hash differs); fetch it anew"
            )
        self.faults: list[str] = []
        self.parents: dict[str, str] = {}
        self.nodes: dict[str, list[GoldNode]] = {label: [] for label in (*_PARTS, "Evidence")}

    def gold(self) -> Gold:
        for label, (key, _) in _PARTS.items():
            after = 0
            for item in self.data.get(key) or ():
                end = self._node(label, item, None, after, None)
                # the same words may begin two problems: each is looked for after the one before it
                after = end if label in ("Problem", "Recommendation") else 0
        inspected, issuer = self._names("inspected"), self._names("issuer")
        names = {
            "units": GoldNames((*self._names("units"), *inspected, *issuer), self._names("units_optional")),
            "policies": GoldNames(self._names("policies"), self._names("policies_optional")),
            "inspected": GoldNames(inspected, self._names("inspected_optional")),
            "issuer": GoldNames(issuer, self._names("issuer_optional")),
        }
        return Gold(
            name=self.path.stem,
            report=self.report,
            kinds=tuple(map(str, _listed(self.data["kind"]))),
            text=self.text,
            nodes={label: tuple(found) for label, found in self.nodes.items()},
            parents=self.parents,
            names=names,
            links=self._links(),
            faults=tuple(self.faults),  # last: all of the above add to them
        )

    def _report(self, name: str) -> Path:
        here = self.path.resolve().parent
        places = [here / name, here.parent / "reports" / name, here / "texts" / name]
        if folder := os.environ.get(PUBLISHED):
            places.append(Path(folder) / name)
        found = next((place for place in places if place.exists()), None)
        if found is None:
            raise ReportAbsent(
                f"{self.path}: {name} is neither beside it nor in ../reports; put it there"
                f" (published texts: into the folder that {PUBLISHED} names)"
            )
        return found

    def _fault(self, text: str) -> None:
        self.faults.append(f"{self.path.name}: {text}")

    def _quote(self, item: dict[str, Any], place: str, keys: set[str], after: int = 0,
               before: int | None = None) -> tuple[int, int] | None:  # fmt: skip
        for key, value in item.items():
            if key not in keys or value is None:
                self._fault(
                    f"{place}: unknown or empty key {str(key)[:30]!r}; quote a value that holds a comma"
                )
        if "at" in item:
            start, end = item["at"]
            if not 0 <= start < end <= len(self.text.text):
                self._fault(f"{place}: {start}-{end} lies outside of {self.data['source']}")
                return None
            return start, end
        if missing := {"from", "to"} - set(item):
            raise GoldError(f"{self.path}: {place}: {min(missing)!r} is missing; see docs/annotation.md")
        first, last = str(item["from"]), str(item["to"])
        found = self.text.find(first, last, after, before)
        if found is None:
            self._fault(f"{place}: not found in {self.data['source']}: {first} … {last}")
        return found

    def _node(
        self, label: str, item: dict[str, Any], parent: str | None, after: int, before: int | None
    ) -> int:
        """Add a node with all below it. Returns the offset after which the next one of its level begins."""
        if item.get("id") is None:
            raise GoldError(f"{self.path}: {label} from {item.get('from')!r} has no id; give it one")
        ident = str(item["id"])
        span = self._quote(item, ident, _PARTS[label][1], after, before)
        if span is None:
            return after
        if parent is not None:
            self.parents[ident] = parent
        if any(ident == node.id for nodes in self.nodes.values() for node in nodes):
            self._fault(f"{ident}: is the id of two nodes; give each its own")
        codes = item.get(_CODES.get(label, ""))
        headlines = tuple(self._headline(h, ident, span) for h in _listed(item.get("headline")))
        self.nodes[label].append(GoldNode(ident, label, *span, headlines, tuple(map(str, _listed(codes))),
                                          bool(item.get("optional"))))  # fmt: skip
        for quote in item.get("evidence") or ():
            if found := self._quote(quote, f"evidence of {ident}", {"from", "to", "at", "optional"}, *span):
                self.nodes["Evidence"].append(
                    GoldNode(f"{ident}~{found[0]}", "Evidence", *found, optional=bool(quote.get("optional")))
                )
        inner = span[0]
        for child in item.get("items") or ():
            inner = self._node(label, child, ident, inner, span[1])
        return inner if item.get("items") else span[0] + 1

    def _headline(self, headline: Any, ident: str, within: tuple[int, int]) -> str:
        """A headline in full, or as {from, to} where it is long."""
        if not isinstance(headline, dict):
            return str(headline)
        span = self._quote(headline, f"headline of {ident}", {"from", "to", "at"}, *within)
        return self.text.text[slice(*span)] if span else ""

    def _names(self, key: str) -> tuple[Names, ...]:
        return tuple(tuple(map(self._name, _listed(group))) for group in _listed(self.data.get(key)))

    def _name(self, name: Any) -> str:
        """A name as it stands, or {at: [start, end]} where the report has it."""
        return fold(self.text.text[slice(*name["at"])] if isinstance(name, dict) else str(name))

    def _links(self) -> dict[str, GoldLinks]:
        links = self.data.get("links") or {}
        caused, addresses = links.get("caused_by") or {}, links.get("addresses") or {}
        explicit = self._pairs(caused.get("explicit"))
        # an effect that need not be found may be that of any problem
        effects = tuple(
            (p.id, e.id) for e in self.nodes["Effect"] if e.optional for p in self.nodes["Problem"]
        )
        return {
            "explicit_causes": GoldLinks(explicit, self._pairs(caused.get("explicit_acceptable"))),
            "inferred_causes": GoldLinks(
                self._pairs(caused.get("inferred")), (*self._pairs(caused.get("acceptable")), *explicit)
            ),
            "leads_to": GoldLinks(self._pairs(links.get("leads_to")), effects),
            "addresses": GoldLinks(
                self._pairs(addresses.get("expected")), self._pairs(addresses.get("acceptable"))
            ),
        }

    def _pairs(self, pairs: Iterable[Iterable[Any]] | None) -> tuple[Pair, ...]:
        known = {node.id for nodes in self.nodes.values() for node in nodes}
        found = []
        for pair in pairs or ():
            source, target = map(str, pair)
            for ident in sorted({source, target} - known):
                self._fault(f"link {source} -> {target}: names {ident}, which is not annotated")
            found.append((source, target))
        return tuple(found)


def _listed(value: Any) -> Iterator[Any]:
    """A list as it is, nothing as none, anything else as a list of one."""
    if value is not None:
        yield from value if isinstance(value, list) else [value]
