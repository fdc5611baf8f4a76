"""Tables as grids in which every place knows its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.model import Box, Cell, Line, Table
from pipeline.thai import squeeze

_ITEM_NUMBER = regex.compile(r"\d{1,3}[.)]?")
"""An item number, squeezed: ``12`` or ``12.``."""

_THAI = regex.compile(r"[ก-ฮ]")

_MOST_HEADER_ROWS = 3

_HARDLY_READ, _SURELY_READ = 0.01, 0.5
"""A line of a header read with less confidence than the first is dirt beside one read with the second: the
marks of the row below, cut off by a ruling."""


_COVERED = 0.25
"""A stamp over this share of a cell is over its tick."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of a grid: its page, the cell at each column (the same cell where it spans), and the boxes of
    the ``stamps`` on the page."""

    page: int
    cells: tuple[Cell | None, ...]
    stamps: tuple[Box, ...] = ()

    def text(self, column: int | None) -> str:
        """Text at ``column``, one line; empty where there is no such column or cell."""
        cell = self.cell(column)
        return " ".join(cell.text.split()) if cell else ""

    def cell(self, column: int | None) -> Cell | None:
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def is_covered(self, cell: Cell | None) -> bool:
        """Whether a stamp lies over some of what ``cell`` says, by more than a letter, or over its tick."""
        if cell is None:
            return False
        if any(_covers(stamp, line) for stamp in self.stamps for line in cell.lines):
            return True
        least = _COVERED * cell.box.area
        return cell.tick is not None and any(stamp.intersection(cell.box) > least for stamp in self.stamps)

    @property
    def is_title(self) -> bool:
        """Whether one cell with text stands over all of several columns."""
        return len(self.cells) > 1 and len(list(self.own_cells)) == 1 and bool(self.text(0))

    @property
    def own_cells(self) -> Iterator[tuple[int, Cell]]:
        """(column, cell) of each distinct cell in the row, left to right."""
        seen: set[int] = set()
        for column, cell in enumerate(self.cells):
            if cell is not None and id(cell) not in seen:
                seen.add(id(cell))
                yield column, cell


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table, possibly stitched from several pages: its header rows, then its body rows.

    ``breaks`` are the indices of body rows that begin a new page on which the table says that
    a row may have been cut.
    """

    columns: int
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    breaks: frozenset[int] = frozenset()

    def header(self, column: int) -> tuple[str, ...]:
        """Header texts over ``column``, top to bottom, each cell once; a title over all is of none."""
        parts: list[str] = []
        seen: set[int] = set()
        for row in self.header_rows:
            cell = row.cell(column)
            if cell is not None and id(cell) not in seen and not row.is_title:
                seen.add(id(cell))
                parts.append("\n".join(line.text for line in _read_lines(cell)))
        while len(parts) > 1 and not parts[-1].strip():
            parts.pop()
        return tuple(parts)


def _covers(stamp: Box, line: Line) -> bool:
    letter = line.body_height or line.box.height / 2
    across = min(stamp.x1, line.box.x1) - max(stamp.x0, line.box.x0)
    down = min(stamp.y1, line.box.y1) - max(stamp.y0, line.box.y0)
    return across > letter and down > letter / 2


def _read_lines(cell: Cell) -> list[Line]:
    """The lines of a header's cell without dirt."""
    surest = max((line.confidence for line in cell.lines), default=0.0)
    least = _HARDLY_READ if surest >= _SURELY_READ else 0.0
    return [line for line in cell.lines if line.confidence >= least]


def as_grid(table: Table, page: int, stamps: tuple[Box, ...] = ()) -> Grid:
    """One page's table as a grid; its header is a guess by form until its words are looked at.

    ``stamps`` are those on the page.
    """
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = cell
    rows = tuple(Row(page, tuple(cells), stamps) for cells in places)
    depth = _header_depth(rows)
    return Grid(table.columns, rows[:depth], rows[depth:])


def _header_depth(rows: Sequence[Row]) -> int:
    """How many leading rows are header: as deep as the first row's cells reach, then sub-headings.

    A row that begins with an item number, holds a tick or an amount is body. The end of a title, one cell
    over all columns, may stand over the first row.
    """
    if len(rows) > 1 and rows[0].is_title:
        return 1 + below if (below := _header_depth(rows[1:])) else 0
    if not rows or _is_body(rows[0]):
        return 0
    spans = [cell.row_span for _, cell in rows[0].own_cells]
    depth = max(spans, default=1)
    while depth < min(_MOST_HEADER_ROWS, len(rows)) and _is_subheading(rows[depth], rows[0]):
        depth += 1
    return min(depth, _MOST_HEADER_ROWS, len(rows))


def _is_body(row: Row) -> bool:
    first = squeeze(row.text(0))
    return bool(_ITEM_NUMBER.fullmatch(first)) or any(
        cell.tick is not None and cell.tick.present for _, cell in row.own_cells
    )


def _is_subheading(row: Row, first: Row) -> bool:
    """Only short labels such as 1 2 3 4 or (บาท), with nothing under the first columns.

    Thai in no brackets stands under a heading of the ``first`` row that spans columns, and one label alone is
    none: else they are the ends of entries that were cut by a page break.
    """
    filled = [(text, first.cells[column]) for column, cell in row.own_cells if (text := squeeze(cell.text))]
    return (
        not _is_body(row)
        and not squeeze(row.text(0))
        and all(len(text) <= 12 for text, _ in filled)
        and all(
            text.startswith("(")
            or not _THAI.search(text)
            or over is None
            or not over.text.strip()
            or sum(c is over for c in first.cells) > 1
            for text, over in filled
        )
        and (len(filled) > 1 or any(text.startswith("(") for text, _ in filled))
    )
