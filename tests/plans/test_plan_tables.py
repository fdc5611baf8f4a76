"""Plan tables from pages as read: columns, rows, page breaks, totals and what stands around."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.lattice import between, of_text
from pipeline.model import AuditStatus, Box, Cell, Line, Page, Rule, Table, Tick
from pipeline.plans import read_plans
from pipeline.plans.amount_form import AmountForm, amount_form
from pipeline.plans.columns import Columns, read_columns
from pipeline.plans.grid import as_grid
from pipeline.plans.values import read_amount, read_tick, read_whole_number

HEADER = ["ลำดับ", "โครงการ/กิจกรรม/มาตรการ", "มิติ", "งบประมาณ (บาท)", "ดำเนินการไตรมาส", "", "", "", "หมายเหตุ"]
SUBHEADER = ["", "", "", "", "1", "2", "3", "4", ""]
ROWS = [
    ["1", "โครงการอบรมคุณธรรม", "2", "16,000.00", "", "✓", "", "", ""],
    ["2", "มาตรการ “ลดขั้นตอน”", "3", "0.00", "✓", "✓", "✓", "✓", "กอง ช่าง"],
    ["3", "กิจกรรมเวทีประชาคม", "1", "25,000.00", "", "", "", "✓", ""],
]
TOTAL = ["รวมทั้งสิ้น", "", "", "41,000.00", "1", "2", "1", "2", ""]


def page_of(
    *tables: Sequence[Sequence[str]], number: int = 1, above: Sequence[str] = (), below: Sequence[str] = ()
):
    """A page of 1000 pixels' width with lines above the tables and below them, 30 pixels each."""
    top = 0.0
    lines: list[Line] = []
    built: list[Table] = []

    def put(texts: Sequence[str]) -> None:
        nonlocal top
        for text in texts:
            lines.append(Line(text, Box(0, top, 1000, top + 30)))
            top += 40

    put(above)
    for rows in tables:
        cells = []
        start = top
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                box = Box(column * 100, top, column * 100 + 100, top + 30)
                tick = Tick(text == "✓", 1.0) if text in ("✓",) else None
                held = (Line(text, box),) if text and tick is None else ()
                cells.append(Cell(row, column, 1, 1, box, held, tick))
            top += 30
        built.append(Table(Box(0, start, 1000, top), len(rows), len(rows[0]), tuple(cells)))
    put(below)
    return Page(number, 1000, 1400, 150, tuple(lines), tuple(built))


def only_plan(*pages: Page):
    reading = read_plans(pages)
    assert len(reading.plans) == 1
    return reading.plans[0]


def test_what_a_plan_says_as_a_whole_has_evidence():
    title = "แผนปฏิบัติการป้องกันการทุจริต พ.ศ. ๒๕๖๕ ของ องค์การบริหารส่วนตำบลบ้านใหม่"
    page = page_of([HEADER, SUBHEADER, *ROWS, TOTAL], above=[title], below=["** ข้อมูล ณ วันที่ 17 กุมภาพันธ์ 2565"])
    found = {evidence.field: evidence for evidence in read_plans([page]).evidence}
    assert (found["plan[0].fiscal_year_be"].value, found["plan[0].fiscal_year_be"].raw) == ("2565", title)
    assert found["plan[0].fiscal_year_be"].by(Rule.PLAN_TITLE)
    assert found["plan[0].as_of_date"].by(Rule.LINE_BY_TABLE)
    assert found["plan[0].as_of_date"].box == page.lines[1].box
    assert found["plan[0].total_budget"].raw == "41,000.00"
    assert found["plan[0].total_budget"].by(Rule.SUM_AGREES)
    assert found["plan[0].q1_count"].value == "1"


def test_numbers_that_begin_anew_in_each_part_stay_as_printed():
    plan = only_plan(
        page_of(
            [HEADER, SUBHEADER, *ROWS, *ROWS, ["7", *ROWS[0][1:]], ["2", *ROWS[1][1:]], ["3", *ROWS[2][1:]]]
        )
    )
    assert [item.item_no for item in plan.items] == [1, 2, 3, 1, 2, 3, 4, 5, 6]


def test_a_number_that_nothing_tells_is_none():
    rows = [[number, *ROWS[0][1:]] for number in ("4", "๏", "9", "12")]
    plan = only_plan(page_of([HEADER, SUBHEADER, *rows]))
    assert [item.item_no for item in plan.items] == [4, None, 9, 12]


def test_a_plan_that_adds_up_is_consistent():
    plan = only_plan(
        page_of(
            [HEADER, SUBHEADER, *ROWS, TOTAL],
            above=["แผนปฏิบัติการป้องกันการทุจริต พ.ศ. ๒๕๖๕ ของ องค์การบริหารส่วนตำบลบ้านใหม่"],
            below=[
                "** ข้อมูล ณ วันที่ 17 กุมภาพันธ์ 2565",
                "ชื่อ - สกุล ผู้ออกรายงาน นายสมชาย ใจดี",
                "คำอธิบาย",
                "มิติ 1 การสร้างสังคมที่ไม่ทนต่อการทุจริต",
            ],
        )
    )
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert plan.organisation == "องค์การบริหารส่วนตำบลบ้านใหม่"
    assert (plan.fiscal_year_be, plan.total_budget, plan.as_of_date) == (2565, 41000.0, "2022-02-17")
    assert plan.reporter == "นายสมชาย ใจดี"
    assert plan.legend == (("1", "การสร้างสังคมที่ไม่ทนต่อการทุจริต"),)
    assert [(item.item_no, item.kind, item.dimension, item.budget) for item in plan.items] == [
        (1, "โครงการ", 2, 16000.0),
        (2, "มาตรการ", 3, 0.0),
        (3, "กิจกรรม", 1, 25000.0),
    ]
    assert [(item.q1, item.q2, item.q3, item.q4) for item in plan.items] == [
        (False, True, False, False),
        (True, True, True, True),
        (False, False, False, True),
    ]
    assert not any(item.needs_review for item in plan.items)


def test_thai_digits_and_columns_in_another_order():
    plan = only_plan(
        page_of(
            [
                ["มิติ", "งบประมาณ", "ลำดับที่", "ชื่อโครงการ", "ผู้รับผิดชอบ"],
                ["๔", "๑๐,๕๐๐.๕๐", "๑", "โครงการหนึ่ง", "สป."],
                ["๑", "-", "๒", "โครงการสอง", "กองคลัง"],
                ["", "๑๐,๕๐๐.๕๐", "", "รวม", ""],
            ]
        )
    )
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert [(item.dimension, item.budget) for item in plan.items] == [(4, 10500.5), (1, None)]
    assert plan.items[0].extra == (("ผู้รับผิดชอบ", "สป."),)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_a_page_break_is_one_plan(repeated: bool):
    top = [HEADER, SUBHEADER, *ROWS[:2]]
    rest = [*([HEADER, SUBHEADER] if repeated else []), ROWS[2], TOTAL]
    plan = only_plan(page_of(top, number=4), page_of(rest, number=5))
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert [(item.item_no, item.page) for item in plan.items] == [(1, 4), (2, 4), (3, 5)]


def test_a_row_cut_by_the_page_break_is_one_item():
    cut = ["", "ของบุคลากร", "", "", "", "", "", "", ""]
    plan = only_plan(
        page_of([HEADER, SUBHEADER, ROWS[0]], number=1), page_of([cut, *ROWS[1:], TOTAL], number=2)
    )
    assert [item.title for item in plan.items][:2] == ["โครงการอบรมคุณธรรมของบุคลากร", "มาตรการ “ลดขั้นตอน”"]
    assert plan.audit_status is AuditStatus.CONSISTENT


def test_the_rest_of_a_title_below_a_repeated_heading_is_no_heading():
    cut = ["", "พ.ศ. 2566", "", "", "", "", "", "", ""]
    plan = only_plan(
        page_of([HEADER, SUBHEADER, ROWS[0]], number=1),
        page_of([HEADER, SUBHEADER, cut, *ROWS[1:], TOTAL], number=2),
    )
    assert plan.items[0].title == "โครงการอบรมคุณธรรมพ.ศ. 2566"


def test_totals_that_disagree_are_said_to():
    wrong = [*TOTAL[:3], "42,000.00", *TOTAL[4:]]
    reading = read_plans([page_of([HEADER, SUBHEADER, *ROWS, wrong])])
    plan = reading.plans[0]
    assert plan.audit_status is AuditStatus.INCONSISTENT
    assert "+1,000" in plan.audit_note.replace("1000", "1,000")
    assert [item.budget for item in plan.items] == [16000.0, 0.0, 25000.0], "nothing is changed silently"
    assert "plan_inconsistent" in {issue.code for issue in reading.issues}


def test_a_misread_item_number_follows_from_its_neighbours():
    broken = [ROWS[0], ["7", *ROWS[1][1:]], ROWS[2]]
    reading = read_plans([page_of([HEADER, SUBHEADER, *broken, TOTAL])])
    items = reading.plans[0].items
    assert [item.item_no for item in items] == [1, 2, 3]
    assert items[1].needs_review
    evidence = next(e for e in reading.evidence if e.field == "plan[0].items[2].item_no")
    assert (evidence.value, evidence.raw) == ("2", "7")


def test_budgets_by_year():
    plan = only_plan(
        page_of(
            [
                [
                    "มิติ",
                    "โครงการ/กิจกรรม/มาตรการ",
                    "ปี ๒๕๖๑\nงบประมาณ (บาท)",
                    "ปี ๒๕๖๒\nงบประมาณ (บาท)",
                    "หมายเหตุ",
                ],
                ["๑", "๑.๑ โครงการแรก", "๑๐,๐๐๐", "-", "สป."],
                ["๒", "๑.๒ โครงการที่สอง", "๕,๐๐๐", "๗,๕๐๐", ""],
                ["", "รวม", "๑๕,๐๐๐", "๗,๕๐๐", ""],
            ]
        )
    )
    assert plan.audit_status is AuditStatus.CONSISTENT
    years = [[(budget.fiscal_year_be, budget.amount) for budget in item.year_budgets] for item in plan.items]
    assert years == [[(2561, 10000.0), (2562, None)], [(2561, 5000.0), (2562, 7500.0)]]
    assert [item.item_no for item in plan.items] == [1, 2]


def test_a_page_without_a_plan_table_says_so():
    reading = read_plans([page_of(above=["แผนปฏิบัติการประจำปี"])])
    assert reading.plans == ()
    assert [issue.code for issue in reading.issues] == ["plan_without_table"]


def test_a_table_beside_the_plan_that_is_none_is_told_of():
    staff = [["ชื่อ", "ตำแหน่ง"], ["นายก", "ครู"], ["นายข", "ครู"]]
    reading = read_plans([page_of([HEADER, SUBHEADER, *ROWS, TOTAL]), page_of(staff, number=2)])
    assert len(reading.plans) == 1
    assert [(issue.code, issue.page) for issue in reading.issues] == [("table_left_out", 2)]


def test_other_tables_are_no_plans():
    assert read_plans([page_of([["ชื่อ", "ตำแหน่ง"], ["นายก", "ครู"], ["นายข", "ครู"]])]).plans == ()


def test_a_dimension_printed_once_holds_for_the_items_below_it_and_over_the_page_break():
    header = ["มิติ", "ลำดับ", "โครงการ", "งบประมาณ"]
    top = [header, ["๑. การสร้างสังคมที่ไม่ทน", "๑", "โครงการหนึ่ง", "๑"], ["", "๒", "โครงการสอง", "๒"]]
    rest = [header, ["ต่อการทุจริต", "๓", "โครงการสาม", "๓"], ["๒. การบริหารราชการ", "๔", "โครงการสี่", "๔"]]
    plan = only_plan(page_of(top, number=1), page_of(rest, number=2))
    assert [item.dimension for item in plan.items] == [1, 1, 1, 2]


def test_items_listed_in_one_ruled_row_are_items_of_their_own():
    def cell(row: int, column: int, *lines: tuple[float, str]) -> Cell:
        box = Box(column * 200, 0 if row == 0 else 40, column * 200 + 200, 40 if row == 0 else 400)
        held = tuple(Line(text, Box(box.x0, top, box.x1, top + 24)) for top, text in lines)
        return Cell(row, column, 1, 1, box, held)

    cells = (
        cell(0, 0, (5, "มิติ")),
        cell(0, 1, (5, "โครงการ/กิจกรรม/มาตรการ")),
        cell(0, 2, (5, "ปี ๒๕๖๑ งบประมาณ (บาท)")),
        cell(0, 3, (5, "หมายเหตุ")),
        cell(1, 0, (50, "๑. การสร้าง"), (80, "สังคม")),
        cell(1, 1, (50, "๑) โครงการแรก"), (80, "ต่อท้าย"), (110, "๒) กิจกรรมสอง"), (140, "๓) มาตรการสาม")),
        cell(1, 2, (52, "๑๐,๐๐๐"), (142, "๕,๐๐๐")),
        cell(1, 3, (50, "สป."), (112, "กองคลัง")),
    )
    page = Page(1, 800, 400, 150, (), (Table(Box(0, 0, 800, 400), 2, 4, cells),))
    plan = only_plan(page)
    assert [(item.title, item.dimension, item.note) for item in plan.items] == [
        ("๑) โครงการแรกต่อท้าย", 1, "สป."),
        ("๒) กิจกรรมสอง", 1, "กองคลัง"),
        ("๓) มาตรการสาม", 1, None),
    ]
    assert [item.year_budgets[0].amount for item in plan.items] == [10000.0, None, 5000.0]


def test_a_sum_of_a_part_is_no_item_and_no_total():
    rows = [
        ["โครงการ", "ปี ๒๕๖๑ งบประมาณ", "ปี ๒๕๖๒ งบประมาณ"],
        ["๑) โครงการหนึ่ง", "๑๐", "๒๐"],
        ["๒) โครงการสอง", "๕", "-"],
        ["รวม", "๑๕", "๒๐"],
        ["๑) โครงการสาม", "๗", "-"],
    ]
    plan = only_plan(page_of(rows))
    assert len(plan.items) == 3
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert plan.total_budget is None


def test_a_quarter_whose_header_was_lost_is_known_by_its_place():
    misread = ["", "", "", "", "", "2", "ว", "4", ""]
    plan = only_plan(page_of([HEADER, misread, *ROWS, TOTAL]))
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert [(item.q1, item.q2, item.q3, item.q4) for item in plan.items] == [
        (False, True, False, False),
        (True, True, True, True),
        (False, False, False, True),
    ]


def test_the_word_of_the_quarters_may_be_parted_by_a_line_down_its_middle():
    header = ["ลำดับ", "โครงการ", "มิติ", "งบประมาณ (บาท)", "ดำเนินการไตร", "", "มาส", "", "หมายเหตุ"]
    plan = only_plan(page_of([header, SUBHEADER, *ROWS, TOTAL]))
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert [item.q1 for item in plan.items] == [False, True, False]


def test_a_budget_whose_header_was_not_read_is_known_by_its_amounts():
    header = ["ลำดับ", "โครงการ", "มิติ", "w (าท)", "ไตรมาส", "", "", "", "หมายเหตุ"]
    plan = only_plan(page_of([header, SUBHEADER, *ROWS, TOTAL]))
    assert [item.budget for item in plan.items] == [16000.0, 0.0, 25000.0]
    assert plan.total_budget == 41000.0


def test_ink_that_was_read_as_nothing_is_a_doubtful_tick():
    box = Box(0, 0, 50, 30)
    reading = read_tick(Cell(1, 5, 1, 1, box, (Line("", box, 0.7),)))
    assert (reading.value, reading.confidence) == (True, 0.5)
    assert read_tick(Cell(1, 5, 1, 1, box)).value is False


@pytest.mark.parametrize("misread", ["ปี ๒๕๒๒", "0 2562", ""])
def test_a_year_that_was_misread_is_known_by_its_place(misread: str):
    header = ["ลำดับ", "โครงการ", "ปี ๒๕๖๑", misread, "ปี ๒๕๖๓", "ปี ๒๕๖๔"]
    plan = only_plan(page_of([header, ["๑", "โครงการหนึ่ง", "๑๐", "๒๐", "-", "๓๐"]]))
    years = {budget.fiscal_year_be: budget.amount for budget in plan.items[0].year_budgets}
    assert years == {2561: 10.0, 2562: 20.0, 2563: None, 2564: 30.0}


@pytest.mark.parametrize("header", ["กิจกรรม/โครงการ", "มาตรการ / กิจกรรม", "กิจกรรม/โครงกาธ"])
def test_a_header_names_what_it_lists_in_any_order(header: str):
    plan = only_plan(page_of([["ลำดับ", header, "งบประมาณ"], ["๑", "โครงการหนึ่ง", "๑๐"]]))
    assert [(item.title, item.budget) for item in plan.items] == [("โครงการหนึ่ง", 10.0)]


def test_quarters_under_no_common_heading_may_be_called_by_letters():
    rows = [["ที่", "โครงการ", "Q1", "Q•", "Q๓", "Q๔"], ["๑", "โครงการหนึ่ง", "✓", "", "", "✓"]]
    (item,) = only_plan(page_of(rows)).items
    assert (item.q1, item.q2, item.q3, item.q4) == (True, False, False, True)


def test_a_quarter_whose_number_was_misread_is_known_by_its_months():
    header = ["ที่", "โครงการ", "ไตรมาส ๏ (ต.ค.-ธ.ค.)", "ไตรมาส ๒ (ม.ค.-มี.ค.)"]
    (item,) = only_plan(page_of([header, ["๑", "โครงการหนึ่ง", "✓", ""]])).items
    assert (item.q1, item.q2) == (True, False)


def test_four_columns_counted_under_one_heading_are_quarters():
    header = ["ที่", "โครงการ", "ระยะเวลาดำเนินการ", "", "", ""]
    page = page_of([header, ["", "", "๑", "๒", "๓", "๔"], ["๑", "โครงการหนึ่ง", "/", "", "-", "/"]])
    (table,) = page.tables
    wide = [replace(c, column_span=4) for c in table.cells if (c.row, c.column) == (0, 2)]
    cells = [c for c in table.cells if c.row or c.column < 2] + wide
    (item,) = only_plan(replace(page, tables=(replace(table, cells=tuple(cells)),))).items
    assert (item.q1, item.q2, item.q3, item.q4) == (True, False, False, True)


def test_a_dimension_is_doubted_below_a_page_break_that_lost_its_column():
    header = ["มิติ", "ลำดับ", "โครงการ", "งบประมาณ"]
    first = page_of([header, ["๑. การสร้างสังคม", "๑", "โครงการหนึ่ง", "๑"], ["", "๒", "โครงการสอง", "๒"]])
    below = page_of([["", "๓", "โครงการสาม", "๓"]], number=2)
    (table,) = below.tables
    cells = tuple(cell for cell in table.cells if cell.column)
    plan = only_plan(first, replace(below, tables=(replace(table, cells=cells),)))
    assert [(item.dimension, item.needs_review) for item in plan.items] == [(1, False), (1, False), (1, True)]


@pytest.mark.parametrize("sums", ["รวมมิติที่ ๒ •E.2", "รวมมิติท ๒", "รวม ๑ โครงการ", "รวมยุทธศาสตร์ที่ ๑"])
def test_sums_and_headings_are_known_among_specks(sums: str):
    rows = [
        ["ลำดับ", "โครงการ", "งบประมาณ", "หมายเหตุ"],
        ["", "– มิติที่ ๒ การบริหารราชการ", "", ""],
        ["๑", "โครงการหนึ่ง", "๑๐", ""],
        ["", sums, "๑๐", ""],
        ["", "มิติ ๓ การมีส่วนร่วม", "", ""],
        ["๒", "โครงการสอง", "๒๐", ""],
    ]
    plan = only_plan(page_of(rows))
    assert [(item.title, item.dimension) for item in plan.items] == [("โครงการหนึ่ง", 2), ("โครงการสอง", 3)]


def test_a_header_that_lists_other_things_too_is_no_title():
    rows = [["ลำดับ", "ตัวชี้วัด/กิจกรรม", "โครงการ", "งบประมาณ"], ["๑", "ร้อยละ ๘๐", "โครงการหนึ่ง", "๑๐"]]
    assert [item.title for item in only_plan(page_of(rows)).items] == ["โครงการหนึ่ง"]


def test_dirt_above_a_header_and_in_it_does_not_hide_it():
    dirt = ["", "• ๑๕", "", "-", "", "", "", "", ""]
    header = ["ลำดับ", "-โครงการ/กิจกรรม", "มิติ", "งบประมาณ (บาท)•", "ดำเนินการไตรมาส", "", "", "", "หมายเหตุ"]
    cells = page_of([dirt, header, SUBHEADER, *ROWS, TOTAL]).tables[0].cells
    # As where a ruling was seen through the header of two columns.
    tall = tuple(replace(c, row_span=3) if c.row == 0 and c.column == 0 else c for c in cells)
    page = page_of([dirt, header, SUBHEADER, *ROWS, TOTAL])
    plan = only_plan(replace(page, tables=(replace(page.tables[0], cells=tall),)))
    assert [item.budget for item in plan.items] == [16000.0, 0.0, 25000.0]


def test_marks_of_the_row_below_are_no_words_of_a_header():
    cells = page_of([["ข้อ", "ชื่อโครงการ", "วงเงินงบประมาณ"], ["๑", "โครงการแรก", "500"]]).tables[0].cells
    marks = Line("² —_g g. ๙๓๑", cells[1].box, 0.0)
    header = replace(cells[1], lines=(*cells[1].lines, marks))
    grid = as_grid(Table(Box(0, 0, 300, 60), 2, 3, (cells[0], header, *cells[2:])), 1)
    assert read_columns(grid).roles == ("item_no", "title", "budget")


def test_a_heading_of_a_dimension_whose_number_was_not_read_counts_on():
    rows = [
        ["มิติ", "ลำดับ", "โครงการ", "งบประมาณ"],
        ["l. การสร้างสังคมที่ไม่ทน", "๑", "โครงการหนึ่ง", "๑"],
        ["ต่อการทุจริต", "๒", "โครงการสอง", "๒"],
        ["๒. การบริหารราชการ", "๓", "โครงการสาม", "๓"],
        ["เ. การมีส่วนร่วม", "๔", "โครงการสี่", "๔"],
    ]
    plan = only_plan(page_of(rows))
    assert [item.dimension for item in plan.items] == [1, 1, 2, 3]
    assert plan.items[0].needs_review
    assert plan.items[3].needs_review


def test_a_box_to_tick_that_was_read_as_text_is_empty():
    box = Box(0, 0, 50, 30)
    reading = read_tick(Cell(1, 5, 1, 1, box, (Line("☐", box, 0.9), Line(".", box, 0.4))))
    assert reading.value is False


def test_shreds_read_as_figures_are_no_part_of_a_title_or_an_amount():
    page = page_of([HEADER, SUBHEADER, *ROWS, TOTAL])
    shreds = (Line("“33’°9", Box(100, 0, 200, 30), 0.1),)
    cells = tuple(
        replace(c, lines=c.lines + shreds) if c.row == 2 and c.column in (1, 3) else c
        for c in page.tables[0].cells
    )
    plan = only_plan(replace(page, tables=(replace(page.tables[0], cells=cells),)))
    assert (plan.items[0].title, plan.items[0].budget) == ("โครงการอบรมคุณธรรม", 16000.0)
    assert plan.items[0].needs_review


def test_a_speck_beside_a_dash_is_no_amount():
    box = Box(0, 0, 50, 30)
    speck, dash = Line("1", box, 0.7, body_height=10.0), Line("-", box, 0.99, body_height=20.0)
    assert read_amount(Cell(1, 3, 1, 1, box, (speck, dash))).value is None


def column_of(amounts: Sequence[str], satang: str = ".00") -> list[Cell]:
    """Cells that the recogniser is sure of."""
    box = Box(0, 0, 90, 30)
    return [
        Cell(row, 3, 1, 1, box, (Line(text + satang, box, 0.99, lattice=of_text(text + satang)),))
        for row, text in enumerate(amounts)
    ]


def test_a_column_prints_its_amounts_in_one_form():
    assert amount_form(column_of(["16,000", "0", "๒๕,๐๐๐", "500", "1,250"])) == AmountForm(
        True, True, whole=True
    )
    assert amount_form(column_of(["16000", "25000", "1500", "1250"], "")) == AmountForm(False, False)
    assert amount_form(column_of(["16,000", "25,000", "1,500"])) is None
    assert amount_form([None, *column_of(["16,000", "0", "25000", "1,500", "900.00"], "")]) is None


def test_a_nought_misread_in_a_column_of_whole_baht_is_doubted():
    (odd,) = column_of(["3,900,000.01"], "")
    assert read_amount(odd, AmountForm(True, True, whole=True)).confidence < 0.95
    assert read_amount(odd, AmountForm(True, True)).confidence > 0.95


def test_a_table_goes_on_under_a_header_of_the_same_roles_where_its_items_count_on():
    short = ["ที่", "ชื่อโครงการ", "มิติ", "งบประมาณที่ใช้จ่าย", "ไตรมาส", "", "", "", "หมายเหตุ"]
    further = [["4", *ROWS[0][1:]], ["5", *ROWS[1][1:]]]
    anew = [["1", *ROWS[0][1:]], ["2", *ROWS[1][1:]]]
    first = page_of([HEADER, SUBHEADER, *ROWS])
    plan = only_plan(first, page_of([short, SUBHEADER, *further], number=2))
    assert [item.item_no for item in plan.items] == [1, 2, 3, 4, 5]
    assert len(read_plans([first, page_of([short, SUBHEADER, *anew], number=2)]).plans) == 2


def test_a_number_that_goes_on_in_the_next_line_of_its_narrow_column():
    box = Box(0, 0, 90, 30)
    cell = Cell(0, 0, 1, 1, box, (Line("๑", box, 0.99), Line("๒.", box, 0.99)))
    assert read_whole_number(cell).value == 12


def test_dirt_beside_a_figure_that_does_not_fill_its_cell_is_no_other_figure():
    speck, figure = Line("1", Box(0, 0, 9, 9), 0.99, body_height=20), Line("3", Box(40, 12, 52, 34), 0.98)
    wide = Cell(0, 0, 1, 1, Box(0, 0, 90, 60), (speck, figure))
    assert read_whole_number(wide).value == 3
    both = Cell(0, 0, 1, 1, Box(0, 0, 90, 60), (replace(speck, box=Box(0, 0, 9, 20)), figure))
    assert read_whole_number(both).confidence < 0.95


@pytest.mark.parametrize(
    ("lines", "amount"), [("๑๑๕,๐๐|๐", 115_000), ("1,500|,000.00", 1_500_000), ("๔๐๐,๐๐๐.|๐๐", 400_000)]
)
def test_an_amount_that_goes_on_in_the_next_line_of_its_narrow_column(lines: str, amount: int):
    first, rest = lines.split("|")
    whole, cut, end = of_text(first + rest), 4 * len(first), 4 * len(first + rest)
    parts = (
        Line(first, Box(0, 0, 90, 30), 0.99, lattice=between(whole, 0, cut)),
        Line(rest, Box(0, 30, 30, 60), 0.99, lattice=between(whole, cut, end)),
    )
    read = read_amount(Cell(1, 3, 1, 1, Box(0, 0, 90, 60), parts))
    assert (read.value, read.confidence > 0.95) == (amount, True)


def test_of_two_amounts_in_one_cell_neither_is_sure():
    box = Box(0, 0, 90, 30)
    read = read_amount(Cell(1, 3, 1, 1, box, (Line("1,000", box, 0.99), Line("500", box, 0.98))))
    assert read.value == 1000
    assert read.confidence < 0.95


def test_a_heading_cut_at_the_edges_of_columns_names_the_dimension_of_the_rows_below():
    rows = [
        ["ลำดับ", "โครงการ", "งบประมาณ", "หมายเหตุ"],
        ["มิติที่", "๒ การบริหารราชการเพื่อป้องกันการทุจ", "ริต", ""],
        ["๑", "โครงการหนึ่ง", "๑๐", ""],
    ]
    plan = only_plan(page_of(rows))
    assert [(item.item_no, item.title, item.dimension) for item in plan.items] == [(1, "โครงการหนึ่ง", 2)]


def test_the_ends_of_several_entries_after_a_page_break_are_no_headings():
    header = ["ลำดับ", "โครงการ", "ตัวชี้วัด", "งบประมาณ"]
    first = page_of([header, ["๑", "โครงการหนึ่ง ประจำปี", "ไม่น้อยกว่า", "๑๐"]])
    second = page_of([header, ["", "พ.ศ. ๒๕๖๘", "๕๐ คน", ""], ["๒", "โครงการสอง", "", "๒๐"]], number=2)
    assert [item.title for item in only_plan(first, second).items] == [
        "โครงการหนึ่ง ประจำปีพ.ศ. ๒๕๖๘",
        "โครงการสอง",
    ]


def test_an_amount_with_a_speck_over_its_point_is_read_in_the_form_of_its_column_doubtfully():
    (dirty,) = column_of(["๘๑,๐๐๐:๐๐"], "")
    read = read_amount(dirty, AmountForm(True, True))
    assert (read.value, read.raw) == (Decimal(81000), "๘๑,๐๐๐:๐๐")
    assert read.confidence < 0.95


def test_an_amount_that_is_not_in_the_form_of_its_column_is_doubted_and_stays():
    (odd,) = column_of(["8,100,000"], "")
    read = read_amount(odd, AmountForm(True, True))
    assert read.value == Decimal(8100000)
    assert read.confidence < 0.95
    (zero,) = column_of(["0"], "")
    assert read_amount(zero, AmountForm(True, True)) == read_amount(zero)


def damaged(texts: Sequence[str]) -> list[str]:
    return ["||.", *["" if text == "" else "ํ'~" for text in texts[1:]]]


def test_a_table_whose_header_was_lost_goes_on_in_the_one_below():
    top = page_of([damaged(HEADER), SUBHEADER, *ROWS[:2]], number=4)
    plan = only_plan(top, page_of([HEADER, SUBHEADER, ROWS[2], TOTAL], number=5))
    assert plan.audit_status is AuditStatus.CONSISTENT
    assert [item.item_no for item in plan.items] == [1, 2, 3]


def test_a_table_that_begins_with_its_first_item_goes_on_from_none():
    top = page_of([damaged(HEADER), SUBHEADER, *ROWS[:2]], number=4)
    plan = only_plan(top, page_of([HEADER, SUBHEADER, *ROWS], number=5))
    assert len(plan.items) == 3


def test_of_two_headers_that_agree_the_one_that_says_more_counts():
    lost = [text if text != "มิติ" else "ม" for text in HEADER]
    plan = only_plan(
        page_of([lost, SUBHEADER, *ROWS[:1]], number=4), page_of([HEADER, SUBHEADER, *ROWS[1:]], number=5)
    )
    assert [item.dimension for item in plan.items] == [2, 3, 1]


def test_a_last_row_of_figures_under_one_cell_is_of_sums_though_its_word_was_not_read():
    page = page_of([HEADER, SUBHEADER, *ROWS, ["๕ ราม", *TOTAL[1:]]])
    table = page.tables[0]
    last = table.rows - 1
    cells = [cell for cell in table.cells if not (cell.row == last and cell.column in (1, 2))]
    cells = [replace(cell, column_span=3) if (cell.row, cell.column) == (last, 0) else cell for cell in cells]
    plan = only_plan(replace(page, tables=(replace(table, cells=tuple(cells)),)))
    assert (len(plan.items), plan.total_budget) == (3, 41000.0)
    assert plan.audit_status is AuditStatus.CONSISTENT


def spanning(table: Table, row: int, column: int, columns: int) -> Table:
    """``table`` with one cell over ``columns`` columns, in the place of those that stood there."""
    covered = range(column + 1, column + columns)
    cells = (cell for cell in table.cells if cell.row != row or cell.column not in covered)
    return replace(
        table,
        cells=tuple(
            replace(cell, column_span=columns) if (cell.row, cell.column) == (row, column) else cell
            for cell in cells
        ),
    )


@pytest.mark.parametrize(
    ("over", "quarters"),
    [
        ("ระยะเวลาดำเนินการ", ["ไตรมาส ๑", "ไตรมาส ๒", "ไตรมาส ๓", "ไตรมาส ๔"]),
        ("ระยะเวลา", ["ไตรมาสที่ 1 (ต.ค. - ธ.ค.)", "ไตรมาล 2", "ไตรมาสที่ 3", "ไตรมาสที่ 4"]),
        ("ห้วงเวลา พ.ศ. 2565", ["ต.ค.-ธ.ค. 64", "ม.ค.-มี.ค. 65", "เม.ย.-มิ.ย. 65", "ก.ค.-ก.ย. 65"]),
        ("ไตรมาส", ["1 ต.ค.-ธ.ค.", "2 ม.ค.-มี.ค.", "ซ ม.ย.-ม.ย.", "4 ก.ค.-ก.ย."]),
        ("ระยะเวลา", ["ญญ", "", "ฅ", "ฅฅ"]),
    ],
)
def test_a_quarter_is_known_by_its_name_its_months_or_the_ticks_of_four(over: str, quarters: list[str]):
    page = page_of(
        [
            ["ลำดับ", "โครงการ", "งบประมาณ", over, "", "", ""],
            ["", "", "", *quarters],
            ["1", "โครงการหนึ่ง", "100.00", "✓", "", "", "✓"],
            ["2", "โครงการสอง", "200.00", "", "✓", "✓", ""],
        ]
    )
    table = spanning(page.tables[0], 0, 3, 4)
    unticked = [
        replace(cell, tick=cell.tick or Tick(False, 1.0)) if cell.row > 1 and cell.column > 2 else cell
        for cell in table.cells
    ]
    deep = [replace(cell, row_span=2) if cell.row == 0 and cell.column < 3 else cell for cell in unticked]
    kept = tuple(cell for cell in deep if cell.row != 1 or cell.column > 2)
    plan = only_plan(replace(page, tables=(replace(table, cells=kept),)))
    assert [(item.q1, item.q2, item.q3, item.q4) for item in plan.items] == [
        (True, False, False, True),
        (False, True, True, False),
    ]
    assert [item.year_budgets for item in plan.items] == [(), ()]


def test_what_looks_like_a_quarter_of_ticks_read_as_text_is_none():
    ticks = "1 ☑ ☑ ☐ ☐ ☑ ☐"
    grid = as_grid(page_of([["ลำดับ", "โครงการ", "ไตรมาส", ticks], ["1", "โครงการหนึ่ง", "", ""]]).tables[0], 1)
    assert "q1" not in read_columns(grid).roles


def test_bare_years_under_a_heading_of_money_are_budgets():
    page = page_of(
        [
            ["ลำดับ", "โครงการ", "งบประมาณ (บาท)", "", "หมายเหตุ"],
            ["", "", "2566", "2567", ""],
            ["1", "โครงการหนึ่ง", "10,000", "-", ""],
        ]
    )
    plan = only_plan(replace(page, tables=(spanning(page.tables[0], 0, 2, 2),)))
    assert [(b.fiscal_year_be, b.amount) for b in plan.items[0].year_budgets] == [
        (2566, 10000.0),
        (2567, None),
    ]


@pytest.mark.parametrize("said", ["ไม่ใช้งบประมาณ", "ไม่ไช้งบ ประมาณ", "ไม่มีงบประมาณ"])
def test_a_cell_that_says_no_budget_is_surely_none(said: str):
    plan = only_plan(page_of([HEADER, SUBHEADER, ["1", "โครงการหนึ่ง", "2", said, "✓", "", "", "", ""]]))
    assert (plan.items[0].budget, plan.items[0].budget_raw, plan.items[0].needs_review) == (None, said, False)


def test_other_words_for_an_amount_are_looked_at():
    plan = only_plan(page_of([HEADER, SUBHEADER, ["1", "โครงการหนึ่ง", "2", "ตามข้อบัญญัติ", "✓", "", "", "", ""]]))
    assert plan.items[0].needs_review


@pytest.mark.parametrize("word", ["รวมงบประมาณทั้งสิ้น", "รวมเป็นเงินทั้งสิ้น", "รวม 3 โครงการ", "ยอดรวมทั้งสิ้น"])
def test_the_total_is_known_by_any_of_its_words(word: str):
    plan = only_plan(page_of([HEADER, SUBHEADER, *ROWS, [word, *TOTAL[1:]]]))
    assert (len(plan.items), plan.total_budget, plan.audit_status) == (3, 41000.0, AuditStatus.CONSISTENT)


@pytest.mark.parametrize("across", [1, 8])
def test_a_heading_over_rows_is_no_item_but_their_dimension(across: int):
    header = [*HEADER[:2], *HEADER[3:]]
    subheader = [*SUBHEADER[:2], *SUBHEADER[3:]]
    rows = [[*row[:2], *row[3:]] for row in ROWS]
    place = 0 if across == 8 else 1
    headings = [[""] * 8, [""] * 8]
    headings[0][place], headings[1][place] = "มิติที่ ๑ การสร้างสังคม", "มิดิที่ ๓ การส่งเสริม"
    page = page_of([header, subheader, headings[0], rows[0], headings[1], *rows[1:]])
    table = page.tables[0]
    for row in (2, 4):
        table = spanning(table, row, place, across)
    plan = only_plan(replace(page, tables=(table,)))
    assert [(item.item_no, item.title, item.dimension) for item in plan.items] == [
        (1, "โครงการอบรมคุณธรรม", 1),
        (2, ROWS[1][1], 3),
        (3, "กิจกรรมเวทีประชาคม", 3),
    ]


def test_the_end_of_a_title_may_stand_over_the_header():
    page = page_of([["เทศบาลตำบลบ้านธิ", *[""] * 8], HEADER, SUBHEADER, *ROWS])
    plan = only_plan(replace(page, tables=(spanning(page.tables[0], 0, 0, 9),)))
    assert [item.item_no for item in plan.items] == [1, 2, 3]
    assert plan.items[1].q4


def test_a_header_that_is_repeated_without_the_title_over_it_goes_on():
    page = page_of([["เทศบาลตำบลบ้านธิ", *[""] * 8], HEADER, SUBHEADER, *ROWS])
    titled = replace(page, tables=(spanning(page.tables[0], 0, 0, 9),))
    plan = only_plan(titled, page_of([HEADER, SUBHEADER, ["", *ROWS[0][1:]]], number=2))
    assert len(plan.items) == 4


@pytest.mark.parametrize(
    ("budget", "quarters", "missing"),
    [
        ("งบประมาณ (บาท)", ["1", "2", "3", "4"], []),
        ("กกกกกก", ["1", "2", "3", "4"], ["no column of the table was read as budget"]),
        (
            "งบประมาณ (บาท)",
            ["กกกกกก", "ขขขขขข", "คคคคคค", "งงงงงง"],
            ["no column of the table was read as q1, q2, q3, q4"],
        ),
    ],
)
def test_a_column_that_a_plan_must_have_is_said_to_be_missing(
    budget: str, quarters: list[str], missing: list[str]
):
    header = ["ลำดับ", "โครงการ", "มิติ", budget, "ดำเนินการไตรมาส", "", "", "", "หมายเหตุ"]
    row = ["1", "โครงการหนึ่ง", "2", "-", "✓", "", "", "", ""]
    reading = read_plans([page_of([header, ["", "", "", "", *quarters, ""], row])])
    said = [issue.message for issue in reading.issues if issue.code == "plan_column_missing"]
    assert said == missing


def test_quarters_beside_others_are_missed():
    roles = ("title", "budget", "q1", "q2", "q4")
    assert Columns(roles, (None,) * 5, ("",) * 5).missing == ("q3",)


@pytest.mark.parametrize("first", ["1", "๏"])
def test_four_columns_counted_are_quarters_though_their_heading_was_cut(first: str):
    over = ["ระยะ", "เวลาดำเนิน", "การ", ""]
    numbers = ["ลำดับ", "โครงการ", *over], ["", "", first, "2", "3", "4"]
    plan = only_plan(page_of([*numbers, ["1", "โครงการหนึ่ง", "✓", "", "", "✓"]]))
    assert [(item.q1, item.q2, item.q3, item.q4) for item in plan.items] == [(True, False, False, True)]


def test_columns_that_are_all_counted_are_no_quarters():
    counted = ["ลำดับ", "โครงการ", "งบประมาณ", "หมายเหตุ", "สถานที่"], ["1", "2", "3", "4", "5"]
    columns = read_columns(as_grid(page_of([*counted, ["1", "โครงการหนึ่ง", "100", "", ""]]).tables[0], 1))
    assert "q1" not in columns.roles
