"""The rows of one document that people can correct, and the evidence for each of their values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.catalog.rows import Row, Rows
from pipeline.model import TICK_FIELDS, Box, SubjectKind

CORRECTABLE: Mapping[SubjectKind, tuple[str, ...]] = {
    SubjectKind.LETTERS: (
        "number", "date", "sender", "sender_agency", "sender_address", "recipient", "subject", "urgency",
        "secrecy", "signer", "signer_position", "contact_phone",
    ),
    SubjectKind.LETTER_REFERENCES: ("number", "date", "sender", "subject"),
    SubjectKind.STAMPS: ("office", "received_number", "received_date", "received_time"),
    SubjectKind.PLANS: (
        "title", "organisation", "fiscal_year_be", "as_of_date", "reporter",
        "total_budget", "q1_count", "q2_count", "q3_count", "q4_count",
    ),
    SubjectKind.PLAN_ITEMS: ("item_no", "title", "dimension", "budget", *TICK_FIELDS, "note"),
    SubjectKind.PLAN_BUDGETS: ("amount",),
}  # fmt: skip
"""The columns of each table that people can correct; of a review issue it is the issue itself."""

_SAME_PLACE = 0.5
"""Two boxes that have this share of their area in common are of one row."""

_OWN_PREFIX = (SubjectKind.LETTER_REFERENCES, SubjectKind.STAMPS)
"""Rows of which each has a prefix to itself: ``reference[0].``."""

# "plan[0].items[3].q1", "plan[0].items[3].year 2565", "plan[0].title"
_PLAN_FIELD = re.compile(r"plan\[(?P<plan>\d+)\]\.(?P<item>items\[[^\]]*\]\.)?(?P<field>.+)")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A row that people can correct: its id, its place, and how the names of its evidence begin.

    ``raw`` is what the page says there, where the row as a whole has such a text.
    """

    kind: SubjectKind
    subject_id: str
    row: Row
    page: int | None = None
    box: Box | None = None
    prefix: str = ""
    raw: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that can be corrected."""
        if self.kind is SubjectKind.REVIEW_ISSUES:
            return (str(self.row["code"]),)
        return CORRECTABLE[self.kind]

    def evidence_field(self, field: str) -> str:
        """The name under which evidence for ``field`` is kept."""
        if self.kind is SubjectKind.PLAN_BUDGETS:
            field = f"year {self.row['fiscal_year_be']}"
        return f"{self.prefix}{field}"

    def is_in_place_of(self, page: int | None, box: Box | None, raw: str | None) -> bool:
        """Whether it stands where another reading had a row: at its place, or, in text, with its words."""
        if self.page != page:
            return False
        if self.box is None or box is None:
            return self.box is box and self.raw == raw
        return is_same_place(self.box, box)


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """The rows of a document by their ids, and its evidence rows by (subject id, field)."""

    by_id: Mapping[str, Subject]
    evidence: dict[tuple[str, str], Row]

    @staticmethod
    def of(rows: Rows) -> Subjects:
        """Those of ``rows``, the rows of one document by table."""
        by_id = {subject.subject_id: subject for subject in _subjects(rows)}
        return Subjects(by_id, dict(_evidence(rows, tuple(by_id.values()))))


def is_same_place(one: Box, other: Box) -> bool:
    """Whether two boxes of one page are of one row, or of one value."""
    shared = one.intersection(other)
    return shared >= _SAME_PLACE * (one.area + other.area - shared) and shared > 0


def issue_subject_id(row: Mapping[str, Any]) -> str:
    """By what an issue of a document is known again when the file is read anew."""
    known = f"{row['document_id']}-{row['code']}-{row['page'] or 0}"
    return f"{known}-{row['about']}" if row["about"] else known


def box_of(row: Mapping[str, Any]) -> Box | None:
    """The box of a row that has edges, or None."""
    edges = [row.get(name) for name in ("x0", "y0", "x1", "y1")]
    return None if None in edges else Box(*(float(edge or 0.0) for edge in edges))


def _subjects(rows: Rows) -> Iterator[Subject]:
    kinds = SubjectKind
    for row in rows["letters"]:
        yield Subject(kinds.LETTERS, row["document_id"], row)
    for at, row in enumerate(rows["letter_references"]):
        place = row["page"], box_of(row)
        prefix = f"reference[{at}]."
        yield Subject(kinds.LETTER_REFERENCES, row["reference_id"], row, *place, prefix, row["raw_text"])
    for at, row in enumerate(rows["stamps"]):
        stamp_id = f"{row['document_id']}-s{row['ordinal']:03d}"
        prefix, raw = f"stamp[{at}].", row["raw_text"] or ""
        yield Subject(kinds.STAMPS, stamp_id, row, row["page"], box_of(row), prefix, raw)
    for at, plan in enumerate(rows["plans"]):
        yield Subject(kinds.PLANS, plan["plan_id"], plan, prefix=f"plan[{at}].")
        yield from _plan_rows(rows, plan["plan_id"], f"plan[{at}].")
    for row in rows["review_issues"]:
        yield Subject(kinds.REVIEW_ISSUES, issue_subject_id(row), row, row["page"], raw=row["message"])


def _plan_rows(rows: Rows, plan_id: str, plan_prefix: str) -> Iterator[Subject]:
    years = defaultdict(list)
    for year in rows["plan_budgets"]:
        years[year["plan_id"], year["row"]].append(year)
    for item in (item for item in rows["plan_items"] if item["plan_id"] == plan_id):
        item_id = f"{plan_id}-{item['row']:03d}"
        place = item["page"], box_of(item), f"{plan_prefix}items[{item['item_no']}].", item["title"]
        yield Subject(SubjectKind.PLAN_ITEMS, item_id, item, *place)
        for year in years[plan_id, item["row"]]:
            yield Subject(SubjectKind.PLAN_BUDGETS, f"{item_id}-{year['ordinal']}", year, *place)


def _evidence(rows: Rows, subjects: Sequence[Subject]) -> Iterator[tuple[tuple[str, str], Row]]:
    plans = [s.subject_id for s in subjects if s.kind is SubjectKind.PLANS]
    own = {s.prefix: s.subject_id for s in subjects if s.kind in _OWN_PREFIX}
    years = {
        (s.subject_id.rpartition("-")[0], s.row["fiscal_year_be"]): s.subject_id
        for s in subjects
        if s.kind is SubjectKind.PLAN_BUDGETS
    }
    met: dict[str, int] = defaultdict(int)
    for row in rows["field_evidence"]:
        name = str(row["field"])
        found = _PLAN_FIELD.fullmatch(name)
        if found is None:
            start, dot, field = name.rpartition(".")
            subject_id = own.get(start + dot)
            yield (row["document_id"], name) if subject_id is None else (subject_id, field), row
            continue
        if int(found["plan"]) >= len(plans):
            continue
        plan_id, field = plans[int(found["plan"])], found["field"]
        if found["item"] is None:
            yield (plan_id, field), row
            continue
        # Items may share a number; the evidence of each begins with its title.
        met[plan_id] += field == "title"
        item_id = f"{plan_id}-{met[plan_id]:03d}"
        if not field.startswith("year "):
            yield (item_id, field), row
        elif (year := (item_id, int(field.removeprefix("year ")))) in years:
            yield (years[year], "amount"), row
