"""Lines found against lines drawn."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Box, LineRegion, PageLayout
from samples.geometry import PageGeometry, TextLine

_NEAR_ENDS = 1.2
"""A line is found when its ends are within this many body heights of the true ones …"""

_NEAR_BASE = 0.35
"""… and its baseline within this many of the true baseline."""


@dataclass(frozen=True, slots=True)
class LineScore:
    """One true line: where it stands (line, cell, stamp), whether it was found, and how exactly.

    ``base_error`` is in pixels at 300 dpi, positive when too low; ``body_ratio`` is found/true.
    """

    place: str
    found: bool
    base_error: float | None = None
    body_ratio: float | None = None


def score_lines(layout: PageLayout, truth: PageGeometry, dpi: int) -> tuple[list[LineScore], int]:
    """A score for each true line, and how many found lines are none."""
    found = _placed(layout)
    scores, used = [], set()
    for place, line in _true(truth):
        best = max(range(len(found)), key=lambda i: _likeness(line, found[i][1]), default=None)
        if best is None or _likeness(line, found[best][1]) == 0:
            scores.append(LineScore(place, False))
            continue
        match = found[best][1]
        base = _base_error(line, match)
        near = _ends_error(line, match) <= _NEAR_ENDS and abs(base) <= _NEAR_BASE * line.body_height
        if near:
            used.add(best)
        scores.append(
            LineScore(
                place,
                near and found[best][0] == place,
                base * 300 / dpi,
                match.body_height / line.body_height,
            )
        )
    return scores, len(found) - len(used)


def _placed(layout: PageLayout) -> list[tuple[str, LineRegion]]:
    return [
        *(("line", line) for line in layout.lines),
        *(("cell", line) for table in layout.tables for cell in table.cells for line in cell.lines),
        *(("stamp", line) for stamp in layout.stamps for line in stamp.lines),
    ]


def _true(truth: PageGeometry) -> list[tuple[str, TextLine]]:
    return [
        *(("line", line) for line in truth.lines),
        *(("cell", line) for table in truth.tables for cell in table.cells for line in cell.lines),
        *(("stamp", line) for stamp in truth.stamps for line in stamp.lines),
    ]


def _body_box(line: TextLine | LineRegion) -> Box:
    base = (line.baseline_left + line.baseline_right) / 2
    return Box(line.box.x0, base - line.body_height, line.box.x1, base)


def _likeness(true: TextLine, found: LineRegion) -> float:
    """Intersection over union of the two bands of consonants."""
    first, second = _body_box(true), _body_box(found)
    shared = first.intersection(second)
    return shared / max(first.area + second.area - shared, 1e-6)


def _base_at(line: TextLine | LineRegion, x: float) -> float:
    slope = (line.baseline_right - line.baseline_left) / max(line.box.width, 1.0)
    return line.baseline_left + slope * (x - line.box.x0)


def _base_error(true: TextLine, found: LineRegion) -> float:
    middle = (max(true.box.x0, found.box.x0) + min(true.box.x1, found.box.x1)) / 2
    return _base_at(found, middle) - _base_at(true, middle)


def _ends_error(true: TextLine, found: LineRegion) -> float:
    """In body heights: how far the further of the two ends is off."""
    return max(abs(true.box.x0 - found.box.x0), abs(true.box.x1 - found.box.x1)) / true.body_height
