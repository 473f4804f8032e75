"""Trains the reader of clauses and writes what it runs with: `python -m extract.training reader`.

Learns from the annotated reports of the samples, and from published texts where SUYIN_PUBLISHED names
their folder. A seventh of those that no rule was written from is held back: on them temperature,
thresholds and confidence are measured. What is set aside for measuring (samples/blind/b, f, o, r, v, z and
ab, samples/heldout, samples/published/aside) is not read.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from extract.evaluate.gold import PUBLISHED
from extract.reading import code_hash
from extract.reading.labels import LABELS, ROLE_OF, ROLES
from extract.reading.tagger import FOLDER
from extract.reading.tokenizer import read_alphabet
from extract.training.calibrate import calibrate
from extract.training.encoder import fetch, pretrained
from extract.training.examples import Example, read_examples
from extract.training.export import export
from extract.training.tagger import Tagger, scores_of, train

SAMPLES = Path(__file__).parents[2] / "samples"
#: Reports from which rules were written, and those that no rule has seen.
TUNED = ("gold", "field/gold", "blind/a/gold", "blind/c/gold")
FRESH = tuple(f"blind/{part}/gold" for part in "deghijklmnpqstuwxy")
_HELD_BACK = 7


def split(fresh: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Those to learn from, and a seventh to measure with, by a hash of their names."""
    held = [e for e in fresh if int(hashlib.sha256(e.name.encode()).hexdigest(), 16) % _HELD_BACK == 0]
    return [e for e in fresh if e not in held], held


def data_hash(examples: Sequence[Example]) -> str:
    """A hash of the texts with their labels."""
    digest = hashlib.sha256()
    for example in sorted(examples, key=lambda e: (e.name, e.text)):
        digest.update(repr((example.name, example.text, example.labels)).encode())
    return digest.hexdigest()


def temperature(model: Tagger, scores: Sequence[tuple[Example, Any]]) -> float:
    """That at which the true labels of held-back reports are likeliest."""
    chain = model.chain()

    def cost(value: float) -> float:
        logs = []
        for example, own in scores:
            _, probable = chain.read(own, value)
            true = probable[np.arange(len(example.labels)), example.labels]
            logs.append(np.log(true[np.array(example.counts)] + 1e-9))
        return -float(np.concatenate(logs).mean())

    return min((0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5), key=cost)


def role_scores(model: Tagger, scores: Sequence[tuple[Example, Any]], value: float) -> dict[str, float]:
    """F1 of each role over held-back reports."""
    right, found, wanted = (dict.fromkeys(ROLES, 0) for _ in range(3))
    for example, own in scores:
        for label, true, counts in zip(
            model.chain().read(own, value)[0], example.labels, example.counts, strict=True
        ):
            if counts:
                right[ROLE_OF[true]] += label == true or ROLE_OF[label] == ROLE_OF[true]
                found[ROLE_OF[label]] += 1
                wanted[ROLE_OF[true]] += 1
    return {r: round(2 * right[r] / max(1, found[r] + wanted[r]), 3) for r in ROLES}


def main(arguments: Sequence[str]) -> int:
    """Train, measure, export. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.training reader", description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the reader's files go")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--encoder", type=Path, default=None, help="a folder with the published encoder's files"
    )
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    files = fetch(options.encoder)
    alphabet, kept = read_alphabet(files.tokenizer)
    folders = [SAMPLES / part for part in FRESH]
    if os.environ.get(PUBLISHED):
        folders.append(SAMPLES / "published" / "dev")
    fresh, held = split(read_examples(folders))
    examples = [*read_examples([SAMPLES / part for part in TUNED]), *fresh]
    started = time.time()
    print(f"{len(examples)} reports to learn from, {len(held)} held back", flush=True)
    model = Tagger(pretrained(files.model, kept, frozen=0))
    model = train(examples, model, alphabet, epochs=options.epochs, seed=options.seed, report=_tell)
    torch.save(model.state_dict(), options.out.with_suffix(".pt"))
    scores = [(example, scores_of(model, example, alphabet)) for example in held]
    value = temperature(model, scores)
    roles = role_scores(model, scores, value)
    _tell(f"roles of held-back reports: {roles}")
    card = {
        "encoder": "BAAI/bge-small-zh-v1.5 (MIT), tuned",
        "labels": list(LABELS),
        "reports": len(examples),
        "characters": sum(len(e.text) for e in examples),
        "held_back": len(held),
        "data": data_hash([*examples, *held]),
        "code": code_hash(),
        "seed": options.seed,
        "epochs": options.epochs,
        "minutes": round((time.time() - started) / 60),
        "temperature": value,
        "roles": roles,
    }
    export(model, files.model, alphabet, options.out, card)
    calibrate(options.out, held, tell=_tell)
    return 0


def _tell(line: str) -> None:
    print(line, flush=True)
