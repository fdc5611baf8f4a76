"""Letters under a seal (หนังสือประทับตรา): office and date stand in the seal, not in a letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pipeline.letters.evidence import evidence_of
from pipeline.letters.misread_office import CONCLUDED, offices_of
from pipeline.letters.names import settled
from pipeline.letters.offices import is_office, tidy_office
from pipeline.letters.own_date import MONTH_AND_YEAR, date_at
from pipeline.letters.rows import THAI_LETTER, Passage, Row
from pipeline.model import Evidence, Ink, Rule, Step
from pipeline.thai import LetterNumber, squeeze

if TYPE_CHECKING:
    from pipeline.letters.split import Part

SPEAKING_OFFICE = re.compile(
    r"(?:^|\s|นี้\s?)(?P<office>(?:สำนักงาน|กรม|กระทรวง|กอง|จังหวัด|อำเภอ|เทศบาล|มหาวิทยาลัย|คณะ|องค์การ|สำนัก|การ)\S{1,40}?(?:\s?[ก-ฮ]\.(?:[ก-ฮ]{1,3}\.)*)*)"
    r"\s?(?:จึง|ใคร่)?ขอ(?:ส่ง|แจ้ง|เรียน|นำส่ง|ให้|ความ|เชิญ|จัดส่ง)"
)
"""The office that speaks in the body: ``สำนักงาน ก.ท.`` in ``พร้อมนี้ สำนักงาน ก.ท.ขอส่งหนังสือ``."""


ONE_DIGIT = re.compile(r"^[๐-๙0-9](?![๐-๙0-9])")
"""A day of one digit: ``๘ กันยายน ๒๕๕๕``."""

ONE_DIGIT_SURE = 0.8
"""How sure such a day is in a seal, whose inner circle may have cut off the first of two digits."""

ON_CIRCLES = 0.85
"""How sure a date is at most over which circles of a black seal run: an arc makes one digit of another."""

SECOND_LINE = 3.5
"""The second line of an office's name stands less than so many body heights below the first, and off its
middle."""

READ = 0.5
"""What is read less surely than this in a seal may be a piece of its picture."""

SPOKEN_OF = 0.55
"""How sure an office is that only the body names: the seal may give another of its names."""

SEAL_LEFT = 0.4
"""A seal stands right of this share of the width, and so does the office printed across it."""

PIECE = 8
"""So many squeezed letters of an office's name tell it from the other names of its agency code."""

TWO_SOURCES = 0.8
"""How sure an office is that the number's agency code stands for, and of which the seal shows a piece or
for which the body speaks."""

LIKENESS = 85.0
"""Percentage of likeness from which a reading is a piece of a name: a slip in eight letters."""


def seal_fields(part: Part, body: Sequence[Row], number: LetterNumber | None) -> dict[str, Evidence | None]:
    """``sender`` and ``date`` of a stamped letter: from the seal, or from lines printed across it.

    Where the seal shows only a piece of the office's name, the number's agency code tells the rest; where it
    can't be read at all, the office that the body speaks of is the sender, doubtfully.
    """
    inside = [row for sheet in part.sheets for rows in sheet.seals for row in rows]
    alone = [row for row in body if len(row.text) < 40]
    fields: dict[str, Evidence | None] = {}
    lines = [*inside, *alone]
    sender = (
        _office(_across(alone, inside), lines)
        or _office(inside, lines)
        or _office(_above_date(alone), lines)
        or _piece(inside, number)
        or _office([row for row in alone if row.box.x0 > SEAL_LEFT * part.sheets[0].width], lines)
        or _speaker(body, number)
    )
    if sender:
        fields["sender"] = _completed(sender, body, number)
    date = _date(inside, alone)
    if date:
        fields["date"] = date
    return fields


def _date(inside: Sequence[Row], alone: Sequence[Row]) -> Evidence | None:
    """The date in the seal, else one on a line of its own; doubtful where a digit may lie on the circle."""
    for row in [*inside, *(row for row in alone if MONTH_AND_YEAR.search(row.text))]:
        date = date_at(row)
        if date:
            sure = min(date.confidence, _sure_in_seal(row, date.raw)) if row in inside else date.confidence
            return replace(date, steps=(Step(Rule.DATE_IN_SEAL),), confidence=sure)
    return None


def _sure_in_seal(row: Row, date: str) -> float:
    """The most that a date is believed which stands in this row of a seal."""
    crossed = ON_CIRCLES if row.line.ink is Ink.STAMP else 1.0
    return min(crossed, ONE_DIGIT_SURE if ONE_DIGIT.match(date) else 1.0)


def _office(rows: Sequence[Row], lines: Sequence[Row]) -> Evidence | None:
    """The first of ``rows`` that names an office, with its second line where one of the ``lines`` is that."""
    for row in rows:
        if is_office(row.text) and len(row.text) < 60:
            passage = Passage.of([row, *_second_line(row, lines)])
            name = tidy_office(passage.text)
            return settled(evidence_of("sender", name, passage.extent(), Rule.OFFICE_IN_SEAL, 0.85), passage)
    return None


def _second_line(row: Row, lines: Sequence[Row]) -> list[Row]:
    """The end of an office's name that stands in the middle right below it: Thai letters alone, no date."""
    (x, y), height = row.box.centre, row.height
    below = [
        other
        for other in lines
        if other.page == row.page
        and height < other.box.centre[1] - y < SECOND_LINE * height
        and abs(other.box.centre[0] - x) < SECOND_LINE * height
        and len(other.text) > 1
        and all(map(THAI_LETTER.match, other.text.replace(" ", "")))
        and other.line.confidence > READ
    ]
    return below[:1]


def _piece(rows: Sequence[Row], number: LetterNumber | None) -> Evidence | None:
    """The office of the number's agency code, a piece of whose name stands in the seal: ``กลางจังหวัดกระ``.

    Of several names that hold the piece, it is the shortest, doubtfully: little of a name is lost in a seal.
    """
    names = offices_of(number) if number else []
    for row in rows:
        piece = squeeze(row.text)
        whole = {name for name in names if len(piece) >= PIECE and _is_piece(piece, squeeze(name))}
        if whole:
            extent = Passage.of([row]).extent()
            found = evidence_of("sender", min(whole, key=len), extent, Rule.OFFICE_OF_CODE, 1.0)
            found = found.because(Rule.PIECE_IN_SEAL)
            # The code and the seal say the same, however badly the latter was read.
            return replace(found, confidence=TWO_SOURCES if len(whole) == 1 else CONCLUDED)
    return None


def _completed(sender: Evidence, body: Sequence[Row], number: LetterNumber | None) -> Evidence:
    """The office, or the one of the body where the seal shows a beginning of its name, or all but illegibly.

    The rays of an emblem tear the name that is printed across it: ``สำนักเ`` and ``รัฐมนตรี``.
    """
    spoken = _speaker(body, number)
    if spoken is None or not sender.value or not spoken.value:
        return sender
    piece, name = squeeze(sender.value), squeeze(spoken.value)
    misread = sender.confidence < READ and fuzz.ratio(piece, name) >= LIKENESS
    if piece == name or not (misread or name.startswith(piece)):
        return sender
    return replace(spoken, confidence=TWO_SOURCES).because(Rule.PIECE_IN_SEAL)


def _is_piece(piece: str, name: str) -> bool:
    return fuzz.partial_ratio(piece, name, score_cutoff=LIKENESS) > 0


def _across(rows: Sequence[Row], inside: Sequence[Row]) -> list[Row]:
    """The rows printed across a seal: wider than it, so that it holds a piece of each as well."""
    return [
        row
        for row in rows
        for piece in inside
        if row.box.x0 < piece.box.centre[0] < row.box.x1 and row.box.y0 < piece.box.centre[1] < row.box.y1
    ]


def _above_date(rows: Sequence[Row]) -> list[Row]:
    """The row right above a date that stands alone, as office and date stand in a seal."""
    return [above for above, row in pairwise(rows) if MONTH_AND_YEAR.search(row.text)]


def _speaker(body: Sequence[Row], number: LetterNumber | None) -> Evidence | None:
    """The office that speaks in the body; surer where the number's agency code stands for it as well."""
    names = {squeeze(name) for name in offices_of(number)} if number else set()
    for row in body:
        match = SPEAKING_OFFICE.search(row.text)
        if match:
            extent = Passage.of([row]).extent(match.start("office"), match.end("office"))
            name = match["office"].strip()
            if squeeze(name) in names:
                found = evidence_of("sender", name, extent, Rule.OFFICE_SPEAKING, TWO_SOURCES)
                return found.because(Rule.OFFICE_OF_CODE)
            return evidence_of("sender", name, extent, Rule.OFFICE_SPEAKING, SPOKEN_OF)
    return None
