"""The rows of a table without rulings: each begins with a number in one place, or with figures, as sums do.

The lines of a cell run on below its first one, until the widest gap above the next row's first.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from pipeline.layout.ink import Numbers
from pipeline.layout.pieces import APART, Pieces

WIDEST_NUMBER, _SAME_PLACE = 3.2, 1.0
"""The number of a row is at most this wide, and its middle this far from that of the others."""

_LEFT = 0.4
"""Numbers stand in this left part of the lines' width."""

_USUAL = 0.6
"""The leftmost column of numbers has at least this part of as many as the fullest one."""

_NEAREST_ROW = 1.5
"""What stands nearer above a number than so many body heights is a part of it: the vowel of ที่."""

FURTHEST_ROW = 16.0
"""From one row to the next it is at most this many body heights."""

LINE_STEP = 3.7
"""From one line of a cell to the next it is at most this many body heights."""

_TO_LAST_ROW = 6.0
"""From the last line of a row to a line of sums below it, which has no number, it is at most this many."""

SAME_HEIGHT = 0.6
"""Baselines that differ by less than this many body heights are of one row."""

_FIGURES = 12.0
"""An amount is at most this many body heights wide."""

_ELSEWHERE = 0.2
"""The entries of a column of figures stand at the height of the row's number, but for one in five."""

_OF_LINE_STEP, _OF_ROW_STEP = 1.25, 0.9
"""… and at most so many times the usual step between a cell's lines, and this share of that between rows."""

_MANY_FIGURES = 3
"""So many figures in a line are those of another row even where it is as near as a line of the same cell."""

_FEWEST_ENTRIES = 3
"""A row has at least so many entries."""

_FLUSH = 0.3
"""The rest of a row is set flush with the entries of at least this share of the rows."""

_MARKS = 0.5
"""The middle between two lines is this many body heights above the middle of their baselines."""

_EVEN = 1.15
"""Gaps between lines that differ by less than this factor are the same."""


def item_numbers(pieces: Pieces, body: float) -> Numbers:
    """The baselines of the leftmost narrow pieces that stand one above the other, as item numbers do."""
    middle = pieces.left.min() + _LEFT * (pieces.right.max() - pieces.left.min())
    printed = (pieces.line >= 0) & (pieces.width <= WIDEST_NUMBER * body)
    narrow = pieces.take(printed & (pieces.middle <= middle))
    if not len(narrow):
        return np.zeros(0)
    near = np.abs(narrow.middle[:, None] - narrow.middle[None, :]) <= _SAME_PLACE * body
    count = near.sum(axis=1)
    many = count >= _USUAL * count.max()
    leftmost = int(np.flatnonzero(many)[np.argmin(narrow.middle[many])])
    fullest = int(np.argmax(np.where(near[leftmost], count, 0)))
    stacked = narrow.take(np.flatnonzero(near[fullest])).rows(SAME_HEIGHT * body)
    bases = np.array([float(row.base.mean()) for row in stacked])
    bases = bases[np.diff(bases, append=np.inf) >= _NEAREST_ROW * body]
    runs = np.split(bases, np.flatnonzero(np.diff(bases) > FURTHEST_ROW * body) + 1)
    return max(runs, key=len)


def without_list_below(pieces: Pieces, numbers: Numbers, body: float) -> Numbers:
    """The numbers of rows, but not those of a list below the table, such as a legend."""
    full = [len(entries_at(pieces, base, body).joined(APART * body)) >= _FEWEST_ENTRIES for base in numbers]
    return numbers[: max((i + 1 for i, row in enumerate(full) if row), default=0)]


def top_without_headings(pieces: Pieces, numbers: Numbers, body: float) -> float:
    """What the first row is below; above its number there may be the rest of a row that a page break cut."""
    rows = pieces.between(float(numbers[0]) - body, float(numbers[-1]) + body)
    top, reach = float(numbers[0]), _TO_LAST_ROW
    for line in pieces.take(pieces.line >= 0).between(-np.inf, top - body).rows(0.01)[::-1]:
        wide = line.take(line.width > WIDEST_NUMBER * body)
        flush = (np.abs(wide.left[:, None] - rows.left[None, :]) <= body / 2).sum(axis=1)
        if top - line.base[0] > reach * body or not (flush >= max(2, _FLUSH * len(numbers))).all():
            break
        top, reach = float(line.base[0]), LINE_STEP
    return top - body


def rows_below(pieces: Pieces, top: float, numbers: Numbers, body: float) -> Pieces:
    """What stands below ``top``, to the last row's end: its further lines, and lines of sums below it."""
    bottom = float(numbers[-1])
    for row in pieces.take(pieces.line >= 0).between(bottom, np.inf).rows(0.01):
        entries = row.joined(APART * body)
        sums = len(entries) > 1 and entries.width[-1] <= _FIGURES * body
        if row.base[0] - bottom > (_TO_LAST_ROW if sums else LINE_STEP) * body:
            break
        bottom = float(row.base[0])
    return pieces.between(top, bottom + SAME_HEIGHT * body)


def entries_at(rows: Pieces, base: float, body: float) -> Pieces:
    """The pieces at the height of a baseline."""
    return rows.take(np.abs(rows.base - base) < SAME_HEIGHT * body)


def lone_headings(rows: Pieces, numbers: Numbers, body: float) -> Pieces:
    """The texts that stand alone between rows and reach from the place of the numbers over what is beside it:
    they head the rows below (``ยุทธศาสตร์ที่ 1 …``)."""
    entries = [entries_at(rows, float(base), body).joined(APART * body) for base in numbers]
    number = float(np.median([row.left[0] for row in entries]))
    beside = float(np.median([row.left[1] for row in entries if len(row) > 1] or [np.inf]))
    lines = [line.joined(APART * body) for line in rows.take(rows.line >= 0).rows(SAME_HEIGHT * body)]
    lone = [
        int(line.line[0])
        for line in lines
        if len(line) == 1 and line.left[0] <= number + body / 2 and line.right[0] > beside + body
    ]
    return rows.take(np.isin(rows.line, lone))


def row_starts(rows: Pieces, numbers: Numbers, columns: Numbers, body: float) -> Numbers:
    """The baselines at which rows begin: those of numbers, and of other lines with figures, such as sums."""
    rows = rows.take(rows.line >= 0)
    places = np.searchsorted(columns, rows.middle) - 1
    off = np.abs(rows.base[:, None] - numbers[None, :]).min(axis=1)
    numbered = np.asarray(off < SAME_HEIGHT * body)
    figures = []
    for column in range(len(columns) - 1):
        mine = places == column
        widest = rows.width[mine].max(initial=0.0)
        elsewhere = int((mine & ~numbered).sum())
        if WIDEST_NUMBER * body <= widest <= _FIGURES * body and elsewhere <= max(1, _ELSEWHERE * mine.sum()):
            figures.append(column)
    starts = [float(base) for base in numbers]
    wide = rows.take(rows.width > WIDEST_NUMBER * body).rows(SAME_HEIGHT * body)
    heights = [float(line.base.mean()) for line in wide]
    within = [
        base - above for above, base in pairwise(heights) if np.abs(base - numbers).min() > SAME_HEIGHT * body
    ]
    least = min(
        LINE_STEP * body,
        _OF_LINE_STEP * float(np.median(within)) if within else np.inf,
        _OF_ROW_STEP * float(np.diff(numbers).min(initial=np.inf)),
    )
    for above, base in pairwise(heights):
        filled = np.unique(np.searchsorted(columns, entries_at(rows, base, body).middle) - 1)
        fewest = 1 if base - above > least else _MANY_FIGURES
        if len(filled) > 1 and np.isin(filled, figures).sum() >= fewest:
            starts.append(base)
    earlier = rows.base[rows.base < min(starts) - body]
    if len(earlier) and min(starts) - earlier.max() > LINE_STEP * body:
        starts.append(float(earlier.min()))  # The rest of a row that was cut by the page break.
    ordered = np.sort(starts)
    return ordered[np.diff(ordered, prepend=-np.inf) > SAME_HEIGHT * body]


def row_edges(rows: Pieces, starts: Numbers, top: float, bottom: float, body: float) -> Numbers:
    """Rows are parted at the widest gap between lines from one start to the next, the last of equal ones."""
    heights = rows.take(rows.line >= 0).rows(SAME_HEIGHT * body)
    bases = np.array([float(row.base.mean()) for row in heights])
    places = np.unique([int(np.argmin(np.abs(bases - start))) for start in starts]).tolist()
    edges = [top]
    for first, last in pairwise(places):
        gaps = np.diff(bases[first : last + 1])
        widest = first + int(np.flatnonzero(gaps * _EVEN >= gaps.max(initial=0.0))[-1])
        edges.append(middle_between(float(bases[widest]), float(bases[widest + 1]), body))
    return np.array([*edges, bottom])


def middle_between(base: float, following: float, body: float) -> float:
    """The height halfway between the ink of two lines, by their baselines."""
    return (base + following) / 2 - _MARKS * body
