"""Print that a receive stamp covers: what runs into a stamp was not read to its end, and says so.

The end of an office's name follows from the number's agency code, where one of the names of the office
that the code stands for begins as the letterhead does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.letters.misread_office import CONCLUDED, offices_of
from pipeline.letters.rows import Row
from pipeline.letters.sheets import Sheet
from pipeline.model import Box, Evidence, Rule
from pipeline.thai import LetterNumber, squeeze

CUT = 0.5
"""How sure a text is that ends where a stamp begins: something of it may stand under the stamp."""

BEGINNING = 4
"""So many letters of a name must be read for its end to follow."""

TOUCHING = 1.2
"""A row that ends within this many body heights of a stamp runs into it."""

COVERED = ("sender", "recipient", "subject")
"""The fields that are a whole row or more, so that one can't tell from the text that its end is missing."""


def doubt_covered(
    fields: Mapping[str, Evidence], number: LetterNumber | None, sheet: Sheet
) -> dict[str, Evidence]:
    """``fields`` of a scanned sheet, those doubtful whose print runs into a stamp."""
    boxes = [stamp.box for stamp in sheet.stamps if stamp.box is not None]
    if not sheet.placed or not boxes:
        return dict(fields)
    cut = [row for row in sheet.rows if any(_runs_into(row, box) for box in boxes)]
    doubted = {name: _doubted(found, cut) for name, found in fields.items() if name in COVERED}
    sender = doubted.get("sender")
    if sender is not None and sender is not fields["sender"]:
        doubted["sender"] = _completed(fields["sender"], sender, number)
    return {**fields, **doubted}


def _runs_into(row: Row, stamp: Box) -> bool:
    level = stamp.y0 < row.box.centre[1] < stamp.y1
    return level and row.box.x0 < stamp.x0 and row.box.x1 > stamp.x0 - TOUCHING * row.height


def _doubted(evidence: Evidence, cut: list[Row]) -> Evidence:
    box = evidence.box
    if box is None or not any(row.page == evidence.page and box.contains(*row.box.centre) for row in cut):
        return evidence
    sure = min(evidence.confidence, CUT)
    return replace(evidence, confidence=sure).because(Rule.RUNS_INTO_STAMP)


def _completed(read: Evidence, sender: Evidence, number: LetterNumber | None) -> Evidence:
    """The office that the number's code stands for, if just one of its names begins as ``sender`` does.

    Where it was ``read`` to its end, the stamp covers nothing of it.
    """
    beginning = squeeze(sender.value or "")
    if number is None or len(beginning) < BEGINNING:
        return sender
    # The last letter may have been read together with the stamp's frame.
    names = {name for name in offices_of(number) if squeeze(name).startswith(beginning[:-1])}
    if len(names) != 1:
        return sender
    if names == {read.value}:
        return read.because(Rule.ENDS_AT_STAMP).because(Rule.OFFICE_OF_CODE)
    completed = replace(sender, value=names.pop(), confidence=CONCLUDED)
    return completed.because(Rule.OFFICE_OF_CODE_BEGINS_SO)
