"""Whether a ruling runs between two neighbouring places of a grid.

Where the rulings that were found leave a gap, the darkness along the gap decides: a worn ruling leaves
traces, while between merged cells there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.thin import ThinInk

COVERED = 0.5
"""A side is there when found rulings cover this share of it."""

_TRACE = 0.25
"""A side is there when it is on average this share as dark as the sides that are sure."""

_WORN, _OF_WORN = 10, 0.5
"""And this share as dark as the faintest of them, but for so many in a hundred: where all rulings are whole,
what is much fainter is text in their way."""

_PARTLY, _PARTLY_TRACE = 0.2, 0.1
"""A side of which rulings that were found cover this share needs only this share of that darkness."""

_GAP = 0.15
"""A side that stands out by less than this share of what is usual is a gap between two pieces of one ruling
that was closed: over merged cells there is nothing."""

_MOSTLY = 0.6
"""A worn ruling that is there over this share of the table's width runs through to its edges."""

_THROUGHOUT = 0.75
"""A side all of whose parts have this share of the usual darkness is there, however close text stands."""

_LEAST_TRACE = 1.5
"""Grey levels, on average along the side, that a trace must have."""

_STRAY_MM, _BESIDE_MM = 0.5, 0.9
_STEPS, _PARTS = 80, 4
"""Points along a side, and the parts of it that each stray by themselves: rulings of bent paper are bent."""

_AROUND = 25
"""The percentile of darkness on and beside a side that stands for that of all that is near, text too."""

Walls = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Traces:
    """Mean darkness of sides (edges × places) in grey levels beyond that of what is around them.

    ``beyond`` compares with the darker of both neighbourhoods, ``presence`` with all that is near: text that
    touches a ruling hides it from the one, but not from the other. ``throughout`` is the presence of that
    part of a side which has least of it.
    """

    beyond: NDArray[np.float64]
    presence: NDArray[np.float64]
    throughout: NDArray[np.float64]


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


def traced_walls(shares: NDArray[np.float64], traces: Traces) -> Walls:
    """Which sides are there, from what is covered and how dark each is."""
    covered = shares >= COVERED
    if not covered.any():
        return np.asarray(covered)
    usual = np.median(traces.presence[covered])
    there = traces.presence >= _GAP * usual
    sure, beyond = covered & there, traces.beyond
    faintest, typical = np.percentile(beyond[sure], (_WORN, 50))
    partly = there & (shares >= _PARTLY) & (beyond >= max(_LEAST_TRACE, _PARTLY_TRACE * typical))
    traced = beyond >= max(_LEAST_TRACE, _TRACE * typical, _OF_WORN * faintest)
    whole = traces.throughout >= max(_LEAST_TRACE, _THROUGHOUT * usual)
    return np.asarray(sure | partly | traced | whole)


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
) -> Traces:
    """The traces of each horizontal side (row edges × columns)."""
    across = _inner_points(columns)
    x = across[None, :, :] - slope * rows[:, None, None]
    y = rows[:, None, None] + slope * across[None, :, :]
    return _darkness(thin, x, y, along_rows=True)


def side_traces(
    thin: ThinInk, rows: NDArray[np.float64], columns: NDArray[np.float64], slope: float
) -> Traces:
    """The same for each vertical side (column edges × rows)."""
    down = _inner_points(rows)
    x = columns[:, None, None] - slope * down[None, :, :]
    y = down[None, :, :] + slope * columns[:, None, None]
    return _darkness(thin, x, y, along_rows=False)


def _inner_points(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points along each place between two edges, without its ends, where other rulings cross."""
    share = np.linspace(0.15, 0.85, _STEPS)
    return edges[:-1, None] + share[None, :] * np.diff(edges)[:, None]


def _darkness(thin: ThinInk, x: NDArray[np.float64], y: NDArray[np.float64], along_rows: bool) -> Traces:
    stray, beside = round(millimetres(_STRAY_MM, thin.dpi)), round(millimetres(_BESIDE_MM, thin.dpi))
    # Whole pixels before they are shifted: rounded after it, two shifts may skip the pixel between them.
    flat, level = (np.floor(at.reshape(at.shape[0], -1) / thin.factor).astype(np.float32) for at in (x, y))
    capped = np.minimum(thin.lines, 64)
    means = []
    for shift in range(-stray - beside, stray + beside + 1):
        dx, dy = (0, shift) if along_rows else (shift, 0)
        sampled = cv2.remap(capped, flat + dx, level + dy, cv2.INTER_NEAREST, borderValue=0)
        means.append(sampled.reshape(*x.shape[:2], _PARTS, -1).mean(axis=3))
    on = np.max(means[beside:-beside], axis=0)
    nearby, around = np.maximum(means[0], means[-1]), np.percentile(means, _AROUND, axis=0)
    presence = on - around
    return Traces((on - nearby).mean(axis=2), presence.mean(axis=2), presence.min(axis=2))
