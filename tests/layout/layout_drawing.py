"""Pages drawn for the layout tests: letters of a Thai face, rulings, stamps, ticks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, CellRegion, PageImage, TableRegion

DPI = 200
FACE = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")


def face(points: float, dpi: int = DPI) -> ImageFont.FreeTypeFont:
    """Laksaman at a size in points."""
    return ImageFont.truetype(str(FACE), round(points * dpi / 72))


@dataclass
class Drawing:
    """A white page; ``pen`` is a second one for coloured ink."""

    dpi: int = DPI
    width_mm: float = 210
    height_mm: float = 148
    image: Image.Image = field(init=False)
    pen: Image.Image | None = None

    def __post_init__(self) -> None:
        self.image = Image.new("L", (self.mm(self.width_mm), self.mm(self.height_mm)), 255)

    def mm(self, length: float) -> int:
        return round(length * self.dpi / 25.4)

    def text(self, x_mm: float, base_mm: float, words: str, points: float = 16, pen: bool = False) -> Box:
        """Write ``words`` with their baseline at ``base_mm``; gives the box of their ink."""
        if pen and self.pen is None:
            self.pen = Image.new("L", self.image.size, 255)
        target = self.pen if pen and self.pen is not None else self.image
        font = face(points, self.dpi)
        place = (self.mm(x_mm), self.mm(base_mm))
        ImageDraw.Draw(target).text(place, words, font=font, fill=0, anchor="ls")
        x0, y0, x1, y1 = ImageDraw.Draw(target).textbbox(place, words, font=font, anchor="ls")
        return Box(x0, y0, x1, y1)

    def line(self, x0: float, y0: float, x1: float, y1: float, width_mm: float = 0.3, grey: int = 0) -> None:
        ends = [(self.mm(x0), self.mm(y0)), (self.mm(x1), self.mm(y1))]
        ImageDraw.Draw(self.image).line(ends, fill=grey, width=max(1, self.mm(width_mm)))

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, width_mm: float = 0.4) -> None:
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        for (ax, ay), (bx, by) in itertools.pairwise(corners):
            self.line(ax, ay, bx, by, width_mm)

    def strokes(self, points_mm: list[tuple[float, float]], width_mm: float = 0.5, pen: bool = False) -> None:
        if pen and self.pen is None:
            self.pen = Image.new("L", self.image.size, 255)
        target = self.pen if pen and self.pen is not None else self.image
        points = [(self.mm(x), self.mm(y)) for x, y in points_mm]
        ImageDraw.Draw(target).line(points, fill=0, width=max(1, self.mm(width_mm)), joint="curve")

    def disc(self, x: float, y: float, radius: float) -> None:
        corners = [self.mm(v) for v in (x - radius, y - radius, x + radius, y + radius)]
        ImageDraw.Draw(self.image).ellipse(corners, fill=0)

    def grid(self, xs: list[float], ys: list[float], grey: int = 0) -> None:
        for y in ys:
            self.line(xs[0], y, xs[-1], y, grey=grey)
        for x in xs:
            self.line(x, ys[0], x, ys[-1], grey=grey)

    def page(self, turned: float = 0.0) -> PageImage:
        """The page, turned clockwise by some degrees, which deskewing may leave over."""

        def pixels(image: Image.Image) -> np.ndarray:
            return np.asarray(image.rotate(-turned, Image.Resampling.BICUBIC, fillcolor=255), np.uint8)

        return PageImage(1, pixels(self.image), None if self.pen is None else pixels(self.pen), self.dpi)


def consonant_height(points: float, dpi: int = DPI) -> float:
    """Height of น in pixels."""
    _, y0, _, y1 = face(points, dpi).getbbox("น", anchor="ls")
    return float(y1 - y0)


XS = [15.0, 25.0, 85.0, 110.0, 130.0, 150.0, 170.0, 190.0]
YS = [20.0, 30.0, 45.0, 60.0, 75.0]
"""Where the rulings of a :func:`plan` stand, in millimetres."""


def plan(dpi: int = 200) -> Drawing:
    """A header over three rows, each with a number, a title of two lines, an amount and four quarters."""
    drawing = Drawing(dpi=dpi)
    drawing.grid(XS, YS)
    for x, words in zip(XS, ("ที่", "โครงการ", "งบประมาณ", "1", "2", "3", "4"), strict=False):
        drawing.text(x + 2, 27, words, 12)
    for row, top in enumerate(YS[1:-1], 1):
        drawing.text(18, top + 6, str(row), 12)
        drawing.text(27, top + 6, "โครงการส่งเสริมคุณธรรม", 12)
        drawing.text(27, top + 12, "จริยธรรมในหมู่บ้าน", 12)
        drawing.text(90, top + 6, "5,000", 12)
    return drawing


def cell_at(table: TableRegion, row: int, column: int) -> CellRegion:
    return next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))
