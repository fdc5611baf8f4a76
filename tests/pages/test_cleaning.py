"""What cleaning changes, and above all what it leaves alone."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.pages import clean, cleaning
from pipeline.pages.bands import flatten_bands
from pipeline.pages.faint import flatten_watermark, remove_ghosts, strengthen
from pipeline.pages.proof import proof_of
from pipeline.pages.skew import find_skew
from pipeline.pages.streaks import find_streaks

HEIGHT, WIDTH = 3508, 2480


@pytest.fixture
def text(draw: Any) -> Any:
    return draw.text(HEIGHT, WIDTH, letter=24, lines=28, seed=1)


def test_a_fine_page_stays_as_it_is(text: Any) -> None:
    page = clean(text, 3, 300)
    assert page.changes == ()
    assert np.array_equal(page.print_ink, text)
    assert (page.number, page.dpi, page.rotation, page.skew) == (3, 300, 0, 0.0)
    assert page.colour_ink is None


def test_a_fine_page_in_colour_mode_only_loses_the_mode(text: Any) -> None:
    page = clean(np.dstack([text] * 3), 1, 300)
    assert page.changes == ()
    assert np.array_equal(page.print_ink, text)


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (40, 40, 3), (2000, 2000)])
def test_tiny_and_empty_pages(shape: tuple[int, ...]) -> None:
    page = clean(np.full(shape, 255, np.uint8), 1, 300)
    assert page.changes == ()
    assert (page.height, page.width) == shape[:2]


def test_turned_and_askew(draw: Any, text: Any) -> None:
    page = clean(np.ascontiguousarray(np.rot90(draw.turned(text, 1.7))), 1, 300)
    assert page.rotation == 90
    assert page.skew == pytest.approx(1.7, abs=0.1)
    assert page.changes == ("rotated 90°", "deskewed +1.7°")
    assert abs(find_skew(page.print_ink[::2, ::2] < 128)) < 0.1


def test_negative(text: Any) -> None:
    page = clean(255 - text, 1, 300)
    assert page.changes[0] == "inverted"
    assert np.array_equal(page.print_ink, text)


def test_shadow_and_tint_become_white_paper(text: Any) -> None:
    shade = np.linspace(130, 250, WIDTH)[None, :] / 255.0
    tint = np.array([1.0, 0.96, 0.85])
    scan = (text[..., None] * shade[..., None] * tint).astype(np.uint8)
    page = clean(scan, 1, 300)
    assert "flattened paper" in page.changes
    assert page.colour_ink is None
    assert np.mean(page.print_ink[text == 255] > 235) > 0.98
    assert np.mean(page.print_ink[text == 0] < 100) > 0.99


def test_dark_borders_and_punch_holes_go_and_text_stays(text: Any) -> None:
    scan = text.copy()
    scan[-50:] = 15
    scan[:, :35] = 40
    cv2.fillConvexPoly(scan, np.array([(0, 0), (400, 0), (0, 300)], np.int32), 20)
    for top in (1300, 2200):
        cv2.circle(scan, (140, top), 36, 10, -1)
    page = clean(scan, 1, 300)
    assert page.changes == ("blanked borders",)
    assert np.mean(page.print_ink == text) > 0.999


def test_table_that_runs_to_the_edge_stays(draw: Any) -> None:
    table = draw.text(HEIGHT, WIDTH, letter=24, lines=28, seed=1)
    for top in range(200, 3300, 100):
        cv2.line(table, (0, top), (WIDTH, top), 0, 4)
    for left in (20, 800, 1600, WIDTH - 20):
        cv2.line(table, (left, 200), (left, 3200), 0, 4)
    assert np.array_equal(clean(table, 1, 300).print_ink, table)


def test_rulings_of_a_sideways_table_that_fills_its_page_stay() -> None:
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for left in range(300, 2300, 160):
        cv2.line(page, (left, 160), (left, HEIGHT - 160), 0, 3)
    for top in range(160, HEIGHT, 398):
        cv2.line(page, (300, top), (2220, top), 0, 3)
    assert not find_streaks(page, proof_of(page, 300)).any()


def test_streak_goes_and_strokes_stay(text: Any) -> None:
    scan = text.copy()
    cv2.line(scan, (1200, 0), (1212, HEIGHT), 0, 2)
    page = clean(scan, 1, 300)
    assert "removed streaks" in page.changes
    assert np.mean(page.print_ink[(scan < 128) & (text == 255)] == 255) > 0.85
    assert np.mean(page.print_ink[text == 0] == 0) > 0.99


def test_print_in_deep_shadow_is_freed_and_solid_bars_stay(text: Any) -> None:
    text[3000:3400, 600:1600] = 0
    falling = np.clip(np.arange(WIDTH) / 900, 0.22, 1.0)
    page = clean((text * falling).astype(np.uint8), 1, 300)
    assert page.changes == ("flattened paper",)
    print_ink = page.print_ink.copy()
    assert np.all(print_ink[3010:3390, 1000:1590] < 30)
    assert np.mean(print_ink[:2900][text[:2900] == 255] > 240) > 0.99
    assert np.mean(print_ink[:2900][text[:2900] == 0] < 60) > 0.99


@pytest.mark.parametrize("way", [0, 1])
def test_bands_of_a_roller_go_and_print_stays(text: Any, way: int) -> None:
    length = text.shape[way]
    shade = 60 * (np.arange(length) // 40 % 2) * (np.arange(length) < 0.8 * length)
    banded = np.clip(text.astype(np.int16) - np.expand_dims(shade, 1 - way), 0, 255).astype(np.uint8)
    page = clean(banded, 1, 300)
    assert "flattened bands" in page.changes
    assert np.mean(page.print_ink[text == 255] > 245) > 0.995
    assert np.mean(page.print_ink[text == 0] < 30) > 0.995


def test_rulings_and_shaded_cells_are_no_bands(draw: Any) -> None:
    table = draw.table(HEIGHT, WIDTH, rows=50)
    table[300:2800, 400:800] = np.minimum(table[300:2800, 400:800], 225)
    assert flatten_bands(table, proof_of(table, 300)) is None


def test_specks_go_and_dots_of_writing_stay(text: Any) -> None:
    writing = text.copy()
    for left in range(400, 2000, 12):  # a dotted line to write on, of the smallest dots
        writing[3200:3202, left : left + 2] = 0
    for left in range(400, 2000, 100):  # tone marks as small as specks, just above letters
        writing[3000:3030, left : left + 24] = 0
        writing[2992:2994, left + 10 : left + 12] = 0
    scan = writing.copy()
    random = np.random.default_rng(3)
    near = cv2.erode(writing, np.ones((61, 61), np.uint8)) < 255
    for top, left in zip(
        random.integers(150, HEIGHT - 150, 900), random.integers(150, WIDTH - 150, 900), strict=True
    ):
        if not near[top, left]:
            scan[top : top + 2, left : left + 2] = 0
    page = clean(scan, 1, 300)
    assert page.changes == ("removed specks",)
    assert np.mean(page.print_ink[(scan == 0) & (writing == 255)] == 255) > 0.9
    assert np.array_equal(page.print_ink[writing == 0], writing[writing == 0])


def test_specks_in_level_and_upright_rows_stay_on_a_page_askew(draw: Any, text: Any) -> None:
    specks = np.full((HEIGHT, WIDTH), 255, np.uint8)
    random = np.random.default_rng(4)
    for top in (3000, 3150):
        for left in range(300, 2100, 60):
            specks[top : top + 2, left + int(random.integers(0, 30)) :][:, :2] = 0
    for top in range(2500, 3300, 50):
        specks[top + int(random.integers(0, 25)) :, 2300:2302][:2] = 0
    for top, left in zip(random.integers(3200, 3400, 120), random.integers(150, 2200, 120), strict=True):
        specks[top : top + 2, left : left + 2] = 0
    askew = draw.turned(text, 1.0)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -1.0, 1.0)
    scan = askew.copy()
    _, _, _, centres = cv2.connectedComponentsWithStats(255 - specks)
    places = np.rint(cv2.transform(centres[1:, None], turn)[:, 0]).astype(int)
    for left, top in places:
        scan[top : top + 2, left : left + 2] = 0
    page = clean(scan, 1, 300)
    assert page.changes == ("removed specks", "deskewed +1.0°")

    def kept(window: tuple[slice, slice]) -> float:
        seen = cv2.erode(page.print_ink, np.ones((7, 7), np.uint8)) < 190
        return float(np.mean(seen[window][specks[window] == 0]))

    assert kept((slice(2990, 3170), slice(0, WIDTH))) > 0.95
    assert kept((slice(2450, 3190), slice(2290, 2310))) > 0.95
    assert kept((slice(3210, 3400), slice(0, 2200))) < 0.2


def watermark(level: int) -> Any:
    """Large slanting strokes, as of a name across the page."""
    plane = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for step in range(6):
        x, y = 300 + step * 320, 2900 - step * 420
        cv2.ellipse(plane, (x, y), (150, 220), 40, 0, 300, level, 45)
    return plane


@pytest.mark.parametrize("level", [175, 205, 230])
def test_watermark_goes_and_print_over_it_stays(text: Any, level: int) -> None:
    mark = watermark(level)
    cleaned = flatten_watermark(np.minimum(text, mark), 300)
    assert cleaned is not None
    bare = (mark == level) & (cv2.erode(text, np.ones((9, 9), np.uint8)) == 255)
    assert np.mean(cleaned[bare] > 240) > 0.97
    assert np.array_equal(cleaned[text == 0], text[text == 0])


def test_paper_that_is_not_quite_white_is_no_watermark(text: Any) -> None:
    paper = np.minimum(text, np.uint8(243))
    assert flatten_watermark(paper, 300) is None
    assert flatten_watermark(np.minimum(paper, watermark(205)), 300) is not None


def test_faint_print_is_no_watermark_and_no_ghost(text: Any) -> None:
    faint = np.where(text == 0, 185, 255).astype(np.uint8)
    assert flatten_watermark(faint, 300) is None
    assert remove_ghosts(faint) is None
    half = np.where(np.arange(HEIGHT)[:, None] < HEIGHT // 2, text, faint).astype(np.uint8)
    assert flatten_watermark(half, 300) is None
    assert remove_ghosts(half) is None
    assert clean(half, 1, 300).changes == ()


@pytest.mark.parametrize("level", [164, 172, 188])
def test_pale_print_is_made_strong(text: Any, level: int) -> None:
    worn = np.where(text == 0, level, 255).astype(np.int16)
    worn += np.random.default_rng(5).integers(-12, 13, text.shape)  # worn print is blotchy
    page = clean(np.clip(worn, 0, 255).astype(np.uint8), 1, 300)
    assert page.changes == ("strengthened pale print",)
    assert np.mean(page.print_ink[text == 0] < 150) > 0.99
    assert np.mean(page.print_ink[text == 255] > 215) > 0.99


def test_pale_print_is_strong_when_up_is_told_from_down(text: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the palest only shreds are ink before, and a page that lies on its side would stay so."""
    seen: list[float] = []

    def note(proof: Any) -> int:
        seen.append(float(np.median(proof[proof < 240])))
        return 0

    monkeypatch.setattr(cleaning, "find_turn", note)
    clean(np.where(text == 0, np.uint8(188), text), 1, 300)
    assert seen[0] < 150


def test_the_other_side_alone_is_not_made_print(text: Any) -> None:
    assert strengthen(np.where(text == 0, 205, 255).astype(np.uint8)) is None
    assert strengthen(text) is None


def test_the_darkest_of_pale_letters_are_no_specks(text: Any) -> None:
    """Here and there a pixel of pale print, next to print of common darkness, is as dark as a speck."""
    scan = text.copy()
    pale = np.full(scan.shape, 255, np.uint8)
    random = np.random.default_rng(6)
    for left in range(400, 2000, 60):
        pale[3150:3180, left : left + 24] = 205
        top, across = random.integers(3152, 3176), left + random.integers(2, 20)
        pale[top : top + 2, across : across + 2] = 170
    for left in range(400, 2000, 60):
        pale[3250:3280, left : left + 24] = 205
        pale[3262:3264, left + 10 + left % 7 :][:, :2] = 170
    scan = np.minimum(scan, pale)
    page = clean(scan, 1, 300)
    assert np.array_equal(page.print_ink[pale < 255], pale[pale < 255])


def test_bleed_through_goes_behind_dark_print(draw: Any, text: Any) -> None:
    other_side = np.fliplr(draw.text(HEIGHT, WIDTH, letter=24, lines=28, seed=8))
    scan = np.minimum(text, np.where(other_side == 0, 226, 255).astype(np.uint8))
    page = clean(scan, 1, 300)
    assert "removed bleed-through" in page.changes
    ghosts = (other_side == 0) & (cv2.erode(text, np.ones((9, 9), np.uint8)) == 255)
    assert np.mean(page.print_ink[ghosts] == 255) > 0.97
    assert np.array_equal(page.print_ink[text == 0], text[text == 0])
