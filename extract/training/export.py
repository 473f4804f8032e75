"""A trained tagger -> the files that the reader runs: an int8 ONNX encoder, the head, the alphabet, a
card.

The ONNX graph is that of the published encoder with the tuned weights in it and its vocabulary cut to
the alphabet. Weights are quantised with `reduce_range`, so that processors with and without VNNI give
the same.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from extract.reading.alphabet import Alphabet
from extract.reading.tagger import ALPHABET, CARD, ENCODER, HEAD
from extract.training.encoder import SEGMENT, parameter_names
from extract.training.tagger import Tagger


def export(model: Tagger, published: Path, alphabet: Alphabet, folder: Path, card: dict[str, Any]) -> None:
    """Write the files of a reader into a folder; `published` is the encoder's own ONNX file."""
    folder.mkdir(parents=True, exist_ok=True)
    graph = onnx.load(published)
    state = {name: value.detach().numpy() for name, value in model.encoder.state_dict().items()}
    names = parameter_names([tensor.name for tensor in graph.graph.initializer])
    for tensor in graph.graph.initializer:
        if tensor.name in names:
            ours, turned = names[tensor.name]
            weight = state[ours].T if turned else state[ours]
        elif tensor.name == SEGMENT:
            weight = np.stack([state["segment"]] * 2)
        else:
            raise ValueError(f"{published}: {tensor.name} has no counterpart; the encoder has changed")
        tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(weight), tensor.name))
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        onnx.save(graph, full)
        quantize_dynamic(
            full,
            folder / ENCODER,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    head = {
        "weight": model.head.weight,
        "bias": model.head.bias,
        "naming": model.naming.weight,
        "naming_bias": model.naming.bias,
        "kind": model.kind.weight,
        "place": model.place.weight,
        "follows": model.follows,
        "first": model.first,
        "last": model.last,
    }
    np.savez(
        folder / HEAD, **{name: value.detach().numpy().astype(np.float32) for name, value in head.items()}
    )
    (folder / ALPHABET).write_text("\n".join(alphabet.pieces) + "\n", encoding="utf-8")
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
