"""The text of a report with all that stands on it, as paragraphs of HTML.

An element `span.s` for each passage, `data-n`: what stands there, by the ids of the map
(`viz.maps.id_on_page`).
Passages nest where one holds the other; where two overlap, the one that began first is cut in two. Line
breaks within a paragraph are no characters of the page: `i.gap`, `data-c` so many characters of the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from extract.text.clean import split_lines, unwrap
from graph.data import GraphData
from viz.maps import id_on_page
from viz.quotes import opens_item

#: The kinds of what is marked with a sign of its own, not by its ground alone.
SIGNED = ("Problem", "RootCause", "Effect", "Recommendation", "Measure")
#: Edges whose place is that of what they lead to, by its label; the place of others tells of a link.
_LEADS = {"REFERENCES": "Policy", "MENTIONS": "Unit", "CONCERNS": "Unit"}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A passage, half-open. `kind`: a label of the graph, or "link" for the words that state a link."""

    start: int
    reach: int
    kind: str
    ids: tuple[str, ...]

    @property
    def end(self) -> int:
        return -self.reach


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`at`: where it begins in the source, in characters."""

    at: int
    html: Markup


def marks(data: GraphData) -> list[Mark]:
    """All that stands on the text of a report, each once, what holds others before them."""
    found = set()
    for edge in data.edges:
        start, end = edge.properties.get("start"), edge.properties.get("end")
        if start is None or end is None or not 0 <= start < end:
            continue
        if edge.type == "STATED_IN":
            kind, ids = edge.source_label, [edge.source]
        elif edge.type in _LEADS:
            kind, ids = _LEADS[edge.type], [edge.target]
        else:
            kind, ids = "link", [edge.source, edge.target]
        found.add(Mark(start, -end, kind, tuple(map(id_on_page, ids))))
    return sorted(found)


def paragraphs(text: str, found: Sequence[Mark]) -> list[Paragraph]:
    """The text, marked. `found` as `marks` gives them; what is beyond the text is left out."""
    writer, waiting, active = _Writer(), list(reversed(found)), list[Mark]()
    made = []
    for pieces in _pieces(text):
        start, end = pieces[0][0], pieces[-1][1]
        while waiting and waiting[-1].start < end:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > start]
        made.append(Paragraph(start, writer.write(text, pieces, active)))
    return made


def _pieces(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines of each paragraph, by their places; what stands between them is a line break."""
    lines = split_lines(text.replace("\r\n", " \n").replace("\r", "\n"))
    starts = {i for i, line in enumerate(lines) if opens_item(line.text)}
    for paragraph in unwrap(lines, starts, set()):
        yield [(line.start, line.end) for line in paragraph]


class _Writer:
    def __init__(self) -> None:
        self._named: set[str] = set()  # places that have an anchor
        self._begun: set[Mark] = set()  # marks that have their sign

    def write(self, text: str, pieces: list[tuple[int, int]], active: Sequence[Mark]) -> Markup:
        """A paragraph. `active`: the marks that touch it, those that hold others first."""
        first, last = pieces[0][0], pieces[-1][1]
        gaps = {end: following for (_, end), (following, _) in pairwise(pieces)}
        cuts = {first, last, *gaps, *gaps.values()}
        cuts.update(at for mark in active for at in (mark.start, mark.end) if first < at < last)
        out: list[str] = []
        stack: list[Mark] = []
        coming, on = list(reversed(active)), list[Mark]()
        for start, end in pairwise(sorted(cuts)):
            while coming and coming[-1].start <= start:
                on.append(coming.pop())
            on = [mark for mark in on if mark.end > start]
            self._turn(out, stack, on)
            out.append(
                f'<i class="gap" data-c="{end - start}"></i>'
                if start in gaps
                else str(escape(text[start:end].replace("\0", "\ufffd")))
            )
        out.append("</span>" * len(stack))
        return Markup("".join(out))

    def _turn(self, out: list[str], stack: list[Mark], on: Sequence[Mark]) -> None:
        """Close and open elements until these marks are open, in their order."""
        same = 0
        while same < min(len(stack), len(on)) and stack[same] == on[same]:
            same += 1
        out.append("</span>" * (len(stack) - same))
        del stack[same:]
        for mark in on[same:]:
            out.append(self._open(mark))
            stack.append(mark)

    def _open(self, mark: Mark) -> str:
        place = f"c{mark.start}-{mark.end}"
        name = f' id="{place}"' if place not in self._named else ""
        self._named.add(place)
        kind = f"k-{mark.kind}" if mark.kind != "link" else "link"
        sign = mark.kind in SIGNED and mark not in self._begun
        self._begun.add(mark)
        drawn = f'<svg class="mark" aria-hidden="true"><use href="#sign-{mark.kind}"/></svg>' if sign else ""
        return f'<span class="s {kind}"{name} data-n="{" ".join(mark.ids)}">{drawn}'
