"""Where the values of a plan stand on its pages, and by which rule each was concluded.

All names of evidence begin with the ``name`` of the plan in its document: ``plan[0].items[3].budget``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model import Box, Evidence
from pipeline.plans.audit import Audit
from pipeline.plans.columns import BUDGET, is_quarter
from pipeline.plans.readings import RowReading
from pipeline.plans.surroundings import Found, Surroundings
from pipeline.plans.values import Reading


def name_of_total(field: str) -> str:
    """Where a plan keeps the total of a field: ``total_budget``, ``q1_count``."""
    return f"{field}_count" if is_quarter(field) else f"total_{field}"


def head_evidence(around: Surroundings, name: str) -> Iterator[Evidence]:
    """Of what is said around the table."""
    for field in ("title", "organisation", "fiscal_year_be", "as_of_date", "reporter"):
        found: Found[Any] | None = getattr(around, field)
        if found is not None:
            in_title = around.title is not None and found.line is around.title.line
            yield Evidence(
                f"{name}.{field}",
                str(found.value),
                found.raw,
                found.page,
                found.line.box,
                found.line.confidence,
                "plan_title" if in_title else "line_by_the_table",
            )


def total_evidence(verdict: Audit, name: str) -> Iterator[Evidence]:
    """Of the totals of the whole table, those that a plan keeps."""
    totals = verdict.grand_total
    if totals is None:
        return
    line = verdict.totals.index(totals)
    repaired = {r.field: r for r in verdict.repairs if r.row is None and r.line == line}
    for field, reading in totals.values.items():
        if field == BUDGET or is_quarter(field):
            rule = "sum_agrees" if verdict.agrees(totals, field) else "line_of_sums"
            if field in repaired:
                rule = f"audit_repair: {repaired[field].reason}"
            yield _value_evidence(f"{name}.{name_of_total(field)}", totals.page, reading.box, reading, rule)


def row_evidence(place: int, row: RowReading, verdict: Audit, name: str) -> list[Evidence]:
    """Of the values of the row at ``place``, and why each is what it is."""
    repaired = {repair.field: repair for repair in verdict.repairs if repair.row == place}
    own = f"{name}.items[{row.item_no.value}]"
    by_header = "column_by_header"
    title = Evidence(f"{own}.title", row.title, row.title, row.page, row.box, row.title_confidence, by_header)
    cells: list[tuple[str, Reading[Any], str]] = [("item_no", row.item_no, "item_number")]
    if row.dimension is not None:
        cells.append(("dimension", row.dimension, by_header))
    for field, reading in row.values.items():
        rule = "sum_agrees" if (place, field) in verdict.proven else by_header
        if (place, field) in verdict.blamed:
            rule = "sum_disagrees"
        if field in repaired:
            rule = f"audit_repair: {repaired[field].reason}"
        cells.append((field, reading, rule))
    values = (
        _value_evidence(f"{own}.{field}", row.page, reading.box or row.box, reading, rule)
        for field, reading, rule in cells
    )
    return [title, *values]


def _value_evidence(field: str, page: int, box: Box | None, reading: Reading[object], rule: str) -> Evidence:
    return Evidence(
        field=field,
        value=None if reading.value is None else str(reading.value),
        raw=reading.raw,
        page=page,
        box=box,
        confidence=round(reading.confidence, 4),
        rule=rule,
        alternatives=tuple((str(value), round(p, 4)) for value, p in reading.alternatives),
    )
