"""A trained network in eight bits: ``python -m training.eight_bits WEIGHTS.onnx MODEL.onnx``.

What the package ships is read more than twice as fast as the weights that it was made of, and takes a
quarter of their room. Rounded as they are, weights read a little worse; so a network that rounds its
weights and values as the runtime will (Jacob et al. 2018) first learns for some minutes to say of every
synthetic line what the exact one says of it (Hinton et al. 2015).

The first convolution, which sees single strokes, and the head, which tells like letters apart, keep
floating point. Weights take seven of their eight bits, since processors without VNNI overflow on the
products of larger ones.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Batch, Plan, load
from training.export import read_onnx
from training.graph import Graph, attributes_of
from training.network import ConvNorm, Network, Residual

_LARGEST_WEIGHT = 64
_STEPS = 255
_NEW_SHARE = 0.05
"""How much the latest range counts in the running one."""
_BATCHES_BETWEEN = 8
"""Ranges move slowly; looking at each batch would cost time."""

_RATE = 2e-5
_SEED = 77
_LOSSES_TOLD = 50
"""Batches between two lines of what is told."""


class Range:
    """The running least and greatest value that a layer gives, and rounding between them.

    Registered as a forward hook: gradients pass the rounding as if it were not there.
    """

    def __init__(self) -> None:
        self._ends: Tensor | None = None
        self._batches = 0

    @property
    def step(self) -> float:
        """The difference between two values that follow one another in eight bits."""
        low, high = self._limits()
        return max(high - low, 1e-6) / _STEPS

    @property
    def zero(self) -> int:
        """The eight bits that stand for 0."""
        return round(-self._limits()[0] / self.step)

    def __call__(self, layer: nn.Module, inputs: Any, values: Tensor) -> Tensor:
        with torch.no_grad():
            if self._batches % _BATCHES_BETWEEN == 0:
                self._see(values)
            self._batches += 1
            step, zero = self.step, self.zero
            change = values.div(step).round_().clamp_(-zero, _STEPS - zero).mul_(step).sub_(values)
        return values + change

    def _see(self, values: Tensor) -> None:
        seen = torch.stack([values.amin().clamp(max=0), values.amax().clamp(min=0)]).float()
        self._ends = seen if self._ends is None else self._ends.lerp(seen, _NEW_SHARE)

    def _limits(self) -> tuple[float, float]:
        if self._ends is None:
            raise ValueError("no values were seen yet")
        low, high = self._ends.tolist()
        return low, high


def round_values(network: Network) -> dict[nn.Module, Range]:
    """Let ``network`` compute from now on as it will in eight bits, though its weights stay as they are.

    Returns the range of what each of its blocks gives, known once something was read.
    """
    ranges: dict[nn.Module, Range] = {}
    for place, layer in enumerate(network.body):
        for module in layer.modules():
            if isinstance(module, ConvNorm | Residual):
                ranges[module] = Range()
                module.register_forward_hook(ranges[module])
            if isinstance(module, ConvNorm) and place > 0:
                module.rounding = rounded_weight
    return ranges


def rounded_weight(weight: Tensor) -> Tensor:
    """``weight`` (out × in × height × width) as whole steps of its channel's largest, straight through."""
    with torch.no_grad():
        steps = weight_steps(weight)
        change = weight.div(steps).round_().mul_(steps).sub_(weight)
    return weight + change


def weight_steps(weight: Tensor) -> Tensor:
    """The step of each output channel, shaped to divide ``weight`` by."""
    return weight.abs().amax(dim=(1, 2, 3), keepdim=True).clamp(min=1e-8) / _LARGEST_WEIGHT


def write_eight_bits(
    network: Network, ranges: dict[nn.Module, Range], path: Path, facts: dict[str, str]
) -> None:
    """Write ``network`` for reading only; what goes in and out is as in :func:`training.export.write_onnx`.

    There is no rectifier: where values can't be below 0, the eight bits begin there.
    """
    writer = _Writer(Graph(), ranges)
    value, step = writer.graph.strips(), None
    for place, layer in enumerate(network.body):
        value, step = writer.layer(f"body.{place}", layer, value, step)
    writer.graph.head(network, value)
    writer.graph.save(network, path, facts)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts layers into a graph; a value goes from one to the next with the step of its eight bits."""

    graph: Graph
    ranges: dict[nn.Module, Range]

    def layer(self, name: str, layer: nn.Module, value: str, step: float | None) -> tuple[str, float]:
        if isinstance(layer, ConvNorm):
            return self._rounded(name, layer, self._convolution(name, layer, value, step))
        if not isinstance(layer, Residual):
            raise TypeError(f"no ONNX form for {type(layer).__name__}")
        branch, branch_step = value, step
        for index, part in enumerate(layer.branch):
            branch, branch_step = self.layer(f"{name}.branch.{index}", part, branch, branch_step)
        return self._rounded(name, layer, self.graph.add("Add", [value, branch]))

    def _convolution(self, name: str, layer: ConvNorm, value: str, step: float | None) -> str:
        weight, bias = _folded(layer)
        names = f"{name}.weight", f"{name}.bias"
        if step is None:
            held = [self.graph.constant(*item) for item in zip(names, (weight, bias), strict=True)]
        else:
            steps = weight_steps(weight)
            held = [
                self._whole(names[0], weight / steps, steps.flatten(), torch.int8),
                self._whole(names[1], bias / (steps.flatten() * step), steps.flatten() * step, torch.int32),
            ]
        return self.graph.add("Conv", [value, *held], **attributes_of(layer.convolution))

    def _whole(self, name: str, values: Tensor, steps: Tensor, kind: torch.dtype) -> str:
        """``values`` as whole numbers of ``steps``, one step for each output channel."""
        inputs = [
            self.graph.constant(name, values.round().to(kind)),
            self.graph.constant(f"{name}.steps", steps),
            self.graph.constant(f"{name}.zeros", torch.zeros(len(steps), dtype=kind)),
        ]
        return self.graph.add("DequantizeLinear", inputs, axis=0)

    def _rounded(self, name: str, layer: nn.Module, value: str) -> tuple[str, float]:
        held = self.ranges[layer]
        scale = [
            self.graph.constant(f"{name}.step", np.float32(held.step)),
            self.graph.constant(f"{name}.zero", np.uint8(held.zero)),
        ]
        bits = self.graph.add("QuantizeLinear", [value, *scale])
        return self.graph.add("DequantizeLinear", [bits, *scale]), held.step


def _folded(layer: ConvNorm) -> tuple[Tensor, Tensor]:
    """Weight and bias of the one convolution that does what ``layer`` and its batch norm do."""
    norm = layer.norm
    assert norm.running_mean is not None
    assert norm.running_var is not None
    scale = norm.weight / (norm.running_var + norm.eps).sqrt()
    weight = layer.convolution.weight * scale[:, None, None, None]
    return weight.detach(), (norm.bias - norm.running_mean * scale).detach()


def imitate(exact: Network, rounded: Network, minutes: float, pen: bool) -> None:
    """Let ``rounded`` learn to give the chances that ``exact`` gives, at a rate that falls to nothing.

    With ``pen`` on lines for the network of the pen, as its weights were trained on.

    Batch norms keep their statistics: they will be part of the weights.
    """
    optimiser = torch.optim.AdamW(rounded.parameters(), lr=_RATE, weight_decay=0.0)
    began, losses = time.monotonic(), []
    for batch in load(Plan(_SEED, pen=pen), workers=1):
        share = (time.monotonic() - began) / (60 * minutes)
        if share >= 1.0:
            break
        for group in optimiser.param_groups:
            group["lr"] = _RATE * 0.5 * (1 + math.cos(math.pi * share))
        losses.append(learn(exact, rounded, batch, optimiser))
        if len(losses) == _LOSSES_TOLD:
            print(f"{share:.0%} of the time, unlikeness {sum(losses) / len(losses):.5f}", flush=True)
            losses = []


def learn(exact: Network, rounded: Network, batch: Batch, optimiser: torch.optim.Optimizer) -> float:
    """One step; returns how unlike the chances were, in nats for each step of a line."""
    strips = batch.ink(torch.device("cpu"))
    with torch.autocast("cpu", torch.bfloat16):
        with torch.inference_mode():
            wanted = functional.log_softmax(exact(strips).float(), dim=-1)
        given = functional.log_softmax(rounded(strips).float(), dim=-1)
    unlike = functional.kl_div(given, wanted.clone(), reduction="none", log_target=True).sum(dim=-1).mean()
    optimiser.zero_grad(set_to_none=True)
    unlike.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return unlike.item()


def main() -> None:
    """Parse the command line, learn, and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long to learn, at least one")
    parser.add_argument("--pen", action="store_true", help="lines for the network of the pen")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    exact, rounded = (read_onnx(arguments.weights).eval() for _ in range(2))
    ranges = round_values(rounded)
    imitate(exact, rounded, arguments.minutes, arguments.pen)
    write_eight_bits(rounded, ranges, arguments.model, {})
    print(f"{arguments.model}: {arguments.model.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
