"""Whether a letter's date fits what else its pages say about time.

A letter is received on or after its date, cites only letters that are not younger, and speaks of a
fiscal year (ปีงบประมาณ, which begins on 1 October of the year before) near its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Reference, Rule, Stamp, Step
from pipeline.thai import BUDDHIST_ERA_OFFSET, LETTER_YEARS, to_arabic

FISCAL_YEAR = re.compile(r"ปีงบประมาณ\s*(?:พ\.?\s?ศ\.?\s?)?(?P<year>2[45]\d\d)")
"""A fiscal year in a subject: ``ประจำปีงบประมาณ พ.ศ. 2565``."""

FISCAL_REACH = 3
"""A letter is written at most this many years before or after a fiscal year that its subject names."""

LONGEST_WAY = 3
"""A letter is received at most this many years after it was written."""

TRUSTED_STAMP = 0.6
"""Stamps read less surely than this say nothing about the letter's date."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What contradicts a date, and the confidence with which that was read."""

    step: Step
    confidence: float = 1.0


def time_conflicts(
    date: str, stamps: Sequence[Stamp], references: Sequence[Reference], subject: str | None
) -> tuple[Conflict, ...]:
    """What contradicts the letter's ``date`` (ISO, the day may be missing); nothing when all fits.

    >>> [conflict.step for conflict in time_conflicts("1962-09", (), (), "แผนปฏิบัติการ ปีงบประมาณ ๒๕๖๕")]
    [Step(rule=<Rule.FAR_FROM_FISCAL_YEAR: 'far_from_fiscal_year'>, detail='2565')]
    >>> time_conflicts("2021-12-23", (), (), "แผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    ()
    """
    conflicts: list[Conflict] = []
    if int(date[:4]) + BUDDHIST_ERA_OFFSET not in LETTER_YEARS:
        conflicts.append(Conflict(Step(Rule.YEAR_IMPLAUSIBLE)))
    for stamp in stamps:
        day = stamp.received_date
        if day is None or stamp.confidence < TRUSTED_STAMP:
            continue
        if later(date, day):
            conflicts.append(Conflict(Step(Rule.RECEIVED_BEFORE, day), stamp.confidence))
        elif int(day[:4]) - int(date[:4]) > LONGEST_WAY:
            conflicts.append(Conflict(Step(Rule.RECEIVED_LATE, day), stamp.confidence))
    conflicts += [
        Conflict(Step(Rule.CITES_YOUNGER, reference.date), reference.confidence)
        for reference in references
        if reference.target_kind == "letter" and reference.date and later(reference.date, date)
    ]
    years = [match["year"] for match in FISCAL_YEAR.finditer(to_arabic(subject or ""))]
    conflicts += [
        Conflict(Step(Rule.FAR_FROM_FISCAL_YEAR, year))
        for year in years
        if abs(int(year) - BUDDHIST_ERA_OFFSET - int(date[:4])) > FISCAL_REACH
    ]
    return tuple(dict.fromkeys(conflicts))


def later(first: str, second: str) -> bool:
    """Whether ``first`` is surely later than ``second``; a missing day may be any day of its month.

    >>> later("2021-12-23", "2021-12"), later("2022-01", "2021-12-31")
    (False, True)
    """
    length = min(len(first), len(second))
    return first[:length] > second[:length]
