"""The tables of the catalog: one description from which DDL, datasets and the data package come.

Every column carries its title and description (``Column.comment`` holds the description, ``Column.info``
the rest), so a column cannot exist without being documented. :data:`DATASETS` are the tables that are
exported; the others keep the ledger. Names and meanings of the dataset columns are a promise to the
people who build on them: add columns, never rename or reuse one.

Tables refer to one another with foreign keys that SQLite enforces. They are checked at the end of a
transaction, because a file that is read again is deleted and written anew under the same ids while
references of other files go on pointing at its letters.
"""

# ruff: noqa: E501  (one column a line, with its description)
from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
    Text,
)

from pipeline.model import (
    AuditStatus,
    DocumentKind,
    FileStatus,
    LetterForm,
    ReferenceStatus,
    Relation,
    Severity,
)

METADATA = MetaData()

_TYPES: dict[str, type[Text | Integer | Float[float] | Boolean]] = {
    "text": Text,
    "integer": Integer,
    "number": Float,
    "boolean": Boolean,
    "array": Text,
    "object": Text,
}


def _column(
    name: str,
    kind: str,
    title: str,
    description: str,
    *,
    key: bool = False,
    required: bool = False,
    unique: bool = False,
    index: bool = False,
    parent: str | None = None,
    cascade: bool = True,
    choices: Iterable[StrEnum] | None = None,
    measured: bool = False,
) -> Column[Any]:
    """A documented column.

    ``kind`` is text, integer, number, boolean, or array/object for JSON text. ``parent`` is the
    ``table.column`` that the value must exist in; with ``cascade`` the row goes when its parent goes.
    ``measured`` marks values of the clock, which differ from run to run and stay out of the CSV.
    """
    constraint = () if parent is None else (_foreign_key(parent, cascade),)
    info = {"title": title, "kind": kind, "measured": measured}
    if choices is not None:
        info["choices"] = [choice.value for choice in choices]
    return Column(
        name, _TYPES[kind], *constraint, primary_key=key, nullable=not (required or key),
        unique=unique or None, index=index or None, comment=description, info=info,
    )  # fmt: skip


def _foreign_key(parent: str, cascade: bool) -> ForeignKey:
    if cascade:
        return ForeignKey(parent, ondelete="CASCADE")
    return ForeignKey(parent, deferrable=True, initially="DEFERRED")


def _document_id(*, key: bool = True) -> Column[Any]:
    return _column(
        "document_id", "text", "Document", "The document that this belongs to.", key=key, required=True,
        index=not key, parent="documents.document_id",
    )  # fmt: skip


def _ordinal(of: str) -> Column[Any]:
    return _column("ordinal", "integer", "Ordinal", f"Place among {of}, from 1.", key=True)


def _confidence(of: str) -> Column[Any]:
    return _column("confidence", "number", "Confidence", f"Probability, 0 to 1, that {of} right.")


def _edges(of: str) -> Iterator[Column[Any]]:
    for name, edge in (("x0", "Left"), ("y0", "Top"), ("x1", "Right"), ("y1", "Bottom")):
        yield _column(name, "number", name, f"{edge} edge of the {of}, in pixels of the cleaned page.")


_REVIEW = "True where a person should look before the row is trusted."
_ISO = "ISO 8601 text of the Common Era; YYYY-MM where the day is unknown, YYYY where the month is too."

files = Table(
    "files", METADATA,
    _column("file_id", "text", "File", "Stable id: the SHA-256 of the bytes, or one made from the path where the bytes could not be read.", key=True),
    _column("file_sha256", "text", "SHA-256", "SHA-256 of the file's bytes in hexadecimal; empty where they could not be read.", unique=True),
    _column("path", "text", "Path", "Where the file lies, as it was named to the program; bytes that are not UTF-8 are written as \\xNN.", required=True),
    _column("media_type", "text", "Media type", "What the content is, whatever the name says."),
    _column("size_bytes", "integer", "Size", "Size in bytes."),
    _column("pages", "integer", "Pages", "Number of pages."),
    _column("status", "text", "Status", "done: every page was read; partial: some were not; failed: nothing was read.", required=True, choices=FileStatus),
    _column("error_code", "text", "Error code", "Why the file could not be read, as a stable code."),
    _column("error", "text", "Error", "Why the file could not be read, in words."),
    _column("pipeline_version", "text", "Pipeline version", "Version of the program that made these records.", required=True),
    _column("model_version", "text", "Model version", "Hash of the recogniser that made these records.", required=True),
    _column("seconds", "number", "Seconds", "How long reading took. Measured anew by each run, therefore empty in the CSV (two runs give the same bytes) and filled in the catalog and in Parquet.", measured=True),
    _column("timings", "object", "Timings", "Seconds for each stage, as JSON. Empty in the CSV, as seconds.", measured=True),
    info={"title": "Files", "description": "The input files, read or not."},
)  # fmt: skip

documents = Table(
    "documents", METADATA,
    _column("document_id", "text", "Document", "Stable id: 16 hexadecimal digits of the file's SHA-256 and the ordinal.", key=True),
    _column("file_sha256", "text", "SHA-256 of the file", "The file that holds the document.", required=True, index=True, parent="files.file_sha256"),
    _column("path", "text", "Path of the file", "As in files.", required=True),
    _column("ordinal", "integer", "Ordinal", "Place of the document in its file, from 1.", required=True),
    _column("first_page", "integer", "First page", "Page of the file on which the document begins, from 1.", required=True),
    _column("last_page", "integer", "Last page", "Page of the file on which the document ends.", required=True),
    _column("kind", "text", "Kind", "What the document is; orders (คำสั่ง) and other attachments are other.", required=True, choices=DocumentKind),
    _column("title", "text", "Title", "Its subject (เรื่อง) or heading."),
    _confidence("the document's bounds and kind are"),
    info={"title": "Documents", "description": "The documents inside the files: a scan is usually a bundle of several."},
)  # fmt: skip

letters = Table(
    "letters", METADATA,
    _document_id(),
    _column("form", "text", "Form", "Form of the letter: external (หนังสือภายนอก), stamped (หนังสือประทับตรา), memo (บันทึกข้อความ), announcement (ประกาศ), radio (วิทยุ/โทรสาร).", required=True, choices=LetterForm),
    _column("number", "text", "Number (ที่)", "Letter number, normalised to Arabic digits: มท 0810.3/ว 2927."),
    _column("number_raw", "text", "Number as read", "Letter number as the page says it."),
    _column("agency_code", "text", "Agency code", "Letters and digits of the agency in the number: มท 0810.3.", index=True),
    _column("is_circular", "boolean", "Circular", "True for a circular (หนังสือเวียน, ว), which has a register of its own."),
    _column("running_number", "integer", "Running number", "Number in the agency's register, which restarts each year."),
    _column("date", "text", "Date", _ISO, index=True),
    _column("date_raw", "text", "Date as read", "Date as the page says it."),
    _column("sender", "text", "Sender (ส่วนราชการ)", "The issuing office as the letterhead prints it."),
    _column("sender_agency", "text", "Sending agency", "The agency that the office stands for."),
    _column("sender_address", "text", "Address", "The sender's address in the letterhead."),
    _column("recipient", "text", "Recipient (เรียน)", "To whom the letter is addressed."),
    _column("subject", "text", "Subject (เรื่อง)", "What the letter is about."),
    _column("urgency", "text", "Urgency", "ด่วน, ด่วนมาก or ด่วนที่สุด; empty for an ordinary letter."),
    _column("secrecy", "text", "Secrecy", "ลับ, ลับมาก or ลับที่สุด; empty for an open letter."),
    _column("signer", "text", "Signer", "Name under the signature."),
    _column("signer_position", "text", "Position of the signer", "Position, with the office acted for (ปฏิบัติราชการแทน, รักษาราชการแทน)."),
    _column("contact_phone", "text", "Telephone (โทร.)", "Telephone of the owning unit."),
    _confidence("number and date are"),
    _column("needs_review", "boolean", "Needs review", _REVIEW, required=True),
    _column("number_alternatives", "array", "Other readings of the number", "JSON array of [number, probability], likeliest first."),
    info={"title": "Letters", "description": "Letters, memos and announcements with their fields."},
)  # fmt: skip

stamps = Table(
    "stamps", METADATA,
    _document_id(),
    _ordinal("the document's stamps"),
    _column("office", "text", "Office", "The office that received the letter."),
    _column("received_number", "text", "Received number (เลขรับ)", "Number in the receiving office's register."),
    _column("received_date", "text", "Received on (วันที่)", _ISO),
    _column("received_time", "text", "Received at (เวลา)", "Time of day as HH:MM."),
    _column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    _confidence("the stamp was read"),
    *_edges("stamp"),
    info={"title": "Stamps", "description": "Receive stamps (ตรารับหนังสือ) on letters."},
)  # fmt: skip

letter_references = Table(
    "letter_references", METADATA,
    _column("reference_id", "text", "Reference", "Stable id: the document's id and the place of the reference in it.", key=True),
    _document_id(key=False),
    _column("position", "integer", "Position", "Place in its list (อ้างถึง, สิ่งที่ส่งมาด้วย), from 1.", required=True),
    _column("relation", "text", "Relation", "refers_to (อ้างถึง), encloses (สิ่งที่ส่งมาด้วย) or mentions (in running text).", required=True, choices=Relation),
    _column("raw_text", "text", "Text", "The reference as the page says it."),
    _column("sender", "text", "Sender named", "Who sent the letter that is named."),
    _column("number", "text", "Number named", "Letter number, normalised to Arabic digits."),
    _column("agency_code", "text", "Agency code", "Letters and digits of the agency in the number."),
    _column("is_circular", "boolean", "Circular", "True where the number is a circular's."),
    _column("running_number", "integer", "Running number", "Number in the agency's register."),
    _column("date", "text", "Date named", _ISO),
    _column("target_document_id", "text", "Letter meant", "The document that is meant; empty where it is not held or not certain.", index=True, parent="documents.document_id", cascade=False),
    _column("status", "text", "Status", "resolved: identity agrees; probable: the evidence says so; ambiguous: several candidates; not_held: none.", required=True, choices=ReferenceStatus),
    _column("score", "number", "Score", "How well the letter meant fits, 0 to 1."),
    _column("evidence", "object", "Evidence", "JSON object: what agreed, what did not, which candidates there were."),
    _column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    _column("subject", "text", "Subject named", "Subject of the letter that is named."),
    _column("target_kind", "text", "Kind named", "letter, or what else is named: law, announcement, attachment.", required=True),
    _confidence("the reference was read"),
    _column("number_alternatives", "array", "Other readings of the number", "JSON array of [number, probability], likeliest first."),
    *_edges("reference"),
    info={"title": "References between letters", "description": "The letters that letters name, and which held letter each means."},
)  # fmt: skip

plans = Table(
    "plans", METADATA,
    _column("plan_id", "text", "Plan", "Stable id: the document's id and the place of the plan in it.", key=True),
    _document_id(key=False),
    _column("title", "text", "Title", "Heading of the plan."),
    _column("organisation", "text", "Organisation", "Whose plan it is."),
    _column("fiscal_year_be", "integer", "Fiscal year (ปีงบประมาณ)", "Thai fiscal year, Buddhist era; it begins on 1 October of the year before."),
    _column("as_of_date", "text", "As of (ข้อมูล ณ วันที่)", _ISO),
    _column("reporter", "text", "Reporter (ผู้รายงาน)", "Who reported it."),
    _column("total_budget", "number", "Total budget", "Total in baht as the table prints it."),
    *(_column(f"q{quarter}_count", "integer", f"Ticks in quarter {quarter}", f"Number of items in quarter {quarter}, as the table prints it.") for quarter in range(1, 5)),
    _column("audit_status", "text", "Audit", "consistent: rows add up to the totals; repaired: they do after doubtful digits were read again; inconsistent: they do not; no_totals: nothing to check against.", required=True, choices=AuditStatus),
    _column("audit_note", "text", "Audit note", "What the audit found, in words."),
    _column("legend", "object", "Legend", "JSON object: what the marks of the table mean."),
    info={"title": "Plans", "description": "Plan tables, their pages stitched, with the totals that they print."},
)  # fmt: skip

plan_items = Table(
    "plan_items", METADATA,
    _column("plan_id", "text", "Plan", "The plan that the row belongs to.", key=True, parent="plans.plan_id"),
    _column("row", "integer", "Row", "Place among the plan's rows, from 1.", key=True),
    _column("item_no", "integer", "Item (ลำดับ)", "Item number as the table prints it."),
    _column("title", "text", "Title", "Name of the project, activity or measure."),
    _column("kind", "text", "Kind", "โครงการ, กิจกรรม, มาตรการ or other."),
    _column("dimension", "integer", "Dimension (มิติ)", "Dimension of the anti-corruption plan that the item serves."),
    _column("budget", "number", "Budget", "Budget in baht; 0 where the table prints a dash or zero, empty where it could not be read."),
    *(_column(f"q{quarter}", "boolean", f"Quarter {quarter}", f"True where quarter {quarter} is ticked; empty where the table has no such column.") for quarter in range(1, 5)),
    _column("note", "text", "Note (หมายเหตุ)", "Remark in the row."),
    _column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    _confidence("the row was read"),
    _column("needs_review", "boolean", "Needs review", _REVIEW, required=True),
    _column("budget_raw", "text", "Budget as read", "Budget as the page says it."),
    _column("extra", "object", "Other columns", "JSON object: cells of columns that no other field has, by heading."),
    *_edges("row"),
    info={"title": "Plan items", "description": "Rows of the plan tables."},
)  # fmt: skip

plan_budgets = Table(
    "plan_budgets", METADATA,
    _column("plan_id", "text", "Plan", "The plan that the row belongs to.", key=True),
    _column("row", "integer", "Row", "The row of the plan, as in plan_items.", key=True),
    _ordinal("the row's budgets"),
    _column("item_no", "integer", "Item (ลำดับ)", "Item number as the table prints it."),
    _column("fiscal_year_be", "integer", "Fiscal year (ปีงบประมาณ)", "Thai fiscal year, Buddhist era."),
    _column("amount", "number", "Amount", "Budget of that year in baht."),
    ForeignKeyConstraint(["plan_id", "row"], ["plan_items.plan_id", "plan_items.row"], ondelete="CASCADE"),
    info={"title": "Plan budgets", "description": "Budgets by fiscal year, where a plan has a column for each year."},
)  # fmt: skip

pages = Table(
    "pages", METADATA,
    _column("file_sha256", "text", "SHA-256 of the file", "The file that holds the page.", key=True, parent="files.file_sha256"),
    _column("page", "integer", "Page", "Page of the file, from 1.", key=True),
    _column("width", "integer", "Width", "Width in pixels after rotation and deskew.", required=True),
    _column("height", "integer", "Height", "Height in pixels after rotation and deskew.", required=True),
    _column("dpi", "integer", "Resolution", "Pixels to the inch.", required=True),
    _column("rotation", "integer", "Rotation", "Degrees by which the scan was turned upright.", required=True),
    _column("skew", "number", "Skew", "Degrees of skew that were corrected, positive when the scan was turned clockwise."),
    _column("text", "text", "Text", "Everything read on the page: lines, then tables, then stamps."),
    _column("mean_confidence", "number", "Mean confidence", "Mean confidence of the lines, 0 to 1."),
    info={"title": "Pages", "description": "Pages of the files with their text."},
)  # fmt: skip

field_evidence = Table(
    "field_evidence", METADATA,
    _document_id(),
    _ordinal("the document's evidence"),
    _column("field", "text", "Field", "The field that the value is for.", required=True),
    _column("value", "text", "Value", "What was concluded; empty where nothing could be."),
    _column("raw", "text", "Text read", "What the page says."),
    _column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    *_edges("text"),
    _confidence("the value is"),
    _column("rule", "text", "Rule", "Name of the rule that made the value."),
    _column("alternatives", "array", "Alternatives", "JSON array of [value, probability], likeliest first."),
    info={"title": "Evidence", "description": "Where each extracted value stands on its page, and why it is what it is."},
)  # fmt: skip

review_issues = Table(
    "review_issues", METADATA,
    _column("issue_id", "text", "Issue", "Stable id within the file or document.", key=True),
    _column("file_id", "text", "File", "The file that it is about.", required=True, index=True, parent="files.file_id"),
    _column("document_id", "text", "Document", "The document that it is about; empty where it is about the file.", index=True, parent="documents.document_id"),
    _column("page", "integer", "Page", "Page of the file, from 1."),
    _column("severity", "text", "Severity", "How much it matters to a person who looks.", required=True, choices=Severity),
    _column("code", "text", "Code", "What it is, as a stable code.", required=True, index=True),
    _column("message", "text", "Message", "What it is, in words."),
    _column("stage", "text", "Stage", "reading, or citations for what comes from comparing letters with one another.", required=True),
    info={"title": "Review issues", "description": "What a person should look at."},
)  # fmt: skip

DATASETS: tuple[Table, ...] = (
    files, documents, letters, stamps, letter_references, plans, plan_items, plan_budgets, pages,
    field_evidence, review_issues,
)  # fmt: skip
"""The tables that are exported, parents before children."""

# ---------------------------------------------------------------------- the ledger

ledger = Table(
    "ledger", METADATA,
    _column("file_id", "text", "File", "The file that was tried.", key=True, parent="files.file_id"),
    _column("pipeline_version", "text", "Pipeline version", "Version of the program that tried last.", required=True),
    _column("model_version", "text", "Model version", "Recogniser of the last try.", required=True),
    _column("status", "text", "Status", "How the last try ended.", required=True),
    _column("error_code", "text", "Error code", "Why the last try failed."),
    info={"title": "Ledger", "description": "How the last try at each file ended; its records may be of an earlier, better one."},
)  # fmt: skip

file_paths = Table(
    "file_paths", METADATA,
    _column("path", "text", "Path", "Absolute path.", key=True),
    _column("given", "text", "Path as given", "The path as it was named to the program.", required=True),
    _column("sha256", "text", "SHA-256", "Hash of the bytes that lie there.", index=True),
    _column("size", "integer", "Size", "Size in bytes when they were hashed."),
    _column("mtime_ns", "integer", "Modified", "Time of modification when they were hashed."),
    _column("ctime_ns", "integer", "Changed", "Time of the inode's change when they were hashed."),
    _column("inode", "integer", "Inode", "Inode when they were hashed."),
    _column("recorded_sha256", "text", "Recorded", "Hash of the bytes whose records stand for this path.", index=True),
    _column("present", "boolean", "Present", "False once the file is gone.", required=True),
    info={"title": "Paths", "description": "Where files lie; an unchanged stat saves hashing them again."},
)  # fmt: skip

progress = Table(
    "progress", METADATA,
    _column("name", "text", "Name", "records, or what was made from them last: resolution, datasets; basis.", key=True),
    _column("revision", "integer", "Revision", "Counts the transactions that changed records; of basis, what the verdicts rest on.", required=True),
    info={"title": "Progress", "description": "Tells whether what is derived from the records is up to date."},
)  # fmt: skip

# ---------------------------------------------------------------------- what changed since the last resolution

letter_keys = Table(
    "letter_keys", METADATA,
    _column("document_id", "text", "Letter", "The letter that has the key.", key=True),
    _column("key", "integer", "Key", "What it shares with the references that may mean it.", key=True, index=True),
    sqlite_with_rowid=False,
    info={"title": "Keys of letters", "description": "By them the resolver finds the letters that a reference may mean."},
)  # fmt: skip

reference_keys = Table(
    "reference_keys", METADATA,
    _column("key", "integer", "Key", "What it shares with the letters that it may mean.", key=True),
    _column("reference_id", "text", "Reference", "The reference that has the key; it may be there no more.", key=True),
    sqlite_with_rowid=False,
    info={"title": "Keys of references", "description": "By them the resolver finds the references that a letter may concern."},
)  # fmt: skip

documents_come = Table(
    "documents_come", METADATA,
    _column("document_id", "text", "Document", "A document whose references are not resolved yet.", key=True),
    info={"title": "Documents come", "description": "What was written since the last resolution."},
)  # fmt: skip

keys_gone = Table(
    "keys_gone", METADATA,
    _column("key", "integer", "Key", "A key of letters that are there no more.", key=True),
    _column("letters", "integer", "Letters", "How many letters had it.", required=True),
    sqlite_with_rowid=False,
    info={"title": "Keys gone", "description": "What was taken away since the last resolution."},
)  # fmt: skip
