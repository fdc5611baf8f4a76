"""A letter's own number: the ที่ line at the upper left of a letter, below ส่วนราชการ of a memo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.letters.beside import JOINED, right_of
from pipeline.letters.conclude import conclude
from pipeline.letters.decoding import decode_number
from pipeline.letters.evidence import digits_limit, evidence_of
from pipeline.letters.marks import NUMBER_ROW
from pipeline.letters.numbers import SPECKED, UNKNOWN_AGENCY, certainty_of, specked, without_specks
from pipeline.letters.rows import Passage, Row, span_confidence
from pipeline.letters.sheets import Sheet
from pipeline.model import Box, Evidence, Ink, Rule, Step
from pipeline.thai import LetterNumber, find_numbers, parse_number

SCRAWLED = 0.5
"""How sure a number is whose running number stands behind a scrawl, or before digits that stand apart."""

UNDER_WORD = 0.8
"""How sure a number is at most over which a word was stamped: digits of what is left of it look whole."""

LARGE = 1.3
"""A stamped word is so many times as large as the print."""

APART = re.compile(r"\s+[๐-๙0-9]")
"""Digits behind a number: more of it, written in by hand, or a speck: `` ๒๓๔`` of ``มท ๐๘๑๖.๒/ว ๑ ๒๓๔``."""

SCRAWL = re.compile(r"^(?P<stem>[^/]*\d)\s?/\s*(?P<mark>[^\s\dว/]{1,3})\s*(?P<running>\d{1,5})\W*$")
"""A running number behind a scrawl that is no digit, as a ว by hand is often read: ``มท 0809.4 / ( 36``."""


FOOT = re.compile(r"(?<=[ก-ฮ])[ุ-ฺ]")
"""A vowel below a letter, which no number has: perhaps the foot of ฎ, ฏ or ฐ, of which ก was read."""


@dataclass(frozen=True, slots=True)
class NumberFound:
    """The letter's own number with its parts; ``number`` is None where nothing of it could be parsed."""

    evidence: Evidence
    number: LetterNumber | None


def read_number(rows: Sequence[Row], sheet: Sheet) -> NumberFound | None:
    """The number on the ที่ row at the upper left; never one of a receive stamp."""
    for row in rows:
        match = NUMBER_ROW.match(row.text)
        if match and (not sheet.placed or row.box.x0 < 0.45 * sheet.width):
            found = number_at(row, match.start("number"), match.end("number"))
            return _doubted_under_word(_with_running_beside(found, row, rows), row, rows)
    return None


def _doubted_under_word(found: NumberFound, row: Row, rows: Sequence[Row]) -> NumberFound:
    """A number over which a large coloured word was stamped, as ด่วนที่สุด is: it took some of the print."""
    words = (other for other in rows if other.line.ink is Ink.PEN and other.height > LARGE * row.height)
    if not any(_covers(word.box, row.box, row.height) for word in words):
        return found
    sure = min(found.evidence.confidence, UNDER_WORD)
    return replace(found, evidence=replace(found.evidence, confidence=sure))


def _covers(word: Box, number: Box, height: float) -> bool:
    level = min(word.y1, number.y1) - max(word.y0, number.y0) > height
    return level and word.x0 < number.x1 and number.x0 < word.x1


def _with_running_beside(found: NumberFound, row: Row, rows: Sequence[Row]) -> NumberFound:
    """A number whose running part was written in and taken for a line of its own, if it can be read."""
    beside = right_of(row, rows) if found.evidence.value is None else None
    if beside is None:
        return found
    raw = f"{found.evidence.raw}{beside.text}"
    number = parse_number(re.sub(r"\s+", " ", raw).strip(" .,-"))
    evidence = replace(found.evidence, raw=raw, box=Box.around((row.box, beside.box)))
    if number is None or number.running_number is None:
        return NumberFound(evidence, found.number)
    sure = certainty_of(number) * span_confidence(beside, 0, len(beside.text))
    steps = Step(Rule.NUMBER_AT_LABEL), Step(Rule.RUNNING_NUMBER_WRITTEN_IN)
    confidence = round(min(sure, JOINED), 4)
    return NumberFound(replace(evidence, value=number.normalised, steps=steps, confidence=confidence), number)


def number_at(row: Row, start: int, end: int) -> NumberFound:
    """The number in ``row.text[start:end]``: as printed, weighed against what the lattice allows.

    What can't be read is None; the agency code may still be known then.
    """
    printed, length = _printed(row.text[start:end])
    extent = Passage.of([row]).extent(start, start + length)
    value = printed.normalised if printed and printed.running_number is not None else None
    certainty = certainty_of(printed) if printed else 0.0
    if SCRAWL.match(row.text[start:end]) or APART.match(row.text[start + length : end]):
        certainty = min(certainty, SCRAWLED)
    if specked(row.text[start:end]):
        certainty = min(certainty, SPECKED)
    if FOOT.search(row.text[start:end]):
        certainty = min(certainty, UNKNOWN_AGENCY)
    concluded = conclude(value, extent.confidence * certainty, decode_number(row, start, end))
    if concluded.value is None:
        rule = Rule.RUNNING_NUMBER_UNREAD if printed else Rule.NUMBER_UNREAD
        return NumberFound(evidence_of("number", None, extent, rule, 0.0, concluded.alternatives), printed)
    confidence = min(concluded.confidence, digits_limit(extent))
    rule, detail = Rule.NUMBER_AT_LABEL, ""
    if concluded.decoded:
        rule, detail = Rule.NUMBER_DECODED, value or extent.raw
    evidence = evidence_of("number", concluded.value, extent, rule, 1.0, concluded.alternatives, detail)
    evidence = replace(evidence, confidence=round(confidence, 4))
    return NumberFound(evidence, parse_number(concluded.value) if concluded.decoded else printed)


def _printed(text: str) -> tuple[LetterNumber | None, int]:
    """The number as the best reading has it, and how many characters it takes.

    A running number that runs on into something else (``ว ๑ง๒๑``) was not read, only its agency; a remark
    in brackets may follow at once (``ว ๓๑(ป)``).
    """
    number = parse_number(text) or parse_number(without_specks(text))
    if number is not None:
        return number, len(text)
    found = find_numbers("ที่ " + text)
    if not found:
        scrawl = SCRAWL.match(text)
        return parse_number(f"{scrawl['stem']}/{scrawl['running']}") if scrawl else None, len(text)
    number, end = found[0].number, found[0].end - len("ที่ ")
    if end < len(text) and not (text[end].isspace() or text[end] == "("):
        return replace(number, running_number=None, running_raw=""), len(text)
    return number, end
