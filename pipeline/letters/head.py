"""What stands above เรื่อง: number, date, issuing office and address, urgency, secrecy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.letters.evidence import evidence_of
from pipeline.letters.letterhead import ENDS_WITH_YEAR
from pipeline.letters.numbers import certainty_of
from pipeline.letters.offices import cut_address, is_address, is_office, tidy_office
from pipeline.letters.rows import Passage, Row
from pipeline.letters.sheets import NUMBER_ROW, Sheet
from pipeline.model import Evidence
from pipeline.thai import (
    LetterNumber,
    find_dates,
    find_numbers,
    find_secrecy,
    find_urgency,
    parse_number,
    to_arabic,
)

MONTH_AND_YEAR = re.compile(
    r"(?P<month>มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)"
    r"\s*(?:พ\.?ศ\.?)?\s*[๐-๙0-9]{4}"
)
"""A full month and a year, whatever stands for the day before it: ``๑) ธันวาคม ๒๕๖๔``."""

OFFICE_LEFT = 0.4
"""The office of a letterhead begins right of this share of the sheet's width."""


@dataclass(frozen=True, slots=True)
class NumberFound:
    """The letter's own number with its parts; ``number`` is None where nothing of it could be parsed."""

    evidence: Evidence
    number: LetterNumber | None


# ---------------------------------------------------------------------- number


def read_number(rows: Sequence[Row], sheet: Sheet) -> NumberFound | None:
    """The number on the ที่ row at the upper left; never one of a receive stamp."""
    for row in rows:
        match = NUMBER_ROW.match(row.text)
        if match and (not sheet.placed or row.box.x0 < 0.45 * sheet.width):
            return number_at(row, match.start("number"), match.end("number"))
    return None


def number_at(row: Row, start: int, end: int) -> NumberFound:
    """The number in ``row.text[start:end]``, or what of it can be parsed."""
    passage = Passage.of([row])
    piece = row.text[start:end].strip()
    number = parse_number(piece)
    if number is None:
        found = find_numbers("ที่ " + piece)
        number = found[0].number if found else None
        end = start + found[0].end - 4 if found else end
    extent = passage.extent(start, end)
    if number is None or number.running_number is None:
        rule = "the running number can't be read" if number else "the number can't be read"
        return NumberFound(evidence_of("number", None, extent, rule, 0.0), number)
    return NumberFound(
        evidence_of("number", number.normalised, extent, "ที่ at the upper left", certainty_of(number)), number
    )


# ---------------------------------------------------------------------- date


def read_date(rows: Sequence[Row], sheet: Sheet, field: str = "date") -> Evidence | None:
    """The date below the office: the last full date above เรื่อง; a missing day stays missing."""
    for row in reversed(rows):
        found = date_at(row, field)
        if found:
            return found
    return None


def date_at(row: Row, field: str = "date") -> Evidence | None:
    """The date in a row; where something stands for a day that can't be one, the month only, doubtful."""
    passage = Passage.of([row])
    dates = [found for found in find_dates(row.text) if MONTH_AND_YEAR.search(found.raw) or not found.exact]
    if not dates:
        return None
    date = dates[-1]
    unread = _unread_day(row.text[: date.start]) if date.date.day is None else ""
    start = date.start - len(unread)
    extent = passage.extent(start, date.end)
    if unread.strip():
        return evidence_of(field, date.date.iso, extent, "the day can't be read: month only", 0.6)
    if date.date.day is None:
        return evidence_of(field, date.date.iso, extent, "no day is printed", 0.88)
    certainty = 0.985 if date.exact else 0.6
    return evidence_of(field, date.date.iso, extent, "date below the office", certainty)


def _unread_day(before: str) -> str:
    """What stands right before a month without a day: ``๑) `` of ``๑) ธันวาคม``, or nothing."""
    match = re.search(r"\S{1,4}\s*$", before)
    return match[0] if match and not re.search(r"เดือน\s*$|วันที่\s*$", before) else ""


# ---------------------------------------------------------------------- office


def read_office(rows: Sequence[Row], sheet: Sheet) -> tuple[Evidence | None, Evidence | None]:
    """(sender, sender_address) from the letterhead rows that are neither number, date nor urgency."""
    candidates = _beside_number([row for row in rows if _may_be_office(row, sheet)], rows, sheet)
    office: list[Row] = []
    address: list[Row] = []
    for row in candidates:
        if address or is_address(row.text):
            address.append(row)
        else:
            office.append(row)
    return _sender(office), _address(office, address)


def _may_be_office(row: Row, sheet: Sheet) -> bool:
    text = row.text
    if NUMBER_ROW.match(text) or len(text.replace(" ", "")) < 4 or ENDS_WITH_YEAR.search(to_arabic(text)):
        return False
    if find_urgency(text) and len(text) < 16:
        return False
    letters = sum("ก" <= char <= "๎" for char in text)
    if letters < 0.4 * len(text) and not is_address(text):
        return False
    if sheet.placed:
        return row.box.centre[0] > OFFICE_LEFT * sheet.width and row.box.x0 > 0.3 * sheet.width
    return len(text) <= 80


def _beside_number(candidates: list[Row], rows: Sequence[Row], sheet: Sheet) -> list[Row]:
    """Leave out what stands well above the number's row: a stamp or a scribble over the letterhead."""
    at = next((index for index, row in enumerate(rows) if NUMBER_ROW.match(row.text)), None)
    if at is None:
        return candidates
    if not sheet.placed:
        return [row for row in candidates if row in rows[at:]]
    level, height = rows[at].box.centre[1], rows[at].box.height
    beside = [
        row
        for row in candidates
        if level - row.box.centre[1] < height * (1.6 if is_office(row.text) else 0.6)
    ]
    return beside or candidates


def _sender(rows: Sequence[Row]) -> Evidence | None:
    if not rows:
        return None
    texts = [tidy_office(cut_address(row.text)[0]) for row in rows]
    extent = Passage.of(rows).extent()
    known = is_office(texts[0])
    rule = "office at the upper right" if known else "text where the office stands"
    return evidence_of(
        "sender", " ".join(text for text in texts if text), extent, rule, 0.96 if known else 0.7
    )


def _address(office: Sequence[Row], address: Sequence[Row]) -> Evidence | None:
    inline = [cut_address(row.text)[1] for row in office]
    parts = [part for part in inline if part] + [row.text for row in address]
    if not parts:
        return None
    rows = address or office
    return evidence_of(
        "sender_address", " ".join(parts), Passage.of(rows).extent(), "lines below the office", 0.95
    )


# ---------------------------------------------------------------------- urgency, secrecy


def read_urgency(rows: Sequence[Row], sheet: Sheet) -> Evidence | None:
    """The urgency (ชั้นความเร็ว) above the number, in red or black, or beside บันทึกข้อความ."""
    return _term("urgency", [*rows, *sheet.marks])


def read_secrecy(rows: Sequence[Row], sheet: Sheet) -> Evidence | None:
    """The secrecy (ชั้นความลับ) at the head of the sheet."""
    return _term("secrecy", [*rows, *sheet.marks])


def _term(field: str, rows: Sequence[Row]) -> Evidence | None:
    find = find_urgency if field == "urgency" else find_secrecy
    for row in rows:
        found = find(row.text)
        if found and len(row.text) < 60:
            extent = Passage.of([row]).extent(found.start, found.end)
            return evidence_of(field, found.term, extent, f"{field} at the head", 0.97)
    return None
