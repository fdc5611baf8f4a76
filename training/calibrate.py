"""Make confidence mean what it says: ``python -m training.calibrate PRINT.onnx PEN.onnx``.

On held-out lines that evaluation does not use, three things are fitted and written into the models' metadata:
a temperature for their scores (Guo et al., 2017), and Platt scalings for the confidence of a character, of a
line, and of a line that was read again, by how many of its readings agree. The network of the pen takes over
what was fitted for that of print: the surest of several readings is right more often so than with own fits.
Prints how often what was read with each confidence is right.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper
from rapidfuzz.distance import Levenshtein

from pipeline.lattice import score
from pipeline.model import Lattice, Line
from pipeline.ocr import NeuralRecogniser
from pipeline.ocr.lexicon import settle
from pipeline.ocr.neural import surest
from training.evaluate import held_out_lines, read_as_pages, readings_of
from training.export import metadata_of
from training.synthesis import SyntheticLine
from training.synthesis.alphabet import canonical

_TEMPERATURES = np.geomspace(0.7, 2.5, 14)
_BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 1.0)

Verdicts = NDArray[np.float64]
"""N×2: a confidence, and 1 where what it speaks of was right, else 0."""

Models = tuple[Path, Path]
"""The files of the network of print and of that of the pen."""


@dataclass(frozen=True, slots=True)
class Fits:
    """What is fitted: a temperature, and slopes and shifts of log-odds. At first they change nothing."""

    temperature: float = 1.0
    characters: tuple[float, float] = (1.0, 0.0)
    lines: tuple[float, float] = (1.0, 0.0)
    again: tuple[tuple[float, float], ...] = ((1.0, 0.0),) * 3


def main() -> None:
    """Fit on held-out lines, write the model, print the reliability on other held-out lines."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("print_model", type=Path)
    parser.add_argument("pen_model", type=Path)
    parser.add_argument("--lines", type=int, default=1500)
    arguments = parser.parse_args()
    models = arguments.print_model, arguments.pen_model
    lines = held_out_lines(900_003, arguments.lines, level=1.0)
    _store(models, Fits())
    fits = Fits(best_temperature(lines, _first(models, lines)))
    _store(models, fits)
    first = settle(_first(models, lines))
    fits = replace(fits, characters=_fit(of_characters(lines, first)), lines=_fit(of_lines(lines, first)))
    _store(models, fits)
    readings = readings_of(NeuralRecogniser(*models), lines)
    fits = replace(fits, again=tuple(_fit(found) for found in of_lines_read_again(lines, readings)))
    _store(models, fits)
    print(fits)
    fresh = held_out_lines(900_004, arguments.lines, level=1.0)
    read = read_as_pages(NeuralRecogniser(*models), fresh)
    for name, verdicts in (("characters", of_characters), ("lines", of_lines)):
        print(f"\n{name}: confidence, how many, mean confidence, share right")
        for row in reliability(np.array(list(verdicts(fresh, read)))):
            print("  {:.3f} to {:.3f} {:7d} {:.4f} {:.4f}".format(*row))


def _first(models: Models, lines: Sequence[SyntheticLine]) -> list[Line]:
    """What the network of print reads of every line."""
    return [line for line, *_ in readings_of(NeuralRecogniser(*models), lines)]


def best_temperature(lines: Sequence[SyntheticLine], readings: Sequence[Line]) -> float:
    """The temperature at which the true texts are likeliest."""
    pairs = [(canonical(line.text), read.lattice) for line, read in zip(lines, readings, strict=True)]
    held = [(text, lattice) for text, lattice in pairs[:300] if lattice is not None]
    losses = [
        np.mean([-max(score(_at(lattice, heat), text), -60.0) for text, lattice in held])
        for heat in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _at(lattice: Lattice, temperature: float) -> Lattice:
    scores = lattice.scores / temperature
    scores = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return Lattice(lattice.symbols, scores, lattice.alphabet, lattice.x0, lattice.step)


def of_characters(lines: Sequence[SyntheticLine], readings: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """For each character read, its confidence and whether the truth has it there."""
    for line, read in zip(lines, readings, strict=True):
        right = np.zeros(len(read.text))
        for block in Levenshtein.opcodes(canonical(line.text), read.text):
            if block.tag == "equal":
                right[block.dest_start : block.dest_end] = 1.0
        yield from zip((c.confidence for c in read.characters), right.tolist(), strict=True)


def of_lines(lines: Sequence[SyntheticLine], readings: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """For each line, its confidence and whether all of it is right."""
    for line, read in zip(lines, readings, strict=True):
        yield read.confidence, float(canonical(line.text) == read.text)


def of_lines_read_again(
    lines: Sequence[SyntheticLine], readings: Sequence[tuple[Line, ...]]
) -> tuple[list[tuple[float, float]], ...]:
    """As :func:`of_lines`, of the lines with several readings: by how many others agree with the surest."""
    kept = [surest(found) for found in readings]
    verdicts = list(of_lines(lines, settle([line for line, _ in kept])))
    several = [
        (agreeing, verdict)
        for found, (_, agreeing), verdict in zip(readings, kept, verdicts, strict=True)
        if len(found) > 1
    ]
    most = max(len(found) for found in readings)
    return tuple([verdict for agreeing, verdict in several if agreeing == n] for n in range(most))


def _fit(verdicts: Iterable[tuple[float, float]]) -> tuple[float, float]:
    return platt(np.array(list(verdicts)).reshape(-1, 2))


def platt(verdicts: Verdicts) -> tuple[float, float]:
    """Slope and shift of the log-odds, by Newton's method on the logistic loss, lightly held at (1, 0)."""
    raw = np.clip(verdicts[:, 0], 1e-6, 1 - 1e-6)
    design = np.stack([np.log(raw) - np.log1p(-raw), np.ones(len(raw))], axis=1)
    start = np.array([1.0, 0.0])
    weights = start.copy()
    for _ in range(50):
        chances = 1.0 / (1.0 + np.exp(-design @ weights))
        slope = design.T @ (chances - verdicts[:, 1]) + (weights - start)
        bend = (design * (chances * (1 - chances))[:, None]).T @ design + np.eye(2)
        weights = weights - np.linalg.solve(bend, slope)
    return float(weights[0]), float(weights[1])


def reliability(verdicts: Verdicts) -> Iterator[tuple[float, float, int, float, float]]:
    """Of each band of confidence: its edges, how many fall in it, their mean, and the share right."""
    for low, high in pairwise(_BINS):
        inside = verdicts[(verdicts[:, 0] >= low) & (verdicts[:, 0] < high)]
        if len(inside):
            yield low, high, len(inside), float(inside[:, 0].mean()), float(inside[:, 1].mean())


def _store(models: Models, fits: Fits) -> None:
    for model in models:
        held = onnx.load(str(model))
        facts = metadata_of(held) | {
            "temperature": repr(fits.temperature),
            "character_calibration": json.dumps(fits.characters),
            "line_calibration": json.dumps(fits.lines),
            "again_calibration": json.dumps(fits.again),
        }
        del held.metadata_props[:]
        helper.set_model_props(held, facts)
        temporary = model.with_suffix(".part")
        onnx.save(held, str(temporary))
        temporary.replace(model)


if __name__ == "__main__":
    main()
