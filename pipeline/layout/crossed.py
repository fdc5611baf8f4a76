"""Lines that a signature in the ink of the print crosses: their letters are no shapes of their own there.

A signature over the printed name runs together with some of its letters into one large shape, which is no
part of a line. So the line ends before it, or falls in two. It is given back what stands on its baseline.
"""

from __future__ import annotations

import numpy as np

from pipeline.layout.covered import WORD_GAP
from pipeline.layout.ink import Components, Mask
from pipeline.layout.pen import grown
from pipeline.model import Box, LineRegion

_TALL = 2.0
"""A stroke that crosses a line is at least this many body heights high."""

_SOLID = 0.4
"""It covers less of its box than this; blots and shadows more."""

_TOUCHES = 0.5
"""It begins at most this many body heights beyond the end of the line."""

_SAME_BASELINE, _SAME_SIZE = 0.35, 1.3
"""Two pieces of a line are no further apart in height, in body heights, and in size."""


def crossed_lines(lines: list[LineRegion], strokes: Components, mask: Mask) -> list[LineRegion]:
    """``lines`` prolonged over the ``strokes`` that cut them short, and joined where these parted them.

    ``mask`` (HxW) is the ink in which both were found.
    """
    joined: list[tuple[LineRegion, bool]] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        whole = _prolonged(line, strokes, mask)
        crossed = whole is not line
        for other, was_crossed in list(joined):
            if (crossed or was_crossed) and _goes_on(other, whole):
                joined.remove((other, was_crossed))
                whole, crossed = grown(other, whole.box), True
        joined.append((whole, crossed))
    return [line for line, _ in joined]


def _prolonged(line: LineRegion, strokes: Components, mask: Mask) -> LineRegion:
    body, box = line.body_height, line.box
    thin = strokes.area < _SOLID * strokes.width * strokes.height
    tall = (strokes.height > _TALL * body) & thin
    for x, base, way in ((box.x1, line.baseline_right, 1), (box.x0, line.baseline_left, -1)):
        near, far = (strokes.x0, strokes.x1) if way > 0 else (-strokes.x1, -strokes.x0)
        crosses = tall & (strokes.y0 < base - body) & (strokes.y1 > base - 0.2 * body)
        crosses &= (near < way * x + _TOUCHES * body) & (far > way * x + _TOUCHES * body)
        if crosses.any():
            end = _end_of_ink(mask, x, base, body, way, float(far[crosses].max()))
            line = grown(line, Box(min(x, end), box.y0, max(x, end), box.y1))
    return line


def _end_of_ink(mask: Mask, x: float, base: float, body: float, way: int, furthest: float) -> float:
    """Where the ink on the baseline that goes on from ``x`` ends, at ``way * furthest`` at the latest."""
    end = float(np.clip(way * furthest, 0, mask.shape[1]))
    left, right = int(min(x, end)), int(max(x, end))
    inked = np.flatnonzero(mask[max(0, int(base - body)) : int(base), left:right].any(axis=0))
    away = inked if way > 0 else (right - left - 1 - inked)[::-1]
    gaps = np.diff(away, prepend=0) > WORD_GAP * body
    reached = away[: int(np.argmax(gaps))] if gaps.any() else away
    return x + way * float(reached[-1] + 1) if len(reached) else x


def _goes_on(left: LineRegion, right: LineRegion) -> bool:
    """Whether ``right`` is the rest of ``left``."""
    body = left.body_height
    sizes = sorted((body, right.body_height))
    return (
        left.ink is right.ink
        and abs(left.baseline_right - right.baseline_left) < _SAME_BASELINE * body
        and sizes[1] < _SAME_SIZE * sizes[0]
        and right.box.x0 - left.box.x1 < WORD_GAP * body
    )
