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

from sqlalchemy import ForeignKeyConstraint, MetaData, Table

from pipeline.catalog.columns import column, confidence, document_column, edges, ordinal
from pipeline.model import (
    AuditStatus,
    DocumentKind,
    FileStatus,
    LetterForm,
    ReferenceStatus,
    Relation,
    Severity,
    SubjectKind,
    Verdict,
)

METADATA = MetaData()

_REVIEW = "True where a person should look before the row is trusted."
_ISO = "ISO 8601 text of the Common Era; YYYY-MM where the day is unknown."

files = Table(
    "files", METADATA,
    column("file_id", "text", "File", "Stable id: the SHA-256 of the bytes, or one made from the path where the bytes could not be read.", key=True),
    column("file_sha256", "text", "SHA-256", "SHA-256 of the file's bytes in hexadecimal; empty where they could not be read.", unique=True),
    column("path", "text", "Path", "Where the file lies, as it was named to the program; bytes that are not UTF-8 are written as \\xNN.", required=True),
    column("media_type", "text", "Media type", "What the content is, whatever the name says."),
    column("size_bytes", "integer", "Size", "Size in bytes."),
    column("pages", "integer", "Pages", "Number of pages."),
    column("status", "text", "Status", "done: every page was read; partial: some were not; failed: nothing was read.", required=True, choices=FileStatus),
    column("error_code", "text", "Error code", "Why the file could not be read, as a stable code."),
    column("error", "text", "Error", "Why the file could not be read, in words."),
    column("pipeline_version", "text", "Pipeline version", "Version of the program that made these records.", required=True),
    column("model_version", "text", "Model version", "Hash of the recogniser that made these records.", required=True),
    column("seconds", "number", "Seconds", "How long reading took. Measured anew by each run, therefore empty in the CSV (two runs give the same bytes) and filled in the catalog and in Parquet.", measured=True),
    column("timings", "object", "Timings", "Seconds for each stage, as JSON. Empty in the CSV, as seconds.", measured=True),
    info={"title": "Files", "description": "The input files, read or not."},
)  # fmt: skip

documents = Table(
    "documents", METADATA,
    column("document_id", "text", "Document", "Stable id: 16 hexadecimal digits of the file's SHA-256 and the ordinal.", key=True),
    column("file_sha256", "text", "SHA-256 of the file", "The file that holds the document.", required=True, index=True, parent="files.file_sha256"),
    column("path", "text", "Path of the file", "As in files.", required=True),
    column("ordinal", "integer", "Ordinal", "Place of the document in its file, from 1.", required=True),
    column("first_page", "integer", "First page", "Page of the file on which the document begins, from 1.", required=True),
    column("last_page", "integer", "Last page", "Page of the file on which the document ends.", required=True),
    column("kind", "text", "Kind", "What the document is; orders (คำสั่ง) and other attachments are other.", required=True, choices=DocumentKind),
    column("title", "text", "Title", "Its subject (เรื่อง) or heading."),
    confidence("the document's bounds and kind are"),
    info={"title": "Documents", "description": "The documents inside the files: a scan is usually a bundle of several."},
)  # fmt: skip

letters = Table(
    "letters", METADATA,
    document_column(),
    column("form", "text", "Form", "Form of the letter: external (หนังสือภายนอก), stamped (หนังสือประทับตรา), memo (บันทึกข้อความ), announcement (ประกาศ), radio (วิทยุ/โทรสาร).", required=True, choices=LetterForm),
    column("number", "text", "Number (ที่)", "Letter number, normalised to Arabic digits: มท 0810.3/ว 2927."),
    column("number_raw", "text", "Number as read", "Letter number as the page says it."),
    column("agency_code", "text", "Agency code", "Letters and digits of the agency in the number: มท 0810.3.", index=True),
    column("is_circular", "boolean", "Circular", "True for a circular (หนังสือเวียน, ว), which has a register of its own."),
    column("running_number", "integer", "Running number", "Number in the agency's register, which restarts each year."),
    column("date", "text", "Date", _ISO, index=True),
    column("date_raw", "text", "Date as read", "Date as the page says it."),
    column("sender", "text", "Sender (ส่วนราชการ)", "The issuing office as the letterhead prints it."),
    column("sender_agency", "text", "Sending agency", "The agency that the office stands for."),
    column("sender_address", "text", "Address", "The sender's address in the letterhead."),
    column("recipient", "text", "Recipient (เรียน)", "To whom the letter is addressed."),
    column("subject", "text", "Subject (เรื่อง)", "What the letter is about."),
    column("urgency", "text", "Urgency", "ด่วน, ด่วนมาก or ด่วนที่สุด; empty for an ordinary letter."),
    column("secrecy", "text", "Secrecy", "ลับ, ลับมาก or ลับที่สุด; empty for an open letter."),
    column("signer", "text", "Signer", "Name under the signature."),
    column("signer_position", "text", "Position of the signer", "Position, with the office acted for (ปฏิบัติราชการแทน, รักษาราชการแทน)."),
    column("contact_phone", "text", "Telephone (โทร.)", "Telephone of the owning unit."),
    confidence("number and date are"),
    column("needs_review", "boolean", "Needs review", _REVIEW, required=True),
    column("number_alternatives", "array", "Other readings of the number", "JSON array of [number, probability], likeliest first."),
    info={"title": "Letters", "description": "Letters, memos and announcements with their fields."},
)  # fmt: skip

stamps = Table(
    "stamps", METADATA,
    document_column(),
    ordinal("the document's stamps"),
    column("office", "text", "Office", "The office that received the letter."),
    column("received_number", "text", "Received number (เลขรับ)", "Number in the receiving office's register."),
    column("received_date", "text", "Received on (วันที่)", _ISO),
    column("received_time", "text", "Received at (เวลา)", "Time of day as HH:MM."),
    column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    confidence("the stamp was read"),
    *edges("stamp"),
    column("raw_text", "text", "Text", "Its lines as they were read; empty where they were not kept."),
    info={"title": "Stamps", "description": "Receive stamps (ตรารับหนังสือ) on letters."},
)  # fmt: skip

letter_references = Table(
    "letter_references", METADATA,
    column("reference_id", "text", "Reference", "Stable id: the document's id and the place of the reference in it.", key=True),
    document_column(key=False),
    column("position", "integer", "Position", "Place in its list (อ้างถึง, สิ่งที่ส่งมาด้วย), from 1.", required=True),
    column("relation", "text", "Relation", "refers_to (อ้างถึง), encloses (สิ่งที่ส่งมาด้วย) or mentions (in running text).", required=True, choices=Relation),
    column("raw_text", "text", "Text", "The reference as the page says it."),
    column("sender", "text", "Sender named", "Who sent the letter that is named."),
    column("number", "text", "Number named", "Letter number, normalised to Arabic digits."),
    column("agency_code", "text", "Agency code", "Letters and digits of the agency in the number."),
    column("is_circular", "boolean", "Circular", "True where the number is a circular's."),
    column("running_number", "integer", "Running number", "Number in the agency's register."),
    column("date", "text", "Date named", _ISO),
    column("target_document_id", "text", "Letter meant", "The document that is meant; empty where it is not held or not certain.", index=True, parent="documents.document_id", cascade=False),
    column("status", "text", "Status", "resolved: identity agrees; probable: the evidence says so; ambiguous: several candidates; not_held: none.", required=True, choices=ReferenceStatus),
    column("score", "number", "Score", "How well the letter meant fits, 0 to 1."),
    column("evidence", "object", "Evidence", "JSON object: what agreed, what did not, which candidates there were."),
    column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    column("subject", "text", "Subject named", "Subject of the letter that is named."),
    column("target_kind", "text", "Kind named", "letter, or what else is named: law, announcement, attachment.", required=True),
    confidence("the reference was read"),
    column("number_alternatives", "array", "Other readings of the number", "JSON array of [number, probability], likeliest first."),
    *edges("reference"),
    column("cited_letter", "text", "Letter cited and not held", "Where no held letter is surely meant: the id of the one that is in the citation graph; references that mean the same one share it."),
    info={"title": "References between letters", "description": "The letters that letters name, and which held letter each means."},
)  # fmt: skip

plans = Table(
    "plans", METADATA,
    column("plan_id", "text", "Plan", "Stable id: the document's id and the place of the plan in it.", key=True),
    document_column(key=False),
    column("title", "text", "Title", "Heading of the plan."),
    column("organisation", "text", "Organisation", "Whose plan it is."),
    column("fiscal_year_be", "integer", "Fiscal year (ปีงบประมาณ)", "Thai fiscal year, Buddhist era; it begins on 1 October of the year before."),
    column("as_of_date", "text", "As of (ข้อมูล ณ วันที่)", _ISO),
    column("reporter", "text", "Reporter (ผู้รายงาน)", "Who reported it."),
    column("total_budget", "number", "Total budget", "Total in baht as the table prints it."),
    *(column(f"q{quarter}_count", "integer", f"Ticks in quarter {quarter}", f"Number of items in quarter {quarter}, as the table prints it.") for quarter in range(1, 5)),
    column("audit_status", "text", "Audit", "consistent: rows add up to the totals; repaired: they do after doubtful digits were read again; inconsistent: they do not; no_totals: nothing to check against.", required=True, choices=AuditStatus),
    column("audit_note", "text", "Audit note", "What the audit found, in words."),
    column("legend", "object", "Legend", "JSON object: what the marks of the table mean."),
    column("sums", "array", "Printed sums", "JSON array of all sums that the table prints, of its parts and years as well: field, first_row, last_row (rows of plan_items), total, and repaired where the audit concluded it otherwise than read."),
    info={"title": "Plans", "description": "Plan tables, their pages stitched, with the totals that they print."},
)  # fmt: skip

plan_items = Table(
    "plan_items", METADATA,
    column("plan_id", "text", "Plan", "The plan that the row belongs to.", key=True, parent="plans.plan_id"),
    column("row", "integer", "Row", "Place among the plan's rows, from 1.", key=True),
    column("item_no", "integer", "Item (ลำดับ)", "Item number as the table prints it."),
    column("title", "text", "Title", "Name of the project, activity or measure."),
    column("kind", "text", "Kind", "โครงการ, กิจกรรม, มาตรการ or other."),
    column("dimension", "integer", "Dimension (มิติ)", "Dimension of the anti-corruption plan that the item serves."),
    column("budget", "number", "Budget", "Budget in baht; 0 where the table prints a dash or zero, empty where it could not be read."),
    *(column(f"q{quarter}", "boolean", f"Quarter {quarter}", f"True where quarter {quarter} or one of its months is ticked; empty where the table has no such column.") for quarter in range(1, 5)),
    column("note", "text", "Note (หมายเหตุ)", "Remark in the row."),
    column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    confidence("the row was read"),
    column("needs_review", "boolean", "Needs review", _REVIEW, required=True),
    column("budget_raw", "text", "Budget as read", "Budget as the page says it."),
    column("extra", "object", "Other columns", "JSON object: cells of columns that no other field has, by heading."),
    *edges("row"),
    info={"title": "Plan items", "description": "Rows of the plan tables."},
)  # fmt: skip

plan_budgets = Table(
    "plan_budgets", METADATA,
    column("plan_id", "text", "Plan", "The plan that the row belongs to.", key=True),
    column("row", "integer", "Row", "The row of the plan, as in plan_items.", key=True),
    ordinal("the row's budgets"),
    column("item_no", "integer", "Item (ลำดับ)", "Item number as the table prints it."),
    column("fiscal_year_be", "integer", "Fiscal year (ปีงบประมาณ)", "Thai fiscal year, Buddhist era."),
    column("amount", "number", "Amount", "Budget of that year in baht."),
    ForeignKeyConstraint(["plan_id", "row"], ["plan_items.plan_id", "plan_items.row"], ondelete="CASCADE"),
    info={"title": "Plan budgets", "description": "Budgets by fiscal year, where a plan has a column for each year."},
)  # fmt: skip

pages = Table(
    "pages", METADATA,
    column("file_sha256", "text", "SHA-256 of the file", "The file that holds the page.", key=True, parent="files.file_sha256"),
    column("page", "integer", "Page", "Page of the file, from 1.", key=True),
    column("width", "integer", "Width", "Width in pixels after rotation and deskew.", required=True),
    column("height", "integer", "Height", "Height in pixels after rotation and deskew.", required=True),
    column("dpi", "integer", "Resolution", "Pixels to the inch.", required=True),
    column("rotation", "integer", "Rotation", "Degrees by which the scan was turned upright.", required=True),
    column("skew", "number", "Skew", "Degrees of skew that were corrected, positive when the scan was turned clockwise."),
    column("text", "text", "Text", "Everything read on the page: lines, then tables, then stamps."),
    column("mean_confidence", "number", "Mean confidence", "Mean confidence of the lines, 0 to 1."),
    column("bend", "object", "Bend", "How the sheet was bent before it was flattened; empty for a flat one. Terms of its slopes, for the check page."),
    info={"title": "Pages", "description": "Pages of the files with their text."},
)  # fmt: skip

field_evidence = Table(
    "field_evidence", METADATA,
    document_column(),
    ordinal("the document's evidence"),
    column("field", "text", "Field", "The field that the value is for.", required=True),
    column("value", "text", "Value", "What was concluded; empty where nothing could be."),
    column("raw", "text", "Text read", "What the page says."),
    column("page", "integer", "Page", "Page of the file, from 1.", required=True),
    *edges("text"),
    confidence("the value is"),
    column("rule", "text", "Rules", "Codes of the rule that made the value and of those that changed, confirmed or doubted it, in order, with '; ' between them."),
    column("alternatives", "array", "Alternatives", "JSON array of [value, probability], likeliest first."),
    column("rule_details", "object", "What the rules speak of", "JSON object: by code of the rule, such as the misread name that a known one was taken for."),
    info={"title": "Evidence", "description": "Where each extracted value stands on its page, and why it is what it is."},
)  # fmt: skip

review_issues = Table(
    "review_issues", METADATA,
    column("issue_id", "text", "Issue", "Stable id within the file or document.", key=True),
    column("file_id", "text", "File", "The file that it is about.", required=True, index=True, parent="files.file_id"),
    column("document_id", "text", "Document", "The document that it is about; empty where it is about the file.", index=True, parent="documents.document_id"),
    column("page", "integer", "Page", "Page of the file, from 1."),
    column("severity", "text", "Severity", "How much it matters to a person who looks.", required=True, choices=Severity),
    column("code", "text", "Code", "What it is, as a stable code.", required=True, index=True),
    column("message", "text", "Message", "What it is, in words."),
    column("stage", "text", "Stage", "reading, or citations for what comes from comparing letters with one another.", required=True),
    column("about", "text", "About", "Which of several things: reference[0], stamp[0], plan[0].row[5], the letter cited; empty where the code says it."),
    info={"title": "Review issues", "description": "What a person should look at."},
)  # fmt: skip

# ---------------------------------------------------------------------- what people said

corrections = Table(
    "corrections", METADATA,
    column("correction_id", "integer", "Correction", "Number of the correction, in the order in which they were made.", key=True),
    column("file_sha256", "text", "SHA-256 of the file", "The file that it is about, which may be held no more.", required=True, index=True),
    column("document_id", "text", "Document", "The document that it is about; the last known one where it has no place any more.", required=True, index=True),
    column("first_page", "integer", "First page", "Page of the file on which that document begins.", required=True),
    column("subject", "text", "Subject", "Table of the row that it is about; review_issues where a person settled an issue by looking.", required=True, choices=SubjectKind),
    column("subject_id", "text", "Row", "The row that it is about: document_id of letters, reference_id, plan_id; for others made from those and their place.", required=True),
    column("field", "text", "Field", "Column of that row; of a review issue its code.", required=True),
    column("verdict", "text", "Verdict", "confirmed: the value was read right; corrected: another one is right; absent: the page has none.", required=True, choices=Verdict),
    column("value_read", "text", "Value as read", "What the program had concluded."),
    column("value", "text", "Value", "What the person says is right; empty where the page has none."),
    column("raw", "text", "Text read", "What the program had read there."),
    column("page", "integer", "Page", "Page of the file, from 1."),
    *edges("row"),
    column("made_at", "text", "Made at", "ISO 8601 time, UTC.", required=True),
    column("made_by", "text", "Made by", "Login name of the person.", required=True),
    column("withdrawn_at", "text", "Withdrawn at", "ISO 8601 time, UTC; empty where it stands."),
    column("withdrawn_by", "text", "Withdrawn by", "Login name of the person who took it back."),
    column("applied", "boolean", "Applied", "True where the records say it; false where it was withdrawn, said otherwise since, or has no place any more.", required=True),
    column("unplaced_in", "text", "No place in", "SHA-256 of the file in which it has no place any more: its own, read anew, or the one that lies there instead; empty where it has one.", index=True),
    info={"title": "Corrections", "description": "What people confirmed or corrected, and what had been read. They outlive new readings of the file."},
)  # fmt: skip

DATASETS: tuple[Table, ...] = (
    files, documents, letters, stamps, letter_references, plans, plan_items, plan_budgets, pages,
    field_evidence, review_issues, corrections,
)  # fmt: skip
"""The tables that are exported, parents before children."""

readings = Table(
    "readings", METADATA,
    document_column(),
    column("rows", "object", "Rows", "JSON object: the document's rows by table, as read, before corrections.", required=True),
    info={"title": "Readings", "description": "Documents that have corrections, as they were read."},
)  # fmt: skip

# ---------------------------------------------------------------------- the ledger

ledger = Table(
    "ledger", METADATA,
    column("file_id", "text", "File", "The file that was tried.", key=True, parent="files.file_id"),
    column("pipeline_version", "text", "Pipeline version", "Version of the program that tried last.", required=True),
    column("model_version", "text", "Model version", "Recogniser of the last try.", required=True),
    column("status", "text", "Status", "How the last try ended.", required=True),
    column("error_code", "text", "Error code", "Why the last try failed."),
    column("settings", "text", "Settings", "Settings of the last try that decide how such a file is read; empty where not known."),
    info={"title": "Ledger", "description": "How the last try at each file ended; its records may be of an earlier, better one."},
)  # fmt: skip

file_paths = Table(
    "file_paths", METADATA,
    column("path", "text", "Path", "Absolute path.", key=True),
    column("given", "text", "Path as given", "The path as it was named to the program.", required=True),
    column("sha256", "text", "SHA-256", "Hash of the bytes that lie there.", index=True),
    column("size", "integer", "Size", "Size in bytes when they were hashed."),
    column("mtime_ns", "integer", "Modified", "Time of modification when they were hashed."),
    column("ctime_ns", "integer", "Changed", "Time of the inode's change when they were hashed."),
    column("inode", "integer", "Inode", "Inode when they were hashed."),
    column("recorded_sha256", "text", "Recorded", "Hash of the bytes whose records stand for this path.", index=True),
    column("present", "boolean", "Present", "False once the file is gone.", required=True),
    info={"title": "Paths", "description": "Where files lie; an unchanged stat saves hashing them again."},
)  # fmt: skip

progress = Table(
    "progress", METADATA,
    column("name", "text", "Name", "records, or what was made from them last: resolution, datasets; basis.", key=True),
    column("revision", "integer", "Revision", "Counts the transactions that changed records; of basis, what the verdicts rest on.", required=True),
    info={"title": "Progress", "description": "Tells whether what is derived from the records is up to date."},
)  # fmt: skip

last_run = Table(
    "last_run", METADATA,
    column("started", "text", "Started", "ISO 8601 time.", key=True),
    column("summary", "object", "Summary", "JSON object: what the run did.", required=True),
    info={"title": "Last run", "description": "One row, from which the report of the last run can be written again."},
)  # fmt: skip

# ---------------------------------------------------------------------- what changed since the last resolution

letter_keys = Table(
    "letter_keys", METADATA,
    column("document_id", "text", "Letter", "The letter that has the key.", key=True),
    column("key", "integer", "Key", "What it shares with the references that may mean it.", key=True, index=True),
    sqlite_with_rowid=False,
    info={"title": "Keys of letters", "description": "By them the resolver finds the letters that a reference may mean."},
)  # fmt: skip

reference_keys = Table(
    "reference_keys", METADATA,
    column("key", "integer", "Key", "What it shares with the letters that it may mean.", key=True),
    column("reference_id", "text", "Reference", "The reference that has the key; it may be there no more.", key=True),
    sqlite_with_rowid=False,
    info={"title": "Keys of references", "description": "By them the resolver finds the references that a letter may concern."},
)  # fmt: skip

documents_come = Table(
    "documents_come", METADATA,
    column("document_id", "text", "Document", "A document whose references are not resolved yet.", key=True),
    info={"title": "Documents come", "description": "What was written since the last resolution."},
)  # fmt: skip

keys_gone = Table(
    "keys_gone", METADATA,
    column("key", "integer", "Key", "A key of letters that are there no more.", key=True),
    column("letters", "integer", "Letters", "How many letters had it.", required=True),
    sqlite_with_rowid=False,
    info={"title": "Keys gone", "description": "What was taken away since the last resolution."},
)  # fmt: skip
