"""Ink that says nothing: signatures, dirt, ends of rules. Layout takes it for a line now and then."""

from __future__ import annotations

import cv2
import numpy as np

from training.synthesis.handwriting import Points, ink_of
from training.synthesis.render import Ink

Rng = np.random.Generator


def scribble(rng: Rng, body: float) -> Ink:
    """A signature, or a few spots of dirt, beside a line with bodies of ``body`` pixels."""
    return _signature(rng, body) if rng.random() < 0.6 else _dirt(rng, body)


def _signature(rng: Rng, body: float) -> Ink:
    """One to four strokes that run to the right in loops."""
    strokes = [_stroke(rng) for _ in range(int(rng.integers(1, 5)))]
    return ink_of(rng, strokes, body, float(rng.uniform(0.05, 0.2)))


def _stroke(rng: Rng) -> Points:
    points = int(rng.integers(3, 14))
    across = np.cumsum(rng.normal(0.35, 0.55, points)) * rng.uniform(0.5, 1.6)
    height = rng.uniform(0.3, 1.6)
    up = 0.5 + height * rng.choice((-1.0, 1.0), points) * rng.uniform(0.1, 1.0, points)
    across += rng.uniform(0.0, 3.0) - min(across.min(), 0.0)
    return np.stack([across, up], axis=1)


def _dirt(rng: Rng, body: float) -> Ink:
    """Spots, dark or grey, as dust and punched holes leave them."""
    height, width = int(body * 1.6) + 4, int(body * rng.uniform(0.8, 8.0)) + 4
    mask = np.zeros((height, width), np.uint8)
    for _ in range(int(rng.integers(1, 7))):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        # About as wide as high: a lone bar would be a dash, which says something.
        across, up = rng.exponential(0.22) * body * rng.uniform(0.6, 1.6, 2) + 1.0
        cv2.ellipse(
            mask,
            centre,
            (int(across), int(up)),
            float(rng.uniform(0, 180)),
            0,
            360,
            int(rng.integers(90, 256)),
            -1,
        )
    mask[height // 2, width // 2] = 255  # never bare paper: a line has a box
    return Ink(mask, body * 1.3, body)
