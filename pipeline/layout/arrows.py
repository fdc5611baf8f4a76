"""Lines that run through cells instead of around them: the arrows of a plan's time columns (←→).

Such a line stands inside a row, and in the columns that it crosses nothing stands above or below it. So it
parts nothing, and is no edge of rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.blanks import blank_places
from pipeline.layout.bodies import millimetres
from pipeline.layout.grids import SAME_BOUNDARY_MM, Grid, turned
from pipeline.layout.rulings import Ruling
from pipeline.layout.thin import ThinInk

_CROSSED = 0.3
"""A line runs through a column of which it covers this share."""


def arrows_in(grid: Grid, levels: Sequence[Ruling], thin: ThinInk) -> list[Ruling]:
    """Those of the level rulings of a page that run through cells of ``grid``."""
    lines = turned(list(levels), grid.slope, False)
    return [ruling for ruling, line in zip(levels, lines, strict=True) if _runs_through(grid, line, thin)]


def _runs_through(grid: Grid, line: NDArray[np.float64], thin: ThinInk) -> bool:
    start, end, at = line.tolist()
    near = millimetres(SAME_BOUNDARY_MM, thin.dpi * thin.factor)
    row = int(np.searchsorted(grid.row_edges, at)) - 1
    if not 0 <= row < grid.rows or np.abs(grid.row_edges - at).min() <= near:
        return False
    left, right = grid.column_edges[:-1], grid.column_edges[1:]
    crossed = np.minimum(end, right) - np.maximum(start, left) >= _CROSSED * (right - left)
    halves = np.array([grid.row_edges[row], at, grid.row_edges[row + 1]])
    blank = blank_places(thin, halves, grid.column_edges, grid.slope)
    return bool(crossed.any() and blank[:, crossed].all())
