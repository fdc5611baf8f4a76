"""A document's rows with what people said of them: made anew from the reading each time, so that a
correction can be taken back and holds for another reading as well. No database in here.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.catalog.doubts import RULES, is_settled, issue_codes
from pipeline.catalog.plan_checks import check_plans
from pipeline.catalog.rows import Row, Rows
from pipeline.catalog.subjects import Subject, Subjects, issue_subject_id
from pipeline.model import (
    AMOUNT_FIELDS,
    TICK_FIELDS,
    LetterForm,
    Rule,
    Severity,
    SubjectKind,
    Verdict,
    identity_fields,
)
from pipeline.thai import office_of, parse_number

_ROWS = (SubjectKind.PLAN_ITEMS, SubjectKind.PLAN_BUDGETS)

_OFFICE_AS_PRINTED = 0.8
"""How sure it is that an office stands for itself, or for the body that the tables name."""

_BY_OTHERS = (Rule.OFFICE_OF_SIGNER, Rule.DEPARTMENT_OF_CODE)
"""Rules that take the agency from elsewhere than the letter's sender."""

_TICKS = {"True": True, "False": False}

_NO_PARTS: Row = {"agency_code": None, "is_circular": None, "running_number": None}


def amended(reading: Rows, corrections: Iterable[Mapping[str, Any]]) -> Rows:
    """``reading``, the rows of one document by table, with ``corrections`` (rows of that table, in the
    order in which they were made) put in, and all that follows from them.
    """
    rows = copy.deepcopy(reading)
    subjects = Subjects.of(rows)
    settled_issues = set()
    for correction in corrections:
        subject = subjects.by_id.get(correction["subject_id"])
        if correction["subject"] == SubjectKind.REVIEW_ISSUES:
            settled_issues.add(correction["subject_id"])
        elif subject is not None:
            _settle(rows, subjects, subject, correction)
    _settle_letter(rows, subjects)
    _settle_wholes(rows, subjects)
    check_plans(rows, subjects)
    issues = rows["review_issues"]
    issues[:] = [issue for issue in issues if issue_subject_id(issue) not in settled_issues]
    for letter in rows["letters"]:
        own = (issue for issue in issues if not issue["about"])
        letter["needs_review"] = any(issue["severity"] != Severity.NOTE for issue in own)
    return rows


def _settle(rows: Rows, subjects: Subjects, subject: Subject, correction: Mapping[str, Any]) -> None:
    """Put one correction in: into its row, its evidence and the issues about it."""
    field, value = correction["field"], correction["value"]
    before = dict(subject.row)
    subject.row.update(columns_of(subject.kind, field, value))
    evidence = subjects.evidence.get((subject.subject_id, field))
    if evidence is None:
        evidence = _new_evidence(rows, subjects, subject, field, correction)
        subjects.evidence[subject.subject_id, field] = evidence
    _conclude(evidence, value, 1.0, RULES[Verdict(correction["verdict"])])
    issues = rows["review_issues"]
    issues[:] = [issue for issue in issues if issue["about"] != subject.evidence_field(field)]
    if subject.kind is SubjectKind.LETTERS:
        codes = issue_codes(field)
        issues[:] = [issue for issue in issues if issue["code"] not in codes]
        if field == "subject" and rows["documents"][0]["title"] == before["subject"]:
            rows["documents"][0]["title"] = value
        if field == "sender" and value is not None:
            _follow_sender(subjects, subject, value)


def _follow_sender(subjects: Subjects, letter: Subject, sender: str) -> None:
    """The agency that a corrected office stands for, unless a person said that as well.

    An office that is in no table says less than the signer's or the number's, where the agency is by those.
    """
    evidence = subjects.evidence.get((letter.subject_id, "sender_agency"))
    agency, known = office_of(sender)
    by_others = evidence is not None and evidence["rule"] in _BY_OTHERS
    if evidence is None or not (is_settled(evidence) or (by_others and not known)):
        letter.row["sender_agency"] = agency
        if evidence is not None:
            sure = max(float(evidence["confidence"]), _OFFICE_AS_PRINTED)
            _conclude(evidence, letter.row["sender_agency"], sure, Rule.OFFICE_BY_PERSON)


def _conclude(evidence: Row, value: str | None, confidence: float, rule: Rule) -> None:
    """Put in what a person's word makes of a value, in place of how it was read."""
    evidence.update(value=value, confidence=confidence, rule=rule.value, rule_details="{}", alternatives="[]")


def columns_of(kind: SubjectKind, field: str, value: str | None) -> Row:
    """The columns that ``value`` (text as in a :class:`Statement`) of ``field`` stands for.

    >>> columns_of(SubjectKind.LETTERS, "number", "มท 0810.3/ว 2927")["running_number"]
    2927
    >>> columns_of(SubjectKind.PLAN_ITEMS, "q1", "True"), columns_of(SubjectKind.PLAN_ITEMS, "budget", "5.50")
    ({'q1': True}, {'budget': 5.5})
    """
    if field == "number":
        parts = parse_number(value) if value else None
        known: Row = dict(_NO_PARTS)
        if parts is not None:
            known = {
                "agency_code": parts.agency_code or None,
                "is_circular": parts.is_circular,
                "running_number": parts.running_number,
            }
        return {"number": value, **known, "number_alternatives": "[]"}
    if kind is SubjectKind.REVIEW_ISSUES:
        return {}
    return {field: None if value is None else _typed(field, value)}


def _typed(field: str, value: str) -> Any:
    if field in TICK_FIELDS:
        return _TICKS[value]
    if field in AMOUNT_FIELDS:
        return float(value)
    if field.endswith("_count") or field in ("item_no", "dimension", "fiscal_year_be"):
        return int(value)
    return value


def _new_evidence(
    rows: Rows, subjects: Subjects, subject: Subject, field: str, correction: Mapping[str, Any]
) -> Row:
    """Evidence for a value that had none: the page and the box are those of its row.

    It stands with the evidence of its row, as that is how rows of plans are told apart.
    """
    held = rows["field_evidence"]
    document = rows["documents"][0]
    evidence = {
        "document_id": document["document_id"],
        "field": subject.evidence_field(field),
        "raw": correction["raw"],
        "page": correction["page"] or document["first_page"],
        **{edge: correction[edge] for edge in ("x0", "y0", "x1", "y1")},
    }
    of_row = {id(found) for (name, _), found in subjects.evidence.items() if _is_of(name, subject)}
    places = [place for place, found in enumerate(held, 1) if id(found) in of_row]
    held.insert(max(places, default=len(held)), evidence)
    for ordinal, found in enumerate(held, 1):
        found["ordinal"] = ordinal
    return evidence


def _is_of(subject_id: str, subject: Subject) -> bool:
    """Whether a value belongs to the row of ``subject``: to itself, or both to one row of a plan."""
    if subject.kind is SubjectKind.PLAN_BUDGETS:
        row_id = subject.subject_id.rpartition("-")[0]
    else:
        row_id = subject.subject_id
    return subject_id == row_id or (subject.kind in _ROWS and subject_id.startswith(f"{row_id}-"))


def _settle_letter(rows: Rows, subjects: Subjects) -> None:
    """How sure number and date are together: what a person settled is certain, even that there is none."""
    for letter in rows["letters"]:
        confidence = 1.0
        for field in identity_fields(LetterForm(letter["form"])):
            evidence = subjects.evidence.get((letter["document_id"], field))
            known = evidence is not None and (evidence["value"] is not None or is_settled(evidence))
            confidence *= float(evidence["confidence"]) if evidence is not None and known else 0.0
        letter["confidence"] = round(confidence, 4)


def _settle_wholes(rows: Rows, subjects: Subjects) -> None:
    """References and stamps have one confidence for the whole row: certain where all that they say is."""
    issues = rows["review_issues"]
    for subject in subjects.by_id.values():
        if subject.kind in (SubjectKind.LETTER_REFERENCES, SubjectKind.STAMPS):
            said = [field for field in subject.fields if subject.row[field] is not None]
            found = [subjects.evidence.get((subject.subject_id, field)) for field in said]
            if found and all(evidence is not None and is_settled(evidence) for evidence in found):
                subject.row["confidence"] = 1.0
                about = subject.prefix.removesuffix(".")
                issues[:] = [issue for issue in issues if issue["about"] != about]
