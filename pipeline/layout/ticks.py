"""Ticks: whether a cell holds a mark, told from empty cells, dashes, specks and text by its ink.

A cell is judged by the shape of its ink, and then by its column: a shape like a mark is one only where
no more cells of the column hold text than hold marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Labels, labelled
from pipeline.layout.ink import Mask
from pipeline.layout.nontext import SPOT, are_solid_and_round
from pipeline.layout.tick_shapes import (
    has_holes,
    is_box,
    is_check,
    is_cross,
    is_disc,
    is_stroke,
)
from pipeline.model import Tick

_SPECK = 0.22
"""Ink smaller than this many body heights both ways is a speck."""

_SHRED = 0.15
"""What is thinner than this many body heights and lies along the rim of its cell is of a ruling."""

_SOLID, _BLOT, _BESIDE = 0.4, 0.55, 0.2
"""Ink that fills this share of its box and is up to this share of the largest is a blot; so many body
heights away from that it is no part of it."""

_CUT_SPOT = 1.0
"""What is solid, cut by the rim of its cell and less than so many body heights long is no mark: a spot on a
ruling."""

_TORN, _RISES, _TORN_SURE = 0.35, -0.85, 0.7
"""Spots no further apart than so many body heights, whose ink lies along a line that rises to the right (by
the correlation of its places), are what is left of a mark; how sure that is."""

DISC_SURE = 0.9
"""How sure a disc that is larger than spots is a mark."""

_LARGEST, _SMALLEST = 3.8, 0.35
"""A mark is at least and at most this many body heights in its longer direction."""

_LOWEST_BOX = 0.6
"""A box to tick is at least so many body heights high."""

_BOX_FILLED, _SPOT_IN_BOX = 0.07, 0.5
"""A drawn box whose inside has more ink than this share is ticked; round and solid ink that is smaller than
the second share of that inside is dirt in it."""


_LINE, _LINE_THICK, _ARROW_HEAD = 1.5, 0.45, 1.2
"""A line through a cell is at least so many body heights long, mostly no thicker than the second, and its
heads no higher than the third."""

_BAR_THICK, _BAR_LONG, _BAR_FILLED = 1.2, 2.0, 0.9
"""A bar is up to so many body heights thick, so many times as long, and ink on this share of its place."""

_ACROSS, _FROM_RIM, _WHOLE = 0.6, 0.3, 0.7
"""It has this share of its cell's width, or the second where it goes on in the next; and ink on the third of
its length."""


class Content(StrEnum):
    """What the ink of a cell looks like."""

    EMPTY = "empty"
    MARK = "mark"
    EMPTY_BOX = "empty_box"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Look:
    """A cell's content and how sure its own ink makes us of it; ``disc`` is the diameter of a mark
    that is a disc, or of a spot as round as one, in body heights, and 0 of any other."""

    content: Content
    confidence: float
    disc: float = 0.0


def look_at(cell: Mask, body: float) -> Look:
    """Judge a cell from its ink (rulings erased); ``body`` is the table's consonant height in pixels."""
    pieces = _Pieces.of(cell, body)
    if pieces.count and pieces.has_line_through(body):
        return Look(Content.MARK, 0.9)
    if not pieces.count:
        return Look(Content.EMPTY, 0.99 - min(0.2, 10 * float(cell.mean())))
    if pieces.spots(body).all():
        if pieces.are_torn(body):
            return Look(Content.MARK, _TORN_SURE)
        if pieces.size.max() < _SMALLEST * body:
            return Look(Content.EMPTY, 0.88)
        return Look(Content.EMPTY, 0.7, _disc(pieces.shape(), pieces.count) / body)
    look = _look_of(pieces, body)
    main = pieces.without_blots()
    if look.content is Content.TEXT and main.count < pieces.count:
        # A mark stays one when dirt lies beside it.
        alone = _look_of(main, body)
        return look if alone.content is Content.TEXT else Look(alone.content, 0.9 * alone.confidence)
    return look


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Components of a cell: of N chosen ones the number in ``labels`` (HxW), the box (x, y, width,
    height in pixels) and the share of it that is inked."""

    labels: Labels
    numbers: NDArray[np.int64]
    boxes: NDArray[np.int32]
    filled: NDArray[np.float64]

    @staticmethod
    def of(cell: Mask, body: float) -> _Pieces:
        """Those that are no specks, nor shreds of rulings, nor blots far from the largest."""
        labels, stats = labelled(np.ascontiguousarray(cell))
        boxes = stats[:, :4]
        filled = stats[:, cv2.CC_STAT_AREA] / np.maximum(1, boxes[:, 2] * boxes[:, 3])
        every = _Pieces(labels, np.arange(len(stats)), boxes, filled)
        ink = every.numbers > 0
        pieces = every.take(np.flatnonzero(ink & (every.size >= _SPECK * body) & ~every._shreds(body)))
        if not pieces.count:
            return pieces
        main = pieces.boxes[int(np.argmax(pieces.size))]
        x, y, width, height = pieces.boxes.T
        apart_x = np.maximum(x - main[0] - main[2], main[0] - x - width)
        apart_y = np.maximum(y - main[1] - main[3], main[1] - y - height)
        near = np.maximum(apart_x, apart_y) <= _BESIDE * body
        return pieces.take(np.flatnonzero(near | ~pieces._blots()))

    @property
    def count(self) -> int:
        return len(self.numbers)

    @property
    def size(self) -> NDArray[np.int32]:
        """The longer side of each."""
        return np.maximum(self.boxes[:, 2], self.boxes[:, 3])

    def take(self, chosen: NDArray[np.int64]) -> _Pieces:
        return _Pieces(self.labels, self.numbers[chosen], self.boxes[chosen], self.filled[chosen])

    def spots(self, body: float) -> NDArray[np.bool_]:
        """Which are solid and smaller than any mark: dirt, where nothing else is.

        They are about as high as wide, unless the rim of the cell cuts them: those lie on a ruling.
        """
        height, width = self.labels.shape
        x, y, across, down = self.boxes.T
        round_ = are_solid_and_round(across, down, self.filled * across * down)
        cut = (x == 0) | (y == 0) | (x + across == width) | (y + down == height)
        cut &= (self.size < _CUT_SPOT * body) & (self.filled > _SOLID)
        return np.asarray(round_ & (self.size < SPOT * body) | cut)

    def are_torn(self, body: float) -> bool:
        """Whether these spots are what is left of a stroke that rises to the right, as those of marks do."""
        order = np.argsort(self.boxes[:, 0])
        x, y, across, down = self.boxes[order].T
        apart = np.maximum(x[1:] - (x + across)[:-1], y[:-1] - (y + down)[1:])
        shape = self.shape()
        if self.count < 2 or apart.max() > _TORN * body or max(shape.shape) < SPOT * body:
            return False
        rows, columns = np.nonzero(shape)
        return bool(np.corrcoef(rows, columns)[0, 1] <= _RISES)

    def has_line_through(self, body: float) -> bool:
        """Whether a level line runs through the cell, if in pieces, or from one side into it."""
        y, down = self.boxes[:, 1], self.boxes[:, 3]
        middles = y + down / 2
        main = int(np.argmax(self.boxes[:, 2]))
        beside = (np.abs(middles - middles[main]) <= _LINE_THICK * body) & (down <= _ARROW_HEAD * body)
        if not beside[main]:
            return False
        x, across = self.boxes[beside, 0], self.boxes[beside, 2]
        first, last, width = int(x.min()), int((x + across).max()), self.labels.shape[1]
        goes_on = first == 0 or last == width
        if last - first < max(_LINE * body, (_FROM_RIM if goes_on else _ACROSS) * width):
            return False
        band = np.isin(
            self.labels[int(y[beside].min()) : int((y + down)[beside].max())], self.numbers[beside]
        )
        inked = np.flatnonzero(band.any(axis=0))
        spans = len(band) - band[::-1, inked].argmax(axis=0) - band[:, inked].argmax(axis=0)
        length, thick = last - first, float(np.median(spans))
        filled = float(band.sum()) / (thick * length)
        bar = thick <= min(_BAR_THICK * body, length / _BAR_LONG) and filled >= _BAR_FILLED
        level = thick <= _LINE_THICK * body or bar
        return level and len(inked) >= _WHOLE * length

    def without_blots(self) -> _Pieces:
        return self.take(np.flatnonzero(~self._blots()))

    def _blots(self) -> NDArray[np.bool_]:
        return np.asarray((self.filled > _SOLID) & (self.size <= _BLOT * self.size.max()))

    def _shreds(self, body: float) -> NDArray[np.bool_]:
        """Thin ink along the cell's rim, which erasing a ruling left."""
        height, width = self.labels.shape
        x, y, across, down = self.boxes.T
        beside = ((x == 0) | (x + across == width)) & (across < _SHRED * body)
        along = ((y == 0) | (y + down == height)) & (down < _SHRED * body)
        return np.asarray(beside | along)

    def ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The first x and y of the box around these pieces, and the ends of it."""
        return self.boxes[:, :2].min(axis=0), (self.boxes[:, :2] + self.boxes[:, 2:]).max(axis=0)

    def shape(self) -> Mask:
        """The ink of these pieces alone, in the box around them."""
        (x0, y0), (x1, y1) = self.ends()
        return np.asarray(np.isin(self.labels[y0:y1, x0:x1], self.numbers), np.uint8)


def _look_of(pieces: _Pieces, body: float) -> Look:
    first, end = pieces.ends()
    longest = int((end - first).max())
    if pieces.count > 4 or longest > _LARGEST * body or longest < _SMALLEST * body:
        return Look(Content.TEXT, 0.95)
    shape = pieces.shape()
    if disc := _disc(shape, pieces.count):
        return Look(Content.MARK, DISC_SURE, disc / body)
    height, width = shape.shape
    largest = pieces.boxes[int(np.argmax(pieces.boxes[:, 2] * pieces.boxes[:, 3]))]
    spans = largest[2] >= 0.9 * width and largest[3] >= 0.9 * height
    if spans and height >= _LOWEST_BOX * body and is_box(shape):
        return _box_look(shape)
    return Look(*_shape_look(shape, pieces.count, body))


def _disc(shape: Mask, pieces: int) -> float:
    """The diameter of what is one disc, in pixels; else 0."""
    return float(max(shape.shape)) if pieces == 1 and is_disc(shape) else 0.0


def _box_look(shape: Mask) -> Look:
    height, width = shape.shape
    rim_y, rim_x = max(2, round(height * 0.22)), max(2, round(width * 0.22))
    inner = shape[rim_y : height - rim_y, rim_x : width - rim_x]
    inside = _without_spots(inner) if inner.size else 0.0
    ticked = inside > _BOX_FILLED
    sure = min(0.99, 0.6 + abs(inside - _BOX_FILLED) * 8)
    return Look(Content.MARK if ticked else Content.EMPTY_BOX, sure)


def _without_spots(inner: Mask) -> float:
    """The share of the inside of a box that is inked, but by dirt."""
    labels, stats = labelled(np.ascontiguousarray(inner))
    across, down, area = stats[:, 2], stats[:, 3], stats[:, cv2.CC_STAT_AREA]
    small = np.maximum(across, down) < _SPOT_IN_BOX * min(inner.shape)
    spots = are_solid_and_round(across, down, area) & small
    spots[0] = True
    return float((~spots[labels]).mean())


def _shape_look(shape: Mask, pieces: int, body: float) -> tuple[Content, float]:
    height, width = shape.shape
    fill = float(shape.mean())
    if height < 0.4 * body and width > 1.3 * height and fill > 0.5:
        return Content.TEXT, 0.9
    if pieces > 2 or has_holes(shape):
        return Content.TEXT, 0.85
    if is_cross(shape):
        return Content.MARK, 0.9
    if is_check(shape):
        return Content.MARK, 0.92
    if is_stroke(shape):
        return Content.MARK, 0.75
    return Content.TEXT, 0.7


def column_ticks(looks: list[Look]) -> list[Tick | None]:
    """Ticks of one column from the looks of its cells below the header, top to bottom."""
    marks = sum(look.content in (Content.MARK, Content.EMPTY_BOX) for look in looks)
    texts = sum(look.content is Content.TEXT for look in looks)
    if marks < texts:
        return [_tick(look, 0.0) if look.content is Content.EMPTY else None for look in looks]
    return [_tick(look, 0.03 * min(marks - 1, 3)) for look in looks]


def _tick(look: Look, support: float) -> Tick | None:
    match look.content:
        case Content.MARK:
            return Tick(True, min(0.995, look.confidence + support))
        case Content.EMPTY_BOX:
            return Tick(False, min(0.995, look.confidence + support))
        case Content.EMPTY:
            return Tick(False, look.confidence)
        case _:
            return None
