"""What registers of letters make likely: neighbours with like numbers, and the same number every year.

A register gives out numbers in order of time. Letters that an office writes on one day have numbers
that differ in the last digit or two, and it gives out the same numbers again the next year. So likeness
of the agency, the date and most digits says little where another letter of the same register explains it.
"""

from __future__ import annotations

import numpy as np

from pipeline.citations.columns import Ints, Readings
from pipeline.citations.pairing import Bits, Flags, Pairs

_HELD = 0.6
"""Probability that an archive holds a letter that one of its letters names."""

_REGISTER_HELD = 0.1
"""Probability that it holds any other letter of the same register."""

_YEARS = 10
"""Years over which an archive's letters of one office are spread."""

_NEIGHBOUR_ODDS = np.float32(np.log2(_HELD / _REGISTER_HELD))
_UNDATED_ODDS = np.float32(np.log2(_HELD / (_YEARS * _REGISTER_HELD)))


def neighbour_bits(pairs: Pairs, cited: Readings, held: Readings, seen: Bits, identified: Bits) -> Bits:
    """Bits taken off where the held letter may as well be a neighbour of the cited one in its register.

    ``seen`` is log2 of the probability that one running number is read for the other, ``identified``
    the log-odds from number, date and sender; they can't be better than those of a misreading against
    a neighbour that happens to be held.
    """
    apart = np.abs(cited.running - held.running)
    near = _same_register(cited, held) & (apart > 0) & (apart <= _reach(pairs, cited, held))
    return np.where(near, np.minimum(_NEIGHBOUR_ODDS + seen - identified, 0), 0).astype(np.float32)


def undated_bits(pairs: Pairs, cited: Readings, held: Readings, identified: Bits) -> Bits:
    """Bits taken off where no year says which of the letters with this number is meant."""
    undated = (pairs.references.year[pairs.reference] == 0) | (pairs.letters.year[pairs.letter] == 0)
    same = _same_register(cited, held) & (cited.running == held.running) & undated
    return np.where(same, np.minimum(_UNDATED_ODDS - identified, 0), 0).astype(np.float32)


def _same_register(cited: Readings, held: Readings) -> Flags:
    known = (cited.running >= 0) & (held.running >= 0)
    return known & (cited.code == held.code) & (cited.circular == held.circular)


def _reach(pairs: Pairs, cited: Readings, held: Readings) -> Ints:
    """How far the numbers of two letters may lie apart, given the register's pace and the days between.

    The pace is the running number over the day of the year; none where the years differ.
    """
    references, letters, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    one, other = _day_of_year(references.month[r], references.day[r]), _day_of_year(letters.month[h], letters.day[h])
    dated = (references.year[r] > 0) & (letters.year[h] > 0)
    whole = (references.day[r] > 0) & (letters.day[h] > 0)
    pace = np.maximum(cited.running / one, held.running / other)
    days = np.where(dated, np.where(whole, np.abs(one - other), 31), 365)
    reach = np.ceil(2 * pace * (days + 1) + 5).astype(np.int64)
    return np.where(dated & (references.year[r] != letters.year[h]), 0, reach)


def _day_of_year(month: Ints, day: Ints) -> Ints:
    return np.maximum(30 * (month - 1) + np.where(day > 0, day, 15), 1)
