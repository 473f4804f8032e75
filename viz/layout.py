"""The columns of a map: how wide each box is, its lines of text, and its row.

How high a row stands is computed where it is drawn (static/layout.js), as rows open and close. Lengths are
pixels at zoom 1; x of a Box is its left side.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.data import GraphNode
from viz.picture import Picture, caption, prefix
from viz.words import Lang
from viz.wrap import em, wrap

FONT, LINE, PAD_X, PAD_Y = 14, 19, 12, 5
ROW_GAP, GROUP_GAP, INDENT = 5, 22, 22
#: The room for the shape that says of what kind a box is.
MARK = 14
#: The space between columns, where the lines run.
LANE = 104
#: Only so many characters of a text are broken into lines.
_READ = 400


class Column(NamedTuple):
    """A column: the labels in it (the first names it), its width, the most lines a box has."""

    labels: tuple[str, ...]
    width: int
    lines: int


COLUMNS = (
    Column(("Unit",), 196, 2),
    Column(("RootCause",), 225, 3),
    Column(("Problem", "Report", "Effect", "Evidence"), 440, 2),
    Column(("Recommendation",), 320, 2),
    Column(("Measure",), 330, 2),
    Column(("Policy",), 230, 2),
)
#: Columns that open on demand; in them what has the most links comes first.
SIDE = ("Unit", "Policy")


@dataclass(slots=True)
class Box:
    """A node in its column. `order`: its row there; `under`: the id of the node that it is under.

    `whole`: its lines hold all of its words.
    """

    node: GraphNode
    column: str
    prefix: str
    lines: list[str]
    whole: bool
    x: float
    width: float
    height: float
    order: int = 0
    depth: int = 0
    under: str | None = None


@dataclass(slots=True)
class Layout:
    """All boxes by node id, and the columns that hold any as (label, x, width)."""

    lang: Lang
    boxes: dict[str, Box] = field(default_factory=dict)
    columns: list[tuple[str, float, float]] = field(default_factory=list)


def lay_out(picture: Picture, lang: Lang) -> Layout:
    """Give every node of the picture its column and its row."""
    layout = Layout(lang)
    links = Counter(end for e in picture.edges for end in (e.source, e.target))
    x = 0.0
    for column in COLUMNS:
        if not any(n.label in column.labels for n in picture.nodes.values()):
            continue
        layout.columns.append((column.labels[0], x, column.width))
        tops = picture.below(None, column.labels)
        if column.labels[0] in SIDE:
            tops.sort(key=lambda n: -links[n.id])
        elif column.labels[0] == "Problem":
            # what belongs to no problem comes last, so that no gap is left when it is hidden
            tops.sort(key=lambda n: n.label not in ("Problem", "Report"))
        for top in tops:
            _add(picture, layout, column, top, x=x, depth=0)
        x += column.width + LANE
    return layout


def gutter(before: str) -> float:
    """The room for a prefix before the text, in ems."""
    return em(before) + 0.6 if before else 0.0


def _add(picture: Picture, layout: Layout, column: Column, node: GraphNode, *, x: float, depth: int) -> None:
    """A box and all that stands under it: effects, then evidence, then items, each with its own."""
    indent = INDENT * min(depth, 4)
    width = column.width - indent
    before = prefix(node, layout.lang)
    words = " ".join(caption(node)[:_READ].split())
    lines = wrap(words, (width - 2 * PAD_X - MARK) / FONT - gutter(before), column.lines)
    whole = "".join("".join(lines).split()) == "".join(caption(node).split())
    layout.boxes[node.id] = Box(
        node,
        column.labels[0],
        before,
        lines,
        whole,
        x + indent,
        width,
        len(lines) * LINE + 2 * PAD_Y,
        len(layout.boxes) + 1,
        depth,
        picture.above.get(node.id),
    )
    for kind in ("Effect", "Evidence", column.labels[0]):
        for item in picture.below(node.id, (kind,)):
            _add(picture, layout, column, item, x=x, depth=depth + 1)
