"""Ruled lines: straight thin ink much longer than any stroke of a letter.

Found at about 150 dpi with letters blanked out, by averaging along the direction of the ruling: what is
left of faint, dotted and broken rulings adds up. Longer gaps are closed between segments, never
between pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Parts
from pipeline.layout.bodies import millimetres
from pipeline.layout.groups import group_labels
from pipeline.layout.ink import Mask
from pipeline.layout.thin import ThinInk
from pipeline.model import GreyImage

_WINDOW_ACROSS_MM, _WINDOW_DOWN_MM = 6.0, 4.5
"""Darkness is averaged over this length along a ruling: faint and dotted ones add up, noise does not."""

_BRIGHTEST = 64
"""Darkness above this counts no more: a dotted black ruling must not look like blots."""

_FINENESS = 3
"""Averages are kept in thirds of a grey level, so that bytes hold them."""

_FAINTEST = 6
"""A ruling is on average this many grey levels darker than what is beside it."""

_ANY_INK, _LEAST_INKED = 14, 0.3
"""Grey levels that are ink, and the share of a ruling's length that must have it."""

_BESIDE_MM, _BESIDE_SHARE = 0.7, 0.5
"""What is beside a ruling, this far off, has at most this share of its darkness."""

_TAIL, _TAIL_MM = 0.5, 2.0
"""A tail of a ruling has less than this share of its usual darkness, on average over so much of it."""

_SHORTEST_ACROSS_MM, _SHORTEST_DOWN_MM = 9.0, 4.5
_THICKEST_MM = 1.3
_BREAK_MM = 30.0
"""Collinear segments with a gap up to this are one ruling."""

_PAGE_EDGE, _MOST_STREAKS = 0.035, 3
"""A ruling that reaches into this share of the page at both ends runs from edge to edge; so many of them may
be streaks of the scanner and folds of the paper."""

_SAME_STOP, _FEWEST_STOPS = 0.008, 3
"""Rulings of one table stop within this share of the page of one another; so many are no chance."""

_SEEN_THROUGH, _OF_PRINT = 0.45, 0.13
"""A ruling whose ink has less than the first share of the darkness of the darkest whole one, or less than the
second of that of the print, is one of the other side that shows through."""

_WHOLE_MM, _WHOLE = 15.0, 0.9
"""A whole ruling is at least so long, and so much of it has ink."""

_DARK_PRINT = 90
"""The percentile of the darkness of ink that stands for that of the print."""

_ALIGNED_MM = 0.6
_NEAR_MM = 3.0
"""A curved ruling strays this far from the straight line between its ends, both sides together."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight ruling from (start, start_at) to (end, end_at).

    For a horizontal one ``start``/``end`` are x and ``start_at``/``end_at`` y; for a vertical one
    the other way round. ``thickness`` is in pixels too; ``inked`` is the share of its length
    that has ink: dotted ones have less than solid ones. ``darkness`` is how many grey levels it is
    darker than what is beside it, on average.
    """

    start: float
    end: float
    start_at: float
    end_at: float
    thickness: float
    inked: float = 1.0
    darkness: float = 64.0

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def slope(self) -> float:
        return (self.end_at - self.start_at) / max(self.length, 1.0)

    @property
    def ink_darkness(self) -> float:
        """The darkness of its ink alone: of a worn ruling, the gaps left out."""
        return self.darkness / max(self.inked, _LEAST_INKED)

    def at(self, position: float) -> float:
        """Where the ruling, prolonged if need be, is at ``position`` along it."""
        return self.start_at + self.slope * (position - self.start)


def find_rulings(thin: ThinInk) -> tuple[list[Ruling], list[Ruling], tuple[Mask, Mask]]:
    """Horizontal and vertical rulings in pixels of the page, and the ink of each in those of ``thin``."""
    across, across_ink = _straight(thin.lines, thin.dpi, _WINDOW_ACROSS_MM, _SHORTEST_ACROSS_MM)
    turned = np.ascontiguousarray(thin.lines.T)
    down, down_ink = _straight(turned, thin.dpi, _WINDOW_DOWN_MM, _SHORTEST_DOWN_MM)
    dpi = thin.dpi * thin.factor
    least = _least_darkness(thin, [*across, *down])
    return (
        _mended(_scaled([r for r in across if r.ink_darkness >= least], thin.factor), dpi),
        _mended(_scaled([r for r in down if r.ink_darkness >= least], thin.factor), dpi),
        (across_ink, np.ascontiguousarray(down_ink.T)),
    )


def _least_darkness(thin: ThinInk, rulings: list[Ruling]) -> float:
    """The ink darkness below which rulings are those of a table on the other side of the paper."""
    long = millimetres(_WHOLE_MM, thin.dpi)
    whole = (r.ink_darkness for r in rulings if r.length >= long and r.inked >= _WHOLE)
    print_ink = thin.darkness.ravel()[np.flatnonzero(thin.mask.view(np.bool_))]
    print_darkness = float(np.percentile(print_ink, _DARK_PRINT)) if print_ink.size else 0.0
    return max(_SEEN_THROUGH * max(whole, default=0.0), _OF_PRINT * print_darkness)


def without_streaks(rulings: list[Ruling], extent: float) -> list[Ruling]:
    """The rulings without streaks and folds: single ones from edge to edge of the page, ``extent`` pixels.

    Those of a table stop at its margins; where a scan cuts them off, there are several. One that stops where
    others do is theirs: grain goes on in its row at the other side.
    """
    rim = _PAGE_EDGE * extent
    through = [r for r in rulings if r.start < rim and r.end > extent - rim]
    if len(through) > _MOST_STREAKS:
        return rulings
    others = [r for r in rulings if r not in through]
    return [r for r in rulings if r not in through or _stops_with(others, r, _SAME_STOP * extent)]


def _stops_with(others: list[Ruling], ruling: Ruling, near: float) -> bool:
    """Whether several ``others`` start where ``ruling`` does, or end where it ends."""
    starts = sum(abs(other.start - ruling.start) <= near for other in others)
    ends = sum(abs(other.end - ruling.end) <= near for other in others)
    return max(starts, ends) >= _FEWEST_STOPS


def ruling_ink(
    thin: ThinInk, inks: tuple[Mask, Mask], across: list[Ruling], down: list[Ruling], shape: tuple[int, ...]
) -> Mask:
    """The ink of these rulings on a page of ``shape`` pixels, from that of all level and all upright ones.

    Of letters and arrows that cross one it has only the crossing.
    """
    reach = round(millimetres(_NEAR_MM, thin.dpi))
    level, upright = np.zeros_like(inks[0]), np.zeros_like(inks[1])
    for r in _scaled(across, 1 / thin.factor):
        cv2.line(level, (round(r.start), round(r.start_at)), (round(r.end), round(r.end_at)), 1, reach)
    for r in _scaled(down, 1 / thin.factor):
        cv2.line(upright, (round(r.start_at), round(r.start)), (round(r.end_at), round(r.end)), 1, reach)
    return _enlarged(inks[0] & level | inks[1] & upright, thin.factor, shape)


def _enlarged(ink: Mask, factor: int, shape: tuple[int, ...]) -> Mask:
    # One pixel more on every side takes the ragged rim of the ruling along.
    wide = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    large = cv2.resize(wide, None, fx=factor, fy=factor, interpolation=cv2.INTER_NEAREST)
    if large.shape == shape[:2]:
        return np.asarray(large, np.uint8)
    # Shrinking dropped the odd pixels at the right and at the foot.
    whole = np.zeros(shape[:2], np.uint8)
    height, width = min(shape[0], large.shape[0]), min(shape[1], large.shape[1])
    whole[:height, :width] = large[:height, :width]
    return whole


def _straight(
    darkness: GreyImage, dpi: float, window_mm: float, shortest_mm: float
) -> tuple[list[Ruling], Mask]:
    """Level rulings of an image, as they lie in it, and the mask of their ink."""
    window = round(millimetres(window_mm, dpi))
    beside = round(millimetres(_BESIDE_MM, dpi))
    runs = Parts.of(_runs(darkness, window, beside))
    # Averaging draws a ruling out at both ends.
    drawn_out = round(0.3 * window)
    long = runs.width - 2 * drawn_out >= millimetres(shortest_mm, dpi)
    thin = runs.area <= millimetres(_THICKEST_MM, dpi) * runs.width
    found, kept = [], np.zeros(long.size, np.bool_)
    for i in np.flatnonzero((long & thin)[1:]) + 1:
        left, top = int(runs.left[i]) + drawn_out, int(runs.top[i])
        piece = runs.labels[top : runs.bottom[i], left : runs.right[i] - drawn_out] == i
        if not piece.any(axis=0).all():
            continue
        ruling = _traced(piece, left, top)
        ruling = _weighed(darkness, _trimmed(darkness, ruling, round(millimetres(_TAIL_MM, dpi))), beside)
        if ruling.inked >= _LEAST_INKED:
            kept[i] = True
            found.append(ruling)
    return found, runs.choose(kept).view(np.uint8)


def _trimmed(darkness: GreyImage, ruling: Ruling, window: int) -> Ruling:
    """``ruling`` without tails much fainter than it is: in them what shows through goes on in its row."""
    x, along = _darkness_along(darkness, ruling, (-1, 0, 1))
    mean = cv2.blur(along.max(axis=0)[None, :].astype(np.float32), (window, 1))[0]
    as_dark = np.flatnonzero(mean >= _TAIL * np.median(mean))
    start, end = float(x[as_dark[0]]), float(x[as_dark[-1]] + 1)
    return replace(ruling, start=start, end=end, start_at=ruling.at(start), end_at=ruling.at(end))


def _darkness_along(
    darkness: GreyImage, ruling: Ruling, shifts: tuple[int, ...]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The N places of a ruling in pixels, and MxN: how dark it is there, shifted aside by each of M."""
    x = np.arange(round(ruling.start), round(ruling.end))
    y = (ruling.start_at + ruling.slope * (x - ruling.start)).astype(int)
    rows = [np.minimum(darkness[(y + by).clip(0, len(darkness) - 1), x], _BRIGHTEST) for by in shifts]
    return x, np.array(rows, np.uint8)


def _weighed(darkness: GreyImage, ruling: Ruling, beside: int) -> Ruling:
    """``ruling`` with how dark it is, and the share of its length that has any ink.

    Commas and full stops of a column add up to little of either.
    """
    _, rows = _darkness_along(darkness, ruling, (-1, 0, 1, -beside, beside))
    along = rows[:3].max(axis=0)
    nearby = max(float(row.mean()) for row in rows[3:])
    return replace(
        ruling, inked=float((along >= _ANY_INK).mean()), darkness=max(0.0, float(along.mean()) - nearby)
    )


def _runs(darkness: GreyImage, window: int, beside: int) -> Mask:
    """Where darkness averaged along the rows stands out from that of the rows beside."""
    scaled = np.minimum(darkness, _BRIGHTEST) * np.uint8(_FINENESS)
    mean = cv2.blur(scaled, (window, 1))
    noise = float(np.median(mean[::4, ::4]))
    rows = cv2.copyMakeBorder(mean, beside, beside, 0, 0, cv2.BORDER_REPLICATE)
    nearby = cv2.max(rows[: -2 * beside], rows[2 * beside :])
    stands_out = cv2.subtract(mean, nearby) >= _FAINTEST * _FINENESS
    beyond = cv2.addWeighted(nearby, 1 / _BESIDE_SHARE, mean, -1.0, 0.0)
    clear = beyond <= math.floor(noise * (1 / _BESIDE_SHARE - 1))
    return np.asarray(stands_out & clear, np.uint8)


def _traced(piece: NDArray[np.bool_], x: int, y: int) -> Ruling:
    """The straight line through a piece of ruling whose top left pixel is (x, y)."""
    width = piece.shape[1]
    margin = max(1, width // 8)
    rows = np.arange(piece.shape[0]) + 0.5
    left, right = piece[:, :margin].sum(axis=1), piece[:, -margin:].sum(axis=1)
    start, end = float(rows @ left / left.sum()), float(rows @ right / right.sum())
    # The two means stand for the middle of each margin; prolong them to the ends.
    lean = (end - start) / max(width - margin, 1) * margin / 2
    return Ruling(x, x + width, y + start - lean, y + end + lean, piece.sum() / width)


def _scaled(rulings: list[Ruling], factor: float) -> list[Ruling]:
    return [
        replace(
            r,
            start=r.start * factor,
            end=r.end * factor,
            start_at=r.start_at * factor,
            end_at=r.end_at * factor,
            thickness=r.thickness * factor,
        )
        for r in rulings
    ]


def _mended(rulings: list[Ruling], dpi: float) -> list[Ruling]:
    """Broken rulings joined: segments one after the other on the same straight line."""
    if not rulings:
        return []
    gap, aligned = millimetres(_BREAK_MM, dpi), millimetres(_ALIGNED_MM, dpi)
    start = np.array([r.start for r in rulings])
    end = np.array([r.end for r in rulings])
    at = np.array([(r.start_at + r.end_at) / 2 for r in rulings])
    slope = np.array([r.slope for r in rulings])
    middle = (np.minimum(end[:, None], end) + np.maximum(start[:, None], start)) / 2
    centre = (start + end) / 2
    here = at[:, None] + slope[:, None] * (middle - centre[:, None])
    there = at[None, :] + slope[None, :] * (middle - centre[None, :])
    apart = np.maximum(start[:, None], start) - np.minimum(end[:, None], end)
    labels = group_labels((apart <= gap) & (np.abs(here - there) <= aligned))
    return [
        _union([rulings[i] for i in np.flatnonzero(labels == label)]) for label in range(labels.max() + 1)
    ]


def _union(parts: list[Ruling]) -> Ruling:
    first = min(parts, key=lambda r: r.start)
    last = max(parts, key=lambda r: r.end)
    length = sum(r.length for r in parts)
    thickness = sum(r.thickness * r.length for r in parts) / length
    inked = sum(r.inked * r.length for r in parts) / length
    darkness = sum(r.darkness * r.length for r in parts) / length
    return Ruling(first.start, last.end, first.start_at, last.end_at, thickness, inked, darkness)
