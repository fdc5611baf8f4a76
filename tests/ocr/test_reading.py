"""Characters, their places and their doubts, from lattices made by hand."""

import numpy as np
import pytest

from pipeline.model import Box, Lattice, LineRegion
from pipeline.ocr.calibration import Calibration
from pipeline.ocr.reading import characters_of, doubt_between, text_of

ALPHABET = ("", "ท", "ี", "ื", "่", "๒", "๖", " ")
REGION = LineRegion(Box(100, 0, 200, 40), 30, 30, 18)
AS_IS = Calibration(1.0, 0.0)


def lattice_of(*steps: dict[str, float]) -> Lattice:
    """A lattice with these probabilities at each step; blank has what they leave over."""
    table = np.full((len(steps), len(ALPHABET)), 1e-6)
    for row, chances in zip(table, steps, strict=True):
        for symbol, chance in chances.items():
            row[ALPHABET.index(symbol)] = chance
        row[0] = 1 - row[1:].sum()
    symbols = np.argsort(-table, axis=1)
    scores = np.log(np.take_along_axis(table, symbols, axis=1))
    return Lattice(symbols.astype(np.int16), scores.astype(np.float32), ALPHABET, x0=100.0, step=5.0)


def test_marks_share_the_place_of_their_consonant() -> None:
    read = characters_of(lattice_of({"ท": 0.9}, {"ี": 0.9}, {"่": 0.9}, {}, {}, {"๒": 0.9}), REGION, AS_IS)
    assert text_of(read) == "ที่๒"
    consonant, vowel, tone, digit = read
    assert (consonant.x0, consonant.x1) == (vowel.x0, vowel.x1) == (tone.x0, tone.x1)
    assert consonant.x1 == digit.x0 == pytest.approx(120.0)


def test_characters_stay_inside_their_line() -> None:
    (only,) = characters_of(lattice_of({"ท": 0.9}), REGION, AS_IS)
    assert 100 <= only.x0 < only.x1 <= 200


def test_alternatives_leave_out_the_character_itself() -> None:
    (digit,) = characters_of(lattice_of({}, {"๒": 0.6, "๖": 0.3}, {}), REGION, AS_IS)
    assert digit.text == "๒"
    assert digit.confidence == pytest.approx(0.6, abs=1e-3)
    assert digit.alternatives[0] == ("๖", pytest.approx(0.3, abs=1e-3))
    assert ("", pytest.approx(0.1, abs=1e-3)) in digit.alternatives


def test_spaces_at_the_ends_and_doubled_ones_go() -> None:
    lattice = lattice_of({" ": 0.9}, {"ท": 0.9}, {" ": 0.9}, {}, {" ": 0.9}, {"๒": 0.9}, {}, {" ": 0.9})
    assert text_of(characters_of(lattice, REGION, AS_IS)) == "ท ๒"


def test_a_character_left_out_with_reluctance_is_doubted() -> None:
    assert doubt_between(lattice_of({"ท": 0.99}, {}, {}, {"๒": 0.99})) < 0.001
    # Here ๖ had 0.4 of the probability and lost to the blank.
    assert doubt_between(lattice_of({"ท": 0.99}, {}, {"๖": 0.4}, {}, {"๒": 0.99})) == pytest.approx(
        0.4, abs=0.01
    )


def test_neighbours_reaching_into_a_gap_are_no_doubt() -> None:
    assert doubt_between(lattice_of({"ท": 0.99}, {"ท": 0.4}, {}, {"๒": 0.4}, {"๒": 0.99})) < 0.001


def test_of_two_marks_that_exclude_each_other_the_surer_stays() -> None:
    read = characters_of(
        lattice_of({"ท": 0.9}, {"ี": 0.7}, {"ื": 0.8}, {"่": 0.9}, {}, {"่": 0.6}), REGION, AS_IS
    )
    assert text_of(read) == "ทื่"
    assert read[-1].confidence == pytest.approx(0.9, abs=1e-3)


def test_an_empty_lattice_has_no_characters() -> None:
    empty = Lattice(np.zeros((0, 4), np.int16), np.zeros((0, 4), np.float32), ALPHABET, 0.0, 1.0)
    assert characters_of(empty, REGION, AS_IS) == ()
    assert doubt_between(empty) == 0.0


@pytest.mark.parametrize("slope", [0.5, 1.0, 2.0])
def test_calibration_rises_with_the_raw_confidence_and_stays_a_probability(slope: float) -> None:
    calibration = Calibration(slope, -0.3)
    values = [calibration(raw) for raw in (0.0, 0.1, 0.5, 0.9, 0.999, 1.0)]
    assert values == sorted(values)
    assert 0.0 < values[0] < values[-1] < 1.0
