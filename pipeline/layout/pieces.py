"""Lines cut at their gaps: what may be the entries of a table without rulings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.layout.ink import Components, Indices, Numbers
from pipeline.layout.lines import FoundLines
from pipeline.layout.nontext import spots

_GAP = 0.95
"""Words of one entry are nearer to one another than this many body heights."""

APART = 1.5
"""Entries of a row are this many body heights apart where nothing else tells that they are two."""

_SPECK = 0.3
"""What is smaller than this many body heights is no entry of its own."""

_LARGEST, _HIGH, _WIDE = 4.0, 0.5, 0.3
"""A tick or a dash is at most the first as large, and at least the second high or the third wide."""

_LEAST_INK = 0.02
"""A dash has ink on at least this many square body heights."""

_STOP_BESIDE, _STOP_OFF = 0.4, 0.2
"""A full stop is so near behind its word and to the baseline, in body heights."""

LOOSE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces as columns of numbers: ends, baseline, and the line's index, or ``LOOSE`` for ink in no line."""

    left: Numbers
    right: Numbers
    base: Numbers
    line: Indices

    def __len__(self) -> int:
        return len(self.left)

    @property
    def width(self) -> Numbers:
        return self.right - self.left

    @property
    def middle(self) -> Numbers:
        return (self.left + self.right) / 2

    def take(self, chosen: NDArray[np.bool_] | Indices) -> Pieces:
        """The pieces that a mask or an index array chooses."""
        return Pieces(self.left[chosen], self.right[chosen], self.base[chosen], self.line[chosen])

    def plus(self, other: Pieces) -> Pieces:
        """Both, these first."""
        return Pieces(
            np.concatenate((self.left, other.left)),
            np.concatenate((self.right, other.right)),
            np.concatenate((self.base, other.base)),
            np.concatenate((self.line, other.line)),
        )

    def between(self, top: float, bottom: float) -> Pieces:
        """Those whose baseline is below ``top`` and not below ``bottom``."""
        return self.take((self.base > top) & (self.base <= bottom))

    def rows(self, near: float) -> list[Pieces]:
        """The pieces by height: those of one row have baselines less than ``near`` from the next one's."""
        order = np.argsort(self.base, kind="stable")
        cuts = np.flatnonzero(np.diff(self.base[order]) >= near) + 1
        return [self.take(part) for part in np.split(order, cuts)] if len(order) else []

    def joined(self, gap: float) -> Pieces:
        """Those of one row that are less than ``gap`` apart made one; they keep the first one's line."""
        if not len(self):
            return self
        order = np.argsort(self.left, kind="stable")
        reach = np.maximum.accumulate(self.right[order])
        first = np.concatenate(([0], np.flatnonzero(self.left[order][1:] - reach[:-1] >= gap) + 1))
        last = np.concatenate((first[1:] - 1, [len(order) - 1]))
        return replace(self.take(order[first]), right=reach[last])


def cut_lines(found: FoundLines, components: Components, body: float) -> Pieces:
    """Every line cut wherever nothing stands for a gap."""
    parts = [
        _cut(components.take(held), (line.baseline_left + line.baseline_right) / 2, i, body)
        for i, (line, held) in enumerate(zip(found.lines, found.members, strict=True))
    ]
    return Pieces(*(np.concatenate([part[way] for part in parts]) for way in range(4)))


def _cut(ink: Components, base: float, line: int, body: float) -> tuple[Numbers, Numbers, Numbers, Indices]:
    large = _no_specks(ink, body)
    ink = ink.take(large | _full_stops(ink, large, base, body))
    order = np.argsort(ink.x0, kind="stable")
    reach = np.maximum.accumulate(ink.x1[order])
    cuts = np.flatnonzero(ink.x0[order][1:] - reach[:-1] > _GAP * body)
    left = np.concatenate((ink.x0[order][:1], ink.x0[order][cuts + 1]))
    right = np.concatenate((reach[cuts], reach[-1:]))
    return left, right, np.full(len(left), base), np.full(len(left), line, np.int64)


def _no_specks(ink: Components, body: float) -> NDArray[np.bool_]:
    """All but specks and spots, which may fill a gap; of a line of nothing else, all."""
    large = ((ink.height >= _SPECK * body) | (ink.width >= _SPECK * body)) & ~spots(ink, body)
    return large if large.any() else ~large


def _full_stops(ink: Components, large: NDArray[np.bool_], base: float, body: float) -> NDArray[np.bool_]:
    """The specks that end a word, as those of ``(ม.ค. - มี.ค.`` do: without them it has gaps."""
    behind = ink.x0[:, None] - ink.x1[None, large]
    beside = ((behind >= 0) & (behind <= _STOP_BESIDE * body)).any(axis=1)
    return np.asarray(beside & (np.abs(ink.y1 - base) <= _STOP_OFF * body))


def loose_pieces(ink: Components, body: float) -> Pieces:
    """What in no line may be a tick or a dash, as pieces that stand on their lower edge."""
    small = (ink.width <= _LARGEST * body) & (ink.height <= _LARGEST * body)
    seen = (ink.height >= _HIGH * body) | (ink.width >= _WIDE * body) & (ink.area >= _LEAST_INK * body * body)
    ink = ink.take(small & seen & ~spots(ink, body))
    return Pieces(ink.x0, ink.x1, ink.y1, np.full(len(ink), LOOSE, np.int64))
