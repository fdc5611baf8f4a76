"""Which way up a page is: 0, 90, 180 or 270 degrees."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import GreyImage
from pipeline.pages.proof import ink_of
from pipeline.pages.tesseract import detect_orientation

_LETTER_PIXELS = (6, 60)
"""Height of a letter on the proof: 16 pt Thai consonants have 12 pixels, ด่วนที่สุด about 30."""

_FEWEST_LETTERS = 40

_STRIP_PIXELS = 150

_RULING_PIXELS = 60

_CLEAR_BALANCE = 0.2
"""Balance of ink above and below letters from which up is told from down without asking further."""

_CLEAR_CONTRAST = 2.0
"""Contrast of rows over that of columns from which lines surely run across."""

_BALANCE_WEIGHT = 3.0
_CLEAR_DIRECTION = 0.35
"""Weight, and how clear the sum must be, found on letters, tables and lists turned each way."""


def find_turn(proof: GreyImage) -> int:
    """Degrees clockwise (0, 90, 180 or 270) by which to turn a page to make it upright.

    Lines are told from columns by the contrast of their profiles, and up from down by Thai
    itself: vowels and tone marks stand above consonants far more often than below them, which
    also shows only along the lines. Tesseract is asked where that leaves a doubt; 0 where both
    are unsure. ``proof`` is grey at about 150 dpi.
    """
    ink = _without_rulings(ink_of(proof))
    balance, letters = _balance(ink)
    direction = float(np.log(_line_contrast(ink) / _line_contrast(ink.T)))
    turn = 0
    if direction < np.log(_CLEAR_CONTRAST):
        balance_sideways, letters_sideways = _balance(np.rot90(ink, -1))
        direction += _BALANCE_WEIGHT * (abs(balance) - abs(balance_sideways))
        if direction < -_CLEAR_DIRECTION:
            turn, balance, letters = 90, balance_sideways, letters_sideways
    if letters < _FEWEST_LETTERS:
        return 0
    if abs(balance) < _CLEAR_BALANCE or abs(direction) < _CLEAR_DIRECTION:
        return detect_orientation(proof)
    return turn if balance > 0 else turn + 180


def _without_rulings(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Ink without table rulings, page borders and solid areas, which say nothing of up and down."""
    plane = ink.astype(np.uint8)
    across = cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((1, _RULING_PIXELS), np.uint8))
    down = cv2.morphologyEx(plane, cv2.MORPH_OPEN, np.ones((_RULING_PIXELS, 1), np.uint8))
    rulings = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(ink & (rulings == 0))


def _line_contrast(ink: NDArray[np.bool_]) -> float:
    """Variance of ink over rows: high where lines of text run across.

    Summed over strips, so that a page that is a little askew still has sharp rows, and
    smoothed a little, so that the strokes within a line count as one.
    """
    contrast = 1.0
    for strip in np.array_split(ink, max(1, ink.shape[1] // _STRIP_PIXELS), axis=1):
        profile = np.convolve(strip.sum(axis=1, dtype=np.float64), np.full(5, 0.2), mode="same")
        contrast += float(profile.var()) * profile.size
    return contrast


def _balance(ink: NDArray[np.bool_]) -> tuple[float, int]:
    """Small ink above letters against that below them, from -1 to 1, and how many letters there are."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    heights, widths = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    lowest, highest = _LETTER_PIXELS
    candidates = (heights >= lowest) & (heights <= highest) & (widths <= 4 * heights)
    candidates[0] = False
    if candidates.sum() < _FEWEST_LETTERS:
        return 0.0, int(candidates.sum())
    usual = float(np.median(heights[candidates]))
    letters = candidates & (np.abs(heights / usual - 1) <= 0.35)
    marks = ~letters & (heights < 0.75 * usual) & (heights >= 2)
    marks[0] = False
    letter_plane = letters.astype(np.uint8)[labels]
    mark_plane = marks[labels]
    reach = max(2, round(0.7 * usual))
    column = np.ones((2 * reach + 1, 1), np.uint8)
    column[:reach] = 0
    above = cv2.dilate(letter_plane, column) > 0
    below = cv2.dilate(letter_plane, column[::-1].copy()) > 0
    high = float((mark_plane & above & ~below).sum())
    low = float((mark_plane & below & ~above).sum())
    return (high - low) / max(1.0, high + low), int(letters.sum())
