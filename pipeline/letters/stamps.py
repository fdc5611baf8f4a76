"""Receive stamps (ตรารับหนังสือ): found, read, and taken out of the letter's own lines.

A stamp says who received the letter (office), under which number (เลขรับ), when (วันที่, เวลา).
On a scan it is a region of its own; in a transcript, or where the region was not found, its lines
stand between the letter's lines, so the same words are looked for there. What a stamp says never
becomes the letter's number or date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.letters.beside import joined, on_level
from pipeline.letters.evidence import GUESSED_DATE
from pipeline.letters.labels import match_label
from pipeline.letters.offices import is_address, is_office, tidy_office
from pipeline.letters.rows import THAI_LETTER, Row
from pipeline.model import Box, Stamp
from pipeline.thai import clock_time, find_dates, month_name, squeeze, to_arabic

RECEIVED_NUMBER = re.compile(
    r"^(?:เลข?ที่รับ|เ[ลส][ขชฃซ]ที่?รับ|เ[ลส][ขชฃซ]\s?รับ|เ[ลส][ขชฃซ]ทะเบียน(?:รับ)?|เ[ลส][ขชฃซ]ที่|รับที่|รับเลขที่)"
    r"[\s.…:_-]*(?P<number>[0-9][0-9 /]*)?[\s.…]*$"
)
"""The number line of a receive stamp: ``เลขรับ 54998``, ``เลขที่... 110``, ``เลขรับ......``."""

STAMP_DATE_LABEL = re.compile(r"^วัน\s?ที่?[\s.…:_-]*")
"""The date line's label in a stamp: ``วันที่...``."""

FULL_MONTH = re.compile("|".join(re.sub(r"(?:คม|ยน|พันธ์)$", "", month_name(month)) for month in range(1, 13)))
"""A month in full, its ending perhaps misread, which a letter's own date has and a date stamp's has not."""

STAMP_TIME = re.compile(
    r"^เวลา[\s.…:_-]*(?:(?P<hour>\d{1,2})\s?[.:]\s?(?P<minute>\d{2})\s*(?:น\s?\.?)?)?[\s.…]*(?P<rest>.*)$"
)
"""The time line of a stamp, and what was read on behind it: ``เวลา 14.51 น.``, ``เวลาสำนักงาน ป.ป.ช.``."""

RECEIVER = re.compile(r"^(?:ผู้รับ|ลงชื่อผู้รับ)[\s.…]*\S{0,20}$")
"""The receiver's line of a stamp: ``ผู้รับ......``."""

BARE_LABEL = re.compile(r"^(?:เลข\S{0,8}|รับที่|วัน\s?ที่?|เวลา)[\s.…:_-]*$")
"""A line of a stamp of which only the label is printed: ``วันที่......``."""

VALUE_REACH = 7.0
"""What is written behind such a label begins at most so many body heights right of it."""

STAMP_DEPTH = 6.0
"""A stamp's last line lies at most this many body heights below its number."""

REACH = 12
"""A stamp's lines lie at most this many rows below its number, letter rows between them counted."""


@dataclass(slots=True)
class _Open:
    """A stamp being read."""

    page: int
    row: int
    number: str | None
    office: str | None = None
    date: str | None = None
    time: str | None = None
    dated: bool = False
    timed: bool = False
    confidence: float = 1.0
    boxes: list[Box] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class StampsTaken:
    """The rows that are left, the stamps found between them, and for each stamp its first row's index.

    ``places`` counts in the rows that were given, so that a transcript can be cut before a stamp.
    """

    rows: tuple[Row | None, ...]
    stamps: tuple[Stamp, ...]
    places: tuple[tuple[int, int], ...]


def take_stamps(rows: Sequence[Row]) -> StampsTaken:
    """Find receive stamps between rows and take their rows out (None in ``rows`` of the result).

    A row that holds more than stamp text (``เวลาสำนักงาน ป.ป.ช.``) keeps the rest.
    """
    kept: list[Row | None] = list(rows)
    stamps: list[_Open] = []
    for index in range(len(rows)):
        bare = kept[index]
        if bare is None:
            continue
        row = _with_value(bare, stamps, kept)
        text = to_arabic(row.text)
        number = RECEIVED_NUMBER.match(text)
        if number and len(text) < 40:
            stamp = _Open(row.page, index, _digits(number["number"]))
            _take(stamp, index, row)
            _claim_office(stamp, rows, kept)
            kept[index] = None
            stamps.append(stamp)
        else:
            kept[index] = _fill(stamps, index, row, text)
    return StampsTaken(
        tuple(kept),
        tuple(_close(stamp) for stamp in stamps),
        tuple((min(stamp.rows), max(stamp.rows)) for stamp in stamps),
    )


def _with_value(label: Row, stamps: Sequence[_Open], kept: list[Row | None]) -> Row:
    """A bare label of a stamp, joined with what is written behind it and was taken for a line of its own."""
    numbers = bool(RECEIVED_NUMBER.match(label.text))
    stamped = numbers or any(_near(stamp, label) for stamp in stamps if stamp.page == label.page)
    if label.line.engine == "transcript" or not (stamped and BARE_LABEL.match(label.text)):
        return label
    values = [
        (row.box.x0, index)
        for index, row in enumerate(kept)
        if row is not None and row.page == label.page and _behind(label, row)
    ]
    value = kept[min(values)[1]] if values else None
    if value is None:
        return label
    row = joined(label, value)
    if numbers and not RECEIVED_NUMBER.match(to_arabic(row.text)):
        return label  # an address: ``เลขที่`` and ``9 ถนนพหลโยธิน``
    kept[min(values)[1]] = None
    return row


def _behind(label: Row, row: Row) -> bool:
    """Whether a row may be the value behind a bare label: digits right of it on its level."""
    apart = row.box.x0 - label.box.x1
    near = -label.height < apart < VALUE_REACH * label.height
    return near and on_level(label, row) and any(char.isdigit() for char in row.text[:2])


def _close(stamp: _Open) -> Stamp:
    """A stamp without a number or date that could be read keeps None there: nothing is invented."""
    return Stamp(
        stamp.page,
        Box.around(stamp.boxes),
        stamp.office,
        stamp.number,
        stamp.date,
        stamp.time,
        stamp.confidence,
        "\n".join(stamp.texts),
    )


def _digits(text: str | None) -> str | None:
    return squeeze(text) or None if text else None


def _fill(stamps: list[_Open], index: int, row: Row, text: str) -> Row | None:
    """Give a row to the open stamp that still lacks it; return what of the row is left, if anything."""
    open_stamps = [s for s in stamps if s.page == row.page and index - s.row <= REACH and _near(s, row)]
    if RECEIVER.match(text) and open_stamps:
        return None
    undated = next((s for s in reversed(open_stamps) if not s.dated), None)
    if undated and _date_row(text):
        _date_of(undated, text)
        _take(undated, index, row)
        return None
    time = STAMP_TIME.match(text)
    untimed = next((s for s in reversed(open_stamps) if not s.timed), None)
    if time and untimed:
        untimed.timed = True
        if time["hour"]:
            untimed.time = clock_time(time["hour"], time["minute"])
        _take(untimed, index, row)
        rest = row.text[time.start("rest") :].strip()
        return Row(row.page, row.line, rest, row.gap) if len(rest) > 5 else None
    unread = any(_unread_part(stamp, row) for stamp in open_stamps)
    return None if unread else row


def _unread_part(stamp: _Open, row: Row) -> bool:
    """Whether a row right below a stamp's number is one of its values, too badly read to say which."""
    if row.line.engine == "transcript" or is_office(row.text) or is_address(row.text):
        return False
    thai = sum(bool(THAI_LETTER.match(char)) for char in row.text)
    below = row.box.y0 - stamp.boxes[0].y1 < STAMP_DEPTH * row.height
    return below and len(row.text) < 30 and thai < 0.6 * len(row.text.replace(" ", ""))


def _near(stamp: _Open, row: Row) -> bool:
    """Whether a row can belong to a stamp: on a scan, only where it lies under the stamp's own lines."""
    if row.line.engine == "transcript":
        return True
    held = Box.around(stamp.boxes)
    overlap = min(held.x1, row.box.x1) - max(held.x0, row.box.x0)
    return overlap > 0.3 * min(held.width, row.box.width) and row.box.y0 - held.y1 < 4 * row.height


def _take(stamp: _Open, index: int, row: Row) -> None:
    stamp.boxes.append(row.box)
    stamp.rows.append(index)
    stamp.texts.append(row.text)
    stamp.confidence *= row.line.confidence


def _date_row(text: str) -> bool:
    """Whether a row can be a stamp's date: labelled, or an abbreviated month alone: ``18 เม.ย. 2548``."""
    label = STAMP_DATE_LABEL.match(text)
    if label:
        return len(text) - label.end() < 20
    dates = find_dates(text)
    if not dates or FULL_MONTH.search(text):
        return False
    return len(text.strip(" .…-")) - (dates[0].end - dates[0].start) <= 3


def _date_of(stamp: _Open, text: str) -> None:
    """Give a stamp its date; one that took a guess makes the stamp as unsure as that."""
    dates = find_dates(STAMP_DATE_LABEL.sub("", text))
    stamp.dated = True
    if dates:
        stamp.date = dates[0].date.iso
        stamp.confidence *= 1.0 if dates[0].exact else GUESSED_DATE


def _claim_office(stamp: _Open, rows: Sequence[Row], kept: list[Row | None]) -> None:
    """The office of a stamp: the row above its number, which then is no row of the letter any more."""
    number = rows[stamp.row]
    transcript = number.line.engine == "transcript"
    index = _row_before(stamp, rows, kept) if transcript else _row_above(number, rows, kept)
    if index is None:
        return
    row = rows[index]
    beside = index == stamp.row - 1 and number.gap < 0.8 if transcript else True
    if _names_receiver(row, next_to_number=beside):
        stamp.office = tidy_office(row.text)
        kept[index] = None
        _take(stamp, index, row)


def _row_before(stamp: _Open, rows: Sequence[Row], kept: list[Row | None]) -> int | None:
    """In a transcript: the row before the number, or one further up past rows with a letter's label."""
    for index in range(stamp.row - 1, max(-1, stamp.row - 4), -1):
        row = kept[index]
        if row is not None and row.page == stamp.page and match_label(row.text) is None:
            return index
    return None


def _row_above(number: Row, rows: Sequence[Row], kept: list[Row | None]) -> int | None:
    """On a scan: the nearest row above the number that overlaps it from left to right."""
    near: list[tuple[float, int]] = []
    for index, row in enumerate(rows):
        distance = number.box.y0 - row.box.y1
        overlap = min(number.box.x1, row.box.x1) - max(number.box.x0, row.box.x0)
        close = -0.6 * number.box.height <= distance < 2.5 * number.height and row.box.y0 < number.box.y0
        # Of a number that is not filled in, only the label was read, at the left of the stamp.
        beside = overlap > 0.3 * number.box.width or -overlap < 4 * number.height
        if kept[index] is not None and row.page == number.page and close and beside:
            near.append((distance, index))
    return min(near)[1] if near else None


def _names_receiver(row: Row, next_to_number: bool) -> bool:
    """Whether a row can be a stamp's office: an office's name, or a short name right above the number."""
    if len(row.text) > 45 or any(char.isdigit() for char in row.text) or row.text.startswith("("):
        return False
    return is_office(row.text) or next_to_number
