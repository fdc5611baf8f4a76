"""Which places of a grid hold no ink."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.thin import ThinInk

_RIM_MM = 1.0
"""So far from the edges of a place ink may be that of a ruling, or the head of an arrow."""

_SPECKS_MM2 = 0.15
"""Less ink than this, in square millimetres, is specks; the dash that says ``none`` has more."""


def blank_places(
    thin: ThinInk, rows: NDArray[np.float64], columns: NDArray[np.float64], slope: float
) -> NDArray[np.bool_]:
    """Which places between edges (turned coordinates, in pixels of the page) hold no ink: rows × columns."""
    rim = millimetres(_RIM_MM, thin.dpi * thin.factor)
    most = _SPECKS_MM2 * millimetres(1.0, thin.dpi) ** 2
    blank = np.zeros((len(rows) - 1, len(columns) - 1), np.bool_)
    for row, (top, bottom) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            x, y = (
                (left + right) / 2 - slope * (top + bottom) / 2,
                (top + bottom) / 2 + slope * (left + right) / 2,
            )
            half_x, half_y = (right - left) / 2 - rim, (bottom - top) / 2 - rim
            x0, x1, y0, y1 = (
                int(max(0.0, at) / thin.factor) for at in (x - half_x, x + half_x, y - half_y, y + half_y)
            )
            blank[row, column] = int(thin.mask[y0:y1, x0:x1].sum()) <= most
    return blank
