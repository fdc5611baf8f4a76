"""What layout hands on is made of plain numbers, which print, pickle and go into JSON as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from PIL import ImageDraw

from pipeline.layout import find_layout
from pipeline.model import StampShape
from tests.layout.layout_drawing import Drawing


def values(held: Any) -> Iterator[Any]:
    """Every value in a tree of dataclasses and tuples that is neither."""
    if is_dataclass(held):
        for field in fields(held):
            yield from values(getattr(held, field.name))
    elif isinstance(held, tuple):
        for item in held:
            yield from values(item)
    else:
        yield held


@pytest.mark.parametrize("turned", [0.0, 0.4])
def test_numbers_are_plain(turned: float) -> None:
    drawing = Drawing(height_mm=297)
    drawing.text(25, 20, "ที่ มท 0810.3/ว 2927")
    drawing.rectangle(125, 10, 180, 42, 0.5)
    for i, words in enumerate(("สำนักปลัด", "เลขรับ 1234", "วันที่ 25 พ.ย. 2564")):
        drawing.text(130, 19 + 8 * i, words, 14)
    drawing.strokes([(120, 60), (150, 52), (130, 70), (165, 58), (140, 74)])
    drawing.grid([20, 75, 130, 185], [100, 120, 140, 160])
    for i in range(3):
        drawing.text(25, 110 + 20 * i, "กองคลัง")
        drawing.strokes([(100, 109 + 20 * i), (102, 112 + 20 * i), (106, 106 + 20 * i)])
    drawing.text(30, 180, "2565", pen=True)
    corners = [drawing.mm(v) for v in (100, 200, 142, 242)]
    ImageDraw.Draw(drawing.image).ellipse(corners, outline=0, width=drawing.mm(0.6))
    drawing.text(106, 220, "16 ตุลาคม 2550", 14)
    layout = find_layout(drawing.page(turned))
    assert layout.lines
    assert layout.tables
    assert {stamp.shape for stamp in layout.stamps} >= {StampShape.RECEIVE_BOX, StampShape.SEAL}
    foreign = {type(value).__module__ for value in values(layout)} - {"builtins", "pipeline.model.layout"}
    assert not foreign
