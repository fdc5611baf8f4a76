"""An ONNX graph of the recogniser under construction, node by node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from pipeline.ocr.framing import BASELINE_ROW, BODY_ROWS, STRIP_HEIGHT
from training.alphabet import ALPHABET
from training.network import STEP_PIXELS, Network

_OPSET = 17


class Graph:
    """Takes ``strips`` (N×1×48×W uint8, 0 paper, 255 ink, W a multiple of 4), gives ``logits``
    (N×(W/2)×classes float32); every value between gets a name of its own."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._weights: list[Any] = []

    def add(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        """A node; returns the name of what it gives."""
        output = f"v{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, name: str, value: Any) -> str:
        """A tensor, array or number under ``name``, which it returns."""
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        self._weights.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def strips(self) -> str:
        """The strips from 0, paper, to 1, ink."""
        value = self.add("Cast", ["strips"], to=TensorProto.FLOAT)
        return self.add("Mul", [value, self.constant("scale", np.float32(1 / 255))])

    def head(self, network: Network, value: str) -> None:
        """From what the body gives to the logits."""
        weight = self.constant("head.weight", network.head.weight)
        bias = self.constant("head.bias", network.head.bias)
        value = self.add("Conv", [value, weight, bias])
        value = self.add("Squeeze", [value, self.constant("rows", np.array([2], dtype=np.int64))])
        value = self.add("Transpose", [value], perm=[0, 2, 1])
        # N×(W/4)×(2·classes) to N×(W/2)×classes: 0 keeps N, -1 takes what is left.
        shape = self.constant("shape", np.array([0, -1, network.classes], dtype=np.int64))
        value = self.add("Reshape", [value, shape])
        self._nodes.append(helper.make_node("Identity", [value], ["logits"]))

    def save(self, network: Network, path: Path, facts: dict[str, str]) -> None:
        """Write the finished graph to ``path`` by way of a temporary file, ``facts`` among its metadata."""
        strips = helper.make_tensor_value_info(
            "strips", TensorProto.UINT8, ["lines", 1, STRIP_HEIGHT, "width"]
        )
        logits = helper.make_tensor_value_info(
            "logits", TensorProto.FLOAT, ["lines", "steps", network.classes]
        )
        graph = helper.make_graph(self._nodes, "recogniser", [strips], [logits], self._weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8)
        own = {
            "alphabet": json.dumps(ALPHABET, ensure_ascii=False),
            "size": json.dumps(network.size.as_dict()),
            "framing": json.dumps([STRIP_HEIGHT, BASELINE_ROW, BODY_ROWS]),
            "step_pixels": str(STEP_PIXELS),
        }
        helper.set_model_props(model, own | facts)
        onnx.checker.check_model(model)
        temporary = path.with_suffix(".part")
        onnx.save(model, str(temporary))
        temporary.replace(path)


def attributes_of(convolution: torch.nn.Conv2d) -> dict[str, list[int]]:
    """Strides, padding and dilation of a convolution, as ONNX calls them."""
    down, across = (int(side) for side in convolution.padding)
    return {
        "strides": list(convolution.stride),
        "pads": [down, across, down, across],
        "dilations": list(convolution.dilation),
    }
