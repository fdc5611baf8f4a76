"""Tables without rulings, told by alignment alone, and only on strong evidence.

Letters have wide gaps too, so a table must show at least four columns, kept apart by channels of
paper that hardly any line crosses, in at least four rows that begin in the first column.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.grids import Grid, Span
from pipeline.layout.ink import Components, Indices, Numbers
from pipeline.layout.lines import FoundLines

_FEWEST_COLUMNS, _FEWEST_ROWS = 4, 4
_GAP = 1.5
"""Words of one cell are nearer to one another than this many body heights."""

_CHANNEL = 0.8
"""A channel between columns is at least this many body heights wide."""

_CROSSED = 0.1
"""At most this share of a table's lines crosses a channel: headings over several columns."""

_FURTHEST_ROW = 16.0
"""From one row to the next it is at most this many body heights."""

_LINE_STEP = 3.2
"""From one line of a cell to the next it is at most this many body heights."""

_ABOVE = 1.75


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """A line cut at its wide gaps: left and right ends, the baseline, and the line's index."""

    left: Numbers
    right: Numbers
    baseline: float
    line: int


def find_borderless(found: FoundLines, components: Components) -> tuple[Grid, list[int]] | None:
    """The grid of a table without rulings and the indices of the lines in it, or None."""
    if len(found.lines) < _FEWEST_ROWS:
        return None
    body = float(np.median([line.body_height for line in found.lines]))
    pieces = [_cut(components.take(held), found, i, body) for i, held in enumerate(found.members)]
    block = _longest_block(pieces, body)
    if block is None:
        return None
    inside = _with_lines_below(pieces, block, body)
    columns = _column_edges(inside, body)
    if len(columns) - 1 < _FEWEST_COLUMNS:
        return None
    starts = _row_starts(inside, columns)
    if len(starts) < _FEWEST_ROWS:
        return None
    held = [p for p in inside if p.baseline >= starts[0] - 0.5 * body]
    last = max(found.lines[p.line].box.y1 for p in held)
    rows = np.append(starts - _ABOVE * body, last + 0.5 * body)
    spans = tuple(Span(r, c, 1, 1) for r in range(len(rows) - 1) for c in range(len(columns) - 1))
    return Grid(rows, columns, 0.0, spans, 0, 0.0), [p.line for p in held]


def _cut(ink: Components, found: FoundLines, index: int, body: float) -> _Pieces:
    order = np.argsort(ink.x0, kind="stable")
    reach = np.maximum.accumulate(ink.x1[order])
    cuts = np.flatnonzero(ink.x0[order][1:] - reach[:-1] > _GAP * body)
    left = np.concatenate((ink.x0[order][:1], ink.x0[order][cuts + 1]))
    right = np.concatenate((reach[cuts], reach[-1:]))
    line = found.lines[index]
    return _Pieces(left, right, (line.baseline_left + line.baseline_right) / 2, index)


def _longest_block(pieces: list[_Pieces], body: float) -> tuple[float, float] | None:
    """First and last baseline of the longest run of lines with many pieces."""
    many = sorted(p.baseline for p in pieces if len(p.left) >= _FEWEST_COLUMNS)
    if len(many) < _FEWEST_ROWS:
        return None
    runs = np.split(np.array(many), np.flatnonzero(np.diff(many) > _FURTHEST_ROW * body) + 1)
    longest = max(runs, key=len)
    return (float(longest[0]), float(longest[-1])) if len(longest) >= _FEWEST_ROWS else None


def _with_lines_below(pieces: list[_Pieces], block: tuple[float, float], body: float) -> list[_Pieces]:
    """The lines of the block, and those that run on below its last row without a wider gap."""
    ordered = sorted(pieces, key=lambda p: p.baseline)
    inside = [p for p in ordered if block[0] - 2 * body <= p.baseline <= block[1]]
    for p in ordered:
        if block[1] < p.baseline <= inside[-1].baseline + _LINE_STEP * body:
            inside.append(p)
    return inside


def _column_edges(pieces: list[_Pieces], body: float) -> NDArray[np.float64]:
    """The middles of the channels, and the two outer edges."""
    left = min(float(p.left[0]) for p in pieces)
    right = max(float(p.right[-1]) for p in pieces)
    crossed = np.zeros(int(right - left) + 2)
    for p in pieces:
        for a, b in zip(p.left, p.right, strict=True):
            crossed[int(a - left) : int(b - left) + 1] += 1
    free = crossed <= _CROSSED * len(pieces)
    changes = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(int), [0]))))
    starts, ends = changes[::2], changes[1::2]
    channels = [
        (a + b) / 2 + left
        for a, b in zip(starts, ends, strict=True)
        if b - a >= _CHANNEL * body and a > 0 and b < len(free)
    ]
    return np.array([left - body, *channels, right + body], np.float64)


def _row_starts(pieces: list[_Pieces], columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Baselines of the lines that have an entry in the first column and in most others."""
    starts = []
    for p in pieces:
        places: Indices = np.searchsorted(columns, (p.left + p.right) / 2) - 1
        filled = np.unique(places)
        if 0 in filled and len(filled) >= _FEWEST_COLUMNS:
            starts.append(p.baseline)
    return np.sort(np.array(starts, np.float64))
