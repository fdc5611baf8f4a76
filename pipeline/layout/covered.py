"""Print that runs on under a black receive stamp: what is the letter's of the ink in the stamp's frame.

Stamps are set down wherever there is room, and there seldom is enough: numbers, offices, subjects and
references run on under them. A line that ends at a frame goes on inside it as long as shapes of its own
size stand on its baseline, no further apart than words; what the stamp says stands off that baseline.
Where both have run together, the shape leads on to the next letter, but stays with the stamp.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.frames import Frame
from pipeline.layout.ink import Components, Numbers
from pipeline.layout.pen import grown
from pipeline.model import Box, LineRegion

_AT_FRAME = 1.5
"""A line that goes on under a stamp ends at most this many body heights before its frame."""

WORD_GAP = 0.9
"""Shapes of one line are at most this many body heights apart, words included."""

_SEAL_GAP = 1.6
"""Those of a line across a seal are further apart, where a circle took one or a space is wide: nothing else
but circles stands on their baseline."""

_OF_LETTER = 0.3
"""Pieces of one letter are at most so many body heights apart."""

_OFF_BASELINE = 0.35
"""How far from the baseline a letter may end, in body heights."""

_HEADS, _TALLEST = 0.75, 3.3
_THINNEST, _WIDEST = 0.12, 4.0
"""How high over the baseline, and how wide, a letter is at least, and how high and wide at most, marks and a
letter that touches it included; in body heights."""

_DOT = (0.08, 0.3)
"""A full stop is this high and wide, in body heights: ``ธ.ค. 2564`` goes on after one."""

_ZONE, _MARK = (2.3, 0.6), 0.9
"""From the tone marks down to the lower vowels of a line, in body heights over and under its baseline, and
how high one of these is at most."""

_TITLE = 1.5
"""Of a line so much larger than the others the letters of a stamp would be marks."""

_LEAST = 0.8
"""Less than this, in body heights, is no print under a stamp: a piece of its frame."""

_WAYS = (1.0, -1.0)


def covered_print(lines: list[LineRegion], frame: Frame, inside: Components) -> NDArray[np.bool_]:
    """Which of the components ``inside`` a stamp's frame belong to the ``lines`` found around it."""
    covered = np.zeros(len(inside), bool)
    text = float(np.median([line.body_height for line in lines])) if lines else 0.0
    for line in lines:
        for way in _WAYS:
            if line.body_height <= _TITLE * text and _ends_at(line, frame.upright, way):
                covered |= _run_on(line, inside, way, _LEAST, WORD_GAP)
    return covered


def lengthened(line: LineRegion, pieces: Components) -> LineRegion:
    """``line`` with those ``pieces`` at its ends that run on from it, and what is left of letters there."""
    before = None
    while line.box != before:
        before = line.box
        for way in _WAYS:
            line = _grown(line, pieces.take(_run_on(line, pieces, way, 0.0, _SEAL_GAP)))
        line = _grown(line, pieces.take(_left_over(line, pieces)))
    return line


def _grown(line: LineRegion, more: Components) -> LineRegion:
    return grown(line, more.box()) if len(more) else line


def _left_over(line: LineRegion, pieces: Components) -> NDArray[np.bool_]:
    """Pieces between baseline and heads right at the ends of a line: of a letter that a circle has cut."""
    body, base = line.body_height, (line.baseline_left + line.baseline_right) / 2
    apart = np.maximum(pieces.x0 - line.box.x1, line.box.x0 - pieces.x1)
    inside = (pieces.y0 > base - (1 + _OFF_BASELINE) * body) & (pieces.y1 < base + _OFF_BASELINE * body)
    return np.asarray(inside & (np.abs(apart) < _OF_LETTER * body))


def _ends_at(line: LineRegion, box: Box, way: float) -> bool:
    """Whether the right (``way`` 1) or left (-1) end of a line is in the box or just before it."""
    end, near, far = (line.box.x1, box.x0, box.x1) if way > 0 else (-line.box.x0, -box.x1, -box.x0)
    base = line.baseline_right if way > 0 else line.baseline_left
    return near - _AT_FRAME * line.body_height < end < far and box.y0 < base < box.y1


def _run_on(line: LineRegion, others: Components, way: float, least: float, gap: float) -> NDArray[np.bool_]:
    """The components that continue a line to the right (``way`` 1) or to the left (-1).

    They are no further apart than ``gap`` body heights, and all together at least ``least`` of them wide.
    """
    body = line.body_height
    slope = (line.baseline_right - line.baseline_left) / max(line.box.width, 1.0)
    base = line.baseline_left + slope * ((others.x0 + others.x1) / 2 - line.box.x0)
    over, under = (base - others.y0) / body, (others.y1 - base) / body
    width, height = others.width / body, others.height / body
    shapes = (over > _HEADS) & (height < _TALLEST) & (width > _THINNEST)
    letters = shapes & (np.abs(under) < _OFF_BASELINE) & (width < _WIDEST)
    merged = shapes & ~letters & (over > 1.0 - _OFF_BASELINE / 2) & (under > -_OFF_BASELINE / 2)
    dots = (np.abs(under) < _OFF_BASELINE / 2) & _is_dot(width) & _is_dot(height)
    starts, stops = (others.x0, others.x1) if way > 0 else (-others.x1, -others.x0)
    ends = line.box.x1 if way > 0 else -line.box.x0
    chosen = np.flatnonzero((letters | merged | dots) & (stops > ends))
    end, standing = ends, 0.0
    for i in chosen[np.argsort(starts[chosen], kind="stable")]:
        if starts[i] - end > gap * body:
            break
        end = max(end, float(stops[i]))
        standing += float(others.width[i]) * bool(letters[i])
    if standing < least * body:
        return np.zeros(len(others), bool)
    middle = (starts + stops) / 2
    reached = (middle > ends - 0.5 * body) & (middle < end)
    marks = (over < _ZONE[0]) & (under < _ZONE[1]) & (height < _MARK)
    return np.asarray(reached & (letters | marks) & ~merged)


def _is_dot(size: Numbers) -> NDArray[np.bool_]:
    return np.asarray((size >= _DOT[0]) & (size <= _DOT[1]))
