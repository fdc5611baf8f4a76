"""The frames of receive stamps and the rings of seals, found by shape, tilted and broken ones too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pi

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.bodies import millimetres
from pipeline.layout.groups import group_labels
from pipeline.layout.ink import Components, Mask
from pipeline.layout.rulings import Ruling
from pipeline.layout.thin import Strokes, ThinInk
from pipeline.model import Box

_WIDTH_MM, _HEIGHT_MM = (22.0, 95.0), (11.0, 62.0)
"""A receive stamp is about 5 × 3 cm; small and large ones are about."""

_STEEPEST = 0.2
"""Stamps are set down by hand: up to 11° askew."""

_LEVEL_RUN = 5
"""Pixels that a line which leans no more than that runs on in one row."""

_SAME_SLOPE, _SHARED, _PIECE_SHARED = 0.04, 0.5, 0.3
"""Opposite sides differ in slope by no more than the first, and run beside one another over the second share
of the length of the stamp: over the third where of one of them but a piece was found."""

_RING_MM = (11.0, 27.0)
"""Radius of a seal: official ones are 3 to 5 cm across."""

_SIDE_INKED, _THREE_SIDES_INKED, _RING_INKED = 0.6, 0.8, 0.55
"""Share that must be inked: of each of four sides, of three sides where one is missing, of a ring."""

_RING_OUTSIDE, _WHOLE_RING, _WHOLE_RING_OUTSIDE = 0.6, 0.9, 0.8
"""Just outside a ring is at most the first share of the ink on it; where the ring is whole, inked over the
second share, at most the third: text may run through it."""

_RADII_OFF = (0.0, -0.5, 0.5, -1.0, 1.0, -1.5, 1.5, -2.0, 2.0)
"""How many pixels, of half a millimetre, the radius of a circle is off that is found among print."""

_SIDE_STRAYS_MM = 0.7
"""How far the side of a rubber stamp strays from a straight line."""

_Side = tuple[float, float, float, float]
"""A nearly level line: x of its ends, y at its middle, slope."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A tilted rectangle: ``box`` around it when turned upright about ``centre`` by ``-slope``."""

    box: Box
    slope: float

    def holds(self, components: Components) -> NDArray[np.bool_]:
        """Which components have their centre inside."""
        x, y = (components.x0 + components.x1) / 2, (components.y0 + components.y1) / 2
        cx, cy = self.box.centre
        along = (x - cx) + self.slope * (y - cy)
        across = (y - cy) - self.slope * (x - cx)
        return np.asarray((np.abs(along) <= self.box.width / 2) & (np.abs(across) <= self.box.height / 2))

    @property
    def corners(self) -> NDArray[np.float64]:
        """x and y (4×2) of its corners: top left, top right, bottom right, bottom left."""
        half = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (self.box.width / 2, self.box.height / 2)
        return np.asarray(half @ np.array([[1.0, self.slope], [-self.slope, 1.0]]) + self.box.centre)

    @property
    def upright(self) -> Box:
        """The upright box around the tilted one."""
        cx, cy = self.box.centre
        half_x = self.box.width / 2 + abs(self.slope) * self.box.height / 2
        half_y = self.box.height / 2 + abs(self.slope) * self.box.width / 2
        return Box(max(0.0, cx - half_x), max(0.0, cy - half_y), cx + half_x, cy + half_y)


@dataclass(frozen=True, slots=True)
class Ring:
    """The outer circle of a seal; ``inner`` is the radius of the inner one as a share of its own."""

    x: float
    y: float
    radius: float
    inner: float = 0.72

    def holds(self, components: Components) -> NDArray[np.bool_]:
        """Which components have their centre inside."""
        x, y = (components.x0 + components.x1) / 2, (components.y0 + components.y1) / 2
        return np.asarray(np.hypot(x - self.x, y - self.y) <= self.radius * 1.04)

    @property
    def upright(self) -> Box:
        return Box(
            max(0.0, self.x - self.radius),
            max(0.0, self.y - self.radius),
            self.x + self.radius,
            self.y + self.radius,
        )


def find_frames(thin: ThinInk) -> list[Frame]:
    """Rectangles of stamp size: parallel lines whose ends inked sides join.

    A pair of opposite sides proposes a frame, be they top and bottom or left and right; all four
    sides are then looked at. One may be missing, since frames wear off and pages are cut.
    """
    strokes, working = thin.strokes, thin.dpi
    near = _around(strokes, working)
    scored: list[tuple[float, Frame]] = []
    for upright in (False, True):
        view = np.ascontiguousarray(strokes.T) if upright else strokes
        lines = cv2.HoughLinesP(
            cv2.morphologyEx(view, cv2.MORPH_OPEN, np.ones((1, _LEVEL_RUN), np.uint8)),
            1,
            pi / 180,
            int(millimetres(6.0, working)),
            minLineLength=int(millimetres(8.0, working)),
            maxLineGap=int(millimetres(2.0, working)),
        )
        if lines is None:
            continue
        sides = _level_lines(lines.reshape(-1, 4).astype(np.float64), working)
        pairs = _opposite(sides, working, upright, _SHARED)
        scored += _scored(near, [_frame_between(*pair, upright=upright) for pair in pairs])
    return [_enlarged(frame, thin.factor) for frame in _best_apart(scored)]


def frames_between(thin: ThinInk, across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Frame]:
    """Rectangles of stamp size of which two sides are rulings of a page, the best first.

    A frame over a table hangs together with its rulings, and is no stroke by itself. Many of these are
    rectangles of its cells.
    """
    frames: list[Frame] = []
    for rulings, upright in ((across, False), (down, True)):
        pairs = _opposite(_as_sides(rulings, thin.factor), thin.dpi, upright, _PIECE_SHARED)
        frames += [_frame_between(*pair, upright=upright) for pair in pairs]
    if not frames:
        return []
    drawn = np.asarray((thin.lines > 0) & (thin.mask > 0), np.uint8)
    scored = _scored(_around(drawn, thin.dpi), frames)
    return [_enlarged(frame, thin.factor) for _, frame in sorted(scored, key=_worth)]


def _as_sides(rulings: Sequence[Ruling], factor: int) -> NDArray[np.float64]:
    sides = [(r.start, r.end, r.at((r.start + r.end) / 2), r.slope) for r in rulings]
    return np.array(sides, np.float64).reshape(-1, 4) / (factor, factor, factor, 1)


def _around(strokes: Mask, working: float) -> Mask:
    """``strokes`` as wide as the sides of stamps stray."""
    tolerance = 2 * round(millimetres(_SIDE_STRAYS_MM, working)) + 1
    return np.asarray(cv2.dilate(strokes, np.ones((tolerance, tolerance), np.uint8)), np.uint8)


def _scored(near: Mask, frames: Iterable[Frame]) -> list[tuple[float, Frame]]:
    """Those of the ``frames`` all of whose sides are inked, each with how well they are."""
    scored = ((_sides_inked(near, frame), frame) for frame in frames)
    return [(score, frame) for score, frame in scored if score is not None]


def _opposite(
    sides: NDArray[np.float64], working: float, upright: bool, least: float
) -> list[tuple[_Side, _Side]]:
    """Pairs of parallel lines with the distance and length of the sides of a stamp.

    They run beside one another over the ``least`` share of that length.
    """
    lengths, distances = (_HEIGHT_MM, _WIDTH_MM) if upright else (_WIDTH_MM, _HEIGHT_MM)
    x0, x1, y, slope = sides.T
    apart = y[None, :] - y[:, None]
    length = np.maximum(x1[:, None], x1[None, :]) - np.minimum(x0[:, None], x0[None, :])
    shared = np.minimum(x1[:, None], x1[None, :]) - np.maximum(x0[:, None], x0[None, :])
    fits = (
        (apart >= millimetres(distances[0], working))
        & (apart <= millimetres(distances[1], working))
        & (length >= millimetres(lengths[0], working))
        & (length <= millimetres(lengths[1], working))
        & (np.abs(slope[:, None] - slope[None, :]) <= _SAME_SLOPE)
        & (shared >= least * length)
    )
    plain: list[_Side] = [(float(a), float(b), float(c), float(d)) for a, b, c, d in sides]
    return [(plain[i], plain[j]) for i, j in zip(*np.nonzero(fits), strict=True)]


def _level_lines(lines: NDArray[np.float64], working: float) -> NDArray[np.float64]:
    """Nearly level lines as rows of (x0, x1, y at the middle, slope), collinear ones joined."""
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    level = np.abs(dy) <= _STEEPEST * np.abs(dx)
    lines, slope = lines[level], dy[level] / dx[level]
    left, right = lines[:, 0], lines[:, 2]
    middle = (left[:, None] + right[None, :]) / 2
    at = lines[:, 1][:, None] + slope[:, None] * (middle - left[:, None])
    there = lines[:, 1][None, :] + slope[None, :] * (middle - left[None, :])
    apart = np.maximum(left[:, None], left[None, :]) - np.minimum(right[:, None], right[None, :])
    same = (np.abs(at - there) <= millimetres(1.0, working)) & (apart <= millimetres(12.0, working))
    labels = group_labels(same | same.T)
    joined = []
    for label in range(int(labels.max(initial=-1)) + 1):
        part = lines[labels == label]
        x = np.concatenate((part[:, 0], part[:, 2]))
        y = np.concatenate((part[:, 1], part[:, 3]))
        lean = float(np.polyfit(x, y, 1)[0]) if np.ptp(x) > 0 else 0.0
        centre = (x.min() + x.max()) / 2
        joined.append((x.min(), x.max(), y.mean() + lean * (centre - x.mean()), lean))
    return np.array(joined, np.float64).reshape(-1, 4)


def _frame_between(first: _Side, second: _Side, upright: bool) -> Frame:
    """The rectangle of which these are two opposite sides; for upright ones x and y are swapped."""
    slope = (first[3] + second[3]) / 2
    along, across = [], []
    for x0, x1, y, _ in (first, second):
        middle = (x0 + x1) / 2
        # Coordinates turned by the slope, in which the frame is upright.
        along += [x0 + slope * y, x1 + slope * y]
        across.append(y - slope * middle)
    centre = (min(along) + max(along)) / 2, sum(across) / 2
    half = (max(along) - min(along)) / 2, abs(across[1] - across[0]) / 2
    x, y = centre[0] - slope * centre[1], centre[1] + slope * centre[0]
    if upright:
        return Frame(Box(y - half[1], x - half[0], y + half[1], x + half[0]), -slope)
    return Frame(Box(x - half[0], y - half[1], x + half[0], y + half[1]), slope)


def _sides_inked(near: Mask, frame: Frame) -> float | None:
    """How well the sides are inked, 0 to 1, or None where it is no frame."""
    cx, cy = frame.box.centre
    half_x, half_y = frame.box.width / 2, frame.box.height / 2
    steps, ends = np.linspace(-1, 1, 60), np.ones(60)
    shares = []
    for u, v in ((steps, -ends), (steps, ends), (-ends, steps), (ends, steps)):
        x = cx + u * half_x - frame.slope * v * half_y
        y = cy + v * half_y + frame.slope * u * half_x
        column, row = x.round().astype(int), y.round().astype(int)
        inside = (column >= 0) & (column < near.shape[1]) & (row >= 0) & (row < near.shape[0])
        inked = near[row.clip(0, near.shape[0] - 1), column.clip(0, near.shape[1] - 1)] > 0
        shares.append(float((inked & inside).mean()))
    shares.sort()
    three = shares[1] >= _THREE_SIDES_INKED and frame.box.width > 1.2 * frame.box.height
    if shares[0] < _SIDE_INKED and not three:
        return None
    # The weakest side but one tells a tight frame from one that reaches over to something else.
    return shares[1] ** 3 * float(np.mean(shares))


def _best_apart(scored: list[tuple[float, Frame]]) -> list[Frame]:
    """The best of overlapping frames: well inked, then large."""
    kept: list[Frame] = []
    for _, frame in sorted(scored, key=_worth):
        if all(frame.upright.intersection(other.upright) < 0.3 * frame.upright.area for other in kept):
            kept.append(frame)
    return kept


def _worth(scored: tuple[float, Frame]) -> float:
    score, frame = scored
    return -score * float(frame.box.area**0.5)


def _enlarged(frame: Frame, factor: int) -> Frame:
    b = frame.box
    return Frame(Box(b.x0 * factor, b.y0 * factor, b.x1 * factor, b.y1 * factor), frame.slope)


def find_rings(drawn: Strokes) -> list[Ring]:
    """Circles of seal size of which most is inked, and little just outside."""
    coarse = max(1, round(drawn.dpi / 50))
    small = _coarser(drawn.strokes, coarse)
    working = drawn.dpi / coarse
    low, high = (int(millimetres(v, working)) for v in _RING_MM)
    circles = cv2.HoughCircles(
        small * 255, cv2.HOUGH_GRADIENT, 1, low, param1=200, param2=14, minRadius=low, maxRadius=high
    )
    if circles is None:
        return []
    ink = _coarser(drawn.mask, coarse)
    scale = coarse * drawn.factor
    rings: list[Ring] = []
    for x, y, radius in circles.reshape(-1, 3)[:20].tolist():
        on, radius = max((_ring_inked(ink, x, y, radius + shift), radius + shift) for shift in _RADII_OFF)
        outside = _ring_inked(ink, x, y, radius + millimetres(1.5, working))
        ring = Ring(x * scale, y * scale, radius * scale)
        apart = all(np.hypot(ring.x - r.x, ring.y - r.y) > ring.radius for r in rings)
        free = _WHOLE_RING_OUTSIDE if on >= _WHOLE_RING else _RING_OUTSIDE
        if on >= _RING_INKED and outside <= free * on and apart:
            rings.append(ring)
    return rings


def _coarser(mask: Mask, factor: int) -> Mask:
    wide = cv2.dilate(mask, np.ones((factor, factor), np.uint8), anchor=(0, 0))
    return np.ascontiguousarray(wide[::factor, ::factor])


def _ring_inked(ink: Mask, x: float, y: float, radius: float) -> float:
    """Share of the ring that has ink within a pixel of it."""
    turn = np.linspace(0, 2 * pi, 120, endpoint=False)
    hit = np.zeros(120, bool)
    for shift in (-1, 0, 1):
        column = (x + (radius + shift) * np.cos(turn)).round().astype(int)
        row = (y + (radius + shift) * np.sin(turn)).round().astype(int)
        inside = (column >= 0) & (column < ink.shape[1]) & (row >= 0) & (row < ink.shape[0])
        hit |= inside & (ink[row.clip(0, ink.shape[0] - 1), column.clip(0, ink.shape[1] - 1)] > 0)
    return float(hit.mean())
