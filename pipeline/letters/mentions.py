"""Letters that a letter names in running text: ``ตามหนังสือกรม… ที่ … ลงวันที่ …``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.letters.dating import pair_dates
from pipeline.letters.numbers import DateReading, NumberReading, dates_in, numbers_in
from pipeline.letters.references import LETTER_NOUN, name_letter, sender_before
from pipeline.letters.rows import Passage, Row
from pipeline.model import Reference, Relation

SENDING = re.compile(r"ส[่้์]?ง(?:สำเนา)?$")
"""Words right before a letter in running text that say that it is enclosed: ``ขอส่งสำเนา``."""

COPY = "สำเนา"
"""A letter of which a copy is spoken of is enclosed: ``สำเนาหนังสือกรมที่ดิน``."""

AND = re.compile(r"\s*(?:,|และ|กับ|พร้อมทั้ง)?\s*(?:ที่)?\s*")
"""Between two letters that are named in one breath: what is said of the first is said of the second."""

NOUN_REACH = 110
"""In running text, หนังสือ stands at most this many characters before its number."""


def mentioned_references(
    rows: Sequence[Row], listed: Sequence[Reference], first: int, own: str | None
) -> tuple[Reference, ...]:
    """Letters named in running text that no list names; those that it says it sends are ``encloses``.

    ``own`` is the letter's own number, which a body may repeat.
    """
    if not rows:
        return ()
    passage = Passage.of(rows)
    numbers = [n for n in numbers_in(passage) if n.text and _is_named_letter(passage.text, n)]
    if not numbers:
        return ()
    dates = pair_dates(passage.text, numbers, dates_in(passage))
    known = {reference.number for reference in listed} | {own}
    found: list[Reference] = []
    end: int | None = None
    relation = Relation.MENTIONS
    for number, date in zip(numbers, dates, strict=True):
        begin = _noun_before(passage.text, number.start)
        if end is None or not AND.fullmatch(passage.text[end:begin]):
            relation = _relation(passage.text, begin)
        end = max(number.end, date.end if date else 0)
        if number.text not in known:
            known.add(number.text)
            found.append(_mention(passage, begin, number, date, relation, first + len(found)))
    return tuple(found)


def _relation(text: str, begin: int) -> Relation:
    """How a letter is named whose name begins at ``begin`` of a body."""
    sends = SENDING.search(text[max(0, begin - 20) : begin].rstrip())
    return Relation.ENCLOSES if sends or text.startswith(COPY, begin) else Relation.MENTIONS


def _is_named_letter(text: str, number: NumberReading) -> bool:
    """Whether หนังสือ or ที่ stands before a number in running text, so that it is no other code."""
    before = text[max(0, number.start - NOUN_REACH) : number.start]
    return bool(LETTER_NOUN.search(before)) or before.rstrip().endswith("ที่")


def _mention(
    passage: Passage,
    begin: int,
    number: NumberReading,
    date: DateReading | None,
    relation: Relation,
    position: int,
) -> Reference:
    """The reference, its raw text cut from the body: from หนังสือ at ``begin`` to the date."""
    start = min(begin, date.start if date else begin)
    end = max(number.end, date.end if date else 0)
    sender = sender_before(passage.text[begin : number.start])
    reference = name_letter(passage, relation, position, number, date, sender)
    extent = passage.extent(start, end)
    raw = passage.text[start:end].strip()
    return replace(reference, raw_text=raw, page=extent.page, box=extent.box, subject=None)


def _noun_before(text: str, number: int) -> int:
    """Where the letter's name begins: the last หนังสือ before its number, else the number itself."""
    start = max(0, number - NOUN_REACH)
    nouns = list(LETTER_NOUN.finditer(text, start, number))
    return nouns[-1].start() if nouns else number
