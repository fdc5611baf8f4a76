"""Rows that a table does not rule: one tall ruled row that holds many rows of entries.

Plans are often ruled down but not across. Their columns of figures then have entries at the same
heights, and each such height begins a row; the text beside runs on below it until the next one.
A column whose text keeps to itself (a heading for all rows) stays one cell over them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.grids import Grid, Span
from pipeline.model import LineRegion

_FEWEST_ROWS, _FEWEST_AMONG_RULED = 3, 5
"""Fewer heights than this in common are no evidence of rows: of more where the table rules its rows, since
there the texts of two cells side by side may well have as many lines."""

_RULES_ITS_ROWS = 5
"""A table with so many ruled rows rules them."""

_FEWEST_COLUMNS = 2
_SHARED = 0.8
"""Two columns agree when they share this part of all heights of both."""

_OF_ONE_LINE = 2
"""Columns whose heights are as even as those of the lines of a text are at least so many times as many as the
cells of one line beside them."""

_SAME_HEIGHT = 0.6
"""Heights that differ by less than this many body heights are the same."""

_ABOVE = 1.75
"""A row begins this many body heights above its first baseline: there the tone marks end."""

Heights = NDArray[np.float64]


def with_implied_rows(grid: Grid, lines: Mapping[int, Sequence[LineRegion]], body: float) -> Grid | None:
    """The grid with its unruled rows made rows, or None where it has none.

    ``lines`` are those of each cell, by the cell's place in ``grid.spans``. Headings are no rows, whatever
    lines they have.
    """
    heights = {i: _heights(grid, held) for i, held in lines.items()}
    fewest = _FEWEST_ROWS if grid.rows < _RULES_ITS_ROWS else _FEWEST_AMONG_RULED
    starts: dict[int, Heights] = {}
    for row in range(heading_levels(grid), grid.rows):
        cells = [i for i, s in enumerate(grid.spans) if s.row == row and s.row_span == 1 and i in heights]
        found = _row_starts([heights[i] for i in cells], body, fewest)
        if found is not None:
            starts[row] = found
    return _split(grid, heights, starts, body) if starts else None


def heading_levels(grid: Grid) -> int:
    """How many rows the headings have, where some stand over several columns beside others that reach down
    along those below; else 0."""
    top = [span for span in grid.spans if span.row == 0]
    rows = max((span.row_span for span in top), default=1)
    spanning = any(span.column_span > 1 and span.row_span < rows for span in top)
    return rows if spanning else 0


def _heights(grid: Grid, lines: Sequence[LineRegion]) -> Heights:
    """The baselines of lines in the grid's turned coordinates."""
    return np.array([line.baseline_left - grid.slope * line.box.x0 for line in lines], np.float64)


def _agreement(first: Heights, second: Heights, body: float) -> float:
    """Heights in common, as a share of the heights of the longer column."""
    if not len(first) or not len(second):
        return 0.0
    shared = (np.abs(first[:, None] - second[None, :]) <= _SAME_HEIGHT * body).any(axis=1).sum()
    return float(shared) / max(len(first), len(second))


def _row_starts(columns: list[Heights], body: float, fewest: int) -> Heights | None:
    """The heights at which rows begin: those that most columns of figures have in common."""
    tall = [column for column in columns if len(column) >= fewest]
    best: list[Heights] = []
    for column in tall:
        like = [other for other in tall if _agreement(column, other, body) >= _SHARED]
        if (len(like), -len(column)) > (len(best), -len(best[0]) if best else 0):
            best = like
    if len(best) < _FEWEST_COLUMNS:
        return None
    longest = max(best, key=len)
    # A column of running text that the figures leave behind shows that they are not mere lines of it.
    if max(len(column) for column in columns) <= len(longest) and len(best) < len(tall):
        return None
    return None if _are_lines_of_text(longest, len(best), columns, body) else np.sort(longest)


def _are_lines_of_text(heights: Heights, agreeing: int, columns: list[Heights], body: float) -> bool:
    """Whether ``heights`` that some columns agree in are but those of the lines of their texts.

    Texts of as many lines stand in one row: what is said beside them in one line, as numbers and amounts are,
    is said once.
    """
    even = float(np.ptp(np.diff(np.sort(heights)))) <= _SAME_HEIGHT * body
    return even and agreeing < _OF_ONE_LINE * sum(len(column) == 1 for column in columns)


def _split(grid: Grid, heights: Mapping[int, Heights], starts: Mapping[int, Heights], body: float) -> Grid:
    edges: list[float] = []
    first_of: list[int] = []
    for row in range(grid.rows):
        first_of.append(len(edges))
        edges.append(float(grid.row_edges[row]))
        edges += [float(start) - _ABOVE * body for start in starts.get(row, np.zeros(0))[1:]]
    first_of.append(len(edges))
    edges.append(float(grid.row_edges[-1]))
    spans: list[Span] = []
    for i, span in enumerate(grid.spans):
        top, bottom = first_of[span.row], first_of[span.row + span.row_span]
        column = heights.get(i, np.zeros(0))
        if span.row_span == 1 and span.row in starts and _follows(column, starts[span.row], body):
            spans += [Span(row, span.column, 1, span.column_span) for row in range(top, bottom)]
        else:
            spans.append(Span(top, span.column, bottom - top, span.column_span))
    ordered = tuple(sorted(spans, key=lambda s: (s.row, s.column)))
    return replace(grid, row_edges=np.array(edges), spans=ordered)


def _follows(column: Heights, starts: Heights, body: float) -> bool:
    """Whether a column has an entry at most of the rows' starts, or is empty."""
    if not len(column):
        return True
    near = np.abs(starts[:, None] - column[None, :]).min(axis=1) <= 1.6 * body
    return bool(near.mean() >= 0.6)
