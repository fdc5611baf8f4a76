"""Receive stamps that were found as regions of a page: all of their lines are the stamp's.

In a stamp the labels are printed and the values beside them stamped or written, so that a label and its
value are often two lines on one level; they are joined again before they are read. As nothing else is
in the region, labels are known even with a slip or two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.letters.beside import joined, on_level
from pipeline.letters.evidence import GUESSED_DATE
from pipeline.letters.names import nearest_name
from pipeline.letters.offices import tidy_office
from pipeline.letters.rows import THAI_LETTER, Row, part_of, rows_of
from pipeline.model import Line, Page, Stamp, StampShape, StampText
from pipeline.thai import clock_time, find_dates, find_secrecy, find_urgency, squeeze, to_arabic

LABELS = (
    ("number", "เลขรับ"),
    ("number", "เลขที่รับ"),
    ("number", "เลขทะเบียนรับ"),
    ("number", "รับที่"),
    ("number", "เลขที่"),
    ("date", "วันที่"),
    ("time", "เวลา"),
    ("receiver", "ผู้รับ"),
)
"""The lines of a receive stamp by ระเบียบงานสารบรรณ, and what each holds."""

SLIPS = 0.34
"""Share of a label's characters that may be misread."""

DIGITS = re.compile(r"\d[\d /]*")
"""The number in a stamp: ``54998``, ``12 991``."""

TIME = re.compile(r"(?P<hour>\d{1,2})\s?[.:]\s?(?P<minute>\d{2})")
"""The time in a stamp: ``14.51 น.``."""

BARE_NUMBER = re.compile(r"\d{2,6}")
"""A number that stands alone: ``12683``."""

CLOCK = re.compile(r"\d{1,2}\s?[.:]\s?\d{2}(?:\s?น\s?\.?)?")
"""A time that stands alone: ``14.51 น.``."""

WITHOUT_LABEL = 0.8
"""How sure a value in a stamp is at most whose label was not read."""

APART = 1.5
"""What begins in a stamp's frame so many body heights behind a line of the letter is none of it: ink of the
stamp that was taken for print."""

UNREAD = 0.3
"""Confidence of a stamp of which little more than its office was read."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What a stamp's line says, and how surely it was read."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Dated:
    """A stamp's date (ISO), and how surely it was read."""

    iso: str
    confidence: float


def region_stamps(page: Page) -> tuple[Stamp, ...]:
    """The receive stamps among the stamp regions of a page; what can't be read of one stays None."""
    stamps = (_read(page, region) for region in page.stamps if region.shape in _READ)
    return tuple(stamp for stamp in stamps if stamp is not None)


def outside_stamps(page: Page) -> tuple[Line, ...]:
    """The lines of a page, those that run into a receive stamp ended before what is the stamp's."""
    frames = [region for region in page.stamps if region.shape is StampShape.RECEIVE_BOX]
    return tuple(_outside(line, frames) for line in page.lines)


def _outside(line: Line, frames: Sequence[StampText]) -> Line:
    for frame in frames:
        before = [char.x1 for char in line.characters if char.x1 <= frame.box.x0 and char.text.strip()]
        behind = [char.x0 for char in line.characters if char.x1 > frame.box.x0 and char.text.strip()]
        level = frame.box.y0 < line.box.centre[1] < frame.box.y1
        if level and before and behind and behind[0] - before[-1] > APART * (line.body_height or 0.0):
            return part_of(line, line.box.x0, frame.box.x0)
    return line


_READ = (StampShape.RECEIVE_BOX, StampShape.OTHER)


def _read(page: Page, region: StampText) -> Stamp | None:
    """One region; a region that nothing shows to be a receive stamp is none."""
    levels = _levels(rows_of(page, region.lines))
    values: dict[str, _Value] = {}
    office: list[str] = []
    for row in levels:
        label = _label(row.text)
        if label:
            values.setdefault(label[0], _Value(to_arabic(row.text[label[1] :]), row.line.confidence))
        elif (bare := _bare(row.text)) and bare not in values:
            values[bare] = _Value(to_arabic(row.text), min(row.line.confidence, WITHOUT_LABEL))
        elif not values and any(THAI_LETTER.match(char) for char in row.text):
            office.append(row.text)
    if region.shape is not StampShape.RECEIVE_BOX and not {"number", "date"} & values.keys():
        return None
    if not values and any(find_urgency(text) or find_secrecy(text) for text in office):
        return None
    number, time = _number(values.get("number")), _time(values.get("time"))
    found = _date(values, levels)
    sure = [values[name].confidence for name in ("number", "date") if name in values]
    sure += [found.confidence] if found else []
    return Stamp(
        page.number,
        region.box,
        _office(tidy_office(" ".join(office))),
        number,
        found.iso if found else None,
        time,
        round(min(sure), 4) if number and sure else UNREAD,
        "\n".join(row.text for row in levels),
    )


def _office(name: str) -> str | None:
    """The office as read, or the one known name that it is a slip away from."""
    return (nearest_name(name) or name) if name else None


def _levels(rows: Sequence[Row]) -> list[Row]:
    """Rows from top to bottom, those on one level joined from left to right."""
    levels: list[Row] = []
    for row in sorted(rows, key=lambda row: row.box.centre[1]):
        if levels and on_level(levels[-1], row):
            levels[-1] = joined(levels[-1], row)
        else:
            levels.append(row)
    return levels


def _label(text: str) -> tuple[str, int] | None:
    """(what the line holds, where its value begins) if the line begins with one of a stamp's labels."""
    best: tuple[float, str, int] | None = None
    for field, label in LABELS:
        for length in range(len(label) - 1, len(label) + 2):
            share = Levenshtein.distance(text[:length].replace(" ", ""), label) / len(label)
            if share <= SLIPS and (best is None or share < best[0]):
                best = share, field, min(length, len(text))
    return (best[1], best[2]) if best else None


def _bare(text: str) -> str | None:
    """What a stamp's line holds whose label was not read, by its form: a number, a date or a time."""
    plain = to_arabic(text)
    if CLOCK.fullmatch(plain):
        return "time"
    if BARE_NUMBER.fullmatch(plain):
        return "number"
    return "date" if find_dates(plain) else None


def _number(value: _Value | None) -> str | None:
    match = DIGITS.search(value.text) if value else None
    return squeeze(match[0]).rstrip("/") if match else None


def _date(values: dict[str, _Value], levels: Sequence[Row]) -> _Dated | None:
    """The date after วันที่, else any date in the stamp."""
    labelled = [values["date"]] if "date" in values else []
    for value in [*labelled, *(_Value(row.text, row.line.confidence) for row in levels)]:
        dates = find_dates(value.text)
        if dates:
            guess = 1.0 if dates[0].exact else GUESSED_DATE
            return _Dated(dates[0].date.iso, value.confidence * guess)
    return None


def _time(value: _Value | None) -> str | None:
    match = TIME.search(value.text) if value else None
    return clock_time(match["hour"], match["minute"]) if match else None
