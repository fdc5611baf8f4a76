"""Handwriting and signatures: a hand-like font bent out of shape, and strokes along splines."""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, StampShape
from samples.faces import HAND_FAMILY, font
from samples.geometry import StampTruth, TextRun
from samples.sheet import PEN_BLUE, Colour, Piece, Sheet


def _seed_of(text: str, x: float, y: float) -> int:
    return sum(ord(c) * (i + 7) for i, c in enumerate(text)) + round(x * 13) + round(y * 31)


def _ink_box(patch: NDArray[np.uint8], x: int, y: int) -> Box:
    rows, columns = np.nonzero(patch.max(axis=1) > 60)[0], np.nonzero(patch.max(axis=0) > 60)[0]
    return Box(float(x + columns[0]), float(y + rows[0]), float(x + columns[-1] + 1), float(y + rows[-1] + 1))


def write_by_hand(sheet: Sheet, piece: Piece, y: float) -> TextRun:
    """Write ``piece`` at its place as by hand: larger, slanted, each stroke a little off."""
    chance = random.Random(_seed_of(piece.text, piece.x, y))
    size = piece.face.body_height * sheet.scale * chance.uniform(1.75, 2.15)
    hand = font(HAND_FAMILY, chance.random() < 0.3, round(size, 1))
    left, top, right, bottom = (round(v) for v in hand.getbbox(piece.text, anchor="ls"))
    margin = round(size * 0.5)
    patch_sheet = Sheet(
        (right - left + 2 * margin) * 72 / sheet.dpi, (bottom - top + 2 * margin) * 72 / sheet.dpi, sheet.dpi
    )
    patch_sheet.pen().text((margin - left, margin - top), piece.text, fill=255, font=hand, anchor="ls")
    (layer,) = patch_sheet.inks.values()
    patch = _bend(np.asarray(layer), size, chance)
    x_pixel = round(piece.x * sheet.scale) - margin
    y_pixel = round((y - chance.uniform(0, 1.2)) * sheet.scale) - margin + top
    sheet.lay(patch, x_pixel, y_pixel, piece.colour)
    return TextRun(piece.text, _ink_box(patch, x_pixel, y_pixel), piece.ink)


def _bend(patch: NDArray[np.uint8], size: float, chance: random.Random) -> NDArray[np.uint8]:
    """Slant and waver, by less than would join or part strokes."""
    height, width = patch.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    slant = chance.uniform(-0.05, 0.28)
    sway, dip = chance.uniform(0.02, 0.05) * size, chance.uniform(0.02, 0.06) * size
    from_x = xs + slant * (ys - height * 0.6) + sway * np.sin(ys / (size * 0.35) + chance.uniform(0, 6))
    from_y = ys + dip * np.sin(xs / (size * chance.uniform(0.5, 0.9)) + chance.uniform(0, 6))
    bent = cv2.remap(patch, from_x.astype(np.float32), from_y.astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(bent, np.uint8)


def _spline(points: NDArray[np.float64], steps: int = 14) -> NDArray[np.float64]:
    """A Catmull-Rom curve through ``points`` (Nx2)."""
    padded = np.vstack([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack(curve)


def signature(
    sheet: Sheet, x: float, y: float, width: float, height: float, colour: Colour, seed: int
) -> None:
    """Scribble a signature into the box at (x, y), all in points, and record it."""
    chance = random.Random(seed)
    count = chance.randint(7, 12)
    across = np.sort(np.array([chance.random() for _ in range(count)]))
    across = across + np.array([chance.uniform(-0.14, 0.05) for _ in range(count)])
    down = np.array([chance.uniform(0.1, 0.95) if i % 2 else chance.uniform(0.0, 0.6) for i in range(count)])
    body = np.stack([x + across * width, y + down * height], axis=1)
    flourish_y = y + height * chance.uniform(0.55, 0.95)
    flourish = np.array(
        [
            [x, flourish_y],
            [x + width * 0.5, flourish_y - height * 0.1],
            [x + width * 1.1, flourish_y - height * 0.35],
        ]
    )
    s = sheet.scale
    margin = width * 0.4
    origin = (round((x - margin) * s), round((y - margin) * s))
    patch = np.zeros((round((height + 2 * margin) * s), round((width + 2 * margin) * s)), np.uint8)
    strokes = [body, flourish] if chance.random() < 0.7 else [body]
    for stroke in strokes:
        curve = _spline(stroke) * s - origin
        weight = chance.uniform(0.7, 1.15) * s
        for a, b in zip(curve, curve[1:], strict=False):
            speed = float(np.hypot(*(b - a))) / s
            thickness = max(1, round(weight * (1.15 - min(0.6, speed / 14))))
            ends = [tuple(int(v) for v in np.round(point * 8)) for point in (a, b)]
            cv2.line(patch, ends[0], ends[1], 255, thickness, cv2.LINE_AA, shift=3)
    sheet.lay(patch, origin[0], origin[1], colour)
    sheet.stamps.append(StampTruth(_ink_box(patch, *origin), StampShape.SIGNATURE))


PEN_COLOURS: tuple[Colour, ...] = (PEN_BLUE, (20, 20, 30), (25, 40, 120))
