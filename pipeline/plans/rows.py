"""Body rows of a plan grid as readings: items in order, and the totals that the table prints."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import regex

from pipeline.model import MISREAD_TITLE, Box, Cell, Line
from pipeline.plans.amount_form import AmountForm, amount_form
from pipeline.plans.columns import BUDGET, Columns
from pipeline.plans.grid import Grid, Row
from pipeline.plans.parts import doubting_unticked, is_part, with_part
from pipeline.plans.periods import is_quarter
from pipeline.plans.readings import RowReading, Totals
from pipeline.plans.sequence import carried_down, numbered
from pipeline.plans.split import ITEM_START, split_items
from pipeline.plans.sums import (
    BEGINS_ITEM,
    CARRIED_WORDS,
    GRAND_TOTAL_WORDS,
    TOTAL_WORDS,
    resembles,
    says,
    stands_as_sums,
    with_ranges,
)
from pipeline.plans.values import (
    NOTHING,
    Reading,
    read_amount,
    read_count,
    read_dimension,
    read_heading,
    read_ticks,
    read_whole_number,
)
from pipeline.thai import repair, squeeze

_BROKEN_THAI = regex.compile(r"(?<=[ก-ฺเ-๎])\s*\n\s*(?=[ก-ฺเ-๎])")
"""A line break between Thai letters."""

_LETTER, _HARDLY_READ = regex.compile(r"\p{L}"), 0.8
"""A line of figures in a title is read with at least this confidence."""


_COVERED = 0.9
"""What a stamp lies over is never read more surely than this, unless sums prove it."""

_STAMPED = 1.1
"""So many times the share of letters that makes a title doubtful is expected to be wrong under a stamp."""

_LOST: Reading[bool | None] = Reading(None, "", 0.0)
"""A quarter of which the table has a column that was not found."""


def read_rows(grid: Grid, columns: Columns) -> tuple[tuple[RowReading, ...], tuple[Totals, ...]]:
    """Items and sums of ``grid``. A row cut by a page break is one item; carried sums are left out."""
    items: list[RowReading] = []
    sums: list[tuple[Totals, bool]] = []
    title_column = columns.first("title")
    forms = {
        name: amount_form([row.cell(column) for row in grid.rows])
        for name, (column, *_) in columns.values.items()
        if not is_quarter(name)
    }
    under: Reading[int | None] | None = None
    for index, whole in enumerate(grid.rows):
        if (heading := _heading(whole, columns)) is not None:
            under = read_heading(*heading) or under
            continue
        if is_blank(whole) or says(whole, title_column, CARRIED_WORDS):
            continue
        unread = index == len(grid.rows) - 1 and stands_as_sums(whole, columns)
        if unread or says(whole, title_column, TOTAL_WORDS):
            grand = says(whole, title_column, GRAND_TOTAL_WORDS)
            sums.append((replace(_totals(whole, columns, forms), end=len(items)), grand))
            continue
        goes_on = bool(items) and index > 0 and is_part(whole, grid.rows[index - 1], columns)
        for row in [whole] if goes_on else split_items(whole, columns):
            reading = _row(row, columns, forms)
            if reading.dimension is None:
                reading = replace(reading, dimension=under)
            if goes_on:
                items[-1] = with_part(items[-1], reading)
            elif items and _belongs_above(row, columns, index in grid.breaks):
                items[-1] = _merged(items[-1], reading)
            elif reading.title or BUDGET in reading.values:
                items.append(reading)
    return numbered(carried_down(doubting_unticked(items))), with_ranges(sums)


def is_blank(row: Row) -> bool:
    """No text and no tick in the whole row."""
    return not any(cell.text.strip() or (cell.tick and cell.tick.present) for _, cell in row.own_cells)


def _heading(row: Row, columns: Columns) -> list[Cell] | None:
    """The cells of a row that heads those below it: its words name a dimension, or stand over the columns.

    Words that run over several columns may have been cut at their edges: then they name it together.
    """
    filled = [cell for _, cell in row.own_cells if cell.text.strip() or (cell.tick and cell.tick.present)]
    head = row.cells[: (columns.first("title") or 0) + 1]
    if not filled or not any(cell is filled[0] for cell in head):
        return None
    if len(filled) > 1:
        own = filled[0] is row.cell(columns.first("dimension"))
        return filled if not own and read_heading(*filled) is not None else None
    over_all = sum(cell is filled[0] for cell in row.cells) > len(row.cells) / 2
    named = read_heading(filled[0]) is not None
    sums = any(resembles(squeeze(filled[0].text), word) for word in (*TOTAL_WORDS, *CARRIED_WORDS))
    return filled if (over_all or named) and not sums else None


def _row(row: Row, columns: Columns, forms: Mapping[str, AmountForm | None]) -> RowReading:
    title_cell = row.cell(columns.first("title"))
    title = _joined(title_cell)
    dimension = columns.first("dimension")
    note = row.text(columns.first("note"))
    return RowReading(
        item_no=read_whole_number(row.cell(columns.first("item_no"))),
        title=title,
        title_confidence=_confidence(title_cell) * (_misread(title) if row.is_covered(title_cell) else 1.0),
        page=row.page,
        box=Box.around(cell.box for _, cell in row.own_cells),
        dimension=None if dimension is None else read_dimension(row.cell(dimension)),
        values=_values(row, columns, forms, read_ticks) | dict.fromkeys(columns.missing_quarters, _LOST),
        note=note if note and not NOTHING.fullmatch(note) else None,
        extra=tuple(
            (columns.names[column] or f"column {column + 1}", row.text(column))
            for column, role in enumerate(columns.roles)
            if role == "other" and row.text(column)
        ),
    )


def _joined(cell: Cell | None) -> str:
    """The lines of a cell as one text. Thai has no spaces between words, so a line break in it is none."""
    text = "\n".join(line.text for line in cell.lines if not _is_dirt(line)) if cell else ""
    return repair(" ".join(_BROKEN_THAI.sub("", text).split()))


def _is_dirt(line: Line) -> bool:
    """Whether a line has no letter and was hardly read: specks and shreds of rulings look like figures."""
    return not _LETTER.search(line.text) and line.confidence < _HARDLY_READ


def _totals(row: Row, columns: Columns, forms: Mapping[str, AmountForm | None]) -> Totals:
    return Totals(_values(row, columns, forms, read_count), row.page)


def _values(
    row: Row,
    columns: Columns,
    forms: Mapping[str, AmountForm | None],
    read_quarter: Callable[[Sequence[Cell | None]], Reading[Any]],
) -> dict[str, Reading[Any]]:
    """The readings of the columns that a sum may speak of: amounts in their forms, and quarters."""
    cells = {name: [row.cell(column) for column in held] for name, held in columns.values.items()}
    readings = {
        name: read_quarter(held) if is_quarter(name) else read_amount(held[0], forms[name])
        for name, held in cells.items()
    }
    return {
        name: replace(reading, confidence=min(reading.confidence, _COVERED))
        if any(map(row.is_covered, cells[name]))
        else reading
        for name, reading in readings.items()
    }


def _confidence(cell: Cell | None) -> float:
    return math.prod(line.confidence for line in cell.lines) if cell else 1.0


def _misread(title: str) -> float:
    """The confidence at which a title is just doubtful, as one is that a stamp lies over."""
    return math.exp(-_STAMPED * MISREAD_TITLE * len(title))


def _belongs_above(row: Row, columns: Columns, after_break: bool) -> bool:
    """The rest of a cut row: text, but neither an item number nor any value of its own."""
    number_column = columns.first("item_no")
    if number_column is not None:
        return not row.text(number_column) and not _has_values(row, columns)
    return (
        after_break and not _has_values(row, columns) and not _begins_item(row.text(columns.first("title")))
    )


def _begins_item(title: str) -> bool:
    return bool(ITEM_START.match(title) or BEGINS_ITEM.match(title.lstrip()))


def _has_values(row: Row, columns: Columns) -> bool:
    cells = [row.cell(column) for held in columns.values.values() for column in held]
    return any(
        cell is not None and (cell.text.strip() or (cell.tick and cell.tick.present)) for cell in cells
    )


def _merged(above: RowReading, rest: RowReading) -> RowReading:
    title = repair(_BROKEN_THAI.sub("", f"{above.title}\n{rest.title}")).replace("\n", " ").strip()
    return replace(
        above,
        title=title,
        title_confidence=above.title_confidence * rest.title_confidence,
        note=" ".join(filter(None, (above.note, rest.note))) or None,
    )
