"""What the scanner saw beside the page: dark borders, shadows at the edge, punch holes, bars."""

from __future__ import annotations

import numpy as np

from pipeline.connected import Parts
from pipeline.model import GreyImage
from pipeline.pages.planes import Plane, wide_parts, widen
from pipeline.pages.proof import ink_of

# Sizes in pixels of a proof at 150 dpi; a millimetre has six.

_MARGIN = 102
"""Punch holes end 16 mm from the edge (ISO 838)."""

_EDGE = 30
_TOUCH = 2
_SOLID_STROKE = 9
"""Strokes of print are thinner, but for large red words and the Garuda."""

_SOLID_SHARE = 0.6
_HOLE = (24, 60)
_BAR_LENGTH = 100
_LETTER = (8, 70)
_LINE_SHARE = 0.1
_LINE_THICKNESS = 12
_NEIGHBOURHOOD = 31
"""Ink at the edge stays if a letter is within half of this."""


def find_dirt(proof: GreyImage) -> Plane:
    """Where a proof with white paper shows no writing but dirt of the scan.

    Dirt is: solid ink that touches the edge (lid, shadow, folded corner), solid round or long
    marks in the margin (punch holes, bars), and right at the edge also specks and long thin
    lines without a letter near them. Ink that runs on into the page, as a table does, stays.
    """
    ink = ink_of(proof)
    solid = wide_parts(ink, _SOLID_STROKE, _SOLID_STROKE)
    dirt = _touching_edge(solid)
    parts = Parts.of(ink)
    dirt |= parts.choose(_holes_and_bars(parts, solid) | _edge_dirt(parts, proof.shape))
    return ink & widen(dirt, 7, 7) if dirt.any() else dirt


def _touching_edge(solid: Plane) -> Plane:
    parts = Parts.of(solid)
    height, width = solid.shape
    at_start = (parts.left <= _TOUCH) | (parts.top <= _TOUCH)
    at_end = (parts.right >= width - _TOUCH) | (parts.bottom >= height - _TOUCH)
    return parts.choose(at_start | at_end)


def _holes_and_bars(parts: Parts, solid: Plane) -> Plane:
    is_solid = parts.count_in(solid) >= _SOLID_SHARE * parts.area
    long, short = np.maximum(parts.width, parts.height), np.minimum(parts.width, parts.height)
    is_hole = (short >= _HOLE[0]) & (long <= _HOLE[1])
    is_bar = (long >= _BAR_LENGTH) & (long > 4 * short)
    return np.asarray(is_solid & (is_hole | is_bar) & _within(parts, solid.shape, _MARGIN))


def _edge_dirt(parts: Parts, shape: tuple[int, ...]) -> Plane:
    """Specks, and lines as long as a tenth of the page, at the edge and away from letters."""
    is_letter = (parts.height >= _LETTER[0]) & (parts.height <= _LETTER[1]) & (parts.width <= 3 * _LETTER[1])
    long = np.maximum(parts.width, parts.height)
    is_line = (long >= _LINE_SHARE * min(shape)) & (parts.area <= _LINE_THICKNESS * long)
    is_small = (parts.height < _LETTER[0]) & (parts.width < 3 * _LETTER[1])
    nearby = widen(parts.choose(is_letter), _NEIGHBOURHOOD, _NEIGHBOURHOOD)
    alone = parts.count_in(nearby) == 0
    return np.asarray((is_line | (is_small & alone)) & _within(parts, shape, _EDGE))


def _within(parts: Parts, shape: tuple[int, ...], margin: int) -> Plane:
    """Which parts lie wholly within ``margin`` of one edge of the page."""
    height, width = shape
    at_start = (parts.right <= margin) | (parts.bottom <= margin)
    return np.asarray(at_start | (parts.left >= width - margin) | (parts.top >= height - margin))
