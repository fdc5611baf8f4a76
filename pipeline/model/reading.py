"""Text as read: characters, lattices, lines, tables, pages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model.geometry import Box
from pipeline.model.images import Bend
from pipeline.model.layout import Ink, StampShape, Tick


@dataclass(frozen=True, slots=True)
class Character:
    """One recognised character (a Unicode code point), with what else it might be.

    ``alternatives`` are (text, probability) best first, without ``text`` itself; an empty text
    stands for "no character here".
    """

    text: str
    confidence: float
    x0: float
    x1: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """What the recogniser thought at each step of a line, for decoding under a grammar.

    ``symbols`` (T×K int16, indices into ``alphabet``; index 0 is the CTC blank) and ``scores``
    (T×K float32, natural log of probability, best first). Step ``t`` is centred on the page at
    x = ``x0 + (t + 0.5) * step`` pixels. ``alphabet[0]`` is the empty string.
    """

    symbols: NDArray[np.int16]
    scores: NDArray[np.float32]
    alphabet: tuple[str, ...]
    x0: float
    step: float


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text as read. ``characters`` and ``lattice`` are absent in transcripts.

    ``confidence`` is the probability that the whole of ``text`` is right, and 1.0 for
    transcripts, which carry no confidence of their own.
    """

    text: str
    box: Box
    confidence: float = 1.0
    characters: tuple[Character, ...] = ()
    lattice: Lattice | None = None
    baseline: float | None = None
    body_height: float | None = None
    ink: Ink = Ink.PRINT
    engine: str = "transcript"


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A table cell as read; ``text`` joins its lines with newlines."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...] = ()
    tick: Tick | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table as read: every cell once, those that span several rows or columns included."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    ruled: bool = True
    cut_above: bool = False
    cut_below: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StampText:
    """A stamp as read."""

    box: Box
    shape: StampShape
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page as read: all that later stages know of it. No pixels."""

    number: int
    width: int
    height: int
    dpi: int
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    stamps: tuple[StampText, ...] = ()
    rotation: int = 0
    skew: float = 0.0
    changes: tuple[str, ...] = ()
    bend: Bend | None = None

    @property
    def text(self) -> str:
        """Lines, then tables (tab-separated, one row a line), then stamps."""
        parts = [line.text for line in self.lines]
        for table in self.tables:
            rows: dict[int, list[Cell]] = {}
            for cell in table.cells:
                rows.setdefault(cell.row, []).append(cell)
            for _, cells in sorted(rows.items()):
                ordered = sorted(cells, key=lambda cell: cell.column)
                parts.append("\t".join(cell.text.replace("\n", " ") for cell in ordered))
        parts += [line.text for stamp in self.stamps for line in stamp.lines]
        return "\n".join(parts)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """Every line on the page, those in cells and stamps included."""
        cells = (line for table in self.tables for cell in table.cells for line in cell.lines)
        stamps = (line for stamp in self.stamps for line in stamp.lines)
        return (*self.lines, *cells, *stamps)
