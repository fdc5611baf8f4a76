"""Specks: pepper noise of bilevel and fax scans, never a dot that belongs to writing."""

from __future__ import annotations

import math

import numpy as np

from pipeline.model import GreyImage
from pipeline.pages.planes import Components, Plane, bridge, larger_parts, wide_parts, widen
from pipeline.speck_rows import on_crowded_rows

# Sizes in pixels at 300 dpi; the dot of a decimal point in 10 pt print has about 9.

_DARKER_THAN = 190
_LARGEST_SPECK = 6
_SOFT_LIGHTER_THAN, _LARGEST_SOFT_SPECK = 215, 40
"""With its soft edge a speck is no larger than this; what is darkest in a pale letter reaches further."""

_FEWEST_SPECKS = 60
"""Fewer specks than this do no harm, and the page counts as fine."""

_LONE_WITHIN = 25
"""Across and down around a speck: closer to larger ink, it may be a part of a letter or mark."""

_DOT_PITCH = 19
_DOTTED_LINE = 41


def remove_specks(grey: GreyImage, dpi: int, skew: float) -> GreyImage | None:
    """``grey``, which is turned clockwise by ``skew`` degrees, without lone tiny specks, or None if
    there are hardly any.

    A speck stays where larger ink is near (it may be a vowel, a tone mark or a decimal point),
    where it is but the darkest of something larger and paler, such as a letter of faint print,
    and where it lies in a row with others (a dotted line to write on, or what a bilevel scan
    leaves of a faint ruling, level or upright).
    """
    scale = dpi / 300
    ink = grey < _DARKER_THAN
    parts = Components.of(ink)
    is_speck = parts.area <= max(1, round(_LARGEST_SPECK * scale * scale))
    if np.count_nonzero(is_speck) < _FEWEST_SPECKS:
        return None
    is_speck &= ~_in_rows(parts, is_speck, math.tan(math.radians(skew)), dpi)
    specks = parts.choose(is_speck)
    around = max(3, round(_LONE_WITHIN * scale))
    kept = widen(ink & ~specks, around, around) | _dotted_lines(specks, scale)
    lone = specks & ~kept & _small_with_edges(grey, scale)
    if np.count_nonzero(lone) < _FEWEST_SPECKS:
        return None
    # A pixel wider, to take the soft edge of a speck along.
    return np.where(widen(lone, 3, 3), np.uint8(255), grey)


def _small_with_edges(grey: GreyImage, scale: float) -> Plane:
    soft = grey < _SOFT_LIGHTER_THAN
    return soft & ~larger_parts(soft, max(9, round(_LARGEST_SOFT_SPECK * scale * scale)))


def _in_rows(parts: Components, is_speck: Plane, slope: float, dpi: int) -> Plane:
    """Which specks are of worn rulings: in a row or column, at ``slope``, with many others."""
    chosen = np.flatnonzero(is_speck)
    chosen = chosen[chosen > 0]
    x = (parts.left + parts.width / 2)[chosen]
    y = (parts.top + parts.height / 2)[chosen]
    found = np.zeros_like(is_speck)
    found[chosen] = on_crowded_rows(x, y - slope * x, dpi) | on_crowded_rows(y, x + slope * y, dpi)
    return found


def _dotted_lines(specks: Plane, scale: float) -> Plane:
    """Rows of specks at the pitch of a dotted line, a pixel above and below included."""
    joined = bridge(widen(specks, 1, 3), max(3, round(_DOT_PITCH * scale)), 1)
    return wide_parts(joined, max(5, round(_DOTTED_LINE * scale)), 1)
