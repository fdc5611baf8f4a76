"""Letter numbers and dates in passages: lists of references, running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.letters.conclude import conclude
from pipeline.letters.damaged_date import damaged_date
from pipeline.letters.decoding import decode_date, decode_number, letter_date
from pipeline.letters.evidence import digits_limit
from pipeline.letters.rows import Passage
from pipeline.thai import LetterNumber, agency_of, find_dates, find_numbers, parse_number

KNOWN_AGENCY = 0.985
"""Probability that a well-formed number with agency letters of the gazetteer is what is printed, if all
its characters were read right."""

UNKNOWN_AGENCY = 0.75
"""The same where the agency letters are in no table: often one of them was misread."""

LOST_DOT = re.compile(r"0\d{4,}")
"""Agency digits that begin with 0 are four, and more only behind a dot: ``05021`` was ``0502.1``."""

FIVE_DIGITS = "ศธ"
"""The ministry that has five: ``ศธ 04004``."""

FEWEST_DIGITS = 4
"""The agency digits of ministries, departments, provinces and districts are at least so many before a dot."""

COURT_DIGITS = re.compile(r"\d{3}\.\d{3}")
"""Those of a court of justice are three, and three behind the dot: ``ศย 309.017``."""

ODD_DIGITS = 0.4
"""Probability that such digits are what is printed; even a second reading of them leaves them for review."""

CITED_DATE = 0.985
"""Probability that a plain date after ลงวันที่ is what is printed, if its characters were read right."""

GUESSED_DATE = 0.6
"""The same where a month was misread, a year has two digits or a speck stands in the date."""

MARKS = re.compile(r"[ัิ-ฺ็-๎]")
"""Marks over and under letters: no number has any, so they are specks."""

SPECKS = re.compile(r"(?<=\d)\s?[.,:;'’|_-]+$|(?<=[/.ก-ฮ])\s?[-–'’“”\"`°•·_~]+(?=\s?\d)")
"""Specks read as marks behind the running number or before digits: ``นร 0105/ 331.``, ``มท 0816.3/ว-188``."""

SPECK_IN_CODE = re.compile(r"(?<=\d)\s?[:;,·•'’]\s?(?=\d{1,3}\s?/)")
"""What the dot in agency digits was read as: ``ดศ 0218:9/34``."""

SPECKED = 0.85
"""How sure a number is with such a speck, which may be what is left of a digit."""

UNREAD_NUMBER = re.compile(r"(?<![ก-๎])ท[ีิ]?[่้]?\s*(?P<number>\S[^\n]{4,28}?)\s*(?=ลง\S{0,2}วันที่|ลว\.)")
"""What stands between ที่ and ลงวันที่ must be a number, even where none can be parsed."""

UNREAD_DATE = re.compile(r"(?:ลง\S{0,2}วันที่?|ลว\.)\s*(?P<date>\S[^\n]{4,24})")
"""What follows ลงวันที่ must be a date, even where none can be parsed."""

TORN_DAY = re.compile(r"(?:^|[\s.่])(?P<torn>[A-Za-z|/!'\]\[{}]{1,2})$")
"""What may be the first digit of a day, right before its second: the ``T`` of ``ลว. T9 ก.ย. 2561``."""

SPECK_AFTER_DAY = re.compile(r"(?<=[0-9๐-๙])[°'\"`´^*~|_:;!](?=\s?[ก-ฮเ-ไ])")
"""A speck between a day and its month: ``๑๖°เมษายน``."""

SPECK_FOR_DOT = re.compile(r"(?<=[ก-ฮ]\.[ก-ฮ])[:;,'](?=\s?[0-9๐-๙])")
"""The last dot of a short month, with a speck above or below it: ``ก.ย: ๒๕๖๓``."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A letter number at ``start``:``end`` of a passage. ``text`` is None while the running part is blank."""

    text: str | None
    number: LetterNumber
    start: int
    end: int
    raw: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date at ``start``:``end`` of a passage, as ISO text."""

    iso: str
    start: int
    end: int
    confidence: float


def certainty_of(number: LetterNumber) -> float:
    """How likely a number that was read so is a letter number, by its agency letters and digits."""
    agency = agency_of(number.agency_letters)
    if LOST_DOT.fullmatch(number.agency_digits) and number.agency_letters != FIVE_DIGITS:
        return ODD_DIGITS
    court = agency and agency.kind == "court" and COURT_DIGITS.fullmatch(number.agency_digits)
    if agency and not court and len(number.agency_digits.partition(".")[0]) < FEWEST_DIGITS:
        return ODD_DIGITS
    return KNOWN_AGENCY if agency else UNKNOWN_AGENCY


def without_specks(text: str) -> str:
    """A number as it is printed, without what specks beside it were read as.

    >>> without_specks("มท์ 0816.3/ว-188."), without_specks("ดศ 0218:9/34"), without_specks("ปช 0013/0084")
    ('มท 0816.3/ว188', 'ดศ 0218.9/34', 'ปช 0013/0084')
    """
    return SPECK_IN_CODE.sub(".", SPECKS.sub("", MARKS.sub("", text)))


def specked(text: str) -> bool:
    """Whether specks stand in or behind the digits of a number.

    >>> specked("นร 0105/ 331."), specked("ดศ 0218:9/34"), specked("ปช 0013/0084")
    (True, True, False)
    """
    return bool(SPECKS.search(text) or SPECK_IN_CODE.search(text))


def numbers_in(passage: Passage) -> tuple[NumberReading, ...]:
    """Every letter number in a passage, in order; one that can't be parsed is decoded where it must stand."""
    # The same length, so that places stay what they are.
    dotted = SPECK_IN_CODE.sub(lambda speck: ".".ljust(len(speck[0])), passage.text)
    readings = [_reading(passage, found.number, found.start, found.end) for found in find_numbers(dotted)]
    for match in UNREAD_NUMBER.finditer(passage.text):
        start, end = match.span("number")
        within = [reading for reading in readings if start < reading.end and reading.start < end]
        # Of a number whose agency can't be parsed, the circular alone was found: ``ลป 00Q9.7/ว 8144``.
        if all(start < reading.start and not reading.number.agency_code for reading in within):
            cleaned = parse_number(without_specks(passage.text[start:end]))
            found = _reading(passage, cleaned, start, end) if cleaned else _decoded(passage, start, end)
            if found:
                readings = [reading for reading in readings if reading not in within] + [found]
    return tuple(sorted(readings, key=lambda reading: reading.start))


def _reading(passage: Passage, number: LetterNumber, start: int, end: int) -> NumberReading:
    extent = passage.extent(start, end)
    value = number.normalised if number.running_number is not None else None
    place = passage.place(start, end)
    concluded = conclude(
        value, extent.confidence * certainty_of(number), decode_number(*place) if place else ()
    )
    concluded_number = parse_number(concluded.value) if concluded.decoded and concluded.value else None
    sure = SPECKED if specked(passage.text[start:end]) else 1.0
    confidence = min(concluded.confidence, digits_limit(extent), sure)
    return NumberReading(
        concluded.value,
        concluded_number or number,
        start,
        end,
        extent.raw,
        round(confidence, 4),
        concluded.alternatives,
    )


def _decoded(passage: Passage, start: int, end: int) -> NumberReading | None:
    """The number that the lattice allows where the best reading has none."""
    place = passage.place(start, end)
    concluded = conclude(None, 0.0, decode_number(*place) if place else ())
    number = parse_number(concluded.value) if concluded.value else None
    if number is None:
        return None
    extent = passage.extent(start, end)
    confidence = round(concluded.confidence, 4)
    return NumberReading(concluded.value, number, start, end, extent.raw, confidence, concluded.alternatives)


def dates_in(passage: Passage) -> tuple[DateReading, ...]:
    """Every date in a passage, in order; one that can't be parsed is decoded where it must stand."""
    readings = []
    clean = SPECK_FOR_DOT.sub(".", SPECK_AFTER_DAY.sub(" ", passage.text))
    for found in find_dates(clean):
        torn = TORN_DAY.search(clean[: found.start]) if found.date.day else None
        start = torn.start("torn") if torn else found.start
        damaged = damaged_date_in(passage, start, found.end) if torn or not letter_date(found.date) else None
        if damaged is not None:
            readings.append(damaged)
            continue
        extent = passage.extent(found.start, found.end)
        printed = found.exact and clean[found.start : found.end] == passage.text[found.start : found.end]
        printed = printed and torn is None
        certainty = CITED_DATE if printed else GUESSED_DATE
        place = passage.place(found.start, found.end)
        concluded = conclude(
            found.date.iso, extent.confidence * certainty, decode_date(*place) if place else ()
        )
        confidence = min(concluded.confidence, digits_limit(extent))
        readings.append(DateReading(concluded.value or found.date.iso, found.start, found.end, confidence))
    for match in UNREAD_DATE.finditer(passage.text):
        start, end = match.span("date")
        if all(end <= reading.start or start >= reading.end for reading in readings):
            damaged = damaged_date_in(passage, start, end)
            readings += [damaged] if damaged else []
    return tuple(sorted(readings, key=lambda reading: reading.start))


def damaged_date_in(passage: Passage, start: int, end: int) -> DateReading | None:
    """The date that must stand somewhere in ``passage.text[start:end]``, where none can be parsed."""
    damaged = damaged_date(passage.pieces(start, end))
    return DateReading(damaged.iso, start, end, damaged.confidence) if damaged else None
