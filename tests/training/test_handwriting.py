"""Written digits: one hand keeps its shapes, many hands have many."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.synthesis.handwriting import Writer, can_write, draw_writer, habits, write

CALM = Writer(
    habit=1, slant=0, breadth=1, height=1, tremble=0, liberty=0.04, gap=0.1, pen=0.08, drift=0, flourish=1
)  # fmt: skip


def _likeness(one: Writer, other: Writer, sign: str) -> float:
    """How much of two masks of a sign, laid upon one another, is ink of both (0 to 1)."""
    masks = [write(np.random.default_rng(5), sign, 40, writer).mask > 128 for writer in (one, other)]
    laid = np.zeros((2, *np.max([mask.shape for mask in masks], axis=0)), bool)
    for canvas, mask in zip(laid, masks, strict=True):
        canvas[: mask.shape[0], : mask.shape[1]] = mask
    return float((laid[0] & laid[1]).sum() / (laid[0] | laid[1]).sum())


def test_a_writer_keeps_the_shape_of_a_sign_and_another_has_another() -> None:
    others = [replace(CALM, habit=habit) for habit in range(2, 12)]
    for sign in "๒๕๗4":
        assert _likeness(CALM, CALM, sign) == 1
        assert np.mean([_likeness(CALM, other, sign) for other in others]) < 0.6


def test_every_sign_of_the_table_is_drawn_in_its_place() -> None:
    rng = np.random.default_rng(3)
    for sign in habits():
        ink = write(rng, sign, 40, draw_writer(rng))
        assert ink.mask.max() == 255
        assert 0 < ink.baseline <= ink.mask.shape[0] + 40


def test_only_signs_of_the_table_can_be_written() -> None:
    assert can_write("ว ๒๕/1")
    assert not can_write("กันยายน")
    assert not can_write("  ")
