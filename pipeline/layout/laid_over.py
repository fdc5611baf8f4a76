"""The frames of stamps in the ink of the print that were set down on a table, which no ruling is of.

Such a frame lies askew between the rulings, or at least none of them runs along its sides. Those of the table
run on beyond it.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.frames import Frame, frames_between
from pipeline.layout.ink import Mask
from pipeline.layout.rulings import Ruling
from pipeline.layout.stamps import runs_beside
from pipeline.layout.thin import ThinInk

_BEYOND_MM = 4.0
"""The table reaches so far beyond the frame at both sides."""

_ON_SIDE_MM = 1.0
"""What was found as a ruling along a side of the frame has its ends so near to it."""

_CORNER_MM = 1.5
"""A corner this near to a ruling lies on it."""

_THICK_MM = 0.9
"""Sides of stamps are no thicker."""


def laid_frames(thin: ThinInk, across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Frame]:
    """The frames of stamps that lie over rulings ``across`` and ``down``, no two over one another."""
    dpi = thin.dpi * thin.factor
    kept: list[Frame] = []
    for frame in frames_between(thin, across, down):
        apart = all(frame.upright.intersection(other.upright) == 0 for other in kept)
        of_cells = runs_beside(frame, across, down, dpi) or _ends_on_rulings(frame, across, dpi)
        if apart and not of_cells and _is_over(frame, across, down, dpi):
            kept.append(frame)
    return kept


def without_sides(
    rulings: Sequence[Ruling], frames: Sequence[Frame], dpi: int, upright: bool
) -> list[Ruling]:
    """The ``rulings``, level or ``upright``, but those that were found along the sides of ``frames``."""
    return [r for r in rulings if not any(_is_side(frame, r, dpi, upright) for frame in frames)]


def _is_side(frame: Frame, ruling: Ruling, dpi: float, upright: bool) -> bool:
    near, box = millimetres(_ON_SIDE_MM, dpi), frame.box
    ends = np.array([(ruling.start, ruling.start_at), (ruling.end, ruling.end_at)])
    x, y = (ends[:, ::-1] if upright else ends).T - np.array(box.centre)[:, None]
    along, beside = x + frame.slope * y, y - frame.slope * x
    if upright:
        along, beside = beside, along
    half, away = (box.height, box.width) if upright else (box.width, box.height)
    on = np.abs(np.abs(beside) - away / 2) <= near
    return bool(on.all() and (np.abs(along) <= half / 2 + near).all() and beside.prod() > 0)


def without_frames(mask: Mask, frames: Sequence[Frame], dpi: int) -> Mask:
    """``mask`` (HxW) without the sides of ``frames``."""
    if not frames:
        return mask
    free, thick = mask.copy(), round(millimetres(_THICK_MM, dpi))
    for frame in frames:
        points = frame.corners.round().astype(np.int32)
        cv2.polylines(free, [points], isClosed=True, color=0, thickness=thick)
    return free


def _ends_on_rulings(frame: Frame, across: Sequence[Ruling], dpi: float) -> bool:
    """Whether each corner lies on a level ruling that runs on: so do walls of a table, be they askew."""
    near, beyond, box = millimetres(_CORNER_MM, dpi), millimetres(_BEYOND_MM, dpi), frame.upright
    long = [r for r in across if r.start < box.x0 - beyond or r.end > box.x1 + beyond]
    return all(
        any(abs(r.at(x) - y) <= near and r.start <= x + near and r.end >= x - near for r in long)
        for x, y in frame.corners.tolist()
    )


def _is_over(frame: Frame, across: Sequence[Ruling], down: Sequence[Ruling], dpi: float) -> bool:
    """Whether a ruling runs through the frame and on beyond it at both sides."""
    box, beyond = frame.upright, millimetres(_BEYOND_MM, dpi)
    level = any(_runs_through(r, box.x0, box.x1, box.y0, box.y1, beyond) for r in across)
    return level or any(_runs_through(r, box.y0, box.y1, box.x0, box.x1, beyond) for r in down)


def _runs_through(ruling: Ruling, start: float, end: float, low: float, high: float, beyond: float) -> bool:
    inside = low < ruling.at((start + end) / 2) < high
    return inside and ruling.start < start - beyond and ruling.end > end + beyond
