"""Source files and clean page images."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]
"""An image HxW uint8, 0 is black ink and 255 is white paper."""

ColourImage = NDArray[np.uint8]
"""An image HxWx3 uint8 in RGB order."""


class MediaType(StrEnum):
    """What a file's content is, whatever its name says."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An input file that passed intake; ``encoding`` is that of a text, as Python names it."""

    path: Path
    sha256: str
    media_type: MediaType
    size_bytes: int
    pages: int
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Bend:
    """How a sheet was bent, or seen at a slant: its lines, and its uprights; None where these are straight.

    Each is the slope of what should be level or upright, as the terms of a polynomial over the page
    (:mod:`pipeline.pages.bend`), of any resolution.
    """

    lines: tuple[float, ...] | None
    uprights: tuple[float, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A page, upright and cleaned, ready for layout.

    ``print_ink`` holds what was printed in black (and large red urgency words), with coloured
    stamps and pen taken out; ``colour_ink`` holds what was taken out, as dark on white, or is
    None when the scan has no coloured ink. Both are HxW uint8 of the same size. ``changes``
    says what cleaning did, such as ``"rotated 90°"`` or ``"deskewed -0.7°"``; a page that was
    fine has none. ``dpi`` is the resolution of these pixels. ``skew`` is the angle that was
    corrected, in degrees, positive when the scan was turned clockwise; ``bend`` is what was
    flattened after that, None on a sheet that lay flat.
    """

    number: int
    print_ink: GreyImage
    colour_ink: GreyImage | None
    dpi: int
    rotation: int = 0
    skew: float = 0.0
    changes: tuple[str, ...] = ()
    bend: Bend | None = None

    @property
    def width(self) -> int:
        return int(self.print_ink.shape[1])

    @property
    def height(self) -> int:
        return int(self.print_ink.shape[0])
