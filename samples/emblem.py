"""An emblem in the place of the Garuda: a bird with spread wings, of our own drawing."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.sheet import Colour, Sheet

_OVERSAMPLING = 3


@lru_cache(maxsize=32)
def _drawing(pixels: int) -> NDArray[np.uint8]:
    """The emblem in a square of ``pixels``, 255 where there is ink."""
    side = pixels * _OVERSAMPLING
    image = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(image)
    u = side / 100
    for mirror in (-1, 1):
        _wing(pen, u, mirror)
        _leg(pen, u, mirror)
    _body(pen, u)
    return np.asarray(image.resize((pixels, pixels), Image.Resampling.LANCZOS))


def _at(u: float, mirror: int, x: float, y: float) -> tuple[float, float]:
    return (50 + mirror * x) * u, y * u


def _wing(pen: ImageDraw.ImageDraw, u: float, mirror: int) -> None:
    shoulder = (9.0, 34.0)
    arm = [(9, 30), (20, 24), (32, 22), (40, 12), (44, 22), (40, 33), (28, 38), (12, 42)]
    pen.polygon([_at(u, mirror, x, y) for x, y in arm], fill=255)
    for feather in range(9):
        angle = math.radians(-28 + feather * 13)
        length = 40 - abs(feather - 3) * 2.4
        tip = (shoulder[0] + 6 + length * math.cos(angle), shoulder[1] + length * math.sin(angle))
        side = (
            shoulder[0] + 8 + 0.72 * length * math.cos(angle + 0.12),
            shoulder[1] + 0.72 * length * math.sin(angle + 0.12),
        )
        root = (shoulder[0] + 4, shoulder[1] + 1.2 * feather)
        pen.line(
            [_at(u, mirror, *root), _at(u, mirror, *side), _at(u, mirror, *tip)],
            fill=255,
            width=round(1.5 * u),
        )
        pen.line([_at(u, mirror, *root), _at(u, mirror, *tip)], fill=255, width=round(0.7 * u))
    for scale in range(5):
        x, y = _at(u, mirror, 14 + scale * 5, 30 - scale * 1.4)
        pen.arc([x - 3 * u, y - 3 * u, x + 3 * u, y + 3 * u], 0, 180, fill=0, width=round(0.8 * u))


def _leg(pen: ImageDraw.ImageDraw, u: float, mirror: int) -> None:
    leg = [(4, 60), (13, 66), (20, 76), (15, 84), (9, 76), (3, 72)]
    pen.polygon([_at(u, mirror, x, y) for x, y in leg], fill=255)
    for toe in (-5, 0, 5):
        pen.line([_at(u, mirror, 15, 83), _at(u, mirror, 18 + toe, 91)], fill=255, width=round(1.3 * u))
    for plume in range(4):
        start, end = _at(u, mirror, 2 + plume, 74), _at(u, mirror, 3 + plume * 3.4, 97 - plume * 2.5)
        pen.line([start, end], fill=255, width=round(1.2 * u))


def _body(pen: ImageDraw.ImageDraw, u: float) -> None:
    pen.ellipse([40 * u, 28 * u, 60 * u, 76 * u], fill=255)
    pen.ellipse([43 * u, 14 * u, 57 * u, 30 * u], fill=255)
    pen.polygon([(44 * u, 16 * u), (50 * u, 1 * u), (56 * u, 16 * u)], fill=255)
    pen.polygon([(46 * u, 24 * u), (50 * u, 33 * u), (54 * u, 24 * u)], fill=255)
    for x in (46, 54):
        pen.ellipse([(x - 1.3) * u, 20 * u, (x + 1.3) * u, 22.6 * u], fill=0)
    for ring in range(5):
        y = 38 + ring * 7
        pen.arc([42 * u, (y - 6) * u, 58 * u, (y + 4) * u], 10, 170, fill=0, width=round(0.9 * u))
    for y in (6, 10, 13):
        pen.line([(46.5 * u, y * u), (53.5 * u, y * u)], fill=0, width=round(0.6 * u))


def draw_emblem(sheet: Sheet, centre: float, top: float, height: float, colour: Colour) -> None:
    """Draw the emblem ``height`` points high about ``centre``."""
    pixels = round(height * sheet.scale)
    sheet.lay(_drawing(pixels), round(centre * sheet.scale - pixels / 2), round(top * sheet.scale), colour)
