"""Receive stamps and seals, with their lines read apart from the letter's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.frames import Frame, Ring, find_frames, find_rings
from pipeline.layout.ink import Components
from pipeline.layout.lines import find_lines
from pipeline.layout.thin import ThinInk
from pipeline.model import Box, Ink, LineRegion, StampRegion, StampShape

_EMBLEM_TOP = 0.22
_EMBLEM_OFF_CENTRE = 0.12
"""A ring this near to the middle of the page's top is the letterhead's emblem, not a seal."""

_RIM_MM = 1.2


def find_marks(thin: ThinInk, tables: Sequence[Box]) -> list[Frame | Ring]:
    """Frames of receive stamps and rings of seals outside of tables."""
    frames = [f for f in find_frames(thin) if not _in_table(f.upright, tables)]
    rings = [
        r
        for r in find_rings(thin)
        if not _in_table(r.upright, tables) and not any(f.upright.contains(r.x, r.y) for f in frames)
    ]
    return [*frames, *rings]


def _in_table(box: Box, tables: Sequence[Box]) -> bool:
    return any(box.intersection(table) > 0.3 * box.area for table in tables)


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


def _inside(mark: Frame | Ring, components: Components, dpi: int) -> NDArray[np.bool_]:
    """Letters inside the frame or the inner circle, without the frame's own pieces."""
    rim = millimetres(_RIM_MM, dpi)
    if isinstance(mark, Ring):
        x, y = (components.x0 + components.x1) / 2, (components.y0 + components.y1) / 2
        return np.asarray(np.hypot(x - mark.x, y - mark.y) < 0.72 * mark.radius)
    b = mark.box
    inner = Frame(Box(b.x0 + rim, b.y0 + rim, max(b.x1 - rim, b.x0 + rim), max(b.y1 - rim, b.y0 + rim)), mark.slope)
    piece = (components.width > 0.6 * b.width) | (components.height > 0.6 * b.height)
    return inner.holds(components) & ~piece


def _levelled(components: Components, slope: float, about: Box) -> Components:
    """Components moved as if the stamp stood level; their own height shrinks by what tilt added."""
    shift = slope * ((components.x0 + components.x1) / 2 - about.centre[0])
    extra = np.minimum(abs(slope) * components.width, 0.3 * components.height) / 2
    return Components(
        components.x0, components.y0 - shift + extra, components.x1, components.y1 - shift - extra, components.area
    )


def _tilted(line: LineRegion, slope: float, about: Box) -> LineRegion:
    """A line found on levelled components, back in page pixels."""
    left, right = (slope * (x - about.centre[0]) for x in (line.box.x0, line.box.x1))
    b = line.box
    box = Box(b.x0, b.y0 + min(left, right), b.x1, b.y1 + max(left, right))
    return replace(line, box=box, baseline_left=line.baseline_left + left, baseline_right=line.baseline_right + right)
