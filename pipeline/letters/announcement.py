"""Announcements (ประกาศ): the office after ประกาศ, the subject after เรื่อง, the date after ประกาศ ณ วันที่."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.letters.beside import on_level
from pipeline.letters.closing import read_closing
from pipeline.letters.evidence import evidence_of, running_text
from pipeline.letters.labels import match_label
from pipeline.letters.margins import BODY_OPENING
from pipeline.letters.offices import tidy_office
from pipeline.letters.own_date import damaged_date_at, date_at
from pipeline.letters.rows import Passage, Row
from pipeline.model import Evidence, Rule, Step

ANNOUNCED = re.compile(r"(?:ประกาศ|สั่ง|ให้ไว้)\s*ณ\s*วันที่")
"""The words before an announcement's date: ``ประกาศ ณ วันที่ ๔ เมษายน พ.ศ. ๒๕๖๔``."""

DIVIDER = re.compile(r"^[\W_]*$|^[\W_]{2,}\S{0,2}$")
"""The line between the head of an announcement and its text, an end of it perhaps misread: ``---2``."""

SCRAP = 2
"""What is no longer than this is no line of a title."""

INDENT = 2.0
"""The first row of a paragraph begins at least so many body heights right of the next one."""

SUBJECT_REACH = 4
"""A subject has at most this many lines."""


def announcement_fields(rows: Sequence[Row], title: int) -> dict[str, Evidence]:
    """``sender``, ``subject``, ``date``, ``signer`` and ``signer_position``; ``title`` is its ประกาศ row."""
    fields: dict[str, Evidence] = {}
    subject_at = next((i for i in range(title, min(title + 6, len(rows))) if _is_subject(rows[i])), None)
    sender = _sender(rows[title:subject_at] if subject_at else rows[title : title + 1])
    if sender:
        fields["sender"] = sender
    if subject_at is not None:
        fields["subject"] = _subject(rows, subject_at)
    date = next((found for row in rows if (found := _announced(row, rows))), None)
    if date:
        fields["date"] = replace(date, steps=(Step(Rule.DATE_ANNOUNCED),))
    closing = next((i for i, row in enumerate(rows) if ANNOUNCED.search(row.text)), None)
    signed = read_closing(rows, closing)
    return fields | {name: found for name, found in signed.items() if name != "contact_phone"}


def _announced(row: Row, rows: Sequence[Row]) -> Evidence | None:
    """The date in a row with ประกาศ ณ วันที่; where none can be parsed, the nearest one behind those words.

    Behind a wide gap it is a line of its own, on the same level.
    """
    announced = ANNOUNCED.search(row.text)
    if announced is None:
        return None
    if announced.end() < len(row.text):
        return date_at(row) or damaged_date_at(row, announced.end())
    beside = (other for other in rows if other.page == row.page and other is not row and on_level(row, other))
    return next((found for other in beside if (found := date_at(other))), None)


def _is_subject(row: Row) -> bool:
    label = match_label(row.text)
    return label is not None and label.field == "subject"


def _sender(rows: Sequence[Row]) -> Evidence | None:
    """The office in the title, over one line or two; what is left of the emblem above it may lie between."""
    passage = Passage.of([row for row in rows if len(row.text) > SCRAP])
    text = tidy_office(re.sub(r"^\W*ประกาศ", "", passage.text))
    if not text:
        return None
    return evidence_of("sender", text, passage.extent(), Rule.OFFICE_ANNOUNCED, 0.95)


def _subject(rows: Sequence[Row], start: int) -> Evidence:
    """The centred lines from เรื่อง to the first line of running text."""
    label = match_label(rows[start].text)
    held = [rows[start]]
    for index in range(start + 1, min(start + SUBJECT_REACH, len(rows))):
        row = rows[index]
        opens = row.gap > 1.2 or BODY_OPENING.match(row.text) or DIVIDER.match(row.text)
        if opens or not _centred(row, held[0]) or _runs_on(rows, index, held[0]):
            break
        held.append(row)
    passage = Passage.of(held, label.end if label else 0)
    return running_text("subject", passage.text.strip(), passage.extent(), Rule.SUBJECT_ANNOUNCED, 0.93)


def _runs_on(rows: Sequence[Row], index: int, first: Row) -> bool:
    """Whether a row and the next begin at one edge, left of the ``first`` of the subject, as text does.

    So does an indented row over one that ends where it ends: of a centred title both ends move.
    """
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else None
    if below is None or row.line.engine == "transcript" or below.page != row.page:
        return False
    aligned = abs(below.left - row.left) < row.height and row.left < first.left - INDENT * row.height
    indented = below.left < row.left - INDENT * row.height and below.box.x1 < row.box.x1 + row.height
    return indented or aligned


def _centred(row: Row, first: Row) -> bool:
    """Whether a row stands under the middle of the subject's first row, as a centred title does."""
    if row.line.engine == "transcript":
        return row.gap < 0.5 and len(row.text) < 90
    return abs(row.box.centre[0] - first.box.centre[0]) < 3 * row.height
