"""Worn rulings: where a bilevel scan kept only specks of a faint ruling, what they tell of it."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Parts
from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import Numbers
from pipeline.model import GreyImage
from pipeline.speck_rows import on_crowded_rows

_SAME_ROW_MM = 0.17
"""Specks that differ in height by no more than this, one after the other, are of one row."""

_GAP_MM, _LAST_GAP = 40.0, 5.0
"""Specks of one ruling are at most this far from the next; one at the end that is so many mean gaps away
from the others is there by chance."""

_ITS_OWN = 0.5
"""At least this share of a ruling's specks stand closer along it than along one of the other way: the dots of
level rulings, one pitch apart, stand above one another too."""

_DARKNESS = 48
"""Grey levels given to a ruling between its specks: more than the faintest that is looked for."""

_SPECK_MM = 1.0
"""A speck is smaller than this."""

_SHRED_MM, _SLENDER, _LONGEST_MM, _PIECE_MM = 0.4, 3.0, 9.0, 1.5
"""A shred of a ruling is at most so thick, at least so many times longer, and not so long; it counts as often
as it is longer than the last."""


def specks_of(parts: Parts, dpi: float) -> tuple[Numbers, Numbers]:
    """Centres of the specks among ``parts``, and of the pieces of slender shreds.

    A shred of a ruling is taken for the many specks that it might have been worn into.
    """
    sides = np.stack((parts.left, parts.top, parts.width, parts.height)).astype(np.float64)
    left, top, width, height = sides[:, 1:]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    shred = (shorter <= millimetres(_SHRED_MM, dpi)) & (longer >= _SLENDER * shorter)
    shred &= longer < millimetres(_LONGEST_MM, dpi)
    pieces = np.where(shred, np.maximum(1, np.ceil(longer / millimetres(_PIECE_MM, dpi))), 1).astype(np.intp)
    chosen = np.flatnonzero(shred | (longer < millimetres(_SPECK_MM, dpi)))
    owner = np.repeat(chosen, pieces[chosen])
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(pieces[chosen]) - pieces[chosen], pieces[chosen])
    share = (nth + 0.5) / pieces[owner]
    level = (width >= height)[owner]
    x = left[owner] + width[owner] * np.where(level, share, 0.5)
    return x, top[owner] + height[owner] * np.where(level, 0.5, share)


def drawn_through(x: Numbers, y: Numbers, shape: tuple[int, ...], dpi: float) -> GreyImage:
    """The darkness (uint8, ``shape`` in pixels) of the level and upright rulings of specks at (x, y).

    Each is drawn from speck to speck; zero elsewhere, and where a row of specks crosses none of the
    other way: that is a leader of dots.
    """
    rows, columns = _rows(x, y, dpi), _rows(y, x, dpi)
    along, down = _spacing(rows, x), _spacing(columns, y)
    rows = [row for row in rows if (along[row] <= down[row]).mean() >= _ITS_OWN]
    columns = [column for column in columns if (down[column] <= along[column]).mean() >= _ITS_OWN]
    level = _drawn(rows, x, y, (shape[0], shape[1]), dpi)
    upright = np.ascontiguousarray(_drawn(columns, y, x, (shape[1], shape[0]), dpi).T)
    if not level.any() or not upright.any():
        return np.zeros_like(level)
    drawn = np.maximum(level, upright)
    rulings = Parts.of(drawn > 0)
    crossing = [rulings.count_in(way > 0) > 0 for way in (level, upright)]
    return np.asarray(drawn * rulings.choose(crossing[0] & crossing[1]), np.uint8)


def _rows(along: Numbers, aside: Numbers, dpi: float) -> list[NDArray[np.intp]]:
    """The specks of each crowded row, in order along it."""
    crowded = np.flatnonzero(on_crowded_rows(along, aside, dpi))
    order = crowded[np.argsort(aside[crowded], kind="stable")]
    cuts = np.flatnonzero(np.diff(aside[order]) > millimetres(_SAME_ROW_MM, dpi)) + 1
    return [row[np.argsort(along[row], kind="stable")] for row in np.split(order, cuts) if row.size]


def _spacing(rows: list[NDArray[np.intp]], along: Numbers) -> Numbers:
    """For each speck, how far it is on average from one of its row to the next; far for those of none."""
    apart = np.full(len(along), np.inf)
    for row in rows:
        apart[row] = (along[row[-1]] - along[row[0]]) / max(len(row) - 1, 1)
    return apart


def _drawn(
    rows: list[NDArray[np.intp]], along: Numbers, aside: Numbers, shape: tuple[int, int], dpi: float
) -> GreyImage:
    darkness = np.zeros(shape, np.uint8)
    for specks in rows:
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
