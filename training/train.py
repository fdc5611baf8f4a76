"""Train the recogniser: ``python -m training.train``.

Trains the network of print, or with ``--pen`` that of the pen. Goes on from ``runs/print/checkpoint.pt`` (or
``runs/pen``) where there is one, else from the weights that the shipped model was made of, or with
``--fresh`` from nothing. Runs on a GPU when PyTorch finds one, else on the CPU in bfloat16. ``log.jsonl``
beside the checkpoint keeps the learning curve.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.alphabet import ALPHABET
from training.batches import Batch, Plan, load
from training.evaluate import held_out_lines, read_lines, summarise
from training.export import read_onnx
from training.network import STEP_PIXELS, Network, Size

_WARM_UP_STEPS = 300
_SHORT_LINES_STEPS = 700
_SHORT_LINES_WIDTH = 512
_DECAY_SHARE = 0.65
"""The learning rate stays at its peak for the first third of the time, then falls to 2 % of it."""
_AVERAGE_DECAY = 0.999
_LARGEST_GRADIENT = 5.0
_RECORD_SECONDS = 150


@dataclass(slots=True)
class State:
    """All that a run needs to go on; its optimiser knew nothing yet at step ``unknowing``."""

    network: Network
    average: Network
    optimiser: torch.optim.Optimizer
    step: int = 0
    lines: int = 0
    seconds: float = 0.0
    unknowing: int = 0


def train(out: Path, hours: float, rate: float, plan: Plan, workers: int, start: Path | None) -> None:
    """Train for ``hours`` in all (those of earlier runs of the same checkpoint counted)."""
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    state = resume(out / "checkpoint.pt", start, rate, device)
    watch = held_out_lines(seed=900_001, count=240, level=1.0)
    began, earlier, saved = time.monotonic(), state.seconds, time.monotonic()
    losses: list[float] = []
    for batch in _feed(replace(plan, seed=plan.seed + state.step), workers, state):
        progress = state.seconds / (hours * 3600)
        if progress >= 1.0:
            break
        for group in state.optimiser.param_groups:
            group["lr"] = rate * _rate_share(progress, state.step - state.unknowing)
        losses.append(_learn(state, batch, device))
        state.seconds = earlier + time.monotonic() - began
        if time.monotonic() - saved > _RECORD_SECONDS:
            saved = time.monotonic()
            _record(out, state, losses, watch)
            losses = []
    _record(out, state, losses, watch)


def _feed(plan: Plan, workers: int, state: State) -> Iterator[Batch]:
    """Short lines first: CTC finds the alignment on them in minutes, on full lines in hours."""
    if state.step < _SHORT_LINES_STEPS:
        for batch in load(replace(plan, level=0.3 * plan.level, widest=_SHORT_LINES_WIDTH), workers):
            yield batch
            if state.step >= _SHORT_LINES_STEPS:
                break
    yield from load(replace(plan, seed=plan.seed + 1), workers)


def _rate_share(progress: float, step: int) -> float:
    fall = max(0.0, (progress - (1 - _DECAY_SHARE)) / _DECAY_SHARE)
    return min(1.0, (step + 1) / _WARM_UP_STEPS) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * fall)))


def _learn(state: State, batch: Batch, device: torch.device) -> float:
    with torch.autocast(device.type, torch.bfloat16):
        logits = state.network(batch.ink(device))
    loss = ctc_loss(logits, batch)
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(state.network.parameters(), _LARGEST_GRADIENT)
    state.optimiser.step()
    _average(state)
    state.step += 1
    state.lines += len(batch.lengths)
    return loss.item()


def ctc_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Mean over characters of the batch, so that long lines weigh what they hold."""
    scores = functional.log_softmax(logits.float(), dim=-1).transpose(0, 1)
    steps = torch.full((len(batch.lengths),), batch.strips.shape[-1] // STEP_PIXELS, dtype=torch.long)
    total = functional.ctc_loss(
        scores, batch.classes.to(scores.device), steps, batch.lengths, reduction="sum", zero_infinity=True
    )
    return total / batch.lengths.sum().clamp(min=1)


def _average(state: State) -> None:
    """Move the averaged weights a little towards the current ones; faster while the run is young."""
    share = 1 - min(_AVERAGE_DECAY, (1 + state.step) / (10 + state.step))
    with torch.no_grad():
        for kept, new in zip(
            state.average.state_dict().values(), state.network.state_dict().values(), strict=True
        ):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, share)
            else:
                kept.copy_(new)


def resume(checkpoint: Path, start: Path | None, rate: float, device: torch.device) -> State:
    """The state in ``checkpoint`` if it exists, else one from ``start`` (ONNX), else a new one."""
    held: dict[str, Any] = torch.load(checkpoint, weights_only=True) if checkpoint.exists() else {}
    torch.manual_seed(1)
    network = read_onnx(start) if start and not held else Network(len(ALPHABET), _size_of(held))
    network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    state = State(network, average, optimiser)
    if held:
        network.load_state_dict(held["network"])
        average.load_state_dict(held["average"])
        optimiser.load_state_dict(held["optimiser"])
        state.step, state.lines, state.seconds = held["step"], held["lines"], held["seconds"]
    elif start:
        state.step = state.unknowing = _SHORT_LINES_STEPS
    return state


def _size_of(held: dict[str, Any]) -> Size:
    size = held.get("size", {})
    return Size(**size | {"dilations": tuple(size["dilations"])}) if size else Size()


def save(state: State, checkpoint: Path) -> None:
    """Write ``state`` in one step: what is killed meanwhile leaves the checkpoint that was there."""
    temporary = checkpoint.with_suffix(".part")
    torch.save(
        {
            "network": state.network.state_dict(),
            "average": state.average.state_dict(),
            "optimiser": state.optimiser.state_dict(),
            "size": state.network.size.as_dict(),
            "step": state.step,
            "lines": state.lines,
            "seconds": state.seconds,
        },
        temporary,
    )
    temporary.replace(checkpoint)


def _record(out: Path, state: State, losses: list[float], watch: Any) -> None:
    """Save the checkpoint and add a point to the learning curve."""
    save(state, out / "checkpoint.pt")
    scores = summarise(watch, read_lines(state.average, watch))
    point = {
        "step": state.step,
        "trained_lines": state.lines,
        "hours": round(state.seconds / 3600, 3),
        "loss": round(sum(losses) / max(len(losses), 1), 4),
        "rate": state.optimiser.param_groups[0]["lr"],
        **scores.as_dict(),
    }
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(point) + "\n")
    print(json.dumps(point), flush=True)


def averaged_network(*runs: Path) -> tuple[Network, dict[str, str]]:
    """The mean of the averaged weights of checkpoints and exported models, and the facts of the last.

    Runs that went on from one another end near one another; their mean reads better than each of them
    (weight averaging, Izmailov et al. 2018). One that is named twice counts twice.
    """
    held = [_averaged(run) for run in runs]
    network, facts = held[-1]
    weights = [each.state_dict() for each, _ in held]
    mean = {
        name: torch.stack([each[name].double() for each in weights]).mean(dim=0).to(value.dtype)
        for name, value in network.state_dict().items()
    }
    network.load_state_dict(mean)
    return network.eval(), facts


def _averaged(run: Path) -> tuple[Network, dict[str, str]]:
    """The averaged weights in a checkpoint or in an exported model, and how long they were trained."""
    if run.suffix == ".onnx":
        return read_onnx(run), {}
    held = torch.load(run, weights_only=True)
    network = Network(len(ALPHABET), _size_of(held))
    network.load_state_dict(held["average"])
    return network, {key: str(held[key]) for key in ("step", "lines", "seconds")}


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pen", action="store_true", help="the network of the pen, on lines for it")
    parser.add_argument("--out", type=Path, help="runs/print or runs/pen unless another is given")
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", type=float, default=1.0, help="how hard the lines are damaged")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw lines")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--from", dest="start", type=Path, help="other weights to go on from")
    parser.add_argument("--fresh", action="store_true", help="start from nothing")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    which = "pen" if arguments.pen else "print"
    start = arguments.start or Path(__file__).with_name(f"{which}_weights.onnx")
    train(
        arguments.out or Path("runs") / which,
        arguments.hours,
        arguments.rate,
        Plan(arguments.seed, level=arguments.level, pen=arguments.pen),
        arguments.workers,
        None if arguments.fresh else start,
    )


if __name__ == "__main__":
    main()
