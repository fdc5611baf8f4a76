"""The proof: a small grey copy of a page on which decisions are made cheaply."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import ColourImage, GreyImage

PROOF_DPI = 150
"""Enough for Thai tone marks, which are about 5 pixels high in 16 pt print at this resolution."""

_LEAST_INK = 100
"""Pixels, of which a level can be told."""


def grey_of(image: ColourImage | GreyImage) -> GreyImage:
    """The luma of an image; a grey one as it is."""
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def shrink(image: ColourImage | GreyImage, scale: float) -> ColourImage | GreyImage:
    """``image`` at ``scale`` times its size by averaging; as it is where that is not smaller."""
    if scale >= 1.0:
        return image
    # Given the scale and not the size, OpenCV takes whole pixels together where it can: at a half, thirty
    # times as fast. It never makes an image of no pixels.
    scale = max(scale, 1 / min(image.shape[:2]))
    shrunk = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, dtype=np.uint8)


def proof_of(image: ColourImage | GreyImage, dpi: int) -> GreyImage:
    """A grey copy of ``image``, at 150 dpi or its own ``dpi`` where that is less."""
    return grey_of(shrink(image, PROOF_DPI / dpi))


def percentile_below(grey: GreyImage, limit: int, share: float) -> float | None:
    """The ``share`` percentile of the levels below ``limit``; None if hardly any pixel is so dark.

    By counting levels, a tenth of the time that sorting pixels takes.
    """
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()[:limit].astype(np.intp).cumsum()
    if counts[-1] <= _LEAST_INK:
        return None
    rank = share / 100 * (float(counts[-1]) - 1)
    below, above = np.searchsorted(counts, (math.floor(rank), math.ceil(rank)), side="right")
    return float(below + (above - below) * (rank - math.floor(rank)))


def ink_of(grey: GreyImage) -> NDArray[np.bool_]:
    """Which pixels are ink: Otsu's threshold (1979), kept within what ink and paper can be."""
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(grey < int(min(max(threshold, 90.0), 200.0)))
