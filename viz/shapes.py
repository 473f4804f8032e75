"""A shape for each kind of node, so that a map can be read without its colours."""

from __future__ import annotations

from collections.abc import Mapping

#: Corners in per cent of a square, x to the right and y downward.
SHAPES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "Report": ((12, 0), (66, 0), (88, 24), (88, 100), (12, 100)),  # a sheet with a corner
    "Unit": ((0, 42), (50, 4), (100, 42), (100, 98), (0, 98)),  # a house
    "RootCause": ((50, 0), (100, 50), (50, 100), (0, 50)),  # a diamond
    "Problem": ((50, 4), (100, 94), (0, 94)),  # a warning triangle
    "Effect": ((0, 22), (52, 22), (52, 0), (100, 50), (52, 100), (52, 78), (0, 78)),  # an arrow
    "Evidence": ((30, 6), (70, 6), (94, 50), (70, 94), (30, 94), (6, 50)),  # a hexagon
    "Recommendation": ((6, 6), (94, 6), (94, 94), (6, 94)),  # a square
    "Measure": (
        (36, 4),
        (64, 4),
        (64, 36),
        (96, 36),
        (96, 64),
        (64, 64),
        (64, 96),
        (36, 96),
        (36, 64),
        (4, 64),
        (4, 36),
        (36, 36),
    ),  # a cross
    "Policy": ((50, 0), (100, 38), (81, 98), (19, 98), (0, 38)),  # a pentagon
}
