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
from pipeline.citations.columns import Ints, Mentions, Prints, Readings

BLOCK_LIMIT = 400
"""A key that more letters share (a date on which half the country wrote) tells too little to follow."""

BLOCK, BUNDLE, OFFICE, CITED = np.arange(4, dtype=np.uint64)
"""Kinds of keys, in their lowest two bits. Letters that share a BLOCK or a BUNDLE with a reference are
compared with it. Those of one OFFICE (an agency code in a month or a year) or one CITED key are only
counted (see the census): the one count bears on all references that are compared with such a letter, the
other on the references alone that have the key."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """``key[i]`` is a key of row ``row[i]``."""

    key: Prints
    row: Ints


def kind_of(key: Prints) -> Prints:
    """The kind of each key: BLOCK, BUNDLE, OFFICE or CITED."""
    return key & np.uint64(3)


def blocking_keys(mentions: Mentions) -> Keys:
    """All blocking keys of all rows; keys that need what a row does not have are left out."""
    everyone = np.arange(len(mentions), dtype=np.int64)
    day = _day_print(mentions)
    return _gathered(
        [
            _known(_joined(BUNDLE, "bundle", mentions.bundle), everyone),
            *_number_keys(mentions, mentions.options.mention),
            _known(_joined(BLOCK, "day, sender", day, mentions.text_prints[mentions.sender]), everyone),
        ]
    )


def _number_keys(mentions: Mentions, row: Ints) -> list[Keys]:
    """Blocking keys that need a number, for all its readings; ``row`` is that of each reading."""
    number = mentions.options.readings
    day, sender = _day_print(mentions)[row], mentions.text_prints[mentions.sender[row]]
    month = _month_print(mentions)[row]
    running = (number.running + 1).astype(np.uint64)
    letters = mentions.text_prints[number.letters]
    return [
        _known(_joined(BLOCK, "day, letters", day, letters), row),
        _known(_joined(BLOCK, "day, running", day, running), row),
        _known(_joined(BLOCK, "code, running", number.code, running), row),
        _known(_joined(BLOCK, "sender, running", sender, running), row),
        _known(_joined(BLOCK, "month, code", month, number.code), row),
    ]


def counted_keys(letters: Mentions) -> Keys:
    """Keys by which letters are counted, of their chosen readings."""
    everyone = np.arange(len(letters), dtype=np.int64)
    return _counting_keys(letters, letters.number, everyone, _known(code_key(letters.number), everyone))


def cited_counting_keys(references: Mentions) -> Keys:
    """Keys of the letters whose number bears on a reference, of all its readings."""
    readings, row = references.options.readings, references.options.mention
    undated = np.where(references.year[row] == 0, code_key(readings), np.uint64(0))
    return _counting_keys(references, readings, row, _known(undated, row))


def _counting_keys(mentions: Mentions, number: Readings, row: Ints, code: Keys) -> Keys:
    return _gathered(
        [
            code,
            _known(year_code_key(mentions, number, row), row),
            _known(month_code_key(mentions, number, row), row),
            _known(month_sender_key(mentions), np.arange(len(mentions), dtype=np.int64)),
        ]
    )


def code_key(number: Readings) -> Prints:
    """The key of all letters with the agency code of each reading; 0 where it is not known."""
    return _joined(CITED, "count: code", number.code)


def year_code_key(mentions: Mentions, number: Readings, row: Ints) -> Prints:
    """The key of the letters with the agency code of reading ``i`` and of the year of mention ``row[i]``."""
    year = mentions.year[row].astype(np.uint64)
    return _joined(OFFICE, "count: year, code", year, number.code)


def month_code_key(mentions: Mentions, number: Readings, row: Ints) -> Prints:
    """The key of the letters with the agency code of reading ``i`` and of the month of mention ``row[i]``."""
    return _joined(OFFICE, "count: month, code", _month_print(mentions)[row], number.code)


def month_sender_key(mentions: Mentions) -> Prints:
    """The key of the letters of each mention's sender and month."""
    sender = mentions.text_prints[mentions.sender]
    return _joined(CITED, "count: month, sender", _month_print(mentions), sender)


def _day_print(mentions: Mentions) -> Prints:
    """A number for each day, 0 where the day is not known."""
    whole = (mentions.year * 12 + mentions.month) * 31 + mentions.day
    return np.where(mentions.day > 0, whole, 0).astype(np.uint64)


def _month_print(mentions: Mentions) -> Prints:
    """A number for each month, 0 where it is not known."""
    return (mentions.year * 12 + mentions.month).astype(np.uint64)


def _joined(kind: np.uint64, name: str, *parts: Prints) -> Prints:
    """The key of that kind and ``name`` from ``parts``; 0 where one of them is 0."""
    known = np.ones(len(parts[0]), np.bool_)
    key = np.full(len(parts[0]), fingerprint(name), np.uint64)
    for part in parts:
        known &= part != 0
        key = _mixed(key ^ part)
    return np.where(known, key & ~np.uint64(3) | kind, np.uint64(0))


def _known(key: Prints, row: Ints) -> Keys:
    known = key != 0
    return Keys(key[known], row[known])


def _gathered(parts: list[Keys]) -> Keys:
    return Keys(np.concatenate([part.key for part in parts]), np.concatenate([part.row for part in parts]))


def _mixed(key: Prints) -> Prints:
    """``key`` with its bits spread out, each differing from its neighbours' (splitmix64)."""
    key = key + np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


class BlockIndex:
    """The letters of an archive by blocking key.

    ``crowded`` are keys that too many letters share, where not all of these are among ``letters``.
    """

    def __init__(self, letters: Mentions, crowded: Prints) -> None:
        keys = blocking_keys(letters)
        order = np.lexsort((keys.row, keys.key))
        key, row = keys.key[order], keys.row[order].astype(np.int32)
        # Readings that share a key post it once
        kept = np.ones(len(key), np.bool_)
        kept[1:] = (key[1:] != key[:-1]) | (row[1:] != row[:-1])
        kept &= ~np.isin(key, crowded)
        self._key, self._row = key[kept], row[kept]

    def pairs(self, references: Mentions) -> tuple[Ints, Ints]:
        """(rows of references, rows of letters) that share a key, each pair once, in order."""
        keys = blocking_keys(references)
        order = np.argsort(keys.key)  # neighbours in the index are found one after the other
        key = keys.key[order]
        first = np.searchsorted(self._key, key, "left")
        count = np.searchsorted(self._key, key, "right") - first
        count[count > BLOCK_LIMIT] = 0
        reference = np.repeat(keys.row[order], count)
        within = np.arange(len(reference)) - np.repeat(np.cumsum(count) - count, count)
        letter = self._row[np.repeat(first, count) + within].astype(np.int64)
        both = np.sort((reference << 32) | letter)
        new = np.ones(len(both), np.bool_)
        new[1:] = both[1:] != both[:-1]
        both = both[new]
        return both >> 32, both & 0xFFFFFFFF
