"""Ink of one line: text shaped by raqm into a coverage mask, with the geometry that is true of it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.fonts import Face

Mask = NDArray[np.uint8]
"""Coverage HxW uint8: 0 is bare paper, 255 is full ink."""

_FONTS: OrderedDict[tuple[str, int], ImageFont.FreeTypeFont] = OrderedDict()
_FONTS_HELD = 1500
_REFERENCE_SIZE = 200


@dataclass(frozen=True, slots=True)
class Ink:
    """A mask with the row of its baseline (the row just below flat consonants) and its body height."""

    mask: Mask
    baseline: float
    body_height: float

    def scaled(self, share: float) -> Ink:
        """The same ink enlarged or reduced."""
        if abs(share - 1.0) < 0.02:
            return self
        way = cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR
        mask = np.asarray(cv2.resize(self.mask, None, fx=share, fy=share, interpolation=way), np.uint8)
        return Ink(mask, self.baseline * share, self.body_height * share)


def font_at(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels per em, from a bounded cache."""
    key = (str(face.path), size)
    font = _FONTS.get(key)
    if font is None:
        font = ImageFont.truetype(key[0], size, layout_engine=ImageFont.Layout.RAQM)
        _FONTS[key] = font
        if len(_FONTS) > _FONTS_HELD:
            _FONTS.popitem(last=False)
    return font


@lru_cache(maxsize=None)
def body_per_em(face: Face) -> float:
    """Height of flat consonants (น ก บ) as a share of the em, measured from the glyphs."""
    font = font_at(face, _REFERENCE_SIZE)
    heights = sorted(-font.getbbox(sign, anchor="ls")[1] for sign in "นกบ")
    return float(heights[1]) / _REFERENCE_SIZE


@lru_cache(maxsize=None)
def covers(face: Face, text: str) -> bool:
    """Whether the face has a glyph for every character of a text."""
    return not set(text) - _characters(face)


@lru_cache(maxsize=None)
def _characters(face: Face) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(face.path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def draw(face: Face, text: str, body_height: float, spacing: float = 0.0, wide_space: float = 0.0) -> Ink:
    """Draw a text with consonants ``body_height`` pixels high.

    ``spacing`` is extra room after every cluster (a character with its marks) and ``wide_space``
    after every space, both in pixels.
    """
    size = max(6, round(body_height / body_per_em(face)))
    font = font_at(face, size)
    ascent, descent = font.getmetrics()
    ascent, descent = int(ascent * 1.25) + 2, int(descent * 1.35) + 2
    pieces = _pieces(text, spacing, wide_space)
    lengths = [font.getlength(piece) for piece, _ in pieces]
    pad = size // 2
    width = int(sum(lengths) + sum(extra for _, extra in pieces)) + 2 * pad + 2
    image = Image.new("L", (width, ascent + descent), 0)
    pen = ImageDraw.Draw(image)
    x = float(pad)
    for (piece, extra), length in zip(pieces, lengths, strict=True):
        pen.text((x, ascent), piece, fill=255, font=font, anchor="ls")
        x += length + extra
    return Ink(np.array(image), float(ascent), size * body_per_em(face))


_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ")


def clusters(text: str) -> list[str]:
    """Split before every character that stands on the line of its own: ``ที่นี่`` → ``ที่``, ``นี่``."""
    found: list[str] = []
    for sign in text:
        # ำ goes with its consonant: apart, its ring would lose its place
        if found and (sign in _MARKS or sign == "ำ"):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _pieces(text: str, spacing: float, wide_space: float) -> list[tuple[str, float]]:
    if spacing:
        return [(c, spacing + (wide_space if c == " " else 0.0)) for c in clusters(text)]
    if wide_space:
        words = text.split(" ")
        return [(w + " ", wide_space) for w in words[:-1]] + [(words[-1], 0.0)]
    return [(text, 0.0)]


def beside(parts: list[tuple[Ink, float, float, float]]) -> Ink:
    """Set inks on one baseline, left to right, as (ink, gap after, lift, share of ink strength).

    ``lift`` is how far above the common baseline a part stands, in pixels. The body height is that
    of the first part.
    """
    cropped = [(_crop(ink), gap, lift, strength) for ink, gap, lift, strength in parts]
    above = max(ink.baseline + lift for ink, _, lift, _ in cropped)
    below = max(ink.mask.shape[0] - ink.baseline - lift for ink, _, lift, _ in cropped)
    top = int(np.ceil(above)) + 1
    width = sum(ink.mask.shape[1] + max(0, int(gap)) for ink, gap, _, _ in cropped) + 2
    canvas = np.zeros((top + int(np.ceil(below)) + 2, width), np.uint8)
    x = 0
    for ink, gap, lift, strength in cropped:
        x = max(0, x)
        y = round(top - lift - ink.baseline)
        height, breadth = ink.mask.shape
        part = (ink.mask * strength).astype(np.uint8)
        place = canvas[y : y + height, x : x + breadth]
        np.maximum(place, part[:, : place.shape[1]], out=place)
        x += breadth + int(gap)
    return Ink(canvas, float(top), parts[0][0].body_height)


def _crop(ink: Ink) -> Ink:
    columns = np.flatnonzero(ink.mask.max(axis=0))
    if not len(columns):
        return ink
    return Ink(ink.mask[:, columns[0] : columns[-1] + 1], ink.baseline, ink.body_height)
