"""Vectors of the embedded store: one file beside it, found exactly in memory (200 MB for 100,000 nodes)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from extract.files import replacing

#: A vector of length 1.
Vector = NDArray[np.float32]


class _Kept:
    """Vectors (n, width) of the nodes `ids`."""

    def __init__(self, ids: Sequence[str] = (), vectors: NDArray[np.float16] | None = None) -> None:
        self.ids = list(ids)
        self.at = {id_: i for i, id_ in enumerate(self.ids)}
        self.vectors = np.zeros((0, 0), np.float32) if vectors is None else vectors.astype(np.float32)
        self.mean: Vector | None = self.vectors.mean(axis=0) if self.ids else None


class FileVectors:
    """Vectors in `path`. Whatever another process writes there is found by the next question."""

    def __init__(self, path: Path, encoder: str) -> None:
        self.path, self.encoder = path, encoder
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._kept: dict[str, _Kept] = {}

    def any(self) -> bool:
        return bool(self._read())

    def known(self, label: str) -> set[str]:
        return set(self._of(label).ids)

    def add(self, label: str, rows: Mapping[str, Vector]) -> None:
        def added(kept: _Kept) -> dict[str, Vector]:
            return dict(zip(kept.ids, kept.vectors, strict=True)) | dict(rows)

        self._change(label, added)

    def drop(self, label: str, ids: set[str]) -> None:
        if ids:
            self._change(
                label,
                lambda kept: {
                    id_: vector for id_, vector in zip(kept.ids, kept.vectors, strict=True) if id_ not in ids
                },
            )

    def mean(self, label: str) -> Vector | None:
        return self._of(label).mean

    def nearest(self, label: str, vector: Vector, limit: int) -> list[str]:
        kept = self._of(label)
        if not kept.ids:
            return []
        return [kept.ids[i] for i in np.argsort(-(kept.vectors @ vector), kind="stable")[:limit]]

    def cosines(self, label: str, vector: Vector, ids: Sequence[str]) -> dict[str, float]:
        kept = self._of(label)
        there = [id_ for id_ in ids if id_ in kept.at]
        cosines = kept.vectors[[kept.at[id_] for id_ in there]] @ vector if there else ()
        return {id_: float(cosine) for id_, cosine in zip(there, cosines, strict=True)}

    def _of(self, label: str) -> _Kept:
        return self._read().get(label) or _Kept()

    def _read(self) -> dict[str, _Kept]:
        """What the file holds now; nothing where it is of another encoder or damaged: it can be made anew."""
        with self._lock:
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                self._stamp, self._kept = None, {}
                return self._kept
            stamp = stat.st_mtime_ns, stat.st_ino
            if stamp != self._stamp:
                self._stamp, self._kept = stamp, self._load()
            return self._kept

    def _load(self) -> dict[str, _Kept]:
        try:
            with np.load(self.path, allow_pickle=False) as file:
                if str(file["encoder"]) != self.encoder:
                    return {}
                labels = [name.removesuffix(".ids") for name in file.files if name.endswith(".ids")]
                return {
                    label: _Kept(file[f"{label}.ids"].tolist(), file[f"{label}.vectors"]) for label in labels
                }
        except (BadZipFile, KeyError, ValueError, EOFError):
            return {}

    def _change(self, label: str, change: Callable[[_Kept], dict[str, Vector]]) -> None:
        with FileLock(self.path.with_suffix(".lock")):
            kept = dict(self._read())
            rows = change(kept.get(label) or _Kept())
            kept[label] = _Kept([*rows], np.array([*rows.values()], np.float16))
            arrays: dict[str, NDArray[Any]] = {"encoder": np.array(self.encoder)}
            for name, each in kept.items():
                arrays |= {
                    f"{name}.ids": np.array(each.ids, str),
                    f"{name}.vectors": each.vectors.astype(np.float16),
                }
            with replacing(self.path) as part, part.open("wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
