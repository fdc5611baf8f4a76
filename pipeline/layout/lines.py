"""Lines of text from components: rows of consonants, marks attached, parted where they are two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.baselines import Baseline
from pipeline.layout.bodies import body_height_of
from pipeline.layout.gaps import split_rows
from pipeline.layout.ink import Components, Indices
from pipeline.layout.insertions import attach_strokes, join_insertions
from pipeline.layout.leaders import attach_leaders, without_specks
from pipeline.layout.marks import attach_marks, drop_mark_rows, part_from_titles
from pipeline.layout.rows import Row, find_rows, is_title
from pipeline.layout.sizes import settle_sizes
from pipeline.model import Box, Ink, LineRegion

_SIZES = 8
"""Heights looked at one after another: body, titles and urgency words, small print, and what is no text."""

_NO_TEXT = 0.1
"""Shapes whose height is within this share of one at which there is no row are set aside."""

_SOLID = 0.72
"""A letter covers less of its box than this; a filled disc covers more."""

_TITLE = 1.5
"""Rows larger than the first size by this factor must show that they are letters."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundLines:
    """Lines, and for each the indices of the components that it is made of."""

    lines: list[LineRegion]
    members: list[Indices]

    def without(self, dropped: list[int]) -> FoundLines:
        """All but the lines with these indices."""
        kept = [i for i in range(len(self.lines)) if i not in set(dropped)]
        return FoundLines([self.lines[i] for i in kept], [self.members[i] for i in kept])

    def used(self, count: int) -> NDArray[np.bool_]:
        """Which of ``count`` components are in a line."""
        held = np.zeros(count, bool)
        for part in self.members:
            held[part] = True
        return held


def find_lines(
    components: Components, page: Box, dpi: int, emblems: list[Box], ink: Ink = Ink.PRINT
) -> FoundLines:
    """The lines among the text components of a page or stamp, not yet in reading order."""
    regions = np.zeros(len(components), np.int64)
    rows = rows_of_all_sizes(components, regions, (page,), dpi)
    if not rows:
        return FoundLines([], [])
    members = attach_leaders(components, rows, attach_marks(components, rows, regions), regions)
    rows, members = join_insertions(components, rows, members)
    free = np.ones(len(components), bool)
    for held in members:
        free[held] = False
    boxes = [components.take(held).box() for held in members]
    strokes = attach_strokes(components, rows, boxes, free)
    members = [np.concatenate(pair) for pair in zip(members, strokes, strict=True)]
    members = attach_leaders(components, rows, members, regions)
    settled = settle_sizes(components, rows, members)
    parts = split_rows(components, settled, members, page, emblems)
    parts = [(row, without_specks(components, row, held)) for row, held in parts]
    parts = [(row, held) for row, held in parts if _is_text(components.take(held), row.baseline.body)]
    lines = [line_region(components, row.baseline, held, ink) for row, held in parts]
    return FoundLines(lines, [held for _, held in parts])


def _is_text(ink: Components, body: float) -> bool:
    """Blots, edges and crumbs make rows too: text has a letter's size, and paper within its letters."""
    letters = (ink.height >= 0.6 * body) & (ink.width >= 0.25 * body)
    letters &= (ink.area <= _SOLID * ink.width * ink.height) | (ink.width <= 0.45 * ink.height)
    return bool(letters.any())


def rows_of_all_sizes(
    components: Components, regions: Indices, clips: tuple[Box, ...], dpi: int
) -> list[Row]:
    """Rows of the commonest size, then of the commonest among what these leave over, and so on."""
    rows: list[Row] = []
    free = np.arange(len(components))
    text_body = np.inf
    for _ in range(_SIZES):
        left = components.take(free)
        body = body_height_of(left, dpi)
        if body is None:
            break
        found = find_rows(left, body, regions[free], clips)
        smallest = min(text_body, body) if rows else body
        found = [row for row in found if row.baseline.body <= _TITLE * smallest or is_title(left, row)]
        if not found:
            # Signatures and blots: what is as high as they are must not hide the next size.
            free = free[np.abs(left.height - body) > _NO_TEXT * body]
            continue
        text_body = smallest
        rows += [Row(free[row.members], row.baseline, row.region) for row in found]
        rows = drop_mark_rows(components, part_from_titles(components, rows))
        taken = attach_marks(components, rows, regions)
        used = np.zeros(len(components), bool)
        for held in taken:
            used[held] = True
        free = np.flatnonzero(~used)
    return rows


def line_region(components: Components, baseline: Baseline, members: Indices, ink: Ink) -> LineRegion:
    """A line region around ``members`` on ``baseline``."""
    box = components.take(members).box()
    return LineRegion(box, float(baseline.at(box.x0)), float(baseline.at(box.x1)), baseline.body, ink)
