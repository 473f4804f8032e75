"""The tagger in torch: encoder, the mean state of each clause, a linear layer, a chain of labels (CRF).

AdamW, 1e-4 for the encoder, 1e-3 for the head, 3e-3 for the chain; warm-up, linear decay; bfloat16.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from extract.reading.alphabet import PAD, Alphabet
from extract.reading.chain import Chain
from extract.reading.labels import KINDS, LABELS, NAMING
from extract.reading.tagger import PLACES, place_of, spread
from extract.reading.windows import SIZE, STEP, Page, Window
from extract.training.augment import Headings, augmented
from extract.training.encoder import WIDTH, Encoder
from extract.training.examples import UNKNOWN, Example

_N = len(LABELS)
_BATCH = 4


@dataclass(slots=True)
class Item:
    """A window with what stands beside it: kind of report, places in it, labels, which of them count, and
    what each id is to a name."""

    window: Window
    kind: int
    places: list[int]
    labels: list[int]
    counts: list[bool]
    naming: list[int]


class Tagger(nn.Module):
    """Scores of each label for each clause of a batch of windows."""

    def __init__(self, encoder: Encoder, drop: float = 0.2) -> None:
        super().__init__()
        self.encoder, self.drop = encoder, drop
        self.head = nn.Linear(WIDTH, _N)
        self.naming = nn.Linear(WIDTH, len(NAMING))
        self.kind, self.place = nn.Embedding(len(KINDS), _N), nn.Embedding(PLACES, _N)
        nn.init.zeros_(self.kind.weight)
        nn.init.zeros_(self.place.weight)
        self.follows = nn.Parameter(torch.zeros(_N, _N))
        self.first, self.last = nn.Parameter(torch.zeros(_N)), nn.Parameter(torch.zeros(_N))

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Scores (windows, clauses, labels) and (windows, ids, NAMING)."""
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(batch["ids"], batch["ids"] != PAD)
        states = states.float()
        size, length, _ = states.shape
        clauses = batch["labels"].shape[1]
        places = batch["places"]
        flat = torch.where(
            places >= 0, places + torch.arange(size)[:, None] * clauses, size * clauses
        ).reshape(-1)
        sums = torch.zeros(size * clauses + 1, WIDTH).index_add_(0, flat, states.reshape(-1, WIDTH))
        counts = torch.zeros(size * clauses + 1).index_add_(0, flat, torch.ones(size * length))
        means = (sums[:-1] / counts[:-1, None].clamp(min=1)).view(size, clauses, WIDTH)
        kind, place = self.kind(batch["kind"])[:, None], self.place(batch["where"])
        if self.training:
            kind, place = kind * (torch.rand(size, 1, 1) > 0.3), place * (torch.rand(size, 1, 1) > 0.3)
        scores: Tensor = self.head(F.dropout(means, self.drop, self.training)) + kind + place
        return scores, self.naming(F.dropout(states, self.drop, self.training))

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        """Negative log-likelihood of the label chains, with cross entropy of the single labels and of the
        names beside it."""
        scores, naming = self(batch)
        labels, present = batch["labels"], batch["present"]
        chain = (self._partition(scores, present) - self._path(scores, labels, present)).sum() / present.sum()
        counts = batch["counts"]
        single = F.cross_entropy(scores[counts], labels[counts], label_smoothing=0.05)
        names = F.cross_entropy(naming.flatten(0, 1), batch["naming"].flatten(), ignore_index=UNKNOWN)
        return chain + 0.3 * single + 2.0 * names

    def _partition(self, scores: Tensor, present: Tensor) -> Tensor:
        total = self.first + scores[:, 0]
        for t in range(1, scores.shape[1]):
            following = torch.logsumexp(total[:, :, None] + self.follows, 1) + scores[:, t]
            total = torch.where(present[:, t, None], following, total)
        return torch.logsumexp(total + self.last, 1)

    def _path(self, scores: Tensor, labels: Tensor, present: Tensor) -> Tensor:
        own = scores.gather(2, labels[..., None])[..., 0] * present
        steps = self.follows[labels[:, :-1], labels[:, 1:]] * present[:, 1:]
        last = labels.gather(1, (present.sum(1) - 1)[:, None])[:, 0]
        return own.sum(1) + steps.sum(1) + self.first[labels[:, 0]] + self.last[last]

    def chain(self) -> Chain:
        return Chain(*(p.detach().numpy().astype(np.float64) for p in (self.follows, self.first, self.last)))


def collate(items: Sequence[Item]) -> dict[str, Tensor]:
    # few different lengths: the processor's kernels are made for each anew
    length = -(-max(len(i.window.ids) for i in items) // 32) * 32
    clauses = max(len(i.window.clauses) for i in items)
    out: dict[str, NDArray[Any]] = {
        "ids": np.full((len(items), length), PAD),
        "places": np.full((len(items), length), -1),
        "naming": np.full((len(items), length), UNKNOWN),
        "where": np.zeros((len(items), clauses), np.int64),
        "labels": np.zeros((len(items), clauses), np.int64),
        "counts": np.zeros((len(items), clauses), bool),
        "present": np.zeros((len(items), clauses), bool),
        "kind": np.array([i.kind for i in items]),
    }
    for row, item in enumerate(items):
        n = len(item.window.clauses)
        out["ids"][row, : len(item.window.ids)] = item.window.ids
        out["places"][row, : len(item.window.places)] = item.window.places
        out["naming"][row, : len(item.naming)] = item.naming
        out["where"][row, :n] = item.places
        out["labels"][row, :n] = item.labels
        out["counts"][row, :n] = item.counts
        out["present"][row, :n] = True
    return {name: torch.tensor(values) for name, values in out.items()}


def _item(example: Example, window: Window, naming: list[int]) -> Item:
    where = [place_of(example.clauses[k].start, len(example.text)) for k in window.clauses]
    labels = [example.labels[k] for k in window.clauses]
    return Item(window, example.kind, where, labels, [example.counts[k] for k in window.clauses], naming)


def train(
    examples: Sequence[Example],
    model: Tagger,
    alphabet: Alphabet,
    *,
    epochs: int,
    seed: int,
    rate: float = 1e-4,
    report: Any = print,
) -> Tagger:
    """Train the upper layers of the encoder with the head on these reports."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    pages = [(e, Page(e.text, e.clauses, alphabet)) for e in examples]
    headings = Headings(pages)
    chain = [model.follows, model.first, model.last]
    parts = (model.head, model.naming, model.kind, model.place)
    head = [parameter for part in parts for parameter in part.parameters()]
    groups = [
        {"params": model.encoder.tuned(), "lr": rate, "weight_decay": 0.01},
        {"params": head, "lr": 1e-3, "weight_decay": 0.0},
        {"params": chain, "lr": 3e-3, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, fused=True)
    rates = [float(str(g["lr"])) for g in groups]
    steps = 1 + int(sum(len(page.tiles(step=None)) for _, page in pages) / _BATCH * epochs * 1.12)
    step = 0
    for epoch in range(epochs):
        started = time.time()
        model.train()
        items = []
        for example, page in pages:
            first = int(rng.integers(SIZE // 4, SIZE + 1)) if rng.random() < 0.8 else None
            for run in page.tiles(step=None, first=first):
                window, naming = augmented(example, page, run, headings, rng)
                if window.clauses:
                    items.append(_item(example, window, naming))
        total = count = 0.0
        for group in _groups(items, rng):
            share = min((step + 1) / (0.08 * steps), max(0.02, (steps - step) / (0.92 * steps)), 1.0)
            for settings, top in zip(optimizer.param_groups, rates, strict=True):
                settings["lr"] = top * share
            loss = model.loss(collate([items[i] for i in group]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += loss.item()
            count += 1
        report(f"epoch {epoch + 1} of {epochs}: loss {total / count:.3f}, {time.time() - started:.0f} s")
    return model.eval()


def _groups(items: Sequence[Item], rng: np.random.Generator) -> list[list[int]]:
    """Batches of windows that are about as long."""
    order = rng.permutation(len(items))
    groups = []
    for at in range(0, len(order), _BATCH * 12):
        block = sorted(order[at : at + _BATCH * 12], key=lambda i: len(items[i].window.ids))
        groups += [block[k : k + _BATCH] for k in range(0, len(block), _BATCH)]
    return [groups[i] for i in rng.permutation(len(groups))]


@torch.no_grad()
def scores_of(model: Tagger, example: Example, alphabet: Alphabet) -> NDArray[np.float64]:
    """Scores (clauses, labels) of a report."""
    page = Page(example.text, example.clauses, alphabet)
    windows = [page.window(*run) for run in page.tiles(step=STEP)]
    items = [_item(example, window, [UNKNOWN] * len(window.ids)) for window in windows]
    return spread(page, windows, [model(collate([item]))[0][0].numpy() for item in items])
