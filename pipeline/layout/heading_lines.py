"""The lines of headings above the rows of a table without rulings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.pieces import APART, Pieces

FEWEST_IN_LINE = 3
"""One line of the headings has at least so many of them."""

_STEP_UP, _STEP_DOWN = 4.6, 3.7
"""From one line of headings to the next it is at most this many body heights; rows begin below the last."""

_RUN_TOGETHER, _ON_LINE = 1.2, 0.75
"""Ink in no line is a heading whose letters have run together if it is this many body heights wide and ends
so near to the baseline of a line of headings."""

_OFF_MIDDLE = 2.0
"""The end of a title has its middle within this many body heights of the table's."""

_AS_TITLE = 8.0
"""The titles of rows are at least so many body heights wide."""

_NARROW = 0.3
"""A heading is at most this part of the table's width wide; titles are wider."""


def find_headings(pieces: Pieces, first_row: float, reach: float, body: float) -> Pieces:
    """The pieces of the headings up to ``reach`` above the first row's baseline, or of none."""
    width = float(pieces.right.max() - pieces.left.min())
    above = pieces.take(pieces.line >= 0).between(first_row - reach, first_row - body)
    lines = [
        line for line in above.rows(0.5 * body) if (line.joined(APART * body).width <= _NARROW * width).all()
    ]
    strong = [i for i, line in enumerate(lines) if len(line.joined(APART * body)) >= FEWEST_IN_LINE]
    if not strong:
        return pieces.take(np.zeros(0, np.int64))
    first = last = strong[-1]
    while first and lines[first].base[0] - lines[first - 1].base[0] <= _STEP_UP * body:
        if _is_title(lines[first - 1], lines[first : last + 1], body):
            break
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].base[0] - lines[last].base[0] <= _STEP_DOWN * body:
        line = lines[last + 1].joined(APART * body)
        below = pieces.take(pieces.base > first_row)
        near = first_row - line.base[0] < line.base[0] - lines[last].base[0]
        if _heads_rows(line, lines[first : last + 1]) or (near and _begins_as_rows(line, below, body)):
            break
        last += 1
    # Between lines of headings one that seems as wide as a title is of headings that stand close together.
    within = above.between(float(lines[first].base.min()) - 1, float(lines[last].base.max()))
    close = [line for line in within.rows(0.5 * body) if _all_narrow(line, width)]
    chosen = [*lines[first : last + 1], *close]
    held = np.concatenate([line.line for line in chosen])
    loose = pieces.take(pieces.line < 0).between(first_row - reach, first_row - body)
    return pieces.take(np.isin(pieces.line, held)).plus(loose.take(_run_together(loose, chosen, body)))


def _run_together(loose: Pieces, lines: Sequence[Pieces], body: float) -> NDArray[np.bool_]:
    """Which of the ``loose`` pieces are words on the ``lines`` of headings."""
    bases = np.concatenate([line.base for line in lines])
    off = np.abs(loose.base[:, None] - bases).min(axis=1)
    return np.asarray((loose.width >= _RUN_TOGETHER * body) & (off <= _ON_LINE * body))


def _is_title(line: Pieces, headings: Sequence[Pieces], body: float) -> bool:
    """Whether a lone text above the lines of ``headings`` ends a title: it stands further off than these do
    from one another, over the middle of them all."""
    words = line.take(line.width > body).joined(APART * body) if (line.width > body).any() else line
    left, right = min(held.left.min() for held in headings), max(held.right.max() for held in headings)
    off = float(headings[0].base[0] - line.base[0]) > _STEP_DOWN * body
    return len(words) == 1 and off and abs(float(words.middle[0]) - (left + right) / 2) <= _OFF_MIDDLE * body


def _all_narrow(line: Pieces, width: float) -> bool:
    return len(line) >= FEWEST_IN_LINE and bool((line.width <= _NARROW * width).all())


def _begins_as_rows(line: Pieces, below: Pieces, body: float) -> bool:
    """Whether a lone text is as long as a title and begins where several lines ``below`` do: the first line
    of a row whose number stands amid its lines."""
    flush = int((np.abs(below.left - line.left[0]) <= body / 2).sum())
    return len(line) == 1 and bool(line.width[0] >= _AS_TITLE * body) and flush >= FEWEST_IN_LINE


def _heads_rows(line: Pieces, headings: Sequence[Pieces]) -> bool:
    """Whether a lone text runs from below the leftmost of the headings on to the right: it heads rows."""
    leftmost = min(headings, key=lambda held: float(held.left.min()))
    own = int(np.argmin(leftmost.left))
    reaches = line.left[0] <= leftmost.left[own] and line.middle[0] > leftmost.right[own]
    return len(line) == 1 and bool(reaches)
