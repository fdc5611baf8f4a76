"""The frame hangs on baseline and body height, wherever and however large the line is."""

import cv2
import numpy as np
import pytest

from pipeline.model import Box, LineRegion
from pipeline.ocr.framing import BASELINE_ROW, BODY_ROWS, MARGIN, STRIP_HEIGHT, frame


def page_with_bar(body: int, baseline: int, slope: float = 0.0) -> tuple[np.ndarray, LineRegion]:
    """A page on which the bodies of a line are one black bar from x = 100 to 400."""
    page = np.full((600, 600), 240, np.uint8)
    # fillPoly fills its lower edge too, so the lowest row is the one above the baseline.
    corners = [(100, baseline - 1), (400, baseline - 1 + slope * 300)]
    corners += [(x, y - body + 1) for x, y in reversed(corners)]
    cv2.fillPoly(page, [np.array(corners, np.int32)], 20)
    region = LineRegion(
        Box(100, baseline - 2 * body, 400, baseline + body), baseline, baseline + slope * 300, body
    )
    return page, region


@pytest.mark.parametrize("body", [9, 18, 27, 60])
@pytest.mark.parametrize("slope", [-0.03, 0.0, 0.02])
def test_body_fills_its_rows_at_any_size_and_slope(body: int, slope: float) -> None:
    page, region = page_with_bar(body, 300, slope)
    strip = frame(page, region).strip
    assert strip.shape[0] == STRIP_HEIGHT
    ink = strip[:, MARGIN + 4 : -MARGIN - 4].mean(axis=1) > 127
    rows = np.flatnonzero(ink)
    assert abs(rows[0] - (BASELINE_ROW - BODY_ROWS)) <= 1
    assert abs(rows[-1] - (BASELINE_ROW - 1)) <= 1


def test_paper_is_nought_and_ink_is_255() -> None:
    page, region = page_with_bar(18, 300)
    strip = frame(page, region).strip
    assert strip.min() == 0
    assert strip.max() == 255


def test_columns_map_back_to_the_page() -> None:
    page, region = page_with_bar(30, 300)
    held = frame(page, region)
    inked = np.flatnonzero(held.strip[BASELINE_ROW - 5] > 127)
    assert held.x0 + inked[0] * held.step == pytest.approx(100, abs=2)
    assert held.x0 + (inked[-1] + 1) * held.step == pytest.approx(400, abs=2)


def test_a_line_at_the_edge_or_outside_of_the_page_is_padded_with_paper() -> None:
    page, region = page_with_bar(18, 300)
    cut = frame(page[:302, 150:], LineRegion(Box(-50, 264, 250, 318), 300, 300, 18)).strip
    assert cut.shape == frame(page, region).strip.shape
    outside = frame(page, LineRegion(Box(700, 900, 800, 930), 920, 920, 18)).strip
    assert not outside.any()


def test_faint_grain_of_empty_paper_is_not_taken_for_ink() -> None:
    grain = np.random.default_rng(1).integers(236, 245, (100, 300)).astype(np.uint8)
    strip = frame(grain, LineRegion(Box(20, 20, 280, 80), 60, 60, 18)).strip
    assert strip.mean() < 30
