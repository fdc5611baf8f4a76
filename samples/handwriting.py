"""Handwriting: the strokes of letters, thinned to a line, thrown about a little, and drawn with a pen.

Each character is set, turned and stretched on its own, then everything is thinned (Zhang and Suen,
"A fast parallel algorithm for thinning digital patterns", 1984) and drawn again with one pen, so
that what shows is the shape of the strokes and not that of a typeface.
"""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.faces import Face, font
from samples.geometry import TextRun
from samples.sheet import Piece, Sheet, clusters, ink_box

# Height of ก in the pixels in which strokes are made, before they are brought to the page's size.
_BODY = 34
_TILE = 200
_FAMILIES = ("Purisa", "Purisa", "Purisa", "Laksaman", "Loma", "Sawasdee", "Umpush")

Patch = NDArray[np.uint8]


def _seed_of(text: str, x: float, y: float) -> int:
    return sum(ord(c) * (i + 7) for i, c in enumerate(text)) + round(x * 13) + round(y * 31)


def write_by_hand(sheet: Sheet, piece: Piece, y: float) -> TextRun:
    """Write ``piece`` on the baseline at ``y``, somewhat larger than its face; in points."""
    chance = random.Random(_seed_of(piece.text, piece.x, y))
    share = piece.face.body_height * sheet.scale * chance.uniform(1.0, 1.3) / _BODY
    strokes, baseline = _strokes(piece.text, chance)
    pen = max(1.0, chance.uniform(0.75, 1.2) * sheet.scale / share)
    inked = _bend(_draw_with_pen(strokes, pen), chance)
    size = (max(1, round(inked.shape[1] * share)), max(1, round(inked.shape[0] * share)))
    patch = np.asarray(cv2.resize(inked, size, interpolation=cv2.INTER_AREA), np.uint8)
    x_pixel = round(piece.x * sheet.scale)
    y_pixel = round((y - chance.uniform(-0.4, 1.2)) * sheet.scale - baseline * share)
    sheet.lay(patch, x_pixel, y_pixel, piece.colour)
    return TextRun(piece.text, ink_box(patch, x_pixel, y_pixel), piece.ink)


def _strokes(text: str, chance: random.Random) -> tuple[Patch, float]:
    """The characters side by side, 255 where they have ink, and the row of their baseline."""
    family = chance.choice(_FAMILIES)
    hand = font(family, False, Face(family, _BODY).size)
    tight, wild = chance.uniform(0.92, 1.12), chance.uniform(0.4, 1.0)
    baseline = _TILE * 0.6
    parts = [(part, hand.getlength(part)) for part in clusters(text)]
    canvas = np.zeros((_TILE, round(sum(width for _, width in parts) * 1.4) + _TILE), np.uint8)
    x = 0.0
    for part, width in parts:
        stretch = 1 + chance.uniform(-0.12, 0.16) * wild
        if part.strip():
            tile = _character(part, hand, stretch, wild, chance)
            left, rise = round(x), round(chance.gauss(0, 1.6) * wild)
            place = canvas[:, left : left + _TILE]
            np.maximum(place, np.roll(tile, rise, axis=0)[:, : place.shape[1]], out=place)
        x += width * stretch * tight
    return canvas, baseline


def _character(part: str, hand: object, stretch: float, wild: float, chance: random.Random) -> Patch:
    """One character in a tile, its origin at the left of the baseline."""
    tile = Image.new("L", (_TILE, _TILE), 0)
    ImageDraw.Draw(tile).text((0, _TILE * 0.6), part, fill=255, font=hand, anchor="ls")  # type: ignore[arg-type]
    angle = np.deg2rad(chance.gauss(0, 4.5) * wild)
    shear = chance.uniform(-0.08, 0.16) * wild
    turned = np.array([[np.cos(angle), np.sin(angle) - shear], [-np.sin(angle), np.cos(angle)]]) * stretch
    centre = np.array([_BODY * 0.4, _TILE * 0.6 - _BODY * 0.5])
    matrix = np.column_stack([turned, centre - turned @ centre])
    return np.asarray(cv2.warpAffine(np.asarray(tile), matrix, (_TILE, _TILE)), np.uint8)


def _draw_with_pen(strokes: Patch, pen: float) -> Patch:
    """The strokes' middle lines, drawn with a round pen of ``pen`` pixels."""
    middle = _thin(strokes > 100)
    size = max(2, round(pen))
    tip = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.GaussianBlur(cv2.dilate(middle.astype(np.uint8) * 255, tip), (0, 0), 0.7), np.uint8)


def _thin(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The skeleton of ``ink``, one pixel wide."""
    held = np.pad(ink, 1)
    changed = True
    while changed:
        changed = False
        for first in (True, False):
            gone = _removable(held, first)
            held &= ~gone
            changed = changed or bool(gone.any())
    return held[1:-1, 1:-1]


def _removable(ink: NDArray[np.bool_], first: bool) -> NDArray[np.bool_]:
    """Border pixels whose loss breaks no stroke; the two passes take opposite sides."""
    around = [np.roll(ink, shift, (0, 1)) for shift in _AROUND]
    count = np.sum(around, axis=0)
    turns = np.sum([~a & b for a, b in zip(around, [*around[1:], around[0]], strict=True)], axis=0)
    north, east, south, west = (around[place] for place in (0, 2, 4, 6))
    if first:
        sides = ~(north & east & south) & ~(east & south & west)
    else:
        sides = ~(north & east & west) & ~(north & south & west)
    return np.asarray(ink & (count >= 2) & (count <= 6) & (turns == 1) & sides)


# Rolls that bring the neighbours over a pixel: north first, then clockwise.
_AROUND = ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))


def _bend(patch: Patch, chance: random.Random) -> Patch:
    """Slant and waver the whole, by less than would join or part strokes."""
    height, width = patch.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    slant = chance.uniform(-0.08, 0.25)
    sway, dip = chance.uniform(0.6, 1.8), chance.uniform(0.8, 2.6)
    from_x = xs + slant * (ys - height * 0.6) + sway * np.sin(ys / (_BODY * 0.6) + chance.uniform(0, 6))
    from_y = ys + dip * np.sin(xs / (_BODY * chance.uniform(0.9, 1.6)) + chance.uniform(0, 6))
    bent = cv2.remap(patch, from_x.astype(np.float32), from_y.astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(bent, np.uint8)
