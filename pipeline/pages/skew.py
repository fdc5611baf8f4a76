"""The angle by which a page was scanned askew, from the lines that its ink stands on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import ColourImage, GreyImage
from pipeline.pages.planes import larger_parts

LEAST_SKEW = 0.1
"""Degrees; a page that is straighter is left alone."""

_LARGEST_SKEW = 10.0
_COARSE_STEP = 0.25
_FINE_STEP = 0.02
_LAST_REACH = 0.08
_COARSE_POINTS = 20_000
_FEWEST_EDGES = 50

_LARGEST_GRAIN = 8
"""Pixels of what may be pepper noise: it stands on no line, and hides the lines where there is much of it."""

_CLEAR_PEAK = 1.25
"""How far the best angle must stand out over the median of all; noise alone stays below."""


def find_skew(ink: NDArray[np.bool_]) -> float:
    """Degrees by which a page is turned clockwise, from its ink at about 150 dpi; 0.0 if unsure.

    The lower edges of ink are counted along parallel lines (projection profiles, Postl 1986):
    at the right angle, baselines and rulings each fall into few counts, and the sum of squares
    peaks. Lower edges alone are used since Thai marks blur the upper side of lines, and
    since the upright rulings of a table then have no weight.
    """
    edges = lower_edges(without_grains(ink))
    if edges.down.size < _FEWEST_EDGES:
        return 0.0
    angles = np.arange(-_LARGEST_SKEW, _LARGEST_SKEW + _COARSE_STEP / 2, _COARSE_STEP)
    scores = _sharpness_in_strips(edges.some(_COARSE_POINTS), angles, 5, bin_size=3.0)
    if scores.max() < _CLEAR_PEAK * np.median(scores):
        return 0.0
    coarse = float(angles[scores.argmax()])
    fine = _peak(edges, coarse, reach=2 * _COARSE_STEP, strips=2)
    finest = _peak(edges, fine, reach=_LAST_REACH, strips=1)
    # At the end of its reach it would run on: two columns are about to be joined askew, or pixels of nearly
    # level lines make steps. Half way is within a tenth of a degree of the truth in both.
    return finest if abs(finest - fine) < _LAST_REACH - _FINE_STEP / 2 else (fine + finest) / 2


def straighten(image: ColourImage | GreyImage, skew: float) -> ColourImage | GreyImage:
    """Turn ``image`` back by ``skew`` degrees about its centre, size kept, white where nothing was."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    straight = cv2.warpAffine(
        image,
        turn,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return np.asarray(straight, dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Where ink ends downwards: rows and columns of the proof, and how wide it is."""

    down: NDArray[np.float64]
    across: NDArray[np.float64]
    width: int

    def some(self, count: int) -> Edges:
        every = max(1, self.down.size // count)
        return Edges(self.down[::every], self.across[::every], self.width)


def without_grains(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink of a proof without what may be pepper noise."""
    return larger_parts(ink, _LARGEST_GRAIN)


def lower_edges(ink: NDArray[np.bool_]) -> Edges:
    """Where the ink of a proof ends downwards."""
    down, across = np.divmod(np.flatnonzero(ink[:-1] & ~ink[1:]), ink.shape[1])
    return Edges(down.astype(np.float64), across.astype(np.float64), ink.shape[1])


def _peak(edges: Edges, centre: float, reach: float, strips: int) -> float:
    """The sharpest angle within ``reach`` of ``centre``, its score smoothed over five steps."""
    angles = centre + np.arange(-reach - 2 * _FINE_STEP, reach + 2.5 * _FINE_STEP, _FINE_STEP)
    scores = np.convolve(
        _sharpness_in_strips(edges, angles, strips, bin_size=1.0), (1, 2, 3, 2, 1), mode="valid"
    )
    return float(angles[2:-2][scores.argmax()])


def _sharpness_in_strips(
    edges: Edges, angles: NDArray[np.float64], strips: int, bin_size: float
) -> NDArray[np.float64]:
    """The sharpness at each angle, counted in so many upright strips of the page apart.

    Lines of two columns that do not stand level would otherwise count for the angle that joins them.
    """
    strip = (edges.across * (strips / (edges.width + 1))).astype(np.intp)
    return np.asarray(sharpness(edges, strip, strips, angles, bin_size).sum(axis=1))


def sharpness(
    edges: Edges, part: NDArray[np.intp], parts: int, angles: NDArray[np.float64], bin_size: float
) -> NDArray[np.float64]:
    """For each angle and part of the page, the sum of squares of the counts of edges along parallels.

    ``part`` says of each edge in which of so many ``parts`` it is. A parallel is ``bin_size`` pixels thick.
    """
    slopes = np.tan(np.radians(angles))
    reach = edges.width * float(np.abs(slopes).max())
    first = math.floor((edges.down.min(initial=0.0) - reach) / bin_size)
    rows = math.floor((edges.down.max(initial=0.0) + reach) / bin_size) - first + 1
    across, down = edges.across / bin_size, edges.down / bin_size - first + part * rows
    scores = np.empty((len(slopes), parts))
    for score, slope in zip(scores, slopes, strict=True):
        counts = np.bincount((down - across * slope).astype(np.intp), minlength=parts * rows)
        score[:] = np.square(counts.astype(np.float64)).reshape(parts, rows).sum(axis=1)
    return scores
