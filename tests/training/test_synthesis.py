"""The synthesiser: the same for a seed, true about where its lines are, and wide enough."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import cv2
import numpy as np
import pytest

from training.fonts import faces, font_folder
from training.synthesis import ALPHABET, LineSource
from training.synthesis.alphabet import RARE, THAI_DIGITS, canonical
from training.synthesis.scene import Placed
from training.synthesis.surroundings import sign_over

pytestmark = pytest.mark.skipif(
    not (font_folder() / "ttf").is_dir(), reason="the fonts are not gathered: python -m training.fonts"
)


def test_the_same_seed_gives_the_same_lines() -> None:
    first, again = (list(islice(LineSource(5), 25)) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert (one.text, one.font, one.damage, one.region) == (
            other.text,
            other.font,
            other.damage,
            other.region,
        )
        assert np.array_equal(one.image, other.image)


def test_other_seeds_and_splits_give_other_lines() -> None:
    texts = {
        tuple(line.text for line in islice(source, 4))
        for source in (LineSource(5), LineSource(6), LineSource(5, "held_out"))
    }
    assert len(texts) == 3


def test_held_out_families_are_never_trained_on() -> None:
    for kind in ("print", "hand", "latin"):
        split = [{face.family.name for face in faces(name, kind)} for name in ("train", "held_out")]
        assert split[0].isdisjoint(split[1])
    trained = {face.name for face in faces("train")}
    assert all(line.font in trained for line in islice(LineSource(3), 40))


@pytest.mark.parametrize("seed", [1, 2])
def test_lines_keep_their_promises(seed: int) -> None:
    for line in islice(LineSource(seed, level=1.5), 50):
        height, width = line.image.shape
        box = line.region.box
        assert line.image.dtype == np.uint8
        assert 0 <= box.x0 < box.x1 <= width
        assert 0 <= box.y0 < box.y1 <= height
        assert bool(line.text) == (line.style != "nothing/")
        assert set(line.text) <= set(ALPHABET)
        assert canonical(line.text) == line.text


def test_the_length_of_lines_is_bounded() -> None:
    assert max(len(line.text) for line in islice(LineSource(8, max_characters=20), 120)) <= 24


def _ink_rows(image: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    x0, y0, x1, y1 = box
    return np.flatnonzero((image[y0:y1, x0:x1] < 150).any(axis=1)) + y0


def test_most_lines_for_the_network_of_the_pen_hold_handwriting() -> None:
    written, usual = (
        sum("hand" in line.style for line in islice(LineSource(3, pen=pen), 60)) for pen in (True, False)
    )
    assert 30 < written < 55
    assert 0 < usual < 20


def test_a_signature_crosses_the_line_and_is_no_ink_of_its_own() -> None:
    rng = np.random.default_rng(1)
    line = np.zeros((120, 600), np.uint8)
    line[60:80, 40:560] = 255
    placed = Placed(line.copy(), np.zeros_like(line), 80.0, 20.0)
    for _ in range(5):
        sign_over(rng, placed)
    assert np.array_equal(placed.line, line)
    assert 0.0 < np.mean(placed.others[60:80] > 0) < 0.5


def test_the_region_is_true_of_flat_consonants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of น ก บ alone: ink ends on the baseline and starts one body height above it."""
    from training.synthesis import compose, source
    from training.synthesis.segments import printed

    monkeypatch.setattr(compose, "_underline", lambda ink, random: None)
    monkeypatch.setattr(source, "draw_text", lambda random, limit: ("flat", printed("บกนบกกบ")))
    monkeypatch.setattr(source, "_NOTHING_SHARE", 0.0)
    for line in islice(LineSource(4, level=0.0), 60):
        region = line.region
        box = (int(region.box.x0), int(region.box.y0) - 4, int(region.box.x1), int(region.box.y1) + 4)
        rows = _ink_rows(line.image, box)
        # letters bent out of shape leave the baseline by some hundredths of their height
        assert rows[-1] + 1 == pytest.approx(
            (region.baseline_left + region.baseline_right) / 2, abs=0.06 * region.body_height + 1.2
        )
        assert rows[-1] + 1 - rows[0] == pytest.approx(
            region.body_height, abs=0.15 * region.body_height + 1.5
        )


def test_skew_is_told() -> None:
    """A skewed line's baseline follows the ink at both ends."""
    rises = [line.region.baseline_right - line.region.baseline_left for line in islice(LineSource(9), 60)]
    assert max(rises) > 2
    assert min(rises) < -2


def test_every_character_is_met() -> None:
    from random import Random

    from training.synthesis.text import draw_text

    random = Random(1)
    lines = ["".join(s.text for s in draw_text(random, 90)[1]) for _ in range(4000)]
    met = Counter("".join(lines))
    assert set(ALPHABET) - set(met) == set()
    assert min(met[sign] for sign in THAI_DIGITS) > 0.5 * max(met[sign] for sign in THAI_DIGITS)
    assert min(met[sign] for sign in RARE) >= 3
    holding = sum(any(sign.isdigit() for sign in line) for line in lines) / len(lines)
    assert 0.35 < holding < 0.65


def test_damage_grows_with_level() -> None:
    calm, harsh = (
        np.mean([len(line.damage) for line in islice(LineSource(2, level=v), 80)]) for v in (0.3, 1.5)
    )
    assert calm < harsh
    assert all(line.damage == () for line in islice(LineSource(2, level=0.0), 20))


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("ท\u0e48\u0e35", "ที่"),
        ("เเม่", "แม่"),
        ("เลขรับ.........", "เลขรับ..."),
        ("ก  ข\u00a0ค", "ก ข ค"),
    ],
)
def test_labels_are_canonical(written: str, label: str) -> None:
    assert canonical(written) == label


def test_ink_is_dark_on_light() -> None:
    for line in islice(LineSource(12, level=0.0), 10):
        box = line.region.box
        inside = line.image[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]
        assert cv2.minMaxLoc(inside)[0] < 128 < line.image[0].max()
