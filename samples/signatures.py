"""Signatures: strokes along splines."""

from __future__ import annotations

import random
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import StampShape
from samples.geometry import StampTruth
from samples.sheet import Colour, Sheet, ink_box


def _spline(points: NDArray[np.float64], steps: int = 14) -> NDArray[np.float64]:
    """A Catmull-Rom curve through ``points`` (Nx2)."""
    padded = np.vstack([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack(curve)


def signature(
    sheet: Sheet, x: float, y: float, width: float, height: float, colour: Colour, seed: int
) -> None:
    """Scribble a signature into the box at (x, y), all in points, and record it."""
    chance = random.Random(seed)
    count = chance.randint(7, 12)
    across = np.sort(np.array([chance.random() for _ in range(count)]))
    across = across + np.array([chance.uniform(-0.14, 0.05) for _ in range(count)])
    down = np.array([chance.uniform(0.1, 0.95) if i % 2 else chance.uniform(0.0, 0.6) for i in range(count)])
    body = np.stack([x + across * width, y + down * height], axis=1)
    flourish_y = y + height * chance.uniform(0.55, 0.95)
    flourish = np.array(
        [
            [x, flourish_y],
            [x + width * 0.5, flourish_y - height * 0.1],
            [x + width * 1.1, flourish_y - height * 0.35],
        ]
    )
    s = sheet.scale
    margin = width * 0.4
    origin = (round((x - margin) * s), round((y - margin) * s))
    patch = np.zeros((round((height + 2 * margin) * s), round((width + 2 * margin) * s)), np.uint8)
    strokes = [body, flourish] if chance.random() < 0.7 else [body]
    for stroke in strokes:
        curve = _spline(stroke) * s - origin
        weight = chance.uniform(0.7, 1.15) * s
        for a, b in pairwise(curve):
            speed = float(np.hypot(*(b - a))) / s
            thickness = max(1, round(weight * (1.15 - min(0.6, speed / 14))))
            ends = [tuple(int(v) for v in np.round(point * 8)) for point in (a, b)]
            cv2.line(patch, ends[0], ends[1], 255, thickness, cv2.LINE_AA, shift=3)
    sheet.lay(patch, origin[0], origin[1], colour)
    sheet.stamps.append(StampTruth(ink_box(patch, *origin), StampShape.SIGNATURE))
