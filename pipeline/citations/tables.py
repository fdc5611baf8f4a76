"""The tables of the resolver: what recognisers confuse, and what each finding weighs."""

from __future__ import annotations

import csv
import zlib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

SAME_CHARACTER = 0.94
"""Probability that a character is read right both in the heading and in the reference."""

OTHER_CHARACTER = 0.003
"""Probability of each mistake that the table of confusable characters does not list."""

DROPPED_CHARACTER = 0.004
"""Probability that a digit is overlooked, or seen where there is none."""

POINT, NO_CHARACTER, SYMBOLS = 10, 11, 12
"""Codes of characters in numbers: 0 to 9 are the digits; POINT is any other sign; NO_CHARACTER pads."""

THAI, ARABIC, UNKNOWN = 0, 1, 2
"""The scripts of digits: the first index of :func:`digit_confusions`."""


@cache
def weights() -> dict[tuple[str, str], float]:
    """Bits by (evidence, outcome)."""
    return {(row["evidence"], row["outcome"]): float(row["bits"]) for row in _read("weights")}


def bits(evidence: str, outcome: str) -> float:
    """What ``outcome`` of comparing ``evidence`` says for two mentions being one letter, in bits.

    >>> bits("date", "same_day") > bits("date", "same_month") > 0 > bits("date", "different")
    True
    """
    return weights()[evidence, outcome]


@cache
def digit_confusions() -> NDArray[np.float32]:
    """log2 of the probability that one digit stands for another: script × code × code.

    >>> confusions = digit_confusions()[THAI]
    >>> bool(confusions[4, 4] > confusions[4, 5] > confusions[4, 7])
    True
    """
    probabilities = np.full((3, SYMBOLS, SYMBOLS), OTHER_CHARACTER)
    for row in _read("confusable_characters"):
        for script in {"thai": (THAI, UNKNOWN), "arabic": (ARABIC, UNKNOWN)}.get(row["script"], ()):
            one, other, probability = int(row["one"]), int(row["other"]), float(row["probability"])
            known = max(probability, probabilities[script, one, other])
            probabilities[script, one, other] = probabilities[script, other, one] = known
    for code in range(POINT + 1):
        probabilities[:, code, code] = SAME_CHARACTER
    probabilities[:, NO_CHARACTER, NO_CHARACTER] = 1.0
    logarithms: NDArray[np.float32] = np.log2(probabilities).astype(np.float32)
    return logarithms


@cache
def letter_confusions() -> dict[tuple[str, str], float]:
    """Probability that one consonant stands for another, both ways."""
    pairs = [
        (row["one"], row["other"], float(row["probability"]))
        for row in _read("confusable_characters")
        if row["script"] == "letters"
    ]
    return {(one, other): p for a, b, p in pairs for one, other in ((a, b), (b, a))}


@cache
def tables_fingerprint() -> int:
    """A number that changes with the tables."""
    return zlib.crc32(repr([_read("weights"), _read("confusable_characters")]).encode())


def _read(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
