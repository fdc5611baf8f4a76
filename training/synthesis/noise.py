"""Cheap randomness for images: tiles of noise made once and cut at random places."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
_TILE = (448, 3072)


@lru_cache(maxsize=8)
def _tile(grain: float) -> Field:
    """Gaussian noise of unit deviation whose grains are about ``grain`` pixels wide."""
    noise = np.random.default_rng(round(grain * 100) + 7).standard_normal(_TILE, dtype=np.float32)
    if grain > 0:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), grain), np.float32)
        noise /= noise.std()
    return noise


def grains(rng: np.random.Generator, shape: tuple[int, int], grain: float = 0.0) -> Field:
    """A cut HxW of a noise tile, mirrored at random; repeated where the line is longer than the tile."""
    height, width = shape
    tile = _tile(grain)
    rows = int(rng.integers(0, max(1, _TILE[0] - height)))
    columns = int(rng.integers(0, max(1, _TILE[1] - width)))
    cut = tile[rows : rows + height, columns : columns + width]
    if rng.random() < 0.5:
        cut = cut[:, ::-1]
    if cut.shape != shape:
        cut = np.pad(cut, ((0, height - cut.shape[0]), (0, width - cut.shape[1])), mode="wrap")
    return cut


def slope(rng: np.random.Generator, shape: tuple[int, int], knots: int) -> Field:
    """A smooth field HxW between about -1 and 1, as light falls unevenly on a page."""
    small = rng.uniform(-1, 1, (2, knots)).astype(np.float32)
    return np.asarray(cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)
