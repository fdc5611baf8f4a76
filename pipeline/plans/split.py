"""Rows that are ruled as one and hold several items, parted by the numbers that begin the items.

Four-year plans rule a row around each mission (ภารกิจ) and list its projects inside; what belongs
to a project stands at its height in the other columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.model import Box, Cell, Line
from pipeline.plans.columns import Columns
from pipeline.plans.grid import Row

ITEM_START = regex.compile(
    r"\s*(?:(?:[0-9๐-๙]+\.)+[0-9๐-๙]*\s*)?\(?[0-9๐-๙]+\)|\s*(?:[0-9๐-๙]+\.)+[0-9๐-๙]*\s*(?=\D)"
)
"""How an item in a list begins: ``๑.๑.๑ (๑) โครงการ``, ``๒) กิจกรรม``, ``(๓) …``, ``๔. โครงการ``."""

_WHOLE_ROLES = frozenset({"dimension", "other"})
"""Columns whose text runs down the whole row and belongs to every item in it."""


def split_items(row: Row, columns: Columns) -> tuple[Row, ...]:
    """``row`` as one row for each item that its title cell lists, or as it is where it lists none."""
    title = row.cell(columns.first("title"))
    starts = [line for line in title.lines if ITEM_START.match(line.text)] if title else []
    if title is None or len(starts) < 2 or title.lines[0] is not starts[0]:
        return (row,)
    # A value may stand a little above the first line of its item, so part halfway up the line before.
    tops = [title.box.y0, *(start.box.y0 - start.box.height / 4 for start in starts[1:]), title.box.y1 + 1]
    return tuple(_between(row, columns, top, bottom) for top, bottom in pairwise(tops))


def _between(row: Row, columns: Columns, top: float, bottom: float) -> Row:
    parts: dict[int, Cell] = {}
    cells: list[Cell | None] = []
    for column, cell in enumerate(row.cells):
        if cell is None or columns.roles[column] in _WHOLE_ROLES:
            cells.append(cell)
            continue
        if id(cell) not in parts:
            parts[id(cell)] = _part(cell, top, bottom)
        cells.append(parts[id(cell)])
    return replace(row, cells=tuple(cells))


def _part(cell: Cell, top: float, bottom: float) -> Cell:
    lines: Sequence[Line] = [line for line in cell.lines if top <= line.box.centre[1] < bottom]
    box = Box(
        cell.box.x0, max(cell.box.y0, top), cell.box.x1, max(cell.box.y0, top, min(cell.box.y1, bottom))
    )
    return replace(cell, box=box, lines=tuple(lines), tick=None)
