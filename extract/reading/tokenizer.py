"""The published encoder's tokenizer.json as an alphabet of characters."""

from __future__ import annotations

import json
from pathlib import Path

from extract.reading.alphabet import SPECIAL, Alphabet


def read_alphabet(tokenizer: Path) -> tuple[Alphabet, list[int]]:
    """The alphabet, and the id of each of its pieces in the encoder's own vocabulary."""
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    single = [piece for piece in ordered if len(piece) == 1]
    running = [piece for piece in ordered if len(piece) == 3 and piece.startswith("##") and piece[2] < "\x7f"]
    pieces = [*SPECIAL, *single, *running]
    return Alphabet(pieces), [vocabulary[piece] for piece in pieces]
