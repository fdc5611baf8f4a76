"""Letter numbers in passages, with how surely they were read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.letters.evidence import digits_limit
from pipeline.letters.rows import Passage
from pipeline.thai import LetterNumber, agency_of, find_numbers

KNOWN_AGENCY = 0.985
"""Probability that a well-formed number with agency letters of the gazetteer is what is printed, if all
its characters were read right."""

UNKNOWN_AGENCY = 0.75
"""The same where the agency letters are in no table: often one of them was misread."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A letter number at ``start``:``end`` of a passage. ``text`` is None while the running part is blank."""

    text: str | None
    agency_code: str | None
    is_circular: bool
    running_number: int | None
    start: int
    end: int
    raw: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


def certainty_of(number: LetterNumber) -> float:
    """How likely a number that was read so is a letter number, by its agency letters."""
    return KNOWN_AGENCY if agency_of(number.agency_letters) else UNKNOWN_AGENCY


def numbers_in(passage: Passage) -> tuple[NumberReading, ...]:
    """Every letter number in a passage, in order."""
    readings = []
    for found in find_numbers(passage.text):
        number = found.number
        extent = passage.extent(found.start, found.end)
        confidence = min(extent.confidence * certainty_of(number), digits_limit(extent))
        readings.append(
            NumberReading(
                text=number.normalised if number.running_number is not None else None,
                agency_code=number.agency_code or None,
                is_circular=number.is_circular,
                running_number=number.running_number,
                start=found.start,
                end=found.end,
                raw=extent.raw,
                confidence=round(confidence, 4),
            )
        )
    return tuple(readings)
