"""Lines: where they are, where they stand, and what belongs to them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageDraw

from pipeline.layout import find_layout
from pipeline.layout.baselines import Baseline
from pipeline.layout.ink import Components
from pipeline.layout.marks import part_from_titles
from pipeline.layout.rows import Row
from pipeline.model import Box, Ink, LineRegion, PageImage, StampShape
from tests.layout.layout_drawing import Drawing, consonant_height

BODY = (
    "ด้วยจังหวัดได้รับแจ้งจากกรมส่งเสริมการปกครองท้องถิ่นว่า ได้กำหนดแนวทาง",
    "การดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต ให้ถูกต้องตามระเบียบ",
    "จึงขอให้ทุกอำเภอรู้และปฏิบัติอยู่เสมอ ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
)


def holding(lines: tuple[LineRegion, ...], box: Box) -> list[LineRegion]:
    """The lines that share ink with ``box``."""
    return [line for line in lines if line.box.intersection(box) > 0.2 * min(line.box.area, box.area)]


def the_line(lines: tuple[LineRegion, ...], box: Box) -> LineRegion:
    found = holding(lines, box)
    assert len(found) == 1, [line.box for line in found]
    return found[0]


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("turned", [0.0, 0.2])
def test_baseline_and_body_are_those_of_the_print(dpi: int, turned: float) -> None:
    drawing = Drawing(dpi=dpi)
    for i, words in enumerate(BODY):
        drawing.text(25, 40 + 8 * i, words)
    layout = find_layout(drawing.page(turned))
    assert len(layout.lines) == len(BODY)
    centre = drawing.image.width / 2
    for i, line in enumerate(layout.lines):
        slope = np.tan(np.radians(turned))
        true_left = drawing.mm(40 + 8 * i) + slope * (line.box.x0 - centre)
        true_right = drawing.mm(40 + 8 * i) + slope * (line.box.x1 - centre)
        assert line.baseline_left == pytest.approx(true_left, abs=1.5)
        assert line.baseline_right == pytest.approx(true_right, abs=1.5)
        assert line.body_height == pytest.approx(consonant_height(16, dpi), rel=0.08)


def test_marks_stay_with_their_line_at_single_spacing() -> None:
    drawing = Drawing()
    words = ("ที่นี้มีผู้รู้อยู่ทุกหมู่บ้าน กู้ยืมตู้เย็น", "ชี้แจงปู่ย่าเรื่องที่ดินและป่าไม้ที่ถูกบุกรุก", "นี้ให้รู้ทั่วกัน สู้ต่อไปพี่น้อง")
    # Laksaman 16 pt at 7.0 mm: tone marks nearly touch the lower vowels above them.
    boxes = [drawing.text(25, 40 + 7.0 * i, text) for i, text in enumerate(words)]
    lines = find_layout(drawing.page()).lines
    assert len(lines) == 3
    # A lower vowel that touches the mark under it takes that along; ends that nothing touches are exact.
    assert lines[0].box.y0 == pytest.approx(boxes[0].y0, abs=2)
    assert lines[2].box.y1 == pytest.approx(boxes[2].y1, abs=2)
    for line, base in zip(lines, (40, 47, 54), strict=True):
        assert line.baseline_left == pytest.approx(drawing.mm(base), abs=1.5)


def test_number_and_office_of_a_letterhead_are_two_lines() -> None:
    drawing = Drawing()
    number = drawing.text(25, 40, "ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗")
    office = drawing.text(115, 40, "กรมส่งเสริมการปกครองท้องถิ่น")
    address = drawing.text(115, 48, "ถนนนครราชสีมา กทม. ๑๐๓๐๐")
    subject = drawing.text(25, 64, "เรื่อง   แนวทางการดำเนินงานตามแผนปฏิบัติการ")
    lines = find_layout(drawing.page()).lines
    boxes = [line.box for line in lines]
    assert len(lines) == 4
    for found, drawn in zip(boxes, (number, office, address, subject), strict=True):
        assert found.x0 == pytest.approx(drawn.x0, abs=4)
        assert found.x1 == pytest.approx(drawn.x1, abs=4)


@pytest.mark.parametrize(
    "parts",
    [
        ((25, "เรียน"), (42, "ผู้ว่าราชการจังหวัดทุกจังหวัด")),
        ((25, "สิ่งที่ส่งมาด้วย"), (55, "๑. สำเนาหนังสือกรมการปกครอง"), (165, "จำนวน ๑ ชุด")),
        ((90, "๒๓"), (104, "ธันวาคม ๒๕๖๔")),
    ],
)
def test_wide_gaps_do_not_part_a_line(parts: tuple[tuple[float, str], ...]) -> None:
    drawing = Drawing()
    boxes = [drawing.text(x, 50, words) for x, words in parts]
    for i, words in enumerate(BODY):
        drawing.text(25, 66 + 8 * i, words)
    lines = find_layout(drawing.page()).lines
    assert len(lines) == 1 + len(BODY)
    assert lines[0].box.x0 == pytest.approx(boxes[0].x0, abs=4)
    assert lines[0].box.x1 == pytest.approx(boxes[-1].x1, abs=4)


def test_pen_on_a_printed_line_grows_its_box_and_nothing_else() -> None:
    def page(with_pen: bool) -> tuple[PageImage, Box]:
        drawing = Drawing()
        printed = drawing.text(25, 40, "ที่ มท ๐๘๑๐.๓/ว")
        if with_pen:
            drawing.text(66, 41.5, "2927", points=22, pen=True)
        for i, words in enumerate(BODY):
            drawing.text(25, 60 + 8 * i, words)
        return drawing.page(), printed

    plain = find_layout(page(False)[0]).lines
    written = find_layout(page(True)[0]).lines
    assert len(written) == len(plain)
    assert written[0].box.x1 > plain[0].box.x1 + 20
    assert written[0].baseline_left == pytest.approx(plain[0].baseline_left, abs=0.5)
    assert written[0].body_height == plain[0].body_height
    assert written[0].ink is Ink.PRINT


def test_a_date_written_behind_its_label_is_on_the_line_to_its_end() -> None:
    drawing = Drawing()
    label = drawing.text(25, 40, "วันที่")
    day = drawing.text(40, 40, "11 มิ.ย.", points=14, pen=True)
    year = drawing.text(58, 40, "๒๕๖๖", points=20, pen=True)
    (line,) = find_layout(drawing.page()).lines
    assert (line.box.x0, line.box.x1) == pytest.approx((label.x0, year.x1), abs=3)
    assert day.x1 < year.x0 - drawing.mm(2.2)


def test_number_close_under_an_urgency_is_no_row_of_lower_vowels() -> None:
    drawing = Drawing()
    drawing.text(25, 30, "ด่วนมาก", points=40)
    number = drawing.text(25, 33.6, "ที่ มท ๐๘๐๔.๕/ว ๔๘๔")
    for i, words in enumerate(BODY):
        drawing.text(25, 60 + 8 * i, words)
    lines = find_layout(drawing.page()).lines
    assert len(lines) == 2 + len(BODY)
    (found,) = [line for line in lines if line.box.y0 < drawing.mm(40) and line.body_height < drawing.mm(4)]
    assert (found.box.x0, found.box.x1) == pytest.approx((number.x0, number.x1), abs=4)


def row_of(count: int, left: float, baseline: float, body: float) -> Components:
    """So many letters side by side."""
    x = left + 1.1 * body * np.arange(count)
    below = np.full(count, baseline)
    return Components(x, below - body, x + body, below, np.full(count, body))


def test_an_office_over_the_number_of_a_stamp_is_no_row_of_its_marks() -> None:
    office, number, mark = row_of(30, 0, 102, 27), row_of(8, 0, 165, 39), row_of(1, 10, 120, 12)
    components = office.plus(number).plus(mark)
    rows = [
        Row(np.arange(30), Baseline(102, 0, 27), 0),
        Row(np.arange(30, 38), Baseline(165, 0, 39), 0),
        Row(np.arange(38, 39), Baseline(120, 0, 12), 0),
    ]
    kept = part_from_titles(components, rows)
    assert [len(row.members) for row in kept] == [30, 8]


def test_urgency_words_are_one_line_of_their_own_size() -> None:
    drawing = Drawing()
    urgency = drawing.text(25, 30, "ด่วนที่สุด", points=34)
    for i, words in enumerate(BODY):
        drawing.text(25, 60 + 8 * i, words)
    lines = find_layout(drawing.page()).lines
    line = the_line(lines, urgency)
    assert line.box.y0 == pytest.approx(urgency.y0, abs=3)
    assert line.body_height == pytest.approx(consonant_height(34), rel=0.08)


def test_a_line_of_arabic_digits_borrows_its_size_from_its_neighbours() -> None:
    drawing = Drawing()
    for i, words in enumerate(BODY):
        drawing.text(25, 40 + 8 * i, words)
    number = drawing.text(25, 70, "0 2241 9000")
    line = the_line(find_layout(drawing.page()).lines, number)
    assert line.body_height == pytest.approx(consonant_height(16), rel=0.08)


def test_leaders_belong_to_the_line_that_they_lead() -> None:
    drawing = Drawing()
    for i, words in enumerate(BODY):
        drawing.text(25, 60 + 8 * i, words)
    form = drawing.text(25, 40, "ชื่อ ............ ตำแหน่ง ............")
    line = the_line(find_layout(drawing.page()).lines, form)
    assert line.box.x1 == pytest.approx(form.x1, abs=6)


def test_edges_blots_and_emblems_are_no_lines() -> None:
    drawing = Drawing(height_mm=200)
    pen = ImageDraw.Draw(drawing.image)
    pen.rectangle((0, 0, drawing.mm(3), drawing.image.height), fill=0)
    pen.ellipse([drawing.mm(v) for v in (150, 170, 154, 174)], fill=0)
    for i in range(12):  # a solid emblem 30 mm high, with gaps
        pen.polygon(
            [
                (drawing.mm(105), drawing.mm(10)),
                (drawing.mm(90 + 2 * i), drawing.mm(40)),
                (drawing.mm(91 + 2 * i), drawing.mm(40)),
            ],
            fill=0,
        )
    boxes = [drawing.text(25, 80 + 8 * i, words) for i, words in enumerate(BODY)]
    lines = find_layout(drawing.page()).lines
    assert len(lines) == len(boxes)


def test_a_signature_is_no_line() -> None:
    drawing = Drawing()
    for i, words in enumerate(BODY):
        drawing.text(25, 30 + 8 * i, words)
    curve = [(100 + 30 * t, 70 + 9 * np.sin(9 * t) * (1 - t) - 3 * t) for t in np.linspace(0, 1, 60)]
    drawing.strokes(curve)
    drawing.text(95, 90, "(นายสมชาย ใจดี)")
    layout = find_layout(drawing.page())
    assert len(layout.lines) == len(BODY) + 1
    assert [stamp.shape for stamp in layout.stamps] == [StampShape.SIGNATURE]


def test_an_empty_page_has_no_regions() -> None:
    layout = find_layout(Drawing().page())
    assert layout.lines == ()
    assert layout.tables == ()
    assert layout.stamps == ()


def test_specks_alone_are_no_regions() -> None:
    drawing = Drawing()
    chance = np.random.default_rng(1)
    pixels = np.array(drawing.image)
    ys, xs = chance.integers(5, pixels.shape[0] - 5, 400), chance.integers(5, pixels.shape[1] - 5, 400)
    pixels[ys, xs] = 0
    layout = find_layout(PageImage(1, pixels, None, drawing.dpi))
    assert layout.lines == ()


def test_a_signature_does_not_hide_a_large_urgency_word() -> None:
    drawing = Drawing(height_mm=200)
    urgency = drawing.text(25, 25, "ด่วนมาก", 28)
    for i, words in enumerate(BODY):
        drawing.text(25, 50 + 8 * i, words)
    # Strokes wider and higher than the urgency's letters, which no line is made of.
    for i in range(4):
        x = 90.0 + 18 * i
        drawing.strokes([(x, 120), (x + 6, 112), (x + 12, 120), (x + 4, 116), (x + 15, 114)], 0.5)
    line = the_line(find_layout(drawing.page()).lines, urgency)
    assert line.box.x0 == pytest.approx(urgency.x0, abs=4)
    assert line.box.x1 == pytest.approx(urgency.x1, abs=8)


def test_short_line_between_close_ones_is_no_row_of_marks() -> None:
    drawing = Drawing()
    words = ("ที่ ยส ๐๐๒๐.๕/ว ๑๒๓๗๖ ลงวันที่", "๒๘ มิถุนายน ๒๕๖๖", "หนังสือองค์การบริหารส่วนตำบลทุ่งรวงทอง")
    for at, text in enumerate(words):
        drawing.text(25, 40 + 5.8 * at, text)
    assert len(find_layout(drawing.page()).lines) == len(words)
