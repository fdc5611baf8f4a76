"""Regions of a page before anyone has read them: lines, tables, ticks, stamps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.geometry import Box


class Ink(StrEnum):
    """Who put a line on the paper."""

    PRINT = "print"
    STAMP = "stamp"
    PEN = "pen"


@dataclass(frozen=True, slots=True)
class LineRegion:
    """Where a line of text is, before anyone has read it.

    The baseline runs from ``(box.x0, baseline_left)`` to ``(box.x1, baseline_right)``: the
    line on which consonants stand. ``body_height`` is the height of a consonant such as ก or น
    without marks, in pixels. ``box`` holds all ink of the line, marks above and below included.
    """

    box: Box
    baseline_left: float
    baseline_right: float
    body_height: float
    ink: Ink = Ink.PRINT


@dataclass(frozen=True, slots=True)
class Tick:
    """Whether a table cell holds a mark (✓ ✗ ☑ ● or hand-made), judged by its ink."""

    present: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class CellRegion:
    """A table cell as ruled: its place in the grid, its lines, and its tick if it has no text."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[LineRegion, ...]
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class TableRegion:
    """A table grid on one page. ``ruled`` is false where columns were inferred by alignment.

    ``cut_above``/``cut_below`` say that the grid touches the page's text area there, so a row
    may run on over the page break.
    """

    box: Box
    rows: int
    columns: int
    cells: tuple[CellRegion, ...]
    ruled: bool = True
    cut_above: bool = False
    cut_below: bool = False


class StampShape(StrEnum):
    """How a stamp was found."""

    RECEIVE_BOX = "receive_box"
    SEAL = "seal"
    SIGNATURE = "signature"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StampRegion:
    """A stamp, seal or signature; ``lines`` are read apart from the letter's own lines."""

    box: Box
    shape: StampShape
    lines: tuple[LineRegion, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The regions of one page; ``lines`` in reading order, none of them inside a table or stamp."""

    lines: tuple[LineRegion, ...]
    tables: tuple[TableRegion, ...] = ()
    stamps: tuple[StampRegion, ...] = ()
