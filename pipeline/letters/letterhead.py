"""The structure of a letter's first sheet: what stands above เรื่อง, the labelled blocks, the body.

Order of parts by ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖: ที่ at the left, the office at
the right, the date below in the middle, then เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย, and the body.
A block's lines hang under its first one until the next label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.letters.labels import LabelMatch, match_label
from pipeline.letters.rows import Passage, Row
from pipeline.letters.sheets import Sheet
from pipeline.model import Ink
from pipeline.thai import to_arabic

RANKS = {"office": 0, "number": 1, "date": 2, "subject": 3, "recipient": 4, "to": 4, "refers_to": 5, "encloses": 6}
"""The order in which labelled blocks may follow each other."""

BODY_OPENING = re.compile(
    r"^(?:ตาม(?!เอกสาร|บัญชี|รายการ|รายละเอียด)|ด้วย|เนื่อง|พร้อม(?:หนังสือ|กัน)?นี้|อนุสนธิ|สืบเนื่อง|โดยที่|ในการนี้|บัดนี้|อาศัย"
    r"|ในคราว|เมื่อวันที่|ขอเรียน|ขอส่ง|ขอแจ้ง|ปรากฏ|จากการ|ปัจจุบัน|นับแต่|ในโอกาส"
    r"|(?:กรม|กระทรวง|สำนักงาน|จังหวัด|อำเภอ|เทศบาล|มหาวิทยาลัย|คณะ|ข้าพเจ้า)\S{0,60}\s?(?:ได้|ขอ|มีความ|จึง|จะ|กำหนด))"
)
"""How the body of a letter opens: ``ตามหนังสือที่อ้างถึง``, ``ด้วยกรมส่งเสริมการปกครองท้องถิ่น``."""

ITEM_NUMBER = re.compile(r"^\(?\d{1,2}\s?[.)]\)?\s*(?=\D)")
"""The number of a list item, in Arabic digits: ``2. หนังสือ``, ``(1) บัญชี``."""

CONTINUES = re.compile(
    r"^(?:ลงวันที่|ลว\.|จำนวน|ฉบับ|ที่\s|เรื่อง|พ\.ศ\.|ประจำปี|และ|หรือ|กับ|\(|ด่วน|เมื่อวันที่|ณ วันที่|\d{1,2}\s+\S+\s+\d{4})"
)
"""How a list item goes on in its next line: ``ลงวันที่ 7 ธันวาคม 2564``, ``จำนวน 1 ฉบับ``."""

MEMO_NUMBER_LABEL = re.compile(r"^\W{0,3}ที่?(?=[\s.…ก-ฮ๐-๙0-9]|$)[\s.…]*")
"""The label of a memo's number, below ส่วนราชการ: ``ที่ อต ๐๐๓๓.๓๐๖/๗๒๐๖``."""

LONGEST_HEAD = 40
"""No เรื่อง is looked for below this many rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of a labelled field; the first one still begins with its label, ``skip`` characters."""

    rows: tuple[Row, ...]
    skip: int
    errors: int = 0

    @property
    def passage(self) -> Passage:
        return Passage.of(self.rows, self.skip)


@dataclass(frozen=True, slots=True, eq=False)
class Letterhead:
    """A first sheet taken apart. ``top`` are the rows above the first block, ``body`` those below the last."""

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
        return Letterhead((), {}, rows)
    label_row = rows[first]
    if sheet.placed:
        middle = label_row.box.y0
        top = tuple(row for row in rows if row.box.centre[1] < middle)
        rest = tuple(row for row in rows if row.box.centre[1] >= middle)
    else:
        top, rest = rows[:first], rows[first:]
    blocks, used = _read_blocks(rest, sheet)
    return Letterhead(top, blocks, rest[used:])


def _first_label(sheet: Sheet) -> int | None:
    """Index of the first row that opens เรื่อง, เรียน or ถึง (or ส่วนราชการ, in a memo)."""
    for index, row in enumerate(sheet.rows[:LONGEST_HEAD]):
        if sheet.placed and row.box.y0 > 0.62 * sheet.height:
            return None
        label = match_label(row.text)
        if label and label.field in ("subject", "recipient", "to", "office") and _at_left(row, sheet):
            return index
        if BODY_OPENING.match(row.text) and len(row.text) > 60:
            return None
    return None


def _at_left(row: Row, sheet: Sheet) -> bool:
    """Whether a row begins in the left third of the sheet, where labels stand."""
    return not sheet.placed or row.box.x0 < 0.36 * sheet.width


def _read_blocks(rows: Sequence[Row], sheet: Sheet) -> tuple[dict[str, Block], int]:
    """The labelled blocks from the first row on, and how many rows they use."""
    blocks: dict[str, Block] = {}
    current = ""
    left = rows[0].box.x0
    index = 0
    while index < len(rows):
        row = rows[index]
        label = _opens(row, current, left, sheet)
        if label:
            current = label.field
            blocks[current] = Block((row,), label.end, label.errors)
        elif current and _continues(rows, index, current, left, sheet):
            block = blocks[current]
            blocks[current] = Block((*block.rows, row), block.skip, block.errors)
        elif not _stray(row, sheet) and not _label_follows(rows, index, current):
            break
        index += 1
    return blocks, index


def _opens(row: Row, current: str, left: float, sheet: Sheet) -> LabelMatch | None:
    """The label that opens a block here: one that may follow the current one, at the left margin."""
    if current == "office":
        number = MEMO_NUMBER_LABEL.match(row.text)
        if number:
            return LabelMatch("number", number.end(), 0)
    label = match_label(row.text)
    if label is None or label.field not in RANKS:
        return None
    if sheet.placed and label.field == "date":
        return label
    if current and RANKS[label.field] <= RANKS[current]:
        return None
    if sheet.placed and abs(row.box.x0 - left) > 4 * row.height:
        return None
    return label


def _label_follows(rows: Sequence[Row], index: int, current: str) -> bool:
    """Whether เรียน or ถึง still follows close by, so that a row here can't be body yet."""
    if current not in ("", "office", "number", "date", "subject"):
        return False
    labels = (match_label(row.text) for row in rows[index + 1 : index + 6])
    return any(label and label.field in ("recipient", "to", "subject") for label in labels)


def _stray(row: Row, sheet: Sheet) -> bool:
    """A mark in the margin or a pen stroke between the lines: very short, or in pen."""
    letters = row.text.replace(" ", "")
    return len(letters) <= 2 or (sheet.placed and row.line.ink is Ink.PEN and len(letters) < 12)


def _continues(rows: Sequence[Row], index: int, current: str, left: float, sheet: Sheet) -> bool:
    """Whether a row without a label belongs to the block above it."""
    row = rows[index]
    text = to_arabic(row.text)
    listing = current in ("refers_to", "encloses")
    if sheet.placed and row.box.x0 > 0.72 * sheet.width:
        return False
    if listing and (ITEM_NUMBER.match(text) or CONTINUES.match(text)):
        return not (sheet.placed and _at_margin(row, left))
    if _label_follows(rows, index, current):
        return not _stray(row, sheet) and (not sheet.placed or row.box.x0 > left + row.height)
    if BODY_OPENING.match(row.text):
        return False
    if not sheet.placed:
        return row.gap < 0.5 and len(row.text) < 160 and current != "office"
    if _at_margin(row, left) or row.gap > 1.4:
        return False
    return not _opens_paragraph(rows, index, left)


def _at_margin(row: Row, left: float) -> bool:
    return row.box.x0 < left + 1.5 * row.height


def _opens_paragraph(rows: Sequence[Row], index: int, left: float) -> bool:
    """Whether the next row is back at the margin without a label: then this one opens the body."""
    if index + 1 >= len(rows):
        return False
    following = rows[index + 1]
    return _at_margin(following, left) and match_label(following.text) is None
