"""Pages are turned upright by the marks that stand above letters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.pages import orientation
from pipeline.pages.orientation import find_turn


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("kind", ["text", "table"])
def test_every_direction(draw: Any, degrees: int, kind: str) -> None:
    page = draw.text(seed=5) if kind == "text" else draw.table()
    scan = np.ascontiguousarray(np.rot90(page, degrees // 90))  # counter-clockwise
    assert find_turn(scan) == degrees


def test_a_page_with_little_on_it_is_left_alone(draw: Any) -> None:
    page = np.rot90(draw.text(seed=5, lines=1)[:, :300], 2)
    assert find_turn(np.ascontiguousarray(page)) == 0


def test_tesseract_is_asked_only_in_doubt(draw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(proof: Any) -> int:
        asked.append(proof)
        return 180

    monkeypatch.setattr(orientation, "detect_orientation", answer)
    assert find_turn(draw.text(seed=6)) == 0
    assert not asked
    both_ways = np.minimum(draw.text(seed=6), np.rot90(draw.text(seed=6), 2))
    assert find_turn(np.ascontiguousarray(both_ways)) == 180
    assert len(asked) == 1


def test_marks_that_touch_their_letters_tell_up_from_down(draw: Any) -> None:
    page = draw.text(seed=8)
    # As on a copy of a copy: ink grows until a mark and its letter are one shape.
    thick = page.copy()
    for shift in range(1, 5):
        thick = np.minimum(thick, np.roll(page, -shift, axis=0))
    for degrees in (0, 180):
        assert find_turn(np.ascontiguousarray(np.rot90(thick, degrees // 90))) == degrees


def test_a_page_is_turned_over_only_on_clear_evidence(draw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "detect_orientation", lambda proof: 0)
    monkeypatch.setattr(orientation, "_balance", lambda ink: (-0.3, 500))
    assert find_turn(draw.text(seed=9)) == 0
    monkeypatch.setattr(orientation, "_balance", lambda ink: (-0.5, 500))
    assert find_turn(draw.text(seed=9)) == 180


@pytest.mark.parametrize(("answer", "followed"), [(270, 0), (180, 180), (0, 0)])
def test_tesseract_is_not_followed_across_the_lines(
    draw: Any, monkeypatch: pytest.MonkeyPatch, answer: int, followed: int
) -> None:
    monkeypatch.setattr(orientation, "detect_orientation", lambda proof: answer)
    monkeypatch.setattr(orientation, "_balance", lambda ink: (0.1, 500))
    assert find_turn(draw.text(seed=9)) == followed


def test_a_page_on_its_side_is_turned_where_tesseract_does_not_know(
    draw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orientation, "detect_orientation", lambda proof: 0)
    monkeypatch.setattr(orientation, "_balance", lambda ink: (0.1, 500))
    assert find_turn(np.ascontiguousarray(np.rot90(draw.text(seed=9)))) == 90
