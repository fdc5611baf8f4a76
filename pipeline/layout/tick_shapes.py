"""The shapes of marks in table cells: boxes, discs, crosses, checks and slanting strokes.

Each is judged from ink (HxW, 1 is ink) cropped to the box around it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.ink import Mask

_SQUARE_SIDE = 0.6
"""Share of each side of a box that must be inked."""

_STROKE_RUN = 0.75
"""No row of a slanting stroke is inked over more than this share of its width."""


def is_box(shape: Mask) -> bool:
    """Whether the outline is that of a drawn box: all four sides inked, about as high as wide."""
    height, width = shape.shape
    if not 0.65 <= width / height <= 1.55:
        return False
    band_y, band_x = max(1, height // 6), max(1, width // 6)
    sides = (
        shape[:band_y].any(axis=0).mean(),
        shape[-band_y:].any(axis=0).mean(),
        shape[:, :band_x].any(axis=1).mean(),
        shape[:, -band_x:].any(axis=1).mean(),
    )
    # The corners tell a box from a ring or the letter อ.
    corners = (
        shape[:band_y, :band_x],
        shape[:band_y, -band_x:],
        shape[-band_y:, :band_x],
        shape[-band_y:, -band_x:],
    )
    return min(sides) >= _SQUARE_SIDE and sum(bool(c.any()) for c in corners) >= 3


def is_disc(shape: Mask) -> bool:
    """A filled disc: ink everywhere but in the corners."""
    height, width = shape.shape
    if not 0.7 <= width / height <= 1.45:
        return False
    y, x = np.mgrid[:height, :width]
    inside = ((y + 0.5) / height * 2 - 1) ** 2 + ((x + 0.5) / width * 2 - 1) ** 2 <= 0.8
    return bool(shape[inside].mean() > 0.95)


def has_holes(shape: Mask) -> bool:
    """Whether the ink encloses paper, as the heads and bowls of letters and digits do."""
    framed = cv2.copyMakeBorder(shape, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    count, _, stats, _ = cv2.connectedComponentsWithStats(1 - framed, connectivity=4)
    return bool((stats[2:count, cv2.CC_STAT_AREA] >= 0.01 * shape.size).any())


def is_cross(shape: Mask) -> bool:
    """Two strokes that cross: all ink lies near the diagonals, and all four arms are there."""
    height, width = shape.shape
    if not 0.5 <= width / height <= 2:
        return False
    y, x = np.mgrid[:height, :width]
    across, down = (x + 0.5) / width * 2 - 1, (y + 0.5) / height * 2 - 1
    off_diagonal = np.abs(np.abs(across) - np.abs(down))
    inked = shape > 0
    near = float((off_diagonal[inked] <= 0.45).mean())
    far_empty = inked[off_diagonal > 0.8].sum() < 0.01 * shape.size
    arms = all(
        bool((inked & (across * sx > 0.45) & (down * sy > 0.45)).any()) for sx in (-1, 1) for sy in (-1, 1)
    )
    return bool(near >= 0.88 and far_empty and arms)


def is_check(shape: Mask) -> bool:
    """A short stroke down, then a long one up to the top right."""
    height, width = shape.shape
    if not 0.5 <= width / height <= 2.6:
        return False
    columns = np.asarray(shape.any(axis=0))
    top = np.where(columns, shape.argmax(axis=0), height)
    bottom = np.where(columns, height - 1 - shape[::-1].argmax(axis=0), -1)
    lowest = float(np.flatnonzero(bottom >= bottom.max() - max(1, height // 12)).mean()) / width
    right = max(1, width // 6)
    rises = top[-right:].min() <= 0.2 * height
    left_low = top[:right].min() >= 0.2 * height
    # Right of the lowest point a single stroke climbs: each column's ink is one short run.
    start = min(int(lowest * width) + 1, width - 1)
    spans = (bottom - top + 1)[start:][columns[start:]]
    single = shape[:, start:].sum(axis=0)[columns[start:]]
    slender = float(np.median(spans)) <= 0.5 * height and bool((single >= 0.6 * spans).mean() > 0.8)
    climbs = _falls_evenly(top[start:])
    return bool(0.1 <= lowest <= 0.62 and rises and left_low and slender and climbs)


def _falls_evenly(values: NDArray[np.int64]) -> bool:
    """Whether values go down (the ink goes up) along an almost straight line."""
    if len(values) < 4 or np.ptp(values) == 0:
        return False
    return bool(np.corrcoef(np.arange(len(values)), values)[0, 1] < -0.9)


def is_stroke(shape: Mask) -> bool:
    """A single slanting stroke, ``/``: in each row one run, and they move evenly to the left."""
    height, width = shape.shape
    if not 0.22 <= width / height <= 1.3:
        return False
    across = np.arange(width)
    ink = shape.sum(axis=1)
    if not ink.all() or ink.max() > _STROKE_RUN * width:
        return False
    spans = width - shape[:, ::-1].argmax(axis=1) - shape.argmax(axis=1)
    middles = shape @ across / ink
    leans = np.corrcoef(np.arange(height), middles)[0, 1] < -0.95 if np.ptp(middles) else False
    return bool(leans and (ink == spans).mean() > 0.9 and _thirds(shape[0])[2] and _thirds(shape[-1])[0])


def _thirds(line: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.array([part.any() for part in np.array_split(line, 3)])
