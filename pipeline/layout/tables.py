"""Tables: which grids are tables, and the lines and ticks of their cells."""

from __future__ import annotations

import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.grids import Grid
from pipeline.layout.ink import Components, Indices
from pipeline.layout.lines import line_region, rows_of_all_sizes
from pipeline.layout.marks import attach_marks
from pipeline.model import Box, CellRegion, Ink, LineRegion, TableRegion

_SMALLEST_TABLE_MM = (35.0, 9.0)
_WALL_CRUMB_MM = 0.7


def is_table(grid: Grid, dpi: int) -> bool:
    """A table has at least two rows and two columns; less is a frame around text, or a stamp."""
    box = grid.box
    large = box.width >= millimetres(_SMALLEST_TABLE_MM[0], dpi) and box.height >= millimetres(_SMALLEST_TABLE_MM[1], dpi)
    return large and grid.rows >= 2 and grid.columns >= 2 and len(grid.spans) >= 4


def read_table(grid: Grid, components: Components, page: Box, dpi: int) -> TableRegion:
    """The cells of ``grid`` with the lines of the components that lie in them."""
    owners = grid.cells_of(components)
    inside = (owners >= 0) & ~_crumbs(components, grid, owners, dpi)
    held, owners = components.take(inside), owners[inside]
    lines = _cell_lines(grid, held, owners, dpi)
    cells = tuple(
        CellRegion(
            span.row, span.column, span.row_span, span.column_span, grid.span_box(span), tuple(lines.get(i, ()))
        )
        for i, span in enumerate(grid.spans)
    )
    return TableRegion(grid.box, grid.rows, grid.columns, cells)


def _crumbs(components: Components, grid: Grid, owners: Indices, dpi: int) -> np.ndarray:
    """What erasing a ruling left of it: thin ink that hugs a side of its cell."""
    reach = millimetres(_WALL_CRUMB_MM, dpi)
    boxes = [grid.span_box(span) for span in grid.spans]
    x0 = np.array([b.x0 for b in boxes])[owners]
    x1 = np.array([b.x1 for b in boxes])[owners]
    y0 = np.array([b.y0 for b in boxes])[owners]
    y1 = np.array([b.y1 for b in boxes])[owners]
    beside = (components.x1 <= x0 + reach) | (components.x0 >= x1 - reach)
    along = (components.y1 <= y0 + reach) | (components.y0 >= y1 - reach)
    return np.asarray(beside | along)


def _cell_lines(grid: Grid, components: Components, owners: Indices, dpi: int) -> dict[int, list[LineRegion]]:
    clips = tuple(grid.span_box(span) for span in grid.spans)
    rows = rows_of_all_sizes(components, owners, clips, dpi)
    members = attach_marks(components, rows, owners)
    lines: dict[int, list[LineRegion]] = {}
    for row, held in sorted(zip(rows, members, strict=True), key=lambda pair: pair[0].baseline.offset):
        lines.setdefault(row.region, []).append(line_region(components, row.baseline, held, Ink.PRINT))
    return lines
