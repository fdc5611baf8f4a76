"""The SQLite catalog: what was read, the ledger of what needs reading, datasets, report and lock."""

from pipeline.catalog.catalog import FILE_NAME, Catalog
from pipeline.catalog.datasets import datasets_are_current, export_datasets
from pipeline.catalog.doubts import is_doubtful_cell, issue_codes
from pipeline.catalog.last_run import keep_run, last_run
from pipeline.catalog.ledger import Choice, WorkItem, WorkPlan, WorkState
from pipeline.catalog.lock import RunLock
from pipeline.catalog.overview import Overview, overview
from pipeline.catalog.queries import DocumentRecord, LetterQuery
from pipeline.catalog.report import RunSummary, local_time, summary_text, write_report
from pipeline.catalog.rows import Rows
from pipeline.catalog.settling import Settling
from pipeline.catalog.subjects import Subject, Subjects, box_of, issue_subject_id
from pipeline.catalog.work import Scan, WorkFilter, WorkList

__all__ = [
    "FILE_NAME",
    "Catalog",
    "Choice",
    "DocumentRecord",
    "LetterQuery",
    "Overview",
    "Rows",
    "RunLock",
    "RunSummary",
    "Scan",
    "Settling",
    "Subject",
    "Subjects",
    "WorkFilter",
    "WorkItem",
    "WorkList",
    "WorkPlan",
    "WorkState",
    "box_of",
    "datasets_are_current",
    "export_datasets",
    "is_doubtful_cell",
    "issue_codes",
    "issue_subject_id",
    "keep_run",
    "last_run",
    "local_time",
    "overview",
    "summary_text",
    "write_report",
]
