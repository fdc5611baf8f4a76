"""Digits drawn with a pen: splines through the points of ``strokes.txt``, each writer in an own way.

Handwriting typefaces repeat themselves; here slant, width, roundness, pen, and the place of every
point differ from writer to writer and from sign to sign. A writer's own shape of a sign lies somewhere
between two of the ways of writing it in the table, so that four ways are not four hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.synthesis.alphabet import THAI_DIGITS
from training.synthesis.render import Ink

Rng = np.random.Generator
Points = NDArray[np.float64]
Habit = tuple[Points, ...]
_TABLE = Path(__file__).with_name("strokes.txt")
_FINER = 3  # drawn this much larger and reduced, so that pens of any width are smooth
_STEPS = 6  # straight pieces of each spline between two points
_EVEN = 21  # points of a stroke of one's own, evenly far apart
_KNOTS = 6  # of these so many are moved, the others between them with them


@lru_cache(maxsize=1)
def habits() -> dict[str, tuple[Habit, ...]]:
    """The ways of writing each sign, as strokes of points (x, y up) in body heights."""
    found: dict[str, list[Habit]] = {}
    for row in _TABLE.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        sign, strokes = row.split("\t")
        found.setdefault(sign, []).append(tuple(_points(stroke) for stroke in strokes.split("|")))
    return {sign: tuple(ways) for sign, ways in found.items()}


def _points(stroke: str) -> Points:
    return np.array([[float(part) for part in pair.split(",")] for pair in stroke.split()])


@dataclass(frozen=True, slots=True)
class Writer:
    """One hand: all lengths in body heights; ``habit`` picks among the ways of writing each
    sign, ``liberty`` is how far its shapes stray from them, ``tremble`` how far signs differ,
    ``flourish`` how many times as long as common the tails of Thai digits are."""

    habit: int
    slant: float
    breadth: float
    height: float
    tremble: float
    liberty: float
    gap: float
    pen: float
    drift: float
    flourish: float


def draw_writer(rng: Rng) -> Writer:
    """Somebody's hand."""
    return Writer(
        habit=int(rng.integers(0, 1 << 16)),
        slant=float(rng.normal(0.10, 0.18)),
        breadth=float(rng.uniform(0.6, 1.15)),
        height=float(rng.uniform(0.85, 1.15)),
        tremble=float(rng.uniform(0.012, 0.055)),
        liberty=float(rng.uniform(0.0, 0.09)),
        gap=float(rng.uniform(-0.12, 0.35)),
        pen=float(rng.uniform(0.045, 0.14)),
        drift=float(rng.normal(0, 0.045)),
        flourish=float(np.exp(rng.normal(0.1, 0.4))),
    )


def can_write(text: str) -> bool:
    """Whether every sign of a text is in the table (spaces are)."""
    return bool(text.strip()) and all(sign == " " or sign in habits() for sign in text)


def write(rng: Rng, text: str, body_height: float, writer: Writer) -> Ink:
    """The text as this writer writes it, consonants about ``body_height`` pixels high."""
    strokes: list[Points] = []
    x = 0.3
    for place, sign in enumerate(text):
        if sign == " ":
            x += 0.45
            continue
        made = _sign(rng, sign, writer)
        lift = writer.drift * place + float(rng.normal(0, 0.04))
        shift = np.array([x - min(stroke[:, 0].min() for stroke in made), lift])
        strokes += [stroke + shift for stroke in made]
        x = max(stroke[:, 0].max() for stroke in strokes) + writer.gap * float(rng.uniform(0.4, 1.5))
    return ink_of(rng, strokes, body_height, writer.pen)


def _sign(rng: Rng, sign: str, writer: Writer) -> list[Points]:
    """One sign: the writer's own shape of it, its points shaken, slanted, and turned a little."""
    other_mood = int(rng.integers(1, 1 << 16)) if rng.random() < 0.12 else 0
    way = _own_shape(sign, writer.habit + other_mood, writer.liberty)
    size = np.array([writer.breadth, writer.height]) * rng.normal(1.0, 0.06, 2)
    turn = float(rng.normal(0, 0.07))
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    lean = np.array([[1.0, writer.slant], [0.0, 1.0]])
    if sign in THAI_DIGITS:
        way = tuple(_with_tail(stroke, writer.flourish) for stroke in way)
    shaken = (stroke * size + _moves(rng, writer.tremble) for stroke in way)
    return [(lean @ spin @ stroke.T).T for stroke in shaken]


def _with_tail(stroke: Points, flourish: float) -> Points:
    """A stroke of which all that stands above the body of the digit is so many times as high."""
    above = np.maximum(stroke[:, 1] - 1.0, 0.0)
    return stroke + np.stack([0.3 * above, above], axis=1) * (flourish - 1.0)


def _own_shape(sign: str, habit: int, liberty: float) -> Habit:
    """What a writer makes of a sign: a blend of two ways of writing it, or one of them, with liberties."""
    rng = np.random.default_rng([habit, ord(sign)])
    ways = habits()[sign]
    one, other = (ways[int(rng.integers(len(ways)))] for _ in range(2))
    share = float(rng.uniform(-0.15, 0.6)) if len(one) == len(other) else 0.0
    return tuple(
        (1 - share) * _evenly(first) + share * _evenly(second) + _moves(rng, liberty)
        for first, second in zip(one, other if share else one, strict=True)
    )


def _moves(rng: Rng, push: float) -> Points:
    """How far the points of an even stroke are moved: neighbours nearly alike."""
    places = np.linspace(0, 1, _EVEN)
    knots = np.linspace(0, 1, _KNOTS)
    return np.stack([np.interp(places, knots, rng.normal(0, push, _KNOTS)) for _ in range(2)], axis=1)


def _evenly(points: Points) -> Points:
    """The spline through the points as :data:`_EVEN` points, evenly far from one another."""
    curve = spline(points)
    travelled = np.concatenate(([0.0], np.hypot(*np.diff(curve, axis=0).T).cumsum()))
    places = np.linspace(0, travelled[-1], _EVEN)
    return np.stack([np.interp(places, travelled, curve[:, axis]) for axis in range(2)], axis=1)


def spline(points: Points) -> Points:
    """A Catmull-Rom spline through points N×2, as points close together."""
    if len(points) < 3:
        return points
    padded = np.vstack((2 * points[0] - points[1], points, 2 * points[-1] - points[-2]))
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None, None]
    a, b, c, d = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return np.vstack((curve.transpose(1, 0, 2).reshape(-1, 2), points[-1:]))


def ink_of(rng: Rng, strokes: list[Points], body: float, pen: float) -> Ink:
    """Draw splines with a pen whose pressure changes along them."""
    scale = body * _FINER
    curves = [spline(stroke) * (scale, -scale) for stroke in strokes]
    every = np.vstack(curves)
    margin = int(pen * scale) + 4
    corner = np.floor(every.min(axis=0)) - margin
    corner[0] = min(corner[0], 0.0)
    corner[1] = -np.ceil(-corner[1] / _FINER) * _FINER
    size = np.ceil((every.max(axis=0) - corner + margin) / _FINER).astype(int) * _FINER
    canvas = np.zeros((int(size[1]), int(size[0])), np.uint8)
    for curve in curves:
        _trace(rng, canvas, (curve - corner), pen * scale)
    shape = (int(size[0]) // _FINER, int(size[1]) // _FINER)
    mask = np.asarray(cv2.resize(canvas, shape, interpolation=cv2.INTER_AREA), np.uint8)
    return Ink(mask, float(-corner[1] / _FINER), body)


def _trace(rng: Rng, canvas: NDArray[np.uint8], curve: Points, pen: float) -> None:
    pieces = np.array_split(np.arange(len(curve)), max(1, len(curve) // 8))
    fixed = np.round(curve * 16).astype(np.int32)
    for piece in pieces:
        span = fixed[piece[0] : piece[-1] + 2].reshape(-1, 1, 2)
        thick = max(1, round(pen * float(rng.uniform(0.75, 1.2))))
        cv2.polylines(canvas, [span], False, 255, thick, cv2.LINE_AA, shift=4)
