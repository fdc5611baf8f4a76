"""Dots and dashes at the ends of a line: leaders to be written on, ``…``, bullets, colons."""

from __future__ import annotations

import numpy as np

from pipeline.layout.ink import Components, Indices
from pipeline.layout.rows import Row

_DOT, _LETTER = 0.32, 0.5
"""Dots are smaller, dashes lower than the first, letters at least as large as the second, in body heights."""

_STEP = 1.3
"""From the end of a line, and from dot to dot, at most this many body heights."""

_BULLET_STEP = 3.0
"""A dash or bullet stands this far before the text that it leads."""


def attach_leaders(
    components: Components, rows: list[Row], members: list[Indices], regions: Indices
) -> list[Indices]:
    """``members`` with the dots and dashes that lead on from either end of each row.

    ``regions`` says in which cell, or column of a page, each component is: leaders are in that of their row.
    """
    free = np.ones(len(components), bool)
    for held in members:
        free[held] = False
    led = []
    for row, held in zip(rows, members, strict=True):
        led.append(_led(components, row, held, free & (regions == row.region)))
        free[led[-1]] = False
    return led


def without_specks(components: Components, row: Row, members: Indices) -> Indices:
    """``members`` without the specks beyond either end, which no letter, leader or bullet is near."""
    body = row.baseline.body
    size = np.maximum(components.width[members], components.height[members])
    letters = members[size >= _LETTER * body]
    if not len(letters):
        return members
    left, right = components.x0[letters].min(), components.x1[letters].max()
    keep = np.ones(len(members), bool)
    order = np.argsort(components.x0[members], kind="stable")
    for i in order:
        if components.x0[members[i]] > right:
            keep[i] = components.x0[members[i]] - right <= _STEP * body
            right = components.x1[members[i]] if keep[i] else right
    for i in order[::-1]:
        if components.x1[members[i]] < left:
            step = _BULLET_STEP if size[i] >= 0.3 * body else _STEP
            keep[i] = left - components.x1[members[i]] <= step * body
            left = components.x0[members[i]] if keep[i] else left
    return members[keep]


def _led(components: Components, row: Row, members: Indices, free: np.ndarray) -> Indices:
    body = row.baseline.body
    base = row.baseline.at((components.x0 + components.x1) / 2)
    low = (components.height <= _DOT * body) & (components.y0 >= base - 0.95 * body)
    low &= (components.y1 <= base + 0.25 * body) & (components.area >= 0.005 * body * body)
    candidates = np.flatnonzero(free & low)
    if not len(candidates):
        return members
    candidates = candidates[np.argsort(components.x0[candidates])]
    left, right = components.x0[members].min(), components.x1[members].max()
    taken = []
    for i in candidates:
        if components.x0[i] >= right - body and components.x0[i] - right <= _STEP * body:
            right = max(right, components.x1[i])
            taken.append(i)
    for i in candidates[::-1]:
        dash = components.width[i] >= 0.3 * body
        if (
            components.x1[i] <= left + body
            and left - components.x1[i] <= (_BULLET_STEP if dash else _STEP) * body
        ):
            left = min(left, components.x0[i])
            taken.append(i)
    return np.unique(np.concatenate((members, np.asarray(taken, np.int64))))
