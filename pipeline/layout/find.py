"""The order of work on one page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.frames import Frame, Ring
from pipeline.layout.grids import Grid, find_grids
from pipeline.layout.ink import Components, Mask, components_of, ink_mask
from pipeline.layout.lines import FoundLines, find_lines
from pipeline.layout.nontext import emblem_boxes, text_components
from pipeline.layout.pen import clusters, grown, is_signature, line_under, signature
from pipeline.layout.rulings import Ruling, erased, find_rulings
from pipeline.layout.stamps import find_marks, is_emblem, read_stamp
from pipeline.layout.tables import is_table, read_table
from pipeline.layout.thin import thin_ink
from pipeline.model import Box, Ink, LineRegion, PageImage, PageLayout, StampRegion, TableRegion

_LONG_RULING_MM = 15.0


def find_layout(page: PageImage) -> PageLayout:
    """Find the lines, tables, stamps and signatures of a cleaned, upright page."""
    frame = Box(0, 0, page.width, page.height)
    thin = thin_ink(page.print_ink, page.dpi)
    across, down, ruling_ink = find_rulings(thin, page.print_ink.shape)
    grids = [grid for grid in find_grids(across, down, thin) if is_table(grid, page.dpi)]
    boxes = [grid.box for grid in grids]
    chosen = [_worth_erasing(r, boxes, page.dpi) for r in (across, down)]
    mask = erased(ink_mask(page.print_ink), ruling_ink, *chosen, page.dpi)
    printed = text_components(components_of(mask), frame, page.dpi)
    pen_mask = None if page.colour_ink is None else ink_mask(page.colour_ink)
    tables = [_table(grid, mask, pen_mask, frame, page.dpi) for grid in grids]
    printed = _outside(printed, boxes)
    pen = _outside(components_of(pen_mask), boxes) if pen_mask is not None else printed.take(np.zeros(len(printed), bool))
    pen_marks: list[Frame | Ring] = []
    if page.colour_ink is not None:
        pen_marks = find_marks(thin_ink(page.colour_ink, page.dpi), boxes)
    stamps, printed = _printed_stamps(find_marks(thin, boxes), printed, frame, page.dpi)
    emblems = emblem_boxes(printed, frame, page.dpi)
    printed = _outside(printed, emblems)
    found = find_lines(printed, frame, page.dpi, emblems)
    stamps_in_pen, printed, pen, found = _pen_stamps(pen_marks, printed, pen, found, page.dpi)
    free = printed.take(~found.used(len(printed)))
    lines, signatures = _with_pen(found.lines, pen, free, frame, page.dpi)
    lines.sort(key=lambda line: (line.baseline_left, line.box.x0))
    return PageLayout(tuple(lines), tuple(tables), (*stamps, *stamps_in_pen, *signatures))


def _table(grid: Grid, mask: Mask, pen_mask: Mask | None, frame: Box, dpi: int) -> TableRegion:
    """A table is read from all its ink: ticks and figures may be in pen."""
    inked = mask if pen_mask is None else np.asarray(mask | pen_mask, np.uint8)
    return read_table(grid, inked, frame, dpi)


def _outside(components: Components, boxes: Sequence[Box]) -> Components:
    free = np.ones(len(components), bool)
    for box in boxes:
        free &= ~components.centre_in(box)
    return components.take(free)


def _printed_stamps(
    marks: list[Frame | Ring], printed: Components, frame: Box, dpi: int
) -> tuple[list[StampRegion], Components]:
    """Stamps in black, and the components that are in none of them."""
    stamps = []
    for mark in marks:
        inside = mark.holds(printed)
        if not is_emblem(mark, frame):
            stamps.append(read_stamp(mark, printed.take(inside), dpi))
        printed = printed.take(~inside)
    return stamps, printed


def _pen_stamps(
    marks: list[Frame | Ring], printed: Components, pen: Components, found: FoundLines, dpi: int
) -> tuple[list[StampRegion], Components, Components, FoundLines]:
    """Stamps in colour: their own ink, and black figures that lie wholly in the frame."""
    stamps = []
    lines, members = found.lines, found.members
    for mark in marks:
        inside = [mark.upright.intersection(line.box) > 0.85 * line.box.area for line in lines]
        figures = [part for part, held in zip(members, inside, strict=True) if held]
        black = printed.take(np.concatenate(figures)) if figures else printed.take(np.zeros(len(printed), bool))
        coloured = mark.holds(pen)
        stamps.append(read_stamp(mark, pen.take(coloured).plus(black), dpi))
        pen = pen.take(~coloured)
        lines = [line for line, held in zip(lines, inside, strict=True) if not held]
        members = [part for part, held in zip(members, inside, strict=True) if not held]
    return stamps, printed, pen, FoundLines(lines, members)


def _with_pen(
    lines: list[LineRegion], pen: Components, left_over: Components, frame: Box, dpi: int
) -> tuple[list[LineRegion], list[StampRegion]]:
    """Lines grown by the coloured pen on them, lines that are all in colour, and signatures."""
    lines = list(lines)
    loose = np.zeros(len(pen), bool)
    for cluster in clusters(pen, dpi):
        host = line_under(cluster, lines)
        if host is None:
            loose[cluster.members] = True
        else:
            lines[host] = grown(lines[host], cluster.box)
    pen = pen.take(loose)
    notes = find_lines(pen, frame, dpi, [], Ink.PEN)
    drawn = [c for ink in (pen.take(~notes.used(len(pen))), left_over) for c in clusters(ink, dpi)]
    return [*lines, *notes.lines], [signature(c) for c in drawn if is_signature(c, dpi)]


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
