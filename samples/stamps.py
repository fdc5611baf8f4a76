"""Receive stamps (ตรารับหนังสือ) and the round seal of a stamped letter (หนังสือประทับตรา)."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.model import Box, Ink, StampShape
from samples.content import LetterContent, StampContent, ValueHand
from samples.emblem import draw_emblem
from samples.faces import Face, font, text_width
from samples.geometry import StampTruth, TextLine, turn
from samples.inscribe import as_stamped, set_line
from samples.sheet import BLACK, PEN_COLOURS, STAMP_COLOURS, Colour, Piece, Sheet, clusters
from samples.signatures import signature
from samples.writing import write_date

# Where stamps go on an A4 page, in points: the top left corner, give or take.
_PLACES = {
    "top_right": (418.0, 22.0),
    "top_left": (66.0, 18.0),
    "below_office": (412.0, 168.0),
    "foot_right": (396.0, 640.0),
}
_MARGIN = 3.0


def _patchy(chance: random.Random) -> NDArray[np.float32]:
    """How well the stamp took, as a small map of factors: rubber never prints evenly."""
    cells = [[chance.uniform(0.72, 1.12) for _ in range(6)] for _ in range(5)]
    return np.array(cells, np.float32)


def draw_receive_stamp(sheet: Sheet, stamp: StampContent, seed: int) -> None:
    """Put a receive stamp on ``sheet``, tilted, its values in pen or by another stamp."""
    chance = random.Random(seed)
    colour = STAMP_COLOURS[stamp.colour]
    face = Face(chance.choice(("Laksaman", "Garuda", "Loma", "Norasi")), chance.uniform(5.0, 5.8))
    fields = [("เลขรับ", stamp.number), ("วันที่", stamp.date), ("เวลา", stamp.time)]
    width = max(112.0, text_width(stamp.office, face) + 18)
    step = face.body_height * 2.75
    height = step * (len(fields) + 1) + 7
    patch = Sheet(width + 2 * _MARGIN, height + 2 * _MARGIN, sheet.dpi)
    _frame(patch, width, height, colour, double=chance.random() < 0.3)
    office_x = _MARGIN + (width - text_width(stamp.office, face)) / 2
    lines = [
        as_stamped(
            set_line(
                patch, [Piece(stamp.office, office_x, face, colour=colour)], _MARGIN + step * 0.9, "stamp"
            )
        )
    ]
    for index, (label, value) in enumerate(fields):
        y = _MARGIN + step * (1.95 + index * 0.98)
        lines.append(_field(patch, label, value, y, width, face, colour, stamp.hand, chance))
    box = Box(0.0, 0.0, float(patch.pixel_size[0]), float(patch.pixel_size[1]))
    x, y = _place(sheet, stamp.place, width, height, chance)
    shift = (x * sheet.scale, y * sheet.scale)
    centre = (patch.pixel_size[0] / 2, patch.pixel_size[1] / 2)
    sheet.place(
        patch,
        StampTruth(box, StampShape.RECEIVE_BOX, tuple(lines)),
        turn(stamp.tilt, centre, shift),
        _patchy(chance),
    )


def _place(
    sheet: Sheet, wanted: str, width: float, height: float, chance: random.Random
) -> tuple[float, float]:
    """Where the stamp goes, in points: four times in five where it covers the least print."""
    names = (wanted, *(name for name in _PLACES if name != wanted))
    spots: list[tuple[float, float]] = []
    for name in names:
        x, y = _PLACES[name]
        x = min(x + chance.uniform(-14, 14), sheet.width - width - 8)
        spots.append((x, y + chance.uniform(-5, 8)))
    if chance.random() < 0.2:
        return spots[0]
    return min(spots, key=lambda spot: _covered(sheet, spot, width, height))


def _covered(sheet: Sheet, spot: tuple[float, float], width: float, height: float) -> float:
    """How much of what is on the sheet a stamp there would lie over, in square pixels."""
    x, y = spot
    s = sheet.scale
    box = Box(x * s, y * s, (x + width) * s, (y + height) * s)
    taken = [line.box for line in sheet.lines] + [stamp.box for stamp in sheet.stamps]
    return sum(box.intersection(other) for other in taken)


def _frame(patch: Sheet, width: float, height: float, colour: Colour, double: bool) -> None:
    s = patch.scale
    for inset, weight in ((0.0, 1.3), (2.4, 0.6)) if double else ((0.0, 1.2),):
        box = [
            (_MARGIN + inset) * s,
            (_MARGIN + inset) * s,
            (_MARGIN + width - inset) * s,
            (_MARGIN + height - inset) * s,
        ]
        patch.pen(colour).rectangle(box, outline=255, width=max(1, round(weight * s)))


def _field(
    patch: Sheet,
    label: str,
    value: str | None,
    y: float,
    width: float,
    face: Face,
    colour: Colour,
    hand: ValueHand,
    chance: random.Random,
) -> TextLine:
    """One dotted line of the stamp with its value."""
    left = _MARGIN + 7
    after = left + text_width(label, face) + 2
    patch.dots(after, _MARGIN + width - 7, y + 0.6, colour)
    pieces = [Piece(label, left, face, colour=colour)]
    if value and hand is ValueHand.PEN:
        pieces.append(Piece(value, after + chance.uniform(5, 16), face, Ink.PEN, chance.choice(PEN_COLOURS)))
    elif value:
        stamped = Face("Loma", face.body_height * 1.08, bold=True)
        ink = chance.choice((colour, BLACK, STAMP_COLOURS["blue"]))
        pieces.append(
            Piece(value, after + chance.uniform(5, 16), stamped, colour=ink, raised=chance.uniform(0.3, 1.8))
        )
    return as_stamped(set_line(patch, pieces, y, "stamp"))


def draw_seal(sheet: Sheet, letter: LetterContent, x: float, y: float, seed: int) -> None:
    """The round seal about (x, y) in points: office around it, office and date across it."""
    chance = random.Random(seed)
    colour = STAMP_COLOURS["red"] if chance.random() < 0.6 else BLACK
    radius, s = 50.0, sheet.scale
    for ring, weight in ((radius, 1.1), (radius * 0.66, 0.8)):
        circle = [(x - ring) * s, (y - ring) * s, (x + ring) * s, (y + ring) * s]
        sheet.pen(colour).ellipse(circle, outline=235, width=max(1, round(weight * s)))
    _faint_emblem(sheet, x, y, radius, colour)
    _around(sheet, letter.sender, x, y, radius * 0.83, Face("Garuda", 4.6, bold=True), colour)
    face = Face(letter.typeface.family, letter.typeface.body_height)
    texts = [letter.sender, write_date(letter.date, letter.writing) if letter.date else ""]
    lines = tuple(
        set_line(
            sheet,
            [Piece(text, x - text_width(text, face) / 2, face)],
            y + 2 + index * letter.typeface.leading,
            "seal",
        )
        for index, text in enumerate(texts)
        if text
    )
    ring_box = Box((x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s)
    box = Box.around([ring_box, *(line.box for line in lines)])
    sheet.stamps.append(StampTruth(box, StampShape.SEAL, lines))
    signature(sheet, x + 14, y + 22, 40, 18, PEN_COLOURS[seed % len(PEN_COLOURS)], seed)


def _faint_emblem(sheet: Sheet, x: float, y: float, radius: float, colour: Colour) -> None:
    patch = Sheet(radius * 1.2, radius * 1.2, sheet.dpi)
    draw_emblem(patch, radius * 0.6, radius * 0.08, radius * 1.04, colour)
    ink = (np.asarray(patch.ink(colour)).astype(np.float32) * 0.4).astype(np.uint8)
    sheet.lay(ink, round((x - radius * 0.6) * sheet.scale), round((y - radius * 0.6) * sheet.scale), colour)


def _around(sheet: Sheet, text: str, x: float, y: float, radius: float, face: Face, colour: Colour) -> None:
    """``text`` along the lower half of a circle, letters upright at its foot."""
    parts = clusters(text)
    widths = [text_width(part, face) + 0.8 for part in parts]
    angle = -sum(widths) / radius / 2
    face_font = font(face.family, face.bold, face.size * sheet.scale)
    side = round(face.size * sheet.scale * 3)
    for part, width in zip(parts, widths, strict=True):
        angle += width / radius / 2
        glyph = Image.new("L", (side, side), 0)
        ImageDraw.Draw(glyph).text((side / 2, side / 2), part, fill=235, font=face_font, anchor="ms")
        matrix = turn(math.degrees(-angle), (side / 2, side / 2))
        turned = cv2.warpAffine(np.asarray(glyph), matrix, (side, side), flags=cv2.INTER_LINEAR)
        foot = radius + face.body_height * 0.5
        place_x, place_y = x + foot * math.sin(angle), y + foot * math.cos(angle)
        left, top = round(place_x * sheet.scale - side / 2), round(place_y * sheet.scale - side / 2)
        sheet.lay(np.asarray(turned, np.uint8), left, top, colour)
        angle += width / radius / 2
