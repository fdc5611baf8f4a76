"""Tables that run over page breaks, joined into one grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.model import Page
from pipeline.plans.columns import read_columns
from pipeline.plans.grid import Grid, as_grid
from pipeline.thai import squeeze

_SAME_HEADER = 80.0
"""Percentage of likeness from which a header is the one above, repeated."""


def stitch(pages: Sequence[Page]) -> tuple[Grid, ...]:
    """The grids of ``pages`` in order.

    A table goes on when the next one has as many columns and either repeats the header or has
    no header of its own; then what looked like a header by its form is body.
    """
    grids: list[Grid] = []
    for page in pages:
        for table in page.tables:
            grid = as_grid(table, page.number)
            if not read_columns(grid).makes_a_plan and not _repeats(grids, grid):
                grid = replace(grid, header_rows=(), rows=grid.header_rows + grid.rows)
            if _repeats(grids, grid) or _goes_on(grids, grid):
                grids[-1] = _join(grids[-1], grid)
            else:
                grids.append(grid)
    return tuple(grids)


def _goes_on(grids: Sequence[Grid], below: Grid) -> bool:
    return bool(grids) and grids[-1].columns == below.columns and not below.header_rows


def _repeats(grids: Sequence[Grid], below: Grid) -> bool:
    if not grids or grids[-1].columns != below.columns or not below.header_rows:
        return False
    return fuzz.ratio(_words(grids[-1]), _words(below)) >= _SAME_HEADER


def _words(grid: Grid) -> str:
    return "|".join(squeeze("".join(grid.header(column))) for column in range(grid.columns))


def _join(above: Grid, below: Grid) -> Grid:
    first = len(above.rows)
    breaks = above.breaks | {first} | {first + index for index in below.breaks}
    return Grid(above.columns, above.header_rows, above.rows + below.rows, breaks)
