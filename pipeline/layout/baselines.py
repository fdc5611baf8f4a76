"""The baseline and the consonant height of a line, from the shapes that stand on it.

Both are modes, not means: upper vowels, lower vowels, tails (ญ ฐ ฤ), ascenders and pen strokes pull
a mean away, while most shapes of any Thai line still end on the baseline and are one consonant high.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.layout.bodies import mode
from pipeline.layout.ink import Components, Numbers

_STRAIGHT_ENOUGH = 12.0
"""A line must be this many body heights long before its own slope is trusted over the page's."""

_LEAN = 0.008
"""Lines of one page differ in slope by no more than this, even where the paper was curved."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """``y = offset + slope * x`` in page pixels, and the height of a consonant above it."""

    offset: float
    slope: float
    body: float

    def at(self, x: Numbers | float) -> Numbers:
        """The baseline's y at ``x``."""
        return np.asarray(self.offset + self.slope * np.asarray(x), np.float64)


def fit_baseline(seeds: Components, body: float, page_slope: float = 0.0) -> Baseline:
    """The line on which most of ``seeds`` stand; ``body`` is the height expected of a consonant."""
    x = (seeds.x0 + seeds.x1) / 2
    slope = page_slope
    if len(x) >= 6 and np.ptp(x) >= _STRAIGHT_ENOUGH * body:
        slope = _fitted_slope(x, seeds, body, page_slope)
    offset = mode(seeds.y1 - slope * x, seeds.width, 0.1 * body)
    return Baseline(offset, slope, _body_above(seeds, offset + slope * x, body))


def _fitted_slope(x: Numbers, seeds: Components, body: float, page_slope: float) -> float:
    """The slope of the line through the bottoms, found again from those near it."""
    offset, slope = mode(seeds.y1 - page_slope * x, seeds.width, 0.1 * body), page_slope
    for reach in (0.3, 0.15):
        near = np.abs(seeds.y1 - offset - slope * x) <= reach * body
        if near.sum() < 6:
            break
        weights, across, down = seeds.width[near], x[near], seeds.y1[near]
        middle, level = weights @ across / weights.sum(), weights @ down / weights.sum()
        spread = weights @ (across - middle) ** 2
        slope = float(weights @ ((across - middle) * (down - level)) / max(spread, 1e-6))
        slope = min(max(slope, page_slope - _LEAN), page_slope + _LEAN)
        offset = float(level - slope * middle)
    return slope


def _body_above(seeds: Components, baseline: Numbers, body: float) -> float:
    """The commonest height above the baseline, with a lean towards what the page expects."""
    heights = baseline - seeds.y0
    standing = (np.abs(seeds.y1 - baseline) <= 0.3 * body) & (heights >= 0.6 * body) & (heights <= 1.9 * body)
    if not standing.any():
        return body
    values, weights = heights[standing], seeds.width[standing]
    own = mode(values, weights, 0.06 * body + 0.5)
    near_own = weights[np.abs(values - own) <= 0.08 * body].sum()
    expected = np.abs(values - body) <= 0.08 * body
    near_expected = weights[expected]
    # A line of Arabic digits or capitals has its mode above the consonants: the page knows better.
    if standing.sum() < 4 or near_expected.sum() >= 0.5 * near_own:
        return float(values[expected] @ near_expected / near_expected.sum()) if len(near_expected) else body
    return own
