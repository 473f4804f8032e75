"""Characters as numbers, one a character: the alphabet of the encoder.

The encoder (BAAI/bge-small-zh-v1.5) was trained on word pieces; of its vocabulary the single characters
and the continuing forms of digits and letters are kept, so that a clause is a run of ids as long as its
text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: Ids of what stands for no character, in this order at the head of every alphabet.
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]", "[unused2]", "[unused3]")
PAD, UNKNOWN, OPEN, CLOSE, MASK, NEW_LINE, BAR, _ = range(len(SPECIAL))
_AS = {"“": "「", "”": "」", "‘": "「", "’": "」", "—": "-", "…": ".", "－": "-", "–": "-", "\u3000": " "}


class Alphabet:
    """`pieces[i]` is the piece whose id is i."""

    def __init__(self, pieces: Sequence[str]) -> None:
        if tuple(pieces[: len(SPECIAL)]) != SPECIAL:
            raise ValueError("an alphabet begins with its special pieces")
        self.pieces = pieces
        self._known = {piece: i for i, piece in enumerate(pieces)}
        self._cache: dict[str, tuple[int, int, bool]] = {}

    def ids(self, text: str) -> list[int]:
        """One id a character. A digit or Latin letter after another takes its continuing form."""
        found, running = [], False
        for character in text:
            if character not in self._cache:
                self._cache[character] = self._look_up(character)
            first, later, runs = self._cache[character]
            found.append(later if running else first)
            running = runs
        return found

    def _look_up(self, character: str) -> tuple[int, int, bool]:
        """The id, the id after a digit or letter, and whether it is one itself."""
        if character == "\n":
            return NEW_LINE, NEW_LINE, False
        piece = _AS.get(character, character)
        if piece == " ":
            return BAR, BAR, False
        if piece not in self._known:
            piece = unicodedata.normalize("NFKC", piece)[:1] or piece
            piece = piece if piece in self._known else piece.lower()
        first = self._known.get(piece, UNKNOWN)
        if not (piece.isascii() and piece.isalnum()):
            return first, first, False
        return first, self._known.get("##" + piece.lower(), first), True
