"""Something that looks like a QR code, as many letters carry at their foot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.model import Box, StampShape
from samples.geometry import StampTruth
from samples.sheet import BLACK, Sheet

_MODULES = 29


def _pattern(seed: int) -> NDArray[np.uint8]:
    """Modules at random with the three finder squares; it encodes nothing."""
    modules = np.random.default_rng(seed).integers(0, 2, (_MODULES, _MODULES)).astype(np.uint8)
    finder = np.zeros((8, 8), np.uint8)
    finder[:7, :7] = 1
    finder[1:6, 1:6] = 0
    finder[2:5, 2:5] = 1
    modules[:8, :8] = finder
    modules[:8, -8:] = finder[:, ::-1]
    modules[-8:, :8] = finder[::-1]
    return modules * 255


def draw_qr_code(sheet: Sheet, x: float, y: float, side: float, seed: int) -> None:
    """Draw it with its top left corner at (x, y), in points, and record it."""
    pixels = round(side * sheet.scale)
    patch = Image.fromarray(_pattern(seed)).resize((pixels, pixels), Image.Resampling.NEAREST)
    left, top = round(x * sheet.scale), round(y * sheet.scale)
    sheet.lay(np.asarray(patch), left, top, BLACK)
    sheet.stamps.append(StampTruth(Box(left, top, left + pixels, top + pixels), StampShape.OTHER))
