"""Rows of consonants: the skeleton to which marks, digits and pen strokes are added later.

Consonants of one line are neighbours at the same height, while even at single spacing more than one
body height of marks and air lies between the consonants of two lines. So the middle of each
consonant is smeared sideways over the gap of a space, and what runs together is one segment.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.baselines import Baseline, fit_baseline
from pipeline.layout.groups import group_labels
from pipeline.layout.ink import Components, Indices
from pipeline.model import Box

_REACH = 0.7
"""How far a consonant is smeared to each side, in body heights: joins words across a space."""

_LOWEST_SEED, _HIGHEST_SEED = 0.62, 1.75
"""Shapes of these body heights may be consonants, alone or with one mark that touches them."""

_OWN_SIZE = (0.62, 1.35)
"""A row whose consonants are not within these parts of the expected height is of another size."""

_SAME_ROW = 0.33
"""Segments belong to one row where their baselines meet within this many body heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Component indices of a row, its baseline, and the region (cell) that it lies in."""

    members: Indices
    baseline: Baseline
    region: int = 0


def find_rows(components: Components, body: float, regions: Indices, clips: tuple[Box, ...]) -> list[Row]:
    """Rows of consonants about ``body`` pixels high; rows of other sizes are left for another pass.

    ``regions`` gives for each component the index of the box in ``clips`` to which it belongs
    (a table cell, or the page): rows never cross from one box into another.
    """
    seeds = seed_indices(components, body)
    if not len(seeds):
        return []
    segments = _segments(components, seeds, body, regions, clips)
    slope = _common_slope(components, segments, body)
    fits = [fit_baseline(components.take(segment), body, slope) for segment in segments]
    rows = _joined(components, segments, fits, regions, slope)
    return [row for row in rows if _OWN_SIZE[0] * body <= row.baseline.body <= _OWN_SIZE[1] * body]


def is_title(components: Components, row: Row) -> bool:
    """Whether a row larger than the body text is one of letters: several, alike, on one baseline.

    Signatures, blots and pieces of pictures are large too.
    """
    own = components.take(row.members)
    base = row.baseline.at((own.x0 + own.x1) / 2)
    body = row.baseline.body
    letters = (np.abs(own.y1 - base) <= 0.2 * body) & (np.abs(own.height - body) <= 0.25 * body)
    return bool(letters.sum() >= 2 and letters.sum() >= 0.4 * len(row.members))


def seed_indices(components: Components, body: float) -> Indices:
    """Which components are about as high as a consonant and no ruling."""
    height, width = components.height, components.width
    return np.flatnonzero(
        (height >= _LOWEST_SEED * body)
        & (height <= _HIGHEST_SEED * body)
        & (width >= 0.15 * body)
        & (width <= 14 * body)
        & (components.area >= 0.08 * width * height)
    )


def _segments(
    components: Components, seeds: Indices, body: float, regions: Indices, clips: tuple[Box, ...]
) -> list[Indices]:
    scale = 6.0 / body
    shapes = components.take(seeds)
    origin = shapes.box()
    canvas = np.zeros((int(origin.height * scale) + 3, int(origin.width * scale) + 3), np.uint8)
    left = np.array([box.x0 for box in clips])[regions[seeds]]
    right = np.array([box.x1 for box in clips])[regions[seeds]]
    reach = _REACH * body
    x0 = ((np.maximum(shapes.x0 - reach, left) - origin.x0) * scale).clip(0).astype(int)
    x1 = ((np.minimum(shapes.x1 + reach, right) - origin.x0) * scale).astype(int)
    y0 = ((shapes.y0 + 0.3 * shapes.height - origin.y0) * scale).astype(int)
    y1 = ((shapes.y1 - 0.3 * shapes.height - origin.y0) * scale).astype(int)
    for a, b, c, d in zip(x0, x1, y0, y1, strict=True):
        canvas[c : d + 1, a : b + 1] = 1
    _, labels = cv2.connectedComponents(canvas, connectivity=4)
    # The region is part of the label, so that what touches across a cell wall stays apart.
    key = labels[(y0 + y1) // 2, ((x0 + x1) // 2).clip(0, canvas.shape[1] - 1)] + regions[seeds] * (
        labels.max() + 1
    )
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    return [np.asarray(part, np.int64) for part in np.split(seeds[order], cuts)]


def _common_slope(components: Components, segments: list[Indices], body: float) -> float:
    """The slope that the long lines of the page share: what deskewing left over."""
    long = [s for s in segments if len(s) >= 6 and np.ptp(components.x0[s]) > 12 * body]
    slopes = [fit_baseline(components.take(segment), body).slope for segment in long]
    return float(np.median(slopes)) if slopes else 0.0


def _joined(
    components: Components, segments: list[Indices], fits: list[Baseline], regions: Indices, slope: float
) -> list[Row]:
    """Segments at the same height in the same region made into one row each."""
    region = np.array([regions[s[0]] for s in segments])
    left = np.array([components.x0[s].min() for s in segments])
    right = np.array([components.x1[s].max() for s in segments])
    body = np.array([fit.body for fit in fits])
    offset = np.array([fit.offset for fit in fits])
    slopes = np.array([fit.slope for fit in fits])
    # Two segments are compared in the middle of the gap between them.
    meet = (np.minimum(right[:, None], right[None, :]) + np.maximum(left[:, None], left[None, :])) / 2
    first = offset[:, None] + slopes[:, None] * meet
    gap_y = first - (offset[None, :] + slopes[None, :] * meet)
    smaller = np.minimum(body[:, None], body[None, :])
    same: NDArray[np.bool_] = (
        (np.abs(gap_y) <= _SAME_ROW * smaller)
        & (region[:, None] == region[None, :])
        & (np.maximum(body[:, None], body[None, :]) <= 1.5 * smaller)
    )
    labels = group_labels(same)
    rows = []
    for label in range(labels.max() + 1):
        chosen = np.flatnonzero(labels == label)
        members = np.concatenate([segments[i] for i in chosen])
        expected = float(np.average(body[chosen], weights=right[chosen] - left[chosen]))
        fit = fit_baseline(components.take(members), expected, slope)
        rows.append(Row(members, fit, int(region[chosen[0]])))
    return rows
