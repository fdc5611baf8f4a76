"""Whether a part of a printed line was written in by hand or with a numbering stamp.

Offices print a letter and leave room for the running number and the day, which are written in later.
Such digits are wider or narrower than the printed ones beside them, or stand in a gap, and the
recogniser, made for print, is surer of them than it should be.
"""

from __future__ import annotations

from statistics import median

from pipeline.letters.rows import Row, raw_range
from pipeline.model import Character, Ink

ODD_WIDTH = 1.3
"""Digits this much wider, or narrower, than the printed ones of the row are not of the same hand."""

ROOM = 1.1
"""A gap of this many body heights beside digits is room left for writing."""

BY_HAND = 0.8
"""The most that digits written in are believed."""


def written_in(row: Row, start: int, end: int) -> bool:
    """Whether ``row.text[start:end]`` (digits) seems to have been written in after printing."""
    if row.line.ink is Ink.PEN:
        return True
    chars = row.line.characters
    if len(chars) != len(row.line.text) or row.line.body_height is None:
        return False
    first, last = raw_range(row, start, end)
    own = [char for char in chars[first:last] if char.text.isdigit()]
    others = [char for at, char in enumerate(chars) if char.text.isdigit() and not first <= at < last]
    return _odd_width(own, others) or _room_beside(row, chars, first, last)


def _odd_width(own: list[Character], others: list[Character]) -> bool:
    if len(others) < 2 or not own:
        return False
    usual = median(char.x1 - char.x0 for char in others)
    width = median(char.x1 - char.x0 for char in own)
    return usual > 0 and not 1 / ODD_WIDTH < width / usual < ODD_WIDTH


def _room_beside(row: Row, chars: tuple[Character, ...], first: int, last: int) -> bool:
    """Whether the nearest ink at either side of the digits is far away."""
    before = [char for char in chars[:first] if char.text.strip()]
    after = [char for char in chars[last:] if char.text.strip()]
    own = [char for char in chars[first:last] if char.text.strip()]
    if not own:
        return False
    limit = ROOM * (row.line.body_height or 0.0)
    left = bool(before) and own[0].x0 - before[-1].x1 > limit
    right = bool(after) and after[0].x0 - own[-1].x1 > limit
    return left or right
