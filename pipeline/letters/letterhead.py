"""The structure of a letter's first sheet: what stands above เรื่อง, the labelled blocks, the body.

Order of parts by ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖: ที่ at the left, the office at
the right, the date below in the middle, then เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย, and the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.letters.blocks import Block, read_blocks
from pipeline.letters.closing import closes
from pipeline.letters.labels import match_label
from pipeline.letters.margins import BODY_OPENING, at_margin
from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.offices import is_office
from pipeline.letters.rows import Row
from pipeline.letters.sheets import Sheet
from pipeline.letters.signer import signs
from pipeline.model import Ink
from pipeline.thai import to_arabic

LONGEST_HEAD = 40
"""No เรื่อง is looked for below this many rows."""

LOWEST_LABEL = 0.62
"""On a scan, the first label stands above this share of the paper's height."""

LOWEST_DATE = 0.4
"""On a scan, number and date stand above this share of the paper's height."""

RIGHT_HALF = 0.5
"""The office that issues a letter stands right of this share of the sheet's width."""

ENDS_WITH_YEAR = re.compile(r"(?<!\d)2[45]\d\d\W*$")
"""A row that ends with a Buddhist year is a date, even with its month misread: ``มีนา คม 2551``."""

FIRST_LABELS = ("subject", "recipient", "to", "office")
"""The blocks that a head may open with."""


@dataclass(frozen=True, slots=True, eq=False)
class Letterhead:
    """A first sheet taken apart: ``top`` is above the first block, ``body`` below the last one."""

    top: tuple[Row, ...]
    blocks: dict[str, Block] = field(default_factory=dict)
    body: tuple[Row, ...] = ()

    def has(self, *names: str) -> bool:
        return all(name in self.blocks for name in names)


def read_letterhead(sheet: Sheet) -> Letterhead:
    """Take a first sheet apart; without any label, all rows are body."""
    rows = sheet.rows
    first = _first_label(sheet)
    if first is None:
        below = _below_date(sheet)
        return Letterhead(rows[:below], {}, rows[below:])
    label_row = rows[first]
    if sheet.placed:
        middle = label_row.box.y0
        top = tuple(row for row in rows if row.box.centre[1] < middle)
        rest = (label_row, *(row for row in rows if row.box.centre[1] >= middle and row is not label_row))
    else:
        top, rest = rows[:first], rows[first:]
    blocks, used = read_blocks(rest, sheet, top)
    return Letterhead(top, blocks, rest[used:])


def _first_label(sheet: Sheet) -> int | None:
    """Index of the row that opens the blocks: เรื่อง, เรียน or ถึง (ส่วนราชการ in a memo), read or not."""
    for index, row in enumerate(sheet.rows[:LONGEST_HEAD]):
        if sheet.placed and row.box.y0 > LOWEST_LABEL * sheet.paper_height:
            return None
        if closes(row) or signs(row):
            return None  # a note below the signature may begin with เรียน as well
        label = match_label(row.text) if row.line.ink is not Ink.PEN else None
        if label and label.field in ("refers_to", "encloses") and sheet.placed:
            unread = _unread_first(sheet, index, 2)
            return index if unread is None and _below_date(sheet) <= index else unread
        if label and label.field in FIRST_LABELS and _at_left(row, sheet):
            unread = _unread_first(sheet, index, 1) if label.field == "recipient" and sheet.placed else None
            return index if unread is None else unread
        if BODY_OPENING.match(row.text) and len(row.text) > 60:
            return None
    return None


def _below_date(sheet: Sheet) -> int:
    """Where on a scan the rows below the date begin, if it and number or office head the sheet; else 0."""
    if not sheet.placed:
        return 0
    numbered, office = False, float(sheet.width)
    for index, row in enumerate(sheet.rows[:LONGEST_HEAD]):
        if row.box.y0 > LOWEST_DATE * sheet.paper_height:
            break
        numbered = numbered or bool(NUMBER_ROW.match(row.text) and _at_left(row, sheet))
        office = min(office, row.left) if issues(row, sheet) else office
        # In a seal the date stands right below the office, in a letterhead left of it.
        if _dated(row, sheet) and (numbered or row.left + 2 * row.height < office < sheet.width):
            return index + 1
    return 0


def issues(row: Row, sheet: Sheet) -> bool:
    """Whether on a scan a row names an office in the right half, where the issuing one stands."""
    return sheet.placed and row.left > RIGHT_HALF * sheet.width and is_office(row.text)


def _dated(row: Row, sheet: Sheet) -> bool:
    """Whether a row stands in the middle and ends with a year, as a letter's date does."""
    return bool(ENDS_WITH_YEAR.search(to_arabic(row.text))) and row.box.x0 > 0.35 * sheet.width


def _unread_first(sheet: Sheet, index: int, most: int) -> int | None:
    """The row above a label, at its margin and below number and date, whose own label can't be read.

    ``most`` rows at the margin are looked for; the topmost of them is where เรื่อง must stand.
    """
    left = sheet.rows[index].left
    found: int | None = None
    held = 0
    for above in range(index - 1, -1, -1):
        row = sheet.rows[above]
        if NUMBER_ROW.match(row.text) or _dated(row, sheet) or held == most:
            break
        if at_margin(row, left) and row.left > left - 2 * row.height and len(row.text) > 12:
            found, held = above, held + 1
    return found


def _at_left(row: Row, sheet: Sheet) -> bool:
    """Whether a row begins in the left third of the sheet, where labels stand."""
    return not sheet.placed or row.left < 0.36 * sheet.width
