"""From rulings to a grid: rows × columns, with cells that span several of either.

Rulings that cross form a group. Along its own (slightly turned) axes, horizontal rulings cluster
into row boundaries and vertical ones into column boundaries. Two neighbouring places of the grid are
one cell where no ruling runs between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.blanks import blank_places
from pipeline.layout.bodies import millimetres
from pipeline.layout.crossing import TOUCH_MM
from pipeline.layout.ink import Components, Indices, Numbers
from pipeline.layout.rulings import Ruling
from pipeline.layout.thin import ThinInk
from pipeline.layout.walls import (
    COVERED,
    Walls,
    covered_share,
    floor_traces,
    run_through,
    side_traces,
    traced_walls,
)
from pipeline.model import Box

_END = 0.15
"""A ruling that ends on another one ends within this share of its own length, or as near as rulings meet."""

_WORN_END = 0.05
"""At one end it may be this part of its length too short."""

SAME_BOUNDARY_MM = 1.8
_OPEN_SIDE_MM = 4.0
"""A grid is open at a side where its rulings run on this far beyond the last one across."""

_LEAST_OPEN = 3
_OPEN_AGREE = 0.6
"""So many rulings must stick out there, or both where a table has but two, and this share of them end at one
place."""

_UPRIGHT = 0.3
"""A column boundary counts as ruled when this share of it is."""

_FEWEST_PARTED = 6
"""Of so many rows and more, one that is ruled less, and not in the first row, is none: the upright strokes of
letters that stand above one another at the beginning of entries (โครงการ…)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell's place: its first row and column, and how many it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Boundaries in turned coordinates (x + slope·y, y − slope·x), and the cells between them.

    ``uprights`` counts the column boundaries that are ruled (those at open sides are not), and
    ``ruled`` is the share of all inner and outer sides of places that is. ``heading_rows`` says how many
    rows hold headings, where that is known.
    """

    row_edges: NDArray[np.float64]
    column_edges: NDArray[np.float64]
    slope: float
    spans: tuple[Span, ...]
    uprights: int
    ruled: float
    heading_rows: int | None = None

    @property
    def rows(self) -> int:
        return len(self.row_edges) - 1

    @property
    def columns(self) -> int:
        return len(self.column_edges) - 1

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Turned coordinates back to page pixels."""
        return x - self.slope * y, y + self.slope * x

    def span_box(self, span: Span) -> Box:
        """The upright box around a cell."""
        xs = self.column_edges[[span.column, span.column + span.column_span]]
        ys = self.row_edges[[span.row, span.row + span.row_span]]
        corners = [self.point(float(x), float(y)) for x in xs for y in ys]
        return Box(
            min(c[0] for c in corners),
            min(c[1] for c in corners),
            max(c[0] for c in corners),
            max(c[1] for c in corners),
        )

    @property
    def box(self) -> Box:
        return self.span_box(Span(0, 0, self.rows, self.columns))

    def turned(self, components: Components) -> tuple[Numbers, Numbers]:
        """The turned coordinates of the centres of components."""
        x, y = (components.x0 + components.x1) / 2, (components.y0 + components.y1) / 2
        return x + self.slope * y, y - self.slope * x

    def places(self, across: Numbers, down: Numbers) -> tuple[Indices, Indices, NDArray[np.bool_]]:
        """The rows and columns of points in turned coordinates, and which of them lie in the grid."""
        row = np.searchsorted(self.row_edges, down, side="right") - 1
        column = np.searchsorted(self.column_edges, across, side="right") - 1
        return row, column, (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)

    def cells_of(self, components: Components) -> Indices:
        """For each component, the index into ``spans`` of the cell that holds its centre, or -1."""
        row, column, inside = self.places(*self.turned(components))
        owner = self.owners()
        return np.where(inside, owner[row.clip(0, self.rows - 1), column.clip(0, self.columns - 1)], -1)

    def owners(self) -> Indices:
        """For each place (rows × columns), the index into ``spans`` of the cell over it, or -1."""
        owner = np.full((self.rows, self.columns), -1, np.int64)
        for i, s in enumerate(self.spans):
            owner[s.row : s.row + s.row_span, s.column : s.column + s.column_span] = i
        return owner


def find_grids(groups: list[tuple[list[Ruling], list[Ruling]]], thin: ThinInk) -> list[Grid]:
    """The grid of every group of crossing rulings that has at least two boundaries each way."""
    grids = [_grid(across, down, thin) for across, down in groups if len(across) >= 2 and down]
    return [grid for grid in grids if grid is not None]


def turned(rulings: list[Ruling], slope: float, upright: bool) -> NDArray[np.float64]:
    """(start, end, position) of each ruling in coordinates turned by ``slope``."""
    table = []
    for r in rulings:
        middle, at = (r.start + r.end) / 2, (r.start_at + r.end_at) / 2
        sign = 1.0 if upright else -1.0
        along = -sign * slope * at
        table.append((r.start + along, r.end + along, at + sign * slope * middle))
    return np.array(table, np.float64)


def _grid(across: list[Ruling], down: list[Ruling], thin: ThinInk) -> Grid | None:
    dpi = thin.dpi * thin.factor
    slope = float(np.average([r.slope for r in across], weights=[r.length for r in across]))
    horizontal, vertical = turned(across, slope, False), turned(down, slope, True)
    touch, same = millimetres(TOUCH_MM, dpi), millimetres(SAME_BOUNDARY_MM, dpi)
    horizontal, vertical = (
        _anchored(horizontal, vertical, touch, same),
        _anchored(vertical, horizontal, touch, same),
    )
    if len(horizontal) < 2 or not len(vertical):
        return None
    beyond = millimetres(_OPEN_SIDE_MM, dpi)
    row_edges = _with_open_sides(clustered(horizontal, same), vertical, beyond)
    column_edges = _with_open_sides(clustered(vertical, same), horizontal, beyond)
    if len(row_edges) < 2 or len(column_edges) < 2:
        return None

    def sides_between(rows: NDArray[np.float64]) -> Walls:
        shares = covered_share(vertical, column_edges, rows, 2 * same)
        return traced_walls(shares, side_traces(thin, rows, column_edges, slope)).T

    kept = _parting(sides_between(row_edges))
    shares = covered_share(horizontal, row_edges, column_edges[kept], 2 * same)
    whole = _whole(shares) & ~_through_cells(shares, blank_places(thin, row_edges, column_edges[kept], slope))
    row_edges, shares = row_edges[whole], shares[whole]
    sides, column_edges = sides_between(row_edges)[:, kept], column_edges[kept]
    floors = traced_walls(shares, floor_traces(thin, row_edges, column_edges, slope))
    if thin.worn:
        floors = run_through(floors, column_edges)
    ruled = (floors.sum() + sides.sum()) / (floors.size + sides.size)
    uprights = int((sides.mean(axis=0) >= _UPRIGHT).sum())
    return Grid(row_edges, column_edges, slope, spans_between(floors, sides), uprights, float(ruled))


def _whole(shares: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which edges of rows are ruled over most of some cell; ``shares`` are the covered ones, edges × columns.

    Others are the sides of a stamp over the table. The first and the last edge may be but traces.
    """
    whole = np.asarray((shares >= COVERED).any(axis=1))
    whole[[0, -1]] = True
    return whole


def _through_cells(shares: NDArray[np.float64], blank: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which edges of rows part nothing: arrows, in whose columns the places above and below are ``blank``.

    Edges over all columns part rows, be these as empty as they may.
    """
    ruled = shares >= COVERED
    partly = ruled.any(axis=1) & ~ruled.all(axis=1)
    nothing = (blank[:-1] & blank[1:] | ~ruled[1:-1]).all(axis=1)
    return np.asarray(partly & np.concatenate(([False], nothing, [False])))


def _parting(sides: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which edges of columns part enough of the rows; ``sides`` are rows × edges."""
    parting = (sides.mean(axis=0) >= _UPRIGHT) | sides[0] | (len(sides) < _FEWEST_PARTED)
    parting[[0, -1]] = True
    return np.asarray(parting)


def _anchored(
    rulings: NDArray[np.float64], crossing: NDArray[np.float64], touch: float, same: float
) -> NDArray[np.float64]:
    """The rulings both of whose ends lie on a crossing one or at the edge of the group.

    What ends in the open is an underline or a stroke, not a boundary. One end of a worn ruling may be
    a little short of its place.
    """
    if not len(rulings) or not len(crossing):
        return rulings
    stops = np.concatenate((crossing[:, 2], [rulings[:, 0].min(), rulings[:, 1].max()]))
    length = rulings[:, 1] - rulings[:, 0]
    reach = np.minimum(1.5 * touch, _END * length)
    off = np.array([np.abs(stops[None, :] - rulings[:, end, None]).min(axis=1) for end in (0, 1)])
    near = (off.min(axis=0) <= reach) & (off.max(axis=0) <= np.maximum(reach, _WORN_END * length))
    # A broken ruling may end anywhere, yet all its pieces are far longer than an underline.
    pieces = np.abs(rulings[:, None, 2] - rulings[None, :, 2]) <= same
    long = pieces @ length > 0.5 * length.max()
    return np.asarray(rulings[near | long], np.float64)


def clustered(rulings: NDArray[np.float64], same: float) -> NDArray[np.float64]:
    """Positions of the boundaries that the rulings make up."""
    ordered = rulings[np.argsort(rulings[:, 2])]
    cuts = np.flatnonzero(np.diff(ordered[:, 2]) > same) + 1
    return np.array(
        [np.average(part[:, 2], weights=part[:, 1] - part[:, 0]) for part in np.split(ordered, cuts)]
    )


def _with_open_sides(
    edges: NDArray[np.float64], crossing: NDArray[np.float64], beyond: float
) -> NDArray[np.float64]:
    """A boundary added where crossing rulings run on beyond the last one and end together.

    Not all need to: beside an open column of merged cells only those between its cells do.
    """
    step = 2.0 * float(np.diff(edges).max(initial=beyond))
    starts, ends = crossing[:, 0], crossing[:, 1]
    fewest = min(_LEAST_OPEN, max(2, len(clustered(crossing, beyond / 2))))
    first = _common_end(starts[(starts < edges[0] - beyond) & (starts > edges[0] - step)], fewest, beyond)
    last = _common_end(ends[(ends > edges[-1] + beyond) & (ends < edges[-1] + step)], fewest, beyond)
    return np.concatenate((first, edges, last))


def _common_end(ends: NDArray[np.float64], fewest: int, beyond: float) -> NDArray[np.float64]:
    """Where rulings that stick out end, if enough do and most of them at one place; else nothing."""
    if len(ends) < fewest:
        return np.zeros(0)
    middle = float(np.median(ends))
    agree = np.abs(ends - middle) <= beyond
    return np.array([middle]) if agree.mean() >= _OPEN_AGREE else np.zeros(0)


def spans_between(floors: NDArray[np.bool_], sides: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Cells as rectangles: from each free place right, then down, as long as no ruling is in between.

    ``floors[r, c]`` is the ruling above place (r, c), ``sides[r, c]`` the one at its left.
    """
    rows, columns = floors.shape[0] - 1, floors.shape[1]
    free = np.ones((rows, columns), bool)
    spans = []
    for row in range(rows):
        for column in range(columns):
            if not free[row, column]:
                continue
            right = column + 1
            while right < columns and free[row, right] and not sides[row, right]:
                right += 1
            below = row + 1
            while below < rows and _continues(floors, sides, free, below, column, right):
                below += 1
            free[row:below, column:right] = False
            spans.append(Span(row, column, below - row, right - column))
    return tuple(spans)


def _continues(
    floors: NDArray[np.bool_],
    sides: NDArray[np.bool_],
    free: NDArray[np.bool_],
    row: int,
    left: int,
    right: int,
) -> bool:
    """Whether the cell over columns ``left`` to ``right`` goes on into ``row``."""
    open_above = not floors[row, left:right].any()
    undivided = not sides[row, left + 1 : right].any()
    return bool(open_above and undivided and free[row, left:right].all())
