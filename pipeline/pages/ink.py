"""Ink by colour: stamps and pen in blue, red or violet parted from black print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Parts
from pipeline.model import ColourImage, GreyImage
from pipeline.pages.planes import Plane, stretch
from pipeline.pages.proof import PROOF_DPI, shrink
from pipeline.pages.urgency import find_red_words

_WEAK_CHROMA, _WEAK_SHARE = 9.0, 0.10
_STRONG_CHROMA, _STRONG_SHARE = 14.0, 0.18
"""Chroma (length of R-Y and B-Y, in levels) and its share of the darkness, at which ink may be and
surely is coloured. Black print has a share of 0.02 to 0.08, ball pens and stamps 0.2 to 0.6."""

_VOTERS = 5
"""Pixels of the proof, across and down, over which fringes of opposite colours cancel out."""

_SMALLEST_MARK = 8
"""Pixels of the proof; smaller specks of colour are noise."""

_PIXEL_SHARE = (0.12, 0.30)
"""Between these lies the spread between the channels of a pixel, as a share of its darkness, that
tells coloured ink from black print crossed by it."""

_SMALL_MARK = 40
_OWN_COLOUR, _OWN_SHARE = 0.5, 0.25
"""A mark that is not taller than so many pixels of the proof must have this share of its dark pixels
in a colour of their own; the fringe of a black letter has less."""

_MOSTLY_COLOURED = 0.8
"""Share of all ink from which the coloured ink is the print."""

_INK_BELOW = 170


def part_inks(image: ColourImage, dpi: int) -> tuple[GreyImage, GreyImage | None]:
    """Print and coloured ink of an RGB page with white paper, each dark on white.

    A place is coloured where, over about half a millimetre, chroma is a large share of the
    darkness: JPEG bleeds colour over the edges of black strokes and scanners fringe them, but
    fringes cancel out over a stroke. In such a place, pixels without a colour of their own are
    print crossed by a stamp or pen and stay print. None where the page has no coloured ink, or
    where nearly all its ink is coloured, so that it is the print.
    """
    luma = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    proof = shrink(image, PROOF_DPI / dpi)
    in_marks = stretch(_coloured_marks(proof), *luma.shape)
    words = find_red_words(proof)
    if words.any():
        red = stretch(words, *luma.shape)
        in_marks &= ~red
        luma[red] = _darkest_and_spread(image[red][:, None])[0][:, 0]
    places = np.flatnonzero(in_marks)
    if not places.size:
        return luma, None
    darkest, spread = (a.ravel() for a in _darkest_and_spread(image.reshape(-1, 1, 3)[places]))
    share = spread / np.maximum(1.0, 255.0 - darkest)
    dark = darkest < _INK_BELOW
    taken = (share > _least_share(share[dark])) | ~dark
    print_ink, colour_ink = luma.copy(), np.full_like(luma, 255)
    print_ink.ravel()[places[taken]] = 255
    colour_ink.ravel()[places[taken]] = darkest[taken]
    coloured = int(np.count_nonzero(dark & taken))
    if coloured > _MOSTLY_COLOURED * (coloured + int(np.count_nonzero(print_ink < _INK_BELOW))):
        return luma, None
    return print_ink, colour_ink if taken.any() else None


def _coloured_marks(proof: ColourImage) -> Plane:
    """Where the ink of a proof is coloured: weak colour that hangs together with strong."""
    smooth = np.asarray(cv2.blur(proof, (_VOTERS, _VOTERS)), np.uint8)
    darkest, spread = _darkest_and_spread(proof)
    # Chroma is no more than the spread between the channels and half as much again.
    places = np.flatnonzero(_darkest_and_spread(smooth)[1] > int(_WEAK_CHROMA / 1.5))
    if not places.size:
        return np.zeros(darkest.shape, np.bool_)
    colours = smooth.reshape(-1, 1, 3)[places].astype(np.float32)
    luma = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY).ravel()
    chroma = np.hypot(colours[:, 0, 0] - luma, colours[:, 0, 2] - luma)
    darkness = 255 - cv2.blur(darkest, (_VOTERS, _VOTERS)).ravel()[places].astype(np.float32)
    weak, strong = np.zeros(darkest.shape, np.bool_), np.zeros(darkest.shape, np.bool_)
    weak.ravel()[places] = (chroma > _WEAK_CHROMA) & (chroma > _WEAK_SHARE * darkness)
    strong.ravel()[places] = (chroma > _STRONG_CHROMA) & (chroma > _STRONG_SHARE * darkness)
    parts = Parts.of(weak)
    dark = darkest < _INK_BELOW
    own = dark & (spread > _OWN_SHARE * (255.0 - darkest))
    strength = parts.count_in(strong)
    kept = (strength >= _SMALLEST_MARK) & (strength > 0.1 * parts.area)
    kept &= (parts.height > _SMALL_MARK) | (parts.count_in(own) >= _OWN_COLOUR * parts.count_in(dark))
    return parts.choose(kept)


def _darkest_and_spread(image: ColourImage) -> tuple[GreyImage, GreyImage]:
    """The darkest channel of each pixel, and how far the lightest is from it."""
    red, green, blue = cv2.split(image)
    darkest = cv2.min(cv2.min(red, green), blue)
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), darkest)
    return np.asarray(darkest, dtype=np.uint8), np.asarray(spread, dtype=np.uint8)


def _least_share(shares: NDArray[np.float64]) -> float:
    """The share that parts black from coloured pixels: Otsu's, within what can be."""
    lowest, highest = _PIXEL_SHARE
    if shares.size == 0:
        return lowest
    levels = np.clip(shares * 255, 0, 255).astype(np.uint8).reshape(-1, 1)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return float(min(max(threshold / 255, lowest), highest))
