"""Comparing letter numbers, character by character, with what recognisers confuse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipeline.citations.columns import Bytes, Ints, Readings, Scripts
from pipeline.citations.pairing import Bits, Flags
from pipeline.citations.tables import (
    DROPPED_CHARACTER,
    NO_CHARACTER,
    OTHER_CHARACTER,
    SAME_CHARACTER,
    SYMBOLS,
    bits,
    digit_confusions,
    letter_confusions,
)

_WHOLLY_MISREAD = 0.03
"""Probability that a running number is so misread, or so written by hand, that its digits say nothing."""

_IMPOSSIBLE = np.float32(-60)
_RANDOM_DIGIT = np.float32(np.log2(0.1))


def compare_running(numbers: Readings, others: Readings, script: Scripts) -> tuple[Bits, Bits]:
    """(bits for the same running number, log2 of the probability of reading one for the other).

    Row ``i`` of ``numbers`` is compared with row ``i`` of ``others``; ``script`` (N) chooses the shapes
    of digits. Bits weigh against a random number as long as the one of ``numbers``. Both are 0 where
    either number is not known.
    """
    one, other = numbers.running_digits, others.running_digits
    lengths = (one != NO_CHARACTER).sum(axis=1), (other != NO_CHARACTER).sum(axis=1)
    known = (lengths[0] > 0) & (lengths[1] > 0)
    seen = np.where(lengths[0] == lengths[1], _alike(one, other, script), _IMPOSSIBLE)
    for longer, shorter, here in ((one, other, 0), (other, one, 1)):
        rows = np.flatnonzero(known & (lengths[here] == lengths[1 - here] + 1))
        if len(rows):
            seen[rows] = _with_one_dropped(longer[rows], shorter[rows], script[rows], lengths[here][rows])
    at_random = _RANDOM_DIGIT * lengths[0].astype(np.float32)
    seen = np.logaddexp2(seen, _misread_bits(numbers, others) + at_random)
    return np.where(known, seen - at_random, np.float32(0)), np.where(known, seen, np.float32(0))


def right_bits(numbers: Readings) -> Bits:
    """log2 of the probability that a running number is read right; 0 where it is not known."""
    digits = (numbers.running_digits != NO_CHARACTER).sum(axis=1).astype(np.float32)
    right: Bits = np.float32(np.log2(SAME_CHARACTER)) * digits
    return right


def _misread_bits(one: Readings, other: Readings) -> Bits:
    """log2 of the probability that a number is wholly misread, and comes out with so many digits."""
    apart = np.abs(one.printed_digits.astype(np.int16) - other.printed_digits)
    change = np.select(
        [apart == 0, apart == 1], [0.0, bits("running", "length_one_off")], bits("running", "length_far_off")
    )
    misread: Bits = (np.log2(_WHOLLY_MISREAD) + change).astype(np.float32)
    return misread


def _alike(one: Bytes, other: Bytes, script: Scripts) -> Bits:
    """log2 of the probability that the characters of ``one`` are read as ``other``, place by place."""
    confusions = digit_confusions().ravel()
    table = script * np.int64(SYMBOLS * SYMBOLS)
    total = np.zeros(len(one), np.float32)
    for place in range(one.shape[1]):
        total += confusions.take(table + one[:, place] * np.int64(SYMBOLS) + other[:, place])
    return total


def _with_one_dropped(longer: Bytes, shorter: Bytes, script: Scripts, length: Ints) -> Bits:
    """log2 of the probability that ``shorter`` is ``longer`` with one digit, the likeliest, overlooked."""
    best = np.full(len(longer), _IMPOSSIBLE)
    width = longer.shape[1]
    for dropped in range(width):
        without = longer.copy()
        without[:, 1 : dropped + 1] = longer[:, :dropped]
        without[:, 0] = NO_CHARACTER
        alike = _alike(without, shorter, script)
        best = np.where(dropped >= width - length, np.maximum(best, alike), best)
    return best + np.float32(np.log2(DROPPED_CHARACTER))


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How alike two agency codes are: log2 of the probability of reading the one for the other, beside that
    of reading it right (0 where they are the same), and the least that says of them being one (see tables).
    """

    known: Flags
    same: Flags
    misread: Bits
    least: Bits


def compare_codes(
    one: Readings,
    one_texts: tuple[str, ...],
    other: Readings,
    other_texts: tuple[str, ...],
    script: Scripts,
) -> Likeness:
    """How alike the agency codes are; row ``i`` of ``one`` is compared with row ``i`` of ``other``.

    A code that is not known, or that of a circular cited without its agency, is like any.
    """
    letters = _letters_alike(one.letters, one_texts, other.letters, other_texts)
    digits = _alike(one.code_digits, other.code_digits, script)
    perfect = np.float32(np.log2(SAME_CHARACTER)) * (one.code_digits != NO_CHARACTER).sum(axis=1)
    wrong = (one.code_digits != other.code_digits).sum(axis=1)
    least = np.where(
        wrong > 1, np.float32(bits("code", "letters_same")), np.float32(bits("code", "one_digit_off"))
    )
    return Likeness(
        known=(one.code != 0) & (other.code != 0),
        same=one.code == other.code,
        misread=letters + np.minimum(digits - perfect.astype(np.float32), np.float32(0)),
        least=np.where(letters == 0, least, np.float32(bits("code", "different"))),
    )


def _letters_alike(one: Ints, one_texts: tuple[str, ...], other: Ints, other_texts: tuple[str, ...]) -> Bits:
    """log2 of the probability, beside that of reading them right, of taking ``other`` for ``one``."""
    pairs, place = np.unique((one << 32) | other, return_inverse=True)
    known = [
        _letters_confused(one_texts[pair >> 32], other_texts[pair & 0xFFFFFFFF]) for pair in pairs.tolist()
    ]
    return np.array(known, np.float32)[place]


@lru_cache(maxsize=1 << 16)
def _letters_confused(one: str, other: str) -> float:
    """0 for the same agency letters, below that the less likely they are taken for each other."""
    if one == other:
        return 0.0
    if len(one) != len(other):
        return float(_IMPOSSIBLE)
    confusions = letter_confusions()
    total = 0.0
    for a, b in zip(one, other, strict=True):
        if a != b:
            total += float(np.log2(confusions.get((a, b), OTHER_CHARACTER) / SAME_CHARACTER))
    return total


def compare_circular(one: Readings, other: Readings) -> Bits:
    """Bits against one being a circular and the other not."""
    differs = (one.circular >= 0) & (other.circular >= 0) & (one.circular != other.circular)
    return np.where(differs, np.float32(bits("circular", "different")), np.float32(0))
