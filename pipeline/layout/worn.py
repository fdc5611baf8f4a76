"""Worn rulings: where a bilevel scan kept only specks of a faint ruling, what they tell of it."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import labelled
from pipeline.model import GreyImage

_ROW_MM, _STRETCH_MM = 0.34, 100.0
_FEWEST, _TIMES, _AROUND = 8, 4.0, 31
"""Specks are of one ruling where a stretch of a row, so thick and so long, holds so many of them and so many
times more than the rows around it, within so many of its thickness."""

_GAP_MM, _LAST_GAP = 40.0, 5.0
"""Specks of one ruling are at most this far from the next; one at the end that is so many mean gaps away
from the others is there by chance."""

_DARKNESS = 48
"""Grey levels given to a ruling between its specks: more than the faintest that is looked for."""

Numbers = NDArray[np.float64]


def drawn_through(x: Numbers, y: Numbers, shape: tuple[int, ...], dpi: float) -> GreyImage:
    """The darkness (uint8, ``shape`` in pixels) of the level and upright rulings of specks at (x, y).

    Each is drawn from speck to speck; zero elsewhere, and where a row of specks crosses none of the
    other way: that is a leader of dots.
    """
    level = _drawn(x, y, (shape[0], shape[1]), dpi)
    upright = np.ascontiguousarray(_drawn(y, x, (shape[1], shape[0]), dpi).T)
    if not level.any() or not upright.any():
        return np.zeros_like(level)
    drawn = np.maximum(level, upright)
    labels, stats = labelled(drawn)
    crossing = [np.bincount(labels[way > 0], minlength=len(stats)) > 0 for way in (level, upright)]
    return np.where((crossing[0] & crossing[1])[labels], drawn, np.uint8(0))


def _drawn(along: Numbers, aside: Numbers, shape: tuple[int, int], dpi: float) -> GreyImage:
    darkness = np.zeros(shape, np.uint8)
    if along.size:
        crowded = _crowded(along, aside, dpi)
        along, aside = along[crowded], aside[crowded]
    if not along.size:
        return darkness
    order = np.argsort(aside, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(aside[order]) > millimetres(_ROW_MM, dpi) / 2) + 1)
    for row in rows:
        specks = row[np.argsort(along[row], kind="stable")]
        gaps = np.diff(along[specks])
        for chain in np.split(specks, np.flatnonzero(gaps > millimetres(_GAP_MM, dpi)) + 1):
            for here, there in pairwise(_trimmed(chain, along)):
                ends = [(round(along[i]), round(aside[i])) for i in (here, there)]
                cv2.line(darkness, ends[0], ends[1], _DARKNESS, 1)
    return darkness


def _trimmed(chain: NDArray[np.intp], along: Numbers) -> NDArray[np.intp]:
    """``chain`` of specks in order without those at its ends that stand off from the others."""
    gaps = np.diff(along[chain])
    near = np.flatnonzero(gaps <= _LAST_GAP * gaps.mean()) if gaps.size else gaps
    return chain[int(near[0]) : int(near[-1]) + 2] if near.size else chain[:0]


def _crowded(along: Numbers, aside: Numbers, dpi: float) -> NDArray[np.bool_]:
    """Which specks are on rows that hold many along some stretch, far more than the rows around them."""
    place = (along / (millimetres(_STRETCH_MM, dpi) / 3)).astype(np.intp)
    row = aside.astype(np.intp)
    counts = np.zeros((int(row.max()) + 1, int(place.max()) + 1), np.float32)
    np.add.at(counts, (row, place), 1)
    thick = max(1, round(millimetres(_ROW_MM, dpi)))
    around = thick * _AROUND
    here = cv2.boxFilter(counts, -1, (3, thick), normalize=False, borderType=cv2.BORDER_CONSTANT)
    usual = cv2.boxFilter(counts, -1, (3, around), normalize=False, borderType=cv2.BORDER_CONSTANT)
    least = np.maximum(_FEWEST, _TIMES * usual / _AROUND)
    crowded = np.asarray((here >= least).any(axis=1))
    return np.asarray(crowded[row])
