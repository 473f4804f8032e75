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
from extract.reading.labels import KINDS, ROLE_OF, ROLES
from extract.reading.windows import STEP, Page, Window

FOLDER = Path(__file__).parents[1] / "models" / "reader"
ENCODER, HEAD, ALPHABET, CARD = "encoder.onnx", "head.npz", "alphabet.txt", "card.json"
#: Parts of a report, by which the tagger knows where a clause stands.
PLACES = 10


class ReaderMissing(SuyinError):
    """The trained reader cannot run here; names what is missing and the fix."""


class Roles(NamedTuple):
    """The likeliest label of each clause, the probability of its role, and (clauses, ROLES) of all
    roles."""

    labels: list[int]
    sure: list[float]
    probable: Floats


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
        self.card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))

    def roles(self, text: str, clauses: Sequence[Clause], kind: str) -> Roles:
        """The roles of the clauses of a clean text, of a report of this kind."""
        scores = self.scores(text, clauses, kind)
        return to_roles(self.chain, scores, self.card["temperature"])

    def scores(self, text: str, clauses: Sequence[Clause], kind: str) -> Floats:
        """Scores (clauses, labels)."""
        page = Page(text, clauses, self.alphabet)
        windows = [page.window(*run) for run in page.tiles(step=STEP)]
        number = KINDS.index(kind) if kind in KINDS else len(KINDS) - 1
        return spread(page, windows, [self._read(page, window, number) for window in windows])

    def _read(self, page: Page, window: Window, kind: int) -> NDArray[Any]:
        """Scores of the clauses of one window. One at a time: int8 scales hang on the batch."""
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
        return scores


@cache
def open_tagger() -> Tagger:
    """The tagger of this process. Raises ReaderMissing."""
    return Tagger()


def to_roles(chain: Chain, scores: Floats, temperature: float) -> Roles:
    """The likeliest labels with the probability of their roles."""
    if not len(scores):
        return Roles([], [], np.zeros((0, len(ROLES))))
    labels, by_label = chain.read(scores, temperature)
    probable = np.zeros((len(labels), len(ROLES)))
    for label, role in enumerate(ROLE_OF):
        probable[:, ROLES.index(role)] += by_label[:, label]
    sure = [float(probable[k, ROLES.index(ROLE_OF[label])]) for k, label in enumerate(labels)]
    return Roles(labels, sure, probable)


def place_of(start: int, size: int) -> int:
    """In which tenth of a report an offset lies."""
    return min(PLACES - 1, PLACES * start // max(1, size))


def spread(page: Page, windows: Sequence[Window], rows: Sequence[NDArray[Any]]) -> Floats:
    """The scores of all clauses: each from the window in which it stands farthest from the edges."""
    n = len(page.clauses)
    scores = np.zeros((n, rows[0].shape[1] if rows else 0))
    farthest = np.full(n, -1.0)
    for window, row in zip(windows, rows, strict=True):
        if not window.clauses:
            continue
        sizes = np.cumsum([0, *(len(page.ids[k]) for k in window.clauses)])
        middle = (sizes[:-1] + sizes[1:]) / 2
        left = middle + (1e6 if window.clauses[0] == 0 else 0.0)
        right = sizes[-1] - middle + (1e6 if window.clauses[-1] == n - 1 else 0.0)
        for k, distance, values in zip(window.clauses, np.minimum(left, right), row, strict=False):
            if distance > farthest[k]:
                farthest[k] = distance
                scores[k] = values
    return scores
