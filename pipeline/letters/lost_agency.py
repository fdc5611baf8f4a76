"""Numbers whose agency letters were lost, under a stamp or at a tear: known from the office that is named."""

from __future__ import annotations

import re

from pipeline.letters.misread_office import CONCLUDED
from pipeline.letters.names import nearest_name
from pipeline.letters.numbers import NumberReading
from pipeline.letters.rows import Passage
from pipeline.thai import agencies, canonical_office, departments, parse_number, to_arabic

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


def _letters_of(sender: str, digits: str) -> str | None:
    name = canonical_office(nearest_name(sender) or sender)
    codes = {d.letters for d in departments() if d.name == name and digits.startswith(d.code)}
    codes |= {agency.letters for agency in agencies() if agency.name == name}
    return codes.pop() if len(codes) == 1 else None
