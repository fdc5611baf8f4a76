"""Ink that is no text: emblems, scan edges, rulings, specks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import HIGHEST_BODY_MM, LOWEST_BODY_MM, millimetres
from pipeline.layout.ink import Components, Numbers
from pipeline.model import Box

_Sizes = Numbers | NDArray[np.int32]

_EMBLEM_INK, _PICTURE_INK = 0.17, 0.42
"""An emblem covers at least this share of its box, and a picture below the head of the page at least that:
a signature in a thick pen, as large, covers less."""

_HEAD = 0.4
"""Letterheads with their emblems stand in this upper share of a page."""

_PRINT_ABOVE = 100
"""Fewer letters stand above an emblem: the head of a second page may hold running text and a signature."""

_CROWN_MM = 3.0
"""The tip of a Garuda's crown stands apart from it by up to this."""

_SOLID, _ROUND, SPOT = 0.4, 1.8, 0.6
"""A spot has ink on more than the first share of its box, is at most the second many times longer than thick
and smaller than the third many body heights. Letters and digits enclose paper, or are larger."""


def text_components(components: Components, page: Box, dpi: int) -> Components:
    """What may be text: without edges, rulings and specks."""
    junk = _specks(components, dpi) | _rulings(components, dpi) | _edges(components, page, dpi)
    return components.take(~junk)


def spots(components: Components, body: float) -> NDArray[np.bool_]:
    """Which components are spots of dirt beside text whose consonants are ``body`` pixels high."""
    longer = np.maximum(components.width, components.height)
    round_ = are_solid_and_round(components.width, components.height, components.area)
    return np.asarray(round_ & (longer < SPOT * body))


def are_solid_and_round(width: _Sizes, height: _Sizes, area: _Sizes) -> NDArray[np.bool_]:
    """Which of N shapes with these sides and so many pixels of ink are as spots are, whatever their size."""
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    return np.asarray((longer <= _ROUND * shorter) & (area > _SOLID * width * height))


def _specks(components: Components, dpi: int) -> NDArray[np.bool_]:
    size = np.maximum(components.width, components.height)
    return np.asarray(size < millimetres(0.22, dpi))


def _rulings(components: Components, dpi: int) -> NDArray[np.bool_]:
    long, thin = millimetres(8.0, dpi), millimetres(1.2, dpi)
    width, height = components.width, components.height
    return np.asarray(((width > long) & (height < thin)) | ((height > long) & (width < thin)))


def _edges(components: Components, page: Box, dpi: int) -> NDArray[np.bool_]:
    """Shadows at the paper's edge: they touch the border of the scan, or span most of it."""
    rim = millimetres(1.0, dpi)
    touches = (
        (components.x0 <= page.x0 + rim)
        | (components.y0 <= page.y0 + rim)
        | (components.x1 >= page.x1 - rim)
        | (components.y1 >= page.y1 - rim)
    )
    spans = (components.width > 0.6 * page.width) | (components.height > 0.35 * page.height)
    return np.asarray(touches | spans)


def emblem_boxes(components: Components, page: Box, dpi: int) -> list[Box]:
    """Garudas and other emblems: far higher and wider than letters of any size."""
    height, width = components.height, components.width
    big = (height >= millimetres(10.5, dpi)) & (width >= millimetres(7.0, dpi)) & (height < 0.3 * page.height)
    in_head = components.y0 - page.y0 < _HEAD * page.height
    in_head &= _letters_above(components, dpi) < _PRINT_ABOVE
    big &= components.area >= np.where(in_head, _EMBLEM_INK, _PICTURE_INK) * width * height
    rim, crown = millimetres(0.7, dpi), millimetres(_CROWN_MM, dpi)
    x0, y0, x1, y1 = components.x0 - rim, components.y0 - crown, components.x1 + rim, components.y1 + rim
    return [Box(x0[i], y0[i], x1[i], y1[i]) for i in np.flatnonzero(big)]


def _letters_above(components: Components, dpi: int) -> NDArray[np.int64]:
    """How many shapes of a letter's height end above each component."""
    low, high = millimetres(LOWEST_BODY_MM, dpi), millimetres(HIGHEST_BODY_MM, dpi)
    ends = np.sort(components.y1[(components.height >= low) & (components.height <= high)])
    return np.searchsorted(ends, components.y0, "right")
