"""The order in which a page is cleaned."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model import ColourImage, GreyImage, PageImage
from pipeline.pages.ink import part_inks
from pipeline.pages.orientation import find_turn
from pipeline.pages.paper import flatten_paper
from pipeline.pages.proof import grey_of, ink_of, proof_of
from pipeline.pages.skew import LEAST_SKEW, find_skew, straighten

_SMALLEST_SIDE = 64
"""Pixels; on less than this there is nothing to measure."""

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def clean(image: ColourImage | GreyImage, number: int, dpi: int) -> PageImage:
    """Make page ``number`` upright, straight and even, and part its coloured ink from its print.

    ``image`` is HxWx3 RGB or HxW grey uint8 at ``dpi``. Every step leaves a good page alone,
    and those that changed something say so in ``changes`` of the answer.
    """
    changes: list[str] = []
    if min(image.shape[:2]) < _SMALLEST_SIDE:
        return PageImage(number, grey_of(image), None, dpi)
    image, flattened = flatten_paper(image, dpi)
    if flattened:
        changes.append("flattened paper")
    turn = find_turn(proof_of(image, dpi))
    if turn:
        image = np.asarray(cv2.rotate(image, _TURNS[turn]), dtype=np.uint8)
        changes.append(f"rotated {turn}°")
    print_ink, colour_ink = (image, None) if image.ndim == 2 else part_inks(image, dpi)
    if colour_ink is not None:
        changes.append("parted coloured ink")
    skew = find_skew(ink_of(proof_of(print_ink, dpi)))
    if abs(skew) >= LEAST_SKEW:
        print_ink = straighten(print_ink, skew)
        colour_ink = None if colour_ink is None else straighten(colour_ink, skew)
        changes.append(f"deskewed {skew:+.1f}°")
    else:
        skew = 0.0
    return PageImage(number, print_ink, colour_ink, dpi, turn, skew, tuple(changes))
