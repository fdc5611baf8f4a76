"""Which places of a grid hold no ink."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.connected import labelled
from pipeline.layout.bodies import millimetres
from pipeline.layout.nontext import are_solid_and_round
from pipeline.layout.thin import ThinInk

_RIM_MM = 1.0
"""So far from the edges of a place ink may be that of a ruling, or the head of an arrow."""

_SPECK_MM, _BLOT_MM = 0.8, 1.5
"""What is smaller than the first is a speck, and what is round, solid and smaller than the second a blot; the
dash that says ``none`` is neither."""


def blank_places(
    thin: ThinInk, rows: NDArray[np.float64], columns: NDArray[np.float64], slope: float
) -> NDArray[np.bool_]:
    """Which places between edges (turned coordinates, in pixels of the page) hold no ink: rows × columns."""
    blank = [
        [_is_blank(thin, left, right, top, bottom, slope) for left, right in pairwise(columns.tolist())]
        for top, bottom in pairwise(rows.tolist())
    ]
    return np.array(blank, np.bool_)


def _is_blank(thin: ThinInk, left: float, right: float, top: float, bottom: float, slope: float) -> bool:
    rim = millimetres(_RIM_MM, thin.dpi * thin.factor)
    across, down = (left + right) / 2, (top + bottom) / 2
    x, y = across - slope * down, down + slope * across
    half_x, half_y = (right - left) / 2 - rim, (bottom - top) / 2 - rim
    x0, x1, y0, y1 = (
        int(max(0.0, at) / thin.factor) for at in (x - half_x, x + half_x, y - half_y, y + half_y)
    )
    if x1 <= x0 or y1 <= y0:
        return True
    _, stats = labelled(np.ascontiguousarray(thin.mask[y0:y1, x0:x1]))
    _, _, width, height, area = stats[1:].T
    size = np.maximum(width, height)
    blots = are_solid_and_round(width, height, area) & (size < millimetres(_BLOT_MM, thin.dpi))
    return bool((blots | (size < millimetres(_SPECK_MM, thin.dpi))).all())
