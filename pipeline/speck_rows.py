"""Rows of specks: where a bilevel scan kept only specks of a faint ruling, they still stand in a row.

Cleaning must leave such specks on the page, and layout draws the ruling through them.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_THICK_MM, _STRETCH_MM = 0.29, 100.0
_FEWEST, _TIMES, _AROUND_MM = 8, 4.0, 10.4
"""Specks are of one ruling where a stretch of a row, so thick and so long, holds so many of them, and so many
times more than the rows around it do, within so much."""

_MM_PER_INCH = 25.4


def on_crowded_rows(along: NDArray[np.float64], aside: NDArray[np.float64], dpi: float) -> NDArray[np.bool_]:
    """Which of N specks stand on rows that hold many along some stretch, far more than the rows around.

    ``along`` and ``aside`` are their places in pixels at ``dpi``, along the rows and across them.
    """
    if not along.size:
        return np.zeros(0, np.bool_)
    millimetre = dpi / _MM_PER_INCH
    place = ((along - along.min()) / (_STRETCH_MM * millimetre / 3)).astype(np.intp)
    row = (aside - aside.min()).astype(np.intp)
    counts = np.zeros((int(row.max()) + 1, int(place.max()) + 1), np.float32)
    np.add.at(counts, (row, place), 1)
    thick = max(1, round(_THICK_MM * millimetre))
    around = max(thick, round(_AROUND_MM * millimetre))
    here = cv2.boxFilter(counts, -1, (3, thick), normalize=False, borderType=cv2.BORDER_CONSTANT)
    usual = cv2.boxFilter(counts, -1, (3, around), normalize=False, borderType=cv2.BORDER_CONSTANT)
    least = np.maximum(_FEWEST, _TIMES * usual * thick / around)
    crowded = np.asarray((here >= least).any(axis=1))
    return np.asarray(crowded[row])
