"""In which ink the lines of a letter are read."""

from __future__ import annotations

import numpy as np

from pipeline.model import Box, Ink, LineRegion, PageImage, PageLayout
from pipeline.written_ink import large_words, written_ink

NUMBER = LineRegion(Box(10, 40, 90, 60), 58.0, 58.0, 14.0)


def inked(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    ink = np.full((100, 100), 255, np.uint8)
    ink[y0:y1, x0:x1] = 0
    return ink


def test_large_coloured_word_over_a_number_is_none_of_it() -> None:
    urgency = LineRegion(Box(20, 20, 60, 56), 54.0, 54.0, 26.0, Ink.PEN)
    found = PageLayout((urgency, NUMBER))
    page = PageImage(1, inked(10, 44, 90, 58), inked(20, 22, 60, 54), 150)
    assert large_words(found.lines) == [urgency]
    assert (written_ink(page, found) == page.print_ink).all()


def test_what_is_written_into_a_line_is_read_with_it() -> None:
    written = LineRegion(Box(60, 42, 90, 60), 58.0, 58.0, 16.0, Ink.PEN)
    page = PageImage(1, inked(10, 44, 50, 58), inked(60, 44, 90, 58), 150)
    assert (written_ink(page, PageLayout((NUMBER, written)))[44:58, 60:90] == 0).all()
