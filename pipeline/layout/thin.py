"""Thin ink at about 150 dpi: what rulings, frames and rings are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import Mask, labelled
from pipeline.layout.ticks import is_box
from pipeline.layout.worn import drawn_through
from pipeline.model import GreyImage

_WORKING_DPI = 150

_AROUND_MM = 1.6
"""Size of the neighbourhood that says what paper is; wider than any ruling is thick."""

_FAINTEST = 28.0
_ABOVE_NOISE = 2.2
"""Ink is this many grey levels darker than the paper around it, and this many times the noise."""

_SPECK_DARKNESS = 56
"""Specks as dark as this are ink; a single pixel at twice the resolution has 64."""

_LETTER_MM = (1.0, 9.0)
_SLENDER = 6.0
"""A shape between these lengths is a letter unless it is this many times longer than wide."""

_RUN_MM, _LONE_RUN_MM, _RUN_SHARE = 3.0, 5.0, 0.6
_STROKE_MM = 0.75
"""A shape that is mostly straight runs, level and upright ones as long as the first or one way as long as the
second, and on average no thicker, is no letter either: a piece of a worn grid around a crossing. The
upright stroke of ไ runs one way only."""

_DASH_THICK_MM, _DASH_SLENDER = 0.4, 3.0
"""Nor is one as thin as this and so many times longer than thick: a dash of a worn ruling."""

_LONG_MM, _DASH_MM = 9.0, 3.0
"""Shapes longer than the first are no letters; those longer than the second if they are slender."""


@dataclass(frozen=True, slots=True, eq=False)
class ThinInk:
    """A page at the working resolution, 1/``factor`` of its pixels each way.

    ``darkness`` (uint8) is how much darker each pixel is than the paper or shading around it;
    ``mask`` is its ink; in ``lines`` letters are blanked out of the darkness, in ``strokes`` out
    of the mask, so that rulings, frames and rings remain.
    """

    darkness: GreyImage
    mask: Mask
    lines: GreyImage
    strokes: Mask
    factor: int
    dpi: float


def thin_ink(image: GreyImage, dpi: int) -> ThinInk:
    """The thin ink of a grey page (HxW uint8, dark ink)."""
    # A page of a few pixels is not shrunk to nothing.
    factor = max(1, min(round(dpi / _WORKING_DPI), *image.shape))
    working = dpi / factor
    small = image
    if factor > 1:
        shrunk = cv2.resize(image, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
        small = np.asarray(shrunk, np.uint8)
    around = round(millimetres(_AROUND_MM, working))
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((around, around), np.uint8))
    darkness = np.asarray(hat, np.uint8)
    limit = max(_FAINTEST, _ABOVE_NOISE * float(np.median(darkness[::4, ::4])))
    mask = np.asarray(darkness >= limit, np.uint8)
    labels, stats = labelled(mask)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    letter = (longer >= millimetres(_LETTER_MM[0], working)) & (longer < millimetres(_LETTER_MM[1], working))
    letter &= longer < _SLENDER * shorter
    letter &= (shorter > millimetres(_DASH_THICK_MM, working)) | (longer < _DASH_SLENDER * shorter)
    letter &= ~_grid_pieces(mask, labels, stats, working)
    letter[0] = False
    stroke = (longer >= millimetres(_LONG_MM, working)) | (
        (longer >= millimetres(_DASH_MM, working)) & (shorter <= 0.3 * longer)
    )
    stroke[0] = False
    kind = (letter.astype(np.uint8) + 2 * stroke.astype(np.uint8))[labels]
    blank = np.asarray(cv2.dilate(np.asarray(kind == 1, np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
    lines = np.where(blank > 0, 0, darkness).astype(np.uint8)
    x, y = _lone_specks(darkness, blank, stats, working)
    lines = np.maximum(lines, drawn_through(x, y, lines.shape, working))
    return ThinInk(darkness, mask, lines, np.asarray(kind >> 1, np.uint8), factor, working)


def _lone_specks(
    darkness: GreyImage, letters: Mask, stats: NDArray[np.int32], dpi: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centres of dark specks that are no part of a letter; those of grain and bleed-through are lighter."""
    left, top, width, height = stats[1:, :4].T
    speck = np.maximum(width, height) < millimetres(_LETTER_MM[0], dpi)
    x, y = (left + width / 2)[speck], (top + height / 2)[speck]
    around = round(millimetres(_AROUND_MM, dpi))
    near = np.asarray(cv2.dilate(letters, np.ones((around, around), np.uint8)))
    darkest = np.asarray(cv2.dilate(darkness, np.ones((3, 3), np.uint8)))
    at = y.astype(np.intp), x.astype(np.intp)
    lone = (near[at] == 0) & (darkest[at] >= _SPECK_DARKNESS)
    return x[lone], y[lone]


def _grid_pieces(
    mask: Mask, labels: NDArray[np.int32], stats: NDArray[np.int32], dpi: float
) -> NDArray[np.bool_]:
    """Which components of ``mask`` are straight thin strokes, level and upright, that cross.

    Boxes to tick are no such pieces: side by side they would make rulings of their sides.
    """
    stroke = millimetres(_STROKE_MM, dpi)
    long, lone = round(millimetres(_RUN_MM, dpi)), round(millimetres(_LONE_RUN_MM, dpi))
    level, upright = (_in_runs(mask, labels, len(stats), long, way) for way in (0, 1))
    lone_level, lone_upright = (_in_runs(mask, labels, len(stats), lone, way) for way in (0, 1))
    area = stats[:, cv2.CC_STAT_AREA]
    sides = stats[:, cv2.CC_STAT_WIDTH] + stats[:, cv2.CC_STAT_HEIGHT]
    crossing = (level > 0) & (upright > 0) | (lone_level > 0) | (lone_upright > 0)
    pieces = np.asarray(crossing & (level + upright >= _RUN_SHARE * area) & (area <= stroke * sides))
    largest = millimetres(_LETTER_MM[1], dpi)
    for piece in np.flatnonzero(pieces & (stats[:, cv2.CC_STAT_WIDTH] < largest)):
        x, y, width, height = stats[piece, :4]
        pieces[piece] = not is_box(np.asarray(labels[y : y + height, x : x + width] == piece, np.uint8))
    return pieces


def _in_runs(mask: Mask, labels: NDArray[np.int32], count: int, run: int, upright: int) -> NDArray[np.int64]:
    """How many pixels of each of ``count`` components are in level or upright runs at least so long."""
    box = np.ones((run, 1) if upright else (1, run), np.uint8)
    straight = cv2.morphologyEx(mask, cv2.MORPH_OPEN, box) > 0
    return np.asarray(np.bincount(labels[straight], minlength=count), np.int64)
