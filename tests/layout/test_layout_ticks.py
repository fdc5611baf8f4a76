"""Marks in the cells of tables: small discs, torn strokes, bars, and cells over several columns."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.layout import find_layout
from pipeline.layout.discs import without_dirt
from pipeline.layout.ticks import Content, Look, look_at
from tests.layout.layout_drawing import XS, YS, cell_at, plan

BODY = 24.0


def blank() -> np.ndarray:
    """A cell of 100 x 80 pixels."""
    return np.zeros((80, 100), np.uint8)


def disc(radius: int) -> Look:
    return look_at(cv2.circle(blank(), (50, 40), radius, 1, -1), BODY)


def ticked(looks: list[Look]) -> list[bool]:
    return [look.content is Content.MARK for look in looks]


def test_small_discs_of_one_size_are_marks() -> None:
    assert ticked(without_dirt([disc(5), disc(5), disc(6), disc(5), Look(Content.EMPTY, 0.99)])) == [
        *[True] * 4,
        False,
    ]


def test_small_discs_of_many_sizes_or_few_or_beside_other_marks_are_dirt() -> None:
    assert not any(ticked(without_dirt([disc(3), disc(6), disc(4), disc(3), disc(5)])))
    assert not any(ticked(without_dirt([disc(5), disc(5), disc(6)])))
    checks = [Look(Content.MARK, 0.92)] * 5
    assert ticked(without_dirt([*checks, disc(5), disc(5), disc(6), disc(5)])) == [True] * 5 + [False] * 4


@pytest.mark.parametrize(
    ("spots", "content"),
    [
        ([(38, 50), (48, 38)], Content.MARK),
        ([(38, 38), (48, 50)], Content.EMPTY),
        ([(30, 60), (70, 20)], Content.EMPTY),
    ],
)
def test_spots_along_a_line_that_rises_are_a_torn_mark(
    spots: list[tuple[int, int]], content: Content
) -> None:
    cell = blank()
    for place in spots:
        cv2.line(cell, (place[0] - 3, place[1] + 3), (place[0] + 3, place[1] - 3), 1, 5)
    look = look_at(cell, BODY)
    assert look.content is content
    assert look.confidence < 0.9


@pytest.mark.parametrize(("thick", "long", "content"), [(14, 90, Content.MARK), (14, 24, Content.TEXT)])
def test_a_bar_through_a_cell_is_a_mark_however_thick(thick: int, long: int, content: Content) -> None:
    cell = blank()
    cell[30 : 30 + thick, 5 : 5 + long] = 1
    assert look_at(cell, BODY).content is content


def test_cells_over_the_same_columns_are_ticked_as_others_are() -> None:
    drawing = plan()
    # A ruling of the header alone parts a column of which the cells below have no parts.
    drawing.line(178, YS[0], 178, YS[1])
    for row in (1, 3):
        y = YS[row] + 6
        drawing.strokes([(XS[6] + 6, y), (XS[6] + 8, y + 2), (XS[6] + 12, y - 3)])
    (table,) = find_layout(drawing.page()).tables
    marks = [cell_at(table, row, 6).tick for row in (1, 2, 3)]
    assert [mark is not None and mark.present for mark in marks] == [True, False, True]


def test_ink_that_is_no_mark_and_of_no_line_is_not_surely_nothing() -> None:
    drawing = plan()
    drawing.strokes([(XS[5] + 2, YS[2] + 2), (XS[5] + 16, YS[2] + 2), (XS[5] + 9, YS[2] + 12)], 3.5)
    (table,) = find_layout(drawing.page()).tables
    cell = cell_at(table, 2, 5)
    assert cell.lines or (cell.tick is not None and cell.tick.confidence <= 0.5)


def test_a_spot_alone_in_a_cell_of_amounts_is_no_figure() -> None:
    drawing = plan()
    drawing.image.paste(255, tuple(drawing.mm(v) for v in (XS[2] + 1, YS[2] + 1, XS[3] - 1, YS[3] - 1)))
    drawing.disc(XS[2] + 8, YS[2] + 6, 0.5)
    (table,) = find_layout(drawing.page()).tables
    cell = cell_at(table, 2, 2)
    assert cell.lines == ()
    assert cell.tick is not None
    assert not cell.tick.present
    assert cell.tick.confidence < 0.8
