"""The caps that keep one absurd file from taking a whole run down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """How large an input file may be.

    ``max_pixels`` holds for one page: for images as stored, for PDF pages as rasterised at
    ``dpi`` and for every picture inside them. ``seconds`` is the time that one look by an
    external program may take.
    """

    max_bytes: int = 2_000_000_000
    max_pages: int = 3000
    max_pixels: int = 120_000_000
    dpi: int = 300
    seconds: int = 60

    def __post_init__(self) -> None:
        if min(self.max_bytes, self.max_pages, self.max_pixels, self.dpi, self.seconds) <= 0:
            raise ValueError("every limit must be greater than zero")
