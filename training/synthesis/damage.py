"""What happens to a printed line on its way through copier, fax and scanner.

Every step takes and gives a grey image HxW uint8 (0 black) and keeps every pixel's place: geometry
is changed elsewhere, so that the line's region stays true. ``level`` scales how strong a step is.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from training.synthesis.noise import grains, slope

Grey = NDArray[np.uint8]
Rng = np.random.Generator
Step = Callable[[Rng, Grey, float, float], Grey]


def _clip(values: NDArray[np.float32]) -> Grey:
    return np.clip(values, 0, 255).astype(np.uint8)


def blur(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """A soft focus: strokes of about a tenth of the body height stay visible."""
    sigma = float(rng.uniform(0.02, 0.055)) * body * level
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.3, sigma)), np.uint8)


def low_resolution(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Scanned at fewer dots per inch and enlarged again: the body has 7 to 13 pixels for a while."""
    share = float(rng.uniform(7.0, 13.0)) / level / body
    if share >= 0.95:
        return grey
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(8, round(width * share)), max(8, round(height * share))), interpolation=cv2.INTER_AREA
    )
    way = int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST], p=[0.4, 0.45, 0.15]))
    return np.asarray(cv2.resize(small, (width, height), interpolation=way), np.uint8)


def thicken(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """A copier's dark setting: strokes grow, small loops fill, on a copy of a copy letters run together."""
    growth = 0.01 + 0.11 * float(rng.beta(1.2, 2.2))
    return _stretch_strokes(grey, min(0.13, growth * level) * body, cv2.MORPH_ERODE)


def thin(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """A light copy: strokes shrink and fade."""
    return _stretch_strokes(grey, min(0.07, float(rng.uniform(0.01, 0.045)) * level) * body, cv2.MORPH_DILATE)


def _stretch_strokes(grey: Grey, pixels: float, operation: int) -> Grey:
    """Grow or shrink dark strokes by a fractional number of pixels, by mixing two whole ones."""
    whole, share = int(pixels), pixels - int(pixels)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    base = cv2.morphologyEx(grey, operation, kernel, iterations=whole) if whole else grey
    more = cv2.morphologyEx(base, operation, kernel)
    return np.asarray(cv2.addWeighted(base, 1 - share, more, share, 0), np.uint8)


def broken(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Toner that did not hold: patches of the ink fade toward the paper."""
    holes = np.clip(grains(rng, grey.shape, 2.0) - 1.9 / level**0.5, 0, 1)
    return _clip(grey + holes * (255.0 - grey))


def specks(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Dust: dark and a few white spots up to a sixth of the body height wide."""
    marked = grey.copy()
    height, width = grey.shape
    for _ in range(int(rng.poisson(level * width * height / 9000.0)) + 1):
        centre = int(rng.integers(0, width)), int(rng.integers(0, height))
        radius = float(rng.exponential(0.03)) * body
        shade = int(rng.integers(0, 120)) if rng.random() < 0.85 else 255
        cv2.circle(marked, centre, min(int(radius), max(1, int(body / 8))), shade, -1, cv2.LINE_AA)
    return marked


def salt_and_pepper(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Single pixels flipped, as faxes do."""
    noise = grains(rng, grey.shape)
    limit = 3.2 - 0.7 * level * float(rng.random())
    marked = grey.copy()
    marked[noise > limit] = 0
    marked[noise < -limit] = 255
    return marked


def grain(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Sensor noise, fine or coarse."""
    strength = float(rng.uniform(3, 16)) * level
    return _clip(grey + strength * grains(rng, grey.shape, float(rng.choice([0.0, 0.7, 1.5]))))


def uneven_light(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """One side of the line darker than the other."""
    field = slope(rng, grey.shape, int(rng.choice([2, 2, 3, 5])))
    strength = np.float32(rng.uniform(0.05, 0.22) * level)
    return _clip(grey * (1.0 + strength * (field - 0.6)))


def low_contrast(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Ink that is grey, paper that is not white."""
    black = float(rng.uniform(0, 110)) * min(1.0, level)
    white = 255.0 - float(rng.uniform(0, 60)) * min(1.3, level)
    table = np.linspace(black, white, 256).astype(np.uint8)
    return np.asarray(cv2.LUT(grey, table), np.uint8)


def bilevel(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """One bit a pixel with rough edges; small text as if scanned at twice its size and reduced."""
    if body >= _FINE_BODY:
        return _threshold(rng, grey, body, level)
    height, width = grey.shape
    fine = cv2.resize(grey, (2 * width, 2 * height), interpolation=cv2.INTER_CUBIC)
    sharp = _threshold(rng, np.asarray(fine, np.uint8), 2 * body, level)
    return np.asarray(cv2.resize(sharp, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


_FINE_BODY = 13.0


def _threshold(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Ink or paper, by one threshold for all or one that follows the light."""
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.4, float(rng.uniform(0.02, 0.04)) * body))
    noisy = _clip(
        soft + float(rng.uniform(4, 28)) * level * grains(rng, grey.shape, float(rng.choice([0.0, 0.7])))
    )
    if rng.random() < 0.3:
        block = int(body * 1.6) | 1
        way = cv2.ADAPTIVE_THRESH_MEAN_C
        return np.asarray(
            cv2.adaptiveThreshold(noisy, 255, way, cv2.THRESH_BINARY, block, float(rng.uniform(18, 40))),
            np.uint8,
        )
    ink, paper = float(np.percentile(noisy[:, ::4], 1)), float(np.median(noisy[:, ::4]))
    limit = ink + (paper - ink) * float(rng.uniform(0.38, 0.66))
    return np.asarray(cv2.threshold(noisy, limit, 255, cv2.THRESH_BINARY)[1], np.uint8)


def fax(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """One bit a pixel at 150 to 200 dpi: a stem is a pixel or two wide, or gone where it fell between two."""
    share = min(1.0, float(rng.uniform(8.5, 14.0)) / body)
    height, width = grey.shape
    size = max(8, round(width * share)), max(8, round(height * share))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    sharp = _threshold(rng, small, body * share, 0.5 * level)
    way = int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
    return np.asarray(cv2.resize(sharp, (width, height), interpolation=way), np.uint8)


_ORDERED = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16
"""Bayer's matrix: the order in which a square of dots turns black."""


def halftone(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Grey paper as a pattern of dots, as copiers make of shaded cells and tinted paper."""
    dot = 2 if body > 22 else 1
    height, width = grey.shape
    pattern = np.kron(_ORDERED, np.ones((dot, dot), np.float32))
    repeats = (height // len(pattern) + 1, width // len(pattern) + 1)
    shade = float(rng.uniform(0.04, 0.22)) * level
    field = np.tile(pattern, repeats)[:height, :width] < shade
    return np.where(field, np.uint8(rng.integers(0, 120)), grey)


def jpeg(rng: Rng, grey: Grey, body: float, level: float) -> Grey:
    """Block noise and ringing."""
    quality = int(np.clip(rng.uniform(25, 85) / level, 12, 90))
    packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


_STEPS: tuple[tuple[str, Step, float], ...] = (
    ("thicken", thicken, 0.22),
    ("thin", thin, 0.16),
    ("broken", broken, 0.10),
    ("specks", specks, 0.14),
    ("uneven light", uneven_light, 0.14),
    ("low contrast", low_contrast, 0.25),
    ("halftone", halftone, 0.04),
    ("low resolution", low_resolution, 0.22),
    ("blur", blur, 0.25),
    ("grain", grain, 0.22),
    ("fax", fax, 0.12),
    ("bilevel", bilevel, 0.30),
    ("salt and pepper", salt_and_pepper, 0.06),
    ("jpeg", jpeg, 0.18),
)
"""The steps in the order in which they happen, with how often each does."""

CLEAN_SHARE = 0.25


def degrade(rng: Rng, grey: Grey, body: float, level: float) -> tuple[Grey, tuple[str, ...]]:
    """Put a line through a random choice of steps; a quarter of lines stay nearly clean.

    Takes the grey image, its body height in pixels and the level (0 leaves it as it is); gives the
    image and the names of the steps.
    """
    if level <= 0:
        return grey, ()
    calm = rng.random() < CLEAN_SHARE
    done: list[str] = []
    for name, step, often in _STEPS:
        if rng.random() < often * (0.25 if calm else min(1.5, level)):
            grey = step(rng, grey, body, level * (0.4 if calm else 1.0))
            done.append(name)
    return grey, tuple(done)
