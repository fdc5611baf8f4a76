"""What counts as an error, and what is made of a confidence."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the training extra")
pytest.importorskip("onnx", reason="needs the training extra")

from pipeline.model import Box, LineRegion
from training.alphabet import ALPHABET, decode, encode
from training.batches import fits, padded, shake
from training.calibrate import platt, reliability
from training.evaluate import digit_errors, summarise
from training.synthesis import SyntheticLine


def line(text: str) -> SyntheticLine:
    region = LineRegion(Box(0, 0, 10, 10), 8, 8, 5)
    return SyntheticLine(np.zeros((10, 10), np.uint8), region, text, "font", (), "prose/print")


@pytest.mark.parametrize(
    ("truth", "reading", "errors"),
    [
        ("๒๕๖๔", "๒๕๖๔", 0),
        ("๒๕๖๔", "๒๕๐๔", 1),
        ("๒๕๖๔", "๒๕๔", 1),
        ("ก", "ก๑", 1),
        ("๒", "2", 1),
        ("กข", "กค", 0),
    ],
)
def test_digit_errors(truth: str, reading: str, errors: int) -> None:
    assert digit_errors(truth, reading) == errors


def test_scores_count_what_they_say() -> None:
    lines = [line("ที่ ๑๒/๓๔"), line("๗ ธันวาคม ๒๕๖๔"), line("๗ มี.ค. ๖๔"), line("ไม่มี")]
    scores = summarise(lines, ["ที่ ๑๒/๓๔", "๗ ธันวาคม ๒๕๖๕", "๗ มี.ค. ๖๔", "ไม่มา"])
    assert scores.exact_lines == 0.5
    assert scores.exact_dates == 0.5
    assert scores.exact_numbers == pytest.approx(2 / 3)
    assert scores.digit_error == pytest.approx(1 / 12)
    assert scores.character_error == pytest.approx(2 / sum(len(item.text) for item in lines))


def test_classes_and_text_go_back_and_forth() -> None:
    text = "ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗ (ก)"
    classes = encode(text)
    assert classes is not None
    between_blanks = [index for item in classes for index in (0, item, item)]
    assert decode(between_blanks) == text
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_strip_needs_steps_for_doubled_characters() -> None:
    assert fits(np.zeros((48, 6), np.uint8), [1, 2, 3])
    assert not fits(np.zeros((48, 6), np.uint8), [1, 1, 3])


def test_widths_are_padded_to_few_shapes() -> None:
    assert [padded(width) for width in (1, 64, 65)] == [64, 64, 128]


def test_shaking_stays_within_what_the_recogniser_must_forgive() -> None:
    region = LineRegion(Box(100, 100, 300, 140), 130, 130, 20)
    random = np.random.default_rng(0)
    shaken = [shake(region, random) for _ in range(300)]
    ratios = [item.body_height / region.body_height for item in shaken]
    assert 0.75 < min(ratios) < 0.9
    assert 1.1 < max(ratios) < 1.3
    assert max(abs(item.baseline_left - 130) for item in shaken) < 0.31 * region.body_height


def test_platt_mends_overconfidence() -> None:
    random = np.random.default_rng(0)
    raw = random.uniform(0.5, 0.999, 4000)
    true = 1 / (1 + np.exp(-0.5 * np.log(raw / (1 - raw))))
    slope, shift = platt(np.stack([raw, random.random(4000) < true], axis=1))
    assert slope == pytest.approx(0.5, abs=0.08)
    assert shift == pytest.approx(0.0, abs=0.1)


def test_reliability_counts_each_band() -> None:
    rows = list(reliability(np.array([[0.97, 1.0], [0.97, 0.0], [0.3, 0.0]])))
    assert [(row[2], row[4]) for row in rows] == [(1, 0.0), (2, 0.5)]
