"""Stamps, seals and signatures over a table: what they cover, and the table without them.

A seal in the ink of the print is found when the rulings of the table are gone.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.circles import measured, without_circles
from pipeline.layout.frames import Frame, Ring, find_rings
from pipeline.layout.ink import Mask, components_of
from pipeline.layout.thin import strokes_of
from pipeline.model import Box

_LARGEST_WRITTEN_MM, _CUT_MM = 10.0, 1.0
"""Coloured ink that hangs together over more than this, both ways, was not written into a cell of a table;
where print crosses it, it is cut by as much as the second."""

_RIM_MM = 0.7
"""How far the sides of a stamp stray from the straight lines that were found of them."""


def without_seals(
    mask: Mask, tables: Sequence[Box], marks: Sequence[Frame | Ring], dpi: int
) -> tuple[list[Ring], Mask]:
    """The seals over ``tables`` and over none of the ``marks``, and ``mask`` without their circles.

    ``mask`` (HxW) is the ink of a page without rulings.
    """
    if not tables:
        return [], mask
    seals = []
    for found in find_rings(strokes_of(mask, dpi)):
        over_table = any(table.intersection(found.upright) > 0 for table in tables)
        if over_table and not any(mark.upright.intersection(found.upright) > 0 for mark in marks):
            seal, mask = without_circles(mask, found, dpi)
            seals.append(seal)
    return seals, mask


def large_boxes(pen_mask: Mask, marks: Sequence[Frame | Ring], dpi: int) -> list[Box]:
    """Coloured ink that hangs together over more than anything written into a cell does, and is no mark."""
    gap, largest = round(millimetres(_CUT_MM, dpi)), millimetres(_LARGEST_WRITTEN_MM, dpi)
    ink = components_of(np.asarray(cv2.dilate(pen_mask, np.ones((gap, gap), np.uint8))))
    large = np.flatnonzero((ink.width > largest) & (ink.height > largest))
    boxes = [ink.take(large[[i]]).box() for i in range(len(large))]
    return [box for box in boxes if not any(mark.upright.intersection(box) > 0 for mark in marks)]


def drawn_boxes(marks: Sequence[Frame | Ring], pen_mask: Mask, dpi: int) -> list[Box]:
    """The boxes around marks in colour, those of seals around their outer circles."""
    return [
        mark.upright if isinstance(mark, Frame) else measured(pen_mask, mark, dpi)[0].upright
        for mark in marks
    ]


def cleared(mask: Mask, boxes: Sequence[Box], dpi: int) -> Mask:
    """``mask`` without the ink in ``boxes`` and at their rims."""
    free, rim = mask.copy(), millimetres(_RIM_MM, dpi)
    for box in boxes:
        top, left = (int(max(0.0, side - rim)) for side in (box.y0, box.x0))
        free[top : int(box.y1 + rim) + 1, left : int(box.x1 + rim) + 1] = 0
    return free
