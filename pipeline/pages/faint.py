"""Faint ink: watermarks and bleed-through behind the print, and print that is pale itself."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.connected import Parts
from pipeline.model import GreyImage
from pipeline.pages.planes import Plane, stretch, whitened, widen
from pipeline.pages.proof import PROOF_DPI, percentile_below, shrink

_INK_BELOW = 190
_DARK_PRINT = 130
"""Only where the print is darker than this is faint ink known not to be the print."""

_WIDE_STROKE = 9
_DARKEST_WATERMARK, _OFF_PAPER = 150, 7
"""A watermark is no darker than the first, and so many grey levels darker than the paper, which need not be
white."""

_BARE = 12
_LEAST_BARE_SHARE = 0.5
_LEAST_EXTENT = 60
"""Pixels of a proof at 150 dpi (10 mm): the least extent of a watermark's letters, both ways."""

_LEAST_PLACES_SHARE = 0.004

_SOFT_ABOVE = 180
"""Of what is left of a watermark's edges once its level is divided out."""

_GHOST_ABOVE, _GHOST_BELOW = 212, 242
_EDGE_PIXELS = 7
_LEAST_GHOST_SHARE, _LEAST_LIGHT_SHARE = 0.004, 0.002
"""Of all pixels, ghosts are at least the first share; what is as light, soft edges too, then far exceeds the
second in every sample."""

_NOT_PAPER = 215
_PALE = (150, 190)
"""The level of the darkest quarter of what is not paper, where print is pale: a worn ribbon, a copy of a
copy. Print is darker as a rule; what is paler yet is no print of this side."""

_STRONG = 100
"""The level that the darkest quarter of strengthened print has: that of common scans at 150 dpi."""


def flatten_watermark(grey: GreyImage, dpi: int) -> GreyImage | None:
    """``grey`` with its watermarks made paper, or None if there are none.

    A watermark is light, its strokes wider than those of print and its letters larger; most of
    it is bare of print. What it leaves between the strokes of the print is taken for the level
    of the paper there.
    """
    proof = np.asarray(shrink(grey, PROOF_DPI / dpi), dtype=np.uint8)
    if not _has_dark_print(proof):
        return None
    box = np.ones((_WIDE_STROKE, _WIDE_STROKE), np.uint8)
    background = np.asarray(cv2.morphologyEx(proof, cv2.MORPH_CLOSE, box), dtype=np.uint8)
    places = _watermark_places(proof, background)
    if np.count_nonzero(places) < _LEAST_PLACES_SHARE * places.size:
        return None
    height, width = grey.shape
    level = np.where(widen(places, 3, 3), background, np.uint8(255))
    wide_level = cv2.resize(level, (width, height), interpolation=cv2.INTER_LINEAR)
    flat = np.asarray(cv2.divide(grey, wide_level, scale=255.0), dtype=np.uint8)
    soft_edges = stretch(widen(places, 5, 5), height, width) & (flat > _SOFT_ABOVE)
    return whitened(flat, soft_edges)


def _watermark_places(proof: GreyImage, background: GreyImage) -> Plane:
    paper = int(np.median(background[::4, ::4]))
    light = (background > _DARKEST_WATERMARK) & (background < paper - _OFF_PAPER)
    if np.count_nonzero(light) < _LEAST_PLACES_SHARE * light.size:
        return np.zeros_like(light)
    parts = Parts.of(light)
    bare = parts.count_in(background - proof < _BARE)
    large = (parts.width >= _LEAST_EXTENT) & (parts.height >= _LEAST_EXTENT)
    return parts.choose(large & (bare >= _LEAST_BARE_SHARE * parts.area))


def remove_ghosts(grey: GreyImage) -> GreyImage | None:
    """``grey`` without ink that is nearly as light as paper, or None if there is none to speak of.

    Such is the print of the other side that shows through. Soft edges of real strokes are as
    light, so what is next to darker ink stays.
    """
    sample = _half(grey)
    light = np.count_nonzero((sample > _GHOST_ABOVE) & (sample < _GHOST_BELOW))
    if light < _LEAST_LIGHT_SHARE * sample.size or not _has_dark_print(sample):
        return None
    ghosts = ~widen(grey <= _GHOST_ABOVE, _EDGE_PIXELS, _EDGE_PIXELS)
    if np.count_nonzero(ghosts & (grey < _GHOST_BELOW)) < _LEAST_GHOST_SHARE * grey.size:
        return None
    return whitened(grey, ghosts)


def strengthen(grey: GreyImage) -> GreyImage | None:
    """``grey`` with pale print made as dark as print is, or None if the print is dark enough."""
    level = percentile_below(_half(grey), _NOT_PAPER, 25)
    if level is None or not _PALE[0] < level <= _PALE[1]:
        return None
    stronger = (255 - _STRONG) / (255 - level)
    return np.asarray(255 - cv2.convertScaleAbs(255 - grey, alpha=stronger), dtype=np.uint8)


def _has_dark_print(grey: GreyImage) -> bool:
    """Whether half of all pixels that are surely ink are as dark as print is."""
    level = percentile_below(grey, _INK_BELOW, 50)
    return level is not None and level <= _DARK_PRINT


def _half(grey: GreyImage) -> GreyImage:
    """Every other pixel, both ways."""
    return np.ascontiguousarray(grey[::2, ::2])
