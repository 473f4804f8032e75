"""The colours of a map's nodes can be told apart by all, carry white text, and each has a shape of its own."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graph.schema import load_schema
from viz.layout import COLUMNS
from viz.shapes import SHAPES

KINDS = [label for column in COLUMNS for label in column.labels]
#: What is left of colours without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "all": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(hex_: str) -> np.ndarray:
    values = np.array([int(hex_[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of linear sRGB."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    f = np.cbrt(np.maximum(xyz / np.array([0.9505, 1, 1.089]), 1e-6))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, eyes: str) -> float:
    seen = [lab(np.clip(EYES[eyes] @ linear(color), 0, 1)) for color in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_kinds_look_alike(eyes: str) -> None:
    colors = {kind: load_schema().labels[kind].color for kind in KINDS}
    alike = {(a, b): distance(colors[a], colors[b], eyes) for a, b in combinations(KINDS, 2)}
    assert min(alike.values()) > 15, min(alike, key=lambda pair: alike[pair])


def test_that_search_finds() -> None:
    assert distance("#9a7d0a", "#ca6f1e", "no green") < 15


@pytest.mark.parametrize("kind", KINDS)
def test_white_text_on_it_is_legible(kind: str) -> None:
    light = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(load_schema().labels[kind].color))
    assert 1.05 / (light + 0.05) >= 4.5


def test_each_kind_has_a_shape() -> None:
    assert set(SHAPES) == set(KINDS)
    assert len(set(SHAPES.values())) == len(KINDS)
