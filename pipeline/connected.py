"""Connected parts of a mask, numbered: what cleaning and layout spend most of their time on.

OpenCV takes half as long where numbers of two bytes do. Before it joins parts it numbers more of them than
there are in the end, and what no longer fits would be wrong without a word, so that is found out before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
"""HxW, 0 or 1."""

Labels = NDArray[np.integer[Any]]
"""The number of the part that each pixel is of; 0 is the background."""

_MOST = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts (8-connected) of a mask. The arrays have a row for each, the first being the background.

    ``labels`` (HxW) says of each pixel which part it is of, ``part`` only of the few that are set, whose
    ``places`` are counted along the rows: questions about these are answered ten times as fast.
    """

    labels: Labels
    places: NDArray[np.intp]
    part: Labels
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    width: NDArray[np.int32]
    height: NDArray[np.int32]
    area: NDArray[np.int32]

    @staticmethod
    def of(mask: Mask | NDArray[np.bool_]) -> Parts:
        labels, stats = labelled(mask.view(np.uint8))
        places = np.flatnonzero(mask.view(np.bool_))
        return Parts(labels, places, labels.ravel()[places], *stats.T)

    @property
    def right(self) -> NDArray[np.int32]:
        return self.left + self.width

    @property
    def bottom(self) -> NDArray[np.int32]:
        return self.top + self.height

    def count_in(self, mask: Mask | NDArray[np.bool_]) -> NDArray[np.intp]:
        """How many pixels of each part are set in ``mask`` (HxW); of the background none are counted."""
        return np.bincount(self.part[mask.ravel()[self.places].view(np.bool_)], minlength=self.area.size)

    def choose(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """HxW: the pixels of those parts for which ``chosen`` is true, never of the background."""
        found = np.zeros(self.labels.shape, np.bool_)
        found.ravel()[self.places[chosen[self.part]]] = True
        return found


def labelled(mask: Mask) -> tuple[Labels, NDArray[np.int32]]:
    """The 8-connected part of each pixel of ``mask``, and OpenCV's statistics of each part."""
    kind, dtype = _kind_for(mask)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, kind, cv2.CCL_SPAGHETTI)
    return np.asarray(labels, dtype), np.asarray(stats, np.int32)


def numbered(mask: Mask) -> Labels:
    """The 8-connected part of each pixel of ``mask``, at half the cost of their statistics."""
    kind, dtype = _kind_for(mask)
    return np.asarray(cv2.connectedComponentsWithAlgorithm(mask, 8, kind, cv2.CCL_SPAGHETTI)[1], dtype)


def _kind_for(mask: Mask) -> tuple[int, type[np.uint16 | np.int32]]:
    """OpenCV's type of numbers that are large enough for ``mask``, and numpy's.

    Blocks of two by two pixels are numbered. One that begins a part has nothing set at its left, so there are
    no more of these than runs in pairs of rows, laid one upon the other.
    """
    if mask.size < _MOST:
        return cv2.CV_16U, np.uint16
    pairs = mask[:-1:2] | mask[1::2]
    begins = np.count_nonzero(pairs[:, 1:] > pairs[:, :-1]) + np.count_nonzero(pairs[:, :1])
    small = begins + np.count_nonzero(mask[-1]) < _MOST
    return (cv2.CV_16U, np.uint16) if small else (cv2.CV_32S, np.int32)
