"""Which way up a page is: 0, 90, 180 or 270 degrees."""

from __future__ import annotations

import numpy as np

from pipeline.connected import Parts
from pipeline.model import GreyImage
from pipeline.pages.planes import Plane, wide_parts, widen
from pipeline.pages.proof import ink_of
from pipeline.pages.tesseract import detect_orientation

_LETTER_PIXELS = (6, 60)
"""Height of a letter on the proof: 16 pt Thai consonants have 12 pixels, ด่วนที่สุด about 30."""

_FEWEST_LETTERS = 40

_TALLEST = 2.2
"""Heights of a letter that one with its vowel and tone mark reaches: on copies of copies they touch."""

_BESIDE = 2.0
"""Heights of a letter to each side of one within which others show where it begins and ends."""

_STRIP_PIXELS = 150

_RULING_PIXELS = 60

_CLEAR_BALANCE, _CLEAR_TO_OVERTURN = 0.2, 0.5
"""Balance of ink above and below letters from which up is told from down without asking further, and from
which a page whose lines already run across is turned over: most such pages lie as they should, and of upright
ones 19 in 20 show more than this."""

_CLEAR_CONTRAST = 0.7
"""Logarithm of the contrast of rows over that of columns beyond which lines surely run across, or down."""

_BALANCE_WEIGHT = 3.0
_CLEAR_DIRECTION = 0.35
"""Weight, and how clear the sum must be, found on letters, tables and lists turned each way."""


def find_turn(proof: GreyImage) -> int:
    """Degrees clockwise (0, 90, 180 or 270) by which to turn a page to make it upright.

    Lines are told from columns by the contrast of their profiles, and up from down by Thai
    itself: vowels and tone marks stand above consonants far more often than below them, which
    also shows only along the lines. Tesseract is asked where that leaves a doubt, but not followed
    against clear evidence of which way lines run: broken print sends it astray. ``proof`` is grey at
    about 150 dpi.
    """
    ink = _without_rulings(ink_of(proof))
    balance, letters = _balance(ink)
    contrast = direction = float(np.log(_line_contrast(ink) / _line_contrast(ink.T)))
    turn = 0
    if contrast < _CLEAR_CONTRAST:
        balance_sideways, letters_sideways = _balance(np.rot90(ink, -1))
        direction += _BALANCE_WEIGHT * (abs(balance) - abs(balance_sideways))
        if direction < 0:
            turn, balance, letters = 90, balance_sideways, letters_sideways
    if letters < _FEWEST_LETTERS:
        return 0
    if balance < 0:
        turn += 180
    if abs(balance) < (_CLEAR_TO_OVERTURN if turn == 180 else _CLEAR_BALANCE):
        detected = detect_orientation(proof)
        if abs(contrast) < _CLEAR_CONTRAST or detected % 180 == turn % 180:
            return detected
        return turn if turn in (90, 270) else 0
    if turn != 0 and abs(direction) < _CLEAR_DIRECTION:
        return turn if detect_orientation(proof) == turn else 0
    return turn


def _without_rulings(ink: Plane) -> Plane:
    """Ink without table rulings, page borders and solid areas, which say nothing of up and down."""
    rulings = wide_parts(ink, _RULING_PIXELS, 1) | wide_parts(ink, 1, _RULING_PIXELS)
    return ink & ~widen(rulings, 3, 3)


def _line_contrast(ink: Plane) -> float:
    """Variance of ink over rows: high where lines of text run across.

    Summed over strips, so that a page that is a little askew still has sharp rows, and
    smoothed a little, so that the strokes within a line count as one.
    """
    contrast = 1.0
    for strip in np.array_split(ink, max(1, ink.shape[1] // _STRIP_PIXELS), axis=1):
        profile = np.convolve(strip.sum(axis=1, dtype=np.float64), np.full(5, 0.2), mode="same")
        contrast += float(profile.var()) * profile.size
    return contrast


def _balance(ink: Plane) -> tuple[float, int]:
    """Ink above the letters of a line against that below, from -1 to 1, and how many letters there are."""
    parts = Parts.of(np.ascontiguousarray(ink))
    lowest, highest = _LETTER_PIXELS
    candidates = (parts.height >= lowest) & (parts.height <= highest) & (parts.width <= 4 * parts.height)
    candidates[0] = False
    if candidates.sum() < _FEWEST_LETTERS:
        return 0.0, int(candidates.sum())
    usual = float(np.median(parts.height[candidates]))
    is_letter = candidates & (np.abs(parts.height / usual - 1) <= 0.35)
    is_mark = ~is_letter & (parts.height < 0.75 * usual) & (parts.height >= 2)
    is_tall = ~is_letter & (parts.height >= usual) & (parts.height <= _TALLEST * usual)
    letters = parts.choose(is_letter)
    beside = widen(letters, 2 * round(_BESIDE * usual) + 1, 1)
    # What stands over the letters beside it meets these drawn upwards, what hangs under them drawn downwards.
    outside = parts.choose(is_mark | is_tall) & ~beside
    half = max(1, round(0.35 * usual))
    upwards, downwards = (widen(np.roll(beside, shift, axis=0), 1, 2 * half + 1) for shift in (-half, half))
    high = float((outside & upwards & ~downwards).sum())
    low = float((outside & downwards & ~upwards).sum())
    return (high - low) / max(1.0, high + low), int(is_letter.sum())
