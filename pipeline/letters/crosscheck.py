"""Checks across a bundle: the letter that is enclosed usually comes next, so two readings of its number
and date can be compared.

Agreement of the two raises confidence. Where they differ, the one may be adopted for the other if the page
allows it (:mod:`pipeline.letters.adopt`); else both stay as they are printed, doubted, each with the other
as an alternative: which of them is misread, nobody can tell from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import prod

from rapidfuzz.distance import Levenshtein

from pipeline.letters.adopt import (
    ADOPTED,
    ALLOWED,
    adopt_agency,
    adopt_cited_number,
    adopt_date,
    adopt_headed_date,
    adopt_number,
    adopt_own_agency,
)
from pipeline.letters.evidence import CONTRADICTED, agreed, contradicted, doubted
from pipeline.letters.letter import Reading
from pipeline.letters.own_number import SCRAWL
from pipeline.letters.review import running_number_is_year
from pipeline.letters.timeline import Conflict, time_conflicts
from pipeline.model import Evidence, Issue, Reference, Rule, Step
from pipeline.thai import parse_number

NEAR_NUMBER = 0.6
"""Two numbers at least so alike, with one date, are readings of one number."""


def crosscheck(readings: Sequence[Reading | None]) -> list[Reading | None]:
    """Compare each letter with the references of the other letters in the bundle."""
    checked = [_own_checks(reading) if reading else None for reading in readings]
    compared = [
        _compare(reading, _elsewhere(checked, index)) if reading else None
        for index, reading in enumerate(checked)
    ]
    cited = {(r.number, (r.date or "")[:4]) for reading in checked if reading for r in reading.references}
    heads = [reading.fields for reading in checked if reading]
    # A letter that is cited as it is headed is not meant by a number that only resembles its own.
    uncited = [head for head in heads if _identity(head) not in cited]
    return [_doubt_references(reading, heads, uncited) if reading else None for reading in compared]


def _elsewhere(checked: Sequence[Reading | None], index: int) -> list[Reference]:
    """The references of the other letters, but for those that cite another letter as it is headed."""
    others = [reading for at, reading in enumerate(checked) if reading and at != index]
    headed = {_identity(reading.fields) for reading in others}
    references = [reference for reading in others for reference in reading.references]
    return [r for r in references if (r.number, (r.date or "")[:4]) not in headed]


def _identity(head: dict[str, Evidence]) -> tuple[str | None, str]:
    """Number and year: registers restart each calendar year."""
    number, date = head.get("number"), head.get("date")
    return number.value if number else None, (date.value or "")[:4] if date else ""


def _doubt_references(
    reading: Reading, heads: Sequence[dict[str, Evidence]], uncited: Sequence[dict[str, Evidence]]
) -> Reading:
    """References whose letter is in the bundle under another number carry that number as an alternative."""
    dated = (_with_headed_date(reference, heads) for reference in reading.references)
    return replace(reading, references=tuple(_doubted(reference, uncited) for reference in dated))


def _with_headed_date(reference: Reference, heads: Sequence[dict[str, Evidence]]) -> Reference:
    """A reference whose date or day can't be read, given the one of the letter that its number heads."""
    if reference.number is None:
        return reference
    meant = [
        head["date"].value for head in heads if _identity(head)[0] == reference.number and "date" in head
    ]
    return adopt_headed_date(reference, [date for date in meant if date])


def _doubted(reference: Reference, heads: Sequence[dict[str, Evidence]]) -> Reference:
    for head in heads:
        number = head.get("number")
        if number and number.value and _means(reference, number, head.get("date")):
            adopted = adopt_cited_number(reference, number)
            if adopted:
                return adopted
            confidence = min(reference.confidence, CONTRADICTED)
            others = (*reference.number_alternatives, (number.value, round(1 - confidence, 4)))
            return replace(reference, confidence=confidence, number_alternatives=others)
    return reference


def _own_checks(reading: Reading) -> Reading:
    """Checks of a letter by itself: its date against all other times, its number against its year."""
    reading = _with_own_agency(_as_circular(replace(reading, references=_same_agencies(reading))))
    fields = dict(reading.fields)
    number, date, subject = (fields.get(name) for name in ("number", "date", "subject"))
    if date is None or date.value is None:
        return reading
    said = subject.value if subject else None
    conflicts = time_conflicts(date.value, reading.stamps, reading.references, said)
    if conflicts:
        fields["date"] = _fitting(reading, date, conflicts)
    if number and running_number_is_year(reading.number, date.value):
        fields["number"] = doubted(number).because(Rule.RUNNING_NUMBER_IS_YEAR)
    return replace(reading, fields=fields)


def _as_circular(reading: Reading) -> Reading:
    """A letter to all offices is a circular: a 0 or a scrawl before its number written in is the ว."""
    number, parts, recipient = reading.fields.get("number"), reading.number, reading.fields.get("recipient")
    if number is None or parts is None or recipient is None or "ทุก" not in (recipient.value or ""):
        return reading
    zero = re.fullmatch(r"0[1-9]\d?", parts.running_raw)
    if parts.is_circular or not (zero or SCRAWL.match(number.raw)) or number.confidence > ADOPTED:
        return reading
    running = parts.running_raw[1:] if zero else parts.running_raw
    circular = replace(parts, is_circular=True, running_raw=running, running_number=int(running))
    settled = replace(
        number,
        value=circular.normalised,
        confidence=min(number.confidence, CONTRADICTED),
        alternatives=((number.value or "", number.confidence), *number.alternatives),
    )
    fields = {**reading.fields, "number": settled.because(Rule.CIRCULAR_TO_ALL)}
    return replace(reading, fields=fields, number=circular)


def _with_own_agency(reading: Reading) -> Reading:
    number = reading.fields.get("number")
    settled = adopt_own_agency(number, reading.references) if number else None
    if settled is None or settled.value is None:
        return reading
    return replace(reading, fields={**reading.fields, "number": settled}, number=parse_number(settled.value))


def _same_agencies(reading: Reading) -> tuple[Reference, ...]:
    """The references, agency letters that nobody has settled by the letter's other numbers."""
    codes = [reference.agency_code for reference in reading.references if reference.agency_code]
    codes += [reading.number.agency_code] if reading.number else []
    return tuple(adopt_agency(reference, codes) for reference in reading.references)


def _fitting(reading: Reading, date: Evidence, conflicts: Sequence[Conflict]) -> Evidence:
    """The likeliest alternative of a date that fits all other times, if the page allows one; else doubt."""
    subject = reading.fields.get("subject")
    said = subject.value if subject else None
    steps = (*date.steps, *(conflict.step for conflict in conflicts))
    for value, probability in date.alternatives:
        if probability >= ALLOWED and not time_conflicts(value, reading.stamps, reading.references, said):
            others = ((date.value or "", date.confidence),)
            fitting = replace(date, value=value, confidence=CONTRADICTED, steps=steps, alternatives=others)
            return fitting.because(Rule.DATE_READING_FITS, date.value or "")
    less_sure = doubted(date, 1 - prod(1 - conflict.confidence for conflict in conflicts))
    return replace(less_sure, steps=steps)


def _compare(reading: Reading, references: Sequence[Reference]) -> Reading:
    """One letter against all references to what may be it."""
    number, date = reading.fields.get("number"), reading.fields.get("date")
    if number is None:
        return reading
    adopted = adopt_number(number, reading.number, date.value, references) if date and date.value else None
    if adopted and adopted.value:
        fields = {**reading.fields, "number": adopted}
        return replace(reading, fields=fields, number=parse_number(adopted.value))
    if number.value is None:
        return reading
    same = [r for r in references if r.number == number.value]
    if same:
        return _agree(reading, number, date, same)
    for reference in references:
        if reference.number and _means(reference, number, date):
            return _disagree(reading, number, reference.number)
    return reading


def _agree(reading: Reading, number: Evidence, date: Evidence | None, same: Sequence[Reference]) -> Reading:
    """The number is cited as it stands; the date may be confirmed with it, or contradicted."""
    fields = dict(reading.fields)
    dates = {reference.date for reference in same if reference.date}
    if not dates:
        return reading
    if date is None or date.value is None:
        return _with_cited_date(reading, number, sorted(dates)[0]) if len(dates) == 1 else reading
    if date.value in dates:
        fields["number"] = agreed(number, Rule.NUMBER_CITED)
        fields["date"] = agreed(date, Rule.DATE_CITED)
        return replace(reading, fields=fields)
    other = sorted(dates)[0]
    if other[:4] != date.value[:4] and other not in dict(date.alternatives):
        return reading  # a letter of another year with the same number: registers restart each year
    settled = adopt_date(date, other, min(reference.confidence for reference in same))
    if settled:
        return replace(reading, fields={**fields, "date": settled})
    if other.startswith(date.value) or date.value.startswith(other):
        # One of the two prints no day, which is no contradiction.
        fields["number"] = agreed(number, Rule.NUMBER_CITED)
        others = tuple({**dict(date.alternatives), other: round(1 - date.confidence, 4)}.items())
        fields["date"] = replace(date, alternatives=others)
        return replace(reading, fields=fields)
    fields["date"] = contradicted(date, Rule.DATE_CITED_OTHERWISE, other)
    issue = Issue("date_disagrees", f"headed {date.value}, cited as of {other}", page=date.page)
    return replace(reading, fields=fields, issues=(*reading.issues, issue))


def _with_cited_date(reading: Reading, number: Evidence, cited: str) -> Reading:
    """A letter whose date could not be read at all has the date of which its number is cited."""
    steps = Step(Rule.NOT_READ), Step(Rule.DATE_OF_CITATION)
    confidence = round(min(ADOPTED, number.confidence), 4)
    date = Evidence("date", cited, "", number.page, None, confidence, steps)
    return replace(reading, fields={**reading.fields, "date": date})


def _means(reference: Reference, number: Evidence, date: Evidence | None) -> bool:
    """Whether a reference with another number means this letter: same date, and a number nearly alike."""
    if date is None or date.value is None or not reference.date or not reference.number:
        return False
    month_only = len(date.value) == 7 and reference.date.startswith(date.value)
    if date.value != reference.date and not month_only:
        return False
    alike = Levenshtein.normalized_similarity(reference.number, number.value or "")
    return alike >= NEAR_NUMBER


def _disagree(reading: Reading, number: Evidence, other: str) -> Reading:
    doubted = contradicted(number, Rule.NUMBER_CITED_OTHERWISE, other)
    issue = Issue("number_disagrees", f"headed {number.value}, cited as {other}", page=number.page)
    return replace(reading, fields={**reading.fields, "number": doubted}, issues=(*reading.issues, issue))
