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
