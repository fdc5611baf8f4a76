"""Streaks: thin lines down the whole of a scan, which dust on the glass or a worn drum draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.model import GreyImage
from pipeline.pages.planes import Plane, wide_parts

_DARKER_THAN = 205
_RUN = 21
_BLOCKS = 24
_BLOCK_FILLED = 0.4
_BLOCKS_FILLED = 0.9
_SLOPES = np.arange(-0.010, 0.0101, 0.001)
"""Pixels across for each down; paper may run through a copier a little askew."""

_REACH = 4
_THICKEST = 5
"""Pixels at 300 dpi to each side of a streak that belong to it, and how thick it may be there."""


def find_streaks(grey: GreyImage, proof: GreyImage) -> Plane:
    """Which pixels of ``grey`` belong to streaks, found on its ``proof`` at about 150 dpi.

    A streak runs through at least nine tenths of the scan's height, both margins included, so that
    no ruling of a table can be meant, not even of one that lies sideways and fills its page. Where
    a streak crosses a stroke, the stroke stays.
    """
    found = np.zeros(grey.shape, dtype=bool)
    scale = grey.shape[0] / proof.shape[0]
    for offset, slope in _streak_lines(wide_parts(proof < _DARKER_THAN, 1, _RUN)):
        rows = np.arange(grey.shape[0])
        centres = np.rint(offset * scale + slope * rows).astype(np.intp)
        columns = centres[:, None] + np.arange(-_REACH, _REACH + 1 + round(scale))[None, :]
        columns = np.clip(columns, 0, grey.shape[1] - 1)
        ink = grey[rows[:, None], columns] < _DARKER_THAN
        thin = ink.sum(axis=1) <= _THICKEST
        found[rows[:, None], columns] |= ink & thin[:, None]
    return found


def _streak_lines(runs: Plane) -> list[tuple[int, float]]:
    """The streaks among upright ``runs`` of ink: column at the top of the proof, and slope."""
    height, width = runs.shape
    margin = -(-height // _BLOCKS)
    if not (runs[:margin].any() and runs[-margin:].any()):
        return []
    down, across = np.divmod(np.flatnonzero(runs), width)
    block = down * _BLOCKS // height
    best: dict[int, tuple[float, float, int]] = {}
    for slope in _SLOPES:
        shares = _filled_blocks(block, np.rint(across - slope * down).astype(np.intp), height, width)
        for column in np.flatnonzero(shares >= _BLOCKS_FILLED):
            candidate = float(shares[column]), float(slope), int(column)
            place = int(column) // (2 * _REACH)
            best[place] = max(best.get(place, candidate), candidate)
    return [(column, slope) for _, slope, column in best.values()]


def _filled_blocks(
    block: NDArray[np.intp], column: NDArray[np.intp], height: int, width: int
) -> NDArray[np.float64]:
    """For each column, the share of blocks of rows in which it or a neighbour is mostly ink.

    It is 0 unless the first and the last block, which hold the margins, are among them.
    """
    inside = (column >= 0) & (column < width)
    places = block[inside] * width + column[inside]
    counts = np.bincount(places, minlength=_BLOCKS * width).reshape(_BLOCKS, width)
    three = counts.copy()
    three[:, 1:] += counts[:, :-1]
    three[:, :-1] += counts[:, 1:]
    filled = three >= _BLOCK_FILLED * height / _BLOCKS
    return np.where(filled[0] & filled[-1], filled.mean(axis=0), 0.0)
