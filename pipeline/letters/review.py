"""Checks on a letter, and what they leave for a person to look at.

``needs_review`` is set where the number or the date is less sure than :data:`SURE`, where a name or a
subject is hardly read, where a field that every letter has is missing, or where a check fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import SURE_ROW, Evidence, Issue, LetterForm, Reference, Severity, Stamp
from pipeline.thai import BUDDHIST_ERA_OFFSET, LetterNumber

SURE = 0.86
"""Numbers and dates below this are for review: all that were not read but concluded (at most 0.85).

Of 29 read with 0.8 to 0.9, by hand or on damaged pages, all were right; below 0.8, one in three was wrong.
"""

READABLE = 0.6
"""Names and subjects below this confidence are for review: a wrong letter in them does less harm."""

REQUIRED = {
    LetterForm.EXTERNAL: ("number", "date", "sender", "recipient", "subject"),
    LetterForm.STAMPED: ("number", "date", "sender", "recipient"),
    LetterForm.MEMO: ("number", "date", "sender", "recipient", "subject"),
    LetterForm.ANNOUNCEMENT: ("date", "sender", "subject"),
    LetterForm.RADIO: ("number", "date", "sender", "recipient"),
}
"""The fields that a letter of each form has."""


def review(
    form: LetterForm, fields: Mapping[str, Evidence], number: LetterNumber | None
) -> tuple[Issue, ...]:
    """What a person should look at in this letter; none when nothing is doubtful."""
    issues: list[Issue] = []
    for name in REQUIRED[form]:
        evidence = fields.get(name)
        if evidence is None or evidence.value is None:
            issues.append(_issue(f"{name}_missing", f"no {name} could be read", evidence))
        elif evidence.confidence < (SURE if name in ("number", "date") else READABLE):
            issues.append(_doubtful(name, evidence))
    signer = fields.get("signer")
    if signer is not None and signer.confidence < READABLE:
        issues.append(_doubtful("signer", signer))
    return tuple(issues)


def review_references(references: Sequence[Reference]) -> tuple[Issue, ...]:
    """The references of which number or date, where they have any, were read with doubt."""
    return tuple(
        Issue(
            "reference_doubtful",
            f"the reference to {reference.number or 'a letter'} of {reference.date or 'no date'}"
            f" was read with doubt ({reference.confidence:.2f})",
            page=reference.page,
            about=f"reference[{place}]",
        )
        for place, reference in enumerate(references)
        if (reference.number or reference.date) and reference.confidence < SURE_ROW
    )


def review_stamps(stamps: Sequence[Stamp]) -> tuple[Issue, ...]:
    """The receive stamps that were read with doubt, as a note: most are filled in by hand, and no letter
    depends on them.
    """
    return tuple(
        Issue(
            "stamp_doubtful",
            f"a receive stamp was read with doubt ({stamp.confidence:.2f})",
            Severity.NOTE,
            stamp.page,
            f"stamp[{place}]",
        )
        for place, stamp in enumerate(stamps)
        if stamp.confidence < SURE_ROW
    )


def _doubtful(name: str, evidence: Evidence) -> Issue:
    said = f"{name} {evidence.value!r} is doubtful ({evidence.confidence:.2f}): {evidence.reason}"
    return _issue(f"{name}_doubtful", said, evidence)


def _issue(code: str, message: str, evidence: Evidence | None) -> Issue:
    return Issue(code, message, Severity.WARNING, evidence.page if evidence else None)


def running_number_is_year(number: LetterNumber | None, date: str | None) -> bool:
    """Whether the running number is the year of the letter: usually the year was read in its place.

    >>> from pipeline.thai import parse_number
    >>> running_number_is_year(parse_number("มท 0810.3/ว 2564"), "2021-12")
    True
    """
    if number is None or number.running_number is None or not date:
        return False
    return number.running_number == int(date[:4]) + BUDDHIST_ERA_OFFSET
