"""Plans that people corrected, checked again: what of a row is still doubtful, and whether its sums agree.

The audit of the plans stage works on cells with their other readings, which the catalog does not keep.
Here the rows as they are now are added up against the totals of the whole table as they are now; what the
table prints as sums of its parts is not kept, so a note says that those were not looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.catalog.doubts import (
    RULES,
    cell_confidence,
    is_changed,
    is_doubtful_cell,
    is_settled,
)
from pipeline.catalog.rows import Row, Rows
from pipeline.catalog.subjects import Subjects
from pipeline.model import SURE_CELL, AuditStatus, Rule, Severity, Verdict

_TOTALS = {"budget": "total_budget", **{f"q{quarter}": f"q{quarter}_count" for quarter in range(1, 5)}}
"""Columns of a row and the plan's column that holds their sum."""

_SUMMED = frozenset({*_TOTALS, *_TOTALS.values(), "amount"})

_ADDS_UP_NOW = (
    "the rows add up to the totals of the table since a person corrected it; sums of parts not checked"
)
_DIFFERS_NOW = "checked again after a person's corrections"
_NO_TOTALS_NOW = "a person found no totals on the page"
_UNCHECKED_NOW = "a person corrected it since; its totals are not known, so the sums were not checked again"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of a plan and the row of evidence for it."""

    field: str
    evidence: Row

    @property
    def is_doubtful(self) -> bool:
        return is_doubtful_cell(self.field, self.evidence)


def check_plans(rows: Rows, subjects: Subjects) -> None:
    """Bring audit, confidence, ``needs_review`` and issues of the plans in ``rows`` to what they hold now.

    Plans of which nobody said anything stay as they were read.
    """
    cells = _cells(subjects)
    touched = {plan for (plan, _), row in cells.items() if any(is_settled(cell.evidence) for cell in row)}
    for at, plan in enumerate(rows["plans"]):
        if plan["plan_id"] not in touched:
            continue
        own = [cell for (plan_id, _), row in cells.items() if plan_id == plan["plan_id"] for cell in row]
        items = [item for item in rows["plan_items"] if item["plan_id"] == plan["plan_id"]]
        if _needs_check(plan, own):
            _check_sums(plan, items, subjects)
            _replace_audit_issue(rows, plan, f"plan[{at}]")
        for item in items:
            _check_row(item, cells[item["plan_id"], item["row"]])
    if touched:
        _replace_row_issues(rows, cells)


def _needs_check(plan: Row, cells: Sequence[_Cell]) -> bool:
    """Whether a person changed what is summed up, or has looked at all that the audit had changed."""
    if any(cell.field in _SUMMED and is_changed(cell.evidence) for cell in cells):
        return True
    repaired = any(cell.evidence["rule"] == Rule.AUDIT_REPAIR for cell in cells)
    return plan["audit_status"] == AuditStatus.REPAIRED and not repaired


def _cells(subjects: Subjects) -> dict[tuple[str, int], list[_Cell]]:
    """The cells by (plan id, row), years' budgets with them; those of a plan's own values under row 0."""
    cells: dict[tuple[str, int], list[_Cell]] = defaultdict(list)
    for (subject_id, field), evidence in subjects.evidence.items():
        subject = subjects.by_id.get(subject_id)
        if subject is not None and "plan_id" in subject.row:
            place = subject.row["plan_id"], subject.row.get("row", 0)
            cells[place].append(_Cell(field, evidence))
    return cells


def _check_sums(plan: Row, items: Sequence[Row], subjects: Subjects) -> None:
    stated = {field: plan[total] for field, total in _TOTALS.items() if plan[total] is not None}
    for field in _denied(plan, subjects):
        _mark_column(items, subjects, field, agrees=False)
    if not stated:
        if _denied(plan, subjects):
            plan["audit_status"], plan["audit_note"] = AuditStatus.NO_TOTALS.value, _NO_TOTALS_NOW
        elif plan["audit_status"] != AuditStatus.NO_TOTALS:
            plan["audit_note"] = _joined(plan["audit_note"], _UNCHECKED_NOW)
        return
    differences = {field: _difference(total, items, field) for field, total in stated.items()}
    for field, difference in differences.items():
        _mark_column(items, subjects, field, agrees=difference == 0)
    wrong = [
        f"{field}: the total says {stated[field]:,.10g}, the rows differ by {difference:+,.10g}"
        for field, difference in differences.items()
        if difference
    ]
    if wrong:
        plan["audit_status"] = AuditStatus.INCONSISTENT.value
        plan["audit_note"] = "; ".join([*wrong, _DIFFERS_NOW])
    elif plan["audit_status"] != AuditStatus.CONSISTENT:
        plan["audit_status"] = AuditStatus.CONSISTENT.value
        plan["audit_note"] = _ADDS_UP_NOW


def _denied(plan: Row, subjects: Subjects) -> list[str]:
    """The columns of which a person said that the table prints no total."""
    said = {field: subjects.evidence.get((plan["plan_id"], total)) for field, total in _TOTALS.items()}
    return [
        field
        for field, evidence in said.items()
        if evidence is not None and evidence["rule"] == RULES[Verdict.ABSENT]
    ]


def _difference(total: float, items: Sequence[Row], field: str) -> Decimal:
    return Decimal(str(total)) - sum((Decimal(str(float(item[field] or 0))) for item in items), Decimal(0))


def _joined(*notes: str | None) -> str:
    return "; ".join(note for note in notes if note)


def _mark_column(items: Sequence[Row], subjects: Subjects, field: str, *, agrees: bool) -> None:
    """Cells that nobody settled are vouched for by the sum as it is now, or no more."""
    for item in items:
        evidence = subjects.evidence.get((f"{item['plan_id']}-{item['row']:03d}", field))
        if evidence is None or is_settled(evidence):
            continue
        if agrees and evidence["rule"] != Rule.AUDIT_REPAIR:
            evidence["rule"] = Rule.SUM_AGREES.value
        elif not agrees and evidence["rule"] == Rule.SUM_AGREES:
            evidence["rule"] = Rule.COLUMN_BY_HEADER.value


def _check_row(item: Row, cells: Sequence[_Cell]) -> None:
    values = [cell_confidence(cell.evidence) for cell in cells if cell.field not in ("title", "note")]
    if values:
        item["confidence"] = round(min(values), 4)
    item["needs_review"] = any(cell.is_doubtful for cell in cells)


# ---------------------------------------------------------------------- issues


def _replace_audit_issue(rows: Rows, plan: Row, about: str) -> None:
    """The issue about a plan's audit says what the audit says now."""
    issues = rows["review_issues"]
    codes = {f"plan_{status.value}" for status in AuditStatus}
    issues[:] = [row for row in issues if not (row["code"] in codes and row["about"] == about)]
    if plan["audit_status"] == AuditStatus.INCONSISTENT:
        page = rows["documents"][0]["first_page"]
        _add_issue(rows, "plan_inconsistent", Severity.ERROR, page, plan["audit_note"], about)


def _replace_row_issues(rows: Rows, cells: Mapping[tuple[str, int], Sequence[_Cell]]) -> None:
    """One issue for each row that was not read surely and that nobody settled.

    Cells that are only blamed for a sum are spoken of with the sum.
    """
    issues = rows["review_issues"]
    issues[:] = [row for row in issues if row["code"] != "plan_item_doubtful"]
    places = {plan["plan_id"]: at for at, plan in enumerate(rows["plans"])}
    for item in rows["plan_items"]:
        titles = [c for c in cells.get((item["plan_id"], item["row"]), ()) if c.field == "title"]
        sure = float(item["confidence"])
        if sure < SURE_CELL:
            said = f"item {item['item_no']} was read with confidence {sure:.2f}"
        elif any(title.is_doubtful for title in titles):
            said = f"the title of item {item['item_no']} was read with doubt"
        else:
            continue
        about = f"plan[{places[item['plan_id']]}].row[{item['row']}]"
        _add_issue(rows, "plan_item_doubtful", Severity.WARNING, item["page"], said, about)


def _add_issue(rows: Rows, code: str, severity: Severity, page: Any, message: str, about: str) -> None:
    document = rows["documents"][0]
    issues = rows["review_issues"]
    prefix = f"{document['document_id']}-a"
    added = sum(row["issue_id"].startswith(prefix) for row in issues)
    issues.append(
        {
            "issue_id": f"{prefix}{added + 1:03d}",
            "file_id": document["file_sha256"],
            "document_id": document["document_id"],
            "page": page,
            "severity": severity.value,
            "code": code,
            "message": message,
            "stage": "reading",
            "about": about,
        }
    )
