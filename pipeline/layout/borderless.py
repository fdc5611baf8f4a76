"""Tables without rulings, told by alignment alone, and only on strong evidence.

Letters have wide gaps too, so a table must show at least four columns in several rows that begin with
a number or a word in one place. Where headings stand above the rows, they decide the columns
(:mod:`pipeline.layout.headings`); where none do, as after a page break, channels of paper do that hardly
any line crosses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.layout.aligned_rows import (
    FURTHEST_ROW,
    LINE_STEP,
    SAME_HEIGHT,
    WIDEST_NUMBER,
    entries_at,
    item_numbers,
    lone_headings,
    middle_between,
    row_edges,
    row_starts,
    rows_below,
    top_without_headings,
    without_list_below,
)
from pipeline.layout.grids import Grid, Span
from pipeline.layout.groups import runs
from pipeline.layout.heading_lines import find_headings
from pipeline.layout.headings import HeadedColumns, columns_under
from pipeline.layout.ink import Components, Numbers
from pipeline.layout.lines import FoundLines
from pipeline.layout.pieces import APART, Pieces, cut_lines, loose_pieces

_FEWEST_COLUMNS, _FEWEST_ROWS, _FEWEST_CELLS, _FEWEST_HEADED = 4, 3, 16, 3
"""What a table has at least; under headings fewer rows do, and so many columns."""

_CHANNEL = 0.8
"""A channel between columns is at least this many body heights wide."""

_CROSSED = 0.1
"""At most this share of a table's lines crosses a channel."""

_UNDER_HEADINGS = 0.8
"""At least this share of the entries is under the headings."""

_FLUSH = 0.3
"""The title of a first row is flush with those of at least this share of the rows."""

_CUT = 0.2
"""Less than this share of what stands in a table, by width, runs over the edges of its columns."""

_SPECK, _MOST_SPECKS = 0.3, 0.3
"""Of what stands in a table, at most the second share is smaller than the first many body heights: letters
have few dots. The spots of a photocopier's drum stand in rows and columns too, but are clouds of specks."""

_ABOVE = 1.75
"""Marks reach this many body heights above their baseline."""


def find_borderless(
    found: FoundLines, components: Components, uprights: Numbers, pen: Components
) -> tuple[Grid, list[int]] | None:
    """The grid of a table without rulings and the indices of the lines in it, or None.

    ``found`` are the lines of a page outside its ruled tables, made of ``components``; ``uprights`` are the
    places (x) of what is left of upright rulings: with the text they decide the columns, and so do ticks in
    ``pen``, the coloured ink.
    """
    if not found.lines:
        return None
    body = float(np.median([line.body_height for line in found.lines]))
    loose = components.take(~found.used(len(components))).plus(pen)
    table = _aligned(found, components, loose_pieces(loose, body), uprights, body)
    return None if table is None or _is_dirt(found, components, table[1], body) else table


def _aligned(
    found: FoundLines, components: Components, loose: Pieces, uprights: Numbers, body: float
) -> tuple[Grid, list[int]] | None:
    pieces = cut_lines(found, components, body).plus(loose)
    numbers = without_list_below(pieces, item_numbers(pieces, body), body)
    if not len(numbers):
        return None
    headed = _under_headings(pieces, numbers, uprights, body)
    # The first of the numbers may be a heading, ที่, and so may the second: ลำ over ดับ.
    for first in (1, 2):
        below = _under_headings(pieces, numbers[first:], uprights, body)
        if below is not None and (
            below.stands_over_entries(body) or not below.is_flush(body)
            if headed is None
            else headed.holds(float(numbers[first - 1]), below, body)
        ):
            headed = below
    if headed is not None:
        return _headed(headed, found, body)
    rows = _Rows.of(
        rows_below(pieces, top_without_headings(pieces, numbers, body), numbers, body), numbers, body
    )
    if not _has_many_entries(rows.entries, body):
        return None
    columns = _channels(rows.entries, uprights, body)
    if len(columns) <= _FEWEST_COLUMNS or _cuts_text(rows.entries, columns, body):
        return None
    return _plain(columns, rows, found, body)


def _is_dirt(found: FoundLines, components: Components, lines: list[int], body: float) -> bool:
    """Whether these lines are of clouds of specks."""
    ink = components.take(np.concatenate([found.members[line] for line in lines]))
    specks = (ink.width < _SPECK * body) & (ink.height < _SPECK * body)
    return float(specks.mean()) > _MOST_SPECKS


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The entries of rows, the texts between them that head those below, and the baselines of the numbers."""

    entries: Pieces
    lone: Pieces
    numbers: Numbers

    @staticmethod
    def of(pieces: Pieces, numbers: Numbers, body: float) -> _Rows:
        lone = lone_headings(pieces, numbers, body)
        return _Rows(pieces.take(~np.isin(pieces.line, lone.line)), lone, numbers)

    @property
    def pieces(self) -> Pieces:
        return self.entries.plus(self.lone)

    def starts(self, columns: Numbers, body: float) -> Numbers:
        """The baselines at which rows begin, those of lone headings too."""
        own = row_starts(self.entries, self.numbers, columns, body)
        return np.unique(np.concatenate((own, self.lone.base)))

    def cells(self, first: int, edges: Numbers, columns: int) -> tuple[Span, ...]:
        """The cells of rows with these ``edges``, of which ``first`` is the first one's index."""
        whole = (np.searchsorted(edges, self.lone.base) - 1).tolist()
        return tuple(
            span
            for row in range(len(edges) - 1)
            for span in (
                [Span(first + row, 0, 1, columns)]
                if row in whole
                else [Span(first + row, column, 1, 1) for column in range(columns)]
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Headed:
    """Headings, the columns that they stand over, and the rows below them."""

    headings: Pieces
    columns: HeadedColumns
    rows: _Rows

    def holds(self, number: float, below: _Headed, body: float) -> bool:
        """Whether the number at this baseline is near enough to be one of the headings that ``below`` has.

        Then there are more headings, or as many and none at its height begins where the texts of rows do.
        """
        near = number - float(self.headings.base.max()) <= LINE_STEP * body
        near &= len(entries_at(below.headings, number, body)) > 0
        more = below.columns.named - self.columns.named
        return near and (more > 0 or (more == 0 and not below.has_title_at(number, body)))

    def has_title_at(self, base: float, body: float) -> bool:
        """Whether a heading at this baseline is as wide as a title and flush with those of rows."""
        words = entries_at(self.headings, base, body)
        titles = words.left[words.width > WIDEST_NUMBER * body]
        apart = np.abs(titles[:, None] - self.rows.entries.left[None, :])
        return bool(((apart <= body / 2).sum(axis=1) >= _FLUSH * len(self.rows.numbers)).any())

    def is_flush(self, body: float) -> bool:
        """Whether one of the headings begins where texts below do, as those of a first row would."""
        titles = np.array([leaf.left for leaf in self.columns.leaves[1:]])
        apart = np.abs(titles[:, None] - self.rows.entries.left[None, :]).min(axis=0)
        return int((apart <= body / 2).sum()) >= _FLUSH * len(self.rows.numbers)

    def stands_over_entries(self, body: float) -> bool:
        """Whether most entries are under a heading: those of a row taken for headings are not."""
        left = np.array([leaf.left for leaf in self.columns.leaves])
        right = np.array([leaf.right for leaf in self.columns.leaves])
        entries, numbers = self.rows.entries, self.rows.numbers
        rows = [entries_at(entries, float(base), body).joined(APART * body) for base in numbers]
        under = [((row.left[:, None] < right) & (left < row.right[:, None])).any(axis=1) for row in rows]
        return float(np.concatenate(under).mean()) >= _UNDER_HEADINGS


def _under_headings(pieces: Pieces, numbers: Numbers, uprights: Numbers, body: float) -> _Headed | None:
    """The table below headings that stand above its first number, if they fit its rows."""
    if not len(numbers):
        return None
    headings = find_headings(pieces, float(numbers[0]), FURTHEST_ROW * body, body)
    if not len(headings):
        return None
    rows = _Rows.of(rows_below(pieces, float(headings.base.max()), numbers, body), numbers, body)
    columns = columns_under(headings, rows.entries, numbers, uprights, body)
    columns = None if columns is None else columns.reaching(float(rows.lone.left.min(initial=np.inf)) - body)
    if columns is None:
        return None
    width, height = len(columns.leaves), len(numbers)
    fits = width >= _FEWEST_HEADED and width * (height + 1) >= _FEWEST_CELLS
    fits = fits and not _cuts_text(rows.entries, columns.edges, body)
    return _Headed(headings, columns, rows) if fits else None


def _cuts_text(rows: Pieces, edges: Numbers, body: float) -> bool:
    """Whether the columns cut running text: spots of dirt on a letter may stand in rows and columns too."""
    inner = edges[1:-1]
    cut = ((rows.left[:, None] + body < inner) & (inner < rows.right[:, None] - body)).any(axis=1)
    return float(rows.width[cut].sum()) >= _CUT * float(rows.width.sum())


def _has_many_entries(rows: Pieces, body: float) -> bool:
    """Whether several lines have as many entries as only those of tables have."""
    entries = [len(line.joined(APART * body)) for line in rows.rows(SAME_HEIGHT * body)]
    full = [count for count in entries if count >= _FEWEST_COLUMNS]
    return len(full) >= _FEWEST_ROWS and sum(full) >= _FEWEST_CELLS


def _channels(rows: Pieces, uprights: Numbers, body: float) -> Numbers:
    """The rulings in the channels, or the middles of those without any, and the two outer edges."""
    left, right = float(rows.left.min()), float(rows.right.max())
    crossed = np.zeros(int(right - left) + 2)
    for a, b in zip(rows.left - left, rows.right - left, strict=True):
        crossed[int(a) : int(b) + 1] += 1
    free = crossed <= _CROSSED * len(np.unique(rows.line))
    # What lies wholly in free paper does not cross it: it is an entry of a column that has few.
    for start, end in runs(free):
        inside = (rows.left - left >= start) & (rows.right - left < end)
        for a, b in zip(rows.left[inside] - left, rows.right[inside] - left, strict=True):
            free[int(a) : int(b) + 1] = False
    channels = list[float]()
    for start, end in runs(free):
        ruled = uprights[(uprights >= left + start) & (uprights < left + end)]
        if len(ruled):
            channels += ruled.tolist()
        elif end - start >= _CHANNEL * body and start > 0 and end < len(free):
            channels.append((start + end) / 2 + left)
    return np.array([left - body, *channels, right + body], np.float64)


def _headed(table: _Headed, found: FoundLines, body: float) -> tuple[Grid, list[int]]:
    """The grid of headings and rows, and its lines."""
    columns, rows = table.columns, table.rows.pieces
    starts = table.rows.starts(columns.edges, body)
    top = middle_between(float(table.headings.base.max()), float(min(starts[0], rows.base.min())), body)
    above = [columns.top - _ABOVE * body]
    if columns.spanning:
        above.append(middle_between(*columns.floor, body))
    edges = row_edges(rows, starts, top, _bottom(rows, found, body), body)
    spans = (*columns.cells(), *table.rows.cells(len(above), edges, len(columns.leaves)))
    grid = Grid(np.concatenate((above, edges)), columns.edges, 0.0, spans, 0, 0.0, len(above))
    return grid, _lines_of(table.headings.plus(rows))


def _plain(columns: Numbers, held: _Rows, found: FoundLines, body: float) -> tuple[Grid, list[int]]:
    """The grid of rows without headings, and its lines."""
    rows, starts = held.pieces, held.starts(columns, body)
    top = min(found.lines[line].box.y0 for line in _lines_of(rows)) - 0.5 * body
    edges = row_edges(rows, starts, top, _bottom(rows, found, body), body)
    spans = held.cells(0, edges, len(columns) - 1)
    return Grid(edges, columns, 0.0, spans, 0, 0.0, 0), _lines_of(rows)


def _bottom(rows: Pieces, found: FoundLines, body: float) -> float:
    lowest = max(found.lines[line].box.y1 for line in _lines_of(rows))
    return float(max(lowest, rows.base.max())) + 0.5 * body


def _lines_of(pieces: Pieces) -> list[int]:
    return [int(line) for line in np.unique(pieces.line[pieces.line >= 0])]
