"""How high a consonant is: the measure that every distance in a Thai line is told in.

Consonants without ascenders (ก น ร …) are the commonest shapes of a Thai page, so their height is
the strongest mode of component heights. Vowels and tone marks are lower, ป ฝ ฟ ไ ใ โ and digits of
some fonts are higher, and components that touch one another are higher still.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.ink import Components, Numbers

LOWEST_BODY_MM, HIGHEST_BODY_MM = 1.1, 9.0
"""Consonants of 9-point Sarabun are about 1.2 mm high, those of a large ด่วนที่สุด up to 8 mm."""

_MM_PER_INCH = 25.4


def millimetres(length: float, dpi: float) -> float:
    """A length on paper in pixels at ``dpi``."""
    return length * dpi / _MM_PER_INCH


def mode(values: Numbers, weights: Numbers, spread: float) -> float:
    """Where ``values`` are densest, seen through a window of ``spread`` to each side, then averaged."""
    if len(values) == 1:  # as in most cells of a table
        return float(values[0])
    order = np.argsort(values, kind="stable")
    sorted_values, sorted_weights = values[order], weights[order]
    total = np.concatenate(([0.0], np.cumsum(sorted_weights)))
    low = np.searchsorted(sorted_values, sorted_values - spread, side="left")
    high = np.searchsorted(sorted_values, sorted_values + spread, side="right")
    best = int(np.argmax(total[high] - total[low]))
    window = slice(int(low[best]), int(high[best]))
    chosen = sorted_weights[window]
    return float(sorted_values[window] @ chosen / chosen.sum())


def body_height_of(components: Components, dpi: int) -> float | None:
    """The commonest consonant height in pixels, or None where nothing looks like text."""
    height, width = components.height, components.width
    likely: NDArray[np.bool_] = (
        (height >= millimetres(LOWEST_BODY_MM, dpi))
        & (height <= millimetres(HIGHEST_BODY_MM, dpi))
        & (width >= 0.2 * height)
        & (width <= 4 * height)
    )
    if not likely.any():
        return None
    heights = height[likely]
    # A page may hold a large title: the window grows with the height that it looks at.
    spread = 0.05 * float(np.median(heights)) + 0.5
    return mode(heights, width[likely], spread)
