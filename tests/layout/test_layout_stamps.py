"""Stamps: receive boxes and seals, in colour and in black, and the lines in them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.layout import find_layout
from pipeline.layout.circles import measured
from pipeline.layout.frames import Ring
from pipeline.layout.ink import ink_mask
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


def test_what_is_written_in_colour_into_a_black_stamp_is_of_its_line() -> None:
    drawing = letter()
    drawing.rectangle(130, 12, 190, 44, 0.5)
    drawing.text(138, 20, "ที่ว่าการอำเภอเมือง", 14)
    drawing.text(133, 28, "รับที่", 14)
    drawing.text(133, 38, "วันที่ 25 พ.ย. 2564", 14)
    number = drawing.text(148, 28, "15060", 14, pen=True)
    layout = find_layout(drawing.page())
    (found,) = layout.stamps
    assert len(found.lines) == 3
    assert found.lines[1].box.x1 == pytest.approx(number.x1, abs=3)
    assert len(layout.lines) == len(BODY)


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


def test_cells_that_make_up_a_circle_are_no_seal() -> None:
    drawing = Drawing()
    drawing.grid([20, 75, 90, 105, 120, 185], [20, 36, 52])
    ink = np.asarray(drawing.image).copy()
    cv2.circle(ink, (drawing.mm(100), drawing.mm(36)), drawing.mm(20), 0, 3)
    stamps = find_layout(PageImage(1, ink, None, drawing.dpi)).stamps
    assert [stamp.shape for stamp in stamps] == [StampShape.OTHER]


def black_stamp(drawing: Drawing, lines: tuple[str, ...]) -> None:
    """A receive stamp in black from (125, 60) to (180, 92) mm."""
    drawing.rectangle(125, 60, 180, 92, 0.5)
    for i, words in enumerate(lines):
        drawing.text(130, 69 + 8 * i, words, 14)


def test_print_under_a_black_stamp_keeps_its_end() -> None:
    drawing = letter()
    words = drawing.text(25, 73, "หนังสือกรมการปกครอง ที่ มท 0310.3/ว 2927 ลงวันที่ 7 ธ.ค. 2564")
    black_stamp(drawing, ("", "เลขรับ 1234", "วันที่ 25 พ.ย. 2564"))
    assert drawing.mm(135) < words.x1 < drawing.mm(178)
    layout = find_layout(drawing.page())
    (line,) = [line for line in layout.lines if line.box.y0 < drawing.mm(75)]
    assert line.box.x1 == pytest.approx(words.x1, abs=drawing.mm(1))
    (stamp,) = layout.stamps
    bases = [row.baseline_left for row in stamp.lines]
    assert bases == pytest.approx([drawing.mm(77), drawing.mm(85)], abs=4)


def test_a_line_that_ends_before_a_black_stamp_takes_nothing_of_it() -> None:
    drawing = letter()
    words = drawing.text(25, 69, "หนังสือกรมการปกครอง ที่ มท 0310.3/ว 29")
    assert drawing.mm(115) < words.x1 < drawing.mm(124)
    black_stamp(drawing, ("สำนักปลัด", "เลขรับ 1234", "วันที่ 25 พ.ย. 2564"))
    layout = find_layout(drawing.page())
    (line,) = [line for line in layout.lines if line.box.y0 < drawing.mm(75)]
    assert line.box.x1 == pytest.approx(words.x1, abs=drawing.mm(1))
    (stamp,) = layout.stamps
    assert len(stamp.lines) == 3


def test_a_date_across_the_inner_circle_of_a_black_seal_is_whole() -> None:
    drawing = letter()
    pen = ImageDraw.Draw(drawing.image)
    for radius, width in ((21.0, 0.6), (13.5, 0.3)):
        corners = [drawing.mm(v) for v in (120 - radius, 50 - radius, 120 + radius, 50 + radius)]
        pen.ellipse(corners, outline=0, width=drawing.mm(width))
    date = drawing.text(103.5, 52, "16 ตุลาคม 2550")
    assert date.x0 < drawing.mm(120 - 13.5)
    assert date.x1 > drawing.mm(120 + 13.5)
    (seal,) = find_layout(drawing.page()).stamps
    (line,) = seal.lines
    assert (line.box.x0, line.box.x1) == pytest.approx((date.x0, date.x1), abs=drawing.mm(1))


@pytest.mark.parametrize("radius", [17.0, 18.0])
def test_a_date_wider_than_a_black_seal_is_whole(radius: float) -> None:
    drawing = letter()
    pen = ImageDraw.Draw(drawing.image)
    for circle, width in ((radius, 0.7), (0.7 * radius, 0.4)):
        corners = [drawing.mm(v) for v in (120 - circle, 50 - circle, 120 + circle, 50 + circle)]
        pen.ellipse(corners, outline=0, width=drawing.mm(width))
    date = drawing.text(103, 52, "16  ตุลาคม  2550")
    (seal,) = find_layout(drawing.page()).stamps
    (line,) = seal.lines
    assert (line.box.x0, line.box.x1) == pytest.approx((date.x0, date.x1), abs=drawing.mm(1))


def test_circles_of_a_seal_are_measured_on_its_ink() -> None:
    drawing = letter()
    pen = ImageDraw.Draw(drawing.image)
    for radius in (20.0, 14.0):
        corners = [drawing.mm(v) for v in (120 - radius, 50 - radius, 120 + radius, 50 + radius)]
        pen.ellipse(corners, outline=0, width=drawing.mm(0.5))
    roughly = Ring(drawing.mm(120) + 5, drawing.mm(50) - 4, drawing.mm(20) - 2)
    ring, pieces = measured(ink_mask(np.asarray(drawing.image)), roughly, drawing.dpi)
    assert (ring.x, ring.y) == pytest.approx((drawing.mm(120), drawing.mm(50)), abs=1.5)
    assert ring.radius == pytest.approx(drawing.mm(19.75), abs=2)
    assert ring.inner == pytest.approx(0.7, abs=0.01)
    assert pieces.area.sum() < 20


def test_circles_of_a_seal_are_measured_though_it_was_found_between_them_off_its_centre() -> None:
    drawing = letter()
    for radius in (16.0, 11.5):
        corners = [drawing.mm(v) for v in (120 - radius, 50 - radius, 120 + radius, 50 + radius)]
        ImageDraw.Draw(drawing.image).ellipse(corners, outline=0, width=drawing.mm(0.4))
    roughly = Ring(drawing.mm(121.6), drawing.mm(48.8), drawing.mm(14))
    ring, pieces = measured(ink_mask(np.asarray(drawing.image)), roughly, drawing.dpi)
    assert (ring.x, ring.y) == pytest.approx((drawing.mm(120), drawing.mm(50)), abs=1.5)
    assert ring.radius == pytest.approx(drawing.mm(15.8), abs=2)
    assert pieces.area.sum() < 50


@pytest.mark.parametrize("over", [0.0, 8.0])
def test_a_black_signature_over_the_printed_name_leaves_the_line_whole(over: float) -> None:
    drawing = letter()
    name = drawing.text(100, 128, "(นายศุภชัย วงศ์ใหญ่)")
    x = 101 + over
    scrawl = [(0, 124), (2, 113), (4, 128.5), (7, 112), (6, 129), (10, 114), (14, 118)]
    drawing.strokes([(x + right, y) for right, y in scrawl], 0.9)
    layout = find_layout(drawing.page())
    (line,) = [line for line in layout.lines if line.box.y1 > drawing.mm(120)]
    assert (line.box.x0, line.box.x1) == pytest.approx((name.x0, name.x1), abs=drawing.mm(1))
    assert [stamp.shape for stamp in layout.stamps] == [StampShape.SIGNATURE]


def test_a_thick_signature_below_running_text_at_the_top_of_a_second_page_is_no_emblem() -> None:
    drawing = Drawing(height_mm=297)
    for i in range(6):
        drawing.text(25, 25 + 8 * i, BODY[i % 2])
    name = drawing.text(100, 90, "(นายศุภชัย วงศ์ใหญ่)")
    scrawl = [(0, 86), (2, 78), (4, 91), (7, 77), (6, 91), (10, 79), (14, 92), (3, 83)]
    drawing.strokes([(109 + right, y) for right, y in scrawl], 1.3)
    layout = find_layout(drawing.page())
    (line,) = [line for line in layout.lines if line.box.y1 > drawing.mm(80)]
    assert (line.box.x0, line.box.x1) == pytest.approx((name.x0, name.x1), abs=drawing.mm(1))


def test_streaks_through_a_black_stamp_make_no_table_of_the_page() -> None:
    drawing = letter()
    words = drawing.text(25, 70, "การดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต ประจำปี")
    drawing.rectangle(130, 8, 185, 40, 0.5)
    for i, said in enumerate(("กองกลาง", "เลขรับ 1234", "วันที่ 25 พ.ย. 2564")):
        drawing.text(134, 17 + 9 * i, said, 14)
    for x in (137.0, 141.0):
        drawing.line(x, 0, x, 148, 0.2, grey=150)
    drawing.line(0, 75, 210, 75, 0.3, grey=150)
    layout = find_layout(drawing.page())
    assert layout.tables == ()
    assert [stamp.shape for stamp in layout.stamps] == [StampShape.RECEIVE_BOX]
    assert any(line.box.x1 == pytest.approx(words.x1, abs=drawing.mm(1)) for line in layout.lines)


def test_a_date_across_the_inner_circle_of_a_coloured_seal_is_whole_and_print() -> None:
    drawing = letter()
    drawing.pen = Image.new("L", drawing.image.size, 255)
    for radius in (21.0, 13.5):
        corners = [drawing.mm(v) for v in (120 - radius, 50 - radius, 120 + radius, 50 + radius)]
        ImageDraw.Draw(drawing.pen).ellipse(corners, outline=0, width=drawing.mm(0.5))
    date = drawing.text(103.5, 52, "16 ตุลาคม 2550")
    (seal,) = find_layout(drawing.page()).stamps
    (line,) = seal.lines
    assert (line.box.x0, line.box.x1) == pytest.approx((date.x0, date.x1), abs=drawing.mm(1))
    assert line.ink is Ink.PRINT


def test_a_coloured_signature_over_the_printed_name_is_no_part_of_its_line() -> None:
    drawing = letter()
    name = drawing.text(100, 128, "(นายศุภชัย วงศ์ใหญ่)")
    scrawl = [(0, 124), (6, 122), (12, 129), (18, 122.5), (10, 129), (24, 124)]
    drawing.strokes([(102 + right, y) for right, y in scrawl], 0.6, pen=True)
    layout = find_layout(drawing.page())
    (line,) = [line for line in layout.lines if line.box.y1 > drawing.mm(120)]
    assert line.box.y0 == pytest.approx(name.y0, abs=drawing.mm(1.5))
    assert [stamp.shape for stamp in layout.stamps] == [StampShape.SIGNATURE]
