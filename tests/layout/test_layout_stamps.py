"""Stamps: receive boxes and seals, in colour and in black, and the lines in them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.layout import find_layout
from pipeline.model import GreyImage, Ink, PageImage, StampShape
from tests.layout.layout_drawing import Drawing

BODY = ("ด้วยจังหวัดได้รับแจ้งจากกรมส่งเสริมการปกครองท้องถิ่นว่า", "การดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต")


def receive_stamp(turned: float, dpi: int = 200) -> Image.Image:
    """A receive stamp of 55 × 32 mm, turned clockwise, with some paper around it."""
    drawing = Drawing(dpi=dpi, width_mm=75, height_mm=55)
    drawing.rectangle(10, 10, 65, 42, 0.5)
    drawing.text(20, 18, "ที่ว่าการอำเภอเมือง", 14)
    for i, words in enumerate(("เลขรับ 1234", "วันที่ 25 พ.ย. 2564", "เวลา 09.30 น.")):
        drawing.text(13, 25 + 7 * i, words, 14)
    return drawing.image.rotate(-turned, Image.Resampling.BICUBIC, fillcolor=255)


def stamped(drawing: Drawing, ink: GreyImage, coloured: bool) -> PageImage:
    """The page with ``ink`` stamped on it: parted where it is coloured, else one with the print."""
    printed = np.asarray(drawing.image)
    if coloured:
        return PageImage(1, printed, ink, drawing.dpi)
    return PageImage(1, np.minimum(printed, ink), None, drawing.dpi)


def letter() -> Drawing:
    drawing = Drawing()
    for i, words in enumerate(BODY):
        drawing.text(25, 90 + 8 * i, words)
    return drawing


@pytest.mark.parametrize("turned", [0.0, 3.0, -5.0])
@pytest.mark.parametrize("coloured", [True, False])
def test_receive_stamp_is_found_with_its_lines(turned: float, coloured: bool) -> None:
    drawing = letter()
    stamp = receive_stamp(turned)
    place = (drawing.mm(120), drawing.mm(5))
    pixels = np.full((drawing.image.height, drawing.image.width), 255, np.uint8)
    layer = Image.fromarray(pixels)
    layer.paste(stamp, place)
    ink = np.asarray(layer)
    page = stamped(drawing, ink, coloured)
    layout = find_layout(page)
    (found,) = layout.stamps
    assert found.shape is StampShape.RECEIVE_BOX
    assert found.box.x0 == pytest.approx(drawing.mm(130), abs=drawing.mm(3))
    assert found.box.y1 == pytest.approx(drawing.mm(47), abs=drawing.mm(4))
    assert len(found.lines) == 4
    assert all(line.ink is Ink.STAMP for line in found.lines)
    assert len(layout.lines) == len(BODY)
    if turned:
        line = found.lines[2]
        slope = (line.baseline_right - line.baseline_left) / line.box.width
        assert slope == pytest.approx(np.tan(np.radians(turned)), abs=0.012)


def test_a_line_of_pen_is_no_stamp() -> None:
    drawing = letter()
    drawing.text(140, 40, "2927", points=24, pen=True)
    assert find_layout(drawing.page()).stamps == ()


@pytest.mark.parametrize("coloured", [True, False])
def test_seal_with_office_and_date(coloured: bool) -> None:
    drawing = letter()
    layer = Image.new("L", drawing.image.size, 255)
    pen = ImageDraw.Draw(layer)
    centre, radius = (drawing.mm(120), drawing.mm(50)), drawing.mm(21)
    pen.ellipse(
        [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius],
        outline=0,
        width=drawing.mm(0.6),
    )
    seal = np.asarray(layer)
    drawing.text(108, 50, "กรมที่ดิน", 14)
    drawing.text(106, 58, "16 ตุลาคม 2550", 14)
    page = stamped(drawing, seal, coloured)
    layout = find_layout(page)
    (found,) = layout.stamps
    assert found.shape is StampShape.SEAL
    assert len(found.lines) == 2
    assert len(layout.lines) == len(BODY)


def test_cells_of_a_table_are_no_stamps() -> None:
    drawing = Drawing()
    drawing.grid([20, 75, 130, 185], [20, 52, 84])
    for i in range(3):
        drawing.text(25 + 55 * i, 40, "กองคลัง")
        drawing.text(25 + 55 * i, 70, "กองช่าง")
    layout = find_layout(drawing.page())
    assert layout.stamps == ()
    assert len(layout.tables) == 1
