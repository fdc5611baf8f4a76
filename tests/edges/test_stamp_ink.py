"""In which ink the lines of stamps are read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.model import Box, Ink, LineRegion, PageImage
from pipeline.stamp_ink import stamp_ink

LINE = LineRegion(Box(20, 20, 80, 40), 38.0, 38.0, 14.0, Ink.STAMP)


def inked(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    ink = np.full((100, 100), 255, np.uint8)
    for x0, y0, x1, y1 in boxes:
        ink[y0:y1, x0:x1] = 0
    return ink


def test_black_line_in_a_coloured_seal_is_read_in_black() -> None:
    rim = inked((18, 0, 22, 100))
    found = stamp_ink(PageImage(1, inked((30, 24, 70, 38), (0, 60, 100, 70)), rim, 150), [LINE])
    assert (found[24:38, 30:70] == 0).all()
    assert (found[60:70, 30:70] == 255).all(), "print beside the stamp is none of it"


def test_coloured_line_is_read_without_the_print_that_it_covers() -> None:
    stamp = inked((30, 24, 70, 38))
    found = stamp_ink(PageImage(1, inked((20, 30, 80, 40)), stamp, 150), [LINE])
    assert (found == stamp).all()


def test_page_without_colour_has_its_stamps_in_print() -> None:
    page = PageImage(1, inked((30, 24, 70, 38)), None, 150)
    assert stamp_ink(page, [LINE]) is page.print_ink


def test_value_in_black_behind_a_coloured_label_is_read_with_it() -> None:
    line = LineRegion(Box(0, 20, 100, 40), 38.0, 38.0, 8.0, Ink.STAMP)
    label, value = inked((0, 24, 30, 38)), inked((60, 24, 90, 38))
    found = stamp_ink(PageImage(1, value, label, 150), [line])
    assert (found[24:38, 0:30] == 0).all()
    assert (found[24:38, 62:88] == 0).all()


def test_print_across_a_coloured_seal_is_read_without_its_colour() -> None:
    across = replace(LINE, ink=Ink.PRINT)
    rim, date = inked((30, 0, 60, 100)), inked((24, 24, 76, 38))
    found = stamp_ink(PageImage(1, date, rim, 150), [across])
    assert (found[20:40, 20:80] == date[20:40, 20:80]).all()
