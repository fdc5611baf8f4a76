"""Tab-separated lines of a transcript as a table with ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Box, Cell, Line, Table, Tick

_TICKED_SIGNS = frozenset({"☑", "☒", "✓", "✔", "✗", "✘", "√", "●", "[x]", "[X]", "[✓]", "(x)", "(X)", "(✓)"})
_EMPTY_SIGNS = frozenset({"☐", "□", "[ ]", "( )", "[]", "()"})

# A checkbox as HTML, attributes in any order: <input checked="" type="checkbox"/>
_CHECKBOX = re.compile(r"<input\b(?=[^>]*\btype\s*=\s*[\"']?checkbox\b)[^>]*>", re.IGNORECASE)

# The attribute that ticks it: <input type="checkbox" checked>, not <input data-checked="no" …>
_CHECKED = re.compile(r"(?<![\w-])checked(?![\w-])", re.IGNORECASE)


def table_of(rows: Sequence[str], top: float, line_height: float, character_width: float) -> Table:
    """A table from lines with tabs, the first of which begins at y = ``top``.

    One cell for each field, empty ones included; shorter rows end in empty cells. Fields that
    are a checkbox or a tick sign become ticks without text. In a column that holds ticks,
    empty cells are ticks not made.
    """
    fields = [[field.strip() for field in row.split("\t")] for row in rows]
    columns = max(len(row) for row in fields)
    grid = [row + [""] * (columns - len(row)) for row in fields]
    ticks = _ticks(grid)
    edges = _column_edges(grid, ticks, character_width)
    cells = []
    for row, texts in enumerate(grid):
        y = top + row * line_height
        for column, text in enumerate(texts):
            box = Box(edges[column], y, edges[column + 1], y + line_height)
            tick = ticks[row][column]
            lines = () if tick is not None or not text else (Line(text, box),)
            cells.append(Cell(row, column, 1, 1, box, lines, tick))
    whole = Box(0.0, top, edges[-1], top + len(grid) * line_height)
    return Table(whole, len(grid), columns, tuple(cells), ruled=False)


def _ticks(grid: Sequence[Sequence[str]]) -> list[list[Tick | None]]:
    """What is ticked, row by row; None where a cell is no matter of ticks.

    An empty cell is a tick not made where its column has ticks and its row lies between the
    first and the last that has any: headings and totals are left alone.
    """
    made = [[_tick(text) for text in row] for row in grid]
    ticked_rows = [index for index, row in enumerate(made) if any(row)]
    ticked_columns = {column for row in made for column, tick in enumerate(row) if tick is not None}
    for index in range(min(ticked_rows, default=0), max(ticked_rows, default=-1) + 1):
        for column in ticked_columns:
            if not grid[index][column]:
                made[index][column] = Tick(False, 1.0)
    return made


def _tick(field: str) -> Tick | None:
    if field in _TICKED_SIGNS:
        return Tick(True, 1.0)
    if field in _EMPTY_SIGNS:
        return Tick(False, 1.0)
    checkbox = _CHECKBOX.fullmatch(field)
    if checkbox is None:
        return None
    return Tick(_CHECKED.search(checkbox[0]) is not None, 1.0)


def _column_edges(
    fields: Sequence[Sequence[str]], ticks: Sequence[Sequence[Tick | None]], character_width: float
) -> list[float]:
    edges = [0.0]
    for column in range(len(fields[0])):
        lengths = (
            len(row[column]) if ticks[index][column] is None else 1 for index, row in enumerate(fields)
        )
        edges.append(edges[-1] + (max(lengths) + 2) * character_width)
    return edges
