"""The labelled blocks of a letter's head: เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย.

A block's lines hang under its first one until the next label. On a scan, a label that can't be read is
known by its place: the parts of a head stand in a fixed order, each at the left margin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.letters.continuation import Below, goes_on
from pipeline.letters.labels import LabelMatch, label_follows, labels_below, match_label
from pipeline.letters.margins import BODY_OPENING, at_margin, is_stray
from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.rows import Passage, Row, span_box
from pipeline.letters.sheets import Sheet

RANKS = {
    "office": 0,
    "number": 1,
    "date": 2,
    "subject": 3,
    "recipient": 4,
    "to": 4,
    "refers_to": 5,
    "encloses": 6,
}
"""The order in which labelled blocks may follow each other."""

MEMO_NUMBER_LABEL = re.compile(r"^\W{0,3}ที่?(?=[\s.…ก-ฮ๐-๙0-9]|$)[\s.…]*")
"""The label of a memo's number, below ส่วนราชการ: ``ที่ อต ๐๐๓๓.๓๐๖/๗๒๐๖``."""

FIRST_WORD = re.compile(r"^\W{0,3}\S{1,9}\s+(?=\S)")
"""The first word of a row, where its label stands though it can't be read: ``uw `` for ``เรียน ``."""

MEMO_DATE_LEFT = 0.35
"""The date of a memo stands right of this share of the width."""

MEMO_DATE_LENGTH = 10
"""What is shorter is no date, but a mark beside the number: the shortest is ``๑ พ.ค. ๒๕๖๗``."""

SINGLE_ROW = ("number", "date")
"""The blocks above เรื่อง in a memo that have one row each: what stands below it belongs to the next block."""

CLOSE = 0.2
"""Rows of one value whose label stands beside a later one are at most this many row heights apart."""

LARGER = 1.3
"""Titles are so many times as large as the text below them."""

LEVEL = 0.5
"""A value parted from its label stands at most this many body heights above or below it."""

UNREAD = 9
"""The errors of a label that was known by its place only."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of a labelled field; the first one still begins with its label, ``skip`` characters."""

    rows: tuple[Row, ...]
    skip: int
    errors: int = 0

    @property
    def passage(self) -> Passage:
        return Passage.of(self.rows, self.skip)


def read_blocks(rows: Sequence[Row], sheet: Sheet, top: Sequence[Row] = ()) -> tuple[dict[str, Block], int]:
    """The labelled blocks from the first row on, and how many rows they use; ``top`` are the rows above."""
    blocks: dict[str, Block] = {}
    current = ""
    left = rows[0].left
    index = 0
    while index < len(rows):
        row = rows[index]
        beside = current not in ("", *SINGLE_ROW) and _is_beside_label(row, blocks[current], sheet)
        label = _opens(row, current, left, sheet) or _unread_label(rows, index, current, left, sheet)
        if label and not beside:
            held = blocks[current].rows[1:] if current in SINGLE_ROW else () if current else top
            above = _rows_above(row, label, held, sheet)
            if above and current:
                blocks[current] = replace(blocks[current], rows=blocks[current].rows[: -len(above)])
            current = label.field
            blocks[current] = _opened(row, label, above)
        elif beside or (current and goes_on(Below(rows, index, blocks[current], current, left, sheet))):
            block = blocks[current]
            blocks[current] = Block((*block.rows, row), block.skip, block.errors)
        elif not is_stray(row, left, sheet) and not label_follows(rows, index, current):
            break
        index += 1
    return blocks, index


def _opened(row: Row, label: LabelMatch, above: Sequence[Row]) -> Block:
    if not above:
        return Block((row,), label.end, label.errors)
    return Block((*above, replace(row, text=row.text[label.end :])), 0, label.errors)


def _is_beside_label(row: Row, block: Block, sheet: Sheet) -> bool:
    """Whether a row is the value on the level of a label that stands alone: ``ส่วนราชการ``."""
    label = block.rows[-1]
    if not sheet.placed or len(block.rows) > 1 or block.skip < len(label.text) or row.page != label.page:
        return False
    apart = abs(row.box.centre[1] - label.box.centre[1])
    return row.box.x0 > label.box.x1 and apart < LEVEL * row.height


def _rows_above(row: Row, label: LabelMatch, held: Sequence[Row], sheet: Sheet) -> list[Row]:
    """Of the rows read before a label those of its value, where it stands beside a later row of it.

    They stand right above the label's row, and begin where the value behind the label begins. What is larger
    is a title, or an urgency beside it.
    """
    above: list[Row] = []
    if not sheet.placed or label.end >= len(row.text):
        return above
    value, lower = span_box(row, label.end, label.end + 1).x0, row
    if value <= row.left:
        return above  # where characters have no places
    for upper in reversed(held):
        if upper.page != row.page or abs(upper.left - value) >= upper.height or lower.gap >= CLOSE:
            break
        if upper.height > LARGER * row.height:
            break
        above.insert(0, upper)
        lower = upper
    return above


def _unread_label(
    rows: Sequence[Row], index: int, current: str, left: float, sheet: Sheet
) -> LabelMatch | None:
    """The label that a row at the margin must have although it can't be read, by its place.

    In a memo the date stands right of the number, both below ส่วนราชการ.
    Below เรื่อง, what is back at the margin and no body yet is เรียน; the first row of all is เรื่อง.
    """
    row = rows[index]
    right = row.box.x0 > MEMO_DATE_LEFT * sheet.width and len(row.text) >= MEMO_DATE_LENGTH
    if sheet.placed and current in ("office", "number") and right:
        return LabelMatch("date", 0, UNREAD)
    if not sheet.placed or not at_margin(row, left) or BODY_OPENING.match(row.text):
        return None
    first = FIRST_WORD.match(row.text)
    if first is None:
        return None
    if current == "office" and labels_below(rows, index, ("subject",)):
        return LabelMatch("number", first.end(), UNREAD)
    if current == "subject" and len(row.text) < 90 and not label_follows(rows, index, current):
        return LabelMatch("recipient", first.end(), UNREAD)
    if current == "" and labels_below(rows, index, ("recipient", "to", "refers_to", "encloses")):
        return LabelMatch("subject", first.end(), UNREAD)
    return None


def _opens(row: Row, current: str, left: float, sheet: Sheet) -> LabelMatch | None:
    """The label that opens a block here: one that may follow the current one, at the left margin."""
    if current == "office" or (current == "date" and NUMBER_ROW.match(row.text)):
        number = MEMO_NUMBER_LABEL.match(row.text)
        if number:
            return LabelMatch("number", number.end(), 0)
    label = match_label(row.text)
    if label is None or label.field not in RANKS:
        return None
    if label.field == "date" and current not in ("", "office", "number"):
        return None  # the next line of a reference: "วันที่ 12 กันยายน 2565"
    if sheet.placed and label.field == "date":
        return label
    if current and RANKS[label.field] <= RANKS[current]:
        return None
    if sheet.placed and abs(row.left - left) > 4 * row.height:
        return None
    return label
