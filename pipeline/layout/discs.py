"""Discs in the cells of a table: marks (●) or spots of dirt, told by what the table's other cells hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.layout.ticks import DISC_SURE, Content, Look

_SMALL_DISC = 0.6
"""A disc smaller than this share of what discs are in its table is dirt."""

_DIFFER, _FEWEST, _MOSTLY = 0.2, 4, 0.6
"""The discs of a table differ by no more than the first share; so many of them, and this share of all that
are round, are marks though each might be a spot."""


def without_dirt(looks: list[Look]) -> list[Look]:
    """The looks of a table's cells, with discs that are none of its marks held for empty.

    A blot of dirt may be as large as a small disc. But a table's discs are of one size, and hardly
    ever stand beside more marks of another shape. Where many are, they are marks however small.
    """
    marks = [look for look in looks if look.content is Content.MARK]
    drawn = [look.disc for look in marks if look.disc]
    discs = np.array([look.disc for look in looks if look.disc])
    usual = float(np.median(discs)) if len(discs) else 0.0
    alike = int((np.abs(discs - usual) <= _DIFFER * usual).sum())
    others = len(marks) - len(drawn)
    if alike >= max(_FEWEST, others, _MOSTLY * len(discs)):
        return [_disc_among(look, _SMALL_DISC * usual) for look in looks]
    least = np.inf if others > len(drawn) else _SMALL_DISC * float(np.median(drawn or [0.0]))
    return [
        Look(Content.EMPTY, 0.6) if look.content is Content.MARK and 0 < look.disc < least else look
        for look in looks
    ]


def _disc_among(look: Look, least: float) -> Look:
    """The look of a disc in a table whose marks are discs, of which ``least`` is the smallest."""
    if look.disc >= least:
        return replace(look, content=Content.MARK, confidence=DISC_SURE)
    return Look(Content.EMPTY, 0.6) if look.disc else look
