"""The SQLite catalog: what was read, the ledger of what needs reading, datasets, report and lock."""

from pipeline.catalog.catalog import FILE_NAME, Catalog
from pipeline.catalog.datasets import datasets_are_current, export_datasets
from pipeline.catalog.ledger import WorkItem, WorkPlan, WorkState
from pipeline.catalog.lock import RunLock
from pipeline.catalog.queries import DocumentRecord, LetterQuery
from pipeline.catalog.report import RunSummary, summary_text, write_report
from pipeline.catalog.settling import Settling

__all__ = [
    "FILE_NAME",
    "Catalog",
    "DocumentRecord",
    "LetterQuery",
    "RunLock",
    "RunSummary",
    "Settling",
    "WorkItem",
    "WorkPlan",
    "WorkState",
    "datasets_are_current",
    "export_datasets",
    "summary_text",
    "write_report",
]
