"""From the records of a document to what the page shows of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.catalog import (
    Catalog,
    DocumentRecord,
    Rows,
    Subject,
    Subjects,
    box_of,
    is_doubtful_cell,
    issue_codes,
)
from pipeline.checking.entries import Alternative, DocumentView, Entry, Group
from pipeline.checking.grammar import TICKS, shown_form, typed_form
from pipeline.model import SURE_ROW, TICK_FIELDS, SubjectKind
from pipeline.thai import terms
from pipeline.words import rules_in_words, word

Record = Mapping[str, Any]


def document_view(catalog: Catalog, document_id: str) -> DocumentView | None:
    """The document of that id, or None."""
    record = catalog.document_record(document_id)
    if record is None:
        return None
    said = catalog.corrections_of(document_id)
    rows = catalog.rows_as_read(document_id)
    maker = _Maker(
        now=Subjects.of(catalog.rows_of(document_id)),
        read=Subjects.of(rows),
        said={(row["subject_id"], row["field"]): row for row in said if row["applied"]},
        record=record,
        meant={row["reference_id"]: _letters_meant(catalog, row) for row in record.references},
    )
    return DocumentView(record, reading_name(rows), tuple(maker.groups()), said)


def reading_name(rows: Rows) -> str:
    """A name for the rows of a document as they were read, other for every other reading."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """Makes the groups of a document from its rows as they are now and as they were read."""

    now: Subjects
    read: Subjects
    said: Mapping[tuple[str, str], Record]
    record: DocumentRecord
    meant: Mapping[str, Sequence[Record]]

    def groups(self) -> Iterator[Group]:
        numbers: dict[SubjectKind, int] = {}
        years: dict[str, list[Subject]] = {}
        for subject in self.now.by_id.values():
            if subject.kind is SubjectKind.PLAN_BUDGETS:
                years.setdefault(subject.subject_id.rpartition("-")[0], []).append(subject)
        for subject in self.now.by_id.values():
            if subject.kind in (SubjectKind.REVIEW_ISSUES, SubjectKind.PLAN_BUDGETS):
                continue
            numbers[subject.kind] = numbers.get(subject.kind, 0) + 1
            title, lines = self._heading(subject, numbers[subject.kind])
            links = tuple(_link(letter) for letter in self.meant.get(subject.subject_id, ()))
            entries = [
                self._entry(subject, field) for field in subject.fields if self._is_shown(subject, field)
            ]
            entries += [self._entry(year, "amount") for year in years.get(subject.subject_id, ())]
            yield Group(
                subject.subject_id,
                subject.kind,
                title,
                lines,
                links,
                tuple(entries),
                subject.page,
                subject.box,
            )

    def _heading(self, subject: Subject, number: int) -> tuple[str, tuple[str, ...]]:
        row = subject.row
        match subject.kind:
            case SubjectKind.LETTERS:
                return "ข้อมูลหนังสือ", ()
            case SubjectKind.LETTER_REFERENCES:
                verdicts = [r for r in self.record.references if r["reference_id"] == row["reference_id"]]
                lines = _verdict_lines(verdicts[0]) if verdicts else ()
                return f"{word('relation', row['relation'])} ({number})", lines
            case SubjectKind.STAMPS:
                return f"ตราลงรับ ({number})", ()
            case SubjectKind.PLANS:
                note = row["audit_note"] or ""
                return f"แผน ({number})", (word("audit", row["audit_status"]), note)
            case _:
                return f"รายการที่ {row['item_no'] or '–'}: {row['title'] or ''}", ()

    def _is_shown(self, subject: Subject, field: str) -> bool:
        """Columns that a table may lack are shown where this one has them, or a person spoke of them."""
        optional = subject.kind in (SubjectKind.PLAN_ITEMS, SubjectKind.PLANS)
        optional |= subject.kind is SubjectKind.LETTER_REFERENCES and field == "subject"
        known = (subject.subject_id, field)
        return not optional or subject.row[field] is not None or known in self.now.evidence

    def _entry(self, subject: Subject, field: str) -> Entry:
        known = (subject.subject_id, field)
        evidence = self.now.evidence.get(known)
        value = _text_of(subject, field)
        label = word("field", field)
        if subject.kind is SubjectKind.PLAN_BUDGETS:
            label = f"{label} ปี {subject.row['fiscal_year_be']}"
        correction = self.said.get(known)
        return Entry(
            key=f"{subject.subject_id}.{field}",
            subject_id=subject.subject_id,
            field=field,
            label=label,
            value=value,
            shown=shown_form(field, value),
            typed=typed_form(field, value),
            raw=evidence["raw"] if evidence else subject.raw,
            confidence=_confidence(subject, evidence),
            rule=rules_in_words(evidence) if evidence else "",
            page=evidence["page"] if evidence else subject.page,
            box=(box_of(evidence) if evidence else None) or subject.box,
            alternatives=self._alternatives(subject, field, value),
            choices=_choices(field),
            doubtful=correction is None and self._is_doubtful(subject, field, evidence),
            correction=correction,
        )

    def _is_doubtful(self, subject: Subject, field: str, evidence: Record | None) -> bool:
        """Whether the catalog marks the value for review; references and stamps have no mark of their own."""
        if subject.kind is SubjectKind.LETTERS:
            return any(issue["code"] in issue_codes(field) for issue in self.record.issues)
        if subject.kind in (SubjectKind.LETTER_REFERENCES, SubjectKind.STAMPS):
            unsure = float(subject.row["confidence"] or 0.0) < SURE_ROW
            return unsure and subject.row[field] is not None
        in_table = subject.kind is not SubjectKind.PLANS
        return in_table and evidence is not None and is_doubtful_cell(field, evidence)

    def _alternatives(self, subject: Subject, field: str, value: str | None) -> tuple[Alternative, ...]:
        """The other readings, the value as read where it was corrected, and what letters held say."""
        known = (subject.subject_id, field)
        evidence = self.read.evidence.get(known)
        read = self.read.by_id.get(subject.subject_id)
        found: list[tuple[str, float | None]] = []
        if read is not None:
            as_read = _text_of(read, field)
            found += [(as_read, None)] if as_read is not None else []
            own = read.row["number_alternatives"] if field == "number" else None
            found += _pairs(evidence["alternatives"] if evidence else own)
        if field in ("number", "date", "sender"):
            found += [(letter[field], None) for letter in self.meant.get(subject.subject_id, ())]
        likeliest: dict[str, Alternative] = {}
        for other, probability in found:
            shown = shown_form(field, other)
            if other and shown != shown_form(field, value):
                likeliest.setdefault(shown, Alternative(other, shown, probability))
        return tuple(likeliest.values())[:6]


def _letters_meant(catalog: Catalog, reference: Record) -> tuple[Record, ...]:
    """The letters held that a reference means or may mean, likeliest first."""
    candidates = json.loads(reference["evidence"] or "{}").get("candidates", ())
    ids = [reference["target_document_id"], *(candidate["document_id"] for candidate in candidates)]
    return catalog.letters_of([name for name in dict.fromkeys(ids) if name])


def _link(letter: Record) -> tuple[str, str]:
    said = (letter["number"], shown_form("date", letter["date"]), letter["sender"])
    return letter["document_id"], " · ".join(part for part in said if part)


def _verdict_lines(reference: Record) -> tuple[str, ...]:
    status = word("status", reference["status"])
    score = f" (คะแนน {reference['score']:.2f})" if reference["score"] else ""
    return (status + score,)


def _text_of(subject: Subject, field: str) -> str | None:
    """The value of a column as text; ticks that the database holds as 0 and 1 are False and True."""
    value = subject.row[field]
    if value is None:
        return None
    if field in TICK_FIELDS:
        return str(bool(value))
    return str(value)


def _confidence(subject: Subject, evidence: Record | None) -> float | None:
    if evidence is not None:
        return float(evidence["confidence"])
    confidence = subject.row.get("confidence")
    own = (SubjectKind.LETTER_REFERENCES, SubjectKind.STAMPS)
    return float(confidence) if subject.kind in own and confidence is not None else None


def _choices(field: str) -> tuple[tuple[str, str], ...]:
    if field in TICK_FIELDS:
        return TICKS
    return tuple((term, term) for term in terms(field)) if field in ("urgency", "secrecy") else ()


def _pairs(alternatives: str | None) -> Sequence[tuple[str, float]]:
    return [(str(value), float(p)) for value, p in json.loads(alternatives or "[]")]
