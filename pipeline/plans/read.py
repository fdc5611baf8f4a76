"""Plan tables of a document: grids → columns → rows → audit → typed records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.model import (
    MISREAD_TITLE,
    PROVEN_CELL,
    SURE_CELL,
    Evidence,
    Issue,
    Page,
    Plan,
    PlanItem,
    PrintedSum,
    Severity,
    YearBudget,
)
from pipeline.plans.audit import Audit, audit
from pipeline.plans.carried import with_carried_rows
from pipeline.plans.columns import BUDGET, Columns, is_year, read_columns
from pipeline.plans.evidence import head_evidence, name_of_total, row_evidence, total_evidence
from pipeline.plans.grid import Grid
from pipeline.plans.periods import is_quarter
from pipeline.plans.readings import RowReading
from pipeline.plans.rows import read_rows
from pipeline.plans.stitch import stitch
from pipeline.plans.surroundings import Found, Surroundings, read_surroundings
from pipeline.plans.values import Reading

T = TypeVar("T")

_KINDS = ("โครงการ", "กิจกรรม", "มาตรการ")


@dataclass(frozen=True, slots=True)
class PlanReading:
    """The plans of one document, with the evidence and issues of their values."""

    plans: tuple[Plan, ...]
    evidence: tuple[Evidence, ...]
    issues: tuple[Issue, ...]


def read_plans(pages: Sequence[Page]) -> PlanReading:
    """Read every plan table on ``pages``, the pages of one plan document.

    A table whose header names no plan columns is left out, and a note says so. Values that the audit could
    not prove and that were read with doubt carry ``needs_review``.
    """
    plans: list[Plan] = []
    evidence: list[Evidence] = []
    issues: list[Issue] = []
    pages = tuple(with_carried_rows(pages))
    for grid in stitch(pages):
        if not read_columns(grid).makes_a_plan:
            issues.append(_left_out(grid))
            continue
        numbers = {row.page for row in (*grid.header_rows, *grid.rows)}
        around = read_surroundings([page for page in pages if page.number in numbers])
        plan, found, doubts = _read_plan(grid, around, f"plan[{len(plans)}]")
        plans.append(plan)
        evidence += found
        issues += doubts
    if not plans and pages:
        issues.append(Issue("plan_without_table", "no plan table could be read here", page=pages[0].number))
    return PlanReading(tuple(plans), tuple(evidence), tuple(issues))


def _left_out(grid: Grid) -> Issue:
    page = next((row.page for row in (*grid.header_rows, *grid.rows)), None)
    message = "a table beside the plan has none of a plan's columns, or none that could be read"
    return Issue("table_left_out", message, Severity.NOTE, page)


def _read_plan(grid: Grid, around: Surroundings, name: str) -> tuple[Plan, list[Evidence], list[Issue]]:
    columns = read_columns(grid)
    verdict = audit(*read_rows(grid, columns))
    items = tuple(_item(place, row, verdict) for place, row in enumerate(verdict.rows))
    totals = verdict.grand_total
    sums = totals.values if totals else {}
    plan = Plan(
        title=_value(around.title),
        organisation=_value(around.organisation),
        items=items,
        audit_status=verdict.status,
        audit_note=verdict.note,
        fiscal_year_be=_value(around.fiscal_year_be),
        as_of_date=_value(around.as_of_date),
        reporter=_value(around.reporter),
        legend=around.legend,
        total_budget=_baht(sums.get(BUDGET)),
        sums=tuple(_printed_sums(verdict)),
        **{name_of_total(name): reading.value for name, reading in sums.items() if is_quarter(name)},
    )
    evidence = [*head_evidence(around, name), *total_evidence(verdict, name)]
    for place, row in enumerate(verdict.rows):
        evidence += row_evidence(place, row, verdict, name)
    return plan, evidence, _issues(verdict, items, grid, columns, name)


def _printed_sums(verdict: Audit) -> Iterator[PrintedSum]:
    repaired = {(repair.line, repair.field) for repair in verdict.repairs if repair.row is None}
    for line, totals in enumerate(verdict.totals):
        for field, reading in totals.values.items():
            if reading.value is not None and totals.end > totals.first:
                rows = totals.first + 1, totals.end
                yield PrintedSum(field, *rows, float(reading.value), (line, field) in repaired)


def _item(place: int, row: RowReading, verdict: Audit) -> PlanItem:
    sureness = _sureness(place, row, verdict)
    repaired = any(repair.row == place for repair in verdict.repairs)
    blamed = any((place, name) in verdict.blamed for name in row.values)
    budget = row.values.get(BUDGET)
    return PlanItem(
        item_no=row.item_no.value,
        title=row.title,
        kind=next((kind for kind in _KINDS if kind in row.title[:30]), "other"),
        page=row.page,
        dimension=row.dimension.value if row.dimension else None,
        budget=_baht(budget),
        budget_raw=budget.raw if budget else None,
        note=row.note,
        box=row.box,
        confidence=round(sureness, 4),
        needs_review=repaired or blamed or sureness < SURE_CELL or row.title_errors > MISREAD_TITLE,
        year_budgets=tuple(
            YearBudget(int(name.removeprefix("year ")), _baht(reading))
            for name, reading in row.values.items()
            if is_year(name)
        ),
        extra=row.extra,
        **{name: reading.value for name, reading in row.values.items() if is_quarter(name)},
    )


def _baht(reading: Reading[Any] | None) -> float | None:
    return None if reading is None or reading.value is None else float(reading.value)


def _sureness(place: int, row: RowReading, verdict: Audit) -> float:
    """The confidence of the row's least sure value; the title's letters are not counted in it."""
    known = [row.item_no.confidence]
    if row.dimension is not None:
        known.append(row.dimension.confidence)
    for name, reading in row.values.items():
        proven = (place, name) in verdict.proven
        known.append(max(reading.confidence, PROVEN_CELL) if proven else reading.confidence)
    return min(known)


def _value(found: Found[T] | None) -> T | None:
    return None if found is None else found.value


def _issues(
    verdict: Audit, items: Sequence[PlanItem], grid: Grid, columns: Columns, name: str
) -> list[Issue]:
    page = grid.rows[0].page if grid.rows else None
    found = []
    if columns.missing:
        said = f"no column of the table was read as {', '.join(columns.missing)}"
        found.append(Issue("plan_column_missing", said, page=page, about=name))
    for field in verdict.unread:
        said = f"the total that the table prints for {field} could not be read"
        about = f"{name}.{name_of_total(field)}"
        found.append(Issue("plan_total_unread", said, page=page, about=about))
    if verdict.status.value in ("inconsistent", "repaired"):
        severity = Severity.ERROR if verdict.status.value == "inconsistent" else Severity.WARNING
        found.append(Issue(f"plan_{verdict.status.value}", verdict.note, severity, page, name))
    # Cells that are blamed for a sum are spoken of with the sum.
    for number, (item, row) in enumerate(zip(items, verdict.rows, strict=True), 1):
        about = f"{name}.row[{number}]"
        if item.confidence < SURE_CELL:
            said = f"item {item.item_no} was read with confidence {item.confidence:.2f}"
            found.append(Issue("plan_item_doubtful", said, page=item.page, about=about))
        elif row.title_errors > MISREAD_TITLE:
            said = f"the title of item {item.item_no} was read with confidence {row.title_confidence:.2f}"
            found.append(Issue("plan_item_doubtful", said, page=item.page, about=about))
    return found
