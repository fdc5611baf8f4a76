"""Where a row is two lines: number and office in a letter head, or two signatures side by side.

Wide gaps alone say nothing: ``เรื่อง   การ…``, ``จำนวน ๑ ชุด`` at the right margin and justified text
have them too. In the head, above the first row that runs across the page, a gap of several letters
parts the number at the left from the office at the right. Below it, only columns that are each
centred over several rows are apart.
"""

from __future__ import annotations

import numpy as np

from pipeline.layout.ink import Components, Indices
from pipeline.layout.rows import Row

_HEAD_GAP = 4.5
"""In the head, a gap this many body heights wide parts two lines."""

_ANY_GAP = 22.0
"""A gap this many body heights wide parts two lines anywhere."""

_HEAD_PART_OF_PAGE = 0.45
_ACROSS = 0.6
"""A row without a head gap that covers this share of the text's width ends the head."""


def split_rows(
    components: Components, rows: list[Row], members: list[Indices], page_height: float
) -> list[tuple[Row, Indices]]:
    """Rows with their members, cut where the gap between two parts means two lines."""
    if not rows:
        return []
    boxes = [components.take(held).box() for held in members]
    text_width = max(b.x1 for b in boxes) - min(b.x0 for b in boxes)
    parts = []
    head = True
    for i in np.argsort([box.y0 for box in boxes]):
        body = rows[i].baseline.body
        cut = _cut(components, members[i], (_HEAD_GAP if head else _ANY_GAP) * body)
        if len(cut) == 1 and boxes[i].width > _ACROSS * text_width:
            head = False
        if boxes[i].y0 > _HEAD_PART_OF_PAGE * page_height:
            head = False
        parts += [(rows[i], part) for part in cut]
    return parts


def _cut(components: Components, members: Indices, gap: float) -> list[Indices]:
    """The members cut wherever nothing stands for ``gap`` pixels."""
    ordered = members[np.argsort(components.x0[members], kind="stable")]
    reach = np.maximum.accumulate(components.x1[ordered])
    cuts = np.flatnonzero(components.x0[ordered][1:] - reach[:-1] > gap) + 1
    return np.split(ordered, cuts)
