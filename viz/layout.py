"""Where each box stands: the problems as an outline, the other columns opposite what they link to.

Lengths are pixels at zoom 1; y grows downward; x and y of a Box are its upper left corner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.data import GraphNode
from viz.picture import Picture, caption, prefix
from viz.words import Lang
from viz.wrap import em, wrap

FONT, LINE, PAD_X, PAD_Y = 14, 19, 12, 5
ROW_GAP, GROUP_GAP, INDENT = 5, 22, 22
#: The space between columns, where the lines run.
LANE = 104


class Column(NamedTuple):
    """A column: the labels in it (the first names it), its width, the most lines a box has."""

    labels: tuple[str, ...]
    width: int
    lines: int


COLUMNS = (Column(("Unit",), 190, 2), Column(("RootCause",), 215, 3),
           Column(("Problem", "Effect", "Evidence"), 430, 2), Column(("Recommendation",), 310, 2),
           Column(("Measure",), 320, 2), Column(("Policy",), 220, 2))
#: Columns that open on demand.
SIDE = ("Unit", "Policy")


@dataclass(slots=True)
class Box:
    """A node in its place. `order`: its row in the outline; `under`: the id of the node that it is under."""

    node: GraphNode
    column: str
    prefix: str
    lines: list[str]
    x: float
    y: float
    width: float
    height: float
    order: int = 0
    depth: int = 0
    under: str | None = None


@dataclass(slots=True)
class Layout:
    """All boxes by node id, and the columns that hold any as (label, x)."""

    lang: Lang
    boxes: dict[str, Box] = field(default_factory=dict)
    columns: list[tuple[str, float]] = field(default_factory=list)


def lay_out(picture: Picture, lang: Lang) -> Layout:
    """Place every node of the picture. Evidence stands where it appears when its problem alone is opened."""
    layout = Layout(lang)
    used = [c for c in COLUMNS if any(n.label in c.labels for n in picture.nodes.values())]
    lefts, x = {}, 0.0
    for column in used:
        lefts[column] = x
        layout.columns.append((column.labels[0], x))
        x += column.width + LANE
    # the outline first: the other columns go by where its boxes are
    for column in sorted(used, key=lambda c: c.labels[0] != "Problem"):
        put = _outline if column.labels[0] == "Problem" else _opposite
        put(picture, layout, column, lefts[column])
    return layout


def gutter(before: str) -> float:
    """The room for a prefix before the text, in ems."""
    return em(before) + 0.6 if before else 0.0


def _box(node: GraphNode, column: Column, x: float, depth: int, *, lang: Lang,
         under: str | None) -> Box:
    indent = INDENT * min(depth, 4)
    width = column.width - indent
    before = prefix(node, lang)
    lines = wrap(caption(node), (width - 2 * PAD_X) / FONT - gutter(before), column.lines)
    return Box(node, column.labels[0], before, lines, x + indent, 0, width, len(lines) * LINE + 2 * PAD_Y,
               depth=depth, under=under)


def _outline(picture: Picture, layout: Layout, column: Column, x: float) -> None:
    """The problems in order, items under their category, effects and evidence under their problem."""
    at, order = 0.0, 0

    def put(node: GraphNode, depth: int, under: str | None, y: float) -> Box:
        nonlocal order
        order += 1
        box = _box(node, column, x, depth, lang=layout.lang, under=under)
        box.y, box.order = y, order
        layout.boxes[node.id] = box
        return box

    def rows(node: GraphNode, depth: int, under: str | None) -> None:
        nonlocal at
        at += put(node, depth, under, at).height + ROW_GAP
        for effect in picture.below(node.id, ("Effect",)):
            at += put(effect, depth + 1, node.id, at).height + ROW_GAP
        opened = at
        for evidence in picture.below(node.id, ("Evidence",)):
            opened += put(evidence, depth + 1, node.id, opened).height + ROW_GAP
        for item in picture.below(node.id, ("Problem",)):
            rows(item, depth + 1, node.id)

    # what belongs to no problem comes last, where it leaves no gap when it is hidden
    for top in picture.below(None, ("Problem",)) + picture.below(None, ("Effect", "Evidence")):
        rows(top, 0, None)
        at += GROUP_GAP - ROW_GAP


def _opposite(picture: Picture, layout: Layout, column: Column, x: float) -> None:
    """A column beside the outline: each group as near as it gets to the boxes that it is linked to."""
    partners = _partners(picture, layout)
    groups = []
    for top in picture.below(None, column.labels):
        members = _members(picture, top, column, x, lang=layout.lang)
        linked = [y for box in members for y in partners.get(box.node.id, [])]
        height = sum(b.height + ROW_GAP for b in members) - ROW_GAP
        groups.append((members, height, sum(linked) / len(linked) if linked else None, len(linked)))
    if column.labels[0] in SIDE:
        groups.sort(key=lambda g: -g[3])
    elif column.labels[0] == "RootCause":  # its order says nothing, so let the lines cross less
        groups.sort(key=lambda g: (g[2] is None, g[2] or 0))
    side = column.labels[0] in SIDE
    wish = [None if side or g[2] is None else g[2] - g[1] / 2 for g in groups]
    tops = spread([g[1] for g in groups], wish, ROW_GAP if side else GROUP_GAP)
    for (members, *_), top_y in zip(groups, tops, strict=True):
        at = top_y
        for box in members:
            box.y = at
            at += box.height + ROW_GAP
            layout.boxes[box.node.id] = box


def _members(picture: Picture, node: GraphNode, column: Column, x: float, *, lang: Lang,
             depth: int = 0) -> list[Box]:
    boxes = [_box(node, column, x, depth, lang=lang, under=picture.above.get(node.id))]
    for item in picture.below(node.id, column.labels):
        boxes += _members(picture, item, column, x, lang=lang, depth=depth + 1)
    return boxes


def _partners(picture: Picture, layout: Layout) -> Mapping[str, list[float]]:
    """For each node outside the outline, the heights of the outline's boxes that it is linked to."""
    found: dict[str, list[float]] = {}
    for edge in picture.edges:
        for here, there in ((edge.source, edge.target), (edge.target, edge.source)):
            box = layout.boxes.get(there)
            if box and box.column == "Problem":
                found.setdefault(here, []).append(box.y + box.height / 2)
    return found


def spread(heights: Sequence[float], wish: Sequence[float | None], gap: float) -> list[float]:
    """Tops for a stack of blocks in this order, `gap` apart at least, each as near to its wish as possible.

    Blocks that would overlap share the mean of their wishes (pool adjacent violators). One without a wish
    follows the block before it. None begins above 0.
    """
    offset = [0.0]
    for height in heights:
        offset.append(offset[-1] + height + gap)
    pools: list[tuple[float, int]] = []  # (sum of the wished tops less the offset in the stack, how many)
    for i in range(len(heights)):
        wished = wish[i]
        before = pools[-1][0] / pools[-1][1] if pools else 0.0
        pools.append((before if wished is None else wished - offset[i], 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1] = (pools[-1][0] + total, pools[-1][1] + count)
    levels = [total / count for total, count in pools for _ in range(count)]
    return [max(level, 0.0) + offset[i] for i, level in enumerate(levels)]
