"""Ruled lines: straight thin ink much longer than any stroke of a letter.

Found at about 150 dpi, where one pixel of thickness forgives most residual skew; gaps in broken
rulings are closed between segments, never between pixels, or rows of letters would turn into rulings.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.groups import group_labels
from pipeline.layout.ink import Mask
from pipeline.model import GreyImage

_WORKING_DPI = 150
_FAINTEST = 28
"""A ruling, however faint, is this many grey levels darker than the paper or shading around it."""

_AROUND_MM = 1.6
"""Size of the neighbourhood that says what paper is; wider than any ruling is thick."""

_SHORTEST_ACROSS_MM, _SHORTEST_DOWN_MM = 9.0, 4.5
_THICKEST_MM = 1.3
_BREAK_MM = 6.0
"""Collinear segments with a gap up to this are one ruling."""

_ALIGNED_MM = 0.9
_NEAR_MM = 3.0
"""A curved ruling strays this far from the straight line between its ends, both sides together."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight ruling from (start, start_at) to (end, end_at).

    For a horizontal one ``start``/``end`` are x and ``start_at``/``end_at`` y; for a vertical one
    the other way round. ``thickness`` is in pixels too.
    """

    start: float
    end: float
    start_at: float
    end_at: float
    thickness: float

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def slope(self) -> float:
        return (self.end_at - self.start_at) / max(self.length, 1.0)

    def at(self, position: float) -> float:
        """Where the ruling, prolonged if need be, is at ``position`` along it."""
        return self.start_at + self.slope * (position - self.start)


def find_rulings(image: GreyImage, thin: ThinInk, dpi: int) -> tuple[list[Ruling], list[Ruling], Mask]:
    """Horizontal and vertical rulings of a grey page, and the mask (HxW) of their ink."""
    small, factor = thin.mask, thin.factor
    working = dpi / factor
    across, across_ink = _straight(small, working, _SHORTEST_ACROSS_MM, upright=False)
    down, down_ink = _straight(small, working, _SHORTEST_DOWN_MM, upright=True)
    ink = _enlarged(across_ink | down_ink, factor, image.shape)
    return _scaled(across, factor, dpi), _scaled(down, factor, dpi), ink


def erased(mask: Mask, ruling_ink: Mask, across: list[Ruling], down: list[Ruling], dpi: int) -> Mask:
    """``mask`` without the ink of these rulings; letters that cross one lose only the crossing."""
    reach = round(millimetres(_NEAR_MM, dpi))
    near = np.zeros_like(mask)
    for r in across:
        cv2.line(near, (round(r.start), round(r.start_at)), (round(r.end), round(r.end_at)), 1, reach)
    for r in down:
        cv2.line(near, (round(r.start_at), round(r.start)), (round(r.end_at), round(r.end)), 1, reach)
    return np.asarray(mask & ~(ruling_ink & near), np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class ThinInk:
    """Ink of lines and letters at a working resolution: ``mask`` is 1/``factor`` of the page's size."""

    mask: Mask
    factor: int


def thin_ink(image: GreyImage, dpi: int) -> ThinInk:
    """Thin ink of a grey page at about 150 dpi: a pixel is as dark as the darkest under it."""
    factor = max(1, round(dpi / _WORKING_DPI))
    darkest = image
    if factor > 1:
        darkest = cv2.erode(image, np.ones((factor, factor), np.uint8), anchor=(0, 0))[::factor, ::factor]
    around = round(millimetres(_AROUND_MM, dpi / factor))
    hat = cv2.morphologyEx(darkest, cv2.MORPH_BLACKHAT, np.ones((around, around), np.uint8))
    return ThinInk(np.asarray(hat >= _FAINTEST, np.uint8), factor)


def _enlarged(ink: Mask, factor: int, shape: tuple[int, ...]) -> Mask:
    # One pixel more on every side takes the ragged rim of the ruling along.
    wide = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    return np.asarray(
        cv2.resize(
            wide,
            (wide.shape[1] * factor, wide.shape[0] * factor),
            interpolation=cv2.INTER_NEAREST,
        )[: shape[0], : shape[1]],
        np.uint8,
    )


def _straight(small: Mask, dpi: float, shortest_mm: float, upright: bool) -> tuple[list[Ruling], Mask]:
    view = np.ascontiguousarray(small.T) if upright else small
    shortest = round(millimetres(shortest_mm, dpi))
    runs = cv2.morphologyEx(view, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8, ltype=cv2.CV_32S)
    thickest = millimetres(_THICKEST_MM, dpi)
    found, kept = [], np.zeros(count, np.uint8)
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if area / width > thickest:
            continue
        kept[i] = 1
        piece = labels[y : y + height, x : x + width] == i
        found.append(_traced(piece, x, y, area))
    ink = kept[labels]
    return found, (np.ascontiguousarray(ink.T) if upright else ink)


def _traced(piece: NDArray[np.bool_], x: int, y: int, area: int) -> Ruling:
    width = piece.shape[1]
    margin = max(1, width // 8)
    rows = np.arange(piece.shape[0]) + 0.5
    left, right = piece[:, :margin].sum(axis=1), piece[:, -margin:].sum(axis=1)
    start, end = float(rows @ left / left.sum()), float(rows @ right / right.sum())
    # The two means stand for the middle of each margin; prolong them to the ends.
    lean = (end - start) / max(width - margin, 1) * margin / 2
    return Ruling(x, x + width, y + start - lean, y + end + lean, area / width)


def _scaled(rulings: list[Ruling], factor: int, dpi: int) -> list[Ruling]:
    full = [
        Ruling(r.start * factor, r.end * factor, r.start_at * factor, r.end_at * factor, r.thickness * factor)
        for r in rulings
    ]
    return _mended(full, dpi)


def _mended(rulings: list[Ruling], dpi: int) -> list[Ruling]:
    """Broken rulings joined: segments one after the other on the same straight line."""
    if len(rulings) < 2:
        return rulings
    gap, aligned = millimetres(_BREAK_MM, dpi), millimetres(_ALIGNED_MM, dpi)
    start = np.array([r.start for r in rulings])
    end = np.array([r.end for r in rulings])
    at = np.array([r.start_at for r in rulings])
    slope = np.array([r.slope for r in rulings])
    middle = (np.minimum(end[:, None], end) + np.maximum(start[:, None], start)) / 2
    here = at[:, None] + slope[:, None] * (middle - start[:, None])
    there = at[None, :] + slope[None, :] * (middle - start[None, :])
    apart = np.maximum(start[:, None], start) - np.minimum(end[:, None], end)
    labels = group_labels((apart <= gap) & (np.abs(here - there) <= aligned))
    return [_union([rulings[i] for i in np.flatnonzero(labels == label)]) for label in range(labels.max() + 1)]


def _union(parts: list[Ruling]) -> Ruling:
    first = min(parts, key=lambda r: r.start)
    last = max(parts, key=lambda r: r.end)
    thickness = sum(r.thickness * r.length for r in parts) / sum(r.length for r in parts)
    return Ruling(first.start, last.end, first.start_at, last.end_at, thickness)
