"""A line on its paper: neighbours, rules and marks about it, and the geometry of a crooked scan."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, LineRegion
from training.synthesis.render import Ink, Mask

Rng = np.random.Generator
Matrix = NDArray[np.float64]
_INK_SEEN = 40  # coverage from which a pixel belongs to the ink box


@dataclass(frozen=True, slots=True)
class Placed:
    """A line's ink on a canvas with margins; ``others`` is ink that is not the line's own."""

    line: Mask
    others: Mask
    baseline: float
    body_height: float


def place(rng: Rng, ink: Ink, neighbours: list[Ink]) -> Placed:
    """Set a line on a canvas with wide margins, and neighbour lines above and below it."""
    body = ink.body_height
    left, right = (int(body * rng.uniform(0.8, 2.2)) for _ in range(2))
    above, below = int(body * 2.9), int(body * 1.8)
    width = ink.mask.shape[1] + left + right
    height = above + below
    line = np.zeros((height, width), np.uint8)
    _paste(line, ink, left, above)
    others = np.zeros_like(line)
    tight = rng.random() < 0.15  # so close that marks of one line stand among those of the next
    pitch = body * float(rng.uniform(1.8, 2.4) if tight else rng.uniform(2.3, 4.6))
    for number, neighbour in enumerate(neighbours):
        row = above - pitch if number % 2 == 0 else above + pitch
        _paste(others, neighbour, left + int(rng.integers(-width // 3, width // 3 + 1)), round(row))
    return Placed(line, others, float(above), body)


def _paste(canvas: Mask, ink: Ink, x: int, baseline: int) -> None:
    """Add ink with its baseline at a row, cut where it leaves the canvas."""
    y = round(baseline - ink.baseline)
    height, width = ink.mask.shape
    top, left = max(0, y), max(0, x)
    bottom, right = min(canvas.shape[0], y + height), min(canvas.shape[1], x + width)
    if top >= bottom or left >= right:
        return
    spot = canvas[top:bottom, left:right]
    np.maximum(spot, ink.mask[top - y : bottom - y, left - x : right - x], out=spot)


def warp(rng: Rng, placed: Placed, level: float) -> tuple[Mask, Mask, LineRegion]:
    """Skew, stretch and slightly bend a placed line; give its ink, the other ink, and the true region."""
    stretch = float(np.exp(rng.normal(0, 0.12)).clip(0.75, 1.3)) if rng.random() < 0.6 else 1.0
    angle = (
        np.deg2rad(float(rng.normal(0, 0.35)) if rng.random() < 0.7 else float(rng.uniform(-1.5, 1.5)))
        * level
    )
    slant = float(rng.normal(0, 0.03)) * level
    line, others = placed.line, placed.others
    height, width = line.shape
    new_width = int(width * stretch) + 1
    rise = abs(np.sin(angle)) * new_width
    new_height = int(height + rise) + 1
    forward: Matrix = np.array(
        [[np.cos(angle) * stretch, -slant, 0.0], [np.sin(angle) * stretch, np.cos(angle), 0.0]], np.float64
    )
    centre = forward[:, :2] @ (width / 2, height / 2)
    forward[:, 2] = (new_width / 2 - centre[0], new_height / 2 - centre[1])
    bend = _bend(rng, new_width, placed.body_height * level) if rng.random() < 0.08 else None
    size = (new_width, new_height)
    line = _apply(line, forward, size, bend)
    others = _apply(others, forward, size, bend) if others.any() else np.zeros_like(line)
    region = _region(line, placed, forward, bend)
    return line, others, region


def _bend(rng: Rng, width: int, body: float) -> NDArray[np.float32]:
    """How far each column sinks: part of a slow wave, as near the spine of a book."""
    phase, waves = rng.uniform(0, 6.28), rng.uniform(0.2, 0.8)
    wave = np.sin(np.linspace(phase, phase + waves * 6.28, width)) * rng.uniform(0.05, 0.22) * body
    return np.asarray(wave - wave.mean(), np.float32)


def _apply(mask: Mask, forward: Matrix, size: tuple[int, int], bend: NDArray[np.float32] | None) -> Mask:
    if bend is None:
        return np.asarray(cv2.warpAffine(mask, forward, size, flags=cv2.INTER_LINEAR), np.uint8)
    inverse = cv2.invertAffineTransform(forward).astype(np.float32)
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    rows -= bend[None, :]
    x = inverse[0, 0] * columns + inverse[0, 1] * rows + inverse[0, 2]
    y = inverse[1, 0] * columns + inverse[1, 1] * rows + inverse[1, 2]
    return np.asarray(cv2.remap(mask, x, y, cv2.INTER_LINEAR), np.uint8)


def _region(line: Mask, placed: Placed, forward: Matrix, bend: NDArray[np.float32] | None) -> LineRegion:
    """The ink box, and the baseline through it after the transform (least squares where it bends)."""
    x, y, breadth, height = cv2.boundingRect((line > _INK_SEEN).view(np.uint8))
    x1, y1 = x + breadth, y + height
    tilt = forward[1, 0] / forward[0, 0]
    start = forward @ (0.0, placed.baseline, 1.0)
    left, right = (float(start[1] + (column - start[0]) * tilt) for column in (x, x1))
    if bend is not None and breadth > 1:
        steepness, offset = np.polyfit(np.arange(x, x1, dtype=np.float64), bend[x:x1].astype(np.float64), 1)
        left, right = left + float(steepness * x + offset), right + float(steepness * x1 + offset)
    body = placed.body_height * float(forward[1, 1])
    return LineRegion(Box(float(x), float(y), float(x1), float(y1)), left, right, body)
