"""Specks: pepper noise of bilevel and fax scans, never a dot that belongs to writing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.model import GreyImage
from pipeline.pages.planes import Plane, larger_parts, numbered_parts, whitened, widen
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
    inked, number = numbered_parts(ink)
    are_small = np.bincount(number) <= max(1, round(_LARGEST_SPECK * scale * scale))
    if np.count_nonzero(are_small[1:]) < _FEWEST_SPECKS:
        return None
    small = are_small[number]
    places, part = inked[small], np.unique(number[small], return_inverse=True)[1]
    in_rows = _in_rows(*np.divmod(places, ink.shape[1]), part, math.tan(math.radians(skew)), dpi)
    places = places[~in_rows[part]]
    others = ink.copy()
    others.ravel()[places] = False
    around = max(3, round(_LONE_WITHIN * scale))
    near_others = widen(others, around, around).ravel()[places]
    places = places[~near_others & ~_on_dotted_lines(places, ink.shape[1], scale)]
    if places.size >= _FEWEST_SPECKS:
        places = places[_small_with_edges(grey, scale).ravel()[places]]
    if places.size < _FEWEST_SPECKS:
        return None
    lone = np.zeros_like(ink)
    lone.ravel()[places] = True
    # A pixel wider, to take the soft edge of a speck along.
    return whitened(grey, widen(lone, 3, 3))


def _small_with_edges(grey: GreyImage, scale: float) -> Plane:
    soft = grey < _SOFT_LIGHTER_THAN
    return soft & ~larger_parts(soft, max(9, round(_LARGEST_SOFT_SPECK * scale * scale)))


def _in_rows(
    down: NDArray[np.intp], across: NDArray[np.intp], part: NDArray[np.intp], slope: float, dpi: int
) -> NDArray[np.bool_]:
    """Which specks are of worn rulings: in a row or column, at ``slope``, with many others.

    Of each of their pixels it is known where it is, and of which speck.
    """
    x, y = _middles(across, part), _middles(down, part)
    return on_crowded_rows(x, y - slope * x, dpi) | on_crowded_rows(y, x + slope * y, dpi)


def _middles(at: NDArray[np.intp], part: NDArray[np.intp]) -> NDArray[np.float64]:
    """The middle of each part between the first and the last place of its pixels."""
    first = np.full(int(part.max()) + 1, np.iinfo(np.intp).max)
    last = np.zeros_like(first)
    np.minimum.at(first, part, at)
    np.maximum.at(last, part, at)
    return np.asarray((first + last + 1) / 2)


def _on_dotted_lines(places: NDArray[np.intp], width: int, scale: float) -> NDArray[np.bool_]:
    """Which pixels of specks stand in rows at the pitch of a dotted line, with those a pixel above and below.

    ``places`` are counted along the rows of a page so wide.
    """
    pitch, length = max(3, round(_DOT_PITCH * scale)), max(5, round(_DOTTED_LINE * scale))
    near = np.unique(np.concatenate((places - width, places, places + width)))
    # The end of a row of pixels is far from the beginning of the next.
    along = near + near // width * pitch
    starts = np.flatnonzero(np.diff(along, prepend=along[:1] - pitch - 1) > pitch)
    lengths = np.append(near[starts[1:] - 1], near[-1:]) - near[starts] + 1
    run = np.searchsorted(near[starts], places, side="right") - 1
    return np.asarray(lengths[run] >= length)
