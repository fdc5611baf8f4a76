"""Receive stamps and seals, with their lines read apart from the letter's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.circles import measured
from pipeline.layout.covered import lengthened
from pipeline.layout.frames import Frame, Ring, find_frames, find_rings
from pipeline.layout.ink import Components, Mask, Numbers
from pipeline.layout.lines import find_lines
from pipeline.layout.rulings import Ruling
from pipeline.layout.thin import ThinInk
from pipeline.model import Box, Ink, LineRegion, StampRegion, StampShape

_BEYOND = 1.5
"""A ruling of a stamp is no longer than so many times the stamp; longer ones run through it."""

_EMBLEM_TOP = 0.22
_EMBLEM_OFF_CENTRE = 0.12
"""A ring this near to the middle of the page's top is the letterhead's emblem, not a seal."""

_RIM_MM = 1.2
_ALONG_MM, _BEYOND_MM = 1.5, 4.0
"""A ruling this near to a side that runs this far beyond it makes the frame a cell of something larger."""

_CROSSING = 0.6
"""A ruling crosses a ring when it runs over this share of its width or height."""


def find_marks(thin: ThinInk, across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Frame | Ring]:
    """Frames of receive stamps and rings of seals; cells of tables and tables are none."""
    dpi = thin.dpi * thin.factor
    frames = [f for f in find_frames(thin) if _stands_alone(f, across, down, dpi)]
    rings = [
        r
        for r in find_rings(thin)
        if not any(f.upright.contains(r.x, r.y) for f in frames) and not _in_grid(r.upright, across, down)
    ]
    return [*frames, *rings]


def _stands_alone(frame: Frame, across: Sequence[Ruling], down: Sequence[Ruling], dpi: float) -> bool:
    """Whether no ruling along its sides runs on beyond them, and none divides it from top to bottom."""
    near = millimetres(_ALONG_MM, dpi)
    return not runs_beside(frame, across, down, dpi) and not any(
        _divides(r, frame.upright, near) for r in down
    )


def runs_beside(frame: Frame, across: Sequence[Ruling], down: Sequence[Ruling], dpi: float) -> bool:
    """Whether a ruling along one of its sides runs on beyond it, as around the cells of a table."""
    top_left, top_right, bottom_right, bottom_left = frame.corners
    level, upright = (
        ((top_left, top_right), (bottom_left, bottom_right)),
        ((top_left, bottom_left), (top_right, bottom_right)),
    )
    return any(_runs_along(r, a, b, dpi) for r in across for a, b in level) or any(
        _runs_along(r, a[::-1], b[::-1], dpi) for r in down for a, b in upright
    )


def _runs_along(ruling: Ruling, first: Numbers, last: Numbers, dpi: float) -> bool:
    """Whether a ruling follows a side, whose ends are told as places along and across it, and runs on."""
    near, beyond = millimetres(_ALONG_MM, dpi), millimetres(_BEYOND_MM, dpi)
    start, end = float(first[0]), float(last[0])
    overlaps = min(ruling.end, end) - max(ruling.start, start) > 0.3 * (end - start)
    runs_on = ruling.start < start - beyond or ruling.end > end + beyond
    away = [ruling.at(float(along)) - float(across) for along, across in (first, last)]
    follows = max(map(abs, away)) <= near and abs(away[0] - away[1]) <= near / 2
    return overlaps and runs_on and follows


def _in_grid(box: Box, across: Sequence[Ruling], down: Sequence[Ruling]) -> bool:
    """Whether rulings cross the box in both directions, as they do where cells make up a circle."""
    x, y = box.centre
    level = any(_runs_over(r, box.x0, box.x1) and box.y0 < r.at(x) < box.y1 for r in across)
    upright = any(_runs_over(r, box.y0, box.y1) and box.x0 < r.at(y) < box.x1 for r in down)
    return level and upright


def _runs_over(ruling: Ruling, start: float, end: float) -> bool:
    return min(ruling.end, end) - max(ruling.start, start) > _CROSSING * (end - start)


def _divides(ruling: Ruling, box: Box, near: float) -> bool:
    inside = box.x0 + 2 * near < ruling.at(box.centre[1]) < box.x1 - 2 * near
    return inside and min(ruling.end, box.y1) - max(ruling.start, box.y0) > 0.7 * box.height


def outside_marks(rulings: list[Ruling], marks: Sequence[Frame | Ring], upright: bool) -> list[Ruling]:
    """The rulings but those of stamps: their middle is in one, and they hardly reach beyond it."""
    boxes = [_grown(mark.upright) for mark in marks]
    return [r for r in rulings if not any(_is_within(box, r, upright) for box in boxes)]


def _is_within(box: Box, ruling: Ruling, upright: bool) -> bool:
    along, at = (ruling.start + ruling.end) / 2, (ruling.start_at + ruling.end_at) / 2
    point, extent = ((at, along), box.height) if upright else ((along, at), box.width)
    return box.contains(*point) and ruling.length <= _BEYOND * extent


def _grown(box: Box) -> Box:
    rim = 0.03 * box.width
    return Box(box.x0 - rim, box.y0 - rim, box.x1 + rim, box.y1 + rim)


def is_emblem(mark: Frame | Ring, page: Box) -> bool:
    """Whether a ring is the round emblem in the middle of a letterhead."""
    return (
        isinstance(mark, Ring)
        and mark.y < _EMBLEM_TOP * page.height
        and abs(mark.x - page.width / 2) < _EMBLEM_OFF_CENTRE * page.width
    )


def read_stamp(mark: Frame | Ring, components: Components, dpi: int) -> StampRegion:
    """The stamp with its lines, top to bottom; ``components`` are those that lie in it."""
    shape = StampShape.RECEIVE_BOX if isinstance(mark, Frame) else StampShape.SEAL
    slope = mark.slope if isinstance(mark, Frame) else 0.0
    inner = components.take(_inside(mark, components, dpi))
    if not len(inner):
        return StampRegion(mark.upright, shape)
    level = _levelled(inner, slope, mark.upright)
    found = find_lines(level, mark.upright, dpi, [], Ink.STAMP).lines
    lines = [_tilted(line, slope, mark.upright) for line in found]
    return StampRegion(mark.upright, shape, tuple(sorted(lines, key=lambda line: line.baseline_left)))


def read_seal(ring: Ring, components: Components, mask: Mask, dpi: int) -> StampRegion:
    """The seal with its lines, the letters included that cross its circles; ``mask`` is the ink of the page.

    Office and date are printed into a seal, and seldom fit into its inner circle.
    """
    ring, pieces = measured(mask, ring, dpi)
    seal = read_stamp(ring, components, dpi)
    return replace(seal, lines=tuple(lengthened(line, pieces) for line in seal.lines))


def printed_across(seal: StampRegion, lines: Sequence[LineRegion]) -> StampRegion:
    """A coloured seal with the black ``lines`` across it: office and date, which it does not tear."""
    return replace(seal, lines=tuple(sorted((*seal.lines, *lines), key=lambda line: line.baseline_left)))


def _inside(mark: Frame | Ring, components: Components, dpi: int) -> NDArray[np.bool_]:
    """Letters inside the frame or the inner circle, without the frame's own pieces."""
    rim = millimetres(_RIM_MM, dpi)
    if isinstance(mark, Ring):
        x, y = (components.x0 + components.x1) / 2, (components.y0 + components.y1) / 2
        return np.asarray(np.hypot(x - mark.x, y - mark.y) < mark.inner * mark.radius)
    b = mark.box
    inner = Frame(
        Box(b.x0 + rim, b.y0 + rim, max(b.x1 - rim, b.x0 + rim), max(b.y1 - rim, b.y0 + rim)), mark.slope
    )
    piece = (components.width > 0.6 * b.width) | (components.height > 0.6 * b.height)
    return inner.holds(components) & ~piece


def _levelled(components: Components, slope: float, about: Box) -> Components:
    """Components moved as if the stamp stood level; their own height shrinks by what tilt added."""
    shift = slope * ((components.x0 + components.x1) / 2 - about.centre[0])
    extra = np.minimum(abs(slope) * components.width, 0.3 * components.height) / 2
    return Components(
        components.x0,
        components.y0 - shift + extra,
        components.x1,
        components.y1 - shift - extra,
        components.area,
    )


def _tilted(line: LineRegion, slope: float, about: Box) -> LineRegion:
    """A line found on levelled components, back in page pixels."""
    left, right = (slope * (x - about.centre[0]) for x in (line.box.x0, line.box.x1))
    b = line.box
    box = Box(b.x0, b.y0 + min(left, right), b.x1, b.y1 + max(left, right))
    return replace(
        line, box=box, baseline_left=line.baseline_left + left, baseline_right=line.baseline_right + right
    )
