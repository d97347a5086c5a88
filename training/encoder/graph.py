"""Write MiniLM as an ONNX graph with 8-bit weights, made for one short message at a time.

input_ids (1, n) int64  ->  embedding (1, 384) float32, of length 1
                            static    (1, 384) float32, of length 1: the mean of the word vectors

- The embedding table stays 8-bit: rows are gathered first, and only those are scaled. (A usual
  export scales the table and gathers afterwards; the runtime then does that once, while it loads,
  and keeps 47 MB of floats.)
- Matrices are 8-bit with a scale per column; what they are multiplied with is rounded to 8 bits
  anew for each message (DynamicQuantizeMatMul), so a vector depends on nothing but its message.
- They are unsigned, with 128 for zero: signed weights overflow on x86 processors without VNNI,
  whose 16-bit sums are cut off.
- No padding and no mask, since there is one message; mean pooling and the unit length are inside.
- Weights lie in a file of their own, which the runtime maps into memory instead of reading it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, DIM = 6, 12, 384
MOST_TOKENS = 128
_EPSILON = 1e-12
_CONTRIB = "com.microsoft"
_LEVELS, _ZERO = 127, 128
# Smaller tensors stay in the graph file.
_EXTERNAL_FROM = 4096

Array = np.ndarray[Any, Any]


def quantise_rows(table: Array) -> tuple[Array, Array]:
    """Return an int8 table and the float32 scale of each row, (n, d) and (n, 1)."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / _LEVELS
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float32)


def quantise_columns(matrix: Array) -> tuple[Array, Array]:
    """Return a uint8 matrix (in, out), 128 for zero, and the float32 scale of each column."""
    rows, scale = quantise_rows(matrix.T)
    shifted = (rows.T.astype(np.int16) + _ZERO).astype(np.uint8)
    return np.ascontiguousarray(shifted), scale.ravel()


def save(weights: Mapping[str, Array], path: Path, weights_name: str) -> None:
    """Write the graph to `path` and its large tensors to a file beside it.

    Args:
        weights: float32 tensors under the names of a Hugging Face BertModel.
        path: the ONNX file.
        weights_name: name of the file with the tensors; replaced if it is there.
    """
    (path.parent / weights_name).unlink(missing_ok=True)
    onnx.save(
        build(weights),
        path,
        save_as_external_data=True,
        location=weights_name,
        size_threshold=_EXTERNAL_FROM,
    )
    (path.parent / weights_name).chmod(0o644)


def build(weights: Mapping[str, Array]) -> onnx.ModelProto:
    """Return the ONNX model, with all tensors inside."""
    graph = _Graph(weights)
    hidden = _embeddings(graph)
    for layer in range(LAYERS):
        hidden = _layer(graph, hidden, f"encoder.layer.{layer}")
    axis = graph.tensor("token_axis", np.array([1], np.int64))
    _pool(graph, hidden, axis, "embedding")
    _pool(graph, "word_vectors", axis, "static")
    return graph.model()


class _Graph:
    """Collects the nodes and tensors of a model; each method returns the name of its result."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._tensors: list[onnx.TensorProto] = []

    def tensor(self, name: str, value: Array) -> str:
        self._tensors.append(numpy_helper.from_array(value, name))
        return name

    def node(self, op: str, inputs: list[str], output: str, domain: str = "", **more: Any) -> str:
        self.nodes(op, inputs, [output], domain, **more)
        return output

    def nodes(
        self, op: str, inputs: list[str], outputs: list[str], domain: str = "", **more: Any
    ) -> None:
        self._nodes.append(helper.make_node(op, inputs, outputs, outputs[0], domain=domain, **more))

    def dense(self, value: str, matrix: Array, bias: Array, name: str) -> str:
        """Add `value @ matrix + bias`; `matrix` is (in, out)."""
        whole, scale = quantise_columns(matrix)
        inputs = [
            value,
            self.tensor(f"{name}.weight", whole),
            self.tensor(f"{name}.scale", scale),
            self.tensor(f"{name}.zero", np.full(scale.shape, _ZERO, np.uint8)),
            self.tensor(f"{name}.bias", bias.astype(np.float32)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, _CONTRIB)

    def linear(self, value: str, name: str) -> str:
        """Add the dense layer of this name."""
        matrix, bias = self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"]
        return self.dense(value, matrix, bias, name)

    def layer_norm(self, value: str, name: str) -> str:
        parts = [f"{name}.weight", f"{name}.bias"]
        inputs = [value, *(self.tensor(part, self.weights[part]) for part in parts)]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=_EPSILON)

    def model(self) -> onnx.ModelProto:
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])
        out = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, DIM])
            for name in ("embedding", "static")
        ]
        body = helper.make_graph(self._nodes, "minilm", [ids], out, self._tensors)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(body, opset_imports=opsets, ir_version=9)


def _embeddings(graph: _Graph) -> str:
    words, scales = quantise_rows(graph.weights["embeddings.word_embeddings.weight"])
    rows = graph.node("Gather", [graph.tensor("words", words), "input_ids"], "word_rows")
    scale = graph.node("Gather", [graph.tensor("word_scales", scales), "input_ids"], "row_scales")
    floats = graph.node("Cast", [rows], "word_floats", to=TensorProto.FLOAT)
    scaled = graph.node("Mul", [floats, scale], "word_vectors")
    summed = graph.node("Add", [scaled, _places(graph)], "embedding_sum")
    return graph.layer_norm(summed, "embeddings.LayerNorm")


def _places(graph: _Graph) -> str:
    """Add the vectors of the places in the message and of its being the first sentence."""
    places = graph.weights["embeddings.position_embeddings.weight"][:MOST_TOKENS]
    kind = graph.weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    zero = graph.tensor("zero", np.array([0], np.int64))
    table = graph.tensor("places", places + kind)
    return graph.node("Slice", [table, zero, length, zero], "place_vectors")


def _layer(graph: _Graph, hidden: str, name: str) -> str:
    attended = _attention(graph, hidden, f"{name}.attention")
    wide = graph.linear(attended, f"{name}.intermediate.dense")
    bent = graph.node("Gelu", [wide], f"{name}.gelu", _CONTRIB)
    narrow = graph.linear(bent, f"{name}.output.dense")
    summed = graph.node("Add", [narrow, attended], f"{name}.sum")
    return graph.layer_norm(summed, f"{name}.output.LayerNorm")


def _attention(graph: _Graph, hidden: str, name: str) -> str:
    parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
    matrix = np.concatenate([graph.weights[f"{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([graph.weights[f"{part}.bias"] for part in parts])
    joined = graph.dense(hidden, matrix, bias, f"{name}.qkv")
    graph.nodes("Split", [joined], parts, axis=-1, num_outputs=len(parts))
    mixed = graph.node("MultiHeadAttention", parts, f"{name}.heads", _CONTRIB, num_heads=HEADS)
    out = graph.linear(mixed, f"{name}.output.dense")
    summed = graph.node("Add", [out, hidden], f"{name}.sum")
    return graph.layer_norm(summed, f"{name}.output.LayerNorm")


def _pool(graph: _Graph, hidden: str, axis: str, output: str) -> None:
    mean = graph.node("ReduceMean", [hidden, axis], f"{output}_mean", keepdims=0)
    graph.node("LpNormalization", [mean], output, axis=-1, p=2)
