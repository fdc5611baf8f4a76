"""Ink that is no text: emblems, scan edges, rulings, specks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import Components
from pipeline.model import Box

_EMBLEM_INK, _PICTURE_INK = 0.17, 0.42
"""An emblem covers at least this share of its box, and a picture below the head of the page at least that:
a signature in a thick pen, as large, covers less."""

_HEAD = 0.4
"""Letterheads with their emblems stand in this upper share of a page."""

_CROWN_MM = 3.0
"""The tip of a Garuda's crown stands apart from it by up to this."""


def text_components(components: Components, page: Box, dpi: int) -> Components:
    """What may be text: without edges, rulings and specks."""
    junk = _specks(components, dpi) | _rulings(components, dpi) | _edges(components, page, dpi)
    return components.take(~junk)


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
    big &= components.area >= np.where(in_head, _EMBLEM_INK, _PICTURE_INK) * width * height
    rim, crown = millimetres(0.7, dpi), millimetres(_CROWN_MM, dpi)
    x0, y0, x1, y1 = components.x0 - rim, components.y0 - crown, components.x1 + rim, components.y1 + rim
    return [Box(x0[i], y0[i], x1[i], y1[i]) for i in np.flatnonzero(big)]
