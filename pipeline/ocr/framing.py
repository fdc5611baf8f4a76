"""From a line on a page to the strip of pixels that the recogniser reads.

Training and reading share this module: a recogniser reads only what is framed as it was taught.
The frame hangs on the baseline and on the height of a consonant, not on the ink's own extent, so
a line without marks and a line with tall marks look alike to it.

::

    row  0 ┐
           │ marks above: vowels and tones (17 rows)
        17 ┤ top of ก น ว
           │ body (18 rows)
        35 ┤ baseline
           │ marks below: ุ ู and descenders of ฎ ฤ (13 rows)
        48 ┘
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import GreyImage, LineRegion

STRIP_HEIGHT = 48
BASELINE_ROW = 35
BODY_ROWS = 18
MARGIN = 8
"""Paper kept at the left and right of a line, in strip pixels."""
MAX_WIDTH = 4096
"""Wider strips are squeezed; no line of print is 200 consonants wide."""

_LEAST_CONTRAST = 40.0
"""Grey levels between ink and paper below which contrast is not stretched further, so that
the grain of empty paper does not become ink."""

Strip = NDArray[np.uint8]
"""48xW uint8: 0 is paper and 255 is ink (so that padding with zeros adds paper)."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A framed line. Strip column ``c`` lies on the page at x = ``x0 + c * step`` pixels."""

    strip: Strip
    x0: float
    step: float


def frame(image: GreyImage, region: LineRegion) -> Frame:
    """Cut ``region`` out of the page ``image``, level its baseline, scale its body to 18 rows.

    What lies outside the image is taken for paper.
    """
    scale = BODY_ROWS / max(region.body_height, 1.0)
    wide = region.box.width * scale + 2 * MARGIN
    across = scale * min(1.0, MAX_WIDTH / wide)
    x0 = region.box.x0 - MARGIN / across
    width = max(int(np.ceil(region.box.width * across)) + 2 * MARGIN, 2 * MARGIN)
    cut, left, top = _cut(image, region, x0, x0 + width / across, 1.0 / scale)
    shrunk = _resize(cut, across, scale)
    slope = (region.baseline_right - region.baseline_left) / max(region.box.width, 1.0)
    baseline = region.baseline_left + slope * (x0 - region.box.x0)
    # From a strip's pixel to the shrunk cut's; the slope becomes a shear, which leaves x alone.
    shear = slope * scale / across
    matrix = np.array(
        [
            [1.0, 0.0, (x0 - left) * across],
            [shear, 1.0, (baseline - top) * scale - BASELINE_ROW],
        ]
    )
    strip = cv2.warpAffine(
        shrunk,
        matrix,
        (width, STRIP_HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Frame(_stretch_contrast(np.asarray(strip, dtype=np.uint8)), x0, 1.0 / across)


def _cut(
    image: GreyImage, region: LineRegion, x0: float, x1: float, pixel: float
) -> tuple[GreyImage, int, int]:
    """The part of the page that the strip can touch, padded with paper, and its left and top."""
    high = min(region.baseline_left, region.baseline_right) - (BASELINE_ROW + 2) * pixel
    low = max(region.baseline_left, region.baseline_right) + (STRIP_HEIGHT - BASELINE_ROW + 2) * pixel
    left, right = int(np.floor(x0 - 2 * pixel)), int(np.ceil(x1 + 2 * pixel))
    top, bottom = int(np.floor(high)), int(np.ceil(low))
    height, width = image.shape
    inside = image[max(top, 0) : max(min(bottom, height), 0), max(left, 0) : max(min(right, width), 0)]
    if inside.size == 0:
        return np.full((bottom - top, right - left), 255, np.uint8), left, top
    if inside.shape == (bottom - top, right - left):
        return inside, left, top
    above, before = min(max(-top, 0), bottom - top), min(max(-left, 0), right - left)
    below, after = bottom - top - inside.shape[0] - above, right - left - inside.shape[1] - before
    paper = int(np.percentile(inside, 90))
    padded = np.pad(inside, ((above, below), (before, after)), constant_values=paper)
    return np.asarray(padded, dtype=np.uint8), left, top


def _resize(cut: GreyImage, across: float, down: float) -> GreyImage:
    """Scale by averaging when shrinking: what linear interpolation would skip, thin strokes, must count."""
    size = (max(round(cut.shape[1] * across), 1), max(round(cut.shape[0] * down), 1))
    method = cv2.INTER_AREA if down < 1.0 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(cut, size, interpolation=method), dtype=np.uint8)


def _stretch_contrast(strip: GreyImage) -> Strip:
    """Paper becomes 0 and ink 255, judged by percentiles so that specks do not count."""
    ink, paper = (float(level) for level in np.percentile(strip, (1.0, 75.0)))
    span = max(paper - ink, _LEAST_CONTRAST)
    stretched = (paper - strip.astype(np.float32)) * (255.0 / span)
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)
