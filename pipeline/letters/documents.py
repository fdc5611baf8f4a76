"""From pages to documents: sheets, split, fields, checks across the bundle."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.letters.agency import sender_agency
from pipeline.letters.crosscheck import crosscheck
from pipeline.letters.letter import Reading, read_letter
from pipeline.letters.review import review, review_references, review_stamps
from pipeline.letters.row_evidence import reference_evidence, stamp_evidence
from pipeline.letters.rows import Row
from pipeline.letters.sheets import sheets_of
from pipeline.letters.split import Part, split_bundle
from pipeline.model import Document, Evidence, Issue, Letter, LetterForm, Page, Severity, identity_fields

TITLE_STOP = re.compile(r"^(?:วาระ|ระเบียบวาระ|ที่ประชุม|ผู้มาประชุม|ลำดับ|ที่\s|[0-9๐-๙(])")
"""What begins below a title: ``วาระที่ ๑``, ``ผู้มาประชุม``, a table's head, a numbered item."""

TITLE_LENGTH = 200
"""A document's title is cut after this many characters."""


def read_documents(pages: Iterable[Page]) -> tuple[Document, ...]:
    """The documents of one bundle, in order, every page in at least one of them.

    ``pages`` are the pages of one file that could be read, in order; no more of them are held at a time
    than one document has. Plan tables are named and placed, not read: ``Document.plans`` is empty.
    """
    documents: list[Document] = []
    readings: list[Reading | None] = []
    for part in split_bundle(sheet for page in pages for sheet in sheets_of(page)):
        documents.append(_document(len(documents) + 1, part))
        readings.append(read_letter(part) if part.head.form else None)
    return tuple(
        _with_letter(document, reading) if reading else document
        for document, reading in zip(documents, crosscheck(readings), strict=True)
    )


def _document(ordinal: int, part: Part) -> Document:
    pages = [sheet.page for sheet in part.sheets]
    return Document(
        ordinal=ordinal,
        first_page=min(pages),
        last_page=max(pages),
        kind=part.head.kind,
        title=None if part.head.form else _title(part),
        confidence=round(part.confidence, 4),
        stamps=part.stamps,
        evidence=stamp_evidence(part.stamps),
        issues=(*_placing_issues(part), *review_stamps(part.stamps)),
    )


def _with_letter(document: Document, reading: Reading) -> Document:
    letter, evidence, issues = _letter(reading)
    return replace(
        document,
        title=letter.subject,
        letter=letter,
        references=reading.references,
        evidence=(*evidence, *reference_evidence(reading.references), *document.evidence),
        issues=(*issues, *review_references(reading.references), *document.issues),
    )


def _placing_issues(part: Part) -> tuple[Issue, ...]:
    if part.confidence >= 0.7:
        return ()
    message = "no head was found here and nothing announces a continuation"
    return (Issue("page_unplaced", message, Severity.NOTE, part.sheets[0].page),)


# ---------------------------------------------------------------------- letters


def _letter(reading: Reading) -> tuple[Letter, tuple[Evidence, ...], tuple[Issue, ...]]:
    fields = dict(reading.fields)
    agency = sender_agency(fields, reading.number)
    if agency:
        fields["sender_agency"] = agency
    issues = (*review(reading.form, fields, reading.number), *reading.issues)
    value = {name: found.value for name, found in fields.items()}
    number, read = reading.number, fields.get("number")
    letter = Letter(
        form=reading.form,
        number_raw=read.raw if read else None,
        agency_code=number.agency_code if number else None,
        is_circular=number.is_circular if number else None,
        running_number=number.running_number if number and value.get("number") else None,
        date_raw=fields["date"].raw if "date" in fields else None,
        confidence=_confidence(reading.form, fields),
        needs_review=any(issue.severity is not Severity.NOTE for issue in issues),
        number_alternatives=read.alternatives if read else (),
        **value,
    )
    return letter, tuple(fields.values()), issues


def _confidence(form: LetterForm, fields: dict[str, Evidence]) -> float:
    """The probability that both number and date are right; of the date alone where there is no number."""
    confidence = 1.0
    for key in identity_fields(form):
        found = fields.get(key)
        confidence *= found.confidence if found and found.value is not None else 0.0
    return round(confidence, 4)


# ---------------------------------------------------------------------- titles


def _title(part: Part) -> str | None:
    """The title rows of a document that is no letter: its head row and the short rows right below it."""
    rows = part.rows
    if not rows:
        return None
    start = part.head.title_row or 0
    held = [rows[start]]
    for row in rows[start + 1 : start + 4]:
        if not _titles_on(row, held[-1]):
            break
        held.append(row)
    return " ".join(row.text for row in held)[:TITLE_LENGTH]


def _titles_on(row: Row, before: Row) -> bool:
    """Whether a row still belongs to the title above it: short, on the same page, close below."""
    listed = TITLE_STOP.match(row.text)
    return row.page == before.page and len(row.text) < 70 and row.gap < 1.5 and not listed
