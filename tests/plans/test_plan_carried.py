"""Rows of a plan that are alone on the page below its table."""

from collections.abc import Sequence

from pipeline.model import AuditStatus, DocumentKind, Page
from pipeline.plans import read_plans
from pipeline.reading import understand
from tests.plans.test_plan_refit import EDGES, header, line, table

ABOVE = table(
    [
        header(),
        {0: "1", 1: "โครงการหนึ่ง", 2: "4", 3: "100", 4: ""},
        {0: "2", 1: "กิจกรรมสอง", 2: "1", 3: "50", 4: ""},
    ],
    EDGES,
)
TOTAL = table(
    [{0: "4", 1: "กิจกรรมสี่", 2: "1", 3: "7", 4: ""}, {0: "", 1: "รวมทั้งสิ้น", 2: "", 3: "187", 4: ""}], EDGES
)


def row(texts: Sequence[str]) -> str:
    """One line of text, a character for each eight pixels, that says these things in the columns of EDGES."""
    said = ""
    for edge, text in zip(EDGES, texts, strict=False):
        said = said.ljust(round((edge + 10) / 8)) + text
    return said


def pages_of(*rows: Sequence[str]) -> list[Page]:
    lines = []
    for place, texts in enumerate(rows):
        said = row(texts)
        start = len(said) - len(said.lstrip())
        lines.append(line(said.strip(), 8.0 * start, 8.0 * len(said), 40.0 + 25 * place))
    return [Page(1, 1000, 1400, 150, (), (ABOVE,)), Page(2, 1000, 1400, 150, tuple(lines))]


def test_a_lone_row_below_a_page_break_is_an_item_and_the_table_goes_on_after_it() -> None:
    pages = pages_of(("3", "โครงการสาม", "2", "30"), ("", "ของหมู่บ้าน"))
    (plan,) = read_plans([*pages, Page(3, 1000, 1400, 150, (), (TOTAL,))]).plans
    assert [(item.item_no, item.dimension, item.budget, item.page) for item in plan.items] == [
        (1, 4, 100.0, 1),
        (2, 1, 50.0, 1),
        (3, 2, 30.0, 2),
        (4, 1, 7.0, 3),
    ]
    assert plan.items[2].title == "โครงการสามของหมู่บ้าน"
    assert plan.audit_status is AuditStatus.CONSISTENT


def test_a_page_of_a_lone_row_is_of_the_plan() -> None:
    pages = pages_of(("3", "โครงการสาม", "2", "30"))
    (document,) = understand({page.number: page for page in pages}, {}).documents
    assert (document.kind, document.first_page, document.last_page) == (DocumentKind.PLAN, 1, 2)


def test_a_list_that_counts_on_below_a_plan_is_none_of_its_rows() -> None:
    for rows in (
        [("3", "โครงการสาม"), ("4", "โครงการสี่")],
        [("5", "โครงการห้า", "2", "30")],
        [("3", "โครงการสาม" * 8, "2", "30")],
    ):
        (plan,) = read_plans(pages_of(*rows)).plans
        assert len(plan.items) == 2


def test_a_lone_line_of_sums_below_a_page_break_is_of_the_plan() -> None:
    for rows in ([("", "รวมทั้งสิ้น", "", "150")], [("", "ของหมู่บ้าน"), ("", "รวมทั้งสิ้น", "", "150")]):
        pages = pages_of(*rows)
        (document,) = understand({page.number: page for page in pages}, {}).documents
        assert document.last_page == 2
        (plan,) = document.plans
        assert (plan.total_budget, plan.audit_status) == (150.0, AuditStatus.CONSISTENT)
        assert [item.title for item in plan.items] == [
            "โครงการหนึ่ง",
            "กิจกรรมสอง" + rows[0][1] * (len(rows) - 1),
        ]


def test_a_plan_goes_on_after_a_page_of_carried_sums_alone() -> None:
    pages = pages_of(("", "ยอดยกไป", "", "150"))
    last = table(
        [{0: "3", 1: "โครงการสาม", 2: "1", 3: "7", 4: ""}, *({0: "", 1: "รวม", 2: "", 3: "157", 4: ""},)],
        EDGES,
    )
    (plan,) = read_plans([*pages, Page(3, 1000, 1400, 150, (), (last,))]).plans
    assert [item.item_no for item in plan.items] == [1, 2, 3]
    assert plan.audit_status is AuditStatus.CONSISTENT


def test_sums_in_running_text_below_a_plan_are_none_of_its_rows() -> None:
    for rows in ([("ด้วยอำเภอได้รับแจ้งจากจังหวัดว่า",), ("", "รวม", "", "150")], [("", "รวม")]):
        pages = pages_of(*rows)
        assert read_plans(pages).plans[0].total_budget is None
