"""Ink as a mask and as connected components: what every other part of layout works on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.connected import labelled
from pipeline.model import Box, GreyImage

Mask = NDArray[np.uint8]
"""HxW uint8, 1 is ink and 0 is paper."""

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_DARKEST_THRESHOLD, _LIGHTEST_THRESHOLD = 100.0, 190.0
"""Otsu's threshold goes astray on an almost empty or an almost black page; these are its limits."""


def ink_mask(image: GreyImage, darker: float = 0.0) -> Mask:
    """Ink of a cleaned grey page (HxW uint8, dark ink) as a mask of the same size.

    Ink is so many grey levels ``darker`` than what usually parts it from the paper.
    """
    otsu, _ = cv2.threshold(image[::2, ::2], 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    limit = min(max(otsu - darker, _DARKEST_THRESHOLD), _LIGHTEST_THRESHOLD)
    return np.asarray(cv2.threshold(image, limit, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected components as columns of numbers in page pixels; ``x1`` and ``y1`` are exclusive."""

    x0: Numbers
    y0: Numbers
    x1: Numbers
    y1: Numbers
    area: Numbers

    def __len__(self) -> int:
        return len(self.x0)

    @property
    def width(self) -> Numbers:
        return self.x1 - self.x0

    @property
    def height(self) -> Numbers:
        return self.y1 - self.y0

    def take(self, chosen: NDArray[np.bool_] | Indices) -> Components:
        """The components that a mask or an index array chooses."""
        return Components(
            self.x0[chosen], self.y0[chosen], self.x1[chosen], self.y1[chosen], self.area[chosen]
        )

    def plus(self, other: Components) -> Components:
        """Both, these first."""
        return Components(
            np.concatenate((self.x0, other.x0)),
            np.concatenate((self.y0, other.y0)),
            np.concatenate((self.x1, other.x1)),
            np.concatenate((self.y1, other.y1)),
            np.concatenate((self.area, other.area)),
        )

    def box(self) -> Box:
        """The box around all of them; at least one is needed."""
        return Box(float(self.x0.min()), float(self.y0.min()), float(self.x1.max()), float(self.y1.max()))

    def centre_in(self, box: Box) -> NDArray[np.bool_]:
        """Which components have their centre inside ``box``."""
        x, y = (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2
        return np.asarray((x >= box.x0) & (x < box.x1) & (y >= box.y0) & (y < box.y1))


def components_of(mask: Mask) -> Components:
    """Every 8-connected component of ``mask``."""
    # Empty margins cost as much time as print. Blocks of two by two pixels are numbered: from an even corner
    # on, in the same order as on the whole page. A mask of no pixels OpenCV does not survive.
    left, top, across, down = cv2.boundingRect(mask)
    left, top = left & ~1, top & ~1
    inked = mask[top : top + down + 1, left : left + across + 1]
    x, y, width, height, area = labelled(inked)[1][1:].T.astype(np.float64)
    return Components(x + left, y + top, x + left + width, y + top + height, area)
