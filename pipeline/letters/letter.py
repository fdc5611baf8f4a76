"""The fields of a letter, memo or announcement, from the sheets of its document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.letters.announcement import announcement_fields
from pipeline.letters.blocks import UNREAD, Block
from pipeline.letters.closing import read_closing
from pipeline.letters.evidence import running_text
from pipeline.letters.head import read_office, read_secrecy, read_urgency
from pipeline.letters.letterhead import Letterhead
from pipeline.letters.memo import memo_date, memo_number, memo_sender, office_by_place
from pipeline.letters.mentions import mentioned_references
from pipeline.letters.misread_office import mend_office, unread_office
from pipeline.letters.names import settled
from pipeline.letters.overprint import doubt_covered
from pipeline.letters.own_date import read_date
from pipeline.letters.own_number import read_number
from pipeline.letters.posts import settle_position
from pipeline.letters.radio import LONGEST_HEAD, radio_blocks, titled_office
from pipeline.letters.references import listed_references
from pipeline.letters.rows import Row
from pipeline.letters.seal import seal_fields
from pipeline.letters.split import Part
from pipeline.model import Evidence, Issue, LetterForm, Reference, Relation, Rule, Stamp
from pipeline.thai import LetterNumber

ORPHANS = re.compile(r"^(?:[ัิ-ฺ็-๎*]\s*)+")
"""What dirt beside a label was read as: a vowel or tone mark on no letter, an asterisk."""


ENDS = " .:;|_"
"""Specks at the ends of a value."""

ABBREVIATION = re.compile(r"(?<![ก-๎])(?:[ก-ฮ]{1,3}\.)+[ก-ฮ]{1,3}$")
"""An abbreviation whose last dot belongs to it: ``ก.ท`` of ``ประธาน ก.ท.``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one letter: evidence by field, the number's parts, the references."""

    form: LetterForm
    fields: dict[str, Evidence]
    number: LetterNumber | None
    references: tuple[Reference, ...]
    stamps: tuple[Stamp, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_letter(part: Part) -> Reading:
    """Read the letter that the sheets of ``part`` hold; its head has a form."""
    head = part.head
    assert head.form is not None, "only letters are read here"
    letterhead = head.letterhead or Letterhead((), {}, part.sheets[0].rows)
    body = _body(part, letterhead)
    if head.form is LetterForm.ANNOUNCEMENT:
        fields, number = announcement_fields(part.rows, head.title_row or 0), None
    elif head.form is LetterForm.MEMO:
        fields, number = _memo_fields(part, letterhead, body)
    elif head.form is LetterForm.RADIO:
        fields, number = _radio_fields(part, body)
    else:
        fields, number = _letter_fields(part, letterhead, body)
    fields = settle_position(mend_office(doubt_covered(fields, number, part.sheets[0]), number))
    references = _references(letterhead, body, fields.get("number"))
    return Reading(head.form, fields, number, references, part.stamps)


def _body(part: Part, letterhead: Letterhead) -> list[Row]:
    return [*letterhead.body, *(row for sheet in part.sheets[1:] for row in sheet.rows)]


def _letter_fields(
    part: Part, letterhead: Letterhead, body: Sequence[Row]
) -> tuple[dict[str, Evidence], LetterNumber | None]:
    sheet = part.sheets[0]
    top = letterhead.top
    number = read_number(top, sheet)
    parsed = number.number if number else None
    sender, address = read_office(top, sheet)
    fields: dict[str, Evidence | None] = {
        "number": number.evidence if number else None,
        "date": read_date(top),
        "sender": sender,
        "sender_address": address,
        "recipient": _recipient(letterhead),
        "subject": block_text(letterhead.blocks.get("subject"), "subject"),
        "urgency": read_urgency(top, sheet),
        "secrecy": read_secrecy(top, sheet),
        **read_closing(body),
    }
    if part.head.form is LetterForm.STAMPED:
        # Its office and date stand in the seal; what stands at the upper right is a stamp or a note.
        without = {"sender": None, "sender_address": None, "date": None}
        fields |= without | seal_fields(part, body, parsed)
    fields["sender"] = fields["sender"] or unread_office(number, fields.get("signer_position"))
    return _held(fields), parsed


def _recipient(letterhead: Letterhead) -> Evidence | None:
    block = letterhead.blocks.get("recipient") or letterhead.blocks.get("to")
    return settled(block_text(block, "recipient"), block.passage) if block else None


def _memo_fields(
    part: Part, letterhead: Letterhead, body: Sequence[Row]
) -> tuple[dict[str, Evidence], LetterNumber | None]:
    sheet = part.sheets[0]
    blocks = letterhead.blocks
    rows = [row for name in ("number", "date") if name in blocks for row in blocks[name].rows]
    rows = rows or list(letterhead.top)
    number = memo_number(rows)
    fields: dict[str, Evidence | None] = {
        "number": number.evidence if number else None,
        "date": memo_date(rows),
        "sender": memo_sender(blocks.get("office") or office_by_place(letterhead.top)),
        "recipient": block_text(blocks.get("recipient") or blocks.get("to"), "recipient"),
        "subject": block_text(blocks.get("subject"), "subject"),
        "urgency": read_urgency(letterhead.top, sheet),
        "secrecy": read_secrecy(letterhead.top, sheet),
        **read_closing(body),
    }
    return _held(fields), number.number if number else None


def _radio_fields(part: Part, body: Sequence[Row]) -> tuple[dict[str, Evidence], LetterNumber | None]:
    sheet, title = part.sheets[0], part.head.title_row or 0
    blocks = radio_blocks(sheet.rows[title + 1 :])
    rows = [row for name in ("number", "date") if name in blocks for row in blocks[name].rows]
    number = memo_number(rows)
    fields: dict[str, Evidence | None] = {
        "number": number.evidence if number else None,
        "date": memo_date(rows),
        "sender": block_text(blocks.get("office"), "sender") or titled_office(sheet.rows[title]),
        "recipient": block_text(blocks.get("to"), "recipient"),
        "subject": block_text(blocks.get("subject"), "subject"),
        "urgency": read_urgency(sheet.rows[:LONGEST_HEAD], sheet),
        "secrecy": read_secrecy(sheet.rows[:LONGEST_HEAD], sheet),
        **read_closing(body),
    }
    return _held(fields), number.number if number else None


def _held(fields: dict[str, Evidence | None]) -> dict[str, Evidence]:
    return {name: found for name, found in fields.items() if found is not None}


def block_text(block: Block | None, field: str) -> Evidence | None:
    """The value of a labelled block: its lines joined, without the label."""
    if block is None:
        return None
    passage = block.passage
    text = without_specks_around(passage.text)
    if not text:
        return None
    if block.errors == UNREAD:
        return running_text(field, text, passage.extent(), Rule.BY_PLACE, 0.55)
    certainty = 0.97 if block.errors == 0 else 0.93
    return running_text(field, text, passage.extent(), Rule.BLOCK_AFTER_LABEL, certainty)


def without_specks_around(text: str) -> str:
    """A value without specks at its ends; the last dot of an abbreviation is none.

    >>> without_specks_around(": ประธาน ก.ท."), without_specks_around("ขอเชิญประชุม ..")
    ('ประธาน ก.ท.', 'ขอเชิญประชุม')
    """
    held = ORPHANS.sub("", re.sub(r"\s+", " ", text).strip(ENDS))
    dotted = ABBREVIATION.search(held) and text.rstrip().endswith(f"{held[-1]}.")
    return f"{held}." if dotted else held


def _references(
    letterhead: Letterhead, body: Sequence[Row], number: Evidence | None
) -> tuple[Reference, ...]:
    listed = listed_references(letterhead.blocks.get("refers_to"), Relation.REFERS_TO, 1)
    listed += listed_references(letterhead.blocks.get("encloses"), Relation.ENCLOSES, len(listed) + 1)
    own = number.value if number else None
    return listed + mentioned_references(body, listed, len(listed) + 1, own)
