"""The circles of a seal, measured on its own ink, and that ink without them.

A ring is found on a coarse picture, a millimetre or so off its place. Which letters lie inside the inner
circle, and which of them touch it, takes the circles themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.frames import Ring
from pipeline.layout.groups import runs
from pipeline.layout.ink import Components, Mask, Numbers, components_of

_STEPS_MM, _STEPS, _ENOUGH = (0.5, 0.15), 3, 8000
"""The centre is looked for so many steps to each side, coarse ones and then fine ones, by so many pixels."""

_AS_CLEAR = 0.7
"""The outer circle has at least this share of the ink for its length that the clearest has."""

_NEAR_MM = (0.7, 0.5, 0.4)
"""Ink this near to the ring is fitted, in three rounds."""

_STRAYS = 0.1
"""A fit that changes the radius by more than this share is one of other ink."""

_OUTERMOST = 1.4
"""The outer circle is at most so much larger than the one that was found: that may be the inner one."""

_INNERMOST = 0.6
_DRAWN = 0.5
"""A circle has ink on this share of its length."""

_THICKEST_MM = 1.5
_WIDEST = 2.5
"""What is printed across a seal reaches at most so many radii to either side."""

_EDGE = 2.0
"""The edges of a circle are off its fit by up to so many pixels."""

_BESIDE = 5
"""Strokes seldom cross a circle at a right angle: ink is looked for in a square so wide around a place."""

_INNER = (0.62, 0.9)
"""The radius of the inner circle as a share of the outer one's: 0.78 by regulation, less in fact."""


@dataclass(frozen=True, slots=True, eq=False)
class _Polar:
    """Ink around a ring: rows and columns in the mask, and the distance of each pixel from the centre."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    distance: Numbers


def measured(mask: Mask, ring: Ring, dpi: int) -> tuple[Ring, Components]:
    """The ring as the ink of ``mask`` (HxW) has it, and the components in and around it without its circles.

    What is printed across a seal is seldom within it. Letters that cross a circle stay whole.
    """
    ring, ink, circles = _drawn(mask, ring, dpi)
    return ring, components_of(_letters_without(mask, ink, ring, circles))


def without_circles(mask: Mask, ring: Ring, dpi: int) -> tuple[Ring, Mask]:
    """The ring as the ink of ``mask`` (HxW) has it, and the mask without its circles."""
    ring, ink, circles = _drawn(mask, ring, dpi)
    without = mask.copy()
    for on in _on_circles(ink, circles):
        without[ink.rows[on], ink.columns[on]] = 0
    return ring, without


def _drawn(mask: Mask, ring: Ring, dpi: int) -> tuple[Ring, _Polar, list[tuple[int, int]]]:
    """The ring as drawn, the ink around it, and its circles (first and last radius of each, in pixels)."""
    ring = _fitted(mask, _centred(mask, ring, dpi), dpi)
    ink = _around(mask, ring)
    circles = _circles(ink, ring, dpi)
    return _with_circles(ring, circles), ink, circles


def _on_circles(ink: _Polar, circles: list[tuple[int, int]]) -> list[NDArray[np.bool_]]:
    """For each circle, which of the pixels are its own."""
    return [(ink.distance > first - _EDGE) & (ink.distance < last + 1 + _EDGE) for first, last in circles]


def _letters_without(mask: Mask, ink: _Polar, ring: Ring, circles: list[tuple[int, int]]) -> Mask:
    """The ink beside and in a ring without its circles, but for what joins a letter on both sides of one."""
    letters = np.zeros_like(mask)
    left, right = int(max(0, ring.x - _WIDEST * ring.radius)), int(ring.x + _WIDEST * ring.radius)
    top, bottom = int(max(0, ring.y - ring.radius)), int(ring.y + ring.radius)
    letters[top:bottom, left:right] = mask[top:bottom, left:right]
    drawn = _on_circles(ink, circles)
    for on in drawn:
        letters[ink.rows[on], ink.columns[on]] = 0
    beside = cv2.dilate(letters, np.ones((_BESIDE, _BESIDE), np.uint8)) > 0
    for on, (first, last) in zip(drawn, circles, strict=True):
        joins = _has_ink(beside, ink, on, ring, first - 2 * _EDGE)
        joins &= _has_ink(beside, ink, on, ring, last + 1 + 2 * _EDGE)
        letters[ink.rows[on][joins], ink.columns[on][joins]] = 1
    return letters


def _has_ink(
    inked: NDArray[np.bool_], ink: _Polar, on: NDArray[np.bool_], ring: Ring, radius: float
) -> NDArray[np.bool_]:
    """For each pixel ``on`` a circle, whether there is ink at ``radius`` in its direction from the centre."""
    share = radius / np.maximum(ink.distance[on], 1.0)
    y = ring.y + share * (ink.rows[on] + 0.5 - ring.y)
    x = ring.x + share * (ink.columns[on] + 0.5 - ring.x)
    high, wide = inked.shape
    found = inked[np.clip(y, 0, high - 1).astype(np.intp), np.clip(x, 0, wide - 1).astype(np.intp)]
    return np.asarray(found)


def _around(mask: Mask, ring: Ring) -> _Polar:
    reach = _OUTERMOST * ring.radius
    top, left = max(0, int(ring.y - reach)), max(0, int(ring.x - reach))
    rows, columns = np.nonzero(mask[top : int(ring.y + reach) + 1, left : int(ring.x + reach) + 1])
    rows, columns = rows + top, columns + left
    return _Polar(rows, columns, np.hypot(columns + 0.5 - ring.x, rows + 0.5 - ring.y))


def _centred(mask: Mask, ring: Ring, dpi: int) -> Ring:
    """The ring about that place near its own from which most ink is at few distances: circles share it.

    Its radius is the largest distance of nearly as much as the most.
    """
    ink = _around(mask, ring)
    few = slice(None, None, 1 + len(ink.rows) // _ENOUGH)
    rows, columns = ink.rows[few] + 0.5, ink.columns[few] + 0.5
    for step in _STEPS_MM:
        away = (millimetres(step, dpi) * np.arange(-_STEPS, _STEPS + 1)).tolist()
        places = [(ring.x + dx, ring.y + dy) for dy in away for dx in away]
        shares = [_shares(np.hypot(columns - x, rows - y), ring.radius) for x, y in places]
        best = int(np.argmax([np.square(share).sum() for share in shares]))
        ring = replace(ring, x=places[best][0], y=places[best][1])
    clear = (shares[best] > 0.0) & (shares[best] >= _AS_CLEAR * shares[best].max())
    outer = np.flatnonzero(clear)[-1:]
    return replace(ring, radius=float(outer[0]) + 0.5) if len(outer) else ring


def _shares(distance: Numbers, radius: float) -> Numbers:
    """How much ink there is at each whole distance up to about the radius, for each pixel of that circle."""
    counts = np.bincount(distance.astype(np.intp), minlength=1)
    radii = np.arange(len(counts))
    near = (radii >= _INNERMOST * radius) & (radii <= _OUTERMOST * radius)
    return np.where(near, counts / (2 * np.pi * (radii + 0.5)), 0.0)


def _fitted(mask: Mask, ring: Ring, dpi: int) -> Ring:
    """The ring as the circle that fits the ink near it best, in least squares."""
    for near in _NEAR_MM:
        ink = _around(mask, ring)
        on = np.abs(ink.distance - ring.radius) < millimetres(near, dpi)
        if on.sum() < ring.radius:
            return ring
        x, y = ink.columns[on] + 0.5, ink.rows[on] + 0.5
        (a, b, c), *_ = np.linalg.lstsq(np.c_[x, y, np.ones(len(x))], x**2 + y**2, rcond=None)
        radius = float(np.sqrt(max(c + (a**2 + b**2) / 4, 0.0)))
        if abs(radius - ring.radius) > _STRAYS * ring.radius:
            return ring
        ring = Ring(float(a / 2), float(b / 2), radius)
    return ring


def _circles(ink: _Polar, ring: Ring, dpi: int) -> list[tuple[int, int]]:
    """First and last radius in pixels of each circle around the ring's centre, the innermost first."""
    drawn = _shares(ink.distance, ring.radius) >= _DRAWN
    circles = [(first, end - 1) for first, end in runs(drawn)]
    return [(first, last) for first, last in circles if last - first < millimetres(_THICKEST_MM, dpi)]


def _with_circles(ring: Ring, circles: list[tuple[int, int]]) -> Ring:
    """The ring with the radius of its outer circle, and that of its inner one where there is one."""
    if not circles:
        return ring
    radius = sum(circles[-1]) / 2
    low, high = _INNER
    inner = [sum(circle) / 2 for circle in circles if low * radius < sum(circle) / 2 < high * radius]
    return Ring(ring.x, ring.y, radius, inner[-1] / radius) if inner else Ring(ring.x, ring.y, radius)
