"""How a sheet was bent, or seen at a slant, when it was scanned: what should be level or upright is not.

Skew is one angle for the whole page. A sheet that does not lie flat, or was photographed, has another
angle in each part. These are measured, a smooth surface is laid through them, and the page is bent back
along it if its lines and rulings fall into fewer rows or columns thereby.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Bend, ColourImage, GreyImage
from pipeline.pages.planes import Plane, wide_parts
from pipeline.pages.skew import Edges, lower_edges, sharpness, without_grains

_ANGLES = (np.arange(-3.0, 3.1, 0.15), np.arange(-0.6, 0.62, 0.04))
"""Degrees by which a part of a straightened page may be askew: tried first, and again on what is left."""

_PARTS = (8, 2)
"""Parts of the page along its lines, and from one line to the next."""

_POINTS = 25_000
_FEWEST_EDGES = 80
"""On less ink, in pixels of the proof, no angle is measured."""

_CLEAR_PEAK, _WIDE = 1.15, 1.0
"""How far the best angle of a part must stand out over the median of all, if these reach so far."""

_FEWEST_PARTS = 9
_OUTLIER = 0.35
"""Degrees off the surface through all others that make the angle of a part a mistake."""

_TERMS = 6

_LEAST = 3.0
"""Pixels of the proof (0.5 mm) by which a page is bent somewhere; less is left alone."""

_SHARPER = 1.15
"""Rows or columns must be so many times as sharp when the page is bent back."""

_KNOTS = 64
"""Places across and down a page at which its surface is worked out."""

_UPRIGHT_RUN = 31
"""Pixels of the proof (5 mm) that a ruling runs down at least; strokes of letters are shorter."""

Shifts = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """The slope of lines over a page: polynomial terms of the place along them, and across them.

    Places go from -1 to 1 over the ``length`` along the lines and the ``breadth`` across, in pixels.
    """

    terms: NDArray[np.float64]
    length: int
    breadth: int

    def shifts(self, along: Shifts, across: Shifts) -> Shifts:
        """How far (pixels) lines have strayed at these places; nothing amid the page."""
        u, v = 2 * along / self.length - 1, 2 * across / self.breadth - 1
        level, bent, arched, waved, fanned, twisted = self.terms * self.length / 2
        along_all = u * (level + u * (bent / 2 + u * (arched / 3 + u * waved / 4)))
        return np.asarray(along_all + v * u * (fanned + u * twisted / 2))

    def straightened(self, edges: Edges) -> Edges:
        """``edges`` where they would be if the page lay flat."""
        return Edges(edges.down - self.shifts(edges.across, edges.down), edges.across, edges.width)


def find_bend(ink: Plane) -> Bend | None:
    """How a page without skew is bent, from its ink at about 150 dpi; None if it lies flat or is unsure.

    Lines show in the lower edges of all ink, as for the skew; uprights in the edges of long rulings only.
    """
    height, width = ink.shape
    lines = _surface(lower_edges(without_grains(ink)), width, height)
    rulings = wide_parts(ink, 1, _UPRIGHT_RUN)
    uprights = _surface(lower_edges(np.ascontiguousarray(rulings.T)), height, width)
    return None if lines is None and uprights is None else Bend(_terms(lines), _terms(uprights))


def _terms(surface: Surface | None) -> tuple[float, ...] | None:
    return None if surface is None else tuple(surface.terms.tolist())


def flatten(image: ColourImage | GreyImage, bend: Bend) -> ColourImage | GreyImage:
    """``image`` bent back; size kept, white where nothing was."""
    height, width = image.shape[:2]
    # A few places are enough of so smooth a surface.
    y, x = ((np.arange(_KNOTS) + 0.5) / _KNOTS * size for size in (height, width))
    down = right = np.zeros((_KNOTS, _KNOTS))
    if bend.lines is not None:
        down = Surface(np.array(bend.lines), width, height).shifts(x, y[:, None])
    if bend.uprights is not None:
        right = Surface(np.array(bend.uprights), height, width).shifts(y[:, None], x)
    x_shift, y_shift = (cv2.resize(np.asarray(s, np.float32), (width, height)) for s in (right, down))
    flat = cv2.remap(
        image,
        x_shift + np.arange(width, dtype=np.float32),
        y_shift + np.arange(height, dtype=np.float32)[:, None],
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return np.asarray(flat, np.uint8)


def _surface(edges: Edges, length: int, breadth: int) -> Surface | None:
    """The surface through the slopes of all parts, if it makes the page sharper."""
    some = edges.some(_POINTS)
    surface = Surface(np.zeros(_TERMS), length, breadth)
    for angles in _ANGLES:
        measured = _slopes(surface.straightened(some), angles, length, breadth)
        if len(measured) < _FEWEST_PARTS:
            return None
        surface = replace(surface, terms=surface.terms + _fitted(measured))
        if np.abs(surface.shifts(some.across, some.down)).max() < _LEAST:
            return None
    before, after = (
        float(sharpness(e, np.zeros_like(e.down, np.intp), 1, np.zeros(1), bin_size=3.0)[0, 0])
        for e in (some, surface.straightened(some))
    )
    return surface if after >= _SHARPER * before else None


def _slopes(edges: Edges, angles: NDArray[np.float64], length: int, breadth: int) -> NDArray[np.float64]:
    """(place along, place across, slope) of each part of the page in which there is a clear one."""
    column, row = (_part(*places) for places in zip((edges.across, edges.down), _PARTS, strict=True))
    part, parts = row * _PARTS[0] + column, _PARTS[0] * _PARTS[1]
    scores = sharpness(edges, part, parts, angles, bin_size=1.0)
    scores = scores[:-2] + 2 * scores[1:-1] + scores[2:]
    best = scores.argmax(axis=0)
    clear = scores.max(axis=0) >= _CLEAR_PEAK * np.median(scores, axis=0)
    if angles[-1] < _WIDE:
        clear[:] = True
    count = np.bincount(part, minlength=parts)
    clear &= count >= _FEWEST_EDGES
    across, down = (
        2 * np.bincount(part, places, parts) / np.maximum(count, 1) / size - 1
        for places, size in ((edges.across, length), (edges.down, breadth))
    )
    slopes = np.tan(np.radians(angles[best + 1]))
    return np.asarray(np.stack((across, down, slopes), axis=1)[clear], np.float64)


def _part(places: NDArray[np.float64], parts: int) -> NDArray[np.intp]:
    """In which of so many parts of their range, a few far ones left aside, places lie."""
    first, last = np.percentile(places, (1, 99)) if places.size else (0.0, 1.0)
    return np.asarray(((places - first) * parts / (last - first + 1)).astype(np.intp).clip(0, parts - 1))


def _fitted(measured: NDArray[np.float64]) -> NDArray[np.float64]:
    """The terms of the surface through these slopes by least squares, mistaken ones left out."""
    for _ in range(2):
        u, v, slopes = measured.T
        terms = np.stack((np.ones_like(u), u, u**2, u**3, v, v * u), axis=1)
        solved = np.linalg.lstsq(terms, slopes, rcond=1e-3)[0]
        off = np.abs(terms @ solved - slopes)
        measured = measured[off <= max(np.tan(np.radians(_OUTLIER)), float(np.median(off)))]
    return np.asarray(solved, np.float64)
