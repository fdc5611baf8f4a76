"""Large red words, such as ด่วนที่สุด or ลับมาก: coloured, yet print and no stamp.

The correspondence regulation (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ, ข้อ 28 and the secrecy
regulation of 2544) has urgency and secrecy in red letters of at least 32 points.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.connected import Parts
from pipeline.model import ColourImage
from pipeline.pages.planes import Plane, narrow, widen

_UPPER_PART = 0.4
_LEAST_REDNESS = 40

# In pixels of a proof at 150 dpi; 32 pt is 67 pixels from line to line, a consonant about 24.
_TALL = (20, 150)
_GAP_ACROSS, _GAP_DOWN = 29, 15
_WORD_HEIGHT = (26, 190)

_WORD_SHAPE = (1.4, 12.0)
"""Width over height; round seals are below it."""

_FRAME_SPAN, _FRAME_FILL = 0.85, 0.25
"""A part that spans so much of the whole and fills so little of it is the box of a stamp."""

_BLACK, _OVER_PRINT = 150, 0.03
"""How light black print is at most, and the share of it beside the red of a word that lies over a line."""

_THICK_SHARE = 0.4
"""Share of the ink that is left after a pixel is taken off all round; pen strokes leave less."""


def find_red_words(proof: ColourImage) -> Plane:
    """Where in the upper part of a page (RGB at 150 dpi) large red words are printed."""
    height, width = proof.shape[:2]
    upper = np.ascontiguousarray(proof[: round(height * _UPPER_PART)])
    red, green, blue = cv2.split(upper)
    redness = cv2.subtract(red, cv2.max(green, blue))
    words = np.zeros((height, width), dtype=bool)
    plane = np.asarray(redness > _LEAST_REDNESS)
    black = np.asarray((cv2.max(red, cv2.max(green, blue)) < _BLACK) & (redness < _LEAST_REDNESS / 2))
    groups = Parts.of(widen(plane, _GAP_ACROSS, _GAP_DOWN))
    for label in range(1, groups.area.size):
        rows = slice(groups.top[label], groups.bottom[label])
        columns = slice(groups.left[label], groups.right[label])
        ink = plane[rows, columns] & (groups.labels[rows, columns] == label)
        over_print = black[rows, columns].sum() > _OVER_PRINT * ink.sum()
        if _is_word(ink) and not over_print:
            words[rows, columns] |= ink
    return words


def _is_word(ink: Plane) -> bool:
    filled_rows, filled_columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height = int(filled_rows[-1] - filled_rows[0] + 1)
    width = int(filled_columns[-1] - filled_columns[0] + 1)
    if not _WORD_HEIGHT[0] <= height <= _WORD_HEIGHT[1]:
        return False
    if not _WORD_SHAPE[0] <= width / height <= _WORD_SHAPE[1]:
        return False
    ink = np.ascontiguousarray(ink)
    if narrow(ink, 3, 3).sum() < _THICK_SHARE * ink.sum():
        return False
    parts = Parts.of(ink)
    spanning = (parts.width >= _FRAME_SPAN * width) & (parts.height >= _FRAME_SPAN * height)
    frames = spanning & (parts.area < _FRAME_FILL * parts.width * parts.height)
    tall = (parts.height >= _TALL[0]) & (parts.height <= _TALL[1])
    return not frames[1:].any() and int(np.count_nonzero(tall[1:])) >= 2
