"""Bands: stripes of grey from edge to edge of the paper, which a copier's rollers leave."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import ColourImage, GreyImage

_PAPER = 96.0
"""Percentile of a row or column that is paper: rulings of a table end short of the paper's edges."""

_EVERY = 4
"""Of a row or column every so many pixels are enough to tell its paper."""

_AROUND = 61
"""Pixels of a proof at 150 dpi (10 mm): what changes more slowly is uneven light, not bands."""

_FAINTEST = 6.0
"""Grey levels by which a band is darker than the paper around it."""

_LEAST_SHARE = 0.08
"""Share of all rows or columns; less than this is a streak."""

_DARKEST = 140.0


def flatten_bands(image: ColourImage | GreyImage, proof: GreyImage) -> ColourImage | GreyImage | None:
    """``image`` with bands made as light as the paper between them; None if there are none.

    ``proof`` is the image at about 150 dpi. Each row and each column is divided by its own level of paper.
    """
    across = _lightening(np.percentile(proof[:, ::_EVERY], _PAPER, axis=1))
    down = _lightening(np.percentile(proof[::_EVERY], _PAPER, axis=0))
    if across is None and down is None:
        return None
    height, width = image.shape[:2]
    gain = np.ones((height, width), np.float32)
    if across is not None:
        gain *= _stretched(across, height)[:, None]
    if down is not None:
        gain *= _stretched(down, width)[None, :]
    flat = image.astype(np.float32) * (gain if image.ndim == 2 else gain[:, :, None])
    return np.asarray(np.clip(flat, 0, 255), np.uint8)


def _lightening(levels: NDArray[np.float64]) -> NDArray[np.float32] | None:
    """What to multiply each row or column with, from its level of paper; None if none is in a band."""
    row = levels.astype(np.float32)[None, :]
    around = cv2.dilate(row, np.ones((1, _AROUND), np.uint8))
    bands = (around - row > _FAINTEST) & (row > _DARKEST)
    if bands.mean() < _LEAST_SHARE:
        return None
    return np.asarray(np.where(bands, around / row, 1.0)[0], np.float32)


def _stretched(values: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(values[None, :], (length, 1), interpolation=cv2.INTER_LINEAR)[0], np.float32)
