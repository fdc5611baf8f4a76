"""Image files by Pillow: frames as arrays, with a resolution that can be believed."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

from pipeline.errors import CorruptFileError
from pipeline.model import ColourImage, GreyImage
from pipeline.pages.proof import grey_of

_FORMATS = ("TIFF", "PNG", "JPEG", "MPO")

# Pillow has no one error for "damaged": its readers let these through.
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error)

_A4_INCHES = (8.27, 11.69)

_CREDIBLE_SHORT_SIDE_INCHES = (4.0, 17.0)
"""From a folded A5 to A2; a scan that claims to be smaller or larger has a made-up resolution."""

_CREDIBLE_DPI = (72, 1200)

_KEEP_WITHIN = 1.2
"""Images whose resolution differs less than this from the one asked for keep their pixels."""

_LARGEST_ENLARGEMENT = 4.0

_COLOUR_DIFFERENCE = 24
"""Between the channels of a pixel; scanners' grey pages stay below it."""

_COLOUR_SHARE = 2e-5
"""Of the pixels; a signature in blue pen covers about 1e-4 of an A4 page."""


def load_frame(path: Path, number: int, dpi: int) -> tuple[ColourImage | GreyImage, int]:
    """Frame ``number`` (from 1) of the image at ``path`` and its resolution.

    Turned as its orientation tag says, on white where it is transparent, with square pixels,
    and scaled to ``dpi`` where its own resolution is far from it. A resolution that is missing
    or makes no sense is estimated, taking the page for A4.

    Raises :class:`CorruptFileError` where the frame cannot be decoded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is no reason to refuse a page
            # A file object, not a path: Pillow maps raw TIFF files into memory then, and forgets that
            # an orientation tag swaps their width and height.
            with path.open("rb") as file, Image.open(file, formats=_FORMATS) as image:
                image.seek(number - 1)
                across, down = _stated_dpi(image)
                upright = ImageOps.exif_transpose(image)
                if upright.size != image.size and image.size[0] != image.size[1]:
                    across, down = down, across
                pixels = pixels_of(upright)
    except _DAMAGE as error:
        raise CorruptFileError(path, f"page {number} cannot be decoded ({error})") from error
    return _at_resolution(pixels, across, down, dpi)


def pixels_of(image: Image.Image) -> ColourImage | GreyImage:
    """The pixels of a Pillow image of any mode: grey HxW where it has no colour, else RGB."""
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    if image.mode.startswith("I") or image.mode == "F":
        return _sixteen_bits_to_eight(np.asarray(image))
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    colour = np.asarray(image.convert("RGB"))
    return colour if _has_colour(colour) else grey_of(colour)


def _sixteen_bits_to_eight(values: np.ndarray) -> GreyImage:
    scale = 255.0 / max(255.0, 65535.0 if values.max(initial=0) > 255 else 255.0)
    return np.clip(values * scale, 0, 255).astype(np.uint8)


def _has_colour(image: ColourImage) -> bool:
    """Whether enough pixels differ between channels by more than scanner noise.

    One pixel of four is looked at; that is plenty for pen strokes.
    """
    sample = np.ascontiguousarray(image[::2, ::2])
    red, green, blue = cv2.split(sample)
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    coloured = int(np.count_nonzero(spread > _COLOUR_DIFFERENCE))
    return coloured > _COLOUR_SHARE * spread.size


def _stated_dpi(image: Image.Image) -> tuple[float, float]:
    """Resolution across and down as the file states it; (0, 0) where it states none."""
    stated = image.info.get("dpi", (0, 0))
    try:
        return float(stated[0]), float(stated[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0, 0.0


def _at_resolution(
    pixels: ColourImage | GreyImage, across: float, down: float, dpi: int
) -> tuple[ColourImage | GreyImage, int]:
    height, width = pixels.shape[:2]
    if not _credible(width, height, across, down):
        across = down = _dpi_of_a4(width, height)
    own = max(across, down)
    square = abs(across / down - 1) < 0.02
    wanted = own if own / _KEEP_WITHIN <= dpi <= own * _KEEP_WITHIN else min(dpi, own * _LARGEST_ENLARGEMENT)
    if square and wanted == own:
        return pixels, round(own)
    size = max(1, round(width * wanted / across)), max(1, round(height * wanted / down))
    method = cv2.INTER_AREA if wanted < own else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=method), dtype=np.uint8), round(wanted)


def _credible(width: int, height: int, across: float, down: float) -> bool:
    lowest, highest = _CREDIBLE_DPI
    if not (lowest <= across <= highest and lowest <= down <= highest):
        return False
    smallest, largest = _CREDIBLE_SHORT_SIDE_INCHES
    return smallest <= min(width / across, height / down) <= largest


def _dpi_of_a4(width: int, height: int) -> float:
    short, long = sorted((width, height))
    lowest, highest = _CREDIBLE_DPI
    return min(max(short / _A4_INCHES[0], long / _A4_INCHES[1], lowest), highest)
