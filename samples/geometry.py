"""What a rendered page holds and where, and how that moves when the page is turned or shifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Ink, StampShape

Affine = NDArray[np.float64]
"""A 2x3 matrix: ``(x', y') = A[:, :2] @ (x, y) + A[:, 2]``, in pixels."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A part of a line that was put down in one go; ``box`` holds its ink, in pixels."""

    text: str
    box: Box
    ink: Ink


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text on a rendered page, in pixels.

    The baseline runs from ``(box.x0, baseline_left)`` to ``(box.x1, baseline_right)``;
    ``body_height`` is the height of ก. ``ink`` is who put most of the line there; hand-written
    insertions show in ``runs``. ``role`` says what the line is in its document.
    """

    text: str
    box: Box
    baseline_left: float
    baseline_right: float
    body_height: float
    ink: Ink
    runs: tuple[TextRun, ...]
    role: str = "body"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as ruled. ``tick`` is None where the column is not one of ticks."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[TextLine, ...] = ()
    tick: bool | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableTruth:
    """A table on one page; every cell once, spanning ones included."""

    box: Box
    rows: int
    columns: int
    cells: tuple[TableCell, ...]
    cut_above: bool = False
    cut_below: bool = False


@dataclass(frozen=True, slots=True)
class StampTruth:
    """A receive stamp, a seal, a signature or (``OTHER``) a QR code, with the lines in it."""

    box: Box
    shape: StampShape
    lines: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """Everything on a page: ``lines`` hold none of those in tables and stamps."""

    lines: tuple[TextLine, ...] = ()
    tables: tuple[TableTruth, ...] = ()
    stamps: tuple[StampTruth, ...] = ()

    @property
    def all_lines(self) -> tuple[TextLine, ...]:
        in_cells = (line for table in self.tables for cell in table.cells for line in cell.lines)
        in_stamps = (line for stamp in self.stamps for line in stamp.lines)
        return (*self.lines, *in_cells, *in_stamps)


def move_box(box: Box, matrix: Affine) -> Box:
    """The smallest upright box around ``box`` after ``matrix``."""
    corners = np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x0, box.y1], [box.x1, box.y1]])
    moved = corners @ matrix[:, :2].T + matrix[:, 2]
    (x0, y0), (x1, y1) = moved.min(axis=0), moved.max(axis=0)
    return Box(float(x0), float(y0), float(x1), float(y1))


def move_line(line: TextLine, matrix: Affine) -> TextLine:
    """``line`` after ``matrix``: boxes follow the runs, so a long tilted line stays tight."""
    runs = tuple(replace(run, box=move_box(run.box, matrix)) for run in line.runs)
    box = Box.around(run.box for run in runs)
    ends = np.array([[line.box.x0, line.baseline_left], [line.box.x1, line.baseline_right]])
    (left_x, left_y), (right_x, right_y) = ends @ matrix[:, :2].T + matrix[:, 2]
    slope = (right_y - left_y) / max(1e-6, right_x - left_x)
    return replace(
        line,
        box=box,
        runs=runs,
        baseline_left=float(left_y + slope * (box.x0 - left_x)),
        baseline_right=float(left_y + slope * (box.x1 - left_x)),
        body_height=line.body_height * float(np.hypot(matrix[0, 1], matrix[1, 1])),
    )


def _move_lines(lines: Iterable[TextLine], matrix: Affine) -> tuple[TextLine, ...]:
    return tuple(move_line(line, matrix) for line in lines)


def _move_table(table: TableTruth, matrix: Affine) -> TableTruth:
    cells = tuple(
        replace(cell, box=move_box(cell.box, matrix), lines=_move_lines(cell.lines, matrix))
        for cell in table.cells
    )
    return replace(table, box=move_box(table.box, matrix), cells=cells)


def move_stamp(stamp: StampTruth, matrix: Affine) -> StampTruth:
    """``stamp`` with its lines after ``matrix``."""
    return replace(stamp, box=move_box(stamp.box, matrix), lines=_move_lines(stamp.lines, matrix))


def move_page(page: PageGeometry, matrix: Affine) -> PageGeometry:
    """Everything on ``page`` after ``matrix``."""
    return PageGeometry(
        _move_lines(page.lines, matrix),
        tuple(_move_table(table, matrix) for table in page.tables),
        tuple(move_stamp(stamp, matrix) for stamp in page.stamps),
    )


def turn(degrees: float, centre: tuple[float, float], shift: tuple[float, float] = (0.0, 0.0)) -> Affine:
    """Turn clockwise about ``centre`` (y points down), then shift."""
    angle = np.deg2rad(degrees)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    x, y = centre
    return np.array(
        [
            [cos, -sin, x - cos * x + sin * y + shift[0]],
            [sin, cos, y - sin * x - cos * y + shift[1]],
        ]
    )
