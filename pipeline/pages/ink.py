"""Ink by colour: stamps and pen in blue, red or violet parted from black print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import ColourImage, GreyImage

_LEAST_CHROMA = 14.0
_LEAST_RATIO = 0.28
_BLACK_BELOW = 110
_NEUTRAL = 45


def part_inks(image: ColourImage) -> tuple[GreyImage, GreyImage | None]:
    """Print and coloured ink of an RGB page with white paper, each dark on white.

    A place is coloured where, over a few pixels, chroma is a large part of the darkness:
    JPEG bleeds colour over the edges of black strokes and scanners fringe them, but on the
    whole of a stroke fringes cancel out. Within coloured places, pixels that are dark in all
    channels are print under the stamp and stay in the print.
    """
    luma = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    channels = cv2.split(image)
    lightest = cv2.max(cv2.max(channels[0], channels[1]), channels[2])
    darkest = np.asarray(cv2.min(cv2.min(channels[0], channels[1]), channels[2]), dtype=np.uint8)
    coloured = _coloured(image, darkest)
    if not coloured.any():
        return luma, None
    black = (lightest < _BLACK_BELOW) & (cv2.subtract(lightest, darkest) < _NEUTRAL)
    taken = coloured & ~black
    print_ink = luma.copy()
    print_ink[taken] = 255
    colour_ink = np.full_like(luma, 255)
    colour_ink[taken] = darkest[taken]
    return print_ink, colour_ink


def _coloured(image: ColourImage, darkest: GreyImage) -> NDArray[np.bool_]:
    ycrcb = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb)
    smooth = cv2.blur(ycrcb, (5, 5))
    red = smooth[..., 1].astype(np.int16) - 128
    blue = smooth[..., 2].astype(np.int16) - 128
    chroma = np.sqrt((red * red + blue * blue).astype(np.float32))
    darkness = 255.0 - cv2.blur(darkest, (5, 5)).astype(np.float32)
    core = (chroma > _LEAST_CHROMA) & (chroma > _LEAST_RATIO * darkness)
    if np.count_nonzero(core) < 200:
        return np.zeros(core.shape, dtype=bool)
    return np.asarray(cv2.dilate(core.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool))
