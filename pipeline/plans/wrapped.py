"""Amounts that go on in the next line of a narrow column: ``๑๑๕,๐๐`` over ``๐``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline import lattice
from pipeline.model import Box, Line
from pipeline.thai import squeeze

_FIGURES = regex.compile(r"[\d,.]*\d[\d,.]*")
"""What each line of one amount is, squeezed."""

_GROUPED = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?")
"""An amount whose commas tell it from several numbers, squeezed."""


def unwrapped(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` as one where they are those of one amount, which is broken where its cell ends."""
    return [_one(lines)] if len(lines) > 1 and _say_one_amount(lines) else lines


def _say_one_amount(lines: Sequence[Line]) -> bool:
    fills_its_cell = max(lines, key=_width) is lines[0]
    whole = "".join(squeeze(line.text) for line in lines)
    return fills_its_cell and all(map(is_figures, lines)) and _GROUPED.fullmatch(whole) is not None


def is_figures(line: Line) -> bool:
    """Whether a line holds digits, points and commas alone."""
    return _FIGURES.fullmatch(squeeze(line.text)) is not None


def _width(line: Line) -> float:
    return line.box.width


def _one(lines: Sequence[Line]) -> Line:
    read = [line.lattice for line in lines if line.lattice is not None]
    return replace(
        lines[0],
        text="".join(squeeze(line.text) for line in lines),
        box=Box.around(line.box for line in lines),
        confidence=math.prod(line.confidence for line in lines),
        characters=(),
        lattice=lattice.joined(read) if len(read) == len(lines) else None,
    )
