"""Thin ink at about 150 dpi: what rulings, frames and rings are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import Mask
from pipeline.model import GreyImage

_WORKING_DPI = 150

_AROUND_MM = 1.6
"""Size of the neighbourhood that says what paper is; wider than any ruling is thick."""

_FAINTEST = 28.0
_ABOVE_NOISE = 2.2
"""Ink is this many grey levels darker than the paper around it, and this many times the noise."""

_LETTER_MM = (1.0, 9.0)
_SLENDER = 6.0
"""A shape between these lengths is a letter unless it is this many times longer than wide."""

_LONG_MM, _DASH_MM = 9.0, 3.0
"""Shapes longer than the first are no letters; those longer than the second if they are slender."""


@dataclass(frozen=True, slots=True, eq=False)
class ThinInk:
    """A page at the working resolution, 1/``factor`` of its pixels each way.

    ``darkness`` (uint8) is how much darker each pixel is than the paper or shading around it;
    ``mask`` is its ink; in ``lines`` letters are blanked out of the darkness, in ``strokes`` out
    of the mask, so that rulings, frames and rings remain.
    """

    darkness: GreyImage
    mask: Mask
    lines: GreyImage
    strokes: Mask
    factor: int
    dpi: float


def thin_ink(image: GreyImage, dpi: int) -> ThinInk:
    """The thin ink of a grey page (HxW uint8, dark ink)."""
    factor = max(1, round(dpi / _WORKING_DPI))
    working = dpi / factor
    small = image
    if factor > 1:
        shrunk = cv2.resize(image, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
        small = np.asarray(shrunk, np.uint8)
    around = round(millimetres(_AROUND_MM, working))
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((around, around), np.uint8))
    darkness = np.asarray(hat, np.uint8)
    limit = max(_FAINTEST, _ABOVE_NOISE * float(np.median(darkness[::4, ::4])))
    mask = np.asarray(darkness >= limit, np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    letter = (longer >= millimetres(_LETTER_MM[0], working)) & (longer < millimetres(_LETTER_MM[1], working))
    letter &= longer < _SLENDER * shorter
    letter[0] = False
    stroke = (longer >= millimetres(_LONG_MM, working)) | (
        (longer >= millimetres(_DASH_MM, working)) & (shorter <= 0.3 * longer)
    )
    stroke[0] = False
    kind = (letter.astype(np.uint8) + 2 * stroke.astype(np.uint8))[labels]
    blank = cv2.dilate(np.asarray(kind == 1, np.uint8), np.ones((3, 3), np.uint8))
    lines = np.where(blank > 0, 0, darkness).astype(np.uint8)
    return ThinInk(darkness, mask, lines, np.asarray(kind >> 1, np.uint8), factor, working)
