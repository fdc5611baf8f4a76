"""Tables: which grids are tables, and the lines and ticks of their cells."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.cell_lines import cell_lines, commonest_body
from pipeline.layout.discs import without_dirt
from pipeline.layout.grids import Grid, Span
from pipeline.layout.implied import heading_levels, with_implied_rows
from pipeline.layout.ink import Components, Indices, Mask, components_of
from pipeline.layout.nontext import text_components
from pipeline.layout.ticks import Content, Look, column_ticks, look_at
from pipeline.model import Box, CellRegion, LineRegion, TableRegion, Tick

_SMALLEST_TABLE_MM = (35.0, 9.0)
_SMALLEST_ROW_MM, _FEWEST_IN_ROW = (100.0, 5.5), 4
_RULED = 0.4
"""Share of the sides of a grid's places that must be ruled; leaders and folds that cross have less."""

_WALL_CRUMB_MM = 0.7
_CORNER_MM, _HOLLOW = 5.0, 0.08
"""Ink at least so long that covers less than this share of its box is a corner of rulings, no letter."""

_SURE = 0.9
_HEADER_MARK = 0.85
"""A first row that holds a mark as sure as this is no header."""

_UNTOLD = Tick(False, 0.5)
"""Of ink that is neither a mark nor of a line."""

_EDGE_OF_TEXT = 0.12
"""A table that ends this near to the page's edge, as a share of its height, may run on."""


def is_table(grid: Grid, dpi: int) -> bool:
    """A table has at least two rows and two columns; less is a frame around text, or a stamp.

    One row alone, of several columns over much of the page, is the last one of a table of the page before.
    """
    if grid.rows == 1:
        width, height = (millimetres(side, dpi) for side in _SMALLEST_ROW_MM)
        divided = len(grid.spans) >= _FEWEST_IN_ROW
    else:
        width, height = (millimetres(side, dpi) for side in _SMALLEST_TABLE_MM)
        divided = grid.columns >= 2 and len(grid.spans) >= 4
    large = grid.box.width >= width and grid.box.height >= height
    return large and divided and grid.uprights >= 2 and grid.ruled >= _RULED


def read_table(grid: Grid, mask: Mask, page: Box, dpi: int) -> TableRegion:
    """The cells of ``grid`` with their lines and ticks; ``mask`` is the page's ink without rulings."""
    components = _table_components(grid, mask, dpi)
    lines = _lines_in_cells(grid, components, dpi)
    finer = with_implied_rows(grid, lines, commonest_body(lines, dpi)) if grid.uprights else None
    if finer is not None:
        grid, lines = finer, _lines_in_cells(finer, components, dpi)
    body = commonest_body(lines, dpi)
    looks = [_look(grid.span_box(span), mask, body, dpi) for span in grid.spans]
    cells = tuple(
        _cell(span, grid.span_box(span), lines.get(i, []), tick, looks[i])
        for i, (span, tick) in enumerate(zip(grid.spans, _ticks(grid, looks, lines.keys()), strict=True))
    )
    box = grid.box
    above, below = box.y0 < _EDGE_OF_TEXT * page.height, box.y1 > (1 - _EDGE_OF_TEXT) * page.height
    return TableRegion(box, grid.rows, grid.columns, cells, grid.uprights > 0, above, below)


def _table_components(grid: Grid, mask: Mask, dpi: int) -> Components:
    box = grid.box
    x0, y0 = int(max(0, box.x0)), int(max(0, box.y0))
    window = np.ascontiguousarray(mask[y0 : int(box.y1) + 1, x0 : int(box.x1) + 1])
    components = _moved(components_of(window), x0, y0)
    return text_components(components, Box(-1e6, -1e6, 1e6, 1e6), dpi)


def _lines_in_cells(grid: Grid, components: Components, dpi: int) -> dict[int, list[LineRegion]]:
    """The lines of each cell, by its place in ``grid.spans``."""
    owners = grid.cells_of(components)
    inside = (owners >= 0) & ~_crumbs(components, grid, owners, dpi)
    return cell_lines(grid, components.take(inside), owners[inside], dpi)


def _cell(span: Span, box: Box, lines: list[LineRegion], tick: Tick | None, look: Look) -> CellRegion:
    """A cell that surely has no tick has no lines, nor has one with but a round spot. What looks like a
    tick may be a lone ๑ or ๓ and is read."""
    unticked = tick is not None and not tick.present and (tick.confidence >= _SURE or look.disc > 0.0)
    held = () if unticked else tuple(lines)
    return CellRegion(span.row, span.column, span.row_span, span.column_span, box, held, tick)


def _moved(components: Components, dx: float, dy: float) -> Components:
    return replace(
        components,
        x0=components.x0 + dx,
        x1=components.x1 + dx,
        y0=components.y0 + dy,
        y1=components.y1 + dy,
    )


def _crumbs(components: Components, grid: Grid, owners: Indices, dpi: int) -> NDArray[np.bool_]:
    """What erasing a ruling left of it: thin ink that hugs a side of its cell, and corners."""
    reach = millimetres(_WALL_CRUMB_MM, dpi)
    boxes = [grid.span_box(span) for span in grid.spans]
    x0 = np.array([b.x0 for b in boxes])[owners]
    x1 = np.array([b.x1 for b in boxes])[owners]
    y0 = np.array([b.y0 for b in boxes])[owners]
    y1 = np.array([b.y1 for b in boxes])[owners]
    beside = (components.x1 <= x0 + reach) | (components.x0 >= x1 - reach)
    along = (components.y1 <= y0 + reach) | (components.y0 >= y1 - reach)
    long = np.maximum(components.width, components.height) >= millimetres(_CORNER_MM, dpi)
    corner = long & (components.area < _HOLLOW * components.width * components.height)
    return np.asarray(beside | along | corner)


def _look(box: Box, mask: Mask, body: float, dpi: int) -> Look:
    rim = millimetres(_WALL_CRUMB_MM, dpi)
    y0, y1 = (int(v) for v in (max(0, box.y0 + rim), max(1, box.y1 - rim)))
    x0, x1 = (int(v) for v in (max(0, box.x0 + rim), max(1, box.x1 - rim)))
    return look_at(mask[y0:y1, x0:x1], body) if y1 > y0 and x1 > x0 else Look(Content.EMPTY, 0.5)


def _header_rows(grid: Grid, looks: list[Look]) -> int:
    """How many rows the header has: as many as the tallest cell that starts in the first row.

    A first row all of whose cells are one row high is a header too. But unless some of its cells stand over
    several columns and others reach down beside these, no row with marks in cells of its own is one.
    """
    if grid.heading_rows is not None:
        return grid.heading_rows
    if rows := heading_levels(grid):
        return rows
    rows = max((span.row_span for span in grid.spans if span.row == 0), default=1)
    marks = (Content.MARK, Content.EMPTY_BOX)
    marked = any(
        span.row < rows and span.row_span == 1 and look.content in marks and look.confidence >= _HEADER_MARK
        for span, look in zip(grid.spans, looks, strict=True)
    )
    return 0 if marked else rows


def _ticks(grid: Grid, looks: list[Look], written: Container[int]) -> list[Tick | None]:
    """Ticks of every column, and of the cells that stand over the same several; the header has none.

    Ink that is neither a mark nor ``written``, of a cell with lines, is not surely nothing.
    """
    looks = without_dirt(looks)
    ticks: list[Tick | None] = [None] * len(looks)
    first = _header_rows(grid, looks)
    body = [i for i, span in enumerate(grid.spans) if span.row >= first]
    for over in {(grid.spans[i].column, grid.spans[i].column_span) for i in body}:
        mine = [i for i in body if (grid.spans[i].column, grid.spans[i].column_span) == over]
        mine.sort(key=lambda i: grid.spans[i].row)
        for i, tick in zip(mine, column_ticks([looks[i] for i in mine]), strict=True):
            ticks[i] = _UNTOLD if tick is None and i not in written else tick
    return ticks
