"""The head of a radio message or fax (วิทยุในราชการ, โทรสารในราชการ): จาก, ถึง, ที่ and วันที่ below its title.

Forms differ in the order of these lines, so that each is known by its label alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.letters.blocks import Block
from pipeline.letters.evidence import evidence_of
from pipeline.letters.labels import match_label
from pipeline.letters.margins import BODY_OPENING
from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.offices import tidy_office
from pipeline.letters.rows import Passage, Row
from pipeline.model import Evidence, Rule

FROM = re.compile(r"^\W{0,3}จาก(?:\s*:|\s)\s*(?=\S)")
"""The label of the sender: ``จาก อธิบดีกรมส่งเสริมการปกครองท้องถิ่น``."""

TITLE = re.compile(r"^\W*(?:วิทยุ|โทรสาร)(?:สื่อสาร|ในราชการ)\s*(?=\S)")
"""The form's name before the office in its title: ``โทรสารในราชการกรมการปกครอง``."""

LONGEST_HEAD = 12
"""The labelled lines stand among so many rows below the title."""


def radio_blocks(rows: Sequence[Row]) -> dict[str, Block]:
    """The lines in ``rows``, which begin below the title, by label: ``office``, ``to``, ``number`` and so on.

    A line without a label goes on with the one above it, as far as another label follows.
    """
    opened = [_opens(row) for row in rows[:LONGEST_HEAD]]
    last = max((index for index, label in enumerate(opened) if label), default=-1)
    blocks: dict[str, Block] = {}
    current = ""
    for row, label in zip(rows[: last + 1], opened, strict=False):
        if BODY_OPENING.match(row.text):
            break
        if label and label[0] not in blocks:
            current = label[0]
            blocks[current] = Block((row,), label[1])
        elif current:
            block = blocks[current]
            blocks[current] = Block((*block.rows, row), block.skip)
    return blocks


def _opens(row: Row) -> tuple[str, int] | None:
    """(field, where its value begins) if the row begins with one of the labels."""
    sender = FROM.match(row.text)
    if sender:
        return "office", sender.end()
    if NUMBER_ROW.match(row.text):
        return "number", 0
    label = match_label(row.text)
    if label is None or label.field not in ("to", "recipient", "subject", "date"):
        return None
    return "to" if label.field == "recipient" else label.field, label.end


def titled_office(row: Row) -> Evidence | None:
    """The office that the title names behind the form: ``กรมการปกครอง`` of ``วิทยุในราชการกรมการปกครอง``."""
    title = TITLE.match(row.text)
    if title is None:
        return None
    passage = Passage.of([row], title.end())
    return evidence_of("sender", tidy_office(passage.text), passage.extent(), Rule.OFFICE_IN_TITLE, 0.9)
