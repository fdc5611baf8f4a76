"""The angle by which a page was scanned askew, from the lines that its ink stands on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import ColourImage, GreyImage

LEAST_SKEW = 0.1
"""Degrees; a page that is straighter is left alone."""

_LARGEST_SKEW = 10.0
_COARSE_STEP = 0.25
_FINE_STEP = 0.02
_COARSE_POINTS = 20_000
_COARSE_BIN = 3.0
_COARSE_STRIPS, _FINE_STRIPS = 5, 2
"""The page is measured in upright strips, lest the lines of two columns be joined askew."""

_CLEAR_PEAK = 1.25
"""How far the best angle must stand out over the median of all; noise alone stays below."""


def find_skew(ink: NDArray[np.bool_]) -> float:
    """Degrees by which a page is turned clockwise, from its ink at about 150 dpi; 0.0 if unsure.

    The lower edges of ink are summed along parallel lines (Postl 1986, projection profiles):
    at the right angle, baselines and rulings each fall into few sums, and the sum of squares
    peaks. Lower edges alone are used since Thai marks blur the upper side of lines, and
    since the upright rulings of a table then have no weight.
    """
    down, across = _lower_edges(ink)
    if down.size < 50:
        return 0.0
    every = max(1, down.size // _COARSE_POINTS)
    angles = np.arange(-_LARGEST_SKEW, _LARGEST_SKEW + _COARSE_STEP / 2, _COARSE_STEP)
    some_down, some_across = down[::every], across[::every]
    strips = _strips(some_across, ink.shape[1], _COARSE_STRIPS)
    scores = np.array([_sharpness(some_down, some_across, angle, _COARSE_BIN, strips) for angle in angles])
    if scores.max() < _CLEAR_PEAK * np.median(scores):
        return 0.0
    best = float(angles[scores.argmax()])
    near = best + np.arange(-2 * _COARSE_STEP, 2 * _COARSE_STEP + _FINE_STEP / 2, _FINE_STEP)
    strips = _strips(across, ink.shape[1], _FINE_STRIPS)
    fine = np.array([_sharpness(down, across, angle, 1.0, strips) for angle in near])
    return float(near[np.convolve(fine, (1, 2, 3, 2, 1), mode="same")[2:-2].argmax() + 2])


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


def _lower_edges(ink: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where ink ends downwards: rows and columns, from the centre of the page."""
    down, across = np.nonzero(ink[:-1] & ~ink[1:])
    height, width = ink.shape
    return down - height / 2, across - width / 2


def _strips(across: NDArray[np.float64], width: int, count: int) -> NDArray[np.float64]:
    return np.asarray((across + width / 2) // (width / count + 1))


def _sharpness(
    down: NDArray[np.float64],
    across: NDArray[np.float64],
    angle: float,
    bin_size: float,
    strips: NDArray[np.float64],
) -> float:
    """Sum of squares of the counts of edges along parallels at ``angle``, within each strip."""
    rows = (down - across * np.tan(np.radians(angle))) / bin_size
    rows -= rows.min()
    places = rows.astype(np.intp) + (strips * (np.ceil(rows.max()) + 1)).astype(np.intp)
    return float(np.square(np.bincount(places).astype(np.float64)).sum())
