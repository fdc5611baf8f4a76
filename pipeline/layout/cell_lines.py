"""The lines of table cells: rows of consonants, broken ones made whole, and dashes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres, mode
from pipeline.layout.grids import Grid
from pipeline.layout.ink import Components, Indices
from pipeline.layout.leaders import attach_leaders
from pipeline.layout.lines import line_region, rows_of_all_sizes
from pipeline.layout.marks import attach_marks
from pipeline.layout.sizes import settle_sizes
from pipeline.model import Box, Ink, LineRegion

_ONE_SHAPE = 1.5
"""A line is up to this many body heights wide if it is a single shape."""

_DASH, _DASH_HEIGHT = 0.25, 0.42
"""A dash is at least this many body heights wide, and its middle is this far above the baseline."""

_FLAT, _SPECK = 1.5, 0.5
"""A speck is less than the first times wider than high, and smaller than the second many body heights."""

_LETTER_PART, _WORDS_APART = 0.4, 1.0
"""Ink as large as the first many body heights is of a letter; it is of a line that ends within the second."""

_HALF_WORN = 0.3, 1.5
"""The middle of the half of a worn letter is within these many body heights below and above the baseline."""

_MARKED = 1.75
"""Marks reach this many body heights above the baseline."""


def cell_lines(grid: Grid, components: Components, owners: Indices, dpi: int) -> dict[int, list[LineRegion]]:
    """The lines of each cell, top to bottom, by the cell's place in ``grid.spans``.

    ``owners`` says in which cell each of the ``components`` is.
    """
    clips = tuple(grid.span_box(span) for span in grid.spans)
    rows = rows_of_all_sizes(components, owners, clips, dpi)
    members = attach_leaders(components, rows, attach_marks(components, rows, owners), owners)
    rows = settle_sizes(components, rows, members)
    lines: dict[int, list[LineRegion]] = {}
    for row, held in zip(rows, members, strict=True):
        lines.setdefault(row.region, []).append(line_region(components, row.baseline, held, Ink.PRINT))
    used = np.zeros(len(components), bool)
    for held in members:
        used[held] = True
    loose, cells = components.take(~used), owners[~used]
    body = commonest_body(lines, dpi)
    for i, broken in lines.items():
        mine = np.flatnonzero(cells == i)
        whole = [_with_ends(line, loose.take(mine)) for line in _joined(broken)]
        lines[i] = sorted(whole, key=lambda line: line.baseline_left)
        parts = np.any([_is_part(line, loose.take(mine)) for line in whole], axis=0)
        cells[mine[parts]] = -1
    return _with_dashes(grid, loose, cells, lines, body)


def _base(line: LineRegion, x: float) -> float:
    slope = (line.baseline_right - line.baseline_left) / max(line.box.width, 1.0)
    return line.baseline_left + slope * (x - line.box.x0)


def _joined(lines: list[LineRegion]) -> list[LineRegion]:
    """Lines at one height made one: neither worn letters nor a part of a line are lines of their own."""
    whole: list[LineRegion] = []
    for line in sorted(lines, key=lambda line: -line.box.width):
        x = line.box.centre[0]
        middle = _base(line, x) - line.body_height / 2
        host = next((h for h in whole if _is_of(h, _base(h, x) - middle)), None)
        if host is None:
            whole.append(line)
        else:
            whole[whole.index(host)] = _around(host, line.box)
    return whole


def _is_of(host: LineRegion, above: float) -> bool:
    """Whether what has its middle so far ``above`` the baseline is of the line, if half worn."""
    return -_HALF_WORN[0] * host.body_height <= above <= _HALF_WORN[1] * host.body_height


def _around(line: LineRegion, box: Box) -> LineRegion:
    """``line`` with its box around ``box`` as well."""
    both = Box.around((line.box, box))
    return replace(line, box=both, baseline_left=_base(line, both.x0), baseline_right=_base(line, both.x1))


def _with_ends(line: LineRegion, loose: Components) -> LineRegion:
    """``line`` with the letters at its ends that are too worn for a row of consonants."""
    body = line.body_height
    letters = (loose.height >= _LETTER_PART * body) | (loose.width >= _LETTER_PART * body)
    middle = (loose.y0 + loose.y1) / 2
    above = _base(line, line.box.centre[0]) - middle
    letters &= (above >= 0.0) & (above <= body) & (loose.height <= 2 * body)
    near = np.flatnonzero(letters)
    for i in near[np.argsort(-loose.x1[near])]:
        if loose.x0[i] < line.box.x0 <= loose.x1[i] + _WORDS_APART * body:
            line = _around(line, loose.take(near[near == i]).box())
    for i in near[np.argsort(loose.x0[near])]:
        if loose.x0[i] - _WORDS_APART * body <= line.box.x1 < loose.x1[i]:
            line = _around(line, loose.take(near[near == i]).box())
    return line


def _is_part(line: LineRegion, loose: Components) -> NDArray[np.bool_]:
    """Which ink lies within ``line`` or where its marks may be."""
    x, y = (loose.x0 + loose.x1) / 2, (loose.y0 + loose.y1) / 2
    above = _base(line, line.box.centre[0]) - y
    inside = (line.box.x0 <= x) & (x <= line.box.x1)
    return np.asarray(inside & (above <= _MARKED * line.body_height) & (above >= -line.body_height))


def _with_dashes(
    grid: Grid, left_over: Components, owners: Indices, lines: dict[int, list[LineRegion]], body: float
) -> dict[int, list[LineRegion]]:
    """``lines`` with those that hold no consonant: ``-`` where there is nothing to say."""
    complete = {i: list(held) for i, held in lines.items()}
    left_over, owners = left_over.take(owners >= 0), owners[owners >= 0]
    drawn = (left_over.width >= _DASH * body) & (
        (left_over.width >= _FLAT * left_over.height)
        | (np.maximum(left_over.width, left_over.height) >= _SPECK * body)
    )
    for i in np.unique(owners[drawn]):
        mine = left_over.take((owners == i) & drawn)
        order = np.argsort(mine.y0)
        cuts = np.flatnonzero(np.diff(mine.y0[order]) > body) + 1
        for part in np.split(order, cuts):
            complete.setdefault(int(i), []).append(
                _borrowed_line(mine.take(part).box(), grid, int(i), lines, body)
            )
        complete[int(i)].sort(key=lambda line: line.baseline_left)
    return complete


def _borrowed_line(
    box: Box, grid: Grid, cell: int, lines: dict[int, list[LineRegion]], body: float
) -> LineRegion:
    """A line of ink without a consonant, such as a dash, on the baseline of the row's other cells."""
    row = grid.spans[cell].row
    middle = box.centre[1]
    bases = [
        line.baseline_left + grid.slope * (box.x0 - line.box.x0)
        for i, held in lines.items()
        if grid.spans[i].row == row
        for line in held
    ]
    fitting = [base for base in bases if 0.0 <= base - middle <= body]
    base = min(fitting, key=lambda b: abs(b - middle - body / 2), default=middle + _DASH_HEIGHT * body)
    return LineRegion(box, base, base + grid.slope * box.width, body)


def commonest_body(lines: dict[int, list[LineRegion]], dpi: int) -> float:
    """The table's commonest consonant height; 12-point text where it has no lines.

    A line of one shape may be a mark or a box to tick, and counts only where there is no other.
    """
    every = [line for held in lines.values() for line in held]
    if not every:
        return millimetres(1.8, dpi)
    words = [line for line in every if line.box.width > _ONE_SHAPE * line.body_height] or every
    heights = np.array([line.body_height for line in words])
    return mode(heights, np.array([line.box.width for line in words]), 1.0)
