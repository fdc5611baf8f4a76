"""Walls of a worn table that left no trace: what stands in its places says where they were.

Rulings that are there in other rows, or over most of a row, part two places wherever no text crosses them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.grids import Grid, spans_between
from pipeline.layout.ink import Components, Numbers
from pipeline.layout.walls import Walls

_OFTEN, _MOSTLY = 0.3, 0.6
"""A column's edge is one if it is ruled in this share of the rows; a row's, over this share of the width."""

_TOGETHER = 0.6
"""Letters at both sides of an edge that are nearer to one another than so many body heights are one text."""


def with_lost_walls(grid: Grid, ink: Components, body: float) -> Grid:
    """The grid with cells parted where ``ink`` (of a page without rulings) shows that they are several.

    Headings may span columns: in the first rows only cells with entries at both sides of an edge are parted.
    """
    x, y = (ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2
    across, down = x + grid.slope * y, y - grid.slope * x
    row = np.searchsorted(grid.row_edges, down, side="right") - 1
    column = np.searchsorted(grid.column_edges, across, side="right") - 1
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    held = np.zeros((grid.rows, grid.columns), np.bool_)
    held[row[inside], column[inside]] = True
    owner = grid.owners()
    sides, floors = np.ones(owner.shape, np.bool_), np.ones(owner.shape, np.bool_)
    sides[:, 1:], floors[1:] = owner[:, 1:] != owner[:, :-1], owner[1:] != owner[:-1]
    headings = max(span.row_span for span in grid.spans if span.row == 0)
    often = sides.mean(axis=0) >= _OFTEN
    mostly = floors @ np.diff(grid.column_edges) >= _MOSTLY * np.ptp(grid.column_edges)
    half = ink.width / 2, ink.height / 2
    for r, c in np.argwhere(~sides):
        mine = row == r
        if not often[c] or (r < headings and not held[r, c - 1 : c + 1].all()):
            continue
        edge = float(grid.column_edges[c])
        sides[r, c] = not _crossed(across[mine], half[0][mine], down[mine], half[1][mine], edge, body)
    for r, c in np.argwhere(~floors):
        mine = column == c
        if mostly[r] and held[r - 1 : r + 1, c].all():
            edge = float(grid.row_edges[r])
            floors[r, c] = not (np.abs(down - edge) < half[1])[mine].any()
    return replace(grid, spans=spans_between(_closed(floors), _closed(sides.T).T))


def _closed(walls: NDArray[np.bool_]) -> Walls:
    """Walls with those at the end of the last row too."""
    return np.asarray(np.concatenate((walls, np.ones_like(walls[:1]))))


def _crossed(
    across: Numbers, half_width: Numbers, down: Numbers, half_height: Numbers, edge: float, body: float
) -> bool:
    """Whether a text of a row, told by the middles of its letters and half their size, crosses ``edge``."""
    if (np.abs(across - edge) < half_width).any():
        return True
    left, right = across < edge, across > edge
    gap = (across - half_width)[right][:, None] - (across + half_width)[left][None, :]
    beside = np.abs(down[right][:, None] - down[left]) < half_height[right][:, None] + half_height[left]
    return bool((beside & (gap < _TOGETHER * body)).any())
