"""Rows on one level: what was written into a printed line and taken for a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.letters.rows import Row
from pipeline.model import Box

JOINED = 0.85
"""The most that a value is believed whose parts were read as two lines."""

REACH = 7.0
"""Written-in digits stand at most this many body heights beside the print that they belong to."""

OVERLAP = -1.0
"""What was read of the month beside a day may reach so many body heights into it: ``๒๕ มิ`` and ``มิถุนายน``."""

LEVEL = 0.25
"""Digits written off the baseline still share so much of their height with the print beside them."""


def left_of(row: Row, rows: Sequence[Row]) -> Row | None:
    """The nearest short row that ends left of ``row`` on its level: a day before its month."""
    near = [other for other in rows if _level(row, other) and _near(row, row.box.x0 - other.box.x1)]
    return max(near, key=lambda other: other.box.x1, default=None)


def right_of(row: Row, rows: Sequence[Row]) -> Row | None:
    """The nearest short row that begins right of ``row`` on its level: a running number after its stem."""
    near = [other for other in rows if _level(row, other) and _near(row, other.box.x0 - row.box.x1)]
    return min(near, key=lambda other: other.box.x0, default=None)


def on_level(first: Row, second: Row) -> bool:
    """Whether two rows stand beside one another, such as a label in a stamp and its value."""
    shared = min(first.box.y1, second.box.y1) - max(first.box.y0, second.box.y0)
    apart = first.box.x1 <= second.box.x0 + first.height or second.box.x1 <= first.box.x0 + first.height
    return apart and shared > 0.5 * min(first.box.height, second.box.height)


def joined(first: Row, second: Row) -> Row:
    """Two rows on one level as one, the left one first; both must be right for it to be."""
    left, right = sorted((first, second), key=lambda row: row.box.x0)
    confidence = left.line.confidence * right.line.confidence
    line = replace(left.line, box=Box.around((left.box, right.box)), confidence=confidence)
    return Row(left.page, line, f"{left.text} {right.text}", min(left.gap, right.gap))


def _near(row: Row, apart: float) -> bool:
    return OVERLAP * row.height <= apart < REACH * row.height


def _level(row: Row, other: Row) -> bool:
    """Whether another row is short and on the level of this one; never in a transcript."""
    if other is row or other.page != row.page or row.line.engine == "transcript" or len(other.text) > 10:
        return False
    shared = min(row.box.y1, other.box.y1) - max(row.box.y0, other.box.y0)
    return shared > LEVEL * min(row.box.height, other.box.height)
