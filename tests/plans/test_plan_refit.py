"""A table set again in the columns of the page above."""

from pipeline.model import AuditStatus, Box, Cell, Character, Line, Page, Table, Tick
from pipeline.plans import read_plans
from pipeline.plans.refit import refitted

EDGES = (0.0, 60.0, 500.0, 560.0, 700.0, 800.0)
HEADER = ("ลำดับ", "โครงการ", "มิติ", "งบประมาณ", "หมายเหตุ")


def line(text: str, x0: float, x1: float, top: float) -> Line:
    step = (x1 - x0) / max(len(text), 1)
    letters = tuple(
        Character(letter, 1.0, x0 + i * step, x0 + (i + 0.9) * step) for i, letter in enumerate(text)
    )
    return Line(text, Box(x0, top, x1, top + 20), characters=letters, body_height=12.0)


def table(rows: list[dict[int, str]], edges: tuple[float, ...], moved: float = 0.0) -> Table:
    """Cells by the column that they begin in; one reaches to the next one's or to the end."""
    cells = []
    for place, row in enumerate(rows):
        starts = sorted(row)
        for column, following in zip(starts, [*starts[1:], len(edges) - 1], strict=True):
            box = Box(edges[column] + moved, 40.0 * place, edges[following] + moved, 40.0 * place + 40)
            text = row[column]
            held = (line(text, box.x0 + 5, box.x0 + 5 + 8 * len(text), box.y0 + 5),) if text else ()
            cells.append(Cell(place, column, 1, following - column, box, held))
    whole = Box(edges[0] + moved, 0, edges[-1] + moved, 40.0 * len(rows))
    return Table(whole, len(rows), len(edges) - 1, tuple(cells))


def header() -> dict[int, str]:
    return dict(enumerate(HEADER))


def texts(found: Table, row: int) -> list[str]:
    return [cell.text for cell in sorted(found.cells, key=lambda c: c.column) if cell.row == row]


ABOVE = table([header(), {0: "1", 1: "โครงการหนึ่ง", 2: "4", 3: "100", 4: ""}], EDGES)


def test_columns_found_too_many_are_joined() -> None:
    more = (0.0, 60.0, 300.0, 500.0, 560.0, 600.0, 700.0, 800.0)
    below = table([{0: "2", 1: "กิจกรรมสอง", 2: "", 3: "1", 4: "", 5: "50", 6: ""}], more, moved=12.0)
    found = refitted(below, ABOVE)
    assert found is not None
    assert found.columns == 5
    assert texts(found, 0) == ["2", "กิจกรรมสอง", "1", "50", ""]


def test_a_line_over_an_edge_that_was_not_found_is_two() -> None:
    fewer = (0.0, 60.0, 500.0, 700.0, 800.0)
    cells = table([{0: "2", 1: "กิจกรรมสอง", 2: "", 3: ""}], fewer)
    over = line("3" + " " * 6 + "5,000", 510, 680, 5)
    held = tuple(Cell(c.row, c.column, 1, 1, c.box, (over,)) if c.column == 2 else c for c in cells.cells)
    found = refitted(Table(cells.box, 1, 4, held), ABOVE)
    assert found is not None
    assert texts(found, 0) == ["2", "กิจกรรมสอง", "3", "5,000", ""]


def test_a_table_of_which_but_one_inner_edge_was_found_is_cut_at_the_others() -> None:
    fewer = (0.0, 60.0, 800.0)
    cells = table([{0: "2", 1: ""}], fewer)
    over = line("กิจกรรมสอง" + " " * 36 + "3" + " " * 6 + "5,000", 65, 680, 5)
    held = tuple(Cell(c.row, c.column, 1, 1, c.box, (over,)) if c.column == 1 else c for c in cells.cells)
    found = refitted(Table(cells.box, 1, 2, held), ABOVE)
    assert found is not None
    assert texts(found, 0) == ["2", "กิจกรรมสอง", "3", "5,000", ""]
    assert refitted(table([{0: "2", 1: ""}], (0.0, 300.0, 800.0)), ABOVE) is None


def test_a_tick_in_any_of_the_joined_cells_stays() -> None:
    more = (0.0, 60.0, 500.0, 560.0, 700.0, 750.0, 800.0)
    below = table([{0: "2", 1: "กิจกรรมสอง", 2: "3", 3: "5", 4: "", 5: ""}], more)
    ticked = tuple(
        Cell(c.row, c.column, 1, 1, c.box, (), Tick(c.column == 5, 0.9)) if c.column > 3 else c
        for c in below.cells
    )
    found = refitted(Table(below.box, 1, 6, ticked), ABOVE)
    assert found is not None
    assert [cell.tick for cell in found.cells if cell.column == 4] == [Tick(True, 0.9)]


def test_a_table_of_other_columns_is_left_alone() -> None:
    other = (0.0, 130.0, 260.0, 390.0, 800.0)
    assert refitted(table([{0: "ก", 1: "ข", 2: "ค", 3: "ง"}], other), ABOVE) is None


def test_a_plan_goes_on_in_a_table_whose_columns_were_found_otherwise() -> None:
    more = (0.0, 60.0, 300.0, 500.0, 560.0, 700.0, 800.0)
    below = table(
        [
            {0: "2", 1: "กิจกรรมสอง", 2: "", 3: "1", 4: "50", 5: ""},
            {0: "", 1: "รวมทั้งสิ้น", 2: "", 3: "", 4: "150", 5: ""},
        ],
        more,
    )
    pages = [Page(n, 1000, 1400, 150, (), (held,)) for n, held in enumerate((ABOVE, below), 1)]
    (plan,) = read_plans(pages).plans
    assert [(item.item_no, item.title, item.dimension, item.budget) for item in plan.items] == [
        (1, "โครงการหนึ่ง", 4, 100.0),
        (2, "กิจกรรมสอง", 1, 50.0),
    ]
    assert plan.audit_status is AuditStatus.CONSISTENT
