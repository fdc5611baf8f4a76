"""The ink in which the lines of stamps are read: coloured as a rule, black where they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.model import GreyImage, LineRegion, PageImage

COLOURED = 0.3
"""A line with less coloured ink than this share of the print in its place is in black."""


def stamp_ink(page: PageImage, lines: Sequence[LineRegion]) -> GreyImage:
    """The coloured ink of ``page``, and its print in those ``lines`` of stamps that are black.

    Office and date are printed across a red seal, a number is stamped into a coloured frame, and a stamp may
    be black itself beside coloured ones. Print that a coloured line covers is no part of it.
    """
    if page.colour_ink is None:
        return page.print_ink
    ink = page.colour_ink.copy()
    for line in lines:
        box = line.box
        place = np.s_[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]
        if _darkness(ink[place]) < COLOURED * _darkness(page.print_ink[place]):
            ink[place] = np.minimum(ink[place], page.print_ink[place])
    return ink


def _darkness(ink: GreyImage) -> float:
    return float(255 * ink.size - ink.sum(dtype=np.int64))
