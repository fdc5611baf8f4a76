"""Where a row is two lines: number and office in a letter head, or two signatures side by side.

Wide gaps alone say nothing: ``เรื่อง   การ…``, ``จำนวน ๑ ชุด`` at the right margin and justified text
have them too. A gap parts two lines

- beside the emblem of a letterhead, where the number stands at the left and the office at the right;
- where the right part is the first or a later line of a block that goes on below or above with
  nothing at its left, as the address of an office does;
- where both parts are centred over parts of a neighbouring row, as signatures side by side are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.layout.ink import Components, Indices
from pipeline.layout.rows import Row
from pipeline.model import Box

_GAP = 4.0
"""Only a gap of this many body heights is looked at."""

_NEXT_ROW = 5.0
"""A neighbouring row's baseline is at most this many body heights away."""

_OFFICE = (0.4, 0.66)
"""Where an office and its address begin, as a share of the page's width; ``จำนวน`` stands further right."""

_HEAD = 0.4
"""The share of the page's height in which a letterhead lies."""

_SAME_X = 0.8
"""Left edges, or middles, that differ by less than this many body heights are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A row, or what lies between two wide gaps of it."""

    row: Row
    members: Indices
    box: Box
    pieces_in_row: int
    place: int

    @property
    def baseline(self) -> float:
        return float(self.row.baseline.at(self.box.centre[0]))


def split_rows(
    components: Components, rows: list[Row], members: list[Indices], page: Box, emblems: list[Box]
) -> list[tuple[Row, Indices]]:
    """Rows with their members, cut where the gap between two parts means two lines."""
    pieces = [
        piece for row, held in zip(rows, members, strict=True) for piece in _pieces(components, row, held)
    ]
    parts: list[tuple[Row, Indices]] = []
    for row in rows:
        mine = [piece for piece in pieces if piece.row is row]
        run = [mine[0]]
        for left, right in pairwise(mine):
            if _apart(left, right, pieces, page, emblems):
                parts.append((row, np.concatenate([piece.members for piece in run])))
                run = []
            run.append(right)
        parts.append((row, np.concatenate([piece.members for piece in run])))
    return parts


def _pieces(components: Components, row: Row, members: Indices) -> list[_Piece]:
    """The members cut wherever nothing stands for a wide gap."""
    ordered = members[np.argsort(components.x0[members], kind="stable")]
    reach = np.maximum.accumulate(components.x1[ordered])
    cuts = np.flatnonzero(components.x0[ordered][1:] - reach[:-1] > _GAP * row.baseline.body) + 1
    parts = np.split(ordered, cuts)
    return [_Piece(row, part, components.take(part).box(), len(parts), i) for i, part in enumerate(parts)]


def _apart(left: _Piece, right: _Piece, pieces: list[_Piece], page: Box, emblems: list[Box]) -> bool:
    return (
        _beside_emblem(left, right, emblems)
        or _block_goes_on(right, pieces, page)
        or _both_centred(left, right, pieces)
    )


def _beside_emblem(left: _Piece, right: _Piece, emblems: list[Box]) -> bool:
    body = left.row.baseline.body
    return any(
        left.box.x1 < emblem.x1
        and right.box.x0 > emblem.x0
        and emblem.y0 - 2 * body < left.baseline < emblem.y1 + 4 * body
        for emblem in emblems
    )


def _neighbours(piece: _Piece, pieces: list[_Piece]) -> list[_Piece]:
    reach = _NEXT_ROW * piece.row.baseline.body
    return [
        other
        for other in pieces
        if other.row is not piece.row and abs(other.baseline - piece.baseline) <= reach
    ]


def _block_goes_on(right: _Piece, pieces: list[_Piece], page: Box) -> bool:
    """Whether a neighbouring row consists only of a piece with the same left edge, as an address does."""
    begins = (right.box.x0 - page.x0) / max(page.width, 1.0)
    if not _OFFICE[0] <= begins <= _OFFICE[1] or right.box.y0 - page.y0 > _HEAD * page.height:
        return False
    near = _SAME_X * right.row.baseline.body
    return any(
        other.place == 0 and abs(other.box.x0 - right.box.x0) <= near for other in _neighbours(right, pieces)
    )


def _both_centred(left: _Piece, right: _Piece, pieces: list[_Piece]) -> bool:
    """Whether a neighbouring row has pieces with the middles of both, but not with their left edges."""
    near = _SAME_X * left.row.baseline.body
    around = _neighbours(left, pieces)

    def centred(piece: _Piece) -> bool:
        return any(
            abs(other.box.centre[0] - piece.box.centre[0]) <= near and abs(other.box.x0 - piece.box.x0) > near
            for other in around
        )

    return centred(left) and centred(right)
