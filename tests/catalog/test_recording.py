"""Storing what a file gave: whole, again, after a failure, under another name."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import select, text

from pipeline.catalog import Catalog
from pipeline.catalog.tables import DATASETS, METADATA, files, letter_references, plan_budgets, review_issues
from pipeline.errors import StorageError
from pipeline.model import (
    Evidence,
    FileResult,
    FileStatus,
    Issue,
    Letter,
    PageRecord,
    Plan,
    PlanItem,
    Reference,
    ReferenceStatus,
    Relation,
    Resolution,
    Stamp,
    YearBudget,
)


def count(catalog: Catalog, table: str) -> int:
    with catalog.engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def failure(result: FileResult, code: str = "time_limit") -> FileResult:
    return replace(
        result, status=FileStatus.FAILED, error_code=code, error="too slow", pages=(), documents=()
    )


def test_every_table_gets_its_rows(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    catalog.store(archive_run.read(raw / "3.pdf"), "1", "model")
    counts = {table.name: count(catalog, table.name) for table in DATASETS}
    assert counts == {
        "files": 1,
        "documents": 2,
        "letters": 1,
        "stamps": 1,
        "letter_references": 1,
        "plans": 1,
        "plan_items": 2,
        "plan_budgets": 2,
        "pages": 2,
        "field_evidence": 1,
        "review_issues": 1,
        "corrections": 0,
    }


@pytest.mark.parametrize(
    ("kind", "table", "elsewhere"),
    [
        (Letter, "letters", set()),
        (Reference, "letter_references", {"box"}),
        (Stamp, "stamps", {"box"}),
        (Plan, "plans", {"items"}),
        (PlanItem, "plan_items", {"box", "year_budgets"}),
        (YearBudget, "plan_budgets", set()),
        (PageRecord, "pages", {"number"}),
        (Evidence, "field_evidence", {"box", "steps"}),
        (Issue, "review_issues", set()),
    ],
)
def test_every_field_that_a_stage_fills_has_a_column(kind: type, table: str, elsewhere: set[str]) -> None:
    names = {field.name for field in fields(kind)}
    assert names - set(METADATA.tables[table].columns.keys()) == elsewhere
    if "box" in elsewhere:
        assert {"x0", "y0", "x1", "y1"} <= set(METADATA.tables[table].columns.keys())


def test_ids_come_from_the_content(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    result = archive_run.read(raw / "3.pdf")
    catalog.store(result, "1", "model")
    (letter,) = catalog.archived_letters()
    (reference,) = catalog.archived_references()
    assert letter.document_id == f"{result.sha256[:16]}-0001"
    assert letter.place == (result.sha256, 1)
    assert letter.number_alternatives == (("มท 0810.3/ว 53", 0.08),)
    assert reference.reference_id == f"{letter.document_id}-r001"
    assert (reference.document_id, reference.date) == (letter.document_id, "2020-04")
    assert reference.relation is Relation.REFERS_TO


def test_storing_again_replaces(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    result = archive_run.read(raw / "3.pdf")
    catalog.store(result, "1", "model")
    catalog.store(replace(result, documents=result.documents[:1], pages=result.pages[:1]), "2", "model")
    assert count(catalog, "documents") == 1
    assert count(catalog, "plan_items") == 0
    assert count(catalog, "pages") == 1
    with catalog.engine.connect() as connection:
        assert connection.execute(select(files.c.pipeline_version)).scalar_one() == "2"


def test_a_failure_keeps_the_earlier_records_and_says_so(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    result = archive_run.read(raw / "3.pdf")
    catalog.store(result, "1", "model")
    for _ in range(2):
        catalog.store(failure(result), "2", "model")
    assert count(catalog, "letters") == 1
    with catalog.engine.connect() as connection:
        assert connection.execute(select(files.c.status, files.c.pipeline_version)).one() == ("done", "1")
        codes = connection.execute(select(review_issues.c.code).order_by(review_issues.c.code)).scalars()
        assert list(codes) == ["number_doubtful", "reread_failed"]
    catalog.store(result, "2", "model")
    with catalog.engine.connect() as connection:
        assert list(connection.execute(select(review_issues.c.code)).scalars()) == ["number_doubtful"]


def test_a_failure_without_earlier_records_is_recorded(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    result = failure(archive_run.read(raw / "3.pdf"), "corrupt")
    catalog.store(result, "1", "model")
    with catalog.engine.connect() as connection:
        assert connection.execute(select(files.c.status, files.c.error_code)).one() == ("failed", "corrupt")


def test_unreadable_bytes_are_known_by_path_until_they_can_be_read(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    result = archive_run.read(raw / "3.pdf")
    catalog.store(replace(failure(result, "unreadable"), sha256=None), "1", "model")
    with catalog.engine.connect() as connection:
        assert connection.execute(select(files.c.file_id)).scalar_one().startswith("path-")
    catalog.store(result, "1", "model")
    with catalog.engine.connect() as connection:
        assert connection.execute(select(files.c.file_id)).scalar_one() == result.sha256


def test_records_need_a_hash(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    with pytest.raises(ValueError, match="hash"):
        catalog.store(replace(archive_run.read(raw / "3.pdf"), sha256=None), "1", "model")


def test_new_bytes_at_a_path_replace_the_records_of_the_old(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    catalog.store(archive_run.read(raw / "3.pdf"), "1", "model")
    (raw / "3.pdf").write_text("33")
    changed = archive_run.read(raw / "3.pdf")
    catalog.store(failure(changed), "1", "model")
    assert [letter.running_number for letter in catalog.archived_letters()] == [3]
    catalog.store(changed, "1", "model")
    assert [letter.running_number for letter in catalog.archived_letters()] == [33]
    assert count(catalog, "files") == 1


def test_old_bytes_that_lie_elsewhere_too_keep_their_records(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    (raw / "copy.pdf").write_text("3")
    for name in ("3.pdf", "copy.pdf"):
        catalog.store(archive_run.read(raw / name), "1", "model")
    (raw / "3.pdf").write_text("33")
    catalog.store(archive_run.read(raw / "3.pdf"), "1", "model")
    assert sorted(letter.running_number or 0 for letter in catalog.archived_letters()) == [3, 33]
    assert catalog.find_document("ว 3")["path"].tolist() == [str(raw / "copy.pdf")]


def test_what_no_table_can_hold_is_written_out(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    path = Path(os.fsdecode(bytes(raw) + b"/scan-\xff\n.pdf"))
    document = archive_run.letter_document(1)
    letter = replace(document.letter, subject="ก\0\udc80", running_number=10**30)
    result = replace(
        archive_run.read(raw / "1.pdf"), path=path, documents=(replace(document, letter=letter),)
    )
    catalog.store(result, "1", "model")
    (held,) = catalog.archived_letters()
    assert (held.subject, held.running_number) == ("ก\ufffd\\udc80", None)
    with catalog.engine.connect() as connection:
        assert connection.execute(select(files.c.path)).scalar_one() == f"{raw}/scan-\\xff\n.pdf"


# ---------------------------------------------------------------------- references and foreign keys


def resolved(catalog: Catalog) -> list[tuple[str, str | None, str]]:
    columns = (
        letter_references.c.status,
        letter_references.c.target_document_id,
        letter_references.c.evidence,
    )
    with catalog.engine.connect() as connection:
        query = select(*columns).order_by(letter_references.c.running_number)
        return [tuple(row) for row in connection.execute(query)]


def test_verdicts_are_stored_and_survive_a_new_reading_of_their_target(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    results = [archive_run.read(raw / name) for name in ("1.pdf", "2.pdf")]
    for result in results:
        catalog.store(result, "1", "model")
    assert catalog.needs_resolution
    archive_run.resolve(catalog)
    assert not catalog.needs_resolution
    target = f"{results[0].sha256[:16]}-0001"
    want = [("not_held", None, '{"ที่":"มท 0810.3/ว 0"}'), ("resolved", target, '{"ที่":"มท 0810.3/ว 1"}')]
    assert resolved(catalog) == want
    catalog.store(results[0], "2", "model")
    assert resolved(catalog)[1] == want[1]
    assert catalog.needs_resolution


def test_a_reference_to_a_letter_that_is_no_more_is_open_again(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    results = [archive_run.read(raw / name) for name in ("1.pdf", "2.pdf")]
    for result in results:
        catalog.store(result, "1", "model")
    archive_run.resolve(catalog)
    catalog.store(replace(results[0], documents=results[0].documents[1:]), "2", "model")
    assert resolved(catalog) == [("not_held", None, "{}")]


def test_issues_of_the_resolver_are_replaced_and_others_stay(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    catalog.store(archive_run.read(raw / "1.pdf"), "1", "model")
    (letter,) = catalog.archived_letters()
    for code in ("cycle", "future"):
        catalog.store_citation_issues([(letter.document_id, Issue(code, "ดู"))] * 2)
    with catalog.engine.connect() as connection:
        query = select(review_issues.c.code, review_issues.c.file_id).order_by(review_issues.c.issue_id)
        assert [tuple(row) for row in connection.execute(query)] == [
            ("future", letter.place[0]),
            ("future", letter.place[0]),
            ("number_doubtful", letter.place[0]),
        ]


def test_a_verdict_for_a_letter_that_is_not_held_is_refused_whole(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    catalog.store(archive_run.read(raw / "1.pdf"), "1", "model")
    (reference,) = catalog.archived_references()
    verdict = Resolution(reference.reference_id, ReferenceStatus.RESOLVED, "no-such", 1.0, {})
    with (
        pytest.raises(StorageError, match="SQLITE_CONSTRAINT_FOREIGNKEY"),
        catalog.settling() as archive,
    ):
        archive.store([verdict])
    assert resolved(catalog) == [("not_held", None, "{}")]


def test_foreign_keys_are_enforced(catalog: Catalog) -> None:
    orphan = plan_budgets.insert().values(plan_id="none", row=1, ordinal=1)
    with catalog.engine.begin() as connection, pytest.raises(Exception, match="FOREIGN KEY"):
        connection.execute(orphan)


def test_two_references_of_one_document_have_two_ids(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    twice = Reference(1, Relation.ENCLOSES, "หนังสือ", 1)
    document = replace(archive_run.letter_document(1), references=(twice, twice))
    catalog.store(replace(archive_run.read(raw / "1.pdf"), documents=(document,)), "1", "model")
    assert [r.reference_id[-4:] for r in catalog.archived_references()] == ["r001", "r002"]


# ---------------------------------------------------------------------- the disk


def test_a_full_disk_is_a_typed_error_and_changes_nothing(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    catalog.store(archive_run.read(raw / "1.pdf"), "1", "model")
    long = archive_run.read(raw / "2.pdf")
    long = replace(long, pages=(replace(long.pages[0], text="ก" * 1_000_000),))
    with catalog.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StorageError, match="SQLITE_FULL"):
        catalog.store(long, "1", "model")
    assert count(catalog, "files") == 1


def test_a_file_that_is_no_catalog_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "saraban.sqlite").write_text("no database\n" * 100)
    with pytest.raises(StorageError, match="SQLITE_NOTADB"):
        Catalog.open(tmp_path)


def test_readers_do_not_wait_for_a_writer(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    catalog.store(archive_run.read(raw / "1.pdf"), "1", "model")
    writer = sqlite3.connect(catalog.folder / "saraban.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        with Catalog.open(catalog.folder) as reader:
            assert len(list(reader.archived_letters())) == 1
    finally:
        writer.close()
