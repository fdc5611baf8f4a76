"""The angle of a page is found within a tenth of a degree, whatever is on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.pages.skew import find_skew, straighten


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(degrees=st.floats(-8, 8), seed=st.integers(0, 50))
def test_text(draw: Any, degrees: float, seed: int) -> None:
    page = draw.turned(draw.text(seed=seed), degrees)
    assert find_skew(page < 128) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-3.3, -0.4, 0.0, 0.25, 5.7])
def test_table(draw: Any, degrees: float) -> None:
    assert find_skew(draw.turned(draw.table(), degrees) < 128) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-1.2, 0.3, 2.0])
def test_short_page(draw: Any, degrees: float) -> None:
    page = draw.turned(draw.text(lines=3, seed=2), degrees)
    assert find_skew(page < 128) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-2.1, 0.0, 0.6])
def test_two_columns_that_do_not_stand_level(draw: Any, degrees: float) -> None:
    left = draw.text(width=620, letter=8, lines=50, seed=3)
    right = np.roll(draw.text(width=620, letter=8, lines=50, seed=4), 9, axis=0)
    page = draw.turned(np.hstack([left, right]), degrees)
    assert find_skew(page < 128) == pytest.approx(degrees, abs=0.1)


def test_noise_and_emptiness_have_no_angle() -> None:
    noise = np.random.default_rng(1).random((1754, 1240)) < 0.01
    assert find_skew(noise) == 0.0
    assert find_skew(np.zeros((1754, 1240), dtype=bool)) == 0.0


def test_straightening_undoes_the_turn(draw: Any) -> None:
    page = draw.turned(draw.text(seed=9), 2.5)
    assert abs(find_skew(straighten(page, 2.5) < 128)) < 0.1


def test_lines_are_found_through_pepper_noise(draw: Any) -> None:
    askew = draw.turned(draw.text(seed=5), 1.2) < 128
    grains = np.random.default_rng(5).random(askew.shape) < 0.1
    assert find_skew(askew | grains) == pytest.approx(1.2, abs=0.1)
