"""Values settled by what the bundle says elsewhere: a letter's head and the letter that cites it are two
readings of one number and one date, and one may be clear where the other is not.

Adopted is only what the page itself allows: a value among the head's own alternatives, or one where the
head could not be read at all. The page's text stays the raw text, the rule says whence the value is, and
an adopted value is always for review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from pipeline.model import Evidence, Reference, Rule
from pipeline.thai import LetterNumber, agency_of, parse_number

PRINTED_DAY = re.compile(r"(?:ลง\S{0,2}วันที่?|ลว\.?)\s*[๐-๙0-9]")
"""A date that begins with a digit has a day, whether it could be read or not: ``ลงวันที่ ๑๖๑เมษายน``."""

ALLOWED = 0.1
"""An alternative at least so likely is what the page may say."""

ADOPTED = 0.85
"""The most that an adopted value is believed."""


def adopt_number(
    number: Evidence, parts: LetterNumber | None, date: str, references: Sequence[Reference]
) -> Evidence | None:
    """The number under which the bundle cites the letter of this date, where the head allows it."""
    dated = {r.number: r for r in references if r.number and r.date == date}
    if number.value is None:
        fitting = [r for r in dated.values() if parts is not None and r.agency_code == parts.agency_code]
        rule = Rule.NUMBER_OF_CITATION
    else:
        fitting = [r for r in dated.values() if cited_is_likelier(number, r)]
        rule = Rule.NUMBER_READING_CITED
    return _adopted(number, fitting[0].number, rule, fitting[0].confidence) if len(fitting) == 1 else None


def cited_is_likelier(number: Evidence, reference: Reference) -> bool:
    """Whether the page of a head allows the number that is cited, and both readings say rather that one.

    They are two readings of one number: each is right with the probability of both together.
    """
    allowed = dict(number.alternatives).get(reference.number or "", 0.0)
    headed = number.confidence * dict(reference.number_alternatives).get(number.value or "", 0.0)
    return allowed >= ALLOWED and allowed * reference.confidence > headed


def adopt_own_agency(number: Evidence, references: Sequence[Reference]) -> Evidence | None:
    """A number read with doubt as the alternative that has the agency code of the letter's own references.

    Offices cite their own register: of ``สก 0618.1/ว 135``, which may be ``สฎ 0618.1/ว 135``, and cites
    ``สฎ 0618.1/ว 65``. It is as sure as both readings together.
    """
    read = parse_number(number.value or "")
    if read is None or number.confidence >= ADOPTED:
        return None
    cited = {r.agency_code for r in references if r.confidence >= ADOPTED - ALLOWED}
    fitting = [
        (value, allowed)
        for value, allowed in number.alternatives
        if allowed >= ALLOWED
        and (other := parse_number(value))
        and other.agency_code in cited
        and replace(other, agency_letters=read.agency_letters) == read
    ]
    if read.agency_code in cited or len(fitting) != 1:
        return None
    value, allowed = fitting[0]
    return _adopted(number, value, Rule.AGENCY_OF_REFERENCES, number.confidence + allowed)


def adopt_date(date: Evidence, cited: str, confidence: float) -> Evidence | None:
    """The date of which the bundle cites the letter with this number, where the head allows it."""
    unread = date.by(Rule.DAY_UNREAD) and cited.startswith(date.value or "-")
    if unread or dict(date.alternatives).get(cited, 0.0) >= ALLOWED:
        return _adopted(date, cited, Rule.DATE_OF_CITATION, confidence)
    return None


def adopt_cited_number(reference: Reference, head: Evidence) -> Reference | None:
    """A reference whose letter is in the bundle, under a number that its own reading allows."""
    headed = head.value or ""
    number = parse_number(headed)
    if number is None or dict(reference.number_alternatives).get(headed, 0.0) < ALLOWED:
        return None
    if cited_is_likelier(head, reference):
        return None
    others = ((reference.number or "", round(reference.confidence, 4)), *reference.number_alternatives)
    return replace(
        reference,
        number=headed,
        agency_code=number.agency_code or None,
        is_circular=number.is_circular,
        running_number=number.running_number,
        confidence=ADOPTED,
        number_alternatives=tuple(other for other in others if other[0] != headed),
    )


def adopt_headed_date(reference: Reference, dates: Sequence[str]) -> Reference:
    """A reference whose date or day can't be read, given that of the bundle's one letter with its number.

    ``dates`` are those of the bundle's letters that are headed by the reference's number. A date without a
    day stays as it is where no more is printed.
    """
    unread = reference.date is None or PRINTED_DAY.search(reference.raw_text)
    if not unread or len(set(dates)) != 1:
        return reference
    if reference.date == dates[0] or not dates[0].startswith(reference.date or ""):
        return reference
    return replace(reference, date=dates[0], confidence=min(reference.confidence, ADOPTED))


def adopt_agency(reference: Reference, codes: Sequence[str]) -> Reference:
    """A reference with agency letters that nobody has, given those of the same digits in the same letter.

    ``codes`` are the agency codes of the letter's other numbers: of ``มพ 0809.4`` beside ``มท 0809.4`` one
    letter was misread.
    """
    letters, _, digits = (reference.agency_code or "").partition(" ")
    if not reference.number or not digits or agency_of(letters):
        return reference
    fitting = {code for code in codes if code.endswith(f" {digits}") and agency_of(code.partition(" ")[0])}
    near = [code for code in fitting if Levenshtein.distance(code.partition(" ")[0], letters) == 1]
    if len(near) != 1:
        return reference
    number = reference.number.replace(reference.agency_code or "", near[0], 1)
    others = ((reference.number, round(1 - ADOPTED, 4)), *reference.number_alternatives)
    kept = tuple(other for other in others if other[0] != number)
    return replace(
        reference, number=number, agency_code=near[0], confidence=ADOPTED, number_alternatives=kept
    )


def _adopted(evidence: Evidence, value: str | None, rule: Rule, confidence: float) -> Evidence:
    others = tuple(other for other in evidence.alternatives if other[0] != value)
    if evidence.value:
        others = ((evidence.value, evidence.confidence), *others)
    sure = round(min(ADOPTED, confidence), 4)
    return replace(evidence, value=value, confidence=sure, alternatives=others).because(rule)
