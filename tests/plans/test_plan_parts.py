"""Plans as offices print them: months, headings in two rows, dimensions over rows, stamps, rows in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.model import SURE_CELL, AuditStatus, Box, Cell, Page, StampShape, StampText, Tick
from pipeline.plans import read_plans
from pipeline.plans.columns import read_columns
from pipeline.plans.grid import as_grid
from pipeline.plans.values import read_amount
from tests.plans.test_plan_tables import HEADER, ROWS, SUBHEADER, only_plan, page_of

MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]


def spanning(page: Page, place: tuple[int, int], rows: int = 1, columns: int = 1) -> Page:
    """``page`` with the cell at ``place`` of its table over so many rows and columns."""
    (table,) = page.tables
    covered = {
        (row, column)
        for row in range(place[0], place[0] + rows)
        for column in range(place[1], place[1] + columns)
    }
    cells = [
        replace(cell, row_span=rows, column_span=columns) if (cell.row, cell.column) == place else cell
        for cell in table.cells
        if (cell.row, cell.column) == place or (cell.row, cell.column) not in covered
    ]
    return replace(page, tables=(replace(table, cells=tuple(cells)),))


@pytest.mark.parametrize("misread", ["มิ.ย.", "ม.ย.", ""])
def test_a_quarter_is_ticked_where_one_of_its_months_is(misread: str) -> None:
    header = ["ที่", "โครงการ", "งบประมาณ", *(misread if m == "มิ.ย." else m for m in MONTHS)]
    row = ["1", "โครงการหนึ่ง", "5,000", "", "", "✓", "✓", "✓", *[""] * 7]
    (item,) = only_plan(page_of([header, row])).items
    assert (item.q1, item.q2, item.q3, item.q4) == (True, True, False, False)


def test_months_are_no_quarters_though_ticks_stand_under_four_of_them() -> None:
    header = ["ที่", "โครงการ", "งบประมาณ", "พ.ศ. 2566", "", "", "พ.ศ.", "", "", "", "2567", *[""] * 4]
    page = page_of([header, ["", "", "", *MONTHS], ["1", "โครงการหนึ่ง", "-", *["✓"] * 12]])
    for column, columns in ((3, 3), (6, 4), (10, 5)):
        page = spanning(page, (0, column), 1, columns)
    roles = read_columns(as_grid(page.tables[0], 1)).roles
    assert roles[3:] == tuple(f"month {month}" for month in range(1, 13))


@pytest.mark.parametrize("named", ["ไตรมาส 1 ไตรมาส 2", "ไตรมาส 1 (ต.ค.-ธ.ค.)"])
def test_one_cell_over_the_quarters_is_none_of_them(named: str) -> None:
    page = spanning(page_of([HEADER, ["", "", "", "", named, "", "", "", ""], ROWS[0]]), (1, 4), 1, 4)
    for column in (0, 1, 2, 3, 8):
        page = spanning(page, (0, column), 2)
    reading = read_plans([page])
    (item,) = reading.plans[0].items
    assert (item.q1, item.q4) == (None, None)
    assert item.needs_review
    assert "plan_column_missing" in [issue.code for issue in reading.issues]


def test_a_speck_read_as_a_figure_over_a_heading_makes_no_quarter_of_it() -> None:
    header = ["ที่", "๑ ชื่อโครงการ", "งบประมาณ", "ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4"]
    (item,) = only_plan(page_of([header, ["1", "โครงการหนึ่ง", "5", "✓", "", "", ""]])).items
    assert (item.title, item.q1, item.q2) == ("โครงการหนึ่ง", True, False)


def test_a_heading_over_the_first_rows_is_no_rest_of_the_header() -> None:
    header = ["ที่", "โครงการ/กิจกรรม", "งบประมาณ"]
    rows = [header, ["มิติที่", "๑ การสร้างสังคม", ""], ["1", "โครงการหนึ่ง", "5"]]
    assert [(item.title, item.dimension) for item in only_plan(page_of(rows)).items] == [("โครงการหนึ่ง", 1)]


def test_the_rest_of_a_heading_below_the_edge_of_its_row_belongs_to_it() -> None:
    header = ["ลำดั", "โครงการ/กิจกรรม", "จำนวนเงิน", "ไตร", "มาส", "", "", "หมาย"]
    rest = ["บที่", "", "(บาท)", "1", "2", "3", "4", "เหตุ"]
    plan = only_plan(page_of([header, rest, ["1", "โครงการหนึ่ง", "5,000", "✓", "", "", "", "ก"]]))
    assert [(item.item_no, item.title, item.q1, item.note) for item in plan.items] == [
        (1, "โครงการหนึ่ง", True, "ก")
    ]


def test_the_numbers_of_quarters_below_a_misread_heading_hold() -> None:
    header = ["ลำดั", "โครงการ/กิจกรรม", "", "ไตรง", "มาส", "ง1", "งบประมาณ"]
    page = page_of([header, ["บ", "", "1", "2", "3", "4", ""], ["1", "โครงการหนึ่ง", "✓", "", "", "✓", "5"]])
    (item,) = only_plan(page).items
    assert (item.q1, item.q2, item.q3, item.q4, item.budget) == (True, False, False, True, 5.0)


def test_a_first_item_without_a_number_is_no_rest_of_the_headings() -> None:
    rows = [["ลำดับ", "โครงการ", "งบประมาณ"], ["", "โครงการอบรม", "100"], ["2", "โครงการสอง", "200"]]
    assert [item.title for item in only_plan(page_of(rows)).items] == ["โครงการอบรม", "โครงการสอง"]


@pytest.mark.parametrize("heading", ["มิติที่ ๒ การบริหาร", "๒. มิติการบริหารราชการ", "2) มิติ การบริหาร"])
def test_a_heading_over_rows_names_their_dimension(heading: str) -> None:
    header = ["ที่", "โครงการ", "งบประมาณ"]
    page = page_of([header, [heading, "", ""], ["1", "โครงการหนึ่ง", "5,000"]])
    assert [item.dimension for item in only_plan(spanning(page, (1, 0), 1, 3)).items] == [2]


def with_lines(page: Page, place: tuple[int, int], texts: Sequence[str]) -> Page:
    """``page`` with these lines in the cell at ``place`` of its table."""
    (table,) = page.tables
    cells = [
        replace(cell, lines=tuple(replace(cell.lines[0], text=text) for text in texts))
        if (cell.row, cell.column) == place
        else cell
        for cell in table.cells
    ]
    return replace(page, tables=(replace(table, cells=tuple(cells)),))


@pytest.mark.parametrize("lines", [["(นายวิชัย สุขใจ)", "รวมทั้งสิ้น"], ["รวมพังลิ้น"]])
def test_a_line_of_sums_is_one_though_a_stamp_covers_it_or_it_was_misread(lines: list[str]) -> None:
    page = spanning(
        page_of([HEADER, SUBHEADER, *ROWS, ["รวม", "", "", "41,000.00", "", "", "", "", ""]]), (5, 0), 1, 2
    )
    plan = only_plan(with_lines(page, (5, 0), lines))
    assert len(plan.items) == 3
    assert plan.audit_status is AuditStatus.CONSISTENT


def test_no_budget_is_none_whatever_a_stamp_says_beside_it() -> None:
    page = with_lines(page_of([["ไม่ใช้งบประมาณ"]]), (0, 0), ["ซอ๗", "ไม่ใช้งบประมาณ"])
    reading = read_amount(page.tables[0].cells[0])
    assert reading.value is None
    assert reading.confidence < 0.95


def test_rows_under_one_number_and_title_are_one_item() -> None:
    header = ["ที่", "โครงการ", "งบประมาณ", "ผู้รับผิดชอบ"]
    page = page_of(
        [header, ["1", "โครงการหนึ่ง", "5,000", "กองช่าง"], ["", "", "", "กองคลัง"], ["2", "ข", "1", "ค"]]
    )
    for column in (0, 1):
        page = spanning(page, (1, column), 2)
    plan = only_plan(page)
    assert [(item.item_no, item.budget, item.needs_review) for item in plan.items] == [
        (1, 5000.0, False),
        (2, 1.0, False),
    ]
    two = only_plan(with_amount(page, (2, 2), "7,000"))
    assert two.items[0].needs_review


def with_amount(page: Page, place: tuple[int, int], text: str) -> Page:
    (table,) = page.tables
    filled = next(cell for cell in table.cells if cell.lines)
    cells = [
        replace(cell, lines=(replace(filled.lines[0], text=text),))
        if (cell.row, cell.column) == place
        else cell
        for cell in table.cells
    ]
    return replace(page, tables=(replace(table, cells=tuple(cells)),))


def test_a_row_without_a_tick_is_doubted_among_rows_that_have_some() -> None:
    rows = [
        [str(number), "โครงการอบรม", "2", "-", "✓" if number != 3 else "", "", "", "", ""]
        for number in range(1, 7)
    ]
    page = page_of([HEADER, SUBHEADER, *rows])
    (table,) = page.tables
    cells = [
        replace(cell, tick=Tick(False, 0.99))
        if 4 <= cell.column <= 7 and cell.tick is None and cell.row > 1
        else cell
        for cell in table.cells
    ]
    plan = only_plan(replace(page, tables=(replace(table, cells=tuple(cells)),)))
    assert [item.needs_review for item in plan.items] == [False, False, True, False, False, False]


def test_a_table_that_sums_its_columns_of_months_is_audited_by_its_budget() -> None:
    header = ["ที่", "โครงการ", "งบประมาณ", *MONTHS]
    rows = [["1", "โครงการหนึ่ง", "5,000", "✓", *[""] * 11], ["2", "โครงการสอง", "6,000", *[""] * 11, "✓"]]
    plan = only_plan(page_of([header, *rows, ["รวมทั้งสิ้น", "", "11,000", *[""] * 12]]))
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert plan.total_budget == 11000.0


def test_what_a_stamp_lies_over_is_doubtful_unless_sums_prove_it() -> None:
    rows = [["ที่", "โครงการ", "งบประมาณ"], ["1", "โครงการหนึ่ง", "100"], ["2", "โครงการสอง", "200"]]
    for column, total, doubted in ((2, [], True), (2, [["รวมทั้งสิ้น", "", "300"]], False), (1, [], True)):
        page = page_of([*rows, *total])
        stamp = StampText(Box(100 * column + 20, 65, 100 * column + 90, 90), StampShape.OTHER, ())
        plan = only_plan(replace(page, stamps=(stamp,)))
        assert [item.needs_review for item in plan.items] == [False, doubted]


@pytest.mark.parametrize(("sure", "spotted"), [(0.99, False), (0.88, False), (0.7, True)])
def test_an_amount_is_doubtfully_none_where_there_is_a_spot(sure: float, spotted: bool) -> None:
    reading = read_amount(Cell(0, 0, 1, 1, Box(0, 0, 100, 40), (), Tick(False, sure)))
    assert reading.value is None
    assert (reading.confidence < SURE_CELL) == spotted
