"""What registers make likely: crowded days, neighbours with like numbers, the same number every year.

A register gives out numbers in order of time. Letters that an office writes on one day have numbers
that differ in the last digit or two, and it gives out the same numbers again the next year. So likeness
of the agency, the date and most digits says the less, the more letters of that office an archive holds
from about that day. How many it holds is counted by month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.citations.columns import Ints, Mentions, Prints, Readings
from pipeline.citations.pairing import Bits, Flags, Pairs

_HELD = 0.6
"""Probability that an archive holds a letter that one of its letters names."""

_UNSEEN = 0.3
"""Letters that may be among a month's though none is held beside the one at hand."""

_USUAL_OF_CODE, _USUAL_OF_SENDER = 0.15 * 30, 2.5 * 30
"""Letters a month of one agency code and of one sender for which the weights of the table are right."""

_MOST_OF_CODE, _MOST_OF_SENDER = 6.0, 3.0
"""Bits that the count of a month's letters adds or takes at most; a sender's counts all its offices."""

_YEARS, _REGISTER_HELD = 10, 0.1
"""Years over which letters of one office are spread, and the part of a register that is held."""

_UNDATED_ODDS = np.float32(np.log2(_HELD / (1 - _HELD) / (_YEARS * _REGISTER_HELD)))


@dataclass(frozen=True, slots=True, eq=False)
class Crowds:
    """For each letter, how many letters the archive holds of its month with its agency code or sender."""

    of_code: Ints
    of_sender: Ints

    @staticmethod
    def among(letters: Mentions) -> Crowds:
        month = (letters.year * 12 + letters.month).astype(np.uint64)
        return Crowds(
            _companions(month, letters.number.code), _companions(month, letters.text_prints[letters.sender])
        )


def _companions(month: Prints, other: Prints) -> Ints:
    """How many rows, itself included, have the same month and ``other``."""
    together = np.empty(len(month), dtype=[("month", np.uint64), ("other", np.uint64)])
    together["month"], together["other"] = month, other
    _, place, count = np.unique(together, return_inverse=True, return_counts=True)
    return count[place].astype(np.int64)


def crowd_bits(pairs: Pairs, crowds: Crowds, cited: Readings, held: Readings, same_sender: Flags) -> Bits:
    """Bits for a month in which few letters of the office are held, or against one with many."""
    same_month = _same_month(pairs)
    of_code = _rarity(crowds.of_code[pairs.letter], _USUAL_OF_CODE, _MOST_OF_CODE)
    of_sender = _rarity(crowds.of_sender[pairs.letter], _USUAL_OF_SENDER, _MOST_OF_SENDER)
    same_code = (cited.code == held.code) & (cited.code != 0)
    weight = np.select([same_month & same_code, same_month & same_sender], [of_code, of_sender], 0.0)
    return weight.astype(np.float32)


def _rarity(count: Ints, usual: float, most: float) -> Bits:
    """Bits for ``count`` letters a month, the one at hand included, where ``usual`` are held."""
    weight: Bits = np.clip(np.log2(usual / (count - 1 + _UNSEEN)), -most, most).astype(np.float32)
    return weight


def neighbour_bits(
    pairs: Pairs, crowds: Crowds, cited: Readings, held: Readings, seen: Bits, identified: Bits
) -> Bits:
    """Bits taken off where the held letter may as well be a neighbour of the cited one in its register.

    ``seen`` is log2 of the probability that number and date of one are read for the other's, ``identified``
    the log-odds from number, date and sender; they can't be better than those of a misreading against
    a neighbour that happens to be held.
    """
    apart = np.abs(cited.running - held.running)
    pace = _pace(pairs, cited, held)
    near = _same_register(cited, held) & (apart > 0) & (apart <= _reach(pairs, pace))
    # Only months that the reference names are sure to be whole in a part of an archive
    company = np.where(_same_month(pairs), crowds.of_code[pairs.letter] - 1, 0)
    neighbours = (company + _UNSEEN) / (30 * pace + 1)
    odds = np.log2(_HELD / (1 - _HELD) / np.minimum(neighbours, 0.5)) + seen
    return np.where(near, np.minimum(odds - identified, 0), 0).astype(np.float32)


def undated_bits(pairs: Pairs, cited: Readings, held: Readings, identified: Bits) -> Bits:
    """Bits taken off where no year says which of the letters with this number is meant."""
    undated = (pairs.references.year[pairs.reference] == 0) | (pairs.letters.year[pairs.letter] == 0)
    same = _same_register(cited, held) & (cited.running == held.running) & undated
    return np.where(same, np.minimum(_UNDATED_ODDS - identified, 0), 0).astype(np.float32)


def _same_register(cited: Readings, held: Readings) -> Flags:
    known = (cited.running >= 0) & (held.running >= 0)
    same: Flags = known & (cited.code == held.code) & (cited.circular == held.circular)
    return same


def _same_month(pairs: Pairs) -> Flags:
    references, letters, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    known = (references.month[r] > 0) & (letters.month[h] > 0)
    same: Flags = known & (references.year[r] == letters.year[h]) & (references.month[r] == letters.month[h])
    return same


def _pace(pairs: Pairs, cited: Readings, held: Readings) -> Bits:
    """Numbers that the register gives out a day: the running number over the day of the year."""
    references, letters, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    one = cited.running / _day_of_year(references.month[r], references.day[r])
    other = held.running / _day_of_year(letters.month[h], letters.day[h])
    return np.maximum(np.maximum(one, other), 0.01).astype(np.float32)


def _reach(pairs: Pairs, pace: Bits) -> Ints:
    """How far the numbers of two letters may lie apart, given the pace and the days between.

    Years do not count: a register comes to like numbers about the same day of each year.
    """
    references, letters, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    one, other = (
        _day_of_year(references.month[r], references.day[r]),
        _day_of_year(letters.month[h], letters.day[h]),
    )
    dated = (references.year[r] > 0) & (letters.year[h] > 0)
    whole = (references.day[r] > 0) & (letters.day[h] > 0)
    days = np.where(dated, np.where(whole, np.abs(one - other), 31), 365)
    reach: Ints = np.ceil(2 * pace * (days + 1) + 5).astype(np.int64)
    return reach


def _day_of_year(month: Ints, day: Ints) -> Ints:
    return np.where(month > 0, np.maximum(30 * (month - 1) + np.where(day > 0, day, 15), 1), 180)
