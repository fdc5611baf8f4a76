"""Which date belongs to which of the numbers that are named beside one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.letters.numbers import DateReading, NumberReading

DATED = re.compile(r"ลง\S{0,2}วันที่?|ลว\.")
"""Words that a date follows, read or not."""

AND_DATE = re.compile(r"\s*(?:,|และ|กับ)?\s*(?:ลง\S{0,2}วันที่|ลว\.|วันที่)?\s*")
"""Between the dates of several letters that are named in turn: ``และวันที่``."""

DATE_REACH = 45
"""A date belongs to a number when at most this many characters lie between them."""


def pair_dates(
    text: str, numbers: Sequence[NumberReading], dates: Sequence[DateReading]
) -> list[DateReading | None]:
    """The date of each number: the one right after it, or right before it where the text begins so.

    A single date after several numbers (``ว 1 และ ว 2 ลงวันที่ …``) is the date of all of them; where
    ลงวันที่ stands between them, the date behind it was not read.
    """
    in_turn = _in_turn(text, numbers, dates)
    if in_turn:
        return in_turn
    left = list(dates)
    paired: list[DateReading | None] = []
    dates_first = bool(dates and numbers) and 0 <= numbers[0].start - dates[0].end <= DATE_REACH
    for index, number in enumerate(numbers):
        limit = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
        after = [d for d in left if number.end <= d.start < limit and d.start - number.end <= DATE_REACH]
        before = [d for d in left if d.end <= number.start and number.start - d.end <= DATE_REACH]
        nearest = before[-1:] + after[:1] if dates_first else after[:1] + before[-1:]
        paired.append(nearest[0] if nearest else None)
        left = [date for date in left if date is not paired[-1]]
    for index in range(len(paired) - 2, -1, -1):
        dated = DATED.search(text, numbers[index].end, numbers[index + 1].start)
        paired[index] = paired[index] or (None if dated else paired[index + 1])
    return paired


def _in_turn(
    text: str, numbers: Sequence[NumberReading], dates: Sequence[DateReading]
) -> list[DateReading | None]:
    """Where as many dates follow the numbers as there are numbers, each has its own (ตามลำดับ); else none."""
    if not 1 < len(numbers) == len(dates) or not 0 <= dates[0].start - numbers[-1].end <= DATE_REACH:
        return []
    together = all(AND_DATE.fullmatch(text, first.end, second.start) for first, second in pairwise(dates))
    return list(dates) if together else []
