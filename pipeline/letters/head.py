"""What stands above เรื่อง besides number and date: issuing office and address, urgency, secrecy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.letters.evidence import evidence_of
from pipeline.letters.letterhead import ENDS_WITH_YEAR
from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.names import settled
from pipeline.letters.offices import (
    TOWN,
    cut_address,
    is_address,
    is_office,
    is_seat,
    tidy_office,
    without_emblem,
)
from pipeline.letters.rows import THAI_LETTER, Passage, Row
from pipeline.letters.sheets import Sheet
from pipeline.model import Evidence, Rule
from pipeline.thai import find_secrecy, find_urgency, terms, to_arabic

OFFICE_LEFT = 0.4
"""The office of a letterhead begins right of this share of the sheet's width."""

SCRAP = 0.5
"""Rows above an office's name that were read less surely than this are scraps of a stamp."""

AT_EDGE = 3.0
"""A row begins within so many body heights of the left edge of the office below it, or is none of its."""

STACKED = 1.5
"""Lines of one block of a letterhead are at most this many body heights apart."""

LARGE = 1.3
"""Urgency and secrecy are this much larger than the letter's text."""

MEMO_TITLE = re.compile(r"บ?ันทึกข้อความ.*$")
"""The title of a memo, before which its urgency may stand or even touch it: ``ด่วนที่สุดันทึกข้อความ``."""

LIKE, ALIKE = 0.6, 0.75
"""A large word at least so like an urgency is that urgency; a word of usual size must be more like it."""

SURELY_BEGUN = 5
"""Letters and marks from which on the beginning of a term is that term."""


# ---------------------------------------------------------------------- office


def read_office(rows: Sequence[Row], sheet: Sheet) -> tuple[Evidence | None, Evidence | None]:
    """(sender, sender_address) from the letterhead rows that are neither number, date nor urgency."""
    rows = [replace(row, text=without_emblem(row.text)) for row in rows]
    candidates = [row for row in rows if _may_be_office(row, sheet) or _wraps(row, rows, sheet)]
    candidates = _without_scraps(_beside_number(candidates, rows, sheet), sheet)
    office: list[Row] = []
    address: list[Row] = []
    for row in candidates:
        if address or is_address(row.text) or (office and _houses(row, office)):
            address.append(row)
        else:
            office.append(row)
    if not office and sheet.placed:
        office, address = _above_number(rows)
    return _sender(office), _address(office, address)


def _above_number(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The office and its address above the number, where a letterhead of its own design has them.

    An address right below it tells an office of the letterhead from that of a receive stamp.
    """
    numbered = next((index for index, row in enumerate(rows) if NUMBER_ROW.match(row.text)), 0)
    for index, row in enumerate(rows[:numbered]):
        below = next((i for i in range(index + 1, numbered) if is_address(rows[i].text)), None)
        if below is None or not is_office(row.text):
            continue
        if all(_close(upper, lower) for upper, lower in pairwise(rows[index : below + 1])):
            return list(rows[index:below]), [rows[below]]
    return [], []


def _houses(row: Row, office: Sequence[Row]) -> bool:
    """Whether a row below an office says where it is: a town, or the seat of several offices."""
    seated = is_seat(row.text) and any(is_office(other.text) for other in office)
    return seated or bool(TOWN.search(row.text))


def _without_scraps(candidates: list[Row], sheet: Sheet) -> list[Row]:
    """Leave out scraps above the office's name: the foot of a stamp, the rim of an emblem.

    Read as digits, they may look like the postcode of an address.
    """
    named = next((index for index, row in enumerate(candidates) if is_office(row.text)), 0)
    return [row for row in candidates[:named] if _heads(row, candidates[named], sheet)] + candidates[named:]


def _heads(row: Row, office: Row, sheet: Sheet) -> bool:
    """Whether a row above an office's name belongs to it: surely read, and at its left edge."""
    at_edge = not sheet.placed or abs(row.left - office.left) <= AT_EDGE * office.height
    return at_edge and row.line.confidence >= SCRAP


def _may_be_office(row: Row, sheet: Sheet) -> bool:
    text = row.text
    if NUMBER_ROW.match(text) or len(text.replace(" ", "")) < 4 or ENDS_WITH_YEAR.search(to_arabic(text)):
        return False
    if find_urgency(text) and len(text) < 16:
        return False
    letters = sum("ก" <= char <= "๎" for char in text)
    if letters < 0.4 * len(text) and not is_address(text):
        return False
    if sheet.placed:
        return row.box.centre[0] > OFFICE_LEFT * sheet.width and row.left > 0.3 * sheet.width
    return len(text) <= 80


def _wraps(row: Row, rows: Sequence[Row], sheet: Sheet) -> bool:
    """Whether a short row is the end of the office's name right above it: ``ฐาน`` below ``…การศึกษาขั้นพื้น``."""
    if not sheet.placed or not all(map(THAI_LETTER.match, row.text.replace(" ", ""))):
        return False
    above = rows[: rows.index(row)]
    return any(
        _stacked(upper, row) and _may_be_office(upper, sheet) and not is_address(upper.text)
        for upper in above
    )


def _stacked(upper: Row, lower: Row) -> bool:
    """Whether two rows stand right above each other at one left edge, as the lines of one block do."""
    return _close(upper, lower) and abs(lower.left - upper.left) <= upper.height


def _close(upper: Row, lower: Row) -> bool:
    return lower.box.y0 - upper.box.y1 <= STACKED * upper.height


def _beside_number(candidates: list[Row], rows: Sequence[Row], sheet: Sheet) -> list[Row]:
    """Leave out what stands well above the number's row: a stamp or a scribble over the letterhead."""
    at = next((index for index, row in enumerate(rows) if NUMBER_ROW.match(row.text)), None)
    if at is None:
        return candidates
    if not sheet.placed:
        return [row for row in candidates if row in rows[at:]]
    level, height = rows[at].box.centre[1], rows[at].box.height
    beside = [
        row
        for row in candidates
        if level - row.box.centre[1] < height * (1.6 if is_office(row.text) else 0.6)
    ]
    return [*_stacked_on(beside, candidates), *beside] or candidates


def _stacked_on(beside: Sequence[Row], candidates: Sequence[Row]) -> list[Row]:
    """The rows of one block with the first row beside the number: an office whose address reaches down to it.

    They stand right above each other at one left edge, and the topmost of them names an office.
    """
    if not beside:
        return []
    stack: list[Row] = []
    lowest = beside[0]
    for row in reversed(candidates[: candidates.index(lowest)]):
        if not _stacked(row, lowest):
            break
        lowest = row
        stack.insert(0, row)
    named = next((index for index, row in enumerate(stack) if is_office(row.text)), len(stack))
    return stack[named:]


def _sender(rows: Sequence[Row]) -> Evidence | None:
    if not rows:
        return None
    texts = [tidy_office(cut_address(row.text)[0]) for row in rows]
    extent = Passage.of(rows).extent()
    known = is_office(texts[0])
    rule = Rule.OFFICE_AT_UPPER_RIGHT if known else Rule.TEXT_AT_OFFICE_PLACE
    name = " ".join(text for text in texts if text)
    evidence = evidence_of("sender", name, extent, rule, 0.96 if known else 0.7)
    return settled(evidence, Passage.of(rows))


def _address(office: Sequence[Row], address: Sequence[Row]) -> Evidence | None:
    inline = [cut_address(row.text)[1] for row in office]
    parts = [part for part in inline if part] + [row.text for row in address]
    if not parts:
        return None
    rows = address or office
    extent = Passage.of(rows).extent()
    return evidence_of("sender_address", " ".join(parts), extent, Rule.LINES_BELOW_OFFICE, 0.95)


# ---------------------------------------------------------------------- urgency, secrecy


def read_urgency(rows: Sequence[Row], sheet: Sheet) -> Evidence | None:
    """The urgency (ชั้นความเร็ว) above the number, in red or black, or beside บันทึกข้อความ."""
    return _term("urgency", [*rows, *sheet.marks], sheet)


def read_secrecy(rows: Sequence[Row], sheet: Sheet) -> Evidence | None:
    """The secrecy (ชั้นความลับ) at the head of the sheet."""
    return _term("secrecy", [*rows, *sheet.marks], sheet)


def _term(field: str, rows: Sequence[Row], sheet: Sheet) -> Evidence | None:
    rows = [replace(row, text=MEMO_TITLE.sub("", row.text)) for row in rows]
    find = find_urgency if field == "urgency" else find_secrecy
    for row in rows:
        found = find(row.text)
        if found and len(row.text) < 60:
            extent = Passage.of([row]).extent(found.start, found.end)
            return evidence_of(field, found.term, extent, Rule.TERM_AT_HEAD, 0.97)
    return _misread_term(field, rows, sheet) if sheet.placed else None


def _misread_term(field: str, rows: Sequence[Row], sheet: Sheet) -> Evidence | None:
    """An urgency or secrecy alone on its row, some letters misread or lost: ``ค่วนที่สุต``, ``วนที่สุด``.

    Large letters, which nothing else in a head has, make up for a less likely reading. A word that is more
    like a term of the other field is none of this one: ``ด่วนที่สุด`` is no ลับที่สุด. One that goes on as a single
    term does was cut off: ``ด่วนม`` is ด่วนมาก.
    """
    usual = median(row.height for row in sheet.rows) if sheet.rows else 0.0
    either = (*terms("urgency"), *terms("secrecy"))
    for row in rows:
        if len(row.text) > 14:
            continue
        text = row.text.replace(" ", "")
        begun = [term for term in either if len(text) >= SURELY_BEGUN and term.startswith(text)]
        nearest = process.extractOne(text, either, scorer=Levenshtein.normalized_similarity)
        term, likeness = (begun[0], 1.0) if len(begun) == 1 else nearest[:2]
        if term in terms(field) and likeness >= (LIKE if row.height >= LARGE * usual else ALIKE):
            extent = Passage.of([row]).extent()
            return evidence_of(field, term, extent, Rule.TERM_NEAREST, 0.9)
    return None
