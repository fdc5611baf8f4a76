"""Specks: pepper noise of bilevel and fax scans, never a dot that belongs to writing."""

from __future__ import annotations

import numpy as np

from pipeline.model import GreyImage
from pipeline.pages.planes import Components, Plane, bridge, wide_parts, widen

# Sizes in pixels at 300 dpi; the dot of a decimal point in 10 pt print has about 9.

_DARKER_THAN = 190
_LARGEST_SPECK = 6
_FEWEST_SPECKS = 60
"""Fewer specks than this do no harm, and the page counts as fine."""

_LONE_WITHIN = 25
"""Across and down around a speck: closer to larger ink, it may be a part of a letter or mark."""

_DOT_PITCH = 19
_DOTTED_LINE = 41


def remove_specks(grey: GreyImage, dpi: int) -> GreyImage | None:
    """``grey`` without lone tiny specks, or None if there are hardly any.

    A speck stays where larger ink is near (it may be a vowel, a tone mark or a decimal point)
    and where it lies in a row with others (a dotted line to write on).
    """
    scale = dpi / 300
    ink = grey < _DARKER_THAN
    parts = Components.of(ink)
    is_speck = parts.area <= max(1, round(_LARGEST_SPECK * scale * scale))
    if np.count_nonzero(is_speck) < _FEWEST_SPECKS:
        return None
    specks = parts.choose(is_speck)
    around = max(3, round(_LONE_WITHIN * scale))
    kept = widen(ink & ~specks, around, around) | _dotted_lines(specks, scale)
    lone = specks & ~kept
    if np.count_nonzero(lone) < _FEWEST_SPECKS:
        return None
    # A pixel wider, to take the soft edge of a speck along.
    return np.where(widen(lone, 3, 3), np.uint8(255), grey)


def _dotted_lines(specks: Plane, scale: float) -> Plane:
    """Rows of specks at the pitch of a dotted line, a pixel above and below included."""
    joined = bridge(widen(specks, 1, 3), max(3, round(_DOT_PITCH * scale)), 1)
    return wide_parts(joined, max(5, round(_DOTTED_LINE * scale)), 1)
