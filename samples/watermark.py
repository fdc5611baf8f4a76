"""Watermarks: a word across the page, behind the text and faint."""

from __future__ import annotations

import random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from samples.faces import font
from samples.geometry import turn
from samples.sheet import Colour, Sheet

_WORDS = ("สำเนา", "เอกสารราชการ", "งานสารบรรณ", "สำเนาคู่ฉบับ")
_GREY: Colour = (230, 230, 230)


def lay_watermark(sheet: Sheet, seed: int) -> None:
    """Put a large grey word across ``sheet``; it is no line of the page's text."""
    chance = random.Random(seed)
    width, height = sheet.pixel_size
    layer = Image.new("L", (width, height), 0)
    face = font("Garuda", True, round(width * 0.13))
    pen = ImageDraw.Draw(layer)
    pen.text(
        (width / 2, height * chance.uniform(0.4, 0.6)),
        chance.choice(_WORDS),
        fill=255,
        font=face,
        anchor="mm",
    )
    matrix = turn(-chance.uniform(30, 55), (width / 2, height / 2))
    sheet.lay(np.asarray(cv2.warpAffine(np.asarray(layer), matrix, (width, height)), np.uint8), 0, 0, _GREY)
