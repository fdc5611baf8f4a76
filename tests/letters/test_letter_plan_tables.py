"""A plan's table is told by its headings, also by misread ones."""

import pytest

from pipeline.letters.plan_tables import has_plan_columns
from pipeline.model import Box, Cell, Line, Table


def table(*headings: str) -> Table:
    box = Box(0, 0, 100, 30)
    cells = tuple(Cell(0, i, 1, 1, box, (Line(text, box),)) for i, text in enumerate(headings))
    return Table(box, 2, len(headings), cells)


@pytest.mark.parametrize(
    "headings",
    [("ลำดับ", "โครงการ", "งบประมาณ"), ("สำดับ", "-รายการโครงกาธ", "งบประมาถ (บาท)"), ("ที่", "กิจกรรม", "งปม.")],
)
def test_headings_of_a_plan(headings: tuple[str, ...]) -> None:
    assert has_plan_columns(table(*headings))


@pytest.mark.parametrize(
    "headings", [("ลำดับ", "ชื่อ", "ตำแหน่ง"), ("โครงการ", "งบประมาณ", "หมายเหตุ"), ("", "", "")]
)
def test_headings_of_other_tables(headings: tuple[str, ...]) -> None:
    assert not has_plan_columns(table(*headings))
