"""The labelled blocks of a letter's head: เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย.

A block's lines hang under its first one until the next label. On a scan, a label that can't be read is
known by its place: the parts of a head stand in a fixed order, each at the left margin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.letters.labels import LabelMatch, match_label
from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.rows import THAI_LETTER, Passage, Row, span_box
from pipeline.letters.sheets import Sheet
from pipeline.model import Ink
from pipeline.thai import to_arabic

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

BODY_OPENING = re.compile(
    r"^(?:ตาม(?!เอกสาร|บัญชี|รายการ|รายละเอียด)|ด้วย|เนื่อง|พร้อม(?:หนังสือ|กัน)?นี้|อนุสนธิ|สืบเนื่อง|โดยที่|ในการนี้|บัดนี้|อาศัย"
    r"|ในคราว|เมื่อวันที่|ขอเรียน|ขอส่ง|ขอแจ้ง|ปรากฏ|จากการ|ปัจจุบัน|นับแต่|ในโอกาส"
    r"|(?:กรม|กระทรวง|สำนักงาน|จังหวัด|อำเภอ|เทศบาล|มหาวิทยาลัย|คณะ|ข้าพเจ้า)\S{0,60}\s?(?:ได้|ขอ|มีความ|จึง|จะ|กำหนด))"
)
"""How the body of a letter opens: ``ตามหนังสือที่อ้างถึง``, ``ด้วยกรมส่งเสริมการปกครองท้องถิ่น``."""

ITEM_NUMBER = re.compile(r"^\(?(?P<number>\d{1,2})\s?[.)]\)?\s*(?=\D)")
"""The number of a list item, in Arabic digits: ``2. หนังสือ``, ``(1) บัญชี``."""

CONTINUES = re.compile(
    r"^(?:ลงวันที่|ลว\.|จำนวน|ฉบับ|ที่\s|เรื่อง|พ\.ศ\.|ประจำปี|และ|หรือ|กับ|\(|ด่วน|เมื่อวันที่|ณ วันที่|\d{1,2}\s+\S+\s+\d{4})"
)
"""How a list item goes on in its next line: ``ลงวันที่ 7 ธันวาคม 2564``, ``จำนวน 1 ฉบับ``."""

UNFINISHED = re.compile(
    r"(?:ลง\S{0,2}วันที่|ลว\.)\s*(?:\d{0,2}|\d{1,2}\s*[ก-๎.]{3,12}\s*(?:พ\.?\s?ศ\.?)?)$"
    r"|\sที่(?:\s?[ก-ฮ]{1,4}\s?[\d.]*\s?/?\s?(?:ว\s?\.?)?)?$"
)
"""An item whose next line must go on with it: it ends with ลงวันที่, with a day or a month but no year behind,
with ที่ or with half a number: ``ลงวันที่ 7 ธันวาคม``, ``ที่ มท 0810.3/``."""

YEARLESS = re.compile(r"\d\s*[ก-๎.]{3,12}\s*(?:พ\.?\s?ศ\.?)?$")
"""The end of a row that breaks a date before its year: ``ลงวันที่ 6 มิ.ย.``."""

YEAR = re.compile(r"\d{2}(?:\d{2})?")
"""What the next row must hold then, however short: ``58``."""

MEMO_NUMBER_LABEL = re.compile(r"^\W{0,3}ที่?(?=[\s.…ก-ฮ๐-๙0-9]|$)[\s.…]*")
"""The label of a memo's number, below ส่วนราชการ: ``ที่ อต ๐๐๓๓.๓๐๖/๗๒๐๖``."""

FIRST_WORD = re.compile(r"^\W{0,3}\S{1,9}\s+(?=\S)")
"""The first word of a row, where its label stands though it can't be read: ``uw `` for ``เรียน ``."""

OPEN_PHONE = re.compile(r"(?:โทร\S*|ต่อ)[\s\d-]*$")
"""The end of a row whose telephone number may go on in the next one: ``โทร. 0 7561`` over ``1910``."""

PHONE_DIGITS = re.compile(r"[\d\s-]{3,}")
"""What such a next row holds."""

MEMO_DATE_LEFT = 0.35
"""The date of a memo stands right of this share of the width."""

MEMO_DATE_LENGTH = 10
"""What is shorter is no date, but a mark beside the number: the shortest is ``๑ พ.ค. ๒๕๖๗``."""

RIGHT_MARGIN = 0.7
"""No line of a head or of a body begins right of this share of the width."""

SINGLE_ROW = ("number", "date")
"""The blocks above เรื่อง in a memo that have one row each: what stands below it belongs to the next block."""

FLUSH_ROWS = 2
"""A value without hanging indent goes on at the margin for so many rows at most."""

CLOSE_BELOW = 0.8
"""These rows stand less than so many row heights below one another."""

CLOSE = 0.2
"""Rows of one value whose label stands beside their middle are at most this many row heights apart."""

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


def read_blocks(rows: Sequence[Row], sheet: Sheet) -> tuple[dict[str, Block], int]:
    """The labelled blocks from the first row on, and how many rows they use."""
    blocks: dict[str, Block] = {}
    current = ""
    left = rows[0].left
    index = 0
    while index < len(rows):
        row = rows[index]
        label = _opens(row, current, left, sheet) or _unread_label(rows, index, current, left, sheet)
        if label:
            above = _row_above(row, label, blocks.get(current), sheet) if current in SINGLE_ROW else None
            if above:
                blocks[current] = replace(blocks[current], rows=blocks[current].rows[:-1])
            current = label.field
            blocks[current] = _opened(row, label, above)
        elif current and _continues(rows, index, blocks[current], current, left, sheet):
            block = blocks[current]
            blocks[current] = Block((*block.rows, row), block.skip, block.errors)
        elif not _stray(row, left, sheet) and not _label_follows(rows, index, current):
            break
        index += 1
    return blocks, index


def _opened(row: Row, label: LabelMatch, above: Row | None) -> Block:
    if above is None:
        return Block((row,), label.end, label.errors)
    return Block((above, replace(row, text=row.text[label.end :])), 0, label.errors)


def _row_above(row: Row, label: LabelMatch, block: Block | None, sheet: Sheet) -> Row | None:
    """The first row of a value whose label stands beside the middle of its two rows, as in a table's cell.

    It stands right above the label's row, and begins where the value behind the label begins.
    """
    if block is None or len(block.rows) < 2 or not sheet.placed or label.end >= len(row.text):
        return None
    above = block.rows[-1]
    value = span_box(row, label.end, label.end + 1).x0
    beside = abs(above.left - value) < above.height and row.gap < CLOSE
    return above if beside and above.page == row.page else None


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
    if current == "office" and _labels_below(rows, index, ("subject",)):
        return LabelMatch("number", first.end(), UNREAD)
    if current == "subject" and len(row.text) < 90 and not _label_follows(rows, index, current):
        return LabelMatch("recipient", first.end(), UNREAD)
    if current == "" and _labels_below(rows, index, ("recipient", "to", "refers_to", "encloses")):
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


def _label_follows(rows: Sequence[Row], index: int, current: str) -> bool:
    """Whether เรียน or ถึง still follows close by, so that a row here can't be body yet."""
    if current not in ("", "office", "number", "date", "subject"):
        return False
    return _labels_below(rows, index, ("recipient", "to", "subject"))


def _labels_below(rows: Sequence[Row], index: int, fields: tuple[str, ...]) -> bool:
    labels = (match_label(row.text) for row in rows[index + 1 : index + 6])
    return any(label and label.field in fields for label in labels)


def _stray(row: Row, left: float, sheet: Sheet) -> bool:
    """A mark in the margin, a stroke, a piece of a stamp: very short, or short and far right or in pen."""
    letters = row.text.replace(" ", "")
    if not sheet.placed or len(letters) <= 2:
        return len(letters) <= 2
    if row.box.x1 < left:
        return True
    beside = row.box.x0 > RIGHT_MARGIN * sheet.width
    return (beside and len(letters) < 30) or (row.line.ink is Ink.PEN and len(letters) < 12)


def _continues(
    rows: Sequence[Row], index: int, block: Block, current: str, left: float, sheet: Sheet
) -> bool:
    """Whether a row without a label belongs to ``block``, which is the one above it."""
    row, held = rows[index], block.rows[-1]
    text = to_arabic(row.text)
    listing = current in ("refers_to", "encloses")
    if sheet.placed and row.box.x0 > RIGHT_MARGIN * sheet.width:
        return False
    if current == "office" and not THAI_LETTER.search(row.text):
        # Other digits alone are marks beside the ruled lines of a memo.
        return bool(OPEN_PHONE.search(to_arabic(held.text)) and PHONE_DIGITS.fullmatch(text))
    opens_body = bool(BODY_OPENING.match(row.text))
    if listing and UNFINISHED.search(to_arabic(held.text)) and not opens_body:
        if YEARLESS.search(to_arabic(held.text)) and YEAR.fullmatch(text):
            return True
        return not _stray(row, left, sheet)  # whatever dirt in the margin was read as its beginning
    if listing and (ITEM_NUMBER.match(text) or CONTINUES.match(text)):
        at_edge = sheet.placed and at_margin(row, left)
        return not at_edge or _next_item(row, block) or _flush(rows, index, held, current, left)
    if sheet.placed and not _stray(row, left, sheet) and _flush(rows, index, held, current, left):
        return True
    if _label_follows(rows, index, current):
        return not _stray(row, left, sheet) and (not sheet.placed or row.left > left + row.height)
    if opens_body:
        return False
    if not sheet.placed:
        return row.gap < 0.5 and len(row.text) < 160 and current != "office"
    if at_margin(row, left) or row.gap > 1.4:
        return False
    following = next((other for other in rows[index + 1 :] if not _stray(other, left, sheet)), None)
    return following is None or not _runs_on(following, left)


def _next_item(row: Row, block: Block) -> bool:
    """Whether a row begins with the number that follows the last one of the list."""
    held = (block.rows[0].text[block.skip :], *(other.text for other in block.rows[1:]))
    numbers = [int(match["number"]) for text in held if (match := ITEM_NUMBER.match(to_arabic(text)))]
    own = ITEM_NUMBER.match(to_arabic(row.text))
    return own is not None and bool(numbers) and int(own["number"]) == numbers[-1] + 1


def _flush(rows: Sequence[Row], index: int, held: Row, current: str, left: float) -> bool:
    """Whether a row goes on at the margin with the value above it, as in a letter without hanging indents.

    The first line of a body is indented: what stands at the margin right below a label's row is none of it,
    if another label or an indented row follows soon.
    """
    row = rows[index]
    if not (at_margin(row, left) and at_margin(held, left)) or row.gap >= CLOSE_BELOW:
        return False
    other = current == "recipient" and "หนังสือ" in row.text  # อ้างถึง, its label not read
    if other or row.line.ink is Ink.PEN or BODY_OPENING.match(row.text):
        return False
    ahead = rows[index + 1 : index + 1 + FLUSH_ROWS]
    return any(match_label(below.text) or not at_margin(below, left) for below in ahead)


def at_margin(row: Row, left: float) -> bool:
    """Whether a row begins at the left margin of the head."""
    return row.left < left + 1.5 * row.height


def _runs_on(row: Row, left: float) -> bool:
    """Whether a row is at the margin without a label: then the one above it opens a paragraph of the body."""
    return at_margin(row, left) and match_label(row.text) is None
