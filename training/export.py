"""Trained weights to ONNX and back.

The graph is written node by node rather than traced, so that it stays what it is: batch norms are
kept apart (the runtime folds them when it loads the model) and initialisers carry the network's own
parameter names. The ONNX file therefore is a lossless checkpoint, from which training can go on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from pipeline.ocr.framing import BASELINE_ROW, BODY_ROWS, STRIP_HEIGHT
from training.alphabet import ALPHABET
from training.network import STEP_PIXELS, ConvNorm, Network, Residual, Size

_OPSET = 17


def write_onnx(network: Network, path: Path, metadata: dict[str, str]) -> None:
    """Write ``network`` to ``path`` by way of a temporary file; ``metadata`` goes into the model.

    The graph takes ``strips`` (N×1×48×W uint8, 0 paper, 255 ink, W a multiple of 4) and gives
    ``logits`` (N×(W/2)×classes float32).
    """
    graph = _Graph()
    value = graph.add("Cast", ["strips"], to=TensorProto.FLOAT)
    value = graph.add("Mul", [value, graph.constant("scale", np.float32(1 / 255))])
    for index, layer in enumerate(network.body):
        value = _layer(graph, f"body.{index}", layer, value)
    value = _head(graph, network, value)
    model = graph.finish(value, network.classes)
    facts = {
        "alphabet": json.dumps(ALPHABET, ensure_ascii=False),
        "size": json.dumps(network.size.as_dict()),
        "framing": json.dumps([STRIP_HEIGHT, BASELINE_ROW, BODY_ROWS]),
        "step_pixels": str(STEP_PIXELS),
    }
    helper.set_model_props(model, facts | metadata)
    onnx.checker.check_model(model)
    temporary = path.with_suffix(".part")
    onnx.save(model, str(temporary))
    temporary.replace(path)


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
        item.name: torch.from_numpy(numpy_helper.to_array(item).copy()) for item in model.graph.initializer
    }
    state = {name: weights.get(name, value) for name, value in network.state_dict().items()}
    network.load_state_dict(state)
    return network


def metadata_of(model: Any) -> dict[str, str]:
    """The key-value facts stored in an ONNX model."""
    return {item.key: item.value for item in model.metadata_props}


class _Graph:
    """An ONNX graph under construction; every value gets a name of its own."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        output = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, name: str, value: Any) -> str:
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def finish(self, output: str, classes: int) -> Any:
        self.nodes.append(helper.make_node("Identity", [output], ["logits"]))
        strips = helper.make_tensor_value_info(
            "strips", TensorProto.UINT8, ["lines", 1, STRIP_HEIGHT, "width"]
        )
        logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["lines", "steps", classes])
        graph = helper.make_graph(self.nodes, "recogniser", [strips], [logits], self.weights)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8)


def _layer(graph: _Graph, name: str, layer: torch.nn.Module, value: str) -> str:
    if isinstance(layer, Residual):
        branch = value
        for index, part in enumerate(layer.branch):
            branch = _layer(graph, f"{name}.branch.{index}", part, branch)
        return graph.add("Relu", [graph.add("Add", [value, branch])])
    if not isinstance(layer, ConvNorm):
        raise TypeError(f"no ONNX form for {type(layer).__name__}")
    convolution, norm = layer.convolution, layer.norm
    weight = graph.constant(f"{name}.convolution.weight", convolution.weight)
    value = graph.add("Conv", [value, weight], **_attributes(convolution))
    scales = [
        graph.constant(f"{name}.norm.{part}", getattr(norm, part))
        for part in ("weight", "bias", "running_mean", "running_var")
    ]
    value = graph.add("BatchNormalization", [value, *scales], epsilon=norm.eps)
    return graph.add("Relu", [value]) if layer.rectify else value


def _attributes(convolution: torch.nn.Conv2d) -> dict[str, list[int]]:
    down, across = (int(side) for side in convolution.padding)
    return {
        "strides": list(convolution.stride),
        "pads": [down, across, down, across],
        "dilations": list(convolution.dilation),
    }


def _head(graph: _Graph, network: Network, value: str) -> str:
    weight = graph.constant("head.weight", network.head.weight)
    bias = graph.constant("head.bias", network.head.bias)
    value = graph.add("Conv", [value, weight, bias])
    value = graph.add("Squeeze", [value, graph.constant("rows", np.array([2], dtype=np.int64))])
    value = graph.add("Transpose", [value], perm=[0, 2, 1])
    # N×(W/4)×(2·classes) to N×(W/2)×classes: 0 keeps N, -1 takes what is left.
    shape = graph.constant("shape", np.array([0, -1, network.classes], dtype=np.int64))
    return graph.add("Reshape", [value, shape])


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
