"""Letters and references as columns of numbers, so that millions of pairs can be compared at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RUNNING_WIDTH, CODE_WIDTH = 7, 12
"""Digits kept of a running number, and characters kept of an agency code's digits."""

Ints = NDArray[np.int64]
Prints = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
Scripts = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Letter numbers in their parts, one a row; 0 or -1 stand for what is not known.

    ``code`` is the fingerprint of the agency code without spaces, ``letters`` the index of its
    letters in the texts; ``code_digits`` (N×12) and ``running_digits`` (N×7, right-aligned) hold the
    character codes of :mod:`pipeline.citations.tables`; ``circular`` is 1, 0 or -1; ``running`` is -1
    where unknown; ``printed_digits`` counts its digits with leading zeros.
    """

    code: Prints
    letters: Ints
    code_digits: Bytes
    circular: NDArray[np.int8]
    running: Ints
    running_digits: Bytes
    printed_digits: Bytes

    def __len__(self) -> int:
        return len(self.code)

    def taken(self, rows: Ints) -> Readings:
        """The readings of ``rows``, in that order."""
        return Readings(
            self.code[rows],
            self.letters[rows],
            self.code_digits[rows],
            self.circular[rows],
            self.running[rows],
            self.running_digits[rows],
            self.printed_digits[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """All readings of each mention's number: ``count`` of them from ``start`` on, the chosen one first.

    ``mention`` is the row of the mention that each reading is of.
    """

    readings: Readings
    probability: NDArray[np.float64]
    is_first: NDArray[np.bool_]
    start: Ints
    count: Ints
    mention: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """Letters, or references to letters, in columns.

    ``document`` is the fingerprint of the letter itself, or of the one that makes the reference;
    ``bundle`` that of its file, ``ordinal`` its place there. ``year``, ``month`` and ``day`` are 0
    where unknown. ``sender`` and ``subject`` index ``texts``, whose first is the empty text.
    ``options`` are the readings of the numbers with their alternatives.
    """

    document: Prints
    bundle: Prints
    ordinal: Ints
    year: Ints
    month: Ints
    day: Ints
    sender: Ints
    subject: Ints
    number: Readings
    script: Scripts
    encloses: NDArray[np.bool_]
    options: Options
    texts: tuple[str, ...]
    text_prints: Prints

    def __len__(self) -> int:
        return len(self.document)
