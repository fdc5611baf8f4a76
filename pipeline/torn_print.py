"""Torn print: lines of which so much ink is lost that their size was not told, read again as they may be.

A bad copy takes the tops and the feet of letters away. What is left of them is lower than they are, and its
lower edges stand higher than their baseline, so that a line is framed too narrowly to be read. A name that a
signature crosses hangs together with it, and is taken for larger than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, median

from pipeline.model import GreyImage, Line, LineRegion
from pipeline.ocr import Recogniser

TORN, FEWEST = 0.1, 4
"""A line read less surely than the first, of at least so many characters, is torn, or no print at all."""

LEGIBLE, LONG = 0.5, 8
"""A line at least so surely read, and longer than the second, tells the size of the page's print."""

TALLER = 1.35
"""Letters are about so many times as tall as what is left of them, where no line tells their size."""

CROSSED = 1.3
"""A line so many times as large as the page's print is print of that size, and crossed by something."""

FEET = 0.15
"""They stand lower than what is left of them by this share of a body height, or as low."""

CLEARLY = 0.02
"""A reading at another size is the better one where its characters are so much surer on average."""


def reread_torn(
    reader: Recogniser, image: GreyImage, regions: Sequence[LineRegion], lines: Sequence[Line]
) -> tuple[Line, ...]:
    """``lines`` of the ``regions`` of ``image``, each torn one as it reads best at any likely size."""
    torn = [place for place, line in enumerate(lines) if _is_torn(line)]
    usual = _usual_height(lines)
    likely = [_likely(regions[place], usual) for place in torn]
    again = iter(reader.read(image, [region for several in likely for region in several]))
    kept = list(lines)
    for place, several in zip(torn, likely, strict=True):
        best = max((next(again) for _ in several), key=_sureness)
        if _sureness(best) > _sureness(lines[place]) + CLEARLY:
            kept[place] = best
    return tuple(kept)


def _is_torn(line: Line) -> bool:
    return line.confidence < TORN and len(line.text) >= FEWEST


def _usual_height(lines: Sequence[Line]) -> float | None:
    """The body height of the page's legible print in pixels, if there is any."""
    heights = [line.body_height for line in lines if line.confidence > LEGIBLE and len(line.text) > LONG]
    return median(height for height in heights if height) if any(heights) else None


def _likely(region: LineRegion, usual: float | None) -> list[LineRegion]:
    """The region as large as the page's print, or somewhat larger than it was found, and lower."""
    found = region.body_height
    as_usual = usual is not None and (usual > found or found > CROSSED * usual)
    other = usual if usual is not None and as_usual else TALLER * found
    sizes = [(found, FEET * found), (other, 0.0), (other, FEET * other)]
    return [
        replace(
            region,
            body_height=size,
            baseline_left=region.baseline_left + lower,
            baseline_right=region.baseline_right + lower,
        )
        for size, lower in sizes
    ]


def _sureness(line: Line) -> float:
    """How sure the characters of a line are on average: its own confidence can't tell the worst apart."""
    return fmean(character.confidence for character in line.characters) if line.characters else 0.0
