"""The truth about a bundle, in the form that the evaluation reads.

``{"files": [{"path", "documents": [{"kind", "first_page", …}]}]}``: numbers in Arabic digits,
dates as ISO text of CE (``2020-04`` where the day is blank), None where the page has no such
thing. A key is left out where the page does not settle the question.
"""

from __future__ import annotations

from typing import Any

from pipeline.model import LetterForm, Relation
from samples.content import (
    AttachmentContent,
    BundleContent,
    ColumnKind,
    DocumentContent,
    LetterContent,
    MinutesContent,
    PlanContent,
    PlanRow,
)

_KIND = {LetterForm.MEMO: "memo", LetterForm.ANNOUNCEMENT: "announcement"}


def bundle_truth(bundle: BundleContent, first_pages: tuple[int, ...]) -> dict[str, Any]:
    """One entry of ``files``; ``first_pages`` are those of the documents, from 1."""
    documents = [
        _document_truth(document, first_page, first_pages)
        for document, first_page in zip(bundle.documents, first_pages, strict=True)
    ]
    return {"path": bundle.name, "documents": documents}


def _document_truth(
    document: DocumentContent, first_page: int, first_pages: tuple[int, ...]
) -> dict[str, Any]:
    match document:
        case LetterContent():
            return {
                "kind": _KIND.get(document.form, "letter"),
                "first_page": first_page,
                **_letter_truth(document, first_pages),
            }
        case MinutesContent():
            return {"kind": "minutes", "first_page": first_page}
        case AttachmentContent():
            return {"kind": "other", "first_page": first_page}
        case PlanContent():
            return {"kind": "plan", "first_page": first_page, **_plan_truth(document)}


def _letter_truth(letter: LetterContent, first_pages: tuple[int, ...]) -> dict[str, Any]:
    return {
        "form": letter.form.value,
        "number": letter.number.canonical if letter.number else None,
        "date": letter.date.iso if letter.date else None,
        "sender": letter.sender,
        "recipient": letter.recipient,
        "subject": letter.subject,
        "urgency": letter.urgency,
        "secrecy": letter.secrecy,
        "signer": letter.signer,
        "references": [
            {
                "number": cited.number.canonical,
                "date": cited.date.iso,
                "relation": Relation(relation).value,
                **({} if cited.target is None else {"target_page": first_pages[cited.target]}),
            }
            for relation, cited in letter.cited()
        ],
        "stamps": [
            {"office": stamp.office, "number": stamp.number, "date": stamp.date, "time": stamp.time}
            for stamp in letter.stamps
        ],
    }


def _plan_truth(plan: PlanContent) -> dict[str, Any]:
    held = {column.kind for column in plan.columns}
    truth: dict[str, Any] = {"title": plan.title, "organisation": plan.organisation}
    if plan.fiscal_year_be is not None:
        truth["fiscal_year_be"] = plan.fiscal_year_be
    if ColumnKind.BUDGET in held:
        truth["total_budget"] = plan.total_budget if plan.totals else None
    if plan.years:
        truth["year_budgets"] = {
            str(row.item_no): dict(zip(map(str, plan.years), row.year_budgets, strict=True))
            for row in plan.rows
        }
    truth["rows"] = [_row_truth(row, held) for row in plan.rows]
    return truth


def _row_truth(row: PlanRow, held: set[ColumnKind]) -> dict[str, Any]:
    truth: dict[str, Any] = {"item_no": row.item_no, "title": row.title}
    if ColumnKind.DIMENSION in held:
        truth["dimension"] = row.dimension
    if ColumnKind.BUDGET in held:
        truth["budget"] = row.budget
    if ColumnKind.QUARTERS in held:
        truth |= {f"q{quarter + 1}": ticked for quarter, ticked in enumerate(row.quarters)}
    return truth
