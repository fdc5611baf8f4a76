"""Plans that people corrected, checked again: what of a row is still doubtful, and whether its sums agree.

The audit of the plans stage works on cells with their other readings, which the catalog does not keep.
Here the rows as they are now are added up against the sums that the table prints, those of the whole table
as they are now.
"""

from __future__ import annotations

import json
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
from pipeline.model import SURE_CELL, AuditStatus, Rule, Severity, SubjectKind, Verdict

_TOTALS = {"budget": "total_budget", **{f"q{quarter}": f"q{quarter}_count" for quarter in range(1, 5)}}
"""Columns of a row and the plan's column that holds their sum."""

_CLAIM = ("field", "first_row", "last_row", "total", "repaired")
"""The keys of a printed sum, as :class:`pipeline.model.PrintedSum` has them."""

_ADDS_UP_NOW = "the rows add up to the totals of the table since a person corrected it"
_DIFFERS_NOW = "checked again after a person's corrections"
_NO_TOTALS_NOW = "a person found no totals on the page"
_UNCHECKED_NOW = "a person corrected it since; its totals are not known, so the sums were not checked again"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of a plan (of its row ``row``, or of the whole where it is 0) and the evidence for it."""

    row: int
    field: str
    evidence: Row

    @property
    def is_doubtful(self) -> bool:
        return is_doubtful_cell(self.field, self.evidence)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sum that the table prints: ``field`` of the rows ``first`` to ``last`` adds up to ``total``."""

    field: str
    first: int
    last: int
    total: float
    repaired: bool = False

    @property
    def places(self) -> set[tuple[int, str]]:
        return {(row, self.field) for row in range(self.first, self.last + 1)}


def check_plans(rows: Rows, subjects: Subjects) -> None:
    """Bring audit, confidence, ``needs_review`` and issues of the plans in ``rows`` to what they hold now.

    Plans of which nobody said anything stay as they were read.
    """
    for at, plan in enumerate(rows["plans"]):
        cells = _cells(plan, subjects)
        if not any(is_settled(cell.evidence) for cell in cells):
            continue
        items = [item for item in rows["plan_items"] if item["plan_id"] == plan["plan_id"]]
        if _needs_check(plan, cells):
            _check_sums(plan, items, cells, subjects)
            _replace_audit_issue(rows, plan, f"plan[{at}]")
        for item in items:
            _check_row(item, [cell for cell in cells if cell.row == item["row"]])
        _replace_row_issues(rows, f"plan[{at}]", items, cells)


def _needs_check(plan: Row, cells: Sequence[_Cell]) -> bool:
    """Whether a person changed what is summed up, or has looked at all that the audit had changed."""
    if any(_is_summed(cell.field) and is_changed(cell.evidence) for cell in cells):
        return True
    repaired = any(cell.evidence["rule"] == Rule.AUDIT_REPAIR for cell in cells)
    return plan["audit_status"] == AuditStatus.REPAIRED and not repaired


def _is_summed(field: str) -> bool:
    return field in _TOTALS or field in _TOTALS.values() or field.startswith("year ")


def _cells(plan: Row, subjects: Subjects) -> list[_Cell]:
    """The values of a plan and of its rows that have evidence."""
    cells = []
    for (subject_id, field), evidence in subjects.evidence.items():
        subject = subjects.by_id.get(subject_id)
        if subject is not None and subject.row.get("plan_id") == plan["plan_id"]:
            name = field
            if subject.kind is SubjectKind.PLAN_BUDGETS:
                name = f"year {subject.row['fiscal_year_be']}"
            cells.append(_Cell(subject.row.get("row", 0), name, evidence))
    return cells


def _check_sums(plan: Row, items: Sequence[Row], cells: Sequence[_Cell], subjects: Subjects) -> None:
    claims = _claims(plan, len(items))
    values = _values(items, subjects)
    differences = {claim: _difference(claim, values) for claim in claims}
    proven = {place for claim, difference in differences.items() if not difference for place in claim.places}
    denied = _denied(plan, subjects)
    _mark_cells(cells, proven, {*denied, *(claim.field for claim in claims)})
    wrong = [
        f"{claim.field}: the total says {claim.total:,.10g}, the rows differ by {differences[claim]:+,.10g}"
        for claim in claims
        if differences[claim]
    ]
    repaired = any(claim.repaired for claim in claims)
    repaired |= any(cell.evidence["rule"] == Rule.AUDIT_REPAIR for cell in cells)
    if not claims and denied:
        plan["audit_status"], plan["audit_note"] = AuditStatus.NO_TOTALS.value, _NO_TOTALS_NOW
    elif wrong:
        plan["audit_status"] = AuditStatus.INCONSISTENT.value
        plan["audit_note"] = "; ".join([*wrong, _DIFFERS_NOW])
    elif not claims or plan["sums"] is None:
        if plan["audit_status"] not in (AuditStatus.NO_TOTALS, AuditStatus.CONSISTENT):
            plan["audit_note"] = _joined(plan["audit_note"], _UNCHECKED_NOW)
    elif repaired:
        plan["audit_status"] = AuditStatus.REPAIRED.value
    elif plan["audit_status"] != AuditStatus.CONSISTENT:
        plan["audit_status"], plan["audit_note"] = AuditStatus.CONSISTENT.value, _ADDS_UP_NOW


def _claims(plan: Row, rows: int) -> list[_Claim]:
    """The sums that the table prints: of parts and years as read, those of the whole as they are now."""
    printed = [_Claim(*map(kept.get, _CLAIM)) for kept in json.loads(plan["sums"] or "[]")]
    now = [
        _Claim(field, 1, rows, float(plan[total]))
        for field, total in _TOTALS.items()
        if plan[total] is not None
    ]
    whole = {(field, 1, rows) for field in _TOTALS}
    return [*(c for c in printed if (c.field, c.first, c.last) not in whole), *now]


def _values(items: Sequence[Row], subjects: Subjects) -> dict[tuple[int, str], Decimal]:
    """What is summed up, by (row, field)."""
    values = {
        (item["row"], field): Decimal(str(float(item[field] or 0))) for item in items for field in _TOTALS
    }
    plan_ids = {item["plan_id"] for item in items}
    for subject in subjects.by_id.values():
        row = subject.row
        if subject.kind is SubjectKind.PLAN_BUDGETS and row["plan_id"] in plan_ids:
            values[row["row"], f"year {row['fiscal_year_be']}"] = Decimal(str(float(row["amount"] or 0)))
    return values


def _difference(claim: _Claim, values: Mapping[tuple[int, str], Decimal]) -> Decimal:
    return Decimal(str(claim.total)) - sum(
        (values.get(place, Decimal(0)) for place in claim.places), Decimal(0)
    )


def _denied(plan: Row, subjects: Subjects) -> set[str]:
    """The columns of which a person said that the table prints no total."""
    said = {field: subjects.evidence.get((plan["plan_id"], total)) for field, total in _TOTALS.items()}
    absent = RULES[Verdict.ABSENT]
    return {field for field, evidence in said.items() if evidence is not None and evidence["rule"] == absent}


def _joined(*notes: str | None) -> str:
    return "; ".join(note for note in notes if note)


def _mark_cells(cells: Sequence[_Cell], proven: set[tuple[int, str]], summed: set[str]) -> None:
    """Cells of ``summed`` columns that nobody settled are vouched for by a sum as it is now, or no more."""
    for cell in cells:
        evidence = cell.evidence
        if not cell.row or cell.field not in summed or is_settled(evidence):
            continue
        if (cell.row, cell.field) in proven and evidence["rule"] != Rule.AUDIT_REPAIR:
            evidence["rule"] = Rule.SUM_AGREES.value
        elif (cell.row, cell.field) not in proven and evidence["rule"] == Rule.SUM_AGREES:
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
    severity = {AuditStatus.INCONSISTENT.value: Severity.ERROR, AuditStatus.REPAIRED.value: Severity.WARNING}
    if plan["audit_status"] in severity:
        page = rows["documents"][0]["first_page"]
        code = f"plan_{plan['audit_status']}"
        _add_issue(rows, code, severity[plan["audit_status"]], page, plan["audit_note"], about)


def _replace_row_issues(rows: Rows, plan: str, items: Sequence[Row], cells: Sequence[_Cell]) -> None:
    """One issue for each row of ``plan`` that was not read surely and that nobody settled.

    Cells that are only blamed for a sum are spoken of with the sum.
    """
    issues = rows["review_issues"]
    own = f"{plan}.row["
    issues[:] = [
        row
        for row in issues
        if row["code"] != "plan_item_doubtful" or not str(row["about"] or own).startswith(own)
    ]
    doubtful = {cell.row for cell in cells if cell.field == "title" and cell.is_doubtful}
    for item in items:
        sure = float(item["confidence"])
        if sure < SURE_CELL:
            said = f"item {item['item_no']} was read with confidence {sure:.2f}"
        elif item["row"] in doubtful:
            said = f"the title of item {item['item_no']} was read with doubt"
        else:
            continue
        about = f"{plan}.row[{item['row']}]"
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
