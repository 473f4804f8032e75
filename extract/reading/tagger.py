"""Roles of the clauses of a text by the trained encoder (ONNX, on the processor, one thread)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.model import SuyinError
from extract.reading.alphabet import Alphabet
from extract.reading.chain import Chain, Floats
from extract.reading.clauses import Clause
from extract.reading.labels import KINDS, NAMING, ROLE_OF, ROLES
from extract.reading.windows import STEP, Page, Window
from extract.reading.wording import WEIGHT, read_wording

FOLDER = Path(__file__).parents[1] / "models" / "reader"
ENCODER, HEAD, ALPHABET, CARD = "encoder.onnx", "head.npz", "alphabet.txt", "card.json"
#: Parts of a report, by which the tagger knows where a clause stands.
PLACES = 10


class ReaderMissing(SuyinError):
    """The trained reader cannot run here; names what is missing and the fix."""


class Roles(NamedTuple):
    """The likeliest label of each clause, the probability of its role, and (clauses, ROLES) of all
    roles; (characters, NAMING) of what each character of the text is to the name of a unit."""

    labels: list[int]
    sure: list[float]
    probable: Floats
    naming: Floats


class Tagger:
    """The trained reader's files, opened once a process."""

    def __init__(self, folder: Path = FOLDER) -> None:
        try:
            import onnxruntime as ort  # noqa: PLC0415  # only where the trained reader is used
        except ImportError:
            raise ReaderMissing(
                "the trained reader needs the extra `reader`: make setup EXTRAS=reader; or say --reader rules"
            ) from None
        if not (folder / ENCODER).exists():
            raise ReaderMissing(f"{folder}: {ENCODER} is missing; reinstall Suyin, or say --reader rules")
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(folder / ENCODER, options, providers=["CPUExecutionProvider"])
        with np.load(folder / HEAD) as head:
            self._head = {name: head[name] for name in head.files}
        self.chain = Chain(*(self._head[name].astype(np.float64) for name in ("follows", "first", "last")))
        pieces = (folder / ALPHABET).read_text(encoding="utf-8").split("\n")[:-1]
        self.alphabet = Alphabet(pieces)
        self.wording = read_wording()
        self.card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))

    def roles(self, text: str, clauses: Sequence[Clause], kind: str) -> Roles:
        """The roles of the clauses of a clean text, of a report of this kind."""
        scores, naming = self.scores(text, clauses, kind)
        if clauses:
            scores = scores + WEIGHT * self.wording.scores(text, clauses, kind)
        return to_roles(self.chain, scores, self.card["temperature"], naming)

    def scores(self, text: str, clauses: Sequence[Clause], kind: str) -> tuple[Floats, Floats]:
        """The encoder's scores (clauses, labels), and probabilities (characters, NAMING)."""
        page = Page(text, clauses, self.alphabet)
        windows = [page.window(*run) for run in page.tiles(step=STEP)]
        number = KINDS.index(kind) if kind in KINDS else len(KINDS) - 1
        read = [self._read(page, window, number) for window in windows]
        naming = spread_naming(page, windows, [names for _, names in read])
        return spread(page, windows, [scores for scores, _ in read]), naming

    def _read(self, page: Page, window: Window, kind: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Scores of the clauses and of the ids of one window. One at a time: int8 scales hang on the
        batch."""
        ids = np.array([window.ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, feed)[0][0]
        places = np.array(window.places)
        means = np.zeros((len(window.clauses), states.shape[1]), np.float32)
        inside = places >= 0
        np.add.at(means, places[inside], states[inside])
        means /= np.maximum(1, np.bincount(places[inside], minlength=len(means)))[:, None]
        where = [place_of(page.clauses[k].start, len(page.text)) for k in window.clauses]
        head = self._head
        scores: NDArray[Any] = (
            means @ head["weight"].T + head["bias"] + head["kind"][kind] + head["place"][where]
        )
        return scores, states @ head["naming"].T + head["naming_bias"]


@cache
def open_tagger() -> Tagger:
    """The tagger of this process. Raises ReaderMissing."""
    return Tagger()


def to_roles(chain: Chain, scores: Floats, temperature: float, naming: Floats) -> Roles:
    """The likeliest labels with the probability of their roles."""
    if not len(scores):
        return Roles([], [], np.zeros((0, len(ROLES))), naming)
    labels, by_label = chain.read(scores, temperature)
    probable = np.zeros((len(labels), len(ROLES)))
    for label, role in enumerate(ROLE_OF):
        probable[:, ROLES.index(role)] += by_label[:, label]
    sure = [float(probable[k, ROLES.index(ROLE_OF[label])]) for k, label in enumerate(labels)]
    return Roles(labels, sure, probable, naming)


def place_of(start: int, size: int) -> int:
    """In which tenth of a report an offset lies."""
    return min(PLACES - 1, PLACES * start // max(1, size))


def spread(page: Page, windows: Sequence[Window], rows: Sequence[NDArray[Any]]) -> Floats:
    """The scores of all clauses: each from the window in which it stands farthest from the edges."""
    scores = np.zeros((len(page.clauses), rows[0].shape[1] if rows else 0))
    for k, (window, place) in _nearest(page, windows).items():
        scores[k] = rows[window][place]
    return scores


def spread_naming(page: Page, windows: Sequence[Window], rows: Sequence[NDArray[Any]]) -> Floats:
    """Probabilities (characters, NAMING) from the scores of each window's ids, chosen alike; a character
    that was not read is outside of names."""
    naming = np.zeros((len(page.text), len(NAMING)))
    naming[:, 0] = 1.0
    places = [np.array(window.places) for window in windows]
    for k, (window, place) in _nearest(page, windows).items():
        own = rows[window][: len(places[window])][places[window] == place]
        own = np.exp(own - own.max(axis=1, keepdims=True))
        start = page.clauses[k].start
        naming[start : start + len(own)] = own / own.sum(axis=1, keepdims=True)
    return naming


def _nearest(page: Page, windows: Sequence[Window]) -> dict[int, tuple[int, int]]:
    """For each clause that was read the window in which it stands farthest from the edges, and its number
    there."""
    nearest: dict[int, tuple[int, int]] = {}
    farthest = np.full(len(page.clauses), -1.0)
    for number, window in enumerate(windows):
        if not window.clauses:
            continue
        sizes = np.cumsum([0, *(len(page.ids[k]) for k in window.clauses)])
        middle = (sizes[:-1] + sizes[1:]) / 2
        left = middle + (1e6 if window.clauses[0] == 0 else 0.0)
        right = sizes[-1] - middle + (1e6 if window.clauses[-1] == len(page.clauses) - 1 else 0.0)
        for place, (k, distance) in enumerate(zip(window.clauses, np.minimum(left, right), strict=False)):
            if distance > farthest[k]:
                farthest[k] = distance
                nearest[k] = number, place
    return nearest
