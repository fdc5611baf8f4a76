"""The order of work on one page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.grids import find_grids
from pipeline.layout.ink import Components, components_of, ink_mask
from pipeline.layout.lines import find_lines
from pipeline.layout.nontext import text_components
from pipeline.layout.rulings import Ruling, erased, find_rulings, thin_ink
from pipeline.layout.stamps import find_marks, is_emblem, read_stamp
from pipeline.layout.tables import is_table, read_table
from pipeline.model import Box, PageImage, PageLayout, StampRegion

_LONG_RULING_MM = 15.0


def find_layout(page: PageImage) -> PageLayout:
    """Find the lines, tables, stamps and signatures of a cleaned, upright page."""
    frame = Box(0, 0, page.width, page.height)
    thin = thin_ink(page.print_ink, page.dpi)
    across, down, ruling_ink = find_rulings(page.print_ink, thin, page.dpi)
    grids = [grid for grid in find_grids(across, down, page.dpi) if is_table(grid, page.dpi)]
    boxes = [grid.box for grid in grids]
    marks = find_marks(thin, boxes, frame, page.dpi)
    chosen = [_worth_erasing(r, boxes, page.dpi) for r in (across, down)]
    mask = erased(ink_mask(page.print_ink), ruling_ink, *chosen, page.dpi)
    components = text_components(components_of(mask), frame, page.dpi)
    tables = [read_table(grid, components, frame, page.dpi) for grid in grids]
    components = _outside(components, boxes)
    stamps: list[StampRegion] = []
    for mark in marks:
        inside = mark.holds(components)
        if not is_emblem(mark, frame):
            stamps.append(read_stamp(mark, components.take(inside), page.dpi))
        components = components.take(~inside)
    lines = find_lines(components, frame, page.dpi)
    lines.sort(key=lambda line: (line.baseline_left, line.box.x0))
    return PageLayout(tuple(lines), tuple(tables), tuple(stamps))


def _outside(components: Components, boxes: Sequence[Box]) -> Components:
    free = np.ones(len(components), bool)
    for box in boxes:
        free &= ~components.centre_in(box)
    return components.take(free)


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
