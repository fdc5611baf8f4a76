"""Cutting a transcript without page breaks into sheets: where a head or a plan's title begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.letters.labels import match_label
from pipeline.letters.marks import NUMBER_ROW, PAGE_NUMBER
from pipeline.letters.offices import is_office
from pipeline.letters.plan_tables import has_plan_columns
from pipeline.letters.rows import Row
from pipeline.letters.signer import signs
from pipeline.letters.stamps import StampsTaken
from pipeline.letters.titles import Title, match_title
from pipeline.model import Table
from pipeline.thai import find_secrecy, find_urgency, to_arabic

HEAD_REACH = 16
"""A letter's เรื่อง or ถึง stands at most this many rows below its number in a transcript."""

CLOSING_REACH = 15
"""A signature stands at most this many rows above an attachment's title."""

FIRST_ITEM = re.compile(r"^\(?1\s?[.)].{15}")
"""The first item of a list: ``1. จัดทำ``, ``(1) ให้``."""

TITLE_REACH = 4
"""A plan's title has at most this many rows above its table."""


def cuts_of(taken: StampsTaken, tables: Sequence[Table]) -> list[int]:
    """Row indices where sheets begin: at each head, or at what belongs right above it; 0 is one of them."""
    rows = taken.rows
    heads = {index for index in range(len(rows)) if begins_document(rows, index)}
    heads |= {index for table in tables if (index := _plan_title(rows, table)) is not None}
    ordered = sorted({0} | {_with_forerunners(taken, index) for index in heads})
    # What stands before the first head (a scribble, a stamp) belongs to the document that it heads.
    if len(ordered) > 1 and not _has_text(rows[: ordered[1]]):
        ordered.pop(1)
    return ordered


def _plan_title(rows: Sequence[Row | None], table: Table) -> int | None:
    """The row where the title above a plan's table begins; None where no row above it is like a title."""
    if not has_plan_columns(table):
        return None
    above = [index for index, row in enumerate(rows) if row is not None and row.box.y0 < table.box.y0]
    first: int | None = None
    for index in reversed(above[-TITLE_REACH:]):
        row = rows[index]
        if row is None or PAGE_NUMBER.match(row.text) or len(row.text) > 160:
            break
        if "แผน" in row.text or match_title(row.text):
            first = index
        if row.gap >= 0.5:
            break
    return first


def _with_forerunners(taken: StampsTaken, index: int) -> int:
    """Move a cut up over the stamps, the urgency and the secrecy that stand right above it."""
    moved = True
    while moved:
        moved = False
        for first, last in taken.places:
            if last == index - 1:
                index, moved = first, True
        row = taken.rows[index - 1] if index else None
        if row is not None and len(row.text) < 14 and (find_urgency(row.text) or find_secrecy(row.text)):
            index, moved = index - 1, True
    return index


def _has_text(rows: Sequence[Row | None]) -> bool:
    return sum(len(row.text) for row in rows if row is not None) > 80


def begins_document(rows: Sequence[Row | None], index: int) -> bool:
    """Whether a document's head begins with this row of a transcript."""
    row = rows[index]
    if row is None:
        return False
    following = [r for r in rows[index + 1 : index + 1 + HEAD_REACH] if r is not None]
    if NUMBER_ROW.match(row.text) and len(row.text) < 60:
        before = [r for r in rows[max(0, index - 3) : index] if r is not None]
        return _heads_letter(following) and not any(_in_memo(r) for r in before)
    title = match_title(row.text)
    if title is not None:
        return row.gap >= 0.5 and _heads_titled(title, following)
    return _heads_attachment(row, [r for r in rows[max(0, index - CLOSING_REACH) : index] if r], following)


def _heads_attachment(row: Row, before: Sequence[Row], following: Sequence[Row]) -> bool:
    """Whether a row is the title of an attachment: alone, behind a signature, a list from 1 on below it."""
    listed = any(FIRST_ITEM.match(to_arabic(other.text)) for other in following[:2])
    alone = row.gap >= 0.9 and 8 < len(row.text) < 100 and not row.text.startswith("(")
    if not (alone and listed) or is_office(row.text) or any(NUMBER_ROW.match(other.text) for other in before):
        return False
    return any(signs(other) for other in before)


def _in_memo(row: Row) -> bool:
    """Whether a row is the ส่วนราชการ of a memo, whose number stands below it."""
    label = match_label(row.text)
    return label is not None and label.field in ("office", "memo")


def _heads_letter(following: Sequence[Row]) -> bool:
    """Whether เรื่อง or ถึง follows before อ้างถึง, another number or running text does."""
    for row in following:
        label = match_label(row.text)
        if label and label.field in ("subject", "to", "recipient"):
            return True
        if (label and label.field in ("refers_to", "encloses")) or NUMBER_ROW.match(row.text):
            return False
        if row.text.startswith("ลงวันที่"):
            return False
    return False


def _heads_titled(title: Title, following: Sequence[Row]) -> bool:
    """Whether what follows a title row bears it out."""
    if title.needs_subject:
        fields = [label.field for label in (match_label(row.text) for row in following[:4]) if label]
        return "subject" in fields
    return True
