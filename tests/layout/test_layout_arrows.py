"""Arrows through the columns of a plan's time, and seals over a table."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from pipeline.layout import find_layout
from pipeline.layout.frames import find_rings
from pipeline.layout.ink import ink_mask
from pipeline.layout.laid_over import laid_frames
from pipeline.layout.rulings import Ruling
from pipeline.layout.thin import strokes_of, thin_ink
from pipeline.model import StampShape, TableRegion
from tests.layout.layout_drawing import XS, YS, Drawing, cell_at, plan


def the_table(drawing: Drawing) -> TableRegion:
    (table,) = find_layout(drawing.page()).tables
    return table


def arrow(drawing: Drawing, x0: float, x1: float, y: float, heads: bool) -> None:
    drawing.strokes([(x0, y), (x1, y)], 0.35)
    for x, into in ((x0, 1.4), (x1, -1.4)) if heads else ():
        drawing.strokes([(x + into, y - 0.6), (x, y), (x + into, y + 0.6)], 0.3)


@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize("dpi", [150, 300])
def test_arrows_tick_the_cells_through_which_they_run_and_part_no_rows(dpi: int, heads: bool) -> None:
    drawing = plan(dpi)
    arrow(drawing, XS[3] + 0.6, XS[6] - 0.6, YS[1] + 6, heads)
    arrow(drawing, XS[5] + 0.6, XS[6] - 0.6, YS[2] + 7.5, heads)
    arrow(drawing, XS[5] + 0.6, XS[7] - 0.6, YS[3] + 7.5, heads)
    table = the_table(drawing)
    assert table.rows == 4
    ticked = {(1, 3), (1, 4), (1, 5), (2, 5), (3, 5), (3, 6)}
    for row in (1, 2, 3):
        for column in (3, 4, 5, 6):
            tick = cell_at(table, row, column).tick
            assert tick is not None
            assert tick.present == ((row, column) in ticked), (row, column)


def test_an_arrow_is_whole_between_the_walls_of_narrow_columns() -> None:
    drawing = Drawing(dpi=200)
    months = [100.0 + 7.0 * month for month in range(13)]
    drawing.grid([15, 25, *months], YS)
    for row, top in enumerate(YS[:-1]):
        drawing.text(17, top + 6, str(row), 14)
        drawing.text(27, top + 6, "โครงการส่งเสริมคุณธรรม", 14)
        drawing.text(27, top + 12, "จริยธรรมในหมู่บ้าน", 14)
    for row, (first, last) in enumerate([(3, 9), (0, 4), (8, 12)], 1):
        arrow(drawing, months[first] + 0.6, months[last] - 0.6, YS[row] + 5, heads=True)
    table = the_table(drawing)
    for row, (first, last) in enumerate([(3, 9), (0, 4), (8, 12)], 1):
        for month in range(12):
            tick = cell_at(table, row, 2 + month).tick
            assert tick is not None
            assert tick.present == (first <= month < last), (row, month)


def test_a_broken_line_through_a_cell_is_one_and_a_dash_is_none() -> None:
    drawing = plan()
    arrow(drawing, XS[3], XS[3] + 8, YS[1] + 7.5, heads=False)
    arrow(drawing, XS[3] + 9, XS[4], YS[1] + 7.6, heads=False)
    arrow(drawing, XS[4] + 8, XS[4] + 10, YS[1] + 7.5, heads=False)
    table = the_table(drawing)
    first, second = (cell_at(table, 1, column).tick for column in (3, 4))
    assert first is not None
    assert first.present
    assert second is None or not second.present


def test_a_blot_below_an_arrow_makes_no_row_of_what_is_above_it() -> None:
    drawing = plan()
    arrow(drawing, XS[3] + 0.6, XS[6] - 0.6, YS[2] + 5, heads=True)
    drawing.disc(XS[4] + 8, YS[2] + 10, 0.6)
    assert the_table(drawing).rows == 4


def test_a_ruling_between_cells_that_hold_but_discs_parts_rows() -> None:
    drawing = plan()
    drawing.line(XS[3], YS[2] + 7.5, XS[7], YS[2] + 7.5)
    for x in XS[3:7]:
        drawing.disc(x + 10, YS[2] + 3.8, 1.1)
        drawing.disc(x + 10, YS[2] + 11, 1.1)
    assert the_table(drawing).rows == 5


def test_a_ruling_over_cells_with_text_above_or_below_it_parts_rows() -> None:
    drawing = plan()
    drawing.line(XS[3], YS[2] + 7.5, XS[7], YS[2] + 7.5)
    drawing.text(XS[4] + 3, YS[2] + 13, "สำนักปลัด", 12)
    assert the_table(drawing).rows == 5


@pytest.mark.parametrize("pen", [False, True])
def test_the_circles_of_a_seal_over_a_table_are_neither_lines_nor_ticks(pen: bool) -> None:
    drawing = plan()
    if pen:
        drawing.strokes([(1, 1), (2, 2)], pen=True)
    image = drawing.pen if pen else drawing.image
    assert image is not None
    for radius in (15.5, 11.0):
        corners = [drawing.mm(v) for v in (125 - radius, 55 - radius, 125 + radius, 55 + radius)]
        ImageDraw.Draw(image).ellipse(corners, outline=0, width=drawing.mm(0.5))
    layout = find_layout(drawing.page())
    (seal,) = (stamp for stamp in layout.stamps if stamp.shape is not StampShape.SIGNATURE)
    assert seal.shape is (StampShape.SEAL if pen else StampShape.OTHER)
    assert seal.box.centre == pytest.approx((drawing.mm(125), drawing.mm(55)), abs=8)
    (table,) = layout.tables
    for row in (1, 2, 3):
        for column in (3, 4, 5, 6):
            cell = cell_at(table, row, column)
            assert cell.tick is None or not cell.tick.present


def test_a_whole_circle_is_that_of_a_seal_though_text_runs_through_it() -> None:
    drawing = Drawing(dpi=200)
    for y in YS:
        drawing.line(XS[0], y, XS[-1], y)
    for row, top in enumerate(YS[:-1]):
        drawing.text(18, top + 6, str(row), 12)
        for line in (6.0, 12.5):
            drawing.text(27, top + line, "โครงการส่งเสริมคุณธรรมจริยธรรมในหมู่บ้านตามหลักปรัชญา", 12)
        drawing.text(140, top + 6, "5,000", 12)
        drawing.text(170, top + 6, "กองช่าง", 12)
    corners = [drawing.mm(v) for v in (60 - 15, 48 - 15, 60 + 15, 48 + 15)]
    ImageDraw.Draw(drawing.image).ellipse(corners, outline=0, width=drawing.mm(0.6))
    (seal,) = find_layout(drawing.page()).stamps
    assert seal.box.centre == pytest.approx((drawing.mm(60), drawing.mm(48)), abs=8)


@pytest.mark.parametrize("turned", [-2.5, 0.0, 2.0])
def test_the_frame_of_a_stamp_over_a_table_is_found_and_rules_nothing(turned: float) -> None:
    drawing = plan()
    box = [drawing.mm(v) for v in (20, 38, 76, 55)]
    frame = Image.new("L", drawing.image.size, 255)
    ImageDraw.Draw(frame).rectangle(box, outline=0, width=drawing.mm(0.5))
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    frame = frame.rotate(turned, Image.Resampling.BICUBIC, center=centre, fillcolor=255)
    drawing.image = ImageChops.darker(drawing.image, frame)
    layout = find_layout(drawing.page())
    (table,), (stamp,) = layout.tables, layout.stamps
    assert (table.rows, table.columns) == (4, 7)
    assert stamp.shape is StampShape.OTHER
    assert stamp.box.centre == pytest.approx(centre, abs=8)


def test_walls_that_lean_are_no_sides_of_a_stamp() -> None:
    drawing = Drawing(width_mm=260)
    levels, walls = (20.0, 45.0, 60.0, 80.0), (15.0, 40.0, 125.0, 240.0)
    for y in levels:
        drawing.line(walls[0], y, walls[-1], y)
    for x in walls:
        drawing.line(x, levels[0], x + 0.7, levels[-1])
    top, bottom, left, right = (drawing.mm(v) for v in (levels[0], levels[-1], walls[0], walls[-1]))
    across = [Ruling(left, right, drawing.mm(y), drawing.mm(y), 3) for y in levels]
    down = [Ruling(top, bottom, drawing.mm(x), drawing.mm(x + 0.7), 3) for x in walls]
    page = drawing.page()
    assert laid_frames(thin_ink(page.print_ink, page.dpi), across, down) == []


def test_a_seal_is_found_among_print_though_its_radius_is_told_roughly() -> None:
    drawing = Drawing()
    drawing.grid([15, 190], [20, 140])
    for row in range(18):
        drawing.text(18, 27 + 6.2 * row, "โครงการส่งเสริมคุณธรรมจริยธรรมในหมู่บ้านตามหลักปรัชญาของเศรษฐกิจพอเพียง", 14)
    for radius in (15.6, 11.6):
        corners = [drawing.mm(v) for v in (90 - radius, 80 - radius, 90 + radius, 80 + radius)]
        ImageDraw.Draw(drawing.image).ellipse(corners, outline=0, width=drawing.mm(0.6))
    rings = find_rings(strokes_of(ink_mask(np.asarray(drawing.image)), drawing.dpi))
    assert any(np.hypot(ring.x - drawing.mm(90), ring.y - drawing.mm(80)) < drawing.mm(1.5) for ring in rings)
