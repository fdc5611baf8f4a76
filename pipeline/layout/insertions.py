"""Pen on a printed line: running numbers, days and names written into the gaps of print.

Hand-written strokes are larger than the print, off its baseline, and of any colour. They belong
to the line in or beside which they stand; the line's baseline and size stay those of its print.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.ink import Components, Indices
from pipeline.layout.rows import Row
from pipeline.model import Box

_BESIDE = 4.5
"""Pen up to this many body heights from the nearest print of a line is on that line."""

_TALLEST = 4.0
_MOSTLY_IN = 0.45
"""This share of a piece's height must lie between the tone marks and the lower vowels."""


def join_insertions(
    components: Components, rows: list[Row], members: list[Indices]
) -> tuple[list[Row], list[Indices]]:
    """Short rows of another size that stand in or beside a printed row become part of it."""
    boxes = [components.take(held).box() for held in members]
    order = sorted(range(len(rows)), key=lambda i: -float(components.width[rows[i].members].sum()))
    host_of: dict[int, int] = {}
    for place, i in enumerate(order):
        for j in order[:place]:
            if j not in host_of and _is_insertion(boxes[i], rows[i], boxes[j], rows[j]):
                host_of[i] = j
                break
    joined = [
        np.concatenate([members[i], *(members[k] for k, host in host_of.items() if host == i)])
        for i in range(len(rows))
    ]
    kept = [i for i in range(len(rows)) if i not in host_of]
    return [rows[i] for i in kept], [joined[i] for i in kept]


def _is_insertion(box: Box, row: Row, host_box: Box, host: Row) -> bool:
    body = host.baseline.body
    # Print smaller than the line beside it, as the urgency beside a title, is a line of its own.
    if len(row.members) >= 4 and row.baseline.body < 0.85 * body:
        return False
    if row.region != host.region or box.width > 0.6 * host_box.width + 4 * body:
        return False
    return fits_line(box, host_box, float(host.baseline.at(box.centre[0])), body)


def fits_line(box: Box, host_box: Box, base: float, body: float) -> bool:
    """Whether a piece of pen with this box is written on the line with this box and baseline."""
    gap = max(box.x0 - host_box.x1, host_box.x0 - box.x1, 0.0)
    if gap > _BESIDE * body or box.height > _TALLEST * body:
        return False
    shared = min(box.y1, base + 0.6 * body) - max(box.y0, base - 1.9 * body)
    on_body = min(box.y1, base) - max(box.y0, base - body)
    return shared >= _MOSTLY_IN * max(box.height, 1.0) and on_body >= 0.45 * min(body, max(box.height, 1.0))


def attach_strokes(
    components: Components, rows: list[Row], boxes: list[Box], free: NDArray[np.bool_]
) -> list[Indices]:
    """For each row, the free components that are pen strokes written on it."""
    taken: list[list[int]] = [[] for _ in rows]
    smallest = 0.5 * min(row.baseline.body for row in rows)
    large = np.maximum(components.width, components.height) >= smallest
    for i in np.flatnonzero(free & large):
        box = components.take(np.array([i])).box()
        best: tuple[float, int] | None = None
        for r, row in enumerate(rows):
            base, body = float(row.baseline.at(box.centre[0])), row.baseline.body
            if max(box.width, box.height) >= 0.5 * body and fits_line(box, boxes[r], base, body):
                away = abs(box.centre[1] - base + body / 2)
                best = min(best or (away, r), (away, r))
        if best is not None:
            taken[best[1]].append(int(i))
    return [np.asarray(held, np.int64) for held in taken]
