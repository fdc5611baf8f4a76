"""Planes: which pixels of a page are something, as HxW booleans, and what is done with them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Labels, numbered
from pipeline.model import ColourImage, GreyImage

Plane = NDArray[np.bool_]

_SMALL_BOX = 40
"""Up to about this side in pixels OpenCV grows boxes faster by dilation."""


def widen(plane: Plane, across: int, down: int) -> Plane:
    """Every set pixel grown to a box of ``across`` by ``down`` pixels around it (dilation).

    By box sums where the box is large, since their cost does not grow with it; they stop at 255 and so never
    wrap.
    """
    if max(across, down) <= _SMALL_BOX:
        return _of(cv2.dilate(_to(plane), _box(across, down)))
    sums = cv2.boxFilter(_to(plane), -1, (across, down), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(sums > 0)


def narrow(plane: Plane, across: int, down: int) -> Plane:
    """Only pixels whose box of ``across`` by ``down`` is all set (erosion)."""
    return _of(cv2.erode(_to(plane), _box(across, down)))


def wide_parts(plane: Plane, across: int, down: int) -> Plane:
    """Only parts into which a box of ``across`` by ``down`` pixels fits (opening)."""
    return _of(cv2.morphologyEx(_to(plane), cv2.MORPH_OPEN, _box(across, down)))


def stretch(plane: Plane, height: int, width: int) -> Plane:
    """A smaller plane over a larger image, a pixel of its own wider all round."""
    if plane.shape == (height, width):
        return plane
    wider = _to(widen(plane, 3, 3))
    return _of(cv2.resize(wider, (width, height), interpolation=cv2.INTER_NEAREST))


def whitened(image: ColourImage | GreyImage, plane: Plane) -> ColourImage | GreyImage:
    """``image`` with white where ``plane`` is set; a smaller plane is stretched over the image."""
    white = _to(stretch(plane, *image.shape[:2])) * np.uint8(255)
    every_channel = white if image.ndim == 2 else cv2.merge((white, white, white))
    return np.asarray(cv2.bitwise_or(image, every_channel), np.uint8)


def larger_parts(plane: Plane, area: int) -> Plane:
    """Only connected parts (8-connected) of more than ``area`` pixels.

    As :class:`pipeline.connected.Parts` would choose them, at half the time: where they are is not measured.
    """
    places, part = numbered_parts(plane)
    large = np.zeros_like(plane)
    large.ravel()[places[np.bincount(part)[part] > area]] = True
    return large


def numbered_parts(plane: Plane) -> tuple[NDArray[np.intp], Labels]:
    """The places of the set pixels, counted along the rows, and the number of the part that each is of."""
    places = np.flatnonzero(plane)
    return places, numbered(_to(plane)).ravel()[places]


def _to(plane: Plane) -> NDArray[np.uint8]:
    return plane.view(np.uint8)


def _of(pixels: object) -> Plane:
    return np.asarray(pixels, dtype=np.uint8).view(np.bool_)


def _box(across: int, down: int) -> NDArray[np.uint8]:
    return np.ones((down, across), np.uint8)
