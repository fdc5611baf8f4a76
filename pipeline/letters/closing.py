"""The end of a letter: closing words, signer, position, owning unit and telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.letters.evidence import evidence_of
from pipeline.letters.rows import Passage, Row
from pipeline.letters.signer import SIGNER_REACH, names_position, read_signer, signer_row, signs
from pipeline.model import Evidence, Rule, Step
from pipeline.thai import to_arabic

CLOSING = "ขอแสดงความนับถือ"
"""The closing words of an external letter (to some offices with อย่างยิ่ง)."""

PHONE = re.compile(
    r"โทร(?!สาร)(?:[ก-๎]{4,8}|\.)?(?:\s*/\s*โทรสาร)?\s*(?:\(.{1,12}\))?[\s.:]*"
    r"(?P<phone>[0-9][0-9 \-–/,()]{5,}[0-9](?:\s*ต่อ\s*[0-9](?:[0-9 ,\-–]*[0-9])?)?|\d{4,6})"
)
"""A telephone number: ``โทร. 0-2241-9000 ต่อ 3242``, ``โทรศัพท์/โทรสาร 0 7570 2782``, ``โทรศั่พท์ 0 5579``."""

POSITION_STOP = re.compile(r"^(?:โทร|สำเนา|เรียน\s|ไปรษณีย์|E-?mail|www|http|ผู้ประสาน|[(（]|\d|-)", re.IGNORECASE)
"""What never is a line of a signer's position: a telephone line, a second name, a note."""

STROKE = re.compile(r"^(?:\S\s+|[^ก-๎])+")
"""What a stroke before a position was read as: ``ร `` of ``ร รองปลัดกระทรวง``, ``_ –`` of ``_ –รองอธิบดี``."""

SPECK = 1
"""A row of no more signs than this is what dirt or a stroke of the signature was read as."""

POSITION_REACH = 4
"""A position has at most this many lines."""

WHOLE_POSITION, TORN_POSITION = 0.93, 0.6
"""How sure a position is whose first word names one, and one of which the signature may cover a part."""


def is_closed(rows: Sequence[Row]) -> bool:
    """Whether a document has ended: its closing words or its signer were seen.

    In the last page the closing words come before the signer; a name in brackets in running text
    does not count, so the name must stand alone on its row.
    """
    return any(closes(row) for row in rows) or any(signs(row) for row in rows)


def closes(row: Row) -> bool:
    """Whether a row is the closing words, a few misread characters forgiven."""
    text = row.text.replace(" ", "")
    return len(text) < 40 and fuzz.partial_ratio(CLOSING, text) > 80 and len(text) > 10


def read_closing(rows: Sequence[Row], closing: int | None = None) -> dict[str, Evidence]:
    """``signer``, ``signer_position`` and ``contact_phone`` of a letter, as far as they are there.

    ``closing`` is the row that ends its text where that is not by the closing words of a letter.
    """
    found: dict[str, Evidence] = {}
    start = closing if closing is not None else next((i for i, row in enumerate(rows) if closes(row)), None)
    index = signer_row(rows, start)
    if index is not None:
        found["signer"] = read_signer(rows, index, closing is None and start is not None)
    position = _position(rows, index + 1, rows[index]) if index is not None else _position_alone(rows, start)
    if position:
        found["signer_position"] = position
    phone = _phone(rows[index or start or 0 :])
    if phone:
        found["contact_phone"] = phone
    return found


def _position_alone(rows: Sequence[Row], closing: int | None) -> Evidence | None:
    """The position below the closing words where the signature covers the name above it."""
    if closing is None:
        return None
    below = range(closing + 1, min(closing + 1 + SIGNER_REACH, len(rows)))
    named = (i for i in below if names_position(_without_stroke(rows[i])))
    first = next((i for i in named if not _beside(rows[closing], rows[i])), None)
    found = _position(rows, first, rows[closing]) if first is not None else None
    if found is None:
        return None
    steps = Step(Rule.POSITION_BELOW_CLOSING), Step(Rule.NAME_UNREAD)
    return replace(found, steps=steps, confidence=min(found.confidence, TORN_POSITION))


def _position(rows: Sequence[Row], first: int, above: Row) -> Evidence | None:
    """The lines from row ``first`` on, in the middle of the name or the closing words ``above`` them.

    They are a position, ปฏิบัติราชการแทน / รักษาราชการแทน and for whom.
    """
    held: list[Row] = []
    printed = [row for row in rows[first:] if len(row.text) > SPECK]
    for row in printed[:POSITION_REACH]:
        if row.page != above.page or POSITION_STOP.match(to_arabic(row.text)) or len(row.text) > 90:
            break
        if held and _ends_position(held, row):
            break
        if not _beside(above, row):
            held.append(row if held else _without_stroke(row))
    if not held:
        return None
    passage = Passage(tuple(held), " ".join(row.text for row in held), _offsets(held))
    certainty = WHOLE_POSITION if names_position(held[0]) else TORN_POSITION
    return evidence_of("signer_position", passage.text, passage.extent(), Rule.LINES_BELOW_NAME, certainty)


def _without_stroke(row: Row) -> Row:
    """A row that names a position, without what a stroke of the signature before it was read as."""
    rest = replace(row, text=STROKE.sub("", row.text))
    return rest if names_position(rest) else row


def _offsets(rows: Sequence[Row]) -> tuple[int, ...]:
    offsets, at = [], 0
    for row in rows:
        offsets.append(at)
        at += len(row.text) + 1
    return tuple(offsets)


def _ends_position(held: Sequence[Row], row: Row) -> bool:
    """Whether the owning unit begins here: after a gap, unless the line above ends with for whom one acts."""
    if held[-1].text.rstrip().endswith("แทน"):
        return False
    return row.gap >= (0.5 if row.line.engine == "transcript" else 1.2)


def _beside(signer: Row, row: Row) -> bool:
    """Whether a row stands left or right of the signer's name: a note, the owning unit."""
    if row.line.engine == "transcript":
        return False
    middle = signer.box.centre[0]
    return not row.box.x0 - 2 * row.height < middle < row.box.x1 + 2 * row.height


def _phone(rows: Sequence[Row]) -> Evidence | None:
    for row in rows:
        match = PHONE.search(to_arabic(row.text))
        if match:
            extent = Passage.of([row]).extent(match.start("phone"), match.end("phone"))
            return evidence_of("contact_phone", match["phone"].strip(), extent, Rule.AFTER_PHONE_LABEL, 0.95)
    return None
