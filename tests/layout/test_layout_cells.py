"""Lines of table cells that are worn or dirty, and marks that look like headings or boxes."""

from __future__ import annotations

import pytest

from pipeline.layout import find_layout
from pipeline.layout.ink import ink_mask
from pipeline.layout.ticks import Content, look_at
from pipeline.model import CellRegion, TableRegion
from tests.layout.layout_drawing import Drawing

XS = [20.0, 110.0, 135.0, 160.0, 190.0]
YS = [20.0, 28.0, 36.0, 48.0, 60.0, 72.0]


def the_table(drawing: Drawing) -> TableRegion:
    (table,) = find_layout(drawing.page()).tables
    return table


def cell_at(table: TableRegion, row: int, column: int) -> CellRegion:
    return next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))


def plan() -> Drawing:
    """A header of two levels, of which the first and last column have one cell each, over three rows."""
    drawing = Drawing()
    for y in YS:
        drawing.line(XS[1] if y == YS[1] else XS[0], y, XS[3] if y == YS[1] else XS[-1], y)
    for i, x in enumerate(XS):
        drawing.line(x, YS[1] if i == 2 else YS[0], x, YS[-1])
    drawing.text(50, 30, "โครงการ", 12)
    drawing.text(125, 26, "ไตรมาส", 12)
    drawing.text(165, 30, "หมายเหตุ", 12)
    return drawing


def wipe(drawing: Drawing, x0: float, y0: float, x1: float, y1: float) -> None:
    drawing.image.paste(255, (drawing.mm(x0), drawing.mm(y0), drawing.mm(x1), drawing.mm(y1)))


def test_a_line_whose_letters_are_worn_is_one_line() -> None:
    drawing = plan()
    box = drawing.text(24, 43, "โครงการส่งเสริมคุณธรรมจริยธรรม", 12)
    # The heads of some letters in the middle and the lower half of the first ones are gone.
    wipe(drawing, 48, 38, 58, 41.6)
    wipe(drawing, 24, 41.2, 30, 44)
    (line,) = cell_at(the_table(drawing), 2, 0).lines
    assert line.box.x0 == pytest.approx(box.x0, abs=6)
    assert line.box.x1 == pytest.approx(box.x1, abs=6)


def test_specks_are_no_lines_but_a_dash_is() -> None:
    drawing = plan()
    drawing.text(24, 43, "โครงการส่งเสริมคุณธรรม", 12)
    drawing.text(112, 43, "10,000", 12)
    for x, y in ((40, 46.8), (95, 46.5), (131, 38), (175, 41)):
        drawing.disc(x, y, 0.33)
    drawing.line(146, 42.1, 147.6, 42.1, 0.35)
    table = the_table(drawing)
    assert [len(cell_at(table, 2, column).lines) for column in range(4)] == [1, 1, 1, 0]


def test_a_header_of_two_levels_has_no_ticks_even_if_its_figures_look_like_marks() -> None:
    drawing = plan()
    drawing.disc(122, 32, 1.5)
    drawing.strokes([(146, 32), (147, 33.5), (150, 30.5)], 0.5)
    for row in (2, 3, 4):
        drawing.disc(122, YS[row] + 5, 1.5)
    table = the_table(drawing)
    assert [cell_at(table, 1, column).tick for column in (1, 2)] == [None, None]
    ticks = [cell_at(table, row, 1).tick for row in (2, 3, 4)]
    assert [tick.present for tick in ticks if tick] == [True] * 3


def test_a_tall_heading_that_looks_like_a_mark_begins_a_header() -> None:
    drawing = Drawing()
    for y in YS:
        drawing.line(XS[1] if y == YS[1] else XS[0], y, XS[-1], y)
    for x in XS:
        drawing.line(x, YS[0], x, YS[-1])
    drawing.disc(65, 28, 1.5)
    for column in (1, 2, 3):
        drawing.text(XS[column] + 4, 26, "ปี 2561", 12)
        drawing.text(XS[column] + 3, 34, "งบประมาณ", 12)
        for row in (2, 3, 4):
            drawing.disc(XS[column] + 12, YS[row] + 5, 1.5)
    table = the_table(drawing)
    assert {cell.tick for cell in table.cells if cell.row < 2} == {None}
    assert all(cell.tick for cell in table.cells if cell.row >= 2)


@pytest.mark.parametrize("size", range(18, 40))
def test_a_disc_of_any_size_is_no_box_to_tick(size: int) -> None:
    drawing = Drawing(dpi=254, width_mm=10, height_mm=10)
    drawing.disc(5, 5, size / 20)
    look = look_at(ink_mask(drawing.page().print_ink), 23.0)
    assert look.content is Content.MARK
    assert look.disc == pytest.approx(size / 23.0, abs=0.1)
