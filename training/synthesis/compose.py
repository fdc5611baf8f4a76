"""The stretches of a line, printed, written and stamped, set side by side on one baseline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from training.fonts import Face
from training.synthesis.alphabet import SYMBOLS
from training.synthesis.handwriting import Writer, can_write, draw_writer, write
from training.synthesis.numbers import random_number
from training.synthesis.penned import penned
from training.synthesis.render import Ink, Setting, beside, covers, draw
from training.synthesis.segments import HAND, HEADING, PRINT, STAMP, Segment, Segments, printed
from training.synthesis.stamps import stamp

Rng = np.random.Generator
_ELLIPSIS = "..."


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of a line: text, its bold, what is written by hand, Latin where set apart, symbols."""

    text: Face
    heavy: Face
    hand: Face
    latin: Face
    symbol: Face


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line is set."""

    faces: Faces
    body_height: float
    setting: Setting
    underline: bool


def draw_style(random: Random, faces: Faces, body: float) -> LineStyle:
    """A style: now and then letter-spaced, justified with wide gaps, underlined, or its Latin set apart."""
    way = random.random()
    spacing = random.uniform(0.03, 0.35) if way < 0.12 else (random.uniform(-0.04, 0.0) if way < 0.2 else 0.0)
    wide = random.uniform(0.2, 2.5) if random.random() < 0.25 else 0.0
    latin = faces.latin if random.random() < 0.22 or not covers(faces.text, "0") else None
    setting = Setting(spacing, wide, latin, random.uniform(1.0, 1.5), faces.symbol)
    return LineStyle(faces, body, setting, random.random() < 0.03)


def compose(random: Random, rng: Rng, segments: Segments, style: LineStyle) -> tuple[Ink, Segments]:
    """Draw every stretch and join them; give the ink and the stretches that were drawn.

    Characters that a face has no glyph for are left out; where none is left a number takes their place.
    """
    drawn = [kept for kept in (_writable(segment, style) for segment in segments) if kept.text]
    if not drawn:
        return compose(random, rng, printed(random_number(random)), style)
    parts = []
    for segment in drawn:
        ink, lift = _draw_segment(random, rng, segment, style)
        strength = 1.0 if segment.ink in (PRINT, HEADING) else random.uniform(0.7, 1.0)
        gap = style.body_height * (segment.gap + style.setting.spacing)
        parts.append((ink, gap, lift, strength))
    whole = beside(parts)
    if drawn[0].ink == PRINT or len(drawn) > 1:
        whole = Ink(whole.mask, whole.baseline, style.body_height)
    if style.underline:
        _underline(whole, random)
    return whole, tuple(drawn)


def _writable(segment: Segment, style: LineStyle) -> Segment:
    """The stretch without the characters that its face has no glyph for."""
    face = style.faces.hand if segment.ink == HAND else style.faces.text
    apart = segment.ink != HAND and style.setting.latin is not None
    held = (
        sign
        for sign in segment.text
        if (apart and sign.isascii())
        or (sign in SYMBOLS and segment.ink != HAND and covers(style.faces.symbol, sign))
        or covers(face, sign)
    )
    kept = " ".join("".join(held).split())
    return Segment(kept, segment.ink, segment.gap)


def _draw_segment(random: Random, rng: Rng, segment: Segment, style: LineStyle) -> tuple[Ink, float]:
    """The ink of a stretch and how far above the baseline it stands, in pixels."""
    body = style.body_height
    if segment.ink == HAND:
        return _draw_hand(random, rng, segment.text, style), body * random.uniform(-0.5, 0.35)
    if segment.ink == STAMP:
        made = stamp(random, rng, segment.text, style.faces.text, style.faces.latin, body)
        return made, body * random.uniform(-0.3, 0.4)
    if segment.ink == HEADING:
        return draw(
            style.faces.heavy, segment.text, body * random.triangular(1.0, 1.7, 1.15), style.setting
        ), 0.0
    # a fill line is read as three dots, however long it is
    dots = "." * random.choice((3, 3, 4, random.randint(5, 40)))
    ink = draw(style.faces.text, segment.text.replace(_ELLIPSIS, dots), body, style.setting)
    return _estranged(random, rng, ink), 0.0


def _estranged(random: Random, rng: Rng, ink: Ink) -> Ink:
    """Now and then letters that are no face's own, for the faces that nobody has gathered.

    A bold of a face that has none is made by printing it again a little to the right. That closes
    the notch that tells ๕ from ๔, as some bold faces nearly do, and bending moves and resizes the notch.
    """
    if random.random() < _SMEARED_SHARE:
        ink = _smeared(ink, random.uniform(0.03, 0.12))
    if random.random() < _WARPED_SHARE:
        ink = _distort(rng, ink, random.uniform(*_PRINT_PUSH), step=random.uniform(0.2, 0.6))
    return ink


def _smeared(ink: Ink, width: float) -> Ink:
    """The ink with its strokes wider to the right, by ``width`` body heights."""
    kernel = np.ones((1, 1 + max(1, round(width * ink.body_height))), np.uint8)
    return Ink(np.asarray(cv2.dilate(ink.mask, kernel), np.uint8), ink.baseline, ink.body_height)


_HAND_RUN = re.compile(r"[0-9]+|[๐-๙/]+|[^0-9๐-๙/ ]+| ")  # "๒๕", " ", "พ.ย." in "๒๕ พ.ย."


def _draw_hand(random: Random, rng: Rng, text: str, style: LineStyle) -> Ink:
    """Arabic digits as people wrote them, Thai ones stroke by stroke, words in a face bent out of shape."""
    size = style.body_height * random.uniform(0.9, 1.7)
    if random.random() < 0.15:
        return _bend(rng, draw(style.faces.hand, text, size, Setting(spacing=random.uniform(0.0, 0.2))))
    writer = draw_writer(rng)
    from_people = random.random() < _PENNED_SHARE
    if can_write(text) and not (from_people and re.search("[0-9]", text)):
        return write(rng, text, size, writer)
    parts: list[tuple[Ink, float, float, float]] = []
    for run in _HAND_RUN.findall(text):
        if run == " ":
            parts[-1] = (parts[-1][0], size * random.uniform(0.45, 0.9), *parts[-1][2:])
            continue
        if from_people and run[0] in "0123456789":
            parts += _penned_run(random, rng, run, size, writer, style.faces.hand.family.split)
            continue
        if can_write(run):
            ink = write(rng, run, size, writer)
        else:
            ink = _bend(rng, draw(style.faces.hand, run, size))
        parts.append((ink, size * random.uniform(0.02, 0.15), 0.0, 1.0))
    whole = beside(parts)
    return Ink(whole.mask, whole.baseline, size)


_PENNED_SHARE = 0.7


def _penned_run(
    random: Random, rng: Rng, run: str, size: float, writer: Writer, split: str
) -> list[tuple[Ink, float, float, float]]:
    """Arabic digits from many hands, made alike in size, pen and slant, as parts for ``beside``."""
    height = size * writer.height * random.uniform(1.0, 1.5)
    pen = random.random()
    slant = random.uniform(-0.1, 0.25)
    parts = []
    for place, digit in enumerate(run):
        ink = penned(rng, split, digit, height * random.gauss(1.0, 0.06), pen, slant + random.gauss(0, 0.03))
        # the gap may be less than nothing: digits that touch or lean over one another
        gap = size * (writer.gap * random.uniform(0.4, 1.5) - 0.08)
        parts.append((ink, gap, size * (writer.drift * place + random.gauss(0, 0.05)), 1.0))
    return parts


def _bend(rng: Rng, ink: Ink) -> Ink:
    """Bend and slant the strokes of a handwriting face so that no two characters are alike."""
    ink = _distort(rng, ink, _HAND_PUSH, float(rng.normal(0.0, 0.15)))
    if rng.random() < 0.6:
        return ink
    change = cv2.dilate if rng.random() < 0.7 else cv2.erode
    return Ink(
        np.asarray(change(ink.mask, np.ones((2, 2), np.uint8)), np.uint8), ink.baseline, ink.body_height
    )


_HAND_PUSH = 0.075
_PRINT_PUSH = (0.01, 0.04)
_WARPED_SHARE = 0.35
_SMEARED_SHARE = 0.08


def _distort(rng: Rng, ink: Ink, push: float, slant: float = 0.0, step: float = 0.45) -> Ink:
    """Move points ``step`` body heights apart by about ``push`` body heights, the rest with them."""
    height, width = ink.mask.shape
    body = ink.body_height
    mesh = max(2, int(body * step))
    shape = (height // mesh + 2, width // mesh + 2)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    for axis in (rows, columns):
        moves = rng.normal(0, push * body, shape).astype(np.float32)
        axis += cv2.resize(moves, (width, height), interpolation=cv2.INTER_CUBIC)
    columns += (rows - ink.baseline) * np.float32(slant)
    mask = np.asarray(cv2.remap(ink.mask, columns, rows, cv2.INTER_LINEAR), np.uint8)
    return Ink(mask, ink.baseline, body)


def _underline(ink: Ink, random: Random) -> None:
    row = min(ink.mask.shape[0] - 1, int(ink.baseline + ink.body_height * random.uniform(0.1, 0.35)))
    ink.mask[row : row + max(1, int(ink.body_height * 0.07))] = 255
