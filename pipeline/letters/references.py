"""References: the letters that a letter names in อ้างถึง, in สิ่งที่ส่งมาด้วย and in running text.

Finding only: which archived letter is meant is for the citations stage. Laws, announcements, orders,
minutes and attachments are kept with their ``target_kind`` and never forced into a letter number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.letters.blocks import Block
from pipeline.letters.continuation import ITEM_NUMBER
from pipeline.letters.dating import pair_dates
from pipeline.letters.decoding import MONTH_LENGTH
from pipeline.letters.evidence import digits_limit
from pipeline.letters.lost_agency import BARE_NUMBER, number_of_sender, with_letters_of_sender
from pipeline.letters.numbers import DateReading, NumberReading, damaged_date_in, dates_in, numbers_in
from pipeline.letters.rows import Passage, Row
from pipeline.letters.target_kinds import target_kind
from pipeline.model import Reference, Relation
from pipeline.thai import find_dates, to_arabic

LETTER_NOUN = re.compile(r"(?:สำเนา)?(?:หนังสือ|บันทึกข้อความ|วิทยุ|โทรสาร)")
"""What a letter is called where it is named: ``หนังสือ``, ``สำเนาหนังสือ``."""

BEFORE_NUMBER = re.compile(r"(?:\s*(?:(?:ลับ(?:ที่สุด|มาก)?|ด่วน(?:ที่สุด|มาก)?|เลขที่|ท[ีิ]่?|ว่าที่|ฉบับที่|ตาม)\s*))+$")
"""What stands between a sender's name and the number: ``ด่วนที่สุด ที่``."""

AFTER_SENDER = re.compile(r"\s*(?:ฉบับ)?(?:ลง\S{0,2}วันที่|ลว\.)|\s(?:ลับ(?:ที่สุด|มาก)?|ด่วน(?:ที่สุด|มาก)?|ท[ีิ]่)\s")
"""What follows a sender's name at once: urgency, ที่, or the date of a letter whose date comes first."""

DATE_LEAD = re.compile(r"(?:ฉบับ)?(?:ลง|เมื่อ)?วันที่\s*$|ลว\.?\s*$|ลงวันที่\s*$|ฉบับลง\s*$")
"""Words before a date that tie it to a letter: ``ลงวันที่``, ``ฉบับลงวันที่``, ``ลว.``."""

SUBJECT = re.compile(r"เรื่อง\s*(?P<subject>.+?)(?=\s+(?:ลงวันที่|จำนวน|ที่\s|ประกาศ ณ)|$)")
"""The subject inside an item: ``เรื่อง หลักเกณฑ์การสอบ ลงวันที่``."""

MISREAD_ITEM = re.compile(r"^\S{0,2}[.,)]?\s{0,3}(?:สำเนา)?หนังสือ")
"""A row that names a letter after at most two unread characters: ``ษ. หนังสือ``."""

JOINED_LETTER = re.compile(
    r"(?<=\S)\s*(?:และ|พร้อม|กับ|(?:แจ้ง)?ตาม)(?=(?:สำเนา)?หนังสือ\D{2,90}ท[ีิ]?่?\s?[ก-ฮ]{1,4}\s?\.?\s?[(๐-๙0-9])"
)
"""Where an item goes on with a letter: before ``และหนังสือจังหวัด… ที่ อบ 0023`` behind a law."""

NUMBER_NOISE = 0.01
"""A number that was read less surely than this is noise: a stamp over the item, dirt beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item of a list of references, as a passage."""

    passage: Passage


def listed_references(block: Block | None, relation: Relation, first: int) -> tuple[Reference, ...]:
    """The references of an อ้างถึง or สิ่งที่ส่งมาด้วย block; positions count from ``first``."""
    if block is None:
        return ()
    found: list[Reference] = []
    for item in split_items(block):
        found += _item_references(item.passage, relation, first + len(found))
    return tuple(found)


def split_items(block: Block) -> tuple[Item, ...]:
    """Cut a block into its items, where a row begins with a number or names a new letter.

    A misread item number (``®. หนังสือ…``) still begins an item, since the row begins with หนังสือ after it.
    """
    groups: list[tuple[list[Row], int]] = []
    for index, row in enumerate(block.rows):
        skip = block.skip if index == 0 else 0
        text = to_arabic(row.text[skip:])
        number = ITEM_NUMBER.match(text)
        begins = number or (groups and _names_new_letter(row.text, groups[-1][0]))
        if index == 0 or begins:
            groups.append(([row], skip + (number.end() if number else 0)))
        else:
            groups[-1][0].append(row)
    items = (Passage.of(rows, skip) for rows, skip in groups)
    return tuple(Item(passage) for passage in items if passage.text.strip())


def _names_new_letter(text: str, held: Sequence[Row]) -> bool:
    """Whether a row begins another letter, the item above being complete with number or date."""
    before = " ".join(row.text for row in held)
    return bool(MISREAD_ITEM.match(text)) and bool(find_dates(before))


# ---------------------------------------------------------------------- one item


def _item_references(passage: Passage, relation: Relation, position: int) -> list[Reference]:
    """An item's references: one for each letter number in it, or one without a number."""
    kind = target_kind(passage.text)
    if kind != "letter":
        joined = JOINED_LETTER.search(passage.text)
        if joined is None:
            return [_plain(passage, relation, position, kind)]
        first, letters = passage.split(joined.start())[0], passage.split(joined.end())[1]
        return [_plain(first, relation, position, kind), *_item_references(letters, relation, position + 1)]
    dates = list(dates_in(passage))
    numbers = [number for number in numbers_in(passage) if number.confidence >= NUMBER_NOISE]
    numbers = numbers or list(_bare_number(passage))
    if not numbers:
        return [_without_number(passage, relation, position, dates)]
    paired = _with_damaged_date(passage, numbers, pair_dates(passage.text, numbers, dates))
    found: list[Reference] = []
    sender: str | None = None
    for index, (number, date) in enumerate(zip(numbers, paired, strict=True)):
        start = 0 if index == 0 else numbers[index - 1].end
        sender = sender_before(passage.text[start : number.start]) or sender
        settled = with_letters_of_sender(number, sender)
        found.append(name_letter(passage, relation, position + index, settled, date, sender))
    return found


def _bare_number(passage: Passage) -> tuple[NumberReading, ...]:
    """The number in an item of which only the digits were read, if the office before them tells the rest."""
    digits = BARE_NUMBER.search(to_arabic(passage.text))
    sender = sender_before(passage.text[: digits.start()]) if digits else None
    found = number_of_sender(passage, *digits.span(), sender) if digits and sender else None
    return (found,) if found else ()


def _with_damaged_date(
    passage: Passage, numbers: Sequence[NumberReading], paired: Sequence[DateReading | None]
) -> list[DateReading | None]:
    """The last letter of an item has a date behind its number, even where none, or no day, could be read."""
    last = paired[-1]
    if last is not None and (len(last.iso) > MONTH_LENGTH or last.start < numbers[-1].end):
        return list(paired)
    end = last.end if last else len(passage.text)
    damaged = damaged_date_in(passage, numbers[-1].end, end)
    if damaged is None or (last and not damaged.iso.startswith(last.iso)):
        return list(paired)
    return [damaged if date is last else date for date in paired]


def _plain(passage: Passage, relation: Relation, position: int, kind: str) -> Reference:
    extent = passage.extent()
    dates = dates_in(passage)
    subject = SUBJECT.search(passage.text)
    return Reference(
        position=position,
        relation=relation,
        raw_text=passage.text.strip(),
        page=extent.page,
        box=extent.box,
        subject=subject["subject"].strip() if subject else None,
        date=dates[-1].iso if dates and kind != "attachment" else None,
        target_kind=kind,
        confidence=round(extent.confidence, 4),
    )


def _without_number(
    passage: Passage, relation: Relation, position: int, dates: Sequence[DateReading]
) -> Reference:
    """A letter named by sender and date only; without a date, what is enclosed is no letter to look for."""
    if not dates and relation is Relation.ENCLOSES:
        return _plain(passage, relation, position, "attachment")
    extent = passage.extent()
    end = dates[0].start if dates else len(passage.text)
    return Reference(
        position=position,
        relation=relation,
        raw_text=passage.text.strip(),
        page=extent.page,
        box=extent.box,
        sender=sender_before(DATE_LEAD.sub("", passage.text[:end].rstrip())),
        date=dates[0].iso if dates else None,
        confidence=round(min(extent.confidence, 0.6, digits_limit(extent)), 4),
    )


def name_letter(
    passage: Passage,
    relation: Relation,
    position: int,
    number: NumberReading,
    date: DateReading | None,
    sender: str | None,
) -> Reference:
    """A reference to the letter of this number, as the passage names it."""
    extent = passage.extent()
    confidence = number.confidence
    if date is not None:
        confidence *= date.confidence
    subject = SUBJECT.search(passage.text)
    return Reference(
        position=position,
        relation=relation,
        raw_text=passage.text.strip(),
        page=extent.page,
        box=extent.box,
        sender=sender,
        subject=subject["subject"].strip() if subject else None,
        number=number.text,
        agency_code=number.number.agency_code or None,
        is_circular=number.number.is_circular,
        running_number=number.number.running_number,
        date=date.iso if date else None,
        confidence=round(confidence, 4),
        number_alternatives=number.alternatives,
    )


def sender_before(text: str) -> str | None:
    """The sender that is named before a letter's number.

    >>> sender_before("สำเนาหนังสือจังหวัดกระบี่ ด่วนที่สุด ที่ ")
    'จังหวัดกระบี่'
    >>> sender_before("หนังสือกรมที่ดิน ลงวันที่ 7 ธันวาคม 2562 ที่ ")
    'กรมที่ดิน'
    >>> sender_before("และ ") is None
    True
    """
    plain = BEFORE_NUMBER.sub("", text.rstrip() + " ").strip()
    nouns = list(LETTER_NOUN.finditer(plain))
    name = AFTER_SENDER.split(plain[nouns[-1].end() :], maxsplit=1)[0] if nouns else ""
    name = re.sub(r"^\s*(?:วิทยุ|ของ|(?:ใน)?ราชการ)\s*", "", name).strip(" ,;:")
    return name if 1 < len(name) <= 90 else None
