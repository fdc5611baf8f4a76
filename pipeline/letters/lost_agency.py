"""Numbers whose agency letters were lost, under a stamp or at a tear: known from the office that is named."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.letters.misread_office import CONCLUDED
from pipeline.letters.names import nearest_name
from pipeline.letters.numbers import NumberReading
from pipeline.letters.rows import Passage
from pipeline.thai import agencies, canonical_office, departments, parse_number, to_arabic

LETTERS_READ = 0.8
"""A number read so surely has the letters that it has, whoever is said to have sent it."""

BARE_NUMBER = re.compile(r"(?<![\d.])0\d{3}(?:\s?\.\s?\d{1,3}){0,2}\s?/\s?(?:ว\s?\.?\s?)?\d{1,5}(?![\d/])")
"""The agency digits and the running number, in Arabic digits: ``0802.6/ว74``."""


def number_of_sender(passage: Passage, start: int, end: int, sender: str) -> NumberReading | None:
    """The number of which only the digits were read, with the letters of the office that sent the letter.

    Of a department, its digits must begin with its code: ``0802.6/ว74`` of กรมส่งเสริมการปกครองท้องถิ่น.
    """
    digits = to_arabic(passage.text[start:end])
    letters = _letters_of(sender, digits)
    number = parse_number(f"{letters} {digits}") if letters else None
    if number is None:
        return None
    extent = passage.extent(start, end)
    confidence = round(min(CONCLUDED, extent.confidence), 4)
    return NumberReading(number.normalised, number, start, end, extent.raw, confidence)


def with_letters_of_sender(number: NumberReading, sender: str | None) -> NumberReading:
    """A number whose agency letters were read unsurely, with those of the office that sent the letter.

    Of ``บร 1007.9/ว 3725`` of สำนักงาน ก.พ. the letters are นร.
    """
    read = number.number
    letters = _letters_of(sender, read.agency_digits) if sender and read.agency_digits else None
    if letters is None or read.agency_letters.startswith(letters) or number.confidence >= LETTERS_READ:
        return number
    settled = replace(read, agency_letters=letters)
    others = ((number.text, number.confidence),) if number.text else ()
    return replace(
        number,
        text=settled.normalised if number.text else None,
        number=settled,
        confidence=min(CONCLUDED, number.confidence),
        alternatives=(*others, *number.alternatives),
    )


def _letters_of(sender: str, digits: str) -> str | None:
    """The agency letters of the office that is named, if the agency ``digits`` fit its code."""
    name = canonical_office(nearest_name(sender) or sender)
    codes = {d.letters for d in departments() if d.name == name and digits.startswith(d.code)}
    codes |= {agency.letters for agency in agencies() if agency.name == name}
    return codes.pop() if len(codes) == 1 else None
