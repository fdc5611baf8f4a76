"""A page as scanned, turned and straightened as it was when its boxes were measured."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model import Bend, ColourImage, GreyImage
from pipeline.pages.bend import flatten
from pipeline.pages.skew import straighten

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def upright(
    image: ColourImage | GreyImage, rotation: int, skew: float, bend: Bend | None
) -> ColourImage | GreyImage:
    """``image`` turned clockwise by ``rotation`` (0, 90, 180, 270) degrees, back by ``skew``, and made flat.

    With the values of :class:`pipeline.model.PageImage` its pixels lie where those of the cleaned page do;
    nothing else is cleaned, so a person sees what was scanned.
    """
    if rotation:
        image = np.asarray(cv2.rotate(image, _TURNS[rotation]), dtype=np.uint8)
    if skew:
        image = straighten(image, skew)
    return image if bend is None else flatten(image, bend)
