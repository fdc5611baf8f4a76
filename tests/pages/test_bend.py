"""A bent page is made flat again; one that lies flat is left alone."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.pages import upright
from pipeline.pages.bend import find_bend, flatten
from pipeline.pages.cleaning import clean
from pipeline.pages.planes import wide_parts

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def bent(page: Pixels, arch: float, lean: float) -> Pixels:
    """``page`` with lines arched by so many pixels, and uprights leaning by so many from top to foot."""
    height, width = page.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    down = np.asarray(arch * np.sin(np.pi * x / width), np.float32)
    right = np.asarray(lean * (y / height - 0.5), np.float32)
    return np.asarray(cv2.remap(page, x - right, y - down, cv2.INTER_LINEAR, borderValue=(255, 255, 255)))


def rows_of_rulings(page: Pixels) -> int:
    """How many pixels of height the level rulings take up, all together."""
    return int(wide_parts(page < 128, 30, 1).any(axis=1).sum())


@pytest.mark.parametrize(("arch", "lean"), [(12, 0), (-9, 14), (0, -16)])
def test_a_bent_table_is_flattened(draw: Any, arch: float, lean: float) -> None:
    page = draw.table()
    seen = bent(page, arch, lean)
    bend = find_bend(seen < 128)
    assert bend is not None
    flat = flatten(seen, bend)
    assert rows_of_rulings(flat) < 2 * rows_of_rulings(page)
    upright = np.ascontiguousarray(flat.T), np.ascontiguousarray(page.T)
    assert rows_of_rulings(upright[0]) < 2 * rows_of_rulings(upright[1])


def test_bent_text_is_flattened(draw: Any) -> None:
    bend = find_bend(bent(draw.text(seed=4), 14, 0) < 128)
    assert bend is not None
    assert bend.lines is not None
    assert bend.uprights is None


def test_flat_pages_are_left_alone(draw: Any) -> None:
    noise = np.random.default_rng(1).random((1754, 1240)) < 0.01
    for ink in (draw.table() < 128, draw.text(seed=5) < 128, noise, np.zeros((1754, 1240), np.bool_)):
        assert find_bend(ink) is None


def test_cleaning_flattens_print_and_colour_alike(draw: Any) -> None:
    assert "flattened bend" in clean(bent(draw.table(), 12, 0), 1, 150).changes


def test_a_bent_scan_is_shown_as_its_cleaned_page_lies(draw: Any) -> None:
    scan = bent(draw.table(), 12, 10)
    page = clean(scan, 1, 150)
    assert page.bend is not None
    shown = upright(scan, page.rotation, page.skew, page.bend)
    assert np.abs(shown.astype(int) - page.print_ink).mean() < 3
    assert np.abs(upright(scan, page.rotation, page.skew, None).astype(int) - page.print_ink).mean() > 10
