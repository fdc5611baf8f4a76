"""A page as scanned, turned and straightened as it was when its boxes were measured."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model import ColourImage, GreyImage
from pipeline.pages.skew import straighten

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def upright(image: ColourImage | GreyImage, rotation: int, skew: float) -> ColourImage | GreyImage:
    """``image`` turned clockwise by ``rotation`` (0, 90, 180 or 270) degrees, then back by ``skew`` degrees.

    With the values of :class:`pipeline.model.PageImage` its pixels lie where those of the cleaned page do,
    but on a sheet whose bend was flattened, where they lie off by as much as it was bent (a few millimetres);
    nothing else is cleaned, so a person sees what was scanned.
    """
    if rotation:
        image = np.asarray(cv2.rotate(image, _TURNS[rotation]), dtype=np.uint8)
    return straighten(image, skew) if skew else image
