"""Fonts of Debian's fonts-thai-tlwg, sized by the height of their consonants, and measured."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_REFERENCE_PIXELS = 200

LETTER_FAMILIES = ("Laksaman", "Norasi", "Kinnari", "Garuda", "Umpush", "Loma", "Waree", "Sawasdee")
HAND_FAMILY = "Purisa"


class FontMissingError(RuntimeError):
    """A font of fonts-thai-tlwg is not installed."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font at the size at which ก is ``body_height`` points high."""

    family: str
    body_height: float
    bold: bool = False

    @property
    def size(self) -> float:
        """The size in points (the side of the em square)."""
        return self.body_height / _body_share(self.family, self.bold)


@lru_cache(maxsize=64)
def _font_file(family: str, bold: bool) -> str:
    weight = "bold" if bold else "regular"
    query = f"{family}:weight={weight}:slant=roman:lang=th"
    argv = ["fc-match", "--format=%{family[0]}\n%{file}", query]
    found, file = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=20).stdout.split(
        "\n"
    )
    if found.replace(" ", "") != family or not Path(file).is_file():
        raise FontMissingError(f"font {family} is not installed: it is in Debian's fonts-thai-tlwg")
    return file


@lru_cache(maxsize=512)
def font(family: str, bold: bool, pixels: float) -> ImageFont.FreeTypeFont:
    """The font at ``pixels`` per em."""
    return ImageFont.truetype(_font_file(family, bold), pixels, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=64)
def _body_share(family: str, bold: bool) -> float:
    top = font(family, bold, _REFERENCE_PIXELS).getbbox("ก", anchor="ls")[1]
    return -top / _REFERENCE_PIXELS


@lru_cache(maxsize=65536)
def text_width(text: str, face: Face) -> float:
    """The advance of ``text`` in points."""
    length = font(face.family, face.bold, _REFERENCE_PIXELS).getlength(text)
    return length * face.size / _REFERENCE_PIXELS
