"""Sentences as vectors: BAAI/bge-small-zh-v1.5 (MIT), quantised, run by onnxruntime on the processor.

Sentences that mean the same have vectors of a high cosine whatever their words. The files are fetched once
(extract/sentence_files.py); the library is the extra `reader`.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.model import SuyinError
from extract.reading.alphabet import CLOSE, OPEN
from extract.reading.tokenizer import read_alphabet

MODEL, TOKENIZER = "bge-small-zh-v1.5-q.onnx", "bge-small-zh-v1.5-q-tokenizer.json"
#: Who made a vector; vectors of different makers cannot be compared. Raise the number where `encode` changes.
NAME = "bge-small-zh-v1.5-q/1"
#: Numbers of a vector, and the characters of a text that it is made of: its first.
WIDTH, LONGEST = 512, 256

Vector = NDArray[np.float32]


class EncoderMissing(SuyinError):
    """The sentence encoder cannot run here; names what is missing and the fix."""


class SentenceEncoder:
    """The encoder's files, opened once a process. May be used by many threads."""

    def __init__(self, folder: Path) -> None:
        if not _has_library():
            raise EncoderMissing(
                "句向量需要附加组件 reader · the sentence encoder needs the extra `reader`; "
                "make setup EXTRAS=reader"
            )
        if not _is_fetched(folder):
            raise EncoderMissing(
                f"{folder}: 没有句向量模型 · the sentence encoder is not there; suyin vectors --fetch"
            )
        import onnxruntime as ort  # noqa: PLC0415  # only where the encoder is used

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(folder / MODEL, options, providers=["CPUExecutionProvider"])
        self._alphabet, known = read_alphabet(folder / TOKENIZER)
        self._known = np.array(known, np.int64)

    def encode(self, text: str) -> Vector:
        """The vector (WIDTH) of a text, of length 1. White space counts for nothing.

        One text at a time: int8 scales hang on the batch.
        """
        pieces = self._alphabet.ids("".join(text.split())[:LONGEST])
        ids = self._known[[OPEN, *pieces, CLOSE]][None]
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        state: Any = self._session.run(None, feed)[0][0, 0]
        vector: Vector = (state / np.linalg.norm(state)).astype(np.float32)
        return vector


def can_run(folder: Path) -> bool:
    """Are the library and the encoder's files there?"""
    return _has_library() and _is_fetched(folder)


def _has_library() -> bool:
    return importlib.util.find_spec("onnxruntime") is not None


def _is_fetched(folder: Path) -> bool:
    return (folder / MODEL).exists() and (folder / TOKENIZER).exists()


@cache
def open_encoder(folder: Path) -> SentenceEncoder:
    """The encoder of this process. Raises EncoderMissing."""
    return SentenceEncoder(folder)
