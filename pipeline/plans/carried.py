"""Rows of a plan alone on the page below its table: too few for a table to be seen in them.

Their item numbers count on from the last one of the table, or they are a line of sums, with the rest of a row
above it; and what they say stands in its columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.model import Box, Cell, Line, Page, Table, Tick
from pipeline.plans.columns import Columns, read_columns
from pipeline.plans.grid import as_grid
from pipeline.plans.refit import column_at, edges_of, split_at
from pipeline.plans.sums import CARRIED_WORDS, TOTAL_WORDS, resembles
from pipeline.plans.values import ANY_DIGIT, read_whole_number
from pipeline.thai import squeeze

_STRAYS = 0.5
"""What stands in a column is at most this many body heights outside it."""

_NEXT_LINE = 4.0
"""From one line of a row to the next it is at most this many body heights."""

_FEWEST_FILLED = 3
"""The first line of a row says something in at least so many columns; one of a list does in fewer."""

_BESIDE = 2.0
"""Figures in two lines stand at most so many body heights above and below the word for their sum."""

_UNSEEN = Tick(False, 0.5)
"""Of a cell without text: whether ink in it is a mark was not looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class _Above:
    """The last table of the page above, and the columns of the plan that it is of."""

    table: Table
    columns: Columns

    @property
    def last_number(self) -> int:
        number = self.columns.first("item_no")
        cells = (cell for cell in self.table.cells if cell.column == number)
        return max((read_whole_number(cell).value or 0 for cell in cells), default=0)

    def begins(self, parts: Sequence[Line], edges: Sequence[float], item: int) -> bool:
        """Whether these parts of a line, in the columns between ``edges``, begin the row of an ``item``."""
        filled = {column_at(part.box.centre[0], edges): part for part in parts}
        number = filled.get(self.columns.first("item_no") or 0)
        if number is None or len(filled) < _FEWEST_FILLED:
            return False
        return read_whole_number(Cell(0, 0, 1, 1, number.box, (number,))).value == item


def with_carried_rows(pages: Iterable[Page]) -> Iterator[Page]:
    """``pages`` in order, those rows set in a table that a plan's table of the page above goes on in."""
    above: _Above | None = None
    for page in pages:
        if above is not None and not page.tables:
            page = _with_rows(page, above)
        above = _below(page, above)
        yield page


def _below(page: Page, above: _Above | None) -> _Above | None:
    """What the next page may go on from: a plan's table, or one in as many columns as that above."""
    if not page.tables:
        return None
    table = page.tables[-1]
    columns = read_columns(as_grid(table, page.number))
    if columns.makes_a_plan and columns.first("item_no") is not None:
        return _Above(table, columns)
    if above is None or above.table.columns != table.columns:
        return None
    below = replace(above, table=table)
    return below if below.last_number else above


def _with_rows(page: Page, above: _Above) -> Page:
    """``page`` with the lines from the next item on, while they stand in the columns above, in a table."""
    edges, following = edges_of(above.table), above.last_number + 1
    held: list[Line] = []
    parts: list[Line] = []
    starts: list[Line] = []
    for line in sorted(page.lines, key=lambda line: line.box.centre[1]):
        own = split_at(line, edges[1:-1])
        fits = all(_is_in_column(part, edges) for part in own)
        begins = fits and above.begins(own, edges, following + len(starts))
        if begins:
            starts.append(line)
        elif held and not (fits and _is_near(held[-1], line)):
            break
        if starts:
            held.append(line)
            parts += own
    if not starts:
        held, parts, starts = _sums(page, above, edges)
    if not starts:
        return page
    others = tuple(line for line in page.lines if line not in held)
    return replace(page, lines=others, tables=(_table(parts, starts, edges),))


def _sums(page: Page, above: _Above, edges: Sequence[float]) -> tuple[list[Line], list[Line], list[Line]]:
    """The first lines of ``page`` if they are a line of sums, below the rest of a row if need be; else none.

    Gives these lines, their parts in the columns, and the first line of each of the rows.
    """
    lines = sorted(page.lines, key=lambda line: line.box.centre[1])
    title = above.columns.first("title") or 0
    word = next(
        (line for line in lines if _names_sums(split_at(line, edges[1:-1])[0], edges[title + 1])), None
    )
    if word is None:
        return [], [], []
    beside = [line for line in lines if _apart(word, line) <= _BESIDE * _body(word)]
    rest = [line for line in lines[: lines.index(beside[0])] if _is_near(line, beside[0])]
    parts = {id(line): split_at(line, edges[1:-1]) for line in (*rest, *beside)}
    figures = [part for line in beside for part in parts[id(line)] if part.box.x0 >= edges[title + 1]]
    told = [part for line in rest for part in parts[id(line)]] + figures
    fit = all(_is_in_column(part, edges) for part in told) and any(
        ANY_DIGIT.search(part.text) for part in figures
    )
    if not fit or lines[: len(rest)] != rest:
        return [], [], []
    return [*rest, *beside], [part for own in parts.values() for part in own], [*rest[:1], beside[0]]


def _names_sums(part: Line, end: float) -> bool:
    """Whether a line says รวม, or another word of sums, left of the ``end`` of the column of titles."""
    said = squeeze(part.text)
    return part.box.x1 <= end and any(resembles(said, word) for word in (*TOTAL_WORDS, *CARRIED_WORDS))


def _apart(line: Line, other: Line) -> float:
    return abs(line.box.centre[1] - other.box.centre[1])


def _is_in_column(part: Line, edges: Sequence[float]) -> bool:
    column, room = column_at(part.box.centre[0], edges), _STRAYS * _body(part)
    return edges[column] - room <= part.box.x0 and part.box.x1 <= edges[column + 1] + room


def _is_near(above: Line, line: Line) -> bool:
    return line.box.centre[1] - above.box.centre[1] <= _NEXT_LINE * _body(above)


def _body(line: Line) -> float:
    return line.body_height or line.box.height / 2


def _table(parts: Sequence[Line], starts: Sequence[Line], edges: Sequence[float]) -> Table:
    """The rows that begin with ``starts``, of what stands in them."""
    tops = [start.box.centre[1] - _body(start) for start in starts]
    levels = [*tops, max(part.box.y1 for part in parts)]
    cells = []
    for row, (top, bottom) in enumerate(pairwise(levels)):
        for column, (left, right) in enumerate(pairwise(edges)):
            box = Box(left, top, right, bottom)
            own = tuple(part for part in parts if box.contains(*part.box.centre))
            cells.append(Cell(row, column, 1, 1, box, own, None if own else _UNSEEN))
    whole = Box(edges[0], levels[0], edges[-1], levels[-1])
    return Table(whole, len(starts), len(edges) - 1, tuple(cells), ruled=False, cut_above=True)
