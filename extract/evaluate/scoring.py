"""Compares findings with annotations: nodes by overlap, names by their folded form, links by their ends.

A node of the findings is right where it overlaps an annotated one by at least half (intersection over union
of their characters, white space left out), each with one other at most. A link is right where its ends are,
or where they are ancestors or descendants of what was annotated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from extract.documents import read_document
from extract.evaluate.gold import Gold, GoldNames, GoldNode, Pair
from extract.evaluate.quotes import fold, without_space
from extract.evaluate.tally import ROWS, Comparison, Fault, JudgedLink, Tally
from extract.model import SHARED, Findings, Link, Mention, ReportInfo

#: The least overlap (intersection over union) of two nodes that are the same.
OVERLAP = 0.5
#: The least likeness of two headlines that are the same.
LIKENESS = 0.9
#: Rows of scores about nodes, and what they count.
NODE_ROWS = {
    "problems": "Problem", "evidence": "Evidence", "causes": "RootCause", "effects": "Effect",
    "recommendations": "Recommendation", "measures": "Measure",
}  # fmt: skip
_CLOSING = "。;;,,.、::"
_NOTHING = Findings(ReportInfo("", "", "", "", "", 0), (), ())


def compare(gold: Gold, findings: Findings | None) -> Comparison:
    """Compare the findings of one report with its annotations; where there are none, all is missed."""
    return _Judge(gold, findings or _NOTHING).judge()


def compare_all(golds: Iterable[Gold], path: Path, *, missing: Callable[[str], object]) -> list[Comparison]:
    """Compare each with its findings document below `path`; `missing` is told the name where there is none.

    Raises DocumentError.
    """
    comparisons = []
    for gold in golds:
        findings = findings_for(gold, path)
        if findings is None:
            missing(gold.name)
        comparisons.append(compare(gold, findings))
    return comparisons


def findings_for(gold: Gold, path: Path) -> Findings | None:
    """The findings document `path`, or STEM.json in the folder `path`, None where the folder has none.

    Raises DocumentError.
    """
    if not path.is_dir():
        return read_document(path)
    document = path / f"{gold.name}.json"
    return read_document(document) if document.exists() else None


def match(gold: Iterable[GoldNode], found: dict[str, tuple[int, int]]) -> dict[str, str]:
    """Annotated nodes to found ones (id -> (start, end)), best overlap first: {gold id: found id}."""
    pairs = sorted(((_overlap((g.start, g.end), span), g.id, f) for g in gold for f, span in found.items()),
                   reverse=True)  # fmt: skip
    out: dict[str, str] = {}
    used: set[str] = set()
    for overlap, ours, theirs in pairs:
        if overlap >= OVERLAP and ours not in out and theirs not in used:
            out[ours] = theirs
            used.add(theirs)
    return out


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


class _Judge:
    """Counts row by row; `matched` goes from annotated nodes to found ones, `back` the other way."""

    def __init__(self, gold: Gold, findings: Findings) -> None:
        self.gold, self.findings = gold, findings
        self.rows: dict[str, Tally] = defaultdict(Tally)
        self.faults: list[Fault] = []
        self.links: list[JudgedLink] = []
        self.nodes = {node.id: node for node in findings.nodes}
        self.matched: dict[str, str] = {}
        self.back: dict[str, str] = {}

    def judge(self) -> Comparison:
        self.kind()
        for node in self.findings.nodes:
            self.place(node)
        for row, label in NODE_ROWS.items():
            self.spans(row, label)
        self.back = {found: ours for ours, found in self.matched.items()}
        self.headlines()
        self.hierarchy()
        self.codes("categories", "Problem", "category")
        self.codes("cause_types", "RootCause", "type")
        self.names("units", "Unit")
        self.names("policies", "Policy")
        self.bodies("inspected", "INSPECTS")
        self.bodies("issuer", "ISSUED_BY")
        caused = self.edges("CAUSED_BY")
        stated = [e for e in caused if e.properties.get("method") == "explicit"]
        for edge in stated:
            self.cue(edge)
        self.pairs("explicit_causes", stated)
        self.pairs("inferred_causes", [e for e in caused if e.properties.get("method") != "explicit"])
        self.pairs("leads_to", self.edges("LEADS_TO"))
        self.pairs("addresses", self.edges("ADDRESSES"))
        rows = {row: self.rows[row] for row in ROWS if self.rows[row]}
        return Comparison(self.gold.name, self.gold.kind, rows, tuple(self.faults), tuple(self.links))

    def count(self, row: str, *, right: int = 0, wrong: int = 0, missed: int = 0) -> None:
        self.rows[row] += Tally(right, wrong, missed)

    def missed(self, row: str, text: str) -> None:
        self.faults.append(Fault(self.gold.name, "missed", row, text))

    def wrong(self, row: str, text: str) -> None:
        self.faults.append(Fault(self.gold.name, "wrong", row, text))

    def quote(self, start: int, end: int, most: int) -> str:
        """The first characters of a range of the bare text."""
        return self.gold.text.text[start:end][:most]

    def edges(self, type_: str) -> list[Link]:
        return [edge for edge in self.findings.edges if edge.type == type_]

    def span(self, node: Mention) -> tuple[int, int] | None:
        """Where a node stands in the bare text."""
        if node.start is None or node.end is None:
            return None
        return self.gold.text.span(node.start, node.end)

    def kind(self) -> None:
        found, sought = self.findings.report.kind, self.gold.kinds
        same = found in sought
        self.count("kind", right=same, wrong=bool(found) and not same, missed=not same)
        if not same:
            self.wrong("kind", f"{found or 'none'}, not {'/'.join(sought)}")

    def place(self, node: Mention) -> None:
        """Is the node's text what stands at its place?"""
        span = self.span(node)
        if span is None:
            if node.label not in ("Report", *SHARED):
                self.count("grounded", wrong=1)
                self.wrong("grounded", f"{node.label} {node.id} has no start and end")
            return
        said, stands = without_space(node.text or ""), self.gold.text.text[slice(*span)]
        self.count("grounded", right=said == stands, wrong=said != stands)
        if said != stands:
            self.wrong("grounded", f"{node.label} {said[:40]!r} is not {stands[:40]!r}")

    def spans(self, row: str, label: str) -> None:
        """Match the nodes of one label by where they stand."""
        found = {n.id: span for n in self.findings.by_label(label) if (span := self.span(n))}
        same = match(self.gold.nodes[label], found)
        self.matched |= same
        sought = [node for node in self.gold.nodes[label] if not node.optional]
        lost = [node for node in sought if node.id not in same]
        extra = [span for ident, span in found.items() if ident not in same.values()]
        self.count(row, right=len(sought) - len(lost), wrong=len(extra), missed=len(lost))
        for node in lost:
            self.missed(row, f"{node.id} {self.quote(node.start, node.end, 48)}")
        for start, end in extra:
            self.wrong(row, self.quote(start, end, 60))

    def counted(self, label: str) -> list[tuple[GoldNode, Mention | None]]:
        """Annotated nodes with the found ones; without those that are optional and were not found."""
        pairs = [(node, self.nodes.get(self.matched.get(node.id, ""))) for node in self.gold.nodes[label]]
        return [(node, found) for node, found in pairs if found or not node.optional]

    def headlines(self) -> None:
        for node, found in [*self.counted("Problem"), *self.counted("Recommendation")]:
            if not node.headlines:
                continue
            said = fold(found.properties.get("headline") or "").strip(_CLOSING) if found else ""
            sought = [fold(headline).strip(_CLOSING) for headline in node.headlines]
            same = bool(said) and any(_alike(said, headline) for headline in sought)
            self.count("headlines", right=same, wrong=bool(found) and not same, missed=not same)
            if found and not same:
                self.wrong("headlines", f"{node.id} {said[:50]!r}, not {sought[0][:50]!r}")

    def hierarchy(self) -> None:
        """Items of what was found, under what was found."""
        parts = {(edge.source, edge.target) for edge in self.edges("PART_OF")}
        for child, parent in self.gold.parents.items():
            if child in self.matched and parent in self.matched:
                same = (self.matched[child], self.matched[parent]) in parts
                self.count("hierarchy", right=same, wrong=not same, missed=not same)

    def codes(self, row: str, label: str, key: str) -> None:
        for node, found in self.counted(label):
            if not node.codes:
                continue
            said = found.properties.get(key) if found else None
            same = said in node.codes
            self.count(row, right=same, wrong=bool(found) and not same, missed=not same)
            if found and not same:
                text = self.quote(node.start, node.end, 36)
                self.wrong(row, f"{node.id} {said}, not {'/'.join(node.codes)}: {text}")

    def names(self, row: str, label: str) -> None:
        """Units or policies: one node for all names of one."""
        sought: GoldNames = self.gold.names[row]
        found: set[int] = set()
        for node in self.findings.by_label(label):
            names = _names_of(node)
            hit = next((i for i, group in enumerate(sought.required) if names & set(group)), None)
            if hit is None:
                if not any(names & set(group) for group in sought.optional):
                    self.count(row, wrong=1)
                    self.wrong(row, "/".join(sorted(names)))
            elif hit in found:
                self.count(row, wrong=1)
                self.wrong(row, f"a second node for {sought.required[hit][0]}")
            else:
                found.add(hit)
        self.count(row, right=len(found), missed=len(sought.required) - len(found))
        for i, group in enumerate(sought.required):
            if i not in found:
                self.missed(row, group[0])

    def bodies(self, row: str, type_: str) -> None:
        """Who inspected, or was inspected; an optional one is left out unless it is also required."""
        sought: GoldNames = self.gold.names[row]
        named = {node.id: _names_of(node) for node in self.findings.by_label("Unit")}
        found = [named.get(edge.target, set()) for edge in self.edges(type_)]
        found = [names for names in found
                 if any(names & set(group) for group in sought.required)
                 or not any(names & set(group) for group in sought.optional)]  # fmt: skip
        right = sum(any(names & set(group) for names in found) for group in sought.required)
        lost = len(sought.required) - right
        self.count(row, right=right, wrong=max(0, len(found) - right), missed=lost)
        if lost:
            said = "; ".join("/".join(sorted(names)) for names in found) or "none"
            self.missed(row, f"{said}, not {'; '.join('/'.join(group) for group in sought.required)}")

    def cue(self, edge: Link) -> None:
        """A stated cause shows the words that state it."""
        start, end, cue = (edge.properties.get(key) for key in ("start", "end", "cue"))
        words = "" if start is None or end is None else self.gold.text.source[start:end]
        good = bool(cue) and without_space(str(cue)) in without_space(words)
        self.count("grounded", right=good, wrong=not good)
        if not good:
            ends = f"{edge.source} -> {edge.target}"
            self.wrong("grounded", f"CAUSED_BY {ends}: cue {cue!r} is not in {words[:40]!r}")

    def pairs(self, row: str, edges: Sequence[Link]) -> None:
        """Links by their ends. One that is acceptable counts neither as right nor as wrong."""
        sought = self.gold.links[row]
        required, acceptable = self.families(sought.required), self.families(sought.acceptable)
        found: set[int] = set()
        for edge in edges:
            ends = self.back.get(edge.source), self.back.get(edge.target)
            hits = {i for i, (a, b) in enumerate(required) if ends[0] in a and ends[1] in b}
            found |= hits
            right = bool(hits) or any(ends[0] in a and ends[1] in b for a, b in acceptable)
            method, confidence, rule = map(edge.properties.get, ("method", "confidence", "rule"))
            self.links.append(JudgedLink(edge.type, method, confidence, bool(hits), right, rule))
            if not right:
                self.count(row, wrong=1)
                self.wrong(row, f"{ends[0] or edge.source} -> {ends[1] or edge.target}")
        self.count(row, right=len(found), missed=len(sought.required) - len(found))
        for i, (source, target) in enumerate(sought.required):
            if i not in found:
                self.missed(row, f"{source} -> {target}")

    def families(self, links: Sequence[Pair]) -> list[tuple[set[str], set[str]]]:
        """The ends for which each link holds: its own, their ancestors, their descendants."""
        return [(self.gold.family(source), self.gold.family(target)) for source, target in links]


def _alike(a: str, b: str) -> bool:
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= LIKENESS


def _names_of(node: Mention) -> set[str]:
    names = [node.text, node.properties.get("name"), *(node.properties.get("aliases") or ())]
    return {fold(str(name)) for name in names if name}
