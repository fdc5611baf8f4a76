"""No change may lower unawares what is read right of the samples in data/raw."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fields import floors
from benchmarks.fields.__main__ import committed, measure
from benchmarks.fields.score import Scores


def test_the_samples_are_read_as_well_as_ever() -> None:
    scans, truth = committed()
    assert floors.below(measure(scans, truth, workers=2), floors.set_hash(scans)) == []


def test_a_score_under_its_floor_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.json")
    scores = Scores()
    assert floors.below(scores, "set") is None
    scores.add("number", right=True)
    floors.pin(scores, "set")
    assert floors.below(scores, "set") == []
    assert floors.below(scores, "another set") is None
    assert floors.below(Scores(), "set") == ["number: 0 right, the floor is 1"]


def test_wrong_values_are_marked_or_not() -> None:
    scores = Scores()
    scores.add("date", right=False, marked=False, where="page 1")
    scores.add("date", right=False, marked=True)
    assert (scores["date"].right, scores["date"].of, scores["date"].unmarked) == (0, 2, 1)
