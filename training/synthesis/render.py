"""Ink of one line: text shaped by raqm into a coverage mask, with the geometry that is true of it."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.fonts import Face
from training.synthesis.alphabet import SYMBOLS

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


@cache
def body_per_em(face: Face) -> float:
    """Height of flat consonants (น ก บ) as a share of the em, measured from the glyphs."""
    font = font_at(face, _REFERENCE_SIZE)
    heights = sorted(-font.getbbox(sign, anchor="ls")[1] for sign in "นกบ")
    return float(heights[1]) / _REFERENCE_SIZE


@cache
def digits_per_em(face: Face) -> float:
    """Height of Arabic digits as a share of the em."""
    return float(-font_at(face, _REFERENCE_SIZE).getbbox("0", anchor="ls")[1]) / _REFERENCE_SIZE


@cache
def covers(face: Face, text: str) -> bool:
    """Whether the face has a glyph for every character of a text."""
    return not set(text) - _characters(face)


@cache
def _characters(face: Face) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(face.path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: lengths in body heights.

    ``spacing`` is extra room after every cluster (a character with its marks), ``wide_space`` after
    every space. Where ``latin`` is given, ASCII is set in it, digits ``latin_height`` body heights high;
    ``symbol`` is the face of ✓ ☐ and the like.
    """

    spacing: float = 0.0
    wide_space: float = 0.0
    latin: Face | None = None
    latin_height: float = 1.3
    symbol: Face | None = None


_PLAIN = Setting()
_SMALL = 22.0


def draw(face: Face, text: str, body_height: float, setting: Setting = _PLAIN) -> Ink:
    """Draw a text with consonants ``body_height`` pixels high.

    Small text is drawn larger and reduced: a scanner sees strokes of any width, whereas a font
    renderer fits those of small text to whole pixels.
    """
    if body_height < _SMALL:
        return draw(face, text, _SMALL, setting).scaled(body_height / _SMALL)
    size = max(6, round(body_height / body_per_em(face)))
    font = font_at(face, size)
    ascent, descent = font.getmetrics()
    ascent, descent = int(ascent * 1.25) + 2, int(descent * 1.35) + 2
    pieces = [
        (part, extra * body_height, other)
        for run, other in _runs(font, text, body_height, setting)
        for part, extra in _pieces(run, setting)
    ]
    lengths = [other.getlength(piece) for piece, _, other in pieces]
    pad = size // 2
    width = int(sum(lengths) + sum(extra for _, extra, _ in pieces)) + 2 * pad + 2
    image = Image.new("L", (max(width, 2 * pad + 2), ascent + descent), 0)
    pen = ImageDraw.Draw(image)
    x = float(pad)
    for (piece, extra, other), length in zip(pieces, lengths, strict=True):
        pen.text((x, ascent), piece, fill=255, font=other, anchor="ls")
        x += length + extra
    return Ink(np.array(image), float(ascent), size * body_per_em(face))


_RUN = re.compile(rf"(?P<latin>[!-~]+)|(?P<symbol>[{SYMBOLS}]+)")  # "0809.3/" in "มท 0809.3/ว"; "☐"


def _runs(
    font: ImageFont.FreeTypeFont, text: str, body_height: float, setting: Setting
) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """The text in runs of one font each."""
    others = {"latin": setting.latin, "symbol": setting.symbol}
    found, start = [], 0
    for match in _RUN.finditer(text):
        face = others[match.lastgroup or ""]
        if face is not None:
            size = max(6, round(body_height * setting.latin_height / digits_per_em(face)))
            found += [(text[start : match.start()], font), (match.group(), font_at(face, size))]
            start = match.end()
    return [(run, chosen) for run, chosen in [*found, (text[start:], font)] if run]


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


def _pieces(text: str, setting: Setting) -> list[tuple[str, float]]:
    """What is drawn in one go, with the extra room after it in body heights."""
    spacing, wide_space = setting.spacing, setting.wide_space
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
