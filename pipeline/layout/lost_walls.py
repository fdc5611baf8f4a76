"""Walls that left no trace: what stands in their places says where they were.

Rulings of a worn table that are there in other rows, or over most of a row, part two places wherever no text
crosses them. So does one that is nearly everywhere in a table whose rulings are whole but for a few pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.grids import Grid, spans_between
from pipeline.layout.ink import Components, Indices, Numbers
from pipeline.layout.nontext import spots
from pipeline.layout.rulings import Ruling
from pipeline.layout.walls import Walls

_OFTEN, _MOSTLY = 0.3, 0.6
"""A column's edge is one if it is ruled in this share of the rows; a row's, over this share of the width."""

_NEARLY_ALL, _MOST_COLUMNS = 0.75, 0.6
"""In a table that is not worn, an edge of a column is one if it is ruled in this share of the rows; rows are
parted in a column if it parts this share of them, and where this share of the columns is."""

_MOST_ROWS, _HALF = 0.6, 0.5
"""Where the first column, that of the numbers, is parted too, less is asked for between two entries: that the
column parts this share of the rows, and that this share of the columns is parted."""

_WELL_WITHIN = 0.6
"""A letter stands on an edge that is within this share of half its height from its middle, or touches it."""

_BEYOND_MM, _FEWEST_BEYOND, _MOST_BEYOND = 5.0, 3, 0.6
"""So many rulings, and this share of a table's, reach so far beyond its last wall where there was another."""

_SHRED, _THIN = 0.2, 0.1
"""Half the height of a shred of a level ruling, and half the width of one of an upright, is at most so many
body heights."""

_TOGETHER = 0.6
"""Letters at both sides of an edge that are nearer to one another than so many body heights are one text."""


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """The ink of a grid: the middles of letters (turned coordinates), half their size, and their places."""

    across: Numbers
    down: Numbers
    half_width: Numbers
    half_height: Numbers
    row: Indices
    column: Indices
    held: NDArray[np.bool_]

    @staticmethod
    def of(grid: Grid, ink: Components) -> _Placed:
        across, down = grid.turned(ink)
        row, column, inside = grid.places(across, down)
        held = np.zeros((grid.rows, grid.columns), np.bool_)
        held[row[inside], column[inside]] = True
        return _Placed(across, down, ink.width / 2, ink.height / 2, row, column, held)

    def cross_side(self, row: int, edge: float, body: float) -> bool:
        """Whether a text in a row crosses the edge between two columns; shreds of rulings are none."""
        mine = (self.row == row) & (self.half_width > _THIN * body)
        return _crossed(
            self.across[mine], self.half_width[mine], self.down[mine], self.half_height[mine], edge, body
        )

    def cross_floor(self, column: int, edge: float, body: float) -> bool:
        """Whether a letter in a column stands on the edge between two rows; shreds of rulings are none."""
        mine = (self.column == column) & (self.half_height > _SHRED * body)
        return bool((np.abs(self.down - edge) < _WELL_WITHIN * self.half_height)[mine].any())


def runs_on(grid: Grid, levels: Sequence[Ruling], dpi: int) -> bool:
    """Whether most level rulings in a table run on beyond its first or last wall, where one was lost."""
    box, beyond = grid.box, millimetres(_BEYOND_MM, dpi)
    mine = [r for r in levels if box.y0 - beyond < r.at(box.centre[0]) < box.y1 + beyond]
    left, right = (
        sum(r.start < box.x0 - beyond < r.end for r in mine),
        sum(r.start < box.x1 + beyond < r.end for r in mine),
    )
    return max(left, right) >= max(_FEWEST_BEYOND, _MOST_BEYOND * len(mine))


def with_lost_walls(grid: Grid, ink: Components, body: float) -> Grid:
    """The worn grid with cells parted where ``ink`` (of a page without rulings) shows that they are several.

    Headings may span columns: in the first rows only cells with entries at both sides of an edge are parted.
    """
    placed, (sides, floors), headings = _Placed.of(grid, ink), _walls(grid), _headings(grid)
    often = sides.mean(axis=0) >= _OFTEN
    mostly = floors @ np.diff(grid.column_edges) >= _MOSTLY * np.ptp(grid.column_edges)
    for r, c in np.argwhere(~sides):
        if often[c] and (r >= headings or placed.held[r, c - 1 : c + 1].all()):
            sides[r, c] = not placed.cross_side(r, float(grid.column_edges[c]), body)
    for r, c in np.argwhere(~floors):
        if mostly[r] and placed.held[r - 1 : r + 1, c].all():
            floors[r, c] = not placed.cross_floor(c, float(grid.row_edges[r]), body)
    return _with_walls(grid, sides, floors)


def with_lost_pieces(grid: Grid, ink: Components, body: float) -> Grid:
    """The grid with cells parted where a piece of a ruling is missing that is there nearly everywhere else.

    ``ink`` is that of the page without rulings. Between columns there must be entries at both sides; spots of
    dirt are none.
    """
    headings = _headings(grid)
    if grid.rows <= headings:
        return grid
    placed, (sides, floors) = _Placed.of(grid, ink.take(~spots(ink, body))), _walls(grid)
    below = slice(headings, None)
    often = sides[below].mean(axis=0) >= _NEARLY_ALL
    for r, c in np.argwhere(~sides):
        if often[c] and placed.held[r, c - 1 : c + 1].all():
            sides[r, c] = not placed.cross_side(r, float(grid.column_edges[c]), body)
    parts, ruled = floors[below].mean(axis=0), floors.mean(axis=1)
    lost = (parts >= _NEARLY_ALL) & (ruled >= _MOST_COLUMNS)[:, None]
    between = np.concatenate((placed.held[:1], placed.held[:-1] & placed.held[1:]))
    lost |= between & (parts >= _MOST_ROWS) & (floors[:, 0] & (ruled >= _HALF))[:, None]
    for r, c in np.argwhere(lost & ~floors):
        if r > headings:
            floors[r, c] = not placed.cross_floor(c, float(grid.row_edges[r]), body)
    return _with_walls(grid, sides, floors)


def _headings(grid: Grid) -> int:
    """How many rows the cells of the first one cover, at most."""
    return max(span.row_span for span in grid.spans if span.row == 0)


def _walls(grid: Grid) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether there is a wall at the left of each place (rows × columns), and above it."""
    owner = grid.owners()
    sides, floors = np.ones(owner.shape, np.bool_), np.ones(owner.shape, np.bool_)
    sides[:, 1:], floors[1:] = owner[:, 1:] != owner[:, :-1], owner[1:] != owner[:-1]
    return sides, floors


def _with_walls(grid: Grid, sides: NDArray[np.bool_], floors: NDArray[np.bool_]) -> Grid:
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
