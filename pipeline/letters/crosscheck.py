"""Checks across a bundle: the letter that is enclosed usually comes next, so two readings of its number
and date can be compared.

Agreement of the two raises confidence. Where they differ, both stay as they are printed, doubted, each
with the other as an alternative: which of them is misread, nobody can tell from the text alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from pipeline.letters.evidence import CONTRADICTED, agreed, contradicted, doubted
from pipeline.letters.letter import Reading
from pipeline.letters.review import running_number_is_year
from pipeline.letters.timeline import time_conflicts
from pipeline.model import Evidence, Issue, Reference

NEAR_NUMBER = 0.6
"""Two numbers at least so alike, with one date, are readings of one number."""


def crosscheck(readings: Sequence[Reading | None]) -> list[Reading | None]:
    """Compare each letter with the references of the other letters in the bundle."""
    checked = [_own_checks(reading) if reading else None for reading in readings]
    compared = [
        _compare(
            reading,
            [r for at, other in enumerate(checked) if other and at != index for r in other.references],
        )
        if reading
        else None
        for index, reading in enumerate(checked)
    ]
    heads = [reading.fields for reading in checked if reading]
    return [_doubt_references(reading, heads) if reading else None for reading in compared]


def _doubt_references(reading: Reading, heads: Sequence[dict[str, Evidence]]) -> Reading:
    """References whose letter is in the bundle under another number carry that number as an alternative."""
    references = tuple(
        reference if _heads_one(reference, heads) else _doubted(reference, heads)
        for reference in reading.references
    )
    return replace(reading, references=references)


def _heads_one(reference: Reference, heads: Sequence[dict[str, Evidence]]) -> bool:
    """Whether a letter of the bundle is headed with the number, and the year, that the reference gives."""
    for head in heads:
        number, date = head.get("number"), head.get("date")
        if number and number.value == reference.number:
            year = (date.value or "")[:4] if date else ""
            return not year or not reference.date or reference.date.startswith(year)
    return False


def _doubted(reference: Reference, heads: Sequence[dict[str, Evidence]]) -> Reference:
    for head in heads:
        number = head.get("number")
        if number and number.value and _means(reference, number, head.get("date")):
            confidence = min(reference.confidence, CONTRADICTED)
            others = (*reference.number_alternatives, (number.value, round(1 - confidence, 4)))
            return replace(reference, confidence=confidence, number_alternatives=others)
    return reference


def _own_checks(reading: Reading) -> Reading:
    """Checks of a letter by itself: its date against all other times, its number against its year."""
    fields = dict(reading.fields)
    number, date, subject = (fields.get(name) for name in ("number", "date", "subject"))
    if date is None or date.value is None:
        return reading
    conflicts = time_conflicts(
        date.value, reading.stamps, reading.references, subject.value if subject else None
    )
    if conflicts:
        fields["date"] = doubted(date, "; ".join(conflicts))
    if number and running_number_is_year(reading.number, date.value):
        fields["number"] = doubted(number, "the running number equals the year")
    return replace(reading, fields=fields)


def _compare(reading: Reading, references: Sequence[Reference]) -> Reading:
    """One letter against all references to what may be it."""
    number, date = reading.fields.get("number"), reading.fields.get("date")
    if number is None or number.value is None:
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
    if date is None or date.value is None or not dates:
        return reading
    if date.value in dates:
        fields["number"] = agreed(number, "cited with this number in the bundle")
        fields["date"] = agreed(date, "cited with this date in the bundle")
        return replace(reading, fields=fields)
    other = sorted(dates)[0]
    if other[:4] != date.value[:4]:
        return reading  # a letter of another year with the same number: registers restart each year
    fields["date"] = contradicted(date, "cited with another date in the bundle", other)
    issue = Issue("date_disagrees", f"headed {date.value}, cited as of {other}", page=date.page)
    return replace(reading, fields=fields, issues=(*reading.issues, issue))


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
    doubted = contradicted(number, "cited with another number in the bundle", other)
    issue = Issue("number_disagrees", f"headed {number.value}, cited as {other}", page=number.page)
    return replace(reading, fields={**reading.fields, "number": doubted}, issues=(*reading.issues, issue))
