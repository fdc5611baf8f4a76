"""One size for lines of one size: what a line is too short to tell, it takes from others.

A line of one to three characters, of digits or of capitals shows no consonants to measure, and even
long lines differ by a pixel. Lines of a page or table come in few sizes, so their measures are put
together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import mode
from pipeline.layout.ink import Components, Indices, Numbers
from pipeline.layout.rows import Row

_TELLING = 10
"""A row of this many shapes tells its own size."""

_SAME_SIZE = 0.09
"""Sizes that differ by less than this share are one size, measured twice."""

_BORROWED = (0.66, 1.45)
"""A short row takes the size of others that is within these parts of its own."""


def settle_sizes(components: Components, rows: list[Row], members: list[Indices]) -> list[Row]:
    """The rows with body heights that agree with those of other rows of about the same size."""
    if not rows:
        return rows
    bodies = np.array([row.baseline.body for row in rows])
    counts = np.array([len(row.members) for row in rows], np.float64)
    middle = np.array([float(components.y1[held].mean()) for held in members])
    telling = counts >= _TELLING
    return [_resized(row, _settled(i, bodies, counts, middle, telling)) for i, row in enumerate(rows)]


def _settled(i: int, bodies: Numbers, counts: Numbers, middle: Numbers, telling: NDArray[np.bool_]) -> float:
    own = float(bodies[i])
    if telling[i]:
        same = telling & (np.abs(bodies - own) <= _SAME_SIZE * own)
        return mode(bodies[same], counts[same], 0.03 * own + 0.3)
    like = telling & (own * _BORROWED[0] <= bodies) & (bodies <= own * _BORROWED[1])
    if not like.any():
        same = np.abs(bodies - own) <= _SAME_SIZE * own
        return mode(bodies[same], counts[same], 0.03 * own + 0.3)
    nearest = np.flatnonzero(like)[np.argsort(np.abs(middle[like] - middle[i]))[:5]]
    return float(np.median(bodies[nearest]))


def _resized(row: Row, body: float) -> Row:
    return replace(row, baseline=replace(row.baseline, body=body))
