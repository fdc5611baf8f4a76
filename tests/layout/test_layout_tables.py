"""Tables: their grid, the lines of their cells, and ticks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.layout import find_layout
from pipeline.layout.crossing import crossing_groups
from pipeline.layout.discs import without_dirt
from pipeline.layout.grids import Grid, Span, find_grids
from pipeline.layout.ink import Components, components_of, ink_mask
from pipeline.layout.lost_walls import with_lost_pieces, with_lost_walls
from pipeline.layout.rulings import Ruling, without_streaks
from pipeline.layout.shreds import upright_places, without_shreds
from pipeline.layout.thin import thin_ink
from pipeline.layout.ticks import Content, Look, look_at
from pipeline.layout.walls import Traces, run_through, side_traces, traced_walls
from pipeline.layout.worn import drawn_through
from pipeline.model import CellRegion, PageImage, TableRegion
from tests.layout.layout_drawing import Drawing

MARK = Content.MARK
XS = [20.0, 32.0, 110.0, 135.0, 147.0, 159.0, 171.0, 190.0]
YS = [20.0, 28.0, 36.0, 46.0, 56.0, 66.0]
TITLES = ("โครงการส่งเสริมคุณธรรม", "กิจกรรมจิตอาสา", "มาตรการลดขั้นตอน")


def the_table(page: PageImage) -> TableRegion:
    tables = find_layout(page).tables
    assert len(tables) == 1
    return tables[0]


def cell_at(table: TableRegion, row: int, column: int) -> CellRegion:
    return next(c for c in table.cells if c.row == row and c.column == column)


def plan(drawing: Drawing, outer: bool = True, grey: int = 0) -> None:
    """A header of two levels over three rows: number, title, budget, four quarters, note."""
    left, right = XS[0], XS[-1]
    for y in YS:
        partial = y == YS[1]
        if outer or y not in (YS[0], YS[-1]):
            drawing.line(XS[3] if partial else left, y, XS[6] if partial else right, y, grey=grey)
    for i, x in enumerate(XS):
        if not outer and i in (0, len(XS) - 1):
            continue
        drawing.line(x, YS[1] if i in (4, 5) else YS[0], x, YS[-1], grey=grey)
    drawing.text(22, 30, "ที่", 12)
    drawing.text(60, 30, "โครงการ", 12)
    drawing.text(112, 30, "งบประมาณ", 12)
    drawing.text(146, 26, "ไตรมาส", 12)
    for q in range(3):
        drawing.text(XS[3 + q] + 5, 34.5, str(q + 1), 12)
    for i, title in enumerate(TITLES):
        base = YS[2 + i] + 6
        drawing.text(24, base, str(i + 1), 12)
        drawing.text(34, base, title, 12)
        drawing.text(114, base, "10,000", 12)


def check(drawing: Drawing, x: float, y: float, size: float = 4.0, pen: bool = False) -> None:
    drawing.strokes([(x - size / 2, y), (x - size / 6, y + size / 2), (x + size / 2, y - size / 2)], 0.4, pen)


@pytest.mark.parametrize("turned", [0.0, 0.4, -0.6])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_grid_with_a_header_of_two_levels(dpi: int, turned: float) -> None:
    drawing = Drawing(dpi=dpi)
    plan(drawing)
    table = the_table(drawing.page(turned))
    assert (table.rows, table.columns) == (5, 7)
    assert cell_at(table, 0, 0).row_span == 2
    assert cell_at(table, 0, 3).column_span == 3
    assert cell_at(table, 1, 4).column_span == 1
    assert len(table.cells) == 5 + 3 + 3 * 7
    for i in range(3):
        assert [len(cell_at(table, 2 + i, c).lines) for c in range(3)] == [1, 1, 1]
    assert find_layout(drawing.page(turned)).lines == ()


def test_grid_without_outer_border() -> None:
    drawing = Drawing()
    plan(drawing, outer=False)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (5, 7)
    assert len(cell_at(table, 4, 1).lines) == 1


def test_faint_rulings() -> None:
    drawing = Drawing()
    plan(drawing, grey=215)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (5, 7)


def test_a_dotted_ruling_from_edge_to_edge_is_one_and_feet_of_letters_in_a_row_are_none() -> None:
    across = [Ruling(100, 2000, at, at, 4, 1.0, 60.0) for at in (100, 300, 500)]
    down = [Ruling(100, 700, at, at, 4, 1.0, 60.0) for at in (100, 900, 2000)]
    dotted, feet = Ruling(104, 1998, 700, 700, 4, 0.4, 22.0), Ruling(110, 890, 400, 400, 4, 0.4, 22.0)
    faint = Ruling(102, 1996, 600, 600, 4, 1.0, 22.0)
    ((level, upright),) = crossing_groups([*across, dotted, feet, faint], down, 300)
    assert (level, upright) == ([*across, dotted], down)


def test_broken_rulings() -> None:
    drawing = Drawing()
    plan(drawing)
    page = drawing.page()
    ink = page.print_ink.copy()
    for x in range(30, 185, 17):
        ink[:, drawing.mm(x) : drawing.mm(x + 1.5)] = 255
    table = the_table(PageImage(1, ink, None, drawing.dpi))
    assert (table.rows, table.columns) == (5, 7)


def test_a_worn_grid_of_which_pieces_around_crossings_are_left() -> None:
    drawing = Drawing()
    plan(drawing)
    ink = drawing.page().print_ink.copy()
    # Gaps halfway between the crossings: what stays at each is as large as a letter.
    for y in YS[2:-1]:
        ink[drawing.mm(y + 4) : drawing.mm(y + 6), drawing.mm(XS[2]) + 8 : drawing.mm(XS[-1]) + 9] = 255
    for x in XS[3:-2]:
        ink[drawing.mm(YS[2]) - 5 : drawing.mm(YS[-1]) + 6, drawing.mm(x + 5) : drawing.mm(x + 7)] = 255
    table = the_table(PageImage(1, ink, None, drawing.dpi))
    assert (table.rows, table.columns) == (5, 7)
    assert len(table.cells) == 5 + 3 + 3 * 7


def test_a_table_that_shows_through_from_the_other_side_rules_nothing() -> None:
    drawing = Drawing()
    for y in (23.0, 42.0, 51.0, 61.0):
        drawing.line(24, y, 186, y, grey=228)
    for x in (40.0, 62.0, 75.0, 98.0):
        drawing.line(x, 22, x, 64, grey=228)
    plan(drawing)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (5, 7)


def test_a_ruling_that_shows_through_does_not_prolong_one_that_it_meets() -> None:
    drawing = Drawing()
    plan(drawing)
    drawing.line(XS[2] + 15, YS[1], XS[3], YS[1], grey=232)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (5, 7)
    assert cell_at(table, 0, 3).column_span == 3


def test_a_larger_table_on_the_other_side_rules_nothing() -> None:
    drawing = Drawing()
    for y in range(14, 140, 6):
        drawing.line(18, y, 192, y, grey=236)
    for x in range(18, 193, 29):
        drawing.line(x, 14, x, 134, grey=236)
    drawing.text(25, 110, "ด้วยจังหวัดได้รับแจ้งจากกรมส่งเสริมการปกครองท้องถิ่นว่า")
    assert find_layout(drawing.page()).tables == ()
    plan(drawing)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (5, 7)


def test_a_word_whose_letters_have_run_together_is_no_ruling() -> None:
    drawing = Drawing()
    drawing.grid([20, 60, 95], [20, 40])
    word = drawing.text(64, 31, "งบประมาณ", 16)
    place = slice(int(word.y0), int(word.y1)), slice(int(word.x0), int(word.x1))
    ink = drawing.page().print_ink.copy()
    ink[place] = np.asarray(cv2.erode(ink[place], np.ones((1, 7), np.uint8)))
    assert len(components_of(ink_mask(ink[place]))) < 4
    lines = thin_ink(ink, drawing.dpi).lines
    assert not lines[place].any()
    assert lines[drawing.mm(20)].any()
    assert lines[:, drawing.mm(60)].any()


def test_a_worn_side_is_one_where_pieces_of_its_ruling_are_found() -> None:
    places = np.array([0.9, 0.9, 0.3, 0.3, 0.05])
    traces = np.array([40.0, 36.0, 8.0, 0.5, 8.0])
    walls = traced_walls(places[:, None], Traces(traces[:, None], traces[:, None] + 10, np.zeros((5, 1))))
    assert walls.ravel().tolist() == [True, True, True, False, False]


def test_a_side_is_one_though_text_stands_close_to_it_along_all_its_length() -> None:
    places = np.array([1.0, 1.0, 0.0, 0.0])
    presence = np.array([62.0, 60.0, 61.0, 50.0])
    throughout = np.array([61.0, 58.0, 57.0, 20.0])
    traces = Traces(*(column[:, None] for column in (np.array([60.0, 58.0, 9.0, 9.0]), presence, throughout)))
    assert traced_walls(places[:, None], traces).ravel().tolist() == [True, True, True, False]


def test_a_heading_over_all_columns_is_one_cell_though_rulings_go_on_below_it() -> None:
    drawing = Drawing()
    edges = [20.0, 28.0, 36.0, 44.0, 50.0, 58.0, 66.0]
    for y in edges:
        drawing.line(20, y, 190, y)
    for x in (20, 32, 110, 135, 190):
        for top, bottom in ((20, 44), (50, 66)) if 20 < x < 190 else ((20, 66),):
            drawing.line(x, top, x, bottom)
    drawing.text(22, 48.5, "มิติที่ ๒ การบริหารราชการเพื่อป้องกันการทุจริตและประพฤติมิชอบของหน่วยงาน", 12)
    for row, top in enumerate(edges[:-1]):
        if row != 3:
            drawing.text(24, top + 6, str(row + 1), 12)
            drawing.text(34, top + 6, TITLES[row % 3], 12)
    table = the_table(drawing.page())
    assert table.rows == 6
    assert [cell.column_span for cell in table.cells if cell.row == 3] == [4]


def test_a_ruling_of_one_pixel_is_seen_wherever_its_edge_is_rounded_to() -> None:
    page = np.full((600, 600), 255, np.uint8)
    page[:, 300:302] = 0
    thin = thin_ink(page, 300)
    for x in (300.0, 300.5, 301.0, 301.5):
        traces = side_traces(thin, np.array([100.0, 500.0]), np.array([x, 400.0]), 0.0)
        assert traces.presence[0, 0] > 60


@pytest.mark.parametrize(("rows", "lines"), [(6, 3), (6, 6), (3, 4)])
def test_two_cells_of_as_many_lines_are_one_row_beside_cells_of_one(rows: int, lines: int) -> None:
    drawing = Drawing()
    edges = [20.0 + 8 * row for row in range(rows)]
    edges.append(edges[-1] + 6 * lines + 4)
    drawing.grid([20, 32, 110, 160, 190], edges)
    for row, top in enumerate(edges[:-1]):
        for line in range(lines if row == rows - 1 else 1):
            drawing.text(34, top + 6 + 6 * line, "โครงการส่งเสริมคุณธรรม", 12)
            drawing.text(112, top + 6 + 6 * line, "ศูนย์พัฒนาเด็ก", 12)
        drawing.text(24, top + 6, str(row + 1), 12)
        drawing.text(164, top + 6, "10,000", 12)
    assert the_table(drawing.page()).rows == rows


def test_cells_of_several_lines() -> None:
    drawing = Drawing()
    drawing.grid([20, 40, 120, 190], [20, 30, 55, 80])
    for i, words in enumerate(("โครงการส่งเสริมคุณธรรม", "และจริยธรรมในหมู่บ้าน", "ประจำปีงบประมาณ")):
        drawing.text(42, 36 + 6 * i, words, 12)
    drawing.text(22, 36, "๑", 12)
    table = the_table(drawing.page())
    assert len(cell_at(table, 1, 1).lines) == 3
    bases = [line.baseline_left for line in cell_at(table, 1, 1).lines]
    assert bases == pytest.approx([drawing.mm(36 + 6 * i) for i in range(3)], abs=1.5)
    # One digit has no consonant to measure: it takes the size of its neighbours.
    (digit,) = cell_at(table, 1, 0).lines
    assert digit.body_height == pytest.approx(cell_at(table, 1, 1).lines[0].body_height, rel=0.05)


@pytest.mark.parametrize("shape", ["check", "cross", "stroke", "disc", "pen"])
@pytest.mark.parametrize("dpi", [150, 300])
def test_ticks_are_told_from_empty_cells_and_specks(shape: str, dpi: int) -> None:
    drawing = Drawing(dpi=dpi)
    plan(drawing)
    ticked = {(2, 3), (3, 4), (4, 5), (4, 3)}
    for row, column in ticked:
        x, y = (XS[column] + XS[column + 1]) / 2, (YS[row] + YS[row + 1]) / 2
        if shape in ("check", "pen"):
            check(drawing, x, y, 5.5 if shape == "pen" else 4.0, pen=shape == "pen")
        elif shape == "cross":
            drawing.strokes([(x - 1.6, y - 1.6), (x + 1.6, y + 1.6)], 0.4)
            drawing.strokes([(x + 1.6, y - 1.6), (x - 1.6, y + 1.6)], 0.4)
        elif shape == "stroke":
            drawing.strokes([(x - 0.9, y + 2), (x + 0.9, y - 2)], 0.4)
        else:
            drawing.disc(x, y, 1.1)
    drawing.strokes([(XS[3] + 3, YS[3] + 3), (XS[3] + 3.2, YS[3] + 3)], 0.3)
    table = the_table(drawing.page())
    for row in (2, 3, 4):
        for column in (3, 4, 5):
            tick = cell_at(table, row, column).tick
            assert tick is not None
            assert tick.present == ((row, column) in ticked), (row, column)
            assert tick.confidence > 0.7


def test_boxes_to_tick_are_empty_or_ticked() -> None:
    drawing = Drawing()
    plan(drawing)
    for row in (2, 3, 4):
        for column in (3, 4, 5):
            x, y = (XS[column] + XS[column + 1]) / 2, (YS[row] + YS[row + 1]) / 2
            drawing.rectangle(x - 1.7, y - 1.7, x + 1.7, y + 1.7, 0.25)
            if row == column - 1:
                check(drawing, x, y, 2.8)
    table = the_table(drawing.page())
    for row in (2, 3, 4):
        for column in (3, 4, 5):
            cell = cell_at(table, row, column)
            assert cell.tick is not None
            assert cell.tick.present == (row == column - 1)
            assert cell.tick.present or cell.lines == ()


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_dirt_neither_ticks_a_cell_nor_hides_a_tick(dpi: int) -> None:
    drawing = Drawing(dpi=dpi)
    plan(drawing)
    for row in (2, 3, 4):
        y = (YS[row] + YS[row + 1]) / 2
        for column in (3, 4, 5):
            x = (XS[column] + XS[column + 1]) / 2
            if column == row + 1:
                check(drawing, x, y)
                drawing.disc(x + 2.2, y + 1.0, 0.3)
            elif column == 5:
                drawing.strokes([(x - 0.9, y + 2), (x + 0.9, y - 2)], 0.4)
                drawing.disc(x - 1.6, y - 0.4, 0.3)
            else:
                drawing.disc(x - 2, y - 2, 0.35)
    table = the_table(drawing.page())
    for row in (2, 3, 4):
        for column in (3, 4, 5):
            tick = cell_at(table, row, column).tick
            assert tick is not None
            assert tick.present == (column in (5, row + 1)), (row, column)


def test_a_blot_as_large_as_a_small_disc_is_a_tick_only_among_discs_of_its_size() -> None:
    disc, blot, checked = Look(MARK, 0.9, 1.0), Look(MARK, 0.9, 0.55), Look(MARK, 0.92)
    for marks in (disc, checked):
        assert [look.content is MARK for look in without_dirt([marks, blot, marks])] == [True, False, True]
    assert without_dirt([blot, blot]) == [blot, blot]


def drawn_cell(strokes: list[list[tuple[int, int]]], thick: int) -> np.ndarray:
    """A cell of 100 x 80 pixels with these strokes, for a body of 22 pixels."""
    cell = np.zeros((80, 100), np.uint8)
    for points in strokes:
        cv2.polylines(cell, [np.array(points, np.int32)], False, 1, thick)
    return cell


BOX = [[(30, 30), (60, 30), (60, 60), (30, 60), (30, 29)]]


@pytest.mark.parametrize(
    ("strokes", "thick", "speck", "content"),
    [
        (BOX, 3, None, Content.EMPTY_BOX),
        (BOX, 3, (62, 26), Content.EMPTY_BOX),
        (BOX, 3, (66, 24), Content.EMPTY_BOX),
        (BOX, 3, (45, 46), Content.EMPTY_BOX),
        ([*BOX, [(36, 44), (44, 54), (64, 26)]], 3, None, MARK),
        ([[(44, 60), (56, 26)]], 9, None, MARK),
        ([[(36, 32), (62, 58)], [(62, 32), (36, 58)]], 5, (63, 44), MARK),
        ([[(12, 36), (34, 62), (88, 12)]], 4, None, MARK),
        ([], 3, (80, 12), Content.EMPTY),
        ([[(40, 44), (52, 44)]], 4, None, Content.TEXT),
    ],
)
def test_a_cell_is_judged_with_dirt_beside_its_mark(
    strokes: list[list[tuple[int, int]]], thick: int, speck: tuple[int, int] | None, content: Content
) -> None:
    cell = drawn_cell(strokes, thick)
    if speck is not None:
        # A speck is seldom a full square.
        x, y = speck
        cell[y - 3 : y + 4, x - 1 : x + 2] = cell[y - 1 : y + 2, x - 3 : x + 4] = 1
    assert look_at(cell, 22.0).content is content


def test_a_shred_of_a_ruling_at_the_rim_leaves_a_cell_empty() -> None:
    cell = np.zeros((80, 60), np.uint8)
    cell[78:, 10:30] = 1
    assert look_at(cell, 23.0).content is Content.EMPTY
    cell[40:43, 10:30] = 1
    assert look_at(cell, 23.0).content is Content.TEXT


def test_a_blot_on_a_ruling_leaves_a_cell_empty() -> None:
    cell = np.zeros((80, 60), np.uint8)
    cv2.circle(cell, (62, 24), 8, 1, -1)
    assert look_at(cell, 23.0).content is Content.EMPTY


@pytest.mark.parametrize("dpi", [200, 300])
def test_boxes_to_tick_side_by_side_rule_nothing(dpi: int) -> None:
    drawing = Drawing(dpi=dpi)
    xs = [20.0, 100.0, *(100.0 + 6 * i for i in range(1, 15))]
    ys = [20.0 + 8 * i for i in range(9)]
    drawing.grid(xs, ys)
    for row, top in enumerate(ys[:-1]):
        drawing.text(22, top + 5.5, "โครงการส่งเสริมคุณธรรมและจริยธรรม", 12)
        for left in xs[1:-1]:
            drawing.rectangle(left + 1.4, top + 2.4, left + 4.6, top + 5.6, 0.25)
            if (row + left) % 4 == 0:
                check(drawing, left + 3, top + 4, 2.4)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (8, 15)
    ticks = [cell.tick for cell in table.cells if cell.column]
    assert all(tick is not None for tick in ticks)


def worn(drawing: Drawing, specks: int) -> PageImage:
    """The page of ``drawing`` with specks every 3 mm instead of rulings, and as many elsewhere by chance."""
    chance = np.random.default_rng(3)
    ink = drawing.page().print_ink.copy()
    size = max(1, drawing.dpi // 150)
    along = np.arange(XS[0], XS[-1], 3.0)
    for y in YS:
        left = XS[3] if y == YS[1] else XS[0]
        for x in along[along < (XS[6] if y == YS[1] else XS[-1])]:
            if x >= left:
                ink[drawing.mm(y) :, drawing.mm(x + chance.uniform(0, 2)) :][:size, :size] = 0
    for i, x in enumerate(XS):
        for y in np.arange(YS[1] if i in (4, 5) else YS[0], YS[-1], 3.0):
            ink[drawing.mm(y + chance.uniform(0, 2)) :, drawing.mm(x) :][:size, :size] = 0
    for _ in range(specks):
        top, left = chance.integers(0, ink.shape[0] - 4), chance.integers(0, ink.shape[1] - 4)
        ink[top : top + size, left : left + size] = 0
    return PageImage(1, ink, None, drawing.dpi)


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_grid_of_which_only_specks_are_left(dpi: int) -> None:
    drawing = Drawing(dpi=dpi)
    plan(drawing, grey=255)
    table = the_table(worn(drawing, specks=150))
    assert (table.rows, table.columns, table.ruled) == (5, 7, True)
    assert [len(cell_at(table, row, 1).lines) for row in (2, 3, 4)] == [1, 1, 1]


def test_dots_of_level_rulings_above_one_another_are_no_upright_one() -> None:
    dots = np.arange(100.0, 900.0, 25.0)
    rows, columns = np.arange(100.0, 1200.0, 50.0), (112.0, 500.0, 862.0)
    down = np.arange(90.0, 1110.0, 19.0)
    x = np.concatenate([*(dots for _ in rows), *(np.full(len(down), column) for column in columns)])
    y = np.concatenate([*(np.full(len(dots), row) for row in rows), *(down for _ in columns)])
    drawn = drawn_through(x, y, (1300, 1000), 150) > 0
    assert all(drawn[:, int(column)].sum() > 900 for column in columns)
    assert all(drawn[int(row)].sum() > 700 for row in rows)
    assert all(drawn[:, int(dot)].sum() < 50 for dot in dots if dot != 500)


def test_the_rims_of_discs_above_one_another_are_no_specks_of_a_ruling() -> None:
    drawing = Drawing()
    drawing.grid([20, 60, 100], [20, 40, 60])
    for x, y in ((40, 30), (40, 50), (80, 30)):
        drawing.disc(x, y, 1.3)
    thin = thin_ink(np.asarray(drawing.image), drawing.dpi)
    inner = thin.darkness[round(22 * thin.dpi / 25.4) : round(38 * thin.dpi / 25.4)]
    assert not inner[:, round(30 * thin.dpi / 25.4) : round(50 * thin.dpi / 25.4)].any()
    assert thin.darkness[round(40 * thin.dpi / 25.4)].any()


def test_the_ragged_rim_of_rulings_and_specks_in_a_column_rule_nothing() -> None:
    drawing = Drawing()
    plan(drawing)
    chance = np.random.default_rng(7)
    ink = drawing.page().print_ink.copy()
    for y in (YS[0], *YS[2:]):
        for x in np.arange(XS[0] + 1, XS[-1] - 1, 2.5):
            ink[drawing.mm(y + 0.5), drawing.mm(x + chance.uniform(0, 1))] = 0
    for y in np.arange(YS[0] + 1, YS[-1], 4.0):
        ink[drawing.mm(y), drawing.mm(90)] = 0
    table = the_table(PageImage(1, ink, None, drawing.dpi))
    assert (table.rows, table.columns) == (5, 7)


def test_shreds_in_a_row_are_of_a_ruling_and_letters_are_none() -> None:
    drawing = Drawing()
    drawing.text(30, 60, "11 โครงการเศรษฐกิจพอเพียง - แห่งที่ 1", 14)
    letters = ink_mask(drawing.page().print_ink)
    worn_away = letters.copy()
    for place in range(14):
        left, length = drawing.mm(25 + 7 * place), drawing.mm(1.0 + 0.2 * (place % 3))
        worn_away[drawing.mm(70) :, left:][:2, :length] = 1
        worn_away[left:, drawing.mm(20) :][:length, :2] = 1
    assert (without_shreds(worn_away, [], [], [], drawing.dpi) == letters).all()
    arrow = Ruling(drawing.mm(25), drawing.mm(60), drawing.mm(70), drawing.mm(70), 2.0)
    kept = components_of(without_shreds(worn_away, [], [], [arrow], drawing.dpi) & ~letters)
    assert len(kept) == 5
    assert (np.abs(kept.y0 - drawing.mm(70)) < 2).all()


def test_specks_and_shreds_on_a_ruling_are_of_it_and_others_are_none() -> None:
    drawing = Drawing()
    down = Ruling(drawing.mm(40), drawing.mm(60), drawing.mm(20), drawing.mm(20), 2.0)
    mask = np.zeros(drawing.page().print_ink.shape, np.uint8)
    for top, left, height, width in ((45, 20, 5, 5), (75, 20, 20, 2), (45, 23, 5, 5), (110, 20, 5, 5)):
        mask[drawing.mm(top) :, drawing.mm(left) :][:height, :width] = 1
    left = components_of(without_shreds(mask, [], [down], [], drawing.dpi))
    assert left.y0.tolist() == [drawing.mm(45), drawing.mm(110)]
    assert left.x0.tolist() == [drawing.mm(23), drawing.mm(20)]


def test_pieces_of_an_upright_ruling_are_one_and_a_short_one_is_none() -> None:
    pieces = [
        Ruling(100, 250, 500, 502, 2.0),
        Ruling(900, 1100, 503, 503, 2.0),
        Ruling(300, 400, 800, 800, 2.0),
        Ruling(100, 1100, 900, 900, 2.0),
    ]
    assert upright_places(pieces, 300).round(1).tolist() == [502.1, 900.0]
    assert not len(upright_places([], 300))


def test_a_grid_of_which_shreds_are_left() -> None:
    """Some millimetres of every ruling, far apart from one another."""
    drawing = Drawing()
    plan(drawing, grey=255)
    chance = np.random.default_rng(3)
    ink = drawing.page().print_ink.copy()
    for y in YS:
        first, last = (XS[3], XS[6]) if y == YS[1] else (XS[0], XS[-1])
        for x in np.arange(first, last, 9.0):
            ink[drawing.mm(y) :, drawing.mm(x + chance.uniform(0, 2)) :][:2, : drawing.mm(4)] = 0
    for i, x in enumerate(XS):
        for y in np.arange(YS[1] if i in (4, 5) else YS[0], YS[-1], 9.0):
            ink[drawing.mm(y + chance.uniform(0, 2)) :, drawing.mm(x) :][: drawing.mm(4), :2] = 0
    table = the_table(PageImage(1, ink, None, drawing.dpi))
    assert (table.rows, table.columns, table.ruled) == (5, 7, True)


def letters(*places: tuple[float, float]) -> Components:
    """Letters of 10 × 10 pixels about these middles (x, y)."""
    x, y = np.array(places, np.float64).T
    return Components(x - 5, y - 5, x + 5, y + 5, np.full(len(x), 60.0))


def test_lost_walls_are_put_back_where_no_text_crosses_them() -> None:
    edges = np.array([0.0, 100.0, 200.0, 300.0])
    whole = {(row, column) for row in range(3) for column in range(3)}
    merged = [Span(0, 1, 1, 2), Span(1, 0, 1, 2), Span(2, 0, 1, 2), Span(1, 2, 2, 1)]
    single = whole - {(0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1), (1, 2), (2, 2)}
    spans = tuple(sorted([*merged, *(Span(r, c, 1, 1) for r, c in single)], key=lambda s: (s.row, s.column)))
    grid = Grid(edges, edges, 0.0, spans, 4, 0.9)
    # A heading over two columns, a row with an empty place, a text over two columns, two entries in one cell.
    ink = letters((50, 50), (200, 50), (50, 150), (95, 250), (106, 250), (250, 150), (250, 250))
    mended = with_lost_walls(grid, ink, 20.0)
    assert {s for s in mended.spans if s.row_span * s.column_span > 1} == {Span(0, 1, 1, 2), Span(2, 0, 1, 2)}
    # A text that stands on the edge between two rows is of a cell of both.
    tall = letters((50, 50), (50, 150), (250, 150), (250, 200), (250, 250))
    assert Span(1, 2, 2, 1) in with_lost_walls(grid, tall, 20.0).spans


def test_strokes_of_letters_above_one_another_are_no_column() -> None:
    drawing = Drawing()
    edges = [20.0 + 8 * row for row in range(10)]
    drawing.grid([20, 32, 110, 135, 190], edges)
    for row, top in enumerate(edges[:-1]):
        drawing.text(24, top + 6, str(row + 1), 12)
        drawing.text(40, top + 6, TITLES[row % 3], 12)
    for row in (3, 4):
        drawing.line(36, edges[row] + 0.5, 36, edges[row + 1] - 0.5)
    assert the_table(drawing.page()).columns == 4


def banded(drawing: Drawing) -> None:
    """A plan ruled across only: a header of two levels, a heading over all columns, three rows, their sum."""
    edges = [20.0, 28.0, 36.0, 44.0, 52.0, 60.0, 68.0, 76.0]
    for y in edges:
        drawing.line(20 if y != 28 else 136, y, 190, y)
    for x, words in ((22, "ที่"), (60, "โครงการ"), (113, "งบประมาณ")):
        drawing.text(x, 30, words, 12)
    drawing.text(150, 26, "ดำเนินการไตรมาส", 12)
    for place, x in enumerate((142, 155, 168, 181), 1):
        drawing.text(x, 34, str(place), 12)
    drawing.text(22, 42, "มิติที่ ๒ การบริหารราชการเพื่อป้องกันการทุจริตและประพฤติมิชอบของหน่วยงาน", 12)
    for row, title in enumerate(TITLES):
        base = edges[3 + row] + 6
        for x, words in ((22, str(row + 1)), (32, title), (116, "10,000")):
            drawing.text(x, base, words, 12)
        x = 142 + 13 * row
        drawing.strokes([(x, base - 2), (x + 1, base), (x + 3, base - 4)])
    drawing.text(60, 74, "รวม", 12)
    drawing.text(116, 74, "30,000", 12)


def test_a_table_that_is_ruled_across_only() -> None:
    drawing = Drawing()
    banded(drawing)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (7, 7)
    assert cell_at(table, 0, 1).row_span == 2
    assert cell_at(table, 2, 0).column_span > 3
    ticked = {
        (c.row - 3, c.column - 3) for c in table.cells if c.row > 2 and c.tick is not None and c.tick.present
    }
    assert ticked == {(0, 0), (1, 1), (2, 2)}


def test_dashes_amid_a_column_and_figures_at_its_right_are_one_column() -> None:
    drawing = Drawing()
    for place in range(8):
        drawing.line(20, 20 + 8 * place, 190, 20 + 8 * place)
    for x, words in ((22, "ที่"), (60, "โครงการ"), (113, "มิติ"), (140, "งบประมาณที่ตั้งไว้(บาท)")):
        drawing.text(x, 26, words, 12)
    for row in range(6):
        base = 34 + 8 * row
        money = (146, "–") if row % 2 else (172, "10,000")
        for x, words in ((22, str(row + 1)), (32, TITLES[row % 3]), (116, "1"), money):
            drawing.text(x, base, words, 12)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (7, 4)


def test_a_figure_that_runs_over_into_the_next_column_does_not_join_the_two() -> None:
    drawing = Drawing()
    for row in range(9):
        drawing.line(20, 20 + 10 * row, 190, 20 + 10 * row)
    for row in range(8):
        base = 27 + 10 * row
        for x, words in (
            (22, str(row)),
            (32, "โครงการอบรม"),
            (85, "กองคลัง"),
            (112, "10,000"),
            (142, "20,000"),
        ):
            drawing.text(x, base, words, 12)
        drawing.text(170, base, "กองช่าง", 12)
    drawing.text(124, 57, "5,000,000", 12)
    assert the_table(drawing.page()).columns == 6


def test_open_rows_of_a_table_of_three_columns_without_outer_rulings() -> None:
    drawing = Drawing()
    for y in (30.0, 40.0, 50.0, 60.0):
        drawing.line(20, y, 190, y)
    for x in (36.0, 140.0):
        drawing.line(x, 20, x, 70)
    for row in range(5):
        for x, words in ((24, str(row + 1)), (40, TITLES[row % 3]), (160, "10,000")):
            drawing.text(x, 27 + 10 * row, words, 12)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (5, 3)


def test_a_ruling_that_grain_prolongs_to_the_edge_of_the_page_is_of_the_table_in_which_it_stops() -> None:
    table = [Ruling(148, 3394 + shift, at, at, 6) for shift, at in ((0, 200), (8, 400), (-6, 600), (2, 1000))]
    prolonged, fold = Ruling(50, 3400, 800, 800, 6), Ruling(10, 3490, 1500, 1502, 3)
    assert without_streaks([*table, prolonged, fold], 3508) == [*table, prolonged]


def test_spots_beside_the_place_of_a_wall_are_no_entries() -> None:
    rows, columns = np.arange(6) * 40.0, np.arange(4) * 100.0
    heading = [Span(0, 0, 1, 1), Span(0, 1, 1, 2)]
    cells = [Span(row, column, 1, 1) for row in range(1, 5) for column in range(3)]
    grid = Grid(rows, columns, 0.0, (*heading, *cells), 4, 0.9)
    entries = [(50 + 100 * column, 20 + 40 * row) for row in range(1, 5) for column in range(3)]
    ink = letters((50, 20), (150, 20), (250, 20), *entries)
    assert Span(0, 1, 1, 2) not in with_lost_pieces(grid, ink, 10.0).spans
    assert Span(0, 1, 1, 2) in with_lost_pieces(grid, ink, 20.0).spans


def test_spots_between_the_entries_of_a_table_ruled_across_only_make_no_columns() -> None:
    drawing = Drawing()
    banded(drawing)
    for x, y in ((98.0, 49.0), (152.0, 58.0)):
        drawing.disc(x, y, 0.4)
    assert the_table(drawing.page()).columns == 7


def test_commas_hold_the_figures_of_an_entry_together() -> None:
    drawing = Drawing()
    for row in range(7):
        drawing.line(20, 20 + 9 * row, 190, 20 + 9 * row)
    for row in range(6):
        base = 26 + 9 * row
        for x, words in ((22, str(row + 1)), (32, TITLES[row % 3]), (110, "กองคลัง"), (175, "4")):
            drawing.text(x, base, words, 12)
        # The comma of some faces is as round as a spot.
        drawing.text(140, base, "13", 12)
        drawing.disc(145.0, base, 0.4)
        drawing.text(146.4, base, "500", 12)
    assert the_table(drawing.page()).columns == 5


def test_a_table_whose_first_walls_are_lost_is_told_by_alignment() -> None:
    drawing = Drawing()
    walls, floors = [110.0, 120.0, 130.0, 140.0, 150.0, 190.0], [20.0, 34.0, 44.0, 64.0, 94.0]
    for y in floors:
        drawing.line(20, y, 190, y)
    drawing.line(110, 27, 150, 27)
    for x in walls:
        drawing.line(x, 27 if 110 < x < 150 else 20, x, 94)
    for x, words in ((22, "ที่"), (50, "โครงการ"), (160, "งบประมาณ")):
        drawing.text(x, 29, words, 12)
    drawing.text(123, 25, "ไตรมาส", 12)
    for place, x in enumerate(walls[:4], 1):
        drawing.text(x + 4, 32.5, str(place), 12)
    for row in range(6):
        base = 40.5 + 10 * row
        for x, words in ((24, str(row + 1)), (34, TITLES[row % 3]), (170, "10,000")):
            drawing.text(x, base, words, 12)
        check(drawing, walls[row % 4] + 5, base - 2)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (8, 7)


def test_rules_between_paragraphs_are_no_table() -> None:
    drawing = Drawing()
    for y in (20.0, 36.0, 52.0, 68.0, 84.0):
        drawing.line(20, y, 190, y)
        drawing.text(22, y + 8, "ด้วยอำเภอได้รับแจ้งจากจังหวัดว่าคณะกรรมการป้องกันและปราบปรามการทุจริต", 12)
    assert not find_layout(drawing.page()).tables


def test_a_floor_below_a_heading_that_is_worn_at_one_end_is_an_edge_all_the_same() -> None:
    drawing = Drawing(width_mm=260)
    xs, ys = [20.0, 32.0, 100.0, 128.0, 156.0, 184.0, 212.0, 240.0], [20.0, 28.0, 36.0, 48.0, 60.0]
    for y in ys:
        drawing.line(104 if y == 28 else 20, y, 212 if y == 28 else 240, y)
    for x in xs:
        drawing.line(x, 28 if x in (128, 156, 184) else 20, x, 60)
    for x, words in ((22, "ที่"), (50, "โครงการ"), (215, "งบประมาณ")):
        drawing.text(x, 30, words, 12)
    drawing.text(145, 26, "ไตรมาส", 12)
    for place, x in enumerate((112, 140, 168, 196), 1):
        drawing.text(x, 34.5, str(place), 12)
    for row in range(2):
        for x, words in ((24, str(row + 1)), (34, TITLES[row]), (217, "10,000")):
            drawing.text(x, 43 + 12 * row, words, 12)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (4, 7)
    assert cell_at(table, 0, 2).column_span == 4


def test_half_of_a_ruling_parts_its_rows_where_the_numbers_are_parted() -> None:
    drawing = Drawing()
    edges = [20.0 + 12 * row for row in range(7)]
    drawing.grid([20, 32, 100, 120, 140, 160, 190], edges)
    drawing.line(32.5, edges[4], 139.5, edges[4], width_mm=1.2, grey=255)
    for x in (100, 120):
        drawing.line(x, edges[3] + 1, x, edges[5] - 1)
    for row, top in enumerate(edges[:-1]):
        for x, words in ((24, str(row + 1)), (34, TITLES[row % 3]), (102, "1,000"), (122, "1,000")):
            drawing.text(x, top + 8, words, 12)
    assert len(the_table(drawing.page()).cells) == 36


def test_a_piece_of_a_ruling_that_is_lost_in_one_cell_parts_its_rows_all_the_same() -> None:
    drawing = Drawing()
    edges = [20.0 + 12 * row for row in range(7)]
    drawing.grid([20, 32, 110, 135, 190], edges)
    drawing.line(32.5, edges[4], 109.5, edges[4], width_mm=1.2, grey=255)
    for row, top in enumerate(edges[:-1]):
        for x, words in ((24, str(row + 1)), (34, TITLES[row % 3]), (114, "10,000")):
            drawing.text(x, top + 8, words, 12)
    table = the_table(drawing.page())
    assert len(table.cells) == 24
    # A text that stands on its place shows that there is none.
    drawing.line(32.5, edges[4] - 10, 109.5, edges[4] - 10 + 20, width_mm=30, grey=255)
    drawing.text(34, edges[4] + 1.5, TITLES[0], 12)
    assert cell_at(the_table(drawing.page()), 3, 1).row_span == 2


def test_what_is_left_of_a_few_rulings_does_not_hide_a_table_that_alignment_tells() -> None:
    drawing = Drawing(height_mm=297)
    xs, bottom = (16.0, 28.0, 98.0), 24 + 14.0 * 8
    for x, words in zip((18, 50, 106, 136, 158, 180), ("ที่", "โครงการ", "งบ", "1", "2", "3"), strict=True):
        drawing.text(x, 22, words, 12)
    for place in range(8):
        base = 32 + 14.0 * place
        for x, words in ((20, str(place + 1)), (32, TITLES[place % 3]), (104, "10,000"), (158, "มี")):
            drawing.text(x, base, words, 12)
    ink = drawing.page().print_ink.copy()
    chance = np.random.default_rng(3)
    for y in (16.0, *(24 + 14.0 * place for place in range(9))):
        for x in np.arange(xs[0], xs[-1], 3.0):
            ink[drawing.mm(y), drawing.mm(x + chance.uniform(0, 2))] = 0
    for x in xs:
        for y in np.arange(16.0, bottom, 3.0):
            ink[drawing.mm(y + chance.uniform(0, 2)), drawing.mm(x)] = 0
    assert the_table(PageImage(1, ink, None, drawing.dpi)).columns == 6


def test_specks_in_rows_across_a_table_whose_rulings_are_whole_rule_nothing() -> None:
    drawing = Drawing()
    drawing.grid(XS, [20.0 + 10 * row for row in range(11)])
    for row in range(10):
        drawing.text(24, 26 + 10 * row, str(row + 1), 12)
        drawing.text(34, 26 + 10 * row, TITLES[row % 3], 12)
    chance = np.random.default_rng(3)
    ink = drawing.page().print_ink.copy()
    for x in np.arange(XS[2] + 1, XS[-1] + 15, 3.0):
        ink[drawing.mm(43), drawing.mm(x + chance.uniform(0, 2))] = 0
    for y in np.arange(14, 130, 3.0):
        ink[drawing.mm(y + chance.uniform(0, 2)), drawing.mm(180)] = 0
    table = the_table(PageImage(1, ink, None, drawing.dpi))
    assert (table.rows, table.columns) == (10, 7)


def test_a_worn_ruling_runs_through_to_the_edge_of_its_table() -> None:
    columns = np.array([0.0, 10.0, 50.0, 60.0, 70.0, 100.0])
    floors = np.array([[1, 1, 1, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 1, 0]], bool)
    through = run_through(floors, columns).astype(int).tolist()
    assert through == [[1, 1, 1, 1, 1], [1, 1, 0, 1, 1], [0, 0, 1, 1, 0]]


def test_specks_by_chance_rule_nothing() -> None:
    chance = np.random.default_rng(5)
    page = Drawing().page()
    ink = page.print_ink.copy()
    for top, left in zip(chance.integers(0, 1100, 2500), chance.integers(0, 1600, 2500), strict=True):
        ink[top : top + 2, left : left + 2] = 0
    assert find_layout(PageImage(1, ink, None, page.dpi)).tables == ()


def test_what_looks_like_a_tick_is_read_as_well() -> None:
    drawing = Drawing()
    plan(drawing)
    for row in (2, 3, 4):
        check(drawing, (XS[3] + XS[4]) / 2, (YS[row] + YS[row + 1]) / 2)
    table = the_table(drawing.page())
    cells = [cell_at(table, row, 3) for row in (2, 3, 4)]
    assert all(cell.tick is not None and cell.tick.present for cell in cells)
    assert [len(cell.lines) for cell in cells] == [1, 1, 1]


@pytest.mark.parametrize("words", ["10", "๑๐", "-", "12"])
def test_short_text_is_no_tick(words: str) -> None:
    drawing = Drawing()
    plan(drawing)
    for row in (2, 3, 4):
        drawing.text(XS[4] + 3, YS[row] + 6, words, 12)
    table = the_table(drawing.page())
    for row in (2, 3, 4):
        cell = cell_at(table, row, 4)
        assert len(cell.lines) == 1
        assert cell.tick is None or not cell.tick.present


def test_rows_that_are_not_ruled_follow_the_figures() -> None:
    drawing = Drawing()
    drawing.grid([20, 60, 120, 140, 160, 185], [20, 30, 120])
    starts = [36.0, 54.0, 66.0, 90.0]
    ends = [54.0, 66.0, 90.0, 114.0]
    for start, end in zip(starts, ends, strict=True):
        base = start
        while base < end - 1:
            drawing.text(62, base, "โครงการพัฒนาคุณภาพชีวิต", 12)
            base += 6
        for x in (122, 142, 162):
            drawing.text(x, start, "20,000", 12)
    for i in range(3):
        drawing.text(22, 36 + 6 * i, "การสร้างสังคม", 12)
    table = the_table(drawing.page())
    assert table.rows == 5
    assert [len(cell_at(table, 1 + i, 1).lines) for i in range(4)] == [3, 2, 4, 4]
    assert all(len(cell_at(table, 1 + i, 3).lines) == 1 for i in range(4))
    heading = cell_at(table, 1, 0)
    assert (heading.row_span, len(heading.lines)) == (4, 3)


def test_a_table_at_the_foot_of_the_page_may_run_on() -> None:
    drawing = Drawing()
    drawing.grid([20, 60, 120, 190], [110, 120, 130, 140])
    for i in range(3):
        drawing.text(62, 117 + 10 * i, "โครงการพัฒนา", 12)
    table = the_table(drawing.page())
    assert table.cut_below
    assert not table.cut_above


def test_the_last_row_of_a_table_is_one_on_a_page_of_its_own() -> None:
    drawing = Drawing()
    drawing.grid(XS, [20, 28])
    for x, words in zip(XS, ("๑๗", "กิจกรรมจิตอาสา", "10,000", "", "", "", "มี"), strict=False):
        drawing.text(x + 2, 26, words, 12)
    table = the_table(drawing.page())
    assert (table.rows, table.columns) == (1, 7)


def test_a_row_of_boxes_that_is_narrow_is_no_table() -> None:
    drawing = Drawing()
    drawing.grid([20, 30, 40, 50, 60], [20, 28])
    assert find_layout(drawing.page()).tables == ()


def test_a_frame_around_text_is_no_table() -> None:
    drawing = Drawing()
    drawing.rectangle(20, 20, 190, 100)
    drawing.line(20, 40, 190, 40)
    for i in range(5):
        drawing.text(30, 34 + 12 * i, "รายงานผลการดำเนินงานของหน่วยงาน")
    layout = find_layout(drawing.page())
    assert layout.tables == ()
    assert len(layout.lines) == 5


def test_underlines_and_leaders_are_no_table() -> None:
    drawing = Drawing()
    for i in range(5):
        drawing.text(30, 34 + 12 * i, "ส่วนราชการ  สำนักงานเทศบาล")
        drawing.line(55, 35.5 + 12 * i, 180, 35.5 + 12 * i, 0.2)
    drawing.line(100, 5, 101, 140, 0.2)
    assert find_layout(drawing.page()).tables == ()


def test_columns_without_rulings_are_a_table_when_many_rows_align() -> None:
    drawing = Drawing()
    for row in range(6):
        base = 30 + 14 * row
        for x, words in (
            (20, str(row + 1)),
            (32, "โครงการส่งเสริมคุณธรรม"),
            (112, "๑๐,๐๐๐"),
            (140, "กองคลัง"),
            (170, "ต่อเนื่อง"),
        ):
            drawing.text(x, base, words, 12)
        drawing.text(32, base + 5.5, "และจริยธรรม", 12)
    table = the_table(drawing.page())
    assert not table.ruled
    assert (table.rows, table.columns) == (6, 5)
    assert [len(cell_at(table, row, 1).lines) for row in range(6)] == [2] * 6


def test_lists_with_numbers_of_copies_are_no_table() -> None:
    drawing = Drawing()
    for row in range(6):
        drawing.text(30, 30 + 9 * row, f"{row + 1}.")
        drawing.text(40, 30 + 9 * row, "สำเนาหนังสือกรมการปกครอง")
        drawing.text(160, 30 + 9 * row, "จำนวน 1 ชุด")
    layout = find_layout(drawing.page())
    assert layout.tables == ()
    assert len(layout.lines) == 6


def test_headings_of_several_lines_are_no_rows() -> None:
    drawing = Drawing()
    ys = [20.0, 30, 52, 62, 72]
    drawing.grid([20, 32, 90, 110, 130, 150, 190], ys)
    for x0, x1 in ((20, 90), (150, 190)):  # Headings that reach down, beside one over three columns.
        drawing.line(x0 + 1, 30, x1 - 1, 30, 1.2, grey=255)
    for x in (32, 90, 150):
        drawing.line(x, 20, x, 52)
    for x in (110, 130):
        drawing.line(x, 20.5, x, 29.5, 1.2, grey=255)
    drawing.text(112, 27, "ไตรมาส", 12)
    for x, words in ((22, "ที่"), (50, "โครงการ"), (160, "งบประมาณ")):
        drawing.text(x, 27, words, 12)
    for x, number in zip((92, 112, 132), "123", strict=True):
        for line, words in enumerate((number, "(ต.ค.-", "ธ.ค.)")):
            drawing.text(x, 36 + 6 * line, words, 12)
    for row, top in enumerate(ys[2:-1]):
        for x, words in ((24, str(row + 1)), (34, TITLES[row]), (160, "10,000")):
            drawing.text(x, top + 7, words, 12)
    table = the_table(drawing.page())
    assert table.rows == 4
    assert [len(cell_at(table, 1, column).lines) for column in (2, 3, 4)] == [3, 3, 3]


def test_the_frame_of_a_stamp_over_a_table_parts_none_of_its_rows() -> None:
    drawing = Drawing()
    ys = [20.0 + 14 * row for row in range(6)]
    drawing.grid([20, 32, 110, 135, 190], ys)
    for row, top in enumerate(ys[:-1]):
        for x, words in ((24, str(row + 1)), (34, TITLES[row % 3]), (114, "10,000")):
            drawing.text(x, top + 8, words, 12)
    drawing.rectangle(84, 42, 106, 54)
    table = the_table(drawing.page())
    assert (table.rows, len(table.cells)) == (5, 20)


def test_rulings_over_a_part_of_one_cell_part_no_rows() -> None:
    drawing = Drawing()
    xs, ys = (20.0, 32.0, 110.0, 190.0), tuple(20.0 + 14 * row for row in range(7))

    def ruling(start: float, end: float, at: float) -> Ruling:
        return Ruling(drawing.mm(start), drawing.mm(end), drawing.mm(at), drawing.mm(at), 2.0)

    across = [*(ruling(xs[0], xs[-1], y) for y in ys), ruling(84, 106, 41), ruling(84, 106, 55)]
    down = [*(ruling(ys[0], ys[-1], x) for x in xs), ruling(41, 55, 84), ruling(41, 55, 106)]
    drawing.grid(list(xs), list(ys))
    drawing.rectangle(84, 41, 106, 55)
    (grid,) = find_grids([(across, down)], thin_ink(drawing.page().print_ink, drawing.dpi))
    assert (grid.rows, grid.columns) == (6, 3)
