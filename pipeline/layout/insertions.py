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
        np.concatenate([members[i], *(members[k] for k, host in host_of.items() if host == i)]) for i in range(len(rows))
    ]
    kept = [i for i in range(len(rows)) if i not in host_of]
    return [rows[i] for i in kept], [joined[i] for i in kept]


def _is_insertion(box: Box, row: Row, host_box: Box, host: Row) -> bool:
    body = host.baseline.body
    if row.region != host.region or box.width > 0.6 * host_box.width + 4 * body:
        return False
    return fits_line(box, host_box, host)


def fits_line(box: Box, host_box: Box, host: Row) -> bool:
    """Whether a piece of pen with this box is written on the line."""
    body = host.baseline.body
    gap = max(box.x0 - host_box.x1, host_box.x0 - box.x1, 0.0)
    if gap > _BESIDE * body or box.height > _TALLEST * body:
        return False
    base = float(host.baseline.at((box.x0 + box.x1) / 2))
    shared = min(box.y1, base + 0.6 * body) - max(box.y0, base - 1.9 * body)
    on_body = min(box.y1, base) - max(box.y0, base - body)
    return shared >= _MOSTLY_IN * max(box.height, 1.0) and on_body >= 0.45 * min(body, max(box.height, 1.0))


def attach_strokes(
    components: Components, rows: list[Row], boxes: list[Box], free: NDArray[np.bool_]
) -> list[Indices]:
    """For each row, the free components that are pen strokes written on it."""
    taken: list[list[int]] = [[] for _ in rows]
    for i in np.flatnonzero(free):
        box = Box(float(components.x0[i]), float(components.y0[i]), float(components.x1[i]), float(components.y1[i]))
        fitting = [r for r, row in enumerate(rows) if fits_line(box, boxes[r], row)]
        large = [r for r in fitting if max(box.width, box.height) >= 0.5 * rows[r].baseline.body]
        if large:
            nearest = min(large, key=lambda r: abs(box.centre[1] - float(rows[r].baseline.at(box.centre[0])) + rows[r].baseline.body / 2))
            taken[nearest].append(int(i))
    return [np.asarray(held, np.int64) for held in taken]
