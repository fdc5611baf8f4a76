"""Trained weights to ONNX and back.

The graph is written node by node rather than traced, so that it stays what it is: batch norms are
kept apart (the runtime folds them when it loads the model) and initialisers carry the network's own
parameter names. Weights of convolutions take 16 bits, all else 32, so that the file is small enough to
keep and training can go on from it. What the package ships is made of it by :mod:`training.eight_bits`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import TensorProto, numpy_helper

from training.alphabet import ALPHABET
from training.graph import Graph, attributes_of
from training.network import ConvNorm, Network, Residual, Size


def write_onnx(network: Network, path: Path, facts: dict[str, str]) -> None:
    """Write ``network`` to ``path`` by way of a temporary file, ``facts`` among the model's metadata.

    The graph takes ``strips`` (N×1×48×W uint8, 0 paper, 255 ink, W a multiple of 4) and gives
    ``logits`` (N×(W/2)×classes float32).
    """
    graph = Graph()
    value = graph.strips()
    for index, layer in enumerate(network.body):
        value = _layer(graph, f"body.{index}", layer, value)
    graph.head(network, value)
    graph.save(network, path, facts)


def read_onnx(path: Path) -> Network:
    """The network that :func:`write_onnx` wrote, ready to train on."""
    model = onnx.load(str(path))
    facts = metadata_of(model)
    alphabet = json.loads(facts["alphabet"])
    if tuple(alphabet) != ALPHABET[: len(alphabet)]:
        raise ValueError(f"{path}: its alphabet is not the beginning of this version's")
    stored = json.loads(facts["size"])
    network = Network(len(alphabet), Size(**stored | {"dilations": tuple(stored["dilations"])}))
    weights = {
        item.name: torch.from_numpy(numpy_helper.to_array(item).copy()).float()
        for item in model.graph.initializer
    }
    state = {name: weights.get(name, value) for name, value in network.state_dict().items()}
    network.load_state_dict(state)
    return network


def metadata_of(model: Any) -> dict[str, str]:
    """The key-value facts stored in an ONNX model."""
    return {item.key: item.value for item in model.metadata_props}


def _layer(graph: Graph, name: str, layer: torch.nn.Module, value: str) -> str:
    if isinstance(layer, Residual):
        branch = value
        for index, part in enumerate(layer.branch):
            branch = _layer(graph, f"{name}.branch.{index}", part, branch)
        return graph.add("Relu", [graph.add("Add", [value, branch])])
    if not isinstance(layer, ConvNorm):
        raise TypeError(f"no ONNX form for {type(layer).__name__}")
    convolution, norm = layer.convolution, layer.norm
    half = graph.constant(f"{name}.convolution.weight", convolution.weight.half())
    weight = graph.add("Cast", [half], to=TensorProto.FLOAT)
    value = graph.add("Conv", [value, weight], **attributes_of(convolution))
    scales = [
        graph.constant(f"{name}.norm.{part}", getattr(norm, part))
        for part in ("weight", "bias", "running_mean", "running_var")
    ]
    value = graph.add("BatchNormalization", [value, *scales], epsilon=norm.eps)
    return graph.add("Relu", [value]) if layer.rectify else value


def main() -> None:
    """``python -m training.export RUN [RUN ...] MODEL.onnx``."""
    parser = argparse.ArgumentParser(
        description="Write the averaged weights of training checkpoints as ONNX; of several, or of them and "
        "exported models, their mean."
    )
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("model", type=Path)
    arguments = parser.parse_args()
    from training.train import averaged_network

    network, facts = averaged_network(*arguments.runs)
    write_onnx(network, arguments.model, facts)
    print(f"{arguments.model}: {arguments.model.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
