"""What worn rulings leave on a page beside the rulings that were found: shreds and specks, taken off here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Parts
from pipeline.layout.bodies import millimetres
from pipeline.layout.ink import Mask, Numbers
from pipeline.layout.rulings import Ruling
from pipeline.speck_rows import on_crowded_rows

_SHRED_MM, _SLENDER, _PIECE_MM = 0.4, 2.0, 1.5
"""A shred of a ruling is at most so thick and at least so many times longer; in rows of them, one counts as
often as it is longer than the last."""

_SPECK_MM, _ON_MM, _BEYOND_MM = 0.7, 0.35, 30.0
"""A speck is smaller than the first; specks and shreds whose middle is so near to a ruling, or to the line in
which it would go on for so long, are of that ruling."""

_SAME_PLACE_MM, _UPRIGHT_MM = 1.8, 15.0
"""Pieces of one upright ruling differ in their place by no more than the first from one to the next, and are
together at least as long as the second."""


def without_shreds(
    mask: Mask, across: list[Ruling], down: list[Ruling], arrows: list[Ruling], dpi: int
) -> Mask:
    """The ink of a page of worn rulings without the shreds of them, which stand in rows or on a ruling.

    Those of ``arrows`` stay, which are no rulings.
    """
    parts = Parts.of(mask)
    x, y, width, height = (a[1:] for a in (parts.left, parts.top, parts.width, parts.height))
    middle, level = x + width / 2, y + height / 2
    speck = np.maximum(width, height) <= millimetres(_SPECK_MM, dpi)
    shreds = np.zeros(parts.area.size, np.bool_)
    beyond = millimetres(_BEYOND_MM, dpi)
    for rulings, along, aside, length, thickness in (
        (across, middle, level, width, height),
        (down, level, middle, height, width),
    ):
        thin = thickness <= millimetres(_SHRED_MM, dpi)
        slender = thin & (length >= _SLENDER * thickness)
        # A long shred counts as the many short ones that it might have been worn into.
        pieces = np.maximum(1, np.ceil(length / millimetres(_PIECE_MM, dpi))).astype(np.intp)
        chosen = np.repeat(np.flatnonzero(slender), pieces[slender])
        shreds[1 + chosen[on_crowded_rows(along[chosen], aside[chosen], dpi)]] = True
        shreds[1:] |= (slender | speck) & _on_any(rulings, along, aside, beyond, dpi)
    shreds[1:] &= ~_on_any(arrows, middle, level, 0.0, dpi)
    return np.where(parts.choose(shreds), np.uint8(0), mask)


def upright_places(down: list[Ruling], dpi: int) -> Numbers:
    """Where (x) upright rulings stand of which enough is left, pieces one below the other taken together."""
    pieces = np.array([((r.start_at + r.end_at) / 2, r.length) for r in down]).reshape(-1, 2)
    pieces = pieces[np.argsort(pieces[:, 0])]
    cuts = np.flatnonzero(np.diff(pieces[:, 0]) > millimetres(_SAME_PLACE_MM, dpi)) + 1
    long = [part for part in np.split(pieces, cuts) if part[:, 1].sum() >= millimetres(_UPRIGHT_MM, dpi)]
    return np.array([np.average(part[:, 0], weights=part[:, 1]) for part in long], np.float64)


def _on_any(
    rulings: list[Ruling], along: Numbers, aside: Numbers, beyond: float, dpi: int
) -> NDArray[np.bool_]:
    """What is on a ruling, or on its line at most so many pixels ``beyond`` its ends."""
    near = millimetres(_ON_MM, dpi)
    on = np.zeros(len(along), np.bool_)
    for r in rulings:
        on |= (
            (np.abs(aside - (r.start_at + r.slope * (along - r.start))) <= near)
            & (along >= r.start - beyond)
            & (along <= r.end + beyond)
        )
    return on
