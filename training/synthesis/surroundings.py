"""What else is on the paper near a line: rules, boxes, pen strokes, watermarks, the back's print."""

from __future__ import annotations

import cv2
import numpy as np

from training.synthesis.handwriting import spline
from training.synthesis.render import Mask
from training.synthesis.scene import Placed

Rng = np.random.Generator


def surround(rng: Rng, placed: Placed, level: float) -> Placed:
    """Draw rules, dotted lines and pen strokes into the other ink of a placed line, now and then."""
    others = placed.others
    if rng.random() < 0.12 * level:
        _rules(rng, others, placed)
    if rng.random() < 0.06 * level:
        _dots(rng, others, placed)
    if rng.random() < 0.05 * level:
        _pen_stroke(rng, others, placed)
    if rng.random() < 0.03 * level:
        _seal(rng, others, placed)
    return placed


def _seal(rng: Rng, others: Mask, placed: Placed) -> None:
    """One or two arcs of a round office seal across the line."""
    body = placed.body_height
    centre = int(rng.integers(0, others.shape[1])), int(placed.baseline + body * rng.normal(0, 3))
    radius, thick = body * rng.uniform(2.5, 7), max(1, int(body * 0.1))
    for share in (1.0, 0.65):
        cv2.circle(others, centre, int(radius * share), int(rng.integers(120, 256)), thick, cv2.LINE_AA)


def _rules(rng: Rng, others: Mask, placed: Placed) -> None:
    """Borders of a table cell or box: below, above, left, right."""
    height, width = others.shape
    body, thick = placed.body_height, max(1, round(placed.body_height * float(rng.uniform(0.04, 0.12))))
    below = int(placed.baseline + body * rng.uniform(0.7, 2.0))
    above = int(placed.baseline - body * rng.uniform(2.2, 3.2))
    edges = (
        ((0, below), (width, below)),
        ((0, above), (width, above)),
        ((int(body * 0.4), 0), (int(body * 0.4), height)),
        ((width - int(body * 0.4), 0), (width - int(body * 0.4), height)),
    )
    for start, end in edges:
        if rng.random() < 0.5:
            cv2.line(others, start, end, 255, thick)


def _dots(rng: Rng, others: Mask, placed: Placed) -> None:
    """A dotted line just under the baseline, on which forms are filled in."""
    row = int(placed.baseline + placed.body_height * rng.uniform(0.0, 0.25))
    step = max(3, int(placed.body_height * rng.uniform(0.25, 0.45)))
    radius = max(1, int(placed.body_height * 0.06))
    for x in range(0, others.shape[1], step):
        cv2.circle(others, (x, row), radius, 255, -1)


def _pen_stroke(rng: Rng, others: Mask, placed: Placed) -> None:
    """A stroke of a signature or a tick that crosses the line."""
    height, width = others.shape
    x = int(rng.integers(0, width))
    body = placed.body_height
    points = np.column_stack(
        (x + np.cumsum(rng.normal(0, body, 6)), np.linspace(0, height, 6) + rng.normal(0, body, 6))
    )
    thick = max(1, int(body * rng.uniform(0.05, 0.12)))
    cv2.polylines(others, [spline(points).astype(np.int32)], False, 255, thick, cv2.LINE_AA)


def sign_over(rng: Rng, placed: Placed) -> None:
    """A signature in the ink of the print across a line: loops far wider and higher than its letters."""
    others, body = placed.others, placed.body_height
    points = int(rng.integers(5, 16))
    across = np.cumsum(rng.normal(0.9, 1.3, points)) * rng.uniform(0.4, 1.2)
    up = rng.normal(0.4, rng.uniform(0.6, 2.0), points)
    x = rng.uniform(0, others.shape[1]) + (across - across.mean()) * body
    stroke = np.column_stack((x, placed.baseline - up * body))
    thick = max(1, round(body * float(rng.uniform(0.05, 0.16))))
    lifted = int(rng.integers(2, points))
    for piece in (stroke[:lifted], stroke[lifted - 1 :] + rng.normal(0, body, 2)):
        cv2.polylines(others, [spline(piece).astype(np.int32)], False, 255, thick, cv2.LINE_AA)


def paint(rng: Rng, line: Mask, others: Mask, level: float) -> Mask:
    """Ink on paper: a grey image of the line's and the other ink, over what shines through."""
    ink = np.maximum(line, others)
    black = int(rng.integers(0, 70)) if rng.random() < 0.5 * level else 0
    grey = cv2.LUT(ink, np.linspace(255, black, 256).astype(np.uint8))
    if rng.random() < 0.07 * level:
        back = cv2.GaussianBlur(np.flip(np.roll(others, line.shape[0] // 3, axis=0), axis=1), (0, 0), 1.2)
        grey = cv2.subtract(grey, (back * float(rng.uniform(0.1, 0.3))).astype(np.uint8))
    if rng.random() < 0.06 * level:
        grey = _watermark(rng, np.asarray(grey, np.uint8))
    return np.asarray(grey, np.uint8)


def _watermark(rng: Rng, grey: Mask) -> Mask:
    """Pale grey patches behind the text, as of large diagonal letters."""
    height, width = grey.shape
    pale = np.zeros_like(grey)
    text = "".join(rng.choice(list("ABCDEFGHKLMNOPRSTUVX"), 6))
    for row in range(0, 3):
        start = (int(rng.integers(-width // 2, width)), int(height * (0.3 + 0.4 * row)))
        cv2.putText(
            pale, text, start, cv2.FONT_HERSHEY_SIMPLEX, height / 60.0, 255, max(2, height // 30), cv2.LINE_AA
        )
    spin = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(20, 50)), 1.0)
    pale = np.asarray(cv2.warpAffine(pale, spin, (width, height)), np.uint8)
    shade = float(rng.uniform(0.08, 0.35))
    return np.asarray(cv2.subtract(grey, (pale * shade).astype(np.uint8)), np.uint8)
