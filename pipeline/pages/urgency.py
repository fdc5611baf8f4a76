"""Large red words, such as ด่วนที่สุด or ลับมาก: coloured, yet print and no stamp.

The correspondence regulation (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ, ข้อ 28 and the secrecy
regulation of 2544) has urgency and secrecy in red letters of at least 32 points.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import ColourImage, GreyImage

_UPPER_PART = 0.4
_LEAST_REDNESS = 40

# In pixels of a proof at 150 dpi; 32 pt is 67 pixels from line to line, a consonant about 24.
_TALL = (18, 150)
_GAP_ACROSS, _GAP_DOWN = 29, 15
_WORD_HEIGHT = (24, 190)

_WORD_SHAPE = (1.4, 12.0)
"""Width over height; round seals are below it."""

_FRAME_COVERAGE = 0.75
"""A row of ink as long as this share of the word is the ruling of a stamp's box."""

_THICK_SHARE = 0.4
"""Share of the ink that is left after a pixel is taken off all round; pen strokes leave less."""


def find_red_words(proof: ColourImage) -> NDArray[np.bool_]:
    """Where in the upper part of a page (RGB at 150 dpi) large red words are printed."""
    height, width = proof.shape[:2]
    upper = np.ascontiguousarray(proof[: round(height * _UPPER_PART)])
    red, green, blue = cv2.split(upper)
    redness = cv2.subtract(red, cv2.max(green, blue))
    plane = np.asarray((redness > _LEAST_REDNESS).astype(np.uint8))
    words = np.zeros((height, width), dtype=bool)
    if not plane.any():
        return words
    _, groups, boxes, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(plane, np.ones((_GAP_DOWN, _GAP_ACROSS), np.uint8)), connectivity=8
    )
    for label, (left, top, across, down, _) in enumerate(boxes[1:], start=1):
        window = np.s_[top : top + down, left : left + across]
        ink = np.asarray(plane[window] * (groups[window] == label), dtype=np.uint8)
        if _is_word(ink):
            words[window] |= ink > 0
    return words


def _is_word(ink: GreyImage) -> bool:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    ink = np.ascontiguousarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    height, width = ink.shape
    if not (_WORD_HEIGHT[0] <= height <= _WORD_HEIGHT[1] and _WORD_SHAPE[0] <= width / height <= _WORD_SHAPE[1]):
        return False
    if ink.sum(axis=1).max() > _FRAME_COVERAGE * width:
        return False
    if cv2.erode(ink, np.ones((3, 3), np.uint8)).sum() < _THICK_SHARE * ink.sum():
        return False
    heights = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, cv2.CC_STAT_HEIGHT]
    return int(np.count_nonzero((heights >= _TALL[0]) & (heights <= _TALL[1]))) >= 2
