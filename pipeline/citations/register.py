"""What registers make likely: crowded offices, neighbours with like numbers, the same number every year.

A register gives out numbers in order of time. Letters that an office writes on one day have numbers
that differ in the last digit or two, and it gives out the same numbers again the next year. So likeness
of the agency, the date and most digits says the less, the more letters of that office an archive holds
from about that day. How many it holds says the census.
"""

from __future__ import annotations

import math

import numpy as np

from pipeline.citations.alternatives import NumberEvidence
from pipeline.citations.census import Company
from pipeline.citations.columns import Ints, Readings
from pipeline.citations.pairing import Bits, Flags, Pairs
from pipeline.citations.rarity import UNSEEN

_HELD = 0.6
"""Probability that an archive holds a letter that one of its letters names."""

_HELD_ODDS = np.float32(np.log2(_HELD / (1 - _HELD)))

_USUAL_OF_SENDER = 2.5 * 30
"""Letters a month of one sender for which the weights of the table are right."""

_MOST_OF_SENDER = 3.0
"""Bits that the count of a month's letters adds or takes at most; a sender's counts all its offices."""


_ROOM, _SPREAD = 2.0, 1.5
"""How unsteady registers are: the numbers of a day may lie so many times as far apart, those of others so
many times as far, as an even pace would have it."""


def sender_crowd_bits(pairs: Pairs, company: Company, same_sender: Flags, code_known: Flags) -> Bits:
    """Bits for a month in which few letters of the sender are held, where no agency code says more."""
    count = company.of_sender_month[pairs.letter]
    rare = np.log2(_USUAL_OF_SENDER / (np.maximum(count - 1, 0) + UNSEEN))
    counts = _same_month(pairs) & same_sender & ~code_known
    return np.where(counts, np.clip(rare, -_MOST_OF_SENDER, _MOST_OF_SENDER), 0.0).astype(np.float32)


def neighbour_bits(pairs: Pairs, numbers: NumberEvidence, seen: Bits, identified: Bits) -> Bits:
    """Bits taken off where the held letter may as well be a neighbour of the cited one in its register.

    ``seen`` is log2 of the probability that number and date of one are read for the other's,
    ``identified`` the log-odds from number, date and sender; they can't be better than those of a
    misreading against a neighbour, or the same number of another year, that happens to be held.
    """
    cited, held = numbers.cited, numbers.held
    pace = _pace(pairs, cited, held)
    another_register = cited.circular != held.circular
    another = (cited.running != held.running) | _another_year(pairs) | another_register
    strain = np.where(another_register, np.float32(0), _strain(pairs, cited, held, pace))
    share = np.minimum(numbers.others_monthly / (30 * pace + 1), 0.5)
    odds = _HELD_ODDS - np.log2(share) + seen + strain
    return np.where(another & _comparable(numbers), _beside(identified, odds), 0).astype(np.float32)


def undated_bits(pairs: Pairs, numbers: NumberEvidence, identified: Bits) -> Bits:
    """Bits taken off where no year says which of the letters with this number is meant."""
    undated = (pairs.references.year[pairs.reference] == 0) | (pairs.letters.year[pairs.letter] == 0)
    of_any_year = (numbers.others + UNSEEN) / (365 * _pace(pairs, numbers.cited, numbers.held) + 1)
    odds = _HELD_ODDS - np.log2(of_any_year) + numbers.seen
    return np.where(undated & _comparable(numbers), _beside(identified, odds), 0).astype(np.float32)


def _beside(identified: Bits, odds: Bits) -> Bits:
    """What is to be taken off the log-odds against any letter to have those against a neighbour as well."""
    taken: Bits = -np.logaddexp2(np.float32(0), identified - odds)
    return taken


def _comparable(numbers: NumberEvidence) -> Flags:
    comparable: Flags = numbers.alike & (numbers.cited.running >= 0) & (numbers.held.running >= 0)
    return comparable


def _another_year(pairs: Pairs) -> Flags:
    one, other = pairs.references.year[pairs.reference], pairs.letters.year[pairs.letter]
    another: Flags = (one > 0) & (other > 0) & (one != other)
    return another


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


def _strain(pairs: Pairs, cited: Readings, held: Readings, pace: Bits) -> Bits:
    """Bits against a register that gives out two such numbers on two such days, from 0 on.

    The numbers of one day lie within about its pace of each other, with the more room the more days lie
    between. Years do not count: a register comes to like numbers about the same day of each year.
    """
    references, letters, r, h = pairs.references, pairs.letters, pairs.reference, pairs.letter
    one = _day_of_year(references.month[r], references.day[r])
    other = _day_of_year(letters.month[h], letters.day[h])
    dated = (references.year[r] > 0) & (letters.year[h] > 0)
    whole = (references.day[r] > 0) & (letters.day[h] > 0)
    days = np.where(dated, np.where(whole, np.abs(one - other), 31), 365)
    beyond = np.abs(cited.running - held.running) - _ROOM * pace * days
    strain: Bits = np.maximum(beyond, 0) / (_SPREAD * (pace + 1)) * np.float32(math.log2(math.e))
    return strain


def _day_of_year(month: Ints, day: Ints) -> Ints:
    return np.where(month > 0, np.maximum(30 * (month - 1) + np.where(day > 0, day, 15), 1), 180)
