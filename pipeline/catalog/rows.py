"""From what a file gave to rows of the tables: no database in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.catalog.values import (
    alternatives_text,
    amount,
    clean_text,
    edges,
    file_id,
    json_text,
    path_text,
    probability,
    whole,
)
from pipeline.model import (
    TICK_FIELDS,
    Document,
    Evidence,
    FileResult,
    Issue,
    Letter,
    PageRecord,
    Plan,
    PlanItem,
    Reference,
    Stamp,
    codes_of,
    details_of,
)

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows for each table by its name."""


def file_rows(result: FileResult, pipeline_version: str, model_version: str) -> Rows:
    """All rows of one file, by table."""
    identity = file_id(result.path, result.sha256)
    rows: Rows = {
        "files": [_file(result, identity, pipeline_version, model_version)],
        "pages": [_page(page, result.sha256) for page in result.pages],
        "review_issues": list(_issues(result.issues, identity[:21], identity, None)),
    }
    for document in result.documents:
        document_id = f"{identity[:16]}-{document.ordinal:04d}"
        for table, more in _document_rows(document, document_id, identity, path_text(result.path)).items():
            rows.setdefault(table, []).extend(more)
    return rows


def citation_issue(issue: Issue, document_id: str, number: int) -> Row:
    """The row of the ``number``-th issue that comparing letters brought up about a document.

    Without ``file_id``, which the database knows from the document.
    """
    row = _issue(issue, f"{document_id}-c{number:03d}", "", document_id, "citations")
    del row["file_id"]
    return row


def failure_issue(identity: str, error_code: str | None, error: str | None) -> Row:
    """The row that says: the last try failed, the records are those of an earlier one."""
    message = f"reading again failed ({error_code}: {error}); the records of the earlier reading are kept"
    issue = Issue("reread_failed", message)
    return _issue(issue, f"{identity[:21]}-reread", identity, None, "reading")


def unplaced_issue(identity: str, corrections: Sequence[Mapping[str, Any]]) -> Row:
    """The row that says: these corrections by people (rows of that table) are in no record any more."""
    said = [
        f"{row['subject']} {row['field']} {row['value']!r} of the document on page {row['first_page']}"
        for row in corrections
    ]
    message = f"{len(said)} corrections by people have no place in what was read now: {'; '.join(said)}"
    return _issue(
        Issue("corrections_unplaced", message), f"{identity[:21]}-people", identity, None, "reading"
    )


# ---------------------------------------------------------------------- one table each


def _file(result: FileResult, identity: str, pipeline_version: str, model_version: str) -> Row:
    return {
        "file_id": identity,
        "file_sha256": result.sha256,
        "path": path_text(result.path),
        "media_type": result.media_type,
        "size_bytes": result.size_bytes,
        "pages": result.page_count,
        "status": result.status.value,
        "error_code": result.error_code,
        "error": clean_text(result.error),
        "pipeline_version": pipeline_version,
        "model_version": model_version,
        "seconds": round(result.seconds, 3),
        "timings": json_text({stage: round(spent, 3) for stage, spent in result.timings.items()}),
    }


def _page(page: PageRecord, sha256: str | None) -> Row:
    return {
        "file_sha256": sha256,
        "page": page.number,
        "width": int(page.width),
        "height": int(page.height),
        "dpi": int(page.dpi),
        "rotation": int(page.rotation),
        "skew": round(float(page.skew), 2),
        "bend": None if page.bend is None else json_text(asdict(page.bend)),
        "text": clean_text(page.text),
        "mean_confidence": probability(page.mean_confidence),
    }


def _document_rows(document: Document, document_id: str, identity: str, path: str) -> Rows:
    rows: Rows = {
        "documents": [_document(document, document_id, identity, path)],
        "letters": [] if document.letter is None else [_letter(document.letter, document_id)],
        "stamps": [_stamp(stamp, document_id, n) for n, stamp in enumerate(document.stamps, 1)],
        "letter_references": [_reference(r, document_id, n) for n, r in enumerate(document.references, 1)],
        "field_evidence": [_evidence(e, document_id, n) for n, e in enumerate(document.evidence, 1)],
        "review_issues": list(_issues(document.issues, document_id, identity, document_id)),
        "plans": [],
        "plan_items": [],
        "plan_budgets": [],
    }
    for number, plan in enumerate(document.plans, 1):
        _add_plan(rows, plan, document_id, f"{document_id}-p{number:02d}")
    return rows


def _document(document: Document, document_id: str, identity: str, path: str) -> Row:
    return {
        "document_id": document_id,
        "file_sha256": identity,
        "path": path,
        "ordinal": document.ordinal,
        "first_page": document.first_page,
        "last_page": document.last_page,
        "kind": document.kind.value,
        "title": clean_text(document.title),
        "confidence": probability(document.confidence),
    }


_LETTER_TEXTS = (
    "number", "number_raw", "agency_code", "date", "date_raw", "sender", "sender_agency", "sender_address",
    "recipient", "subject", "urgency", "secrecy", "signer", "signer_position", "contact_phone",
)  # fmt: skip


def _letter(letter: Letter, document_id: str) -> Row:
    return {
        "document_id": document_id,
        "form": letter.form.value,
        **{name: clean_text(getattr(letter, name)) for name in _LETTER_TEXTS},
        "is_circular": letter.is_circular,
        "running_number": whole(letter.running_number),
        "confidence": probability(letter.confidence),
        "needs_review": bool(letter.needs_review),
        "number_alternatives": alternatives_text(letter.number_alternatives),
    }


def _stamp(stamp: Stamp, document_id: str, ordinal: int) -> Row:
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "office": clean_text(stamp.office),
        "received_number": clean_text(stamp.received_number),
        "received_date": clean_text(stamp.received_date),
        "received_time": clean_text(stamp.received_time),
        "page": stamp.page,
        "confidence": probability(stamp.confidence),
        **edges(stamp.box),
        "raw_text": clean_text(stamp.raw_text),
    }


_REFERENCE_TEXTS = ("raw_text", "sender", "subject", "number", "agency_code", "date", "target_kind")


def _reference(reference: Reference, document_id: str, number: int) -> Row:
    """A reference, not resolved yet: what is not resolved is not held."""
    return {
        "reference_id": f"{document_id}-r{number:03d}",
        "document_id": document_id,
        "position": reference.position,
        "relation": reference.relation.value,
        **{name: clean_text(getattr(reference, name)) for name in _REFERENCE_TEXTS},
        "is_circular": reference.is_circular,
        "running_number": whole(reference.running_number),
        **UNRESOLVED,
        "page": reference.page,
        "confidence": probability(reference.confidence),
        "number_alternatives": alternatives_text(reference.number_alternatives),
        **edges(reference.box),
    }


UNRESOLVED: Mapping[str, Any] = {
    "target_document_id": None,
    "cited_letter": None,
    "status": "not_held",
    "score": None,
    "evidence": "{}",
}
"""The columns of a reference before it is resolved."""


def _add_plan(rows: Rows, plan: Plan, document_id: str, plan_id: str) -> None:
    quarters = [f"q{quarter}_count" for quarter in range(1, 5)]
    rows["plans"].append(
        {
            "plan_id": plan_id,
            "document_id": document_id,
            **{name: clean_text(getattr(plan, name)) for name in ("title", "organisation", "reporter")},
            **{name: whole(getattr(plan, name)) for name in ("fiscal_year_be", *quarters)},
            "total_budget": amount(plan.total_budget),
            "as_of_date": plan.as_of_date,
            "audit_status": plan.audit_status.value,
            "audit_note": clean_text(plan.audit_note),
            "legend": clean_text(json_text(dict(plan.legend))),
            "sums": clean_text(json_text([asdict(printed) for printed in plan.sums])),
        }
    )
    for row, item in enumerate(plan.items, 1):
        rows["plan_items"].append(_plan_item(item, plan_id, row))
        for ordinal, budget in enumerate(item.year_budgets, 1):
            rows["plan_budgets"].append(
                {
                    "plan_id": plan_id,
                    "row": row,
                    "ordinal": ordinal,
                    "item_no": whole(item.item_no),
                    "fiscal_year_be": whole(budget.fiscal_year_be),
                    "amount": amount(budget.amount),
                }
            )


def _plan_item(item: PlanItem, plan_id: str, row: int) -> Row:
    return {
        "plan_id": plan_id,
        "row": row,
        **{name: clean_text(getattr(item, name)) for name in ("title", "kind", "note", "budget_raw")},
        **{name: whole(getattr(item, name)) for name in ("item_no", "dimension")},
        **{name: getattr(item, name) for name in ("page", *TICK_FIELDS)},
        "budget": amount(item.budget),
        "confidence": probability(item.confidence),
        "needs_review": bool(item.needs_review),
        "extra": clean_text(json_text(dict(item.extra))),
        **edges(item.box),
    }


def _evidence(evidence: Evidence, document_id: str, ordinal: int) -> Row:
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "field": evidence.field,
        "value": clean_text(evidence.value),
        "raw": clean_text(evidence.raw),
        "page": evidence.page,
        **edges(evidence.box),
        "confidence": probability(evidence.confidence),
        "rule": codes_of(evidence.steps),
        "rule_details": clean_text(json_text(details_of(evidence.steps))),
        "alternatives": alternatives_text(evidence.alternatives),
    }


def _issues(issues: tuple[Issue, ...], prefix: str, file: str, document_id: str | None) -> Iterator[Row]:
    for number, issue in enumerate(issues, 1):
        yield _issue(issue, f"{prefix}-i{number:03d}", file, document_id, "reading")


def _issue(issue: Issue, issue_id: str, file: str, document_id: str | None, stage: str) -> Row:
    return {
        "issue_id": issue_id,
        "file_id": file,
        "document_id": document_id,
        "page": issue.page,
        "severity": issue.severity.value,
        "code": issue.code,
        "message": clean_text(issue.message),
        "stage": stage,
        "about": issue.about or None,
    }
