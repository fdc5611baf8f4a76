"""Tables found against tables drawn, by Saraban and by img2table."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Box, PageLayout
from samples.geometry import PageGeometry, TableTruth

_SAME_CELL = 0.75
"""Two cells are the same when their intersection is this share of their union."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell of either program; ``ticked`` is None where the program does not say."""

    box: Box
    ticked: bool | None


def saraban_cells(layout: PageLayout) -> list[FoundCell]:
    """What layout found; a cell that it holds for text is not ticked."""
    return [
        FoundCell(cell.box, cell.tick.present if cell.tick else bool(cell.lines) and None)
        for table in layout.tables
        for cell in table.cells
    ]


def img2table_cells(python: Path, page: Path) -> list[FoundCell]:
    """What img2table with Tesseract found on a page image, run by the interpreter ``python``.

    It has no notion of a tick: a cell is ticked when any text was read in it.
    """
    script, answer = Path(__file__).with_name("img2table_cells.py"), page.with_suffix(".json")
    subprocess.run([python, script, page, answer], check=True, stdout=subprocess.DEVNULL)
    cells = json.loads(answer.read_text(encoding="utf-8"))
    return [FoundCell(Box(*cell["box"]), bool(cell["text"])) for cell in cells]


def score_tables(found: Sequence[FoundCell], truth: PageGeometry) -> Counter[str]:
    """Counts: cells, cells right; rows, rows all of whose cells are right; ticks, ticks right."""
    counts: Counter[str] = Counter()
    for table in truth.tables:
        counts.update(_score(found, table))
    return counts


def _score(found: Sequence[FoundCell], table: TableTruth) -> Counter[str]:
    counts: Counter[str] = Counter()
    wrong_rows: set[int] = set()
    for cell in table.cells:
        match = max(found, key=lambda other: _overlap(cell.box, other.box), default=None)
        right = match is not None and _overlap(cell.box, match.box) >= _SAME_CELL
        counts["cells"] += 1
        counts["cells_right"] += right
        if not right:
            wrong_rows.update(range(cell.row, cell.row + cell.row_span))
        if cell.tick is not None:
            counts["ticks"] += 1
            counts["ticks_right"] += right and match is not None and match.ticked is cell.tick
    counts["rows"] = table.rows
    counts["rows_right"] = table.rows - len(wrong_rows)
    return counts


def _overlap(first: Box, second: Box) -> float:
    shared = first.intersection(second)
    return shared / max(first.area + second.area - shared, 1e-6)
