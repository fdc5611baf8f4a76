"""The head of a memo (บันทึกข้อความ): ส่วนราชการ, ที่, วันที่ on ruled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.letters.blocks import FIRST_WORD, UNREAD, Block
from pipeline.letters.evidence import evidence_of
from pipeline.letters.letterhead import ENDS_WITH_YEAR
from pipeline.letters.margins import at_margin
from pipeline.letters.own_date import date_at
from pipeline.letters.own_number import NumberFound, number_at
from pipeline.letters.rows import Row
from pipeline.letters.titles import match_title
from pipeline.model import Evidence, Rule
from pipeline.thai import find_numbers, to_arabic

MEMO_NUMBER = re.compile(r"^\W{0,3}ที่?[\s.…]*(?P<number>\S.*?)\s*(?=วันที่|$)")
"""The number of a memo, up to the date on the same row: ``ที่ อต ๐๐๓๓.๓๐๖/๗๒๐๖ วันที่ ๑๒ …``."""

LEADERS = re.compile(r"[.…_]{3,}")
"""Dotted leaders of a ruled line: ``โทร.....``."""


def memo_sender(block: Block | None) -> Evidence | None:
    """The whole of the ส่วนราชการ line, telephone included, as it is printed."""
    if block is None:
        return None
    passage = block.passage
    text = re.sub(r"\s+", " ", LEADERS.sub(" ", passage.text)).strip(" .:*")
    if not text:
        return None
    if block.errors == UNREAD:
        return evidence_of("sender", text, passage.extent(), Rule.BY_PLACE, 0.55)
    return evidence_of("sender", text, passage.extent(), Rule.OFFICE_AFTER_LABEL, 0.97)


def office_by_place(rows: Sequence[Row]) -> Block | None:
    """The ส่วนราชการ line of a memo where its label can't be read: right above number and date."""
    numbered = _numbered(rows)
    if not numbered or numbered[0] is rows[0]:
        return None
    row = rows[rows.index(numbered[0]) - 1]
    label = FIRST_WORD.match(row.text)
    if label is None or match_title(row.text) or not at_margin(row, numbered[0].left):
        return None
    return Block((row,), label.end(), UNREAD)


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """The rows on the level of the first one that ends with a year: the number, and the date right of it."""
    for dated in rows:
        if ENDS_WITH_YEAR.search(to_arabic(dated.text)):
            return [row for row in rows if row.box.y0 < dated.box.centre[1] < row.box.y1]
    return []


def memo_number(rows: Sequence[Row]) -> NumberFound | None:
    """The number on the ที่ row of a memo."""
    for row in rows:
        match = MEMO_NUMBER.match(row.text)
        if match and not row.text.startswith("ที่ว่าการ"):
            return number_at(row, match.start("number"), match.end("number"))
    return _number_by_place(rows)


def _number_by_place(rows: Sequence[Row]) -> NumberFound | None:
    """The number before the date where ที่ can't be read: ``ส่ ปช 0008/619``."""
    for row in _numbered(rows):
        label = FIRST_WORD.match(row.text)
        found = find_numbers(f"ที่ {row.text[label.end() :]}") if label else ()
        if label and found:
            return number_at(row, label.end(), label.end() + found[0].end - len("ที่ "))
    return None


def memo_date(rows: Sequence[Row]) -> Evidence | None:
    """The date after วันที่, on the number's row or the next."""
    for row in rows:
        found = date_at(row)
        if found:
            return found
    return None
