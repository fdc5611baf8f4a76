"""Ticks in table cells: ✓ ✗ ☑ ● and those made by hand, drawn as strokes."""

from __future__ import annotations

import random

import cv2
import numpy as np

from samples.sheet import BLACK, PEN_BLUE, Colour, Sheet

TICKS = ("check", "check_box", "cross", "disc", "stroke", "hand")

_CHECK = ((-0.5, 0.05), (-0.15, 0.45), (0.55, -0.5))
_CROSS = (((-0.45, -0.45), (0.45, 0.45)), ((0.45, -0.45), (-0.45, 0.45)))


def draw_tick(sheet: Sheet, x: float, y: float, size: float, tick: str, chance: random.Random) -> None:
    """Draw a mark about (x, y), ``size`` high, in points."""
    match tick:
        case "check":
            _strokes(sheet, x, y, size, (_CHECK,), 1.1, BLACK, 0.0, chance)
        case "check_box":
            _box(sheet, x, y, size)
            _strokes(sheet, x, y, size * 0.78, (_CHECK,), 1.0, BLACK, 0.0, chance)
        case "cross":
            _strokes(sheet, x, y, size * 0.8, _CROSS, 1.0, BLACK, 0.0, chance)
        case "disc":
            radius, s = size * 0.3, sheet.scale
            sheet.pen().ellipse(
                [(x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s], fill=255
            )
        case "stroke":
            _strokes(sheet, x, y, size, (((-0.2, 0.5), (0.25, -0.5)),), 0.9, BLACK, 0.0, chance)
        case _:
            _strokes(sheet, x, y, size * chance.uniform(1.0, 1.5), (_CHECK,), 1.2, PEN_BLUE, 0.14, chance)


def draw_empty(sheet: Sheet, x: float, y: float, size: float, tick: str) -> None:
    """What an unticked cell holds: an empty box where the ticks are boxed, else nothing."""
    if tick == "check_box":
        _box(sheet, x, y, size)


def _box(sheet: Sheet, x: float, y: float, size: float) -> None:
    half, s = size / 2, sheet.scale
    sheet.pen().rectangle(
        [(x - half) * s, (y - half) * s, (x + half) * s, (y + half) * s],
        outline=255,
        width=max(1, round(0.7 * s)),
    )


def _strokes(
    sheet: Sheet,
    x: float,
    y: float,
    size: float,
    strokes: tuple[tuple[tuple[float, float], ...], ...],
    weight: float,
    colour: Colour,
    wobble: float,
    chance: random.Random,
) -> None:
    s = sheet.scale
    side = round(size * 2.2 * s) + 4
    patch = np.zeros((side, side), np.uint8)
    for stroke in strokes:
        points = np.array(
            [
                (px + chance.uniform(-wobble, wobble), py + chance.uniform(-wobble, wobble))
                for px, py in stroke
            ]
        )
        pixels = np.round((points * size * s + side / 2) * 8).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(patch, [pixels], False, 255, max(1, round(weight * s)), cv2.LINE_AA, shift=3)
    sheet.lay(patch, round(x * s - side / 2), round(y * s - side / 2), colour)
