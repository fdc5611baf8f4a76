"""The order of work on one page."""

from __future__ import annotations

import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.grids import find_grids
from pipeline.layout.ink import components_of, ink_mask
from pipeline.layout.lines import find_lines
from pipeline.layout.nontext import text_components
from pipeline.layout.rulings import Ruling, erased, find_rulings
from pipeline.layout.tables import is_table, read_table
from pipeline.model import Box, PageImage, PageLayout

_LONG_RULING_MM = 15.0


def find_layout(page: PageImage) -> PageLayout:
    """Find the lines, tables, stamps and signatures of a cleaned, upright page."""
    frame = Box(0, 0, page.width, page.height)
    across, down, ruling_ink = find_rulings(page.print_ink, page.dpi)
    grids = [grid for grid in find_grids(across, down, page.dpi) if is_table(grid)]
    mask = ink_mask(page.print_ink)
    boxes = [grid.box for grid in grids]
    mask = erased(mask, ruling_ink, *(_worth_erasing(r, boxes, page.dpi) for r in (across, down)), page.dpi)
    components = text_components(components_of(mask), frame, page.dpi)
    tables = [read_table(grid, components, frame, page.dpi) for grid in grids]
    free = np.ones(len(components), bool)
    for box in boxes:
        free &= ~components.centre_in(box)
    lines = find_lines(components.take(free), frame, page.dpi)
    lines.sort(key=lambda line: (line.baseline_left, line.box.x0))
    return PageLayout(tuple(lines), tuple(tables))


def _worth_erasing(rulings: list[Ruling], tables: list[Box], dpi: int) -> list[Ruling]:
    """Rulings of tables and long ones; a short one outside may be a stroke of a large letter."""
    return [
        r
        for r in rulings
        if r.length >= millimetres(_LONG_RULING_MM, dpi)
        or any(
            box.contains((r.start + r.end) / 2, (r.start_at + r.end_at) / 2)
            or box.contains((r.start_at + r.end_at) / 2, (r.start + r.end) / 2)
            for box in tables
        )
    ]
