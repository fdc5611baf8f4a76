"""Coloured ink is parted from black print, layer by layer as it was put on."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.pages.ink import part_inks

HEIGHT, WIDTH = 2000, 2480

INKS = {
    "blue pen": (45, 85, 170),
    "blue stamp": (80, 90, 190),
    "violet stamp": (120, 70, 160),
    "red stamp": (210, 50, 60),
    "pale blue stamp": (130, 150, 215),
}


def strokes(plane: Any) -> Any:
    """The inner pixels of the ink of a layer, clear of soft edges."""
    return cv2.erode((plane < 128).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_layers_are_recovered(draw: Any, stamp_plane: Any, ink: tuple[int, int, int]) -> None:
    black = draw.text(HEIGHT, WIDTH, letter=24, lines=18, seed=1)
    stamp = stamp_plane(HEIGHT, WIDTH)
    print_ink, colour_ink = part_inks(draw.printed(black, stamp, ink), 300)
    assert colour_ink is not None
    alone = strokes(stamp) & (cv2.erode(black, np.ones((7, 7), np.uint8)) == 255)
    assert np.mean(colour_ink[alone] < 200) > 0.95
    assert np.mean(print_ink[alone] < 160) < 0.02
    assert np.mean(print_ink[strokes(black)] < 160) > 0.99
    assert np.mean(colour_ink[strokes(black) & (stamp == 255)] < 200) < 0.02


def test_print_under_a_stamp_is_kept(draw: Any, stamp_plane: Any) -> None:
    black = draw.text(HEIGHT, WIDTH, letter=24, lines=18, seed=1)
    stamp = stamp_plane(HEIGHT, WIDTH)
    print_ink, _ = part_inks(draw.printed(black, stamp, INKS["blue stamp"]), 300)
    crossed = (black < 128) & (stamp < 128)
    assert crossed.sum() > 1000
    assert np.mean(print_ink[crossed] < 160) > 0.7


def test_black_print_has_no_colour(draw: Any) -> None:
    black = draw.text(HEIGHT, WIDTH, letter=24, lines=18, seed=3)
    print_ink, colour_ink = part_inks(draw.printed(black, np.full_like(black, 255), (0, 0, 0)), 300)
    assert colour_ink is None
    assert np.mean(print_ink[strokes(black)] < 160) > 0.99


def test_a_page_printed_in_colour_is_print(draw: Any) -> None:
    blue = draw.text(HEIGHT, WIDTH, letter=24, lines=18, seed=3)
    print_ink, colour_ink = part_inks(draw.printed(np.full_like(blue, 255), blue, INKS["blue pen"]), 300)
    assert colour_ink is None
    assert np.mean(print_ink[strokes(blue)] < 160) > 0.99


def word(plane: Any, left: int, top: int, letter: int) -> None:
    """Bold letters in a row, one with a mark above."""
    for index in range(5):
        x = left + index * round(letter * 1.5)
        cv2.rectangle(plane, (x, top), (x + letter, top + letter), 0, letter // 6)
    cv2.rectangle(plane, (left, top - letter // 2), (left + letter, top - letter // 3), 0, -1)


def test_large_red_words_are_print_but_boxed_or_small_ones_are_not(draw: Any) -> None:
    black = draw.text(HEIGHT, WIDTH, letter=24, lines=18, seed=1)
    black[:700] = 255
    red = np.full((HEIGHT, WIDTH), 255, np.uint8)
    word(red, 200, 200, 60)
    word(red, 1400, 200, 24)
    word(red, 260, 450, 60)
    cv2.rectangle(red, (220, 400), (760, 560), 0, 6)
    print_ink, colour_ink = part_inks(draw.printed(black, red, INKS["red stamp"]), 300)
    assert colour_ink is not None
    inner = strokes(red)
    urgent, small, boxed = inner.copy(), inner.copy(), inner.copy()
    urgent[300:] = False
    urgent[:, 1000:] = False
    small[:, :1000] = False
    boxed[:350] = False
    assert np.mean(print_ink[urgent] < 160) > 0.99
    assert np.mean(colour_ink[urgent] < 250) < 0.01
    for stamped in (small, boxed):
        assert np.mean(print_ink[stamped] < 160) < 0.02
        assert np.mean(colour_ink[stamped] < 200) > 0.98


def test_large_red_word_over_print_stays_apart_from_it(draw: Any) -> None:
    black = np.full((HEIGHT, WIDTH), 255, np.uint8)
    word(black, 180, 240, 30)
    red = np.full((HEIGHT, WIDTH), 255, np.uint8)
    word(red, 200, 200, 60)
    print_ink, colour_ink = part_inks(draw.printed(black, red, INKS["red stamp"]), 300)
    assert colour_ink is not None
    alone = (red == 0) & (black == 255)
    assert (print_ink[alone] == 255).mean() > 0.9
    assert (colour_ink[alone] < 170).mean() > 0.9
