"""Whether a row without a label goes on with the value above it: a table of rules, the first that applies.

In a letter with hanging indents whatever stands right of the margin goes on. Others have none, a list has
items, stamps and scribbles stand between: these come first in the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.letters.labels import label_follows, match_label
from pipeline.letters.margins import BODY_OPENING, RIGHT_MARGIN, at_margin, is_stray
from pipeline.letters.rows import THAI_LETTER, Row
from pipeline.letters.sheets import Sheet
from pipeline.model import Ink
from pipeline.thai import find_dates, to_arabic

if TYPE_CHECKING:
    from pipeline.letters.blocks import Block

ITEM_NUMBER = re.compile(r"^\(?(?P<number>\d{1,2})\s?[.)]\)?\s*(?=\D)")
"""The number of a list item, in Arabic digits: ``2. หนังสือ``, ``(1) บัญชี``."""

CONTINUES = re.compile(
    r"^(?:ลงวันที่|ลว\.|จำนวน|ฉบับ|ที่\s|เรื่อง|พ\.ศ\.|ประจำปี|และ|หรือ|กับ|\(|ด่วน|เมื่อวันที่|ณ วันที่|\d{1,2}\s+\S+\s+\d{4})"
)
"""How a list item goes on in its next line: ``ลงวันที่ 7 ธันวาคม 2564``, ``จำนวน 1 ฉบับ``."""

UNFINISHED = re.compile(
    r"(?:ลง\S{0,2}วันที่|ลว\.)\s*(?:\d{0,2}|\d{1,2}\s*[ก-๎.]{3,12}\s*(?:พ\.?\s?ศ\.?)?)$"
    r"|\sลง$|(?:และ|สำเนา|\s)หนังสือ$|(?:\s|และ)ที่(?:\s?[ก-ฮ]{1,4}\s?[\d.]*\s?/?\s?(?:ว\s?\.?)?)?$"
)
"""An item whose next line must go on with it: it ends with ลงวันที่, with a day or a month but no year behind,
with และหนังสือ, with ที่ or with half a number: ``ลงวันที่ 7 ธันวาคม``, ``ที่ มท 0810.3/``."""

NUMBERED = re.compile(r"\sที่\s?[ก-ฮ]{1,4}\s?\d")
"""A letter that is named with its number: `` ที่ กค 0409.8/ว 95``."""

YEARLESS = re.compile(r"\d\s*[ก-๎.]{3,12}\s*(?:พ\.?\s?ศ\.?)?$")
"""The end of a row that breaks a date before its year: ``ลงวันที่ 6 มิ.ย.``."""

YEAR = re.compile(r"\d{2}(?:\d{2})?")
"""What the next row must hold then, however short: ``58``."""

HALF_NUMBER = re.compile(r"ที่\s?[ก-ฮ]{1,4}\s?[\d.]+\s?/\s?(?:ว\s?\.?)?$")
"""The end of a row that breaks a number before its running number: ``ที่ มท 0810.3/ว``."""

RUNNING = re.compile(r"\d{1,5}(?!\d)")
"""What the next row begins with then: ``12``."""

OPEN_PHONE = re.compile(r"(?:โทร\S*|ต่อ)[\s\d-]*$")
"""The end of a row whose telephone number may go on in the next one: ``โทร. 0 7561`` over ``1910``."""

PHONE_DIGITS = re.compile(r"[\d\s-]{3,}")
"""What such a next row holds."""

FLUSH_ROWS = 2
"""A value without hanging indent goes on at the margin for so many rows at most."""

CLOSE_BELOW = 0.8
"""These rows stand less than so many row heights below one another."""

HANGING_GAP = 1.4
"""Rows of one value, indented, stand at most so many row heights below one another."""

TRANSCRIPT_GAP, TRANSCRIPT_LENGTH = 0.5, 160
"""In a transcript, which has no places, no free line lies between the rows of a value; what is longer than
these characters is a paragraph."""


@dataclass(frozen=True, slots=True, eq=False)
class Below:
    """The row at ``index``, below those of ``block``, the value of ``field``; margin at ``left``."""

    rows: Sequence[Row]
    index: int
    block: Block
    field: str
    left: float
    sheet: Sheet

    @property
    def row(self) -> Row:
        return self.rows[self.index]

    @property
    def text(self) -> str:
        return to_arabic(self.row.text)

    @property
    def above(self) -> Row:
        return self.block.rows[-1]

    @property
    def at_margin(self) -> bool:
        return at_margin(self.row, self.left)

    @property
    def is_stray(self) -> bool:
        return is_stray(self.row, self.left, self.sheet)

    @property
    def is_listed(self) -> bool:
        """Whether the value above is a list of letters or enclosures."""
        return self.field in ("refers_to", "encloses")


Question = Callable[[Below], bool]
"""A question about a row and what stands around it."""


def goes_on(below: Below) -> bool:
    """Whether the row belongs to the value above it, by the first of :data:`RULES` that applies."""
    return next(belongs(below) for applies, belongs in RULES if applies(below))


# ---------------------------------------------------------------------- which rule applies


def _in_right_margin(below: Below) -> bool:
    return below.sheet.placed and below.row.box.x0 > RIGHT_MARGIN * below.sheet.width


def _without_letters_under_office(below: Below) -> bool:
    return below.field == "office" and not THAI_LETTER.search(below.row.text)


def _under_half_an_item(below: Below) -> bool:
    unfinished = UNFINISHED.search(to_arabic(below.above.text)) or _lacks_date(below)
    return below.is_listed and bool(unfinished) and not _opens_body(below)


def _lacks_date(below: Below) -> bool:
    """Whether the row is at the margin, where no body begins, right below a letter whose date is to come."""
    held = [to_arabic(row.text) for row in below.block.rows]
    first = max((at for at, text in enumerate(held) if ITEM_NUMBER.match(text)), default=0)
    item = " ".join(held[first:])
    undated = NUMBERED.search(item) and not find_dates(item)
    close = below.at_margin and below.row.gap < CLOSE_BELOW and not _is_next_item(below, below.row)
    return below.sheet.placed and bool(undated) and close


def _begins_as_items_do(below: Below) -> bool:
    return below.is_listed and bool(ITEM_NUMBER.match(below.text) or CONTINUES.match(below.text))


def _flush(below: Below) -> bool:
    return below.sheet.placed and not below.is_stray and _goes_on_at_margin(below)


def _under_bare_label(below: Below) -> bool:
    """Whether nothing of the value was found yet: its label stands alone, and it begins right below."""
    bare = len(below.block.rows) == 1 and below.block.skip >= len(below.above.text)
    close = below.row.gap < HANGING_GAP and below.row.page == below.above.page
    return below.sheet.placed and bare and close and not below.is_stray


def _over_a_label(below: Below) -> bool:
    return label_follows(below.rows, below.index, below.field)


def _opens_body(below: Below) -> bool:
    return bool(BODY_OPENING.match(below.row.text))


def _in_transcript(below: Below) -> bool:
    return not below.sheet.placed


# ---------------------------------------------------------------------- whether the row belongs to the value


def _always(_: Below) -> bool:
    return True


def _never(_: Below) -> bool:
    return False


def _finishes_phone(below: Below) -> bool:
    """Other digits alone are marks beside the ruled lines of a memo."""
    return bool(OPEN_PHONE.search(to_arabic(below.above.text)) and PHONE_DIGITS.fullmatch(below.text))


def _finishes_item(below: Below) -> bool:
    """Whatever dirt in the margin was read as its beginning; digits may be as short as a stray mark."""
    above = to_arabic(below.above.text)
    year = YEARLESS.search(above) and YEAR.fullmatch(below.text)
    running = HALF_NUMBER.search(above) and RUNNING.match(below.text)
    return bool(year or running) or not below.is_stray


def _is_listed_here(below: Below) -> bool:
    """At the margin the body has numbered paragraphs as well."""
    free = not (below.sheet.placed and below.at_margin)
    return free or _is_next_item(below, below.row) or _goes_on_at_margin(below)


def _is_indented(below: Below) -> bool:
    indented = not below.sheet.placed or below.row.left > below.left + below.row.height
    return indented and not below.is_stray


def _follows_closely(below: Below) -> bool:
    close = below.row.gap < TRANSCRIPT_GAP and len(below.row.text) < TRANSCRIPT_LENGTH
    return close and below.field != "office"


def _hangs(below: Below) -> bool:
    """Whether the row is indented and no first row of a paragraph, whose next one is back at the margin."""
    if below.at_margin or below.row.gap > HANGING_GAP:
        return False
    ahead = (row for row in below.rows[below.index + 1 :] if not is_stray(row, below.left, below.sheet))
    following = next(ahead, None)
    return following is None or _follows_value(below, following)


RULES: tuple[tuple[Question, Question], ...] = (
    (_in_right_margin, _never),
    (_without_letters_under_office, _finishes_phone),
    (_under_bare_label, _always),
    (_under_half_an_item, _finishes_item),
    (_begins_as_items_do, _is_listed_here),
    (_flush, _always),
    (_over_a_label, _is_indented),
    (_opens_body, _never),
    (_in_transcript, _follows_closely),
    (_always, _hangs),
)
"""(which rows the rule is for, whether these belong to the value above them)."""


def _is_next_item(below: Below, row: Row) -> bool:
    """Whether a row begins with the number that follows the last one of the list above ``below``."""
    first, *others = below.block.rows
    held = (first.text[below.block.skip :], *(row.text for row in others))
    numbers = [int(match["number"]) for text in held if (match := ITEM_NUMBER.match(to_arabic(text)))]
    own = ITEM_NUMBER.match(to_arabic(row.text))
    return own is not None and bool(numbers) and int(own["number"]) == numbers[-1] + 1


def _goes_on_at_margin(below: Below) -> bool:
    """Whether a row goes on at the margin with the value above it, as in a letter without hanging indents.

    The first line of a body is indented: what stands at the margin right below a label's row is none of it,
    if another label or an indented row follows soon. Below เรื่อง of many lines, เรียน is still to come.
    """
    row = below.row
    if not (below.at_margin and at_margin(below.above, below.left)) or row.gap >= CLOSE_BELOW:
        return False
    if row.line.ink is Ink.PEN:
        return False
    if below.field == "subject" and _over_a_label(below):
        return True  # however it begins: ``ตามมติคณะรัฐมนตรี``
    other = below.field == "recipient" and "หนังสือ" in row.text  # อ้างถึง, its label not read
    if other or _opens_body(below):
        return False
    ahead = below.rows[below.index + 1 : below.index + 1 + FLUSH_ROWS]
    return any(_follows_value(below, after) for after in ahead)


def _follows_value(below: Below, row: Row) -> bool:
    """Whether a row can't be the second one of a paragraph: a label, the next item, an indented row."""
    listed = below.is_listed and _is_next_item(below, row)
    return listed or not at_margin(row, below.left) or match_label(row.text) is not None
