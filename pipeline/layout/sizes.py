"""One size for lines of one size: what a line is too short to tell, it takes from others.

A line of one to three characters, of digits or of capitals shows no consonants to measure, and even
long lines differ by a pixel. Lines of a page or table come in few sizes, so their measures are put
together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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

_LARGER = 1.3
"""Shapes so much higher and wider than the body height that was assumed are letters of another size."""

_WIDER = 1.3
"""Unless its shapes are so much wider than theirs: figures are taller than consonants and no wider, while
a heading such as ด่วนที่สุด is larger both ways."""


def settle_sizes(components: Components, rows: list[Row], members: list[Indices]) -> list[Row]:
    """The rows with body heights that agree with those of other rows of about the same size."""
    if not rows:
        return rows
    widths = np.array([float(np.median(components.width[row.members])) for row in rows])
    pairs = zip(rows, widths.tolist(), strict=True)
    bodies = np.array([_own_body(components, row, width) for row, width in pairs])
    counts = np.array([len(row.members) for row in rows], np.float64)
    middle = np.array([float(components.y1[held].mean()) for held in members])
    measured = _Measures(bodies, counts, middle, widths, counts >= _TELLING)
    return [_resized(row, _settled(i, measured)) for i, row in enumerate(rows)]


@dataclass(frozen=True, slots=True, eq=False)
class _Measures:
    """Of each row: body height, number of shapes, mean foot, median width, whether it tells its size."""

    bodies: Numbers
    counts: Numbers
    middle: Numbers
    widths: Numbers
    telling: NDArray[np.bool_]


def _own_body(components: Components, row: Row, width: float) -> float:
    """The body height as found, or that of the shapes where most of them, so wide, are larger both ways.

    The few letters of a large ด่วน do not outvote the text of the page when rows are found.
    """
    height = float(np.median(components.height[row.members]))
    found = row.baseline.body
    return height if min(height, width) > _LARGER * found else found


def _settled(i: int, rows: _Measures) -> float:
    bodies, counts, middle, telling = rows.bodies, rows.counts, rows.middle, rows.telling
    own = float(bodies[i])
    if telling[i]:
        same = telling & (np.abs(bodies - own) <= _SAME_SIZE * own)
        return mode(bodies[same], counts[same], 0.03 * own + 0.3)
    like = telling & (own * _BORROWED[0] <= bodies) & (bodies <= own * _BORROWED[1])
    larger = (rows.widths[i] > _WIDER * rows.widths) & (own > (1 + _SAME_SIZE) * bodies)
    like &= ~larger
    if not like.any():
        same = np.abs(bodies - own) <= _SAME_SIZE * own
        return mode(bodies[same], counts[same], 0.03 * own + 0.3)
    nearest = np.flatnonzero(like)[np.argsort(np.abs(middle[like] - middle[i]))[:5]]
    return float(np.median(bodies[nearest]))


def _resized(row: Row, body: float) -> Row:
    return replace(row, baseline=replace(row.baseline, body=body))
