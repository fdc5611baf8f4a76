"""The order in which a page is cleaned."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model import ColourImage, GreyImage, PageImage
from pipeline.pages.bands import flatten_bands
from pipeline.pages.bend import find_bend, flatten
from pipeline.pages.dirt import find_dirt
from pipeline.pages.faint import flatten_watermark, remove_ghosts, strengthen
from pipeline.pages.ink import part_inks
from pipeline.pages.orientation import find_turn
from pipeline.pages.paper import flatten_paper, is_negative
from pipeline.pages.planes import whitened
from pipeline.pages.proof import grey_of, ink_of, proof_of
from pipeline.pages.skew import LEAST_SKEW, find_skew, straighten
from pipeline.pages.specks import remove_specks
from pipeline.pages.streaks import find_streaks

_SMALLEST_SIDE = 64
"""Pixels; on less than this there is nothing to measure."""

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def clean(image: ColourImage | GreyImage, number: int, dpi: int) -> PageImage:
    """Make page ``number`` upright, straight and even, and part its coloured ink from its print.

    ``image`` is HxWx3 RGB or HxW grey uint8 at ``dpi``. Every step leaves a good page alone,
    and each that changed something says so in ``changes`` of the answer.
    """
    if min(image.shape[:2]) < _SMALLEST_SIDE:
        return PageImage(number, grey_of(image), None, dpi)
    changes: list[str] = []
    image, proof = _clean_scan(image, dpi, changes)
    pale = strengthen(proof)
    turn = find_turn(proof if pale is None else pale)
    if turn:
        image = np.asarray(cv2.rotate(image, _TURNS[turn]), dtype=np.uint8)
        changes.append(f"rotated {turn}°")
    print_ink, colour_ink = (image, None) if image.ndim == 2 else part_inks(image, dpi)
    if colour_ink is not None:
        changes.append("parted coloured ink")
    print_ink = _even_print(print_ink, dpi, changes)
    ink = ink_of(proof_of(print_ink, dpi))
    skew = find_skew(ink)
    without_specks = remove_specks(print_ink, dpi, skew)
    if without_specks is not None:
        print_ink = without_specks
        changes.append("removed specks")
    if abs(skew) < LEAST_SKEW:
        skew = 0.0
    else:
        changes.append(f"deskewed {skew:+.1f}°")
        print_ink = straighten(print_ink, skew)
        colour_ink = None if colour_ink is None else straighten(colour_ink, skew)
    if skew or without_specks is not None:
        ink = ink_of(proof_of(print_ink, dpi))
    bend = find_bend(ink)
    if bend is not None:
        changes.append("flattened bend")
        print_ink = flatten(print_ink, bend)
        colour_ink = None if colour_ink is None else flatten(colour_ink, bend)
    return PageImage(number, print_ink, colour_ink, dpi, turn, round(skew, 2), tuple(changes), bend)


def _clean_scan(
    image: ColourImage | GreyImage, dpi: int, changes: list[str]
) -> tuple[ColourImage | GreyImage, GreyImage]:
    """Undo what the scanner did: a negative, uneven paper, bands, borders and holes, streaks of dust.

    Answers the image and its proof.
    """
    proof = proof_of(image, dpi)
    if is_negative(proof):
        image = np.asarray(cv2.bitwise_not(image), dtype=np.uint8)
        changes.append("inverted")
    flat = flatten_paper(image, dpi)
    if flat is not None:
        image = flat
        changes.append("flattened paper")
    if changes:
        proof = proof_of(image, dpi)
    even = flatten_bands(image, proof)
    if even is not None:
        image, proof = even, proof_of(even, dpi)
        changes.append("flattened bands")
    dirt = find_dirt(proof)
    if dirt.any():
        image, proof = whitened(image, dirt), whitened(proof, dirt)
        changes.append("blanked borders")
    streaks = find_streaks(grey_of(image), proof)
    if streaks.any():
        image = whitened(image, streaks)
        proof = proof_of(image, dpi)
        changes.append("removed streaks")
    return image, proof


def _even_print(grey: GreyImage, dpi: int, changes: list[str]) -> GreyImage:
    """Take away what lies behind the print, a watermark or the other side, and make pale print dark."""
    without_watermark = flatten_watermark(grey, dpi)
    if without_watermark is not None:
        grey = without_watermark
        changes.append("flattened watermark")
    without_ghosts = remove_ghosts(grey)
    if without_ghosts is not None:
        grey = without_ghosts
        changes.append("removed bleed-through")
    strong = strengthen(grey)
    if strong is not None:
        grey = strong
        changes.append("strengthened pale print")
    return grey
