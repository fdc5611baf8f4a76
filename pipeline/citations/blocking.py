"""Blocking keys: which letters are worth comparing with a reference.

Two mentions are compared only when they share a key, never all with all. Each key survives another
kind of damage: the bundle's whatever was misread, those with a date a misread number, those with a
running number a damaged date or a misread agency. Keys are 64-bit numbers that mean the same in every
process, so that they can be kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.citations.building import fingerprint
from pipeline.citations.columns import Ints, Mentions, Prints

BLOCK_LIMIT = 400
"""A key that more letters share (a date on which half the country wrote) tells too little to follow."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """``key[i]`` is a blocking key of row ``row[i]``."""

    key: Prints
    row: Ints


def blocking_keys(mentions: Mentions) -> Keys:
    """All blocking keys of all rows; keys that need what a row does not have are left out."""
    everyone = np.arange(len(mentions), dtype=np.int64)
    parts = [
        _made("bundle", everyone, mentions.bundle),
        *_number_keys(mentions, np.repeat(everyone, mentions.options.count)),
    ]
    day = _day_print(mentions)
    parts.append(_made("day, sender", everyone, day, mentions.text_prints[mentions.sender]))
    return Keys(np.concatenate([part.key for part in parts]), np.concatenate([part.row for part in parts]))


def counting_keys(mentions: Mentions) -> Keys:
    """Keys by which letters are only counted: those of one sender and month (see ``register.Crowds``).

    Letters of one agency code and month, which are counted too, share a blocking key.
    """
    everyone = np.arange(len(mentions), dtype=np.int64)
    return _made("month, sender", everyone, _month_print(mentions), mentions.text_prints[mentions.sender])


def _number_keys(mentions: Mentions, row: Ints) -> list[Keys]:
    """Keys that need a number, for all its readings; ``row`` is that of each reading."""
    number = mentions.options.readings
    day, sender = _day_print(mentions)[row], mentions.text_prints[mentions.sender[row]]
    month = _month_print(mentions)[row]
    running = (number.running + 1).astype(np.uint64)
    letters = mentions.text_prints[number.letters]
    return [
        _made("day, letters", row, day, letters),
        _made("day, running", row, day, running),
        _made("code, running", row, number.code, running),
        _made("sender, running", row, sender, running),
        _made("month, code", row, month, number.code),
    ]


def _day_print(mentions: Mentions) -> Prints:
    """A number for each day, 0 where the day is not known."""
    whole = (mentions.year * 12 + mentions.month) * 31 + mentions.day
    return np.where(mentions.day > 0, whole, 0).astype(np.uint64)


def _month_print(mentions: Mentions) -> Prints:
    """A number for each month, 0 where it is not known."""
    return (mentions.year * 12 + mentions.month).astype(np.uint64)


def _made(kind: str, row: Ints, *parts: Prints) -> Keys:
    """The key of ``kind`` from ``parts``, for the rows where none of them is 0."""
    known = np.ones(len(row), np.bool_)
    key = np.full(len(row), fingerprint(kind), np.uint64)
    for part in parts:
        known &= part != 0
        key = _mixed(key ^ part)
    return Keys(key[known], row[known])


def _mixed(key: Prints) -> Prints:
    """``key`` with its bits spread out, each differing from its neighbours' (splitmix64)."""
    key = key + np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


class BlockIndex:
    """The letters of an archive by blocking key."""

    def __init__(self, letters: Mentions) -> None:
        keys = blocking_keys(letters)
        order = np.lexsort((keys.row, keys.key))
        key, row = keys.key[order], keys.row[order].astype(np.int32)
        # Readings that share a key post it once
        repeated = np.zeros(len(key), np.bool_)
        repeated[1:] = (key[1:] == key[:-1]) & (row[1:] == row[:-1])
        self._key, self._row = key[~repeated], row[~repeated]

    def pairs(self, references: Mentions) -> tuple[Ints, Ints]:
        """(rows of references, rows of letters) that share a key, each pair once, in order."""
        keys = blocking_keys(references)
        first = np.searchsorted(self._key, keys.key, "left")
        count = np.searchsorted(self._key, keys.key, "right") - first
        count[count > BLOCK_LIMIT] = 0
        reference = np.repeat(keys.row, count)
        within = np.arange(len(reference)) - np.repeat(np.cumsum(count) - count, count)
        letter = self._row[np.repeat(first, count) + within].astype(np.int64)
        both = np.unique((reference << 32) | letter)
        return both >> 32, both & 0xFFFFFFFF
