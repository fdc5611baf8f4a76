"""A whole run over a folder of stand-in files, for tests and for a process that the tests kill.

A stand-in file holds a whole number; reading it gives one letter with that running number, which refers
to the letter before it, and one plan. Run as a program, ``archive_run.py RAW OUT STEP`` kills itself at
its STEP-th step: a database statement, the opening of a file for writing, or a rename.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from pipeline.catalog import Catalog, RunLock, export_datasets
from pipeline.model import (
    AuditStatus,
    Box,
    Document,
    DocumentKind,
    Evidence,
    FileResult,
    FileStatus,
    Issue,
    Letter,
    LetterForm,
    PageRecord,
    Plan,
    PlanItem,
    Reference,
    ReferenceStatus,
    Relation,
    Resolution,
    Rule,
    Stamp,
    Step,
    YearBudget,
)


def hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path, **changes: Any) -> FileResult:
    """What reading the stand-in file gives; ``changes`` replace fields of the result."""
    running = int(path.read_text())
    fields: dict[str, Any] = {
        "path": path,
        "sha256": hash_file(path),
        "media_type": "application/pdf",
        "size_bytes": path.stat().st_size,
        "page_count": 2,
        "status": FileStatus.DONE,
        "seconds": 0.5,
        "pages": tuple(PageRecord(n, 1240, 1754, 150, 0, 0.25, f"หน้า {n}\n\tก, ข", 0.9) for n in (1, 2)),
        "documents": (letter_document(running), plan_document()),
    }
    return FileResult(**{**fields, **changes})


def letter_document(running: int, ordinal: int = 1) -> Document:
    return Document(
        ordinal,
        1,
        1,
        DocumentKind.LETTER,
        "แจ้งเวียน",
        0.95,
        letter=Letter(
            LetterForm.EXTERNAL,
            number=f"มท 0810.3/ว {running}",
            number_raw="มท ๐๘๑๐.๓/ว",
            agency_code="มท 0810.3",
            is_circular=True,
            running_number=running,
            date="2021-12-07",
            sender="กรมส่งเสริมการปกครองท้องถิ่น",
            sender_agency="กรมส่งเสริมการปกครองท้องถิ่น",
            confidence=0.9,
            needs_review=running % 2 == 1,
            number_alternatives=((f"มท 0810.3/ว {running + 50}", 0.08),),
        ),
        references=(reference(running - 1),),
        stamps=(Stamp(1, Box(1, 2, 3, 4), "อำเภอ", "๕๓๕", "2021-12-20", "09:30"),),
        evidence=(
            Evidence(
                "number",
                "v",
                "r",
                1,
                Box(0, 0.05, 9, 9.04),
                1 / 3,
                (Step(Rule.NUMBER_AT_LABEL),),
                (("w", 0.1),),
            ),
        ),
        issues=(Issue("number_doubtful", "อ่านเลขที่ไม่ชัด", page=1),),
    )


def reference(running: int) -> Reference:
    return Reference(
        1,
        Relation.REFERS_TO,
        f"หนังสือ ว {running}",
        1,
        number=f"มท 0810.3/ว {running}",
        running_number=running,
        date="2020-04",
    )


def plan_document() -> Document:
    rows = (
        PlanItem(1, "อบรม", "โครงการ", 2, budget=41000.0, q1=True, q2=False, extra=(("ผู้รับผิดชอบ", "กองคลัง"),)),
        PlanItem(
            2, "ประกาศเจตนารมณ์", "กิจกรรม", 2, year_budgets=(YearBudget(2566, 5.5), YearBudget(2567, None))
        ),
    )
    plan = Plan("แผน", "เทศบาล", rows, AuditStatus.CONSISTENT, fiscal_year_be=2565, total_budget=41000.0)
    return Document(2, 2, 2, DocumentKind.PLAN, "แผน", 0.9, plans=(plan,))


def resolve(catalog: Catalog) -> None:
    """Resolve by the running number alone."""
    held = {letter.running_number: letter.document_id for letter in catalog.archived_letters()}
    verdicts = []
    for cited in catalog.archived_references():
        target = held.get(cited.running_number)
        status = ReferenceStatus.NOT_HELD if target is None else ReferenceStatus.RESOLVED
        verdicts.append(Resolution(cited.reference_id, status, target, 0.99, {"ที่": cited.number}))
    issues = [(v.target, Issue("cited", "ถูกอ้างถึง")) for v in verdicts if v.target is not None]
    with catalog.settling() as archive:
        archive.store(verdicts)
        archive.settled(1)
    catalog.store_cited_letters(
        (v.reference_id, f"cited-{v.reference_id}") for v in verdicts if v.target is None
    )
    catalog.store_citation_issues(issues)


def run(raw: Path, out: Path, watch: Callable[[Catalog], None] = lambda catalog: None) -> None:
    """Bring the catalog and the datasets in ``out`` up to date with the files in ``raw``."""
    with RunLock(out), Catalog.open(out) as catalog:
        watch(catalog)
        plan = catalog.plan_work(sorted(raw.iterdir()), hash_file, "1", "model")
        for item in plan.wanted:
            catalog.store(read(item.path), "1", "model")
        if catalog.needs_resolution:
            resolve(catalog)
        export_datasets(catalog, out / "datasets")


class _Killer:
    """Kills this process at the ``step``-th step."""

    def __init__(self, step: int) -> None:
        self.left = step

    def watch(self, catalog: Catalog) -> None:
        event.listen(catalog.engine, "before_cursor_execute", lambda *_: self.count())
        sys.addaudithook(self.audit)

    def audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "os.rename" or (name == "open" and str(arguments[0]).endswith(".partial")):
            self.count()

    def count(self) -> None:
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), _Killer(int(sys.argv[3])).watch)
