"""Paper: uneven light, tint and shading flattened to white."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.connected import Parts
from pipeline.model import ColourImage, GreyImage
from pipeline.pages.planes import Plane, widen
from pipeline.pages.proof import grey_of, shrink

_MAP_DPI = 37.5
_REACH_INCHES = 0.4
"""Wider than any stroke or letter: what is lighter within this reach is taken for paper."""

_WHITE_ENOUGH = 232
_LEAST_SHARE = 0.002
_NEGATIVE_SHARE = 0.7
_DARKEST_PAPER = 96
"""Darker areas are ink (logos, solid bars) unless they are deep shadow."""

_DEEPEST_SHADOW = 40
_PENUMBRA, _PENUMBRA_REACH = 150, 7
"""Shadow grows lighter bit by bit: so few pixels of the map beyond the dark it is no lighter than this."""


def is_negative(proof: GreyImage) -> bool:
    """Whether a scan is white on black: its middle is dark almost everywhere."""
    height, width = proof.shape
    middle = proof[height // 4 : height - height // 4, width // 4 : width - width // 4]
    return bool(np.mean(middle < _DARKEST_PAPER) > _NEGATIVE_SHARE)


def flatten_paper(image: ColourImage | GreyImage, dpi: int) -> ColourImage | GreyImage | None:
    """``image`` with its paper made evenly white, channel by channel; None if it is white already.

    The lightest level around each place is its paper; dividing by it takes away shadow at the
    spine, yellowed paper and the shading of table cells alike.
    """
    paper = _paper_of(image, dpi)
    if float((paper < _WHITE_ENOUGH).mean()) < _LEAST_SHARE:
        return None
    height, width = image.shape[:2]
    full = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(image, full, scale=255.0), dtype=np.uint8)


def _paper_of(image: ColourImage | GreyImage, dpi: int) -> ColourImage | GreyImage:
    """The level of paper around each place, small; 255 where there is none to be seen."""
    small = shrink(image, _MAP_DPI / dpi)
    reach = max(3, round(_REACH_INCHES * _MAP_DPI) | 1)
    lightest = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    level = cv2.medianBlur(cv2.erode(lightest, np.ones((reach, reach), np.uint8)), 5)
    # Paper is never brighter than it seems next to a mark, and solid dark areas are no paper.
    grey = grey_of(np.asarray(level, np.uint8))
    dark = grey < _DARKEST_PAPER
    solid = dark & ~_shadows(grey, dark)
    return np.where(solid if level.ndim == 2 else solid[:, :, None], np.uint8(255), level).astype(np.uint8)


def _shadows(grey: GreyImage, dark: Plane) -> Plane:
    """Which dark places are paper in deep shadow, by what is around them."""
    parts = Parts.of(dark)
    shadow = np.zeros(parts.area.size, np.bool_)
    for index in range(1, parts.area.size):
        own = parts.labels == index
        ring = widen(own, _PENUMBRA_REACH, _PENUMBRA_REACH) & ~widen(own, 3, 3)
        shadow[index] = bool(ring.any()) and float(np.median(grey[ring])) < _PENUMBRA
    return parts.choose(shadow) & (grey >= _DEEPEST_SHADOW)
