"""Whether a ruling runs between two neighbouring places of a grid.

Where the rulings that were found leave a gap, the darkness along the gap decides: a worn ruling leaves
traces, while between merged cells there is nothing.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.thin import ThinInk

_COVERED = 0.5
"""A side is there when found rulings cover this share of it."""

_TRACE = 0.25
"""A side is there when it is on average this share as dark as the sides that are sure."""

_WORN, _OF_WORN = 10, 0.5
"""And this share as dark as the faintest of them, but for so many in a hundred: where all rulings are whole,
what is much fainter is text in their way."""

_PARTLY, _PARTLY_TRACE = 0.2, 0.1
"""A side of which rulings that were found cover this share needs only this share of that darkness."""

_MOSTLY = 0.6
"""A worn ruling that is there over this share of the table's width runs through to its edges."""

_LEAST_TRACE = 1.5
"""Grey levels, on average along the side, that a trace must have."""

_STRAY_MM, _BESIDE_MM = 0.5, 0.9
_STEPS = 80

Walls = NDArray[np.bool_]


def covered_share(
    rulings: NDArray[np.float64], edges: NDArray[np.float64], places: NDArray[np.float64], same: float
) -> NDArray[np.float64]:
    """Share of each side (edges × places) that the rulings (start, end, position) cover."""
    low, high = places[:-1], places[1:]
    covered = np.zeros((len(edges), len(low)))
    for start, end, at in rulings:
        nearest = int(np.argmin(np.abs(edges - at)))
        if abs(edges[nearest] - at) <= same:
            covered[nearest] += np.clip(np.minimum(end, high) - np.maximum(start, low), 0, None)
    return np.asarray(np.minimum(covered / (high - low), 1.0))


def traced_walls(shares: NDArray[np.float64], traces: NDArray[np.float64]) -> Walls:
    """Which sides are there, from what is covered and how dark each is."""
    sure = shares >= _COVERED
    if not sure.any():
        return np.asarray(sure)
    faintest, typical = np.percentile(traces[sure], (_WORN, 50))
    partly = (shares >= _PARTLY) & (traces >= max(_LEAST_TRACE, _PARTLY_TRACE * typical))
    return np.asarray(sure | partly | (traces >= max(_LEAST_TRACE, _TRACE * typical, _OF_WORN * faintest)))


def run_through(floors: Walls, columns: NDArray[np.float64]) -> Walls:
    """``floors`` (row edges × columns) of a worn table, those that are mostly there prolonged to its edges.

    What is missing between two pieces of a floor stays missing: that may be a merged cell.
    """
    widths = np.diff(columns)
    mostly = floors @ widths >= _MOSTLY * widths.sum()
    before = np.maximum.accumulate(floors, axis=1)
    after = np.maximum.accumulate(floors[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(floors | (mostly[:, None] & ~(before & after)))


def floor_traces(
    thin: ThinInk, rows: NDArray[np.float64], columns: NDArray[np.float64], slope: float
) -> NDArray[np.float64]:
    """Mean darkness of each horizontal side (row edges × columns) beyond that of what is beside it."""
    across = _inner_points(columns)
    x = across[None, :, :] - slope * rows[:, None, None]
    y = rows[:, None, None] + slope * across[None, :, :]
    return _darkness(thin, x, y, along_rows=True)


def side_traces(
    thin: ThinInk, rows: NDArray[np.float64], columns: NDArray[np.float64], slope: float
) -> NDArray[np.float64]:
    """The same for each vertical side (column edges × rows)."""
    down = _inner_points(rows)
    x = columns[:, None, None] - slope * down[None, :, :]
    y = down[None, :, :] + slope * columns[:, None, None]
    return _darkness(thin, x, y, along_rows=False)


def _inner_points(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points along each place between two edges, without its ends, where other rulings cross."""
    share = np.linspace(0.15, 0.85, _STEPS)
    return edges[:-1, None] + share[None, :] * np.diff(edges)[:, None]


def _darkness(
    thin: ThinInk, x: NDArray[np.float64], y: NDArray[np.float64], along_rows: bool
) -> NDArray[np.float64]:
    stray, beside = round(millimetres(_STRAY_MM, thin.dpi)), round(millimetres(_BESIDE_MM, thin.dpi))
    flat = (x.reshape(x.shape[0], -1) / thin.factor).astype(np.float32)
    level = (y.reshape(y.shape[0], -1) / thin.factor).astype(np.float32)
    means = {}
    for shift in (*range(-stray, stray + 1), -stray - beside, stray + beside):
        dx, dy = (0, shift) if along_rows else (shift, 0)
        sampled = cv2.remap(
            np.minimum(thin.lines, 64), flat + dx, level + dy, cv2.INTER_NEAREST, borderValue=0
        )
        means[shift] = sampled.reshape(x.shape).mean(axis=2)
    on = np.max([means[shift] for shift in range(-stray, stray + 1)], axis=0)
    return np.asarray(on - np.maximum(means[-stray - beside], means[stray + beside]), np.float64)
