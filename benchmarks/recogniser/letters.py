"""Lines of rendered letters: sentences as offices write them, in a font that training never uses.

Training's lines are words and numbers at random, so that nothing is read by heart; these show what is left
of the errors where words stand as they do in real letters. Neither their text nor their damage comes from
training's synthesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from pipeline.model import Box, GreyImage, Ink, LineRegion
from samples.content import BundleContent, DocumentContent, LetterContent
from samples.generate import random_bundle
from samples.geometry import TextLine
from samples.render import render_bundle
from samples.scan import Damage, Mode, ScanStyle
from training.synthesis import SyntheticLine

FONT = "Loma"
"""Held out from training (``training/fonts.csv``), and the fonts of the samples have it."""

STYLES = tuple(
    ScanStyle(dpi, mode, damage)
    for damage in (Damage.LIGHT, Damage.MEDIUM)
    for dpi in (200, 300)
    for mode in (Mode.GREY, Mode.BILEVEL)
)
_MARGIN = 1.5
"""Body heights of page kept around a line's ink, neighbouring lines and all."""


def letter_lines(seed: int, number: int) -> list[SyntheticLine]:
    """``number`` printed lines of letters, as many of each style, each from a bundle of its own."""
    of_each = -(-number // len(STYLES))
    styles = enumerate(STYLES, seed)
    lines = chain.from_iterable(islice(_lines(own, style), of_each) for own, style in styles)
    return list(islice(lines, number))


def _lines(seed: int, style: ScanStyle) -> Iterator[SyntheticLine]:
    bundle = random_bundle(seed)
    anew = BundleContent(bundle.name, tuple(_in_font(document) for document in bundle.documents))
    for page in render_bundle(anew, style, seed).pages:
        if isinstance(anew.documents[page.document], LetterContent):
            printed = (line for line in page.lines if {run.ink for run in line.runs} == {Ink.PRINT})
            yield from (_cut(page.image, line, style) for line in printed)


def _in_font(document: DocumentContent) -> DocumentContent:
    if not isinstance(document, LetterContent):
        return document
    return replace(document, typeface=replace(document.typeface, family=FONT))


def _cut(page: GreyImage, line: TextLine, style: ScanStyle) -> SyntheticLine:
    """The part of a grey ``page`` around a line."""
    margin = _MARGIN * line.body_height
    left, top = (max(0, int(edge - margin)) for edge in (line.box.x0, line.box.y0))
    image = page[top : int(line.box.y1 + margin), left : int(line.box.x1 + margin)]
    box = Box(line.box.x0 - left, line.box.y0 - top, line.box.x1 - left, line.box.y1 - top)
    region = LineRegion(box, line.baseline_left - top, line.baseline_right - top, line.body_height)
    damage = (f"{style.dpi} dpi", style.mode.value, style.damage.value)
    return SyntheticLine(image, region, " ".join(line.text.split()), FONT, damage, f"{line.role}/print")
