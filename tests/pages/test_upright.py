"""A page for people to look at lies where its cleaned image lies."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.pages import upright
from pipeline.pages.skew import straighten


def marked_page() -> np.ndarray:
    page = np.full((900, 640), 255, np.uint8)
    cv2.putText(page, "Saraban", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    return page


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_turned_back(rotation):
    page = marked_page()
    scanned = np.rot90(page, rotation // 90)
    assert np.array_equal(upright(scanned, rotation, 0.0, None), page)


@pytest.mark.parametrize("skew", [-1.5, 0.4])
def test_a_skewed_page_is_straightened(skew):
    page = marked_page()
    back = upright(straighten(page, -skew), 0, skew, None)
    assert np.abs(back.astype(int) - page).mean() < 2


def test_colour_is_kept():
    page = cv2.cvtColor(marked_page(), cv2.COLOR_GRAY2RGB)
    page[300:320] = (200, 0, 0)
    assert tuple(upright(page, 180, 0.0, None)[585, 300]) == (200, 0, 0)
