"""How many letters an archive holds of each office and month: what tells an identity from a coincidence.

The counts are of the whole archive, also where only a few of its letters are compared with a reference.
They are taken in steps, so that one letter more seldom changes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.citations.blocking import (
    BLOCK,
    BLOCK_LIMIT,
    BUNDLE,
    code_key,
    counted_keys,
    kind_of,
    month_code_key,
    month_sender_key,
    year_code_key,
)
from pipeline.citations.columns import Ints, Mentions, Prints

_LARGE = 1 << 16
"""Letters from which on the size of an archive no longer matters."""


@dataclass(frozen=True, slots=True, eq=False)
class Census:
    """``count[i]`` letters have the counting key ``key[i]``; keys are sorted, those of no letter left out.

    ``crowded`` are blocking keys of more letters than are worth following, as far as the letters to
    compare do not show it themselves. ``size`` is the number of letters in all, as :func:`size_class` has it.
    """

    key: Prints
    count: Ints
    crowded: Prints
    size: int

    @staticmethod
    def of(letters: Mentions) -> Census:
        key, count = np.unique(counted_keys(letters).key, return_counts=True)
        return Census(key, count.astype(np.int64), np.zeros(0, np.uint64), size_class(len(letters)))

    @staticmethod
    def known(counts: Mapping[int, int], size: int) -> Census:
        """From the number of letters that have each key, and of letters in all."""
        ordered = sorted(counts.items())
        key = np.array([key for key, _ in ordered], np.int64).view(np.uint64)
        count = np.array([count for _, count in ordered], np.int64)
        order = np.argsort(key)
        key, count = key[order], count[order]
        crowded = ((kind_of(key) == BLOCK) | (kind_of(key) == BUNDLE)) & (count > BLOCK_LIMIT)
        return Census(key, count, key[crowded], size_class(size))

    def counts(self, key: Prints) -> Ints:
        """How many letters have each key, in steps; 0 where a key is 0."""
        if not len(self.key):
            return np.zeros(len(key), np.int64)
        place = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        return steps(np.where((self.key[place] == key) & (key != 0), self.count[place], 0))


def steps(count: Ints) -> Ints:
    """``count`` down to a power of two, or one and a half times that.

    >>> steps(np.array([0, 1, 2, 3, 4, 5, 6, 7, 100])).tolist()
    [0, 1, 2, 3, 4, 4, 6, 6, 96]
    """
    grain = 1 << np.maximum(np.log2(np.maximum(count, 1)).astype(np.int64) - 1, 0)
    stepped: Ints = count // grain * grain
    return stepped


def size_class(letters: int) -> int:
    """The power of two up to ``letters``: an archive is weighed anew only when it has doubled.

    Once it is large, it says itself how common its offices are, and is not weighed anew any more.

    >>> size_class(0), size_class(1), size_class(1000), size_class(1_000_000)
    (0, 1, 512, 65536)
    """
    return min(1 << letters.bit_length() - 1, _LARGE) if letters else 0


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """How many letters are held with an agency code, in the year and in the month of the mention.

    ``of_sender_month`` are those of its sender and month; -1 stands for a year or month that is not known.
    ``of_code`` are those of all years, for undated references alone: else a letter more would bear on all
    that is compared with any letter of its office. Of letters there is one row for each, by its chosen
    reading, and it counts itself; of references one for each reading. ``size`` counts all.
    """

    of_code: Ints
    of_code_year: Ints
    of_code_month: Ints
    of_sender_month: Ints
    size: int

    @staticmethod
    def of_letters(letters: Mentions, census: Census) -> Company:
        everyone = np.arange(len(letters), dtype=np.int64)
        return Company(
            np.full(len(letters), -1, np.int64),
            _if_dated(letters, everyone, census.counts(year_code_key(letters, letters.number, everyone))),
            _if_dated(letters, everyone, census.counts(month_code_key(letters, letters.number, everyone))),
            census.counts(month_sender_key(letters)),
            census.size,
        )

    @staticmethod
    def of_references(references: Mentions, census: Census) -> Company:
        readings, row = references.options.readings, references.options.mention
        return Company(
            np.where(references.year[row] > 0, -1, census.counts(code_key(readings))),
            _if_dated(references, row, census.counts(year_code_key(references, readings, row))),
            _if_dated(references, row, census.counts(month_code_key(references, readings, row))),
            census.counts(month_sender_key(references))[row],
            census.size,
        )


def _if_dated(mentions: Mentions, row: Ints, count: Ints) -> Ints:
    return np.where(mentions.year[row] > 0, count, -1)
