"""An office that was misread in the letterhead, known from the agency code of the letter's number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.letters.names import DOUBTFUL, known_names
from pipeline.letters.own_number import NumberFound
from pipeline.model import Evidence, Rule, Step
from pipeline.thai import LetterNumber, agency_of, department_of, squeeze

CONCLUDED = 0.55
"""How sure an office is that was partly read and partly concluded; more would pass without review."""

AGREED = 0.8
"""How sure an office is at least that letterhead and agency code name alike, however badly it was read."""

SEATS = {"ผู้ว่าราชการจังหวัด": "ศาลากลางจังหวัด", "นายอำเภอ": "ที่ว่าการอำเภอ"}
"""Heads of offices, and how the letterheads of their offices begin."""

SEAT = re.compile(rf"(?<!รอง)(?P<head>{'|'.join(SEATS)})(?P<place>[ก-๎]+)$")
"""The head of an office at the end of a position: ``ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดกระบี่``."""

UNREAD = 0.4
"""How sure the department of the agency code is the sender where the letterhead could not be read."""

MISREAD = 0.6
"""An office read with less confidence than this may be another that looks like it."""

SLIP_AWAY = 90.0
"""Percentage of likeness from which an office that nobody knows is a slip away from a known one."""

LIKENESS = 75.0
"""Percentage of likeness from which a doubtful office is the one that the agency code stands for.

``สำนักงานจังหวัด…`` and ``ที่ทำการปกครองจังหวัด…``, which share a code with ``ศาลากลางจังหวัด…``, stay below it.
"""


def offices_of(number: LetterNumber) -> list[str]:
    """The names by which the office of a number's agency code may head a letter."""
    department = department_of(number.agency_letters, number.agency_digits)
    agency = agency_of(number.agency_letters)
    names = [department.name] if department else []
    if agency and agency.kind == "province":
        return [*names, f"ศาลากลาง{agency.name}"]
    return [*names, agency.name] if agency else names


def _full_names(number: LetterNumber) -> list[str]:
    """The names of :func:`offices_of`, and that of the agency itself: จังหวัดกระบี่ beside its ศาลากลาง."""
    agency = agency_of(number.agency_letters)
    return [*offices_of(number), *([agency.name] if agency else [])]


def _all_names(number: LetterNumber) -> list[str]:
    """The names of :func:`offices_of`, and those by which its agency and department go besides."""
    agency = agency_of(number.agency_letters)
    department = department_of(number.agency_letters, number.agency_digits)
    short = [*(agency.aliases if agency else ()), *(department.aliases if department else ())]
    return [*offices_of(number), *short]


def unread_office(number: NumberFound | None, position: Evidence | None) -> Evidence | None:
    """The sender of a letter whose office could not be read: the office of its signer, else of its number.

    The signer, or for whom he acts, tells a province or a district, the number's agency code a department.
    """
    seat = SEAT.search(position.value) if position and position.value else None
    if position and seat:
        office = f"{SEATS[seat['head']]}{seat['place']}"
        return _unread(office, position.page, Rule.OFFICE_OF_SIGNER)
    parts = number.number if number else None
    department = department_of(parts.agency_letters, parts.agency_digits) if parts else None
    if number is None or department is None:
        return None
    return _unread(department.name, number.evidence.page, Rule.DEPARTMENT_OF_CODE)


def _unread(office: str, page: int, rule: Rule) -> Evidence:
    return Evidence("sender", office, "", page, None, UNREAD, (Step(Rule.NOT_READ), Step(rule)))


def mend_office(fields: Mapping[str, Evidence], number: LetterNumber | None) -> dict[str, Evidence]:
    """``fields`` with a misread sender as the agency code's office, if just one of its names is like it.

    A sender that was hardly read may be less like it than one that is no known office but a slip away. Where
    the page says just such a name, the two agree.
    """
    sender = fields.get("sender")
    if sender is None or sender.value is None or number is None or sender.confidence >= DOUBTFUL:
        return dict(fields)
    read = squeeze(sender.value)
    if read == squeeze(sender.raw) and read in map(squeeze, _full_names(number)):
        surer = replace(sender, confidence=max(sender.confidence, AGREED))
        return {**fields, "sender": surer.because(Rule.OFFICE_OF_CODE)}
    doubtful = sender.confidence < MISREAD
    if not doubtful and read in known_names():
        return dict(fields)
    likeness = LIKENESS if doubtful else SLIP_AWAY
    alike = {name for name in _all_names(number) if fuzz.ratio(squeeze(name), read) >= likeness}
    if len(alike) != 1 or squeeze(*alike) == read:
        return dict(fields)
    mended = replace(sender, value=alike.pop(), confidence=CONCLUDED)
    return {**fields, "sender": mended.because(Rule.OFFICE_OF_CODE_ALIKE)}
