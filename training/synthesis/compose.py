"""The stretches of a line, printed, written and stamped, set side by side on one baseline."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from training.fonts import Face
from training.synthesis.render import Ink, beside, covers, draw
from training.synthesis.numbers import random_number
from training.synthesis.segments import HAND, PRINT, STAMP, Segment, Segments, printed

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line is set: its faces, size, and spacing in body heights."""

    face: Face
    hand: Face
    body_height: float
    spacing: float
    wide_space: float
    underline: bool


def draw_style(random: Random, face: Face, hand: Face, body: float) -> LineStyle:
    """A style: now and then letter-spaced or justified with wide gaps, now and then underlined."""
    way = random.random()
    spacing = random.uniform(0.03, 0.35) if way < 0.12 else (random.uniform(-0.04, 0.0) if way < 0.2 else 0.0)
    wide = random.uniform(0.2, 2.5) if random.random() < 0.25 else 0.0
    return LineStyle(face, hand, body, spacing, wide, random.random() < 0.03)


def compose(random: Random, rng: Rng, segments: Segments, style: LineStyle) -> tuple[Ink, Segments]:
    """Draw every stretch and join them.

    Characters that a face has no glyph for are left out; where none is left a number takes their place.
    """
    parts: list[tuple[Ink, float, float, float]] = []
    drawn: list[Segment] = []
    for segment in segments:
        segment = _writable(segment, style)
        if not segment.text:
            continue
        gap = style.body_height * (0.45 + segment.gap)
        ink, lift = _draw_segment(random, rng, segment, style)
        strength = 1.0 if segment.ink == PRINT else random.uniform(0.55, 1.0)
        parts.append((ink, gap, lift, strength))
        drawn.append(segment)
    if not parts:
        return compose(random, rng, printed(random_number(random)), style)
    whole = beside([*parts[:-1], (parts[-1][0], 0.0, *parts[-1][2:])])
    whole = Ink(whole.mask, whole.baseline, style.body_height)
    if style.underline:
        _underline(whole, random)
    return whole, tuple(drawn)


def _writable(segment: Segment, style: LineStyle) -> Segment:
    """The stretch without characters that its face has no glyph for (never all of it in practice)."""
    face = style.hand if segment.ink == HAND else style.face
    if covers(face, segment.text):
        return segment
    kept = " ".join("".join(sign for sign in segment.text if covers(face, sign)).split())
    return Segment(kept, segment.ink, segment.gap)


def _draw_segment(random: Random, rng: Rng, segment: Segment, style: LineStyle) -> tuple[Ink, float]:
    body = style.body_height
    if segment.ink == HAND:
        size = body * random.uniform(1.0, 1.8)
        ink = draw(style.hand, segment.text, size, size * random.uniform(0, 0.2))
        return _handmade(rng, ink), body * random.uniform(-0.35, 0.4)
    if segment.ink == STAMP:
        size = body * random.uniform(0.9, 1.5)
        ink = draw(style.face, segment.text, size, size * random.uniform(0.05, 0.3))
        return _stamped(rng, ink), body * random.uniform(-0.3, 0.4)
    return draw(style.face, segment.text, body, style.spacing * body, style.wide_space * body), 0.0


def _handmade(rng: Rng, ink: Ink) -> Ink:
    """Bend the strokes of a handwriting face so that no two characters are alike."""
    height, width = ink.mask.shape
    body = ink.body_height
    step = max(2, int(body * 0.45))
    shape = (height // step + 2, width // step + 2)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    for axis in (rows, columns):
        push = rng.normal(0, 0.075 * body, shape).astype(np.float32)
        axis += cv2.resize(push, (width, height), interpolation=cv2.INTER_CUBIC)
    columns += (rows - ink.baseline) * np.float32(rng.normal(0.0, 0.15))
    mask = np.asarray(cv2.remap(ink.mask, columns, rows, cv2.INTER_LINEAR), np.uint8)
    if rng.random() < 0.4:
        kernel = np.ones((2, 2), np.uint8)
        mask = np.asarray(
            cv2.dilate(mask, kernel) if rng.random() < 0.7 else cv2.erode(mask, kernel), np.uint8
        )
    return Ink(mask, ink.baseline, body)


def _stamped(rng: Rng, ink: Ink) -> Ink:
    """Ink of a rubber stamp: uneven, blotted at the edges, missing in places."""
    height, width = ink.mask.shape
    patches = rng.uniform(0.25, 1.25, (3, max(2, width // max(4, int(ink.body_height))))).astype(np.float32)
    share = np.clip(cv2.resize(patches, (width, height), interpolation=cv2.INTER_LINEAR), 0.2, 1.0)
    soft = cv2.GaussianBlur(ink.mask, (0, 0), max(0.4, 0.03 * ink.body_height))
    return Ink((soft * share).astype(np.uint8), ink.baseline, ink.body_height)


def _underline(ink: Ink, random: Random) -> None:
    row = min(ink.mask.shape[0] - 1, int(ink.baseline + ink.body_height * random.uniform(0.1, 0.35)))
    ink.mask[row : row + max(1, int(ink.body_height * 0.07))] = 255
