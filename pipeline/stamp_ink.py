"""The ink in which the lines of stamps are read: coloured as a rule, black where they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.model import GreyImage, Ink, LineRegion, PageImage

COLOURED = 0.3
"""What has less coloured ink than this share of the print in its place is in black."""

WORD = 2.0
"""A line is judged over so many body heights around each of its columns: a label may be coloured and the
value behind it written in black."""


def stamp_ink(page: PageImage, lines: Sequence[LineRegion]) -> GreyImage:
    """The coloured ink of ``page``, and its print where the ``lines`` of stamps are black.

    Office and date are printed across a red seal, as lines of print; a number is stamped or written into a
    coloured frame, and a stamp may be black itself beside coloured ones. Print that a coloured line covers is
    no part of it.
    """
    if page.colour_ink is None:
        return page.print_ink
    ink = page.colour_ink.copy()
    for line in lines:
        box = line.box
        place = np.s_[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]
        black = page.print_ink[place]
        ink[place] = black if line.ink is Ink.PRINT else _with_black(ink[place], black, line.body_height)
    return ink


def _with_black(ink: GreyImage, black: GreyImage, body_height: float) -> GreyImage:
    """``ink`` of a stamp, with the print of those columns in which it has hardly any colour."""
    width = max(1, round(WORD * body_height))
    uncoloured = _darkness(ink, width) < COLOURED * _darkness(black, width)
    return np.where(uncoloured, np.minimum(ink, black), ink)


def _darkness(ink: GreyImage, width: int) -> NDArray[np.float64]:
    """How much ink stands in each column and those around it, ``width`` of them."""
    columns = (255.0 - ink).sum(axis=0)
    return np.asarray(np.convolve(columns, np.ones(width), "same")[: columns.size])
