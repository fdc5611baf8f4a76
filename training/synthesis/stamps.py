"""Rubber stamps: the wheels of a numbering machine, date stamps, and words cut in rubber."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np

from training.fonts import Face
from training.synthesis.render import Ink, Setting, beside, clusters, covers, draw

Rng = np.random.Generator


def stamp(random: Random, rng: Rng, text: str, face: Face, latin: Face, body: float) -> Ink:
    """A text as a stamp prints it: each wheel on a height of its own, the ink uneven.

    ``face`` prints Thai, ``latin`` the Arabic digits of most machines; ``body`` is the body height of
    the line that the stamp stands on, in pixels.
    """
    size = body * random.uniform(0.9, 1.5)
    apart = random.random() < 0.75 or not covers(face, "0")
    setting = Setting(latin=latin if apart else None, latin_height=random.uniform(1.2, 1.6))
    gap = size * random.choice((0.05, 0.12, 0.25, 0.45))
    uneven = size * random.choice((0.0, 0.03, 0.07))
    parts: list[tuple[Ink, float, float, float]] = []
    for cluster in clusters(text):
        if cluster == " ":
            if parts:
                parts[-1] = (parts[-1][0], parts[-1][1] + size * random.uniform(0.4, 0.8), *parts[-1][2:])
            continue
        wheel = draw(face, cluster, size, setting)
        parts.append((wheel, gap, random.gauss(0, uneven), random.uniform(0.8, 1.0)))
    return _inked(rng, _narrowed(beside(parts), random.uniform(0.6, 1.05)))


def _narrowed(ink: Ink, share: float) -> Ink:
    """Date stamps have narrow letters."""
    mask = cv2.resize(ink.mask, None, fx=share, fy=1.0, interpolation=cv2.INTER_AREA)
    return Ink(np.asarray(mask, np.uint8), ink.baseline, ink.body_height)


def _inked(rng: Rng, ink: Ink) -> Ink:
    """Ink of rubber: swollen, blotted at the edges, missing in places."""
    height, width = ink.mask.shape
    mask = ink.mask
    if rng.random() < 0.4:
        mask = np.asarray(cv2.dilate(mask, np.ones((2, 2), np.uint8)), np.uint8)
    patches = rng.uniform(0.5, 1.7, (3, max(2, width // max(4, int(ink.body_height))))).astype(np.float32)
    share = np.clip(cv2.resize(patches, (width, height), interpolation=cv2.INTER_LINEAR), 0.4, 1.0)
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.4, 0.03 * ink.body_height))
    return Ink((soft * share).astype(np.uint8), ink.baseline, ink.body_height)
