"""The head of a memo (บันทึกข้อความ): ส่วนราชการ, ที่, วันที่ on ruled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.letters.blocks import Block
from pipeline.letters.evidence import evidence_of
from pipeline.letters.own_date import date_at
from pipeline.letters.own_number import NumberFound, number_at
from pipeline.letters.rows import Row
from pipeline.model import Evidence

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
    return evidence_of("sender", text, passage.extent(), "after ส่วนราชการ", 0.97)


def memo_number(rows: Sequence[Row]) -> NumberFound | None:
    """The number on the ที่ row of a memo."""
    for row in rows:
        match = MEMO_NUMBER.match(row.text)
        if match and not row.text.startswith("ที่ว่าการ"):
            return number_at(row, match.start("number"), match.end("number"))
    return None


def memo_date(rows: Sequence[Row]) -> Evidence | None:
    """The date after วันที่, on the number's row or the next."""
    for row in rows:
        found = date_at(row)
        if found:
            return found
    return None
