"""Thin ink at about 150 dpi: what rulings, frames and rings are looked for in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Parts
from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import Mask
from pipeline.layout.tick_shapes import is_box
from pipeline.layout.worn import drawn_through, specks_of
from pipeline.model import GreyImage

_WORKING_DPI = 150

_AROUND_MM = 1.6
"""Size of the neighbourhood that says what paper is; wider than any ruling is thick."""

_FAINTEST = 28
_ABOVE_NOISE = 2.2
"""Ink is this many grey levels darker than the paper around it, and this many times the noise."""

_BLOT_GREY, _BLOT_RIM_MM = 128, 0.7
"""What is still darker than this where all thin ink is taken off is a blot, up to so far around."""

_SPECK_DARKNESS = 56
"""Specks as dark as this are ink; a single pixel at twice the resolution has 64."""

_FRINGE_MM = 1.8
"""Specks within half of this of a long stroke may be its own ragged rim."""

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

_WORD_STRAIGHT = 0.25
"""What is longer than a letter but not higher, and has less than this share of its ink in straight runs, is a
word whose letters have run together."""

_LONG_MM, _DASH_MM = 9.0, 3.0
"""Shapes longer than the first are no letters; those longer than the second if they are slender."""

_LARGEST_STAMP_MM, _TABLE_INK_MM = (125.0, 85.0), 1.4
"""Strokes that hang together over more than this, across and down, are a table's if they have so much ink for
each millimetre of their width and height: a stamp that hangs on two streaks has less."""


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Ink at the working resolution, 1/``factor`` of a page's pixels each way.

    In ``strokes`` letters are blanked out of ``mask``, and tables with them, so that frames and rings remain.
    """

    mask: Mask
    strokes: Mask
    factor: int
    dpi: float


@dataclass(frozen=True, slots=True, eq=False)
class ThinInk(Strokes):
    """A page at the working resolution.

    ``darkness`` (uint8) is how much darker each pixel is than the paper or shading around it; in ``lines``
    letters are blanked out of it, so that rulings remain. In a ``worn`` one, rulings were drawn through the
    specks that are left of them.
    """

    darkness: GreyImage
    lines: GreyImage
    worn: bool


def strokes_of(mask: Mask, dpi: int) -> Strokes:
    """The strokes in the ink of a page (HxW), as :func:`thin_ink` tells them from letters."""
    small, factor = _at_working_size(mask * np.uint8(255), dpi)
    ink = np.asarray(small >= _FAINTEST, np.uint8)
    parts = Parts.of(ink)
    _, strokes, _ = _kinds(ink, parts, dpi / factor)
    return Strokes(ink, parts.choose(strokes).view(np.uint8), factor, dpi / factor)


def _at_working_size(image: GreyImage, dpi: int) -> tuple[GreyImage, int]:
    """A page shrunk to about the working resolution, and by which factor."""
    # A page of a few pixels is not shrunk to nothing.
    factor = max(1, min(round(dpi / _WORKING_DPI), *image.shape))
    if factor == 1:
        return image, factor
    shrunk = cv2.resize(image, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, np.uint8), factor


def thin_ink(image: GreyImage, dpi: int) -> ThinInk:
    """The thin ink of a grey page (HxW uint8, dark ink)."""
    small, factor = _at_working_size(image, dpi)
    working = dpi / factor
    around = round(millimetres(_AROUND_MM, working))
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((around, around), np.uint8))
    darkness = _without_blots(np.asarray(hat, np.uint8), small, working)
    limit = max(_FAINTEST, math.ceil(_ABOVE_NOISE * float(np.median(darkness[::4, ::4]))))
    mask = np.asarray(darkness >= limit, np.uint8)
    parts = Parts.of(mask)
    written, strokes, tables = _kinds(mask, parts, working)
    letters = np.asarray(
        cv2.dilate(parts.choose(written).view(np.uint8), np.ones((3, 3), np.uint8)), np.uint8
    )
    x, y = _lone_specks(darkness, letters, parts, working)
    drawn = _away_from(parts, tables, drawn_through(x, y, darkness.shape, working))
    lines = np.maximum(darkness * (1 - letters), drawn)
    strokes_mask = parts.choose(strokes).view(np.uint8)
    return ThinInk(mask, strokes_mask, factor, working, darkness, lines, bool(drawn.any()))


def _without_blots(darkness: GreyImage, image: GreyImage, dpi: float) -> GreyImage:
    """``darkness`` of an ``image`` without discs and blots thicker than any ruling.

    Being paper to themselves, they are dark at their rims alone, which would be specks in rows and columns.
    """
    parts = Parts.of(image + darkness < _BLOT_GREY)
    blot = np.maximum(parts.width, parts.height) < millimetres(_LETTER_MM[1], dpi)
    if not blot[1:].any():
        return darkness
    rim = 2 * round(millimetres(_BLOT_RIM_MM, dpi)) + 1
    covered = cv2.dilate(parts.choose(blot).view(np.uint8), np.ones((rim, rim), np.uint8))
    return np.asarray(darkness * (1 - covered), np.uint8)


def _kinds(
    mask: Mask, parts: Parts, dpi: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which parts of ``mask`` are letters or words, which strokes of frames and rings, which tables."""
    width, height, area = parts.width, parts.height, parts.area
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    smallest, largest = (millimetres(size, dpi) for size in _LETTER_MM)
    lone_runs = _in_runs(mask, parts, round(millimetres(_LONE_RUN_MM, dpi)))
    stroke = (longer >= millimetres(_LONG_MM, dpi)) | (
        (longer >= millimetres(_DASH_MM, dpi)) & (shorter <= 0.3 * longer)
    )
    letter = (longer >= smallest) & (longer < largest) & (longer < _SLENDER * shorter) & ~stroke
    letter &= (shorter > millimetres(_DASH_THICK_MM, dpi)) | (longer < _DASH_SLENDER * shorter)
    letter &= ~_grid_pieces(mask, parts, lone_runs, dpi)
    word = (longer >= largest) & (shorter >= smallest) & (shorter < largest)
    word &= lone_runs.sum(axis=0) < _WORD_STRAIGHT * area
    widest, highest = (millimetres(side, dpi) for side in _LARGEST_STAMP_MM)
    table = (width >= widest) & (height >= highest)
    table &= area >= millimetres(_TABLE_INK_MM, dpi) * (width + height)
    return letter | word, stroke & ~table, table


def _lone_specks(
    darkness: GreyImage, letters: Mask, parts: Parts, dpi: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centres of dark specks that are no part of a letter, nor of the fringe of a long stroke.

    Those of grain and bleed-through are lighter.
    """
    x, y = specks_of(parts, dpi)
    long = parts.choose(np.maximum(parts.width, parts.height) >= millimetres(_LONG_MM, dpi)).view(np.uint8)
    around, fringe = round(millimetres(_AROUND_MM, dpi)), round(millimetres(_FRINGE_MM, dpi))
    near = cv2.max(
        cv2.dilate(letters, np.ones((around, around), np.uint8)),
        cv2.dilate(long, np.ones((fringe, fringe), np.uint8)),
    )
    darkest = np.asarray(cv2.dilate(darkness, np.ones((3, 3), np.uint8)))
    at = y.astype(np.intp), x.astype(np.intp)
    lone = (near[at] == 0) & (darkest[at] >= _SPECK_DARKNESS)
    return x[lone], y[lone]


def _away_from(parts: Parts, tables: NDArray[np.bool_], drawn: GreyImage) -> GreyImage:
    """The rulings drawn through specks, but for those that run into one of the ``parts`` that are tables.

    The rulings of one table are worn alike: where they hang together, specks in a row are dirt.
    """
    if not drawn.any():
        return drawn
    rulings = Parts.of(drawn > 0)
    clear = np.ones(rulings.area.size, np.bool_)
    for table in np.flatnonzero(tables[1:]) + 1:
        place = np.s_[parts.top[table] : parts.bottom[table], parts.left[table] : parts.right[table]]
        clear[rulings.labels[place]] = False
    return np.asarray(drawn * rulings.choose(clear), np.uint8)


def _grid_pieces(mask: Mask, parts: Parts, lone_runs: NDArray[np.intp], dpi: float) -> NDArray[np.bool_]:
    """Which parts of ``mask`` are straight thin strokes, level and upright, that cross.

    ``lone_runs`` are the pixels of each in level and in upright runs that need not cross. Boxes to
    tick are no such pieces: side by side they would make rulings of their sides.
    """
    stroke = millimetres(_STROKE_MM, dpi)
    level, upright = _in_runs(mask, parts, round(millimetres(_RUN_MM, dpi)))
    crossing = (level > 0) & (upright > 0) | lone_runs.any(axis=0)
    pieces = np.asarray(crossing & (level + upright >= _RUN_SHARE * parts.area))
    pieces &= parts.area <= stroke * (parts.width + parts.height)
    for piece in np.flatnonzero(pieces & (parts.width < millimetres(_LETTER_MM[1], dpi))):
        place = np.s_[parts.top[piece] : parts.bottom[piece], parts.left[piece] : parts.right[piece]]
        pieces[piece] = not is_box(np.asarray(parts.labels[place] == piece, np.uint8))
    return pieces


def _in_runs(mask: Mask, parts: Parts, run: int) -> NDArray[np.intp]:
    """2xN: how many pixels of N parts are in level, and in upright, runs of at least ``run`` pixels."""
    straight = (
        cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(box, np.uint8)) for box in ((1, run), (run, 1))
    )
    return np.array([parts.count_in(np.asarray(inked, np.uint8)) for inked in straight])
