"""A page under the pen: ink of several colours on white, and a record of every line put down.

Places are given in points from the top left corner; what is recorded is in pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from pipeline.model import Box, Ink
from samples.faces import Face, font, text_width
from samples.geometry import Affine, PageGeometry, StampTruth, TableTruth, TextLine, TextRun, move_stamp

Colour = tuple[int, int, int]

BLACK: Colour = (18, 18, 22)
PEN_BLUE: Colour = (38, 58, 150)
PEN_COLOURS: tuple[Colour, ...] = (PEN_BLUE, (20, 20, 30), (25, 40, 120))
STAMP_COLOURS: dict[str, Colour] = {
    "black": BLACK,
    "blue": (45, 60, 165),
    "red": (200, 40, 48),
    "violet": (112, 52, 150),
}

# A consonant or sign with the marks over and under it: "ที่" is one such cluster, "า" another.
_CLUSTER = re.compile(r"[^\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e33][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33?")


def clusters(text: str) -> list[str]:
    """The parts of ``text`` that may be pulled apart in justifying.

    >>> clusters("ที่น้ำ")
    ['ที่', 'น้ำ']
    """
    return _CLUSTER.findall(text)


def ink_box(patch: NDArray[np.uint8], x: int, y: int) -> Box:
    """The box of what is inked in a patch whose top left corner is pixel (x, y) of its page."""
    rows, columns = np.nonzero(patch.max(axis=1) > 60)[0], np.nonzero(patch.max(axis=0) > 60)[0]
    return Box(float(x + columns[0]), float(y + rows[0]), float(x + columns[-1] + 1), float(y + rows[-1] + 1))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one face and ink; ``x`` in points, ``width`` to justify it to.

    ``glue`` is what stands between it and the piece before it in the text of their line.
    """

    text: str
    x: float
    face: Face
    ink: Ink = Ink.PRINT
    colour: Colour = BLACK
    width: float | None = None
    spread: str = "clusters"
    glue: str = " "
    raised: float = 0.0


class Sheet:
    """A page or a patch of one. ``width`` and ``height`` in points."""

    def __init__(self, width: float, height: float, dpi: int) -> None:
        self.width = width
        self.height = height
        self.dpi = dpi
        self.scale = dpi / 72
        self.pixel_size = (round(width * self.scale), round(height * self.scale))
        self.inks: dict[Colour, Image.Image] = {}
        self.lines: list[TextLine] = []
        self.tables: list[TableTruth] = []
        self.stamps: list[StampTruth] = []

    def ink(self, colour: Colour) -> Image.Image:
        """The layer of that colour: 0 is no ink, 255 full."""
        if colour not in self.inks:
            self.inks[colour] = Image.new("L", self.pixel_size, 0)
        return self.inks[colour]

    def pen(self, colour: Colour = BLACK) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.ink(colour))

    def rule(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        weight: float,
        colour: Colour = BLACK,
        strength: int = 255,
    ) -> None:
        """A straight ruling of ``weight`` points."""
        s = self.scale
        pixels = max(1, round(weight * s))
        self.pen(colour).line([(x0 * s, y0 * s), (x1 * s, y1 * s)], fill=strength, width=pixels)

    def dots(self, x0: float, x1: float, y: float, colour: Colour = BLACK, step: float = 2.6) -> None:
        """A dotted ruling, as for filling in."""
        pen, s = self.pen(colour), self.scale
        radius = 0.42 * s
        for x in np.arange(x0, x1, step) * s:
            pen.ellipse([x - radius, y * s - radius, x + radius, y * s + radius], fill=230)

    def print_piece(self, piece: Piece, y: float) -> TextRun:
        """Put printed text on the baseline at ``y``; nothing is recorded."""
        s = self.scale
        face_font = font(piece.face.family, piece.face.bold, piece.face.size * s)
        pen = self.pen(piece.colour)
        boxes: list[tuple[float, float, float, float]] = []
        for text, x in _spread(piece):
            at = (x * s, (y - piece.raised) * s)
            pen.text(at, text, fill=255, font=face_font, anchor="ls")
            if text.strip():
                boxes.append(pen.textbbox(at, text, font=face_font, anchor="ls"))
        return TextRun(piece.text, Box.around(Box(*box) for box in boxes), piece.ink)

    def lay(self, patch: NDArray[np.uint8], x: int, y: int, colour: Colour) -> None:
        """Add a patch of ink with its top left corner at pixel (x, y); what hangs over is cut."""
        layer = self.ink(colour)
        height, width = patch.shape
        x0, y0 = max(0, x), max(0, y)
        x1, y1 = min(layer.width, x + width), min(layer.height, y + height)
        if x1 <= x0 or y1 <= y0:
            return
        part = Image.fromarray(patch[y0 - y : y1 - y, x0 - x : x1 - x])
        layer.paste(ImageChops.lighter(layer.crop((x0, y0, x1, y1)), part), (x0, y0))

    def place(
        self, patch: Sheet, stamp: StampTruth, matrix: Affine, strength: NDArray[np.float32] | None = None
    ) -> None:
        """Put a patch that was drawn on its own on this page, turned and shifted by ``matrix``."""
        moved = move_stamp(stamp, matrix)
        margin = 4
        x, y = int(moved.box.x0) - margin, int(moved.box.y0) - margin
        size = (int(moved.box.width) + 2 * margin, int(moved.box.height) + 2 * margin)
        local = matrix.copy()
        local[:, 2] -= (x, y)
        for colour, layer in patch.inks.items():
            ink = cv2.warpAffine(np.asarray(layer), local, size, flags=cv2.INTER_LINEAR)
            if strength is not None:
                fade = cv2.resize(strength, size, interpolation=cv2.INTER_CUBIC)
                ink = np.clip(ink * fade, 0, 255).astype(np.uint8)
            self.lay(np.asarray(ink, np.uint8), x, y, colour)
        self.stamps.append(moved)

    @property
    def geometry(self) -> PageGeometry:
        return PageGeometry(tuple(self.lines), tuple(self.tables), tuple(self.stamps))

    def flatten(self, colour: bool) -> NDArray[np.uint8]:
        """The page as HxW grey or HxWx3 RGB uint8; inks multiply, as on paper."""
        width, height = self.pixel_size
        channels = [np.full((height, width), 255, np.uint8)]
        if colour and any(max(ink) - min(ink) > 20 for ink in self.inks):
            channels = [channels[0], channels[0].copy(), channels[0].copy()]
        for ink, layer in self.inks.items():
            coverage = np.asarray(layer)
            tones = ink if len(channels) == 3 else (round(0.299 * ink[0] + 0.587 * ink[1] + 0.114 * ink[2]),)
            for index, tone in enumerate(tones):
                table = np.round(255 - np.arange(256) * (1 - tone / 255)).astype(np.uint8)
                through = cv2.LUT(coverage, table)
                channels[index] = np.asarray(cv2.multiply(channels[index], through, scale=1 / 255), np.uint8)
        if not colour:
            return channels[0]
        return np.asarray(cv2.merge(channels if len(channels) == 3 else channels * 3), np.uint8)


def _spread(piece: Piece) -> list[tuple[str, float]]:
    """The parts of a piece with their places, pulled apart to its width if it has one."""
    if piece.width is None:
        return [(piece.text, piece.x)]
    parts = clusters(piece.text) if piece.spread == "clusters" else _words(piece.text)
    widths = [text_width(part, piece.face) for part in parts]
    gap = (piece.width - sum(widths)) / max(1, len(parts) - 1)
    places = piece.x + np.concatenate([[0.0], np.cumsum(np.array(widths[:-1]) + gap)])
    return [(part, float(x)) for part, x in zip(parts, places, strict=True)]


def _words(text: str) -> list[str]:
    words = text.split(" ")
    return [*(word + " " for word in words[:-1]), words[-1]]
