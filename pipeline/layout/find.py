"""The order of work on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.arrows import arrows_in
from pipeline.layout.banded import FEWEST_RULINGS, find_banded
from pipeline.layout.bodies import body_height_of, millimetres
from pipeline.layout.borderless import find_borderless
from pipeline.layout.clots import parted_ink
from pipeline.layout.covered import covered_print
from pipeline.layout.crossed import crossed_lines
from pipeline.layout.crossing import crossing_groups
from pipeline.layout.frames import Frame, Ring
from pipeline.layout.grids import Grid, find_grids
from pipeline.layout.ink import Components, Mask, Numbers, components_of, ink_mask
from pipeline.layout.laid_over import laid_frames, without_frames, without_sides
from pipeline.layout.lines import FoundLines, find_lines
from pipeline.layout.lost_walls import runs_on, with_lost_pieces, with_lost_walls
from pipeline.layout.nontext import emblem_boxes, text_components
from pipeline.layout.pen import Cluster, clusters, grown, is_signature, line_under, signature, signs_over
from pipeline.layout.rulings import Ruling, find_rulings, ruling_ink, without_streaks
from pipeline.layout.seals import cleared, drawn_boxes, large_boxes, without_seals
from pipeline.layout.shreds import upright_places, without_shreds
from pipeline.layout.stamps import find_marks, is_emblem, outside_marks, printed_across, read_seal, read_stamp
from pipeline.layout.tables import is_table, read_table
from pipeline.layout.thin import thin_ink
from pipeline.model import Box, Ink, LineRegion, PageImage, PageLayout, StampRegion, StampShape, TableRegion

_LONG_RULING_MM = 15.0
_SOLID = 0.8
"""A ruling with less ink than this share of its length is dotted."""

_FEWEST_CROSSING = 3
"""Of the rulings of a worn table at least so many cross others, both ways."""

_SAME = 0.5
"""A table of which alignment covers this share is the same table."""

_IN_FRAME = 0.85
"""A black line of which this share lies in a coloured frame was stamped or written into it."""


def find_layout(page: PageImage) -> PageLayout:
    """Find the lines, tables, stamps and signatures of a cleaned, upright page.

    Coordinates are pixels of ``page``. Lines come in reading order: top to bottom, and left
    before right where two stand side by side.
    """
    frame = Box(0, 0, page.width, page.height)
    drawn = _find_drawn(page)
    pen_mask, marks = None, list[Frame | Ring]()
    if page.colour_ink is not None:
        pen_mask, marks = ink_mask(page.colour_ink), find_marks(thin_ink(page.colour_ink, page.dpi), (), ())
    # Over a table, stamps and signatures tick none of its cells.
    large = [] if pen_mask is None else large_boxes(pen_mask, marks, page.dpi)
    stamped = [*large, *([] if pen_mask is None else drawn_boxes(marks, pen_mask, page.dpi))]
    written = None if pen_mask is None else cleared(pen_mask, stamped, page.dpi)
    pen = components_of(np.zeros((1, 1), np.uint8) if pen_mask is None else pen_mask)
    ink = text_components(drawn.ink, frame, page.dpi)
    grids = _mended(drawn, ink, _outside(pen, stamped), frame, page.dpi)
    tables = [_table(grid, drawn.mask, written, frame, page.dpi) for grid in grids]
    boxes = [grid.box for grid in grids]
    printed = _outside(ink, boxes)
    written_in = _written_in(drawn.marks, pen, stamped)
    stamps, printed, emblems = _printed_stamps(drawn, printed, pen.take(written_in), frame, page.dpi)
    pen = pen.take(~written_in)
    found = find_lines(printed, frame, page.dpi, emblems)
    aligned = find_borderless(found, printed, drawn.uprights, _outside(pen, stamped))
    if aligned is not None:
        grid, held = aligned
        tables.append(_table(grid, drawn.mask, written, frame, page.dpi))
        boxes.append(grid.box)
        found = found.without(held)
    left_over = _outside(printed.take(~found.used(len(printed))), boxes)
    lines, pen_stamps, pen = _pen_stamps(marks, printed, _outside(pen, boxes), found, page.dpi)
    over_tables = [b for b in large if any(t.intersection(b) > 0 for t in boxes)]
    over_tables += [stamp.upright for stamp in drawn.laid]
    pen_stamps += [StampRegion(box, StampShape.OTHER) for box in over_tables]
    lines = crossed_lines(lines, left_over, drawn.mask)
    lines, signatures = _with_pen(lines, pen, left_over, frame, page.dpi)
    return PageLayout(_in_reading_order(lines), tuple(tables), (*stamps, *pen_stamps, *signatures))


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """What is drawn in black: tables, frames and rings; ``mask`` is the ink without their rulings.

    ``ink`` are the components of the mask.
    Of the rulings of ``worn`` tables only specks are left, if anything; ``uprights`` are the places (x) of
    those that stood between columns. ``levels`` are all level rulings outside of stamps, ``seals`` those over
    tables, whose circles are not in the mask either.
    """

    grids: list[Grid]
    marks: list[Frame | Ring]
    mask: Mask
    ink: Components
    worn: bool
    uprights: Numbers
    levels: list[Ruling]
    laid: list[Frame | Ring]


def _find_drawn(page: PageImage) -> _Drawn:
    thin = thin_ink(page.print_ink, page.dpi)
    across, down, inks = find_rulings(thin)
    height, width = page.print_ink.shape
    drawn = without_streaks(across, width), without_streaks(down, height)
    marks = find_marks(thin, *drawn)
    laid = laid_frames(thin, *drawn)
    level, upright = (without_sides(drawn[way], laid, page.dpi, upright=way == 1) for way in (0, 1))
    free = outside_marks(level, marks, upright=False), outside_marks(upright, marks, upright=True)
    groups = crossing_groups(*free, page.dpi)
    grids = [grid for grid in find_grids(groups, thin) if is_table(grid, page.dpi)]
    boxes = [grid.box for grid in grids]
    marks = [m for m in marks if all(m.upright.intersection(box) < 0.3 * m.upright.area for box in boxes)]
    crossing = [[r for group in groups for r in group[way]] for way in (0, 1)]
    worth = [
        _worth_erasing(*rulings, boxes, page.dpi) for rulings in zip((across, down), crossing, strict=True)
    ]
    worn = thin.worn and any(min(map(len, group)) >= _FEWEST_CROSSING for group in groups)
    if worn:
        worth = [across, down]
    arrows = [ruling for grid in grids for ruling in arrows_in(grid, across, thin)]
    worth[0] = [ruling for ruling in worth[0] if ruling not in arrows]
    ruled = ruling_ink(thin, inks, worth[0], worth[1], page.print_ink.shape)
    mask, ink = parted_ink(page.print_ink, ruled, page.dpi)
    if worn:
        mask = without_shreds(mask, worth[0], down, arrows, page.dpi)
    uprights = upright_places(drawn[1], page.dpi) if worn else np.zeros(0)
    seals, mask = without_seals(mask, boxes or _between(free[0]), marks, page.dpi)
    mask = without_frames(mask, laid, page.dpi)
    if worn or seals or laid:
        ink = components_of(mask)
    return _Drawn(grids, marks, mask, ink, worn, uprights, free[0], [*seals, *laid])


def _between(levels: list[Ruling]) -> list[Box]:
    """The box around level rulings that may be those of a table; none where these are too few."""
    if len(levels) < FEWEST_RULINGS:
        return []
    return [
        Box.around(Box(r.start, min(r.start_at, r.end_at), r.end, max(r.start_at, r.end_at)) for r in levels)
    ]


def _mended(drawn: _Drawn, ink: Components, pen: Components, frame: Box, dpi: int) -> list[Grid]:
    """The grids, lost walls put back; of worn ones, and where rulings run on beyond a last wall, only those
    of which alignment tells no more cells.

    Where rulings do not cross, those across may part rows.
    """
    body = body_height_of(ink, dpi)
    if body is None:
        return drawn.grids
    if not drawn.grids:
        return find_banded(drawn.levels, ink, body, dpi)
    grids = [with_lost_walls(grid, ink, body) for grid in drawn.grids] if drawn.worn else drawn.grids
    grids = [with_lost_pieces(grid, ink, body) for grid in grids]
    if not drawn.worn and not any(runs_on(grid, drawn.levels, dpi) for grid in grids):
        return grids
    aligned = find_borderless(find_lines(ink, frame, dpi, []), ink, drawn.uprights, pen)
    return grids if aligned is None else [g for g in grids if not _is_finer(aligned[0], g)]


def _is_finer(aligned: Grid, ruled: Grid) -> bool:
    """Whether a grid told by alignment has more cells than the ruled one that it covers.

    Without headings that is no evidence: shreds of rulings may stand in columns too.
    """
    covered = ruled.box.intersection(aligned.box) >= _SAME * ruled.box.area
    parted = aligned.rows > ruled.rows or aligned.columns > ruled.columns
    return covered and bool(aligned.heading_rows) and parted and len(aligned.spans) > len(ruled.spans)


def _worth_erasing(
    rulings: list[Ruling], crossing: list[Ruling], tables: list[Box], dpi: int
) -> list[Ruling]:
    """Rulings of tables, which are among those that cross others, and long solid ones.

    A short one outside may be a stroke of a large letter, and a dotted one is a leader: text.
    """
    long = [r for r in rulings if r.length >= millimetres(_LONG_RULING_MM, dpi) and r.inked >= _SOLID]
    return [*long, *(r for r in crossing if r not in long and any(_middle_in(box, r) for box in tables))]


def _middle_in(box: Box, ruling: Ruling) -> bool:
    """Whether the middle of a ruling, taken for a level or an upright one, is in ``box``."""
    along, at = (ruling.start + ruling.end) / 2, (ruling.start_at + ruling.end_at) / 2
    return box.contains(along, at) or box.contains(at, along)


def _table(grid: Grid, mask: Mask, written: Mask | None, frame: Box, dpi: int) -> TableRegion:
    """A table is read from all its ink: ticks and figures may be in pen."""
    inked = mask if written is None else np.asarray(mask | written, np.uint8)
    return read_table(grid, inked, frame, dpi)


def _outside(components: Components, boxes: Sequence[Box]) -> Components:
    free = np.ones(len(components), bool)
    for box in boxes:
        free &= ~components.centre_in(box)
    return components.take(free)


def _written_in(marks: list[Frame | Ring], pen: Components, stamped: Sequence[Box]) -> NDArray[np.bool_]:
    """Which coloured ink was written or stamped into frames in black, and is of no coloured stamp itself."""
    inside = np.zeros(len(pen), bool)
    for mark in marks:
        if isinstance(mark, Frame):
            inside |= mark.holds(pen)
    for box in stamped:
        inside &= ~pen.centre_in(box)
    return inside


def _printed_stamps(
    drawn: _Drawn, printed: Components, written_in: Components, frame: Box, dpi: int
) -> tuple[list[StampRegion], Components, list[Box]]:
    """Stamps in black with what is written in them, the components that are in none of them or print under
    one, and the emblems."""
    held = []
    for mark in drawn.marks:
        inside = mark.holds(printed)
        held.append((mark, printed.take(inside)))
        printed = printed.take(~inside)
    emblems = emblem_boxes(printed, frame, dpi)
    printed = _outside(printed, emblems)
    around = find_lines(printed, frame, dpi, emblems).lines if held else []
    stamps = []
    for mark, ink in held:
        if isinstance(mark, Frame):
            covered = covered_print(around, mark, ink)
            printed = printed.plus(ink.take(covered))
            written = written_in.take(mark.holds(written_in))
            stamps.append(read_stamp(mark, ink.take(~covered).plus(written), dpi))
        elif not is_emblem(mark, frame):
            stamps.append(read_seal(mark, ink, drawn.mask, dpi))
    return stamps, printed, emblems


def _pen_stamps(
    marks: list[Frame | Ring], printed: Components, pen: Components, found: FoundLines, dpi: int
) -> tuple[list[LineRegion], list[StampRegion], Components]:
    """The lines and the coloured ink in no coloured stamp, and these stamps.

    Black figures that lie wholly in a coloured frame belong to it, and so do black lines across a coloured
    seal; print that a frame covers does not.
    """
    stamps = []
    held = np.zeros(len(found.lines), bool)
    for mark in marks:
        inside = _lines_within(mark, found.lines)
        coloured = mark.holds(pen)
        if isinstance(mark, Ring):
            across = [line for line, is_in in zip(found.lines, inside, strict=True) if is_in]
            stamps.append(printed_across(read_stamp(mark, pen.take(coloured), dpi), across))
        else:
            figures = _ink_of(found, inside, printed)
            stamps.append(read_stamp(mark, pen.take(coloured).plus(figures), dpi))
        pen = pen.take(~coloured)
        held |= inside
    lines = [line for line, is_in in zip(found.lines, held, strict=True) if not is_in]
    return lines, stamps, pen


def _ink_of(found: FoundLines, chosen: NDArray[np.bool_], printed: Components) -> Components:
    """The components of the ``chosen`` lines."""
    held = [part for part, is_chosen in zip(found.members, chosen, strict=True) if is_chosen]
    return printed.take(np.concatenate(held) if held else np.zeros(0, np.int64))


def _lines_within(mark: Frame | Ring, lines: list[LineRegion]) -> NDArray[np.bool_]:
    shares = [mark.upright.intersection(line.box) / max(line.box.area, 1.0) for line in lines]
    return np.array(shares, np.float64) > _IN_FRAME


def _with_pen(
    lines: list[LineRegion], pen: Components, left_over: Components, frame: Box, dpi: int
) -> tuple[list[LineRegion], list[StampRegion]]:
    """Lines grown by the coloured pen on them, lines that are all in colour, and signatures."""
    lines = list(lines)
    loose = np.zeros(len(pen), bool)
    strokes: list[Cluster] = []
    for cluster in clusters(pen, dpi):
        host = line_under(cluster, lines)
        if host is None:
            loose[cluster.members] = True
        elif signs_over(cluster, pen, lines[host], dpi):
            strokes.append(cluster)
        else:
            lines[host] = grown(lines[host], cluster.box)
    pen = pen.take(loose)
    notes = find_lines(pen, frame, dpi, [], Ink.PEN)
    strokes += [c for ink in (pen.take(~notes.used(len(pen))), left_over) for c in clusters(ink, dpi)]
    return [*lines, *notes.lines], [signature(c) for c in strokes if is_signature(c, dpi)]


def _in_reading_order(lines: list[LineRegion]) -> tuple[LineRegion, ...]:
    """Top to bottom; lines whose bodies are at the same height from left to right."""
    remaining = sorted(lines, key=lambda line: line.baseline_left)
    ordered: list[LineRegion] = []
    while remaining:
        first = remaining[0]
        beside = [
            line for line in remaining if line.baseline_left - first.baseline_left <= 0.5 * first.body_height
        ]
        ordered += sorted(beside, key=lambda line: line.box.x0)
        remaining = remaining[len(beside) :]
    return tuple(ordered)
