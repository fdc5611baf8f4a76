"""Tables without rulings: headings decide the columns, numbers and figures the rows."""

from __future__ import annotations

import numpy as np

from pipeline.layout import find_layout
from pipeline.layout.aligned_rows import item_numbers
from pipeline.layout.heading_lines import find_headings
from pipeline.layout.headings import HeadedColumns, columns_under
from pipeline.layout.pieces import Pieces
from pipeline.model import CellRegion, PageImage, TableRegion
from tests.layout.layout_drawing import Drawing

STEP = 14.0
QUARTERS = (146.0, 156.0, 166.0, 176.0)


def headings(drawing: Drawing, number: str = "ลำดับ") -> None:
    """Two levels: the quarters stand half a line lower than the rest, their heading as much higher."""
    drawing.text(14, 24, number, 12)
    drawing.text(55, 24, "โครงการ", 12)
    drawing.text(112, 24, "งบประมาณ", 12)
    drawing.text(188, 24, "หมายเหตุ", 12)
    drawing.text(148, 20, "ดำเนินการไตรมาส", 12)
    for quarter, x in enumerate(QUARTERS, 1):
        drawing.text(x, 28, str(quarter), 12)


def row(
    drawing: Drawing, base: float, number: int, amount: str, ticked: int, note: str = "", below: float = 1.5
) -> None:
    """Amounts are flush right, dashes in the middle; a tick is a disc ``below`` the first line."""
    drawing.text(16, base, str(number), 12)
    drawing.text(28, base, "โครงการส่งเสริมคุณธรรม", 12)
    drawing.text(28, base + 5.5, "และจริยธรรม", 12)
    width = drawing.text(0, -50, amount, 12).width / drawing.mm(1)
    drawing.text(121 if amount == "-" else 134 - width, base, amount, 12)
    drawing.disc(QUARTERS[ticked] + 1, base + below, 1.4)
    drawing.text(189, base, note, 12)


def plan(number: str = "ลำดับ") -> Drawing:
    drawing = Drawing()
    headings(drawing, number)
    amounts = ("201,000", "-", "72,750", "-", "8,000", "256,000")
    for place, amount in enumerate(amounts):
        row(drawing, 40 + STEP * place, place + 1, amount, place % 4, "ต่อเนื่อง" if place == 2 else "")
    return drawing


def the_table(drawing: Drawing) -> TableRegion:
    (table,) = find_layout(drawing.page()).tables
    return table


def cells(table: TableRegion, column: int) -> list[CellRegion]:
    return [cell for cell in table.cells if cell.column == column and cell.column_span == 1]


def test_headings_of_two_levels_decide_the_columns() -> None:
    table = the_table(plan())
    assert not table.ruled
    assert (table.rows, table.columns) == (2 + 6, 8)
    group = next(cell for cell in table.cells if cell.column_span > 1)
    assert (group.row, group.column, group.column_span) == (0, 3, 4)
    assert [len(cell.lines) for cell in cells(table, 1)[1:]] == [2] * 6
    # Dashes belong to the heading over them, not to a column of their own.
    assert [len(cell.lines) for cell in cells(table, 2)[1:]] == [1] * 6
    assert [
        [cell.tick.present for cell in cells(table, 3 + quarter)[1:] if cell.tick] for quarter in range(4)
    ] == [[place % 4 == quarter for place in range(6)] for quarter in range(4)]


def test_a_narrow_heading_over_the_numbers_is_no_row() -> None:
    table = the_table(plan("ที่"))
    assert (table.rows, table.columns) == (2 + 6, 8)


def test_a_heading_over_the_numbers_in_two_narrow_lines_is_no_row() -> None:
    drawing = Drawing()
    for x, y, words in ((15, 20, "ลำ"), (15, 25.5, "ดับ"), (55, 20, "โครงการ"), (112, 20, "งบประมาณ")):
        drawing.text(x, y, words, 12)
    drawing.text(114, 25.5, "(บาท)", 12)
    drawing.text(150, 20, "ไตรมาส", 12)
    for quarter, x in enumerate(QUARTERS, 1):
        drawing.text(x, 27.5, str(quarter), 12)
    for place in range(6):
        row(drawing, 40 + STEP * place, place + 1, "10,000", place % 4)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (1 + 6, 7)


def test_a_first_row_close_below_the_headings_is_no_heading() -> None:
    drawing = Drawing()
    for x, words in ((15, "ลำดับ"), (70, "โครงการ/กิจกรรม"), (160, "มิติ"), (180, "งบประมาณ")):
        drawing.text(x, 20, words, 12)
    for place in range(5):
        for x, words in ((18, str(place + 1)), (32, "โครงการปรับปรุงการใช้น้ำประปาอย่างประหยัดประจำปี")):
            drawing.text(x, 28 + 8 * place, words, 16)
        drawing.text(162, 28 + 8 * place, "4", 16)
        drawing.text(186, 28 + 8 * place, "40,000", 12)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (1 + 5, 4)


def test_a_heading_whose_letters_have_run_together_and_one_that_is_lost_stand_over_columns() -> None:
    drawing = Drawing()
    headings(drawing, number="")
    for place in range(6):
        row(drawing, 40 + STEP * place, place + 1, "10,000", place % 4)
    drawing.text(92, 24, "มิติ", 12)
    drawing.line(92, 22.6, 97, 22.6, 0.5)
    for place in range(6):
        drawing.text(94, 40 + STEP * place, "2", 12)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (2 + 6, 9)
    assert [len(cell.lines) for cell in cells(table, 0)[1:]] == [1] * 6


def test_a_stamp_that_cuts_some_titles_in_two_makes_no_column_of_them() -> None:
    drawing = Drawing()
    headings(drawing)
    for place in range(6):
        row(drawing, 40 + STEP * place, place + 1, "10,000", place % 4)
    drawing.line(48, 49, 48, 84, width_mm=8, grey=255)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (2 + 6, 8)
    drawing.line(48, 34, 48, 120, width_mm=8, grey=255)
    assert all(found.rows < 8 for found in find_layout(drawing.page()).tables)


def test_the_end_of_a_title_is_no_heading_over_the_columns() -> None:
    drawing = plan()
    drawing.text(95, 9.5, "เทศบาลตำบลบางรัก", 12)
    layout = find_layout(drawing.page())
    assert [(table.rows, table.columns) for table in layout.tables] == [(2 + 6, 8)]
    assert len(layout.lines) == 1


def test_the_second_line_of_a_heading_over_the_numbers_is_no_row() -> None:
    drawing = Drawing()
    for x, words in ((14, "ลำดับ"), (55, "โครงการ"), (112, "งบประมาณ"), (188, "หมายเหตุ")):
        drawing.text(x, 20, words, 12)
    drawing.text(16, 25.5, "ที่", 12)
    for quarter, x in enumerate(QUARTERS, 1):
        for line, words in enumerate(("ไตร", "มาส", str(quarter))):
            drawing.text(x - (1 if line < 2 else 0), 20 + 5.5 * line, words, 12)
    for place in range(6):
        row(drawing, 40 + STEP * place, place + 1, "10,000", place % 4)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (1 + 6, 8)
    assert [len(cell.lines) for cell in cells(table, 0)] == [2, *[1] * 6]


def test_ticks_in_pen_are_entries_of_columns_and_spots_are_none() -> None:
    drawing = Drawing()
    for place in range(5):
        base = 20 + STEP * place
        drawing.text(16, base, str(place + 7), 12)
        drawing.text(28, base, "โครงการส่งเสริมคุณธรรม", 12)
        drawing.text(118, base, "10,000", 12)
        for x in QUARTERS[: 2 + place % 3]:
            drawing.strokes([(x, base - 1.5), (x + 1, base), (x + 3, base - 3)], pen=True)
        drawing.text(189, base, "ต่อเนื่อง", 12)
    drawing.disc(100, 45, 0.4)
    drawing.disc(104, 64, 0.4)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (5, 8)


def test_sums_are_a_row_without_a_number_and_a_legend_below_is_none() -> None:
    drawing = plan()
    sums = 40 + STEP * 6
    drawing.text(60, sums, "รวมทั้งสิ้น", 12)
    drawing.text(118, sums, "537,750", 12)
    for x in QUARTERS:
        drawing.text(x, sums, "2", 12)
    drawing.text(14, sums + 10, "** ข้อมูล ณ วันที่ 4 พฤศจิกายน 2563", 12)
    layout = find_layout(drawing.page())
    (table,) = layout.tables
    assert table.rows == 2 + 6 + 1
    assert [len(cell.lines) for cell in cells(table, 1)[-2:]] == [2, 1]
    assert len(layout.lines) == 1


def test_the_rest_of_a_row_above_the_first_number_is_a_row() -> None:
    drawing = Drawing()
    headings(drawing)
    drawing.text(28, 40, "จากหน้าก่อน", 12)
    for place in range(4):
        row(drawing, 50 + STEP * place, place + 7, "10,000", place)
    table = the_table(drawing)
    assert table.rows == 2 + 1 + 4
    assert [len(cell.lines) for cell in cells(table, 1)[1:]] == [1, 2, 2, 2, 2]


def test_after_a_page_break_without_headings_few_entries_make_a_column_too() -> None:
    drawing = Drawing()
    for place in range(5):
        row(drawing, 20 + STEP * place, place + 7, "10,000", place % 4, "ต่อเนื่อง" if place == 2 else "", -0.9)
    table = the_table(drawing)
    assert (table.rows, table.columns) == (5, 8)


def test_a_list_with_a_line_of_words_above_it_is_no_table() -> None:
    drawing = Drawing()
    for x, words in ((20, "เรื่อง"), (60, "ขอส่ง"), (110, "สำเนา"), (160, "หนังสือ")):
        drawing.text(x, 20, words)
    for place in range(5):
        drawing.text(24, 32 + 9 * place, f"{place + 1}.")
        drawing.text(34, 32 + 9 * place, "สำเนาหนังสือกรมการปกครองและสำนักงานจังหวัดถึงทุกอำเภอ")
    assert find_layout(drawing.page()).tables == ()


def test_spots_in_rows_and_columns_on_a_letter_are_no_table() -> None:
    drawing = Drawing()
    for place in range(26):
        base = 40 + 8.0 * place
        if place % 13 == 4:
            drawing.text(
                24, base, "ด้วยได้รับแจ้งจากหน่วยงานที่เกี่ยวข้องว่าสถานการณ์ในพื้นที่มีแนวโน้มเปลี่ยนแปลงอย่างรวดเร็ว", 12
            )
        for x in (12.0, 30.0, 60.0, 100.0, 150.0, 185.0, 198.0):
            drawing.text(x, base + 4.0, "๑", 12)
    assert find_layout(drawing.page()).tables == ()


def test_clouds_of_specks_in_rows_and_columns_are_no_table() -> None:
    drawing = Drawing()
    chance = np.random.default_rng(4)
    ink = drawing.page().print_ink.copy()
    for y in range(20, 140, 9):
        for x in (12, 30, 62, 100, 150, 185):
            for dx, dy in chance.normal(0, 1.2, (40, 2)):
                top, left = drawing.mm(y + dy), drawing.mm(x + dx)
                ink[top : top + 2, left : left + int(chance.integers(1, 4))] = 0
    assert find_layout(PageImage(1, ink, None, drawing.dpi)).tables == ()


def pieces(base: float, *ends: tuple[float, float]) -> Pieces:
    left, right = np.array(ends, np.float64).T
    return Pieces(left, right, np.full(len(left), base), np.full(len(left), int(base)))


def test_a_row_without_pieces_has_none_to_join() -> None:
    assert len(pieces(100, (0, 5)).take(np.zeros(1, np.bool_)).joined(10)) == 0


def under(headings: Pieces, uprights: list[float]) -> HeadedColumns | None:
    """The columns of three rows: a number, a title, ticks in two of four quarters, an amount."""
    rows = pieces(200, (10, 20), (60, 200), (305, 345), (420, 470))
    for base in (250, 300):
        rows = rows.plus(pieces(base, (10, 20), (60, 190), (345, 365), (430, 470)))
    return columns_under(headings, rows, np.array([200.0, 250, 300]), np.array(uprights), 10.0)


def test_the_first_line_of_a_title_above_its_number_is_no_heading() -> None:
    headings = pieces(100, (5, 30), (90, 150), (310, 330), (430, 480))
    rows = pieces(128, (60, 190)).plus(pieces(140, (10, 20), (310, 330), (430, 470)))
    for base in (200, 260, 320):
        rows = rows.plus(pieces(base - 10, (60, 180))).plus(pieces(base, (10, 20), (310, 330), (430, 470)))
        rows = rows.plus(pieces(base + 10, (60, 170)))
    found = find_headings(headings.plus(rows), 140.0, 120.0, 10.0)
    assert set(found.base.tolist()) == {100.0}


def test_marks_above_the_second_line_of_a_title_are_no_entries_at_the_height_of_its_number() -> None:
    headings = pieces(100, (5, 30), (90, 150), (310, 320), (350, 360), (430, 480))
    rows = pieces(200, (10, 20)).take(np.zeros(0, np.int64))
    for base in (200, 300, 400):
        title = pieces(base - 14, (60, 190)).plus(pieces(base + 12, (60, 185)))
        marks = pieces(base, (70, 76), (120, 127), (160, 168))
        number = pieces(base, (10, 20), (310, 318), (430, 470))
        rows = rows.plus(title).plus(marks).plus(number)
    columns = columns_under(headings, rows, np.array([200.0, 300, 400]), np.zeros(0), 10.0)
    assert columns is not None
    assert len(columns.leaves) == 5


def test_a_column_between_rulings_whose_heading_is_lost() -> None:
    headings = pieces(100, (5, 30), (90, 150), (350, 360), (390, 400), (430, 480))
    columns = under(headings, [40, 290, 335, 375, 415])
    assert columns is not None
    assert columns.edges[1:-1].tolist() == [40, 290, 335, 375, 415]
    assert (len(columns.leaves), columns.named) == (6, 5)
    bare = under(headings, [])
    assert bare is not None
    assert len(bare.leaves) == 5


def test_a_ruling_parts_no_text_and_a_splinter_is_no_heading() -> None:
    headings = pieces(100, (5, 30), (90, 110), (250, 254), (310, 320), (350, 360), (390, 400), (430, 480))
    columns = under(headings, [40, 150])
    assert columns is not None
    assert len(columns.leaves) == 6
    assert 150 not in columns.edges


def test_a_heading_that_a_ruling_crosses_stands_over_several_columns() -> None:
    quarters = ((310, 320), (350, 360), (390, 400))
    headings = pieces(100, (5, 30), (90, 150), *quarters, (430, 480)).plus(pieces(70, (321, 349)))
    rulings = under(headings, [40, 290, 335, 375, 415])
    assert rulings is not None
    assert len(rulings.leaves) == 6
    assert [(first, last) for _, first, last in rulings.spanning] == [(2, 3)]
    bare = under(headings, [])
    assert bare is None or not bare.spanning


def test_the_vowel_above_a_number_makes_no_row() -> None:
    column = pieces(76, (10, 20)).plus(pieces(100, (10, 20))).plus(pieces(160, (10, 20), (60, 200)))
    assert item_numbers(column, 20.0).tolist() == [100.0, 160.0]


def test_three_columns_with_lone_headings_between_the_rows() -> None:
    """Those stand below the table's headings and left of the numbers; amounts are beside their heading."""
    drawing = Drawing()
    for x, words in ((25, "ข้อ"), (80, "รายการ"), (140, "งบประมาณ")):
        drawing.text(x, 30, words, 12)
    for place in range(8):
        base = 46 + 7 * (place + place // 4)
        if place % 4 == 0:
            drawing.text(16, base - 7, "ยุทธศาสตร์ที่ ๑ ด้านคุณภาพชีวิต", 12)
        drawing.text(26, base, f"{place + 1}.", 12)
        drawing.text(38, base, "โครงการอบรมให้ความรู้", 12)
        drawing.text(165, base, "20,000", 12)
    table = the_table(drawing)
    lone = [cell for cell in table.cells if cell.column_span == 3]
    assert (table.rows, table.columns) == (11, 3)
    assert [cell.row for cell in lone] == [1, 6]
    assert all(len(cell.lines) == 1 and cell.box.x0 < drawing.mm(16) for cell in lone)


def test_months_below_close_headings_are_of_one_heading_each() -> None:
    """Their full stops leave gaps, and headings that stand close are together as wide as a title."""
    drawing = Drawing()
    months = (
        ("(ต.ค. - ธ.ค.", "๖๖)"),
        ("(ม.ค. - มี.ค.", "๖๗)"),
        ("(เม.ย. -", "มิ.ย. ๖๗)"),
        ("(ก.ค. - ก.ย.", "๖๗)"),
    )
    middles = [113 + 22.5 * place for place in range(4)]

    def centred(middle: float, base: float, words: str) -> None:
        width = drawing.text(0, -50, words, 14).width / drawing.mm(1)
        drawing.text(middle - width / 2, base, words, 14)

    for x, base, words in ((20, 25, "ข้อ"), (48, 25, "กิจกรรม"), (86, 17, "งบประมาณ"), (86, 24, "(บาท)")):
        centred(x, base, words)
    for quarter, (middle, (first, last)) in enumerate(zip(middles, months, strict=True), 1):
        for base, words in ((21, f"ไตรมาสที่ {quarter}"), (27, first), (33, last)):
            centred(middle, base, words)
    for place in range(6):
        base = 44 + 12 * place
        for x, words in ((18, f"{place + 1}."), (28, "จัดซื้อครุภัณฑ์"), (80, "13,256")):
            drawing.text(x, base, words, 14)
        centred(middles[place % 4], base, "P")
    table = the_table(drawing)
    assert table.columns == 7
    assert [len(cell.lines) for cell in table.cells if cell.row == 0][-4:] == [3, 3, 3, 3]
