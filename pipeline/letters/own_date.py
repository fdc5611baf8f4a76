"""A letter's own date: below the office of a letter, after วันที่ of a memo, in a seal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.letters.beside import JOINED, left_of
from pipeline.letters.conclude import Conclusion, conclude
from pipeline.letters.damaged_date import DamagedDate, damaged_date
from pipeline.letters.decoding import MONTH_LENGTH, Readings, decode_date
from pipeline.letters.evidence import digits_limit, evidence_of
from pipeline.letters.letterhead import ENDS_WITH_YEAR
from pipeline.letters.rows import Extent, Passage, Row, span_box, span_confidence
from pipeline.model import Box, Evidence, Rule, Step
from pipeline.thai import FoundDate, find_dates, full_months_pattern, parse_date, to_arabic

MONTH_AND_YEAR = re.compile(
    rf"(?P<month>{full_months_pattern()})"
    r"\s*[.,-]?\s*(?:พ\.?\s?ศ\.?|พุทธศักราช)?\s*(?:[๐-๙0-9]{4}|(?=\S{4}(?!\S))[๐-๙0-9]*[^\s๐-๙0-9ก-์][๐-๙0-9]*$)"
)
"""A full month and a year, whatever stands for the day before it, and for one digit of a year at the end:
``๑) ธันวาคม ๒๕๖๔``, ``5 เมษายน @548``."""

YEAR_WITH_A_SIGN = re.compile(r"[ก-์]\s*(?:[!-&*;-@^~]5\d\d|2[!-&*;-@^~]\d\d|2[45][!-&*;-@^~]\d)$")
"""A year at the end of which one digit was read as another sign, whatever month was read before it:
``5 เมี่ยายน %548``."""

YEAR_WITH_MORE = re.compile(r"(?<=[ก-์])\s*(?P<year>2[45]\d\d)\s\S{1,3}$")
"""A year behind a month, if misread, and behind it what the picture of a seal was read as:
``5 เมี่ยายน 2548 ว๕``."""

TORN_DAY = re.compile(r"(?:[0-9๐-๙]|(?<!\S))[^\s0-9ก-๙]{1,2}$|(?<!\S)[1-3๑-๓]\s$")
"""What may be the first digit of a day, or a speck behind it: ``1'`` of ``1'7 สิงหาคม``, ``/`` of ``/7``,
``๑ `` of ``๑ ๗ สิงหาคม``."""

SPECK = re.compile(r"[\"“”'‘’`´^*~•·.,:;]{1,2}")
"""What a speck is read as before a month: no digit is, and none is lost in it."""

MONTH_ONLY = 0.6
"""How sure a month is whose day can't be read: the page has more to say than was read."""

UNREAD_INK = 1.2
"""So many body heights of a row's box before its first character hold ink that was not read."""

NO_DAY = 0.85
"""How sure it is that no day is printed where none was read: a day written in pale ink may be lost."""

GUESSED = 0.6
"""How sure a date is that took a guess to read: a misread month, a year of two digits."""

CERTAIN = 0.985
"""How sure a plain date in its place is, if its characters were read right."""


def read_date(rows: Sequence[Row], field: str = "date") -> Evidence | None:
    """The last full date among the rows above เรื่อง; a missing day stays missing."""
    for row in reversed(rows):
        found = date_at(row, field)
        if found:
            return _with_day_beside(found, row, rows)
    return None


def _with_day_beside(evidence: Evidence, row: Row, rows: Sequence[Row]) -> Evidence:
    """A month whose day was written in and taken for a line of its own: the day, if it can be read."""
    beside = left_of(row, rows) if evidence.value and len(evidence.value) == MONTH_LENGTH else None
    if beside is None or evidence.value is None:
        return evidence
    raw = f"{beside.text} {evidence.raw}"
    day = parse_date(f"{re.sub(r'[^0-9๐-๙]', '', beside.text)} {evidence.raw}")
    if day is None or day.day is None:
        sure = min(evidence.confidence, MONTH_ONLY)
        return replace(evidence, raw=raw, steps=(Step(Rule.DAY_UNREAD),), confidence=sure)
    sure = min(evidence.confidence * span_confidence(beside, 0, len(beside.text)), JOINED)
    box = Box.around((beside.box, row.box))
    steps = Step(Rule.DATE_IN_PLACE), Step(Rule.DAY_WRITTEN_IN)
    return replace(evidence, value=day.iso, raw=raw, box=box, steps=steps, confidence=round(sure, 4))


def date_at(row: Row, field: str = "date") -> Evidence | None:
    """The date in a row; where something stands for a day that can't be one, the month only, doubtful."""
    found = _printed(row)
    place = _place(row, found)
    if place is None:
        return None
    extent = Passage.of([row]).extent(*place)
    readings = decode_date(row, *place)
    if found is None:
        return _decoded(row, field, place, readings)
    if found.date.day is None:
        unread = row.text[place[0] : found.start].strip() or _ink_before(row, found.start)
        certainty, rule = (MONTH_ONLY, Rule.DAY_UNREAD) if unread else (NO_DAY, Rule.DAY_NOT_PRINTED)
        with_day = tuple(reading for reading in readings if len(reading[0]) > len(found.date.iso))
        concluded = conclude(None, 0.0, with_day) if unread else conclude(found.date.iso, 0.0, ())
        if not concluded.decoded:
            damaged = damaged_date([(row, *place)]) if unread else None
            if damaged and damaged.iso.startswith(f"{found.date.iso}-"):
                return _damaged(field, damaged, extent)
            return evidence_of(field, found.date.iso, extent, rule, certainty, readings[:4])
        return _evidence(field, concluded, extent, rule)
    certainty = CERTAIN if found.exact and place[0] == found.start else GUESSED
    concluded = conclude(found.date.iso, extent.confidence * certainty, readings)
    return _evidence(field, concluded, extent, Rule.DATE_IN_PLACE)


def _decoded(row: Row, field: str, place: tuple[int, int], readings: Readings) -> Evidence | None:
    """The date of the grammar where the best reading has none; else the one that the page is least unlike."""
    extent = Passage.of([row]).extent(*place)
    concluded = conclude(None, 0.0, readings)
    if concluded.value:
        return _evidence(field, concluded, extent, Rule.DATE_IN_PLACE)
    return damaged_date_at(row, *place, field=field)


def damaged_date_at(row: Row, start: int, end: int | None = None, field: str = "date") -> Evidence | None:
    """The date that must stand in ``row.text[start:end]`` though none can be parsed, if one is likely."""
    stop = len(row.text) if end is None else end
    damaged = damaged_date([(row, start, stop)])
    return _damaged(field, damaged, Passage.of([row]).extent(start, stop)) if damaged else None


def _damaged(field: str, damaged: DamagedDate, extent: Extent) -> Evidence:
    month_only = len(damaged.iso) == MONTH_LENGTH
    confidence = min(damaged.confidence, MONTH_ONLY if month_only else 1.0, digits_limit(extent))
    rule, others = Rule.DATE_NEAREST, damaged.others
    nearest = evidence_of(field, damaged.iso, extent, rule, 1.0, others, extent.raw)
    nearest = replace(nearest, confidence=confidence)
    return nearest.because(Rule.DAY_UNREAD) if month_only else nearest


def _evidence(field: str, concluded: Conclusion, extent: Extent, rule: Rule) -> Evidence:
    detail = ""
    if concluded.decoded:
        rule, detail = Rule.DATE_DECODED, extent.raw
    evidence = evidence_of(field, concluded.value, extent, rule, 1.0, concluded.alternatives, detail)
    return replace(evidence, confidence=round(min(concluded.confidence, digits_limit(extent)), 4))


def _printed(row: Row) -> FoundDate | None:
    """The date as the best reading has it: with a full month, as letters print it."""
    dates = [found for found in find_dates(row.text) if MONTH_AND_YEAR.search(found.raw) or not found.exact]
    return dates[-1] if dates else None


def _place(row: Row, found: FoundDate | None) -> tuple[int, int] | None:
    """Where in the row its date stands, an unread day or half a day before it included."""
    if found is not None:
        before = row.text[: found.start]
        torn = TORN_DAY.search(before) if found.date.day is not None else None
        unread = _unread_day(before) if found.date.day is None else torn[0] if torn else ""
        return found.start - len(unread), found.end
    arabic = to_arabic(row.text)
    more = YEAR_WITH_MORE.search(arabic)
    dated = (
        ENDS_WITH_YEAR.search(arabic)
        or MONTH_AND_YEAR.search(row.text)
        or YEAR_WITH_A_SIGN.search(arabic)
        or more
    )
    if len(row.text) < 40 and dated:
        label = re.match(r"^\W*วันที่?\s*", row.text)
        return (label.end() if label else 0), more.end("year") if more else len(row.text)
    return None


def _unread_day(before: str) -> str:
    """What stands right before a month without a day: ``๑) `` of ``๑) ธันวาคม``, or nothing."""
    match = re.search(r"\S{1,4}\s*$", before)
    if match is None or SPECK.fullmatch(match[0].strip()) or re.search(r"เดือน\s*$|วันที่?\s*$", before):
        return ""
    return match[0]


def _ink_before(row: Row, start: int) -> bool:
    """Whether ink that was read as nothing stands left of the row's first character: a day by hand."""
    first = span_box(row, start, start + 1).x0
    return start == 0 and first - row.box.x0 > UNREAD_INK * row.height
