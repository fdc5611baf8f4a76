"""A table set again in the columns of the one that it goes on from.

After a page break worn rulings, or columns that only alignment tells, are often found otherwise than
above it. What both pages have in common says how the one lies to the other; then every line goes to the
column above in which it stands, and one that runs over an edge with a gap there is two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.model import Box, Cell, Character, Lattice, Line, Table, Tick

_SAME_EDGE = 0.008
"""Edges of columns that are nearer than this part of the table's width are the same."""

_SHIFT = 0.1
"""A page lies at most this part of the table's width to one side of the page above."""

_IN_COMMON = 0.6
_FEWEST_IN_COMMON, _ALL_IN_COMMON = 4, 3
"""At least this share of the edges of either table is the other's as well, and at least so many are; fewer
where they are all edges of a table as wide, in which those between other columns were not found."""

_GAP = 1.5
"""Characters of two columns are at least this many body heights apart, or have a space between them."""


def refitted(table: Table, above: Table) -> Table | None:
    """``table`` in the columns of ``above``, or None where the two have too few edges in common."""
    wanted, found = edges_of(above), edges_of(table)
    shift = _shift(wanted, found)
    if shift is None:
        return None
    edges = [edge + shift for edge in wanted]
    edges[0], edges[-1] = min(edges[0], found[0]), max(edges[-1], found[-1])
    near = _SAME_EDGE * (edges[-1] - edges[0])
    spanning = {(cell.column, cell.column_span) for cell in above.cells if cell.column_span > 1}
    cells: dict[tuple[int, int], list[Cell]] = {}
    for cell in table.cells:
        for part in _parts(cell, edges, near, spanning):
            cells.setdefault((part.row, part.column), []).append(part)
    whole = tuple(_merged(cells[place]) for place in sorted(cells))
    return replace(table, columns=above.columns, cells=whole)


def edges_of(table: Table) -> list[float]:
    """The columns' edges on the page: the median of the sides of the cells that end there."""
    sides: list[list[float]] = [[] for _ in range(table.columns + 1)]
    for cell in table.cells:
        sides[cell.column].append(cell.box.x0)
        sides[cell.column + cell.column_span].append(cell.box.x1)
    return [sorted(side)[len(side) // 2] if side else float("nan") for side in sides]


def _shift(wanted: Sequence[float], found: Sequence[float]) -> float | None:
    """By how much ``found`` lies to the right of ``wanted``, as most of the edges say; None if too few do."""
    width = wanted[-1] - wanted[0]
    shifts = [b - a for a in wanted for b in found if abs(b - a) <= _SHIFT * width]
    best, common = 0.0, 0
    for shift in sorted(shifts, key=abs):
        same = sum(min(abs(b - a - shift) for b in found) <= _SAME_EDGE * width for a in wanted)
        if same > common:
            best, common = shift, same
    fewest = max(_FEWEST_IN_COMMON, _IN_COMMON * min(len(wanted), len(found)))
    ends = abs(found[0] - wanted[0] - best), abs(found[-1] - wanted[-1] - best)
    all_edges = max(ends) <= _SAME_EDGE * width and common == len(found) >= _ALL_IN_COMMON
    return best if common >= fewest or all_edges else None


def _parts(cell: Cell, edges: Sequence[float], near: float, spanning: set[tuple[int, int]]) -> list[Cell]:
    """What of ``cell`` is in each column; a cell as wide as one above that spans columns stays whole."""
    columns = [
        column
        for column, (left, right) in enumerate(pairwise(edges))
        if cell.box.x0 - near <= (left + right) / 2 <= cell.box.x1 + near
    ] or [column_at(cell.box.centre[0], edges)]
    first, last = columns[0], columns[-1]
    if first == last or (first, last - first + 1) in spanning:
        return [replace(cell, column=first, column_span=last - first + 1)]
    lines: dict[int, list[Line]] = {column: [] for column in columns}
    for line in cell.lines:
        for part in split_at(line, edges[first + 1 : last + 1]):
            lines.setdefault(column_at(part.box.centre[0], edges), []).append(part)
    return [
        replace(
            cell,
            column=column,
            column_span=1,
            box=Box(edges[column], cell.box.y0, edges[column + 1], cell.box.y1),
            lines=tuple(held),
        )
        for column, held in lines.items()
    ]


def column_at(x: float, edges: Sequence[float]) -> int:
    """The column between ``edges`` in which ``x`` is, or the nearest."""
    return min(max(sum(edge <= x for edge in edges) - 1, 0), len(edges) - 2)


def split_at(line: Line, edges: Sequence[float]) -> list[Line]:
    """The line cut at each edge that falls on a space or into a gap between its characters."""
    cuts = [0]
    for place, (left, right) in enumerate(pairwise(line.characters), 1):
        gap = _GAP * (line.body_height or line.box.height / 2)
        apart = right.x0 - left.x1 >= gap or not (left.text.strip() and right.text.strip())
        if apart and any((left.x0 + left.x1) / 2 < edge < (right.x0 + right.x1) / 2 for edge in edges):
            cuts.append(place)
    if len(cuts) == 1:
        return [line]
    parts = (line.characters[start:end] for start, end in pairwise([*cuts, len(line.characters)]))
    return [_part(line, held) for held in parts if any(character.text.strip() for character in held)]


def _part(line: Line, characters: tuple[Character, ...]) -> Line:
    """These characters of ``line`` as a line of their own, which ends where what is printed does."""
    printed = [character for character in characters if character.text.strip()]
    left, right = printed[0].x0, max(character.x1 for character in printed)
    return replace(
        line,
        text="".join(character.text for character in characters).strip(),
        characters=characters,
        box=Box(left, line.box.y0, max(left, right), line.box.y1),
        lattice=None if line.lattice is None else _steps(line.lattice, left, right),
    )


def _steps(lattice: Lattice, left: float, right: float) -> Lattice:
    """The steps of ``lattice`` from ``left`` to ``right`` on the page."""
    start = max(0, int((left - lattice.x0) / lattice.step) - 1)
    end = int((right - lattice.x0) / lattice.step) + 2
    return replace(
        lattice,
        symbols=lattice.symbols[start:end],
        scores=lattice.scores[start:end],
        x0=lattice.x0 + start * lattice.step,
    )


def _merged(parts: Sequence[Cell]) -> Cell:
    """Cells of one row that are in one column made one."""
    if len(parts) == 1:
        return parts[0]
    lines = sorted((line for part in parts for line in part.lines), key=_height)
    ticks = [part.tick for part in parts if part.tick is not None]
    return replace(
        parts[0],
        box=Box.around(part.box for part in parts),
        row_span=max(part.row_span for part in parts),
        lines=tuple(lines),
        tick=max(ticks, key=_presence, default=None),
    )


def _height(line: Line) -> tuple[float, float]:
    return (line.box.y1 if line.baseline is None else line.baseline, line.box.x0)


def _presence(tick: Tick) -> tuple[bool, float]:
    return tick.present, tick.confidence
