"""Planes: which pixels of a page are something, as HxW booleans, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import Labels, labelled, numbered

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


def larger_parts(plane: Plane, area: int) -> Plane:
    """Only connected parts (8-connected) of more than ``area`` pixels.

    As :class:`Components` would choose them, at half the time: it does not measure where they are.
    """
    places, part = numbered_parts(plane)
    large = np.zeros_like(plane)
    large.ravel()[places[np.bincount(part)[part] > area]] = True
    return large


def numbered_parts(plane: Plane) -> tuple[NDArray[np.intp], Labels]:
    """The places of the set pixels, counted along the rows, and the number of the part that each is of."""
    places = np.flatnonzero(plane)
    return places, numbered(_to(plane)).ravel()[places]


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected parts of a plane (8-connected). The arrays have a row for each, the first being
    the background: it is never chosen. ``labels`` says of each pixel which part it belongs to."""

    plane: Plane
    labels: Labels
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    area: NDArray[np.int32]

    @staticmethod
    def of(plane: Plane) -> Components:
        labels, stats = labelled(_to(plane))
        return Components(plane, labels, *stats.T)

    @property
    def right(self) -> NDArray[np.int32]:
        return self.left + self.width

    @property
    def bottom(self) -> NDArray[np.int32]:
        return self.top + self.height

    def count_in(self, plane: Plane) -> NDArray[np.int64]:
        """How many pixels of each part are set in ``plane``."""
        return np.asarray(np.bincount(self.labels[plane], minlength=self.area.size), dtype=np.int64)

    def choose(self, chosen: Plane) -> Plane:
        """The pixels of those parts for which ``chosen`` is true."""
        # Only of the few pixels that are set is it asked which part they belong to.
        places = np.flatnonzero(self.plane)
        found = np.zeros_like(self.plane)
        found.ravel()[places[chosen[self.labels.ravel()[places]]]] = True
        return found


def _to(plane: Plane) -> NDArray[np.uint8]:
    return plane.view(np.uint8)


def _of(pixels: object) -> Plane:
    return np.asarray(pixels, dtype=np.uint8).view(np.bool_)


def _box(across: int, down: int) -> NDArray[np.uint8]:
    return np.ones((down, across), np.uint8)
