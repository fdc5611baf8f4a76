"""One value out of two witnesses: the best reading of the page, and what the lattice allows.

The best reading stands where the grammar agrees with it. Another value is concluded where the best
reading is none, or where the lattice, summed over spellings, finds the other clearly likelier. What is
concluded against the best reading is always for review (:data:`DECODED`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from pipeline.letters.decoding import Readings

BELIEVED = 0.3
"""A decoded value less likely than this is not taken: the page does not look like that."""

MORE_LIKELY_THAN_NOT = 0.5
"""A reading must be so likely to replace a best reading that is none of the grammar."""

DECODED = 0.85
"""The most that a value is believed which is not the best reading of the page."""

CLEARLY = 3.0
"""A reading must be so many times likelier than a well-formed best reading to replace it."""

KEPT = 4
"""Alternatives that are kept."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A value with its probability and its rivals; ``decoded`` says that the page's best reading differs."""

    value: str | None
    confidence: float
    alternatives: Readings
    decoded: bool


def conclude(best: str | None, confidence: float, readings: Readings) -> Conclusion:
    """Weigh ``best``, which the page says with ``confidence``, against the readings of the lattice.

    >>> conclude("2021-12-07", 0.95, (("2021-12-07", 0.99),)).decoded
    False
    >>> conclude(None, 0.0, (("2021-12-07", 0.7), ("2021-12-01", 0.2)))
    Conclusion(value='2021-12-07', confidence=0.7, alternatives=(('2021-12-01', 0.2),), decoded=True)
    """
    chances = dict(readings)
    top, likely = readings[0] if readings else (None, 0.0)
    own = chances.get(best, 0.0) if best is not None else 0.0
    # A best reading that the grammar does not know at all gives way to one that is more likely than not,
    # one that it knows only to a clearly likelier one.
    enough = BELIEVED if best is None else max(MORE_LIKELY_THAN_NOT, CLEARLY * own)
    if top is not None and top != best and likely >= enough:
        return Conclusion(top, min(likely, DECODED), _others(readings, top), True)
    if best is None:
        return Conclusion(None, 0.0, readings[:KEPT], False)
    return Conclusion(
        best, _agreement(confidence, own) if readings else confidence, _others(readings, best), False
    )


def _agreement(confidence: float, own: float) -> float:
    """Both witnesses for one value: the mean of two sure ones, else the less sure one.

    The recogniser's characters are calibrated, but each by itself; the lattice sees that most rivals
    of a digit are no digits, but its probabilities are raw.
    """
    return sqrt(confidence * own) if min(confidence, own) > 0.5 else min(confidence, own)


def _others(readings: Readings, value: str | None) -> Readings:
    return tuple(reading for reading in readings if reading[0] != value)[:KEPT]
