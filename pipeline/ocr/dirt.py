"""Lines that are no writing: the dirt of a worn drum or a bad copy, framed and read like a line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.model import Line

_LONGEST_SPOT = 2
"""Characters that a line of dirt mostly has, spaces not counted."""

_SURE = 0.98
"""A short line read with this confidence is writing: a page number, an item number."""

_FEWEST_SPOTS, _LEAST_SHARE = 12, 0.7
"""A page with fewer doubtful short lines than this, or than this share of its other lines, is not dirty:
they may be notes in the margin, or the item numbers of a list."""

_SENSELESS = 0.55
"""On a dirty page, a line whose characters are on average surer than this is writing."""


def without_dirt(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page without those that are dirt.

    Spots of dirt stand alone, are read as a character or two, and come in numbers; a few doubtful
    short lines may as well be writing, and then all lines stay.
    """
    spots = [_is_spot(line) for line in lines]
    if sum(spots) < max(_FEWEST_SPOTS, _LEAST_SHARE * (len(spots) - sum(spots))):
        return tuple(lines)
    return tuple(
        line for line, is_spot in zip(lines, spots, strict=True) if not is_spot and not _senseless(line)
    )


def _is_spot(line: Line) -> bool:
    return len(line.text.replace(" ", "")) <= _LONGEST_SPOT and line.confidence < _SURE


def _senseless(line: Line) -> bool:
    return float(np.mean([character.confidence for character in line.characters] or [0.0])) < _SENSELESS
