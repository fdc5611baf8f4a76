"""The ink in which the lines of a letter are read: print, and what was written by pen into it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from pipeline.model import GreyImage, Ink, LineRegion, PageImage, PageLayout

LARGE = 1.4
"""Coloured letters so many times as large as the print stand by themselves: an urgency stamped in red, which
may cover the number below it. What is written into a line is about as large as the line."""


def large_words(lines: Sequence[LineRegion]) -> list[LineRegion]:
    """The coloured lines whose letters are much larger than those of the print: read in their ink alone."""
    heights = [line.body_height for line in lines if line.ink is Ink.PRINT]
    if not heights:
        return []
    least = LARGE * median(heights)
    return [line for line in lines if line.ink is Ink.PEN and line.body_height >= least]


def written_ink(page: PageImage, found: PageLayout) -> GreyImage:
    """The print of ``page`` and the coloured ink beside it, without that of stamps and of large words."""
    if page.colour_ink is None:
        return page.print_ink
    pen = page.colour_ink.copy()
    apart = [stamp.box for stamp in found.stamps] + [word.box for word in large_words(found.lines)]
    for box in apart:
        pen[int(box.y0) : int(box.y1) + 1, int(box.x0) : int(box.x1) + 1] = 255
    return np.minimum(page.print_ink, pen)
