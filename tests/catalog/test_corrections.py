"""What people say of values: into the records, back out, and over new readings of the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import frictionless
import pandas as pd
import pytest
from sqlalchemy import text

from pipeline.catalog import Catalog, Subjects, export_datasets
from pipeline.connect import connect, settle
from pipeline.errors import CorrectionError
from pipeline.model import (
    SURE_CELL,
    AuditStatus,
    Box,
    Document,
    DocumentKind,
    Evidence,
    FileResult,
    Issue,
    Plan,
    PlanItem,
    PrintedSum,
    Rule,
    Severity,
    Statement,
    Step,
    Verdict,
    YearBudget,
)

CONFIRMED, CORRECTED, ABSENT = Verdict


def evidence(
    field: str, value: str | None, confidence: float, rule: Rule = Rule.BLOCK_AFTER_LABEL
) -> Evidence:
    return Evidence(
        field, value, f"raw {field}", 1, Box(10, 20, 30, 40), confidence, (Step(rule),), (("other", 0.2),)
    )


@pytest.fixture
def letter(archive_run: ModuleType) -> Callable[[int], Document]:
    """A letter whose number and date are doubtful and whose recipient is missing."""

    def make(running: int) -> Document:
        document: Document = archive_run.letter_document(running)
        assert document.letter is not None
        number = document.letter.number
        boxed = tuple(replace(r, box=Box(100, 500, 400, 540)) for r in document.references)
        return replace(
            document,
            letter=replace(document.letter, needs_review=True, confidence=0.3, subject="แจ้งเวียน"),
            references=boxed,
            evidence=(
                evidence("number", number, 0.6),
                evidence("date", "2021-12-07", 0.5),
                evidence("sender", "กรม", 0.99),
                evidence("sender_agency", "กรม", 0.99),
                evidence("subject", "แจ้งเวียน", 0.9),
            ),
            issues=(
                Issue("number_doubtful", "number", page=1),
                Issue("date_disagrees", "date", page=1),
                Issue("recipient_missing", "recipient", page=1),
            ),
        )

    return make


@pytest.fixture
def result(raw: Path, archive_run: ModuleType, letter: Callable[[int], Document]) -> FileResult:
    read: FileResult = archive_run.read(raw / "3.pdf", documents=(letter(3), archive_run.plan_document()))
    return read


@pytest.fixture
def held(catalog: Catalog, result: FileResult) -> tuple[Catalog, str]:
    """A catalog with the file, and the id of its letter."""
    catalog.store(result, "1", "model")
    return catalog, f"{str(result.sha256)[:16]}-0001"


def say(catalog: Catalog, subject_id: str, field: str, verdict: Verdict, value: str | None = None) -> None:
    document_id = subject_id[:21]
    catalog.correct(document_id, [Statement(subject_id, field, verdict, value)], "somchai")


def record(catalog: Catalog, document_id: str) -> Any:
    found = catalog.document_record(document_id)
    assert found is not None
    return found


def why(catalog: Catalog, document_id: str, field: str) -> Any:
    (row,) = [row for row in record(catalog, document_id).evidence if row["field"] == field]
    return row


def dump(catalog: Catalog, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Every row of every table but those of corrections and of the work ahead."""
    passed_over = {"corrections", "progress", "readings", "documents_come", "keys_gone", *without}
    with catalog.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        return {
            name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}"))))
            for name in set(names) - passed_over
        }


def test_a_corrected_number_is_in_the_letter_with_all_its_parts(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    row = record(catalog, document_id).letter
    assert (row["number"], row["agency_code"], row["is_circular"], row["running_number"]) == (
        "กบ 0023.4/1121", "กบ 0023.4", False, 1121,
    )  # fmt: skip
    assert row["number_raw"] == "มท ๐๘๑๐.๓/ว"
    assert row["number_alternatives"] == "[]"
    known = why(catalog, document_id, "number")
    assert (known["value"], known["raw"], known["confidence"]) == ("กบ 0023.4/1121", "raw number", 1.0)
    assert known["rule"] == "corrected_by_person"
    (said,) = catalog.corrections_of(document_id)
    assert (said["value_read"], said["value"], said["made_by"]) == (
        "มท 0810.3/ว 3", "กบ 0023.4/1121", "somchai",
    )  # fmt: skip
    assert said["applied"]
    assert said["x0"] == 10


def test_review_ends_when_nothing_doubtful_remains(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held

    def left() -> tuple[bool, float, set[str]]:
        found = record(catalog, document_id)
        codes = {issue["code"] for issue in found.issues}
        return found.letter["needs_review"], found.letter["confidence"], codes

    say(catalog, document_id, "number", CONFIRMED)
    assert left() == (True, 0.5, {"date_disagrees", "recipient_missing"})
    say(catalog, document_id, "date", CORRECTED, "2021-12")
    assert left() == (True, 1.0, {"recipient_missing"})
    say(catalog, document_id, "recipient", ABSENT)
    assert left() == (False, 1.0, set())
    assert why(catalog, document_id, "recipient")["rule"] == "denied_by_person"


def test_an_issue_can_be_settled_by_looking(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    say(catalog, f"{document_id}-recipient_missing-1", "recipient_missing", CONFIRMED)
    assert {row["code"] for row in record(catalog, document_id).issues} == {
        "number_doubtful",
        "date_disagrees",
    }
    catalog.store_citation_issues([(document_id, Issue("citation_cycle", "in a circle"))])
    say(catalog, f"{document_id}-citation_cycle-0", "citation_cycle", CONFIRMED)
    assert "citation_cycle" not in {row["code"] for row in record(catalog, document_id).issues}
    catalog.store_citation_issues([(document_id, Issue("citation_cycle", "in a circle"))])
    assert "citation_cycle" not in {row["code"] for row in record(catalog, document_id).issues}


def test_settling_one_issue_leaves_its_siblings(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held

    def found() -> set[str]:
        return {row["about"] for row in record(catalog, document_id).issues if row["about"]}

    issues = [Issue("citation_from_future", f"cites {name}", about=name) for name in ("one", "other")]
    catalog.store_citation_issues([(document_id, issue) for issue in issues])
    say(catalog, f"{document_id}-citation_from_future-0-one", "citation_from_future", CONFIRMED)
    assert found() == {"other"}
    (said,) = catalog.corrections_of(document_id)
    assert said["value_read"] == "cites one"
    later = Issue("citation_from_future", "cites a third", about="third")
    catalog.store_citation_issues([(document_id, issue) for issue in (*issues, later)])
    assert found() == {"other", "third"}


def test_issues_about_a_part_go_with_its_doubts(
    catalog: Catalog, result: FileResult, letter: Callable[[int], Document]
) -> None:
    read = letter(3)
    doubts = (
        Issue("reference_doubtful", "a reference", page=1, about="reference[0]"),
        Issue("reference_doubtful", "another", page=1, about="reference[7]"),
    )
    catalog.store(replace(result, documents=(replace(read, issues=doubts),)), "1", "model")
    document_id = f"{str(result.sha256)[:16]}-0001"
    say(catalog, document_id, "date", CONFIRMED)
    assert not record(catalog, document_id).letter["needs_review"], "its own fields are sure"
    (reference, *_) = record(catalog, document_id).references
    for field in ("number", "date", "sender", "subject"):
        if reference[field] is not None:
            say(catalog, reference["reference_id"], field, CONFIRMED)
    assert [row["about"] for row in record(catalog, document_id).issues] == ["reference[7]"]


def test_what_follows_a_sender_and_a_subject(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    say(catalog, document_id, "sender", CORRECTED, "ศาลากลางจังหวัดกระบี่")
    say(catalog, document_id, "subject", CORRECTED, "การสำรวจแหล่งน้ำ")
    found = record(catalog, document_id)
    assert found.letter["sender_agency"] == "จังหวัดกระบี่"
    assert found.document["title"] == "การสำรวจแหล่งน้ำ"
    say(catalog, document_id, "sender_agency", CORRECTED, "อำเภอเวียงสา")
    assert record(catalog, document_id).letter["sender_agency"] == "อำเภอเวียงสา"


def test_an_unknown_office_says_less_than_the_signer(
    catalog: Catalog, result: FileResult, letter: Callable[[int], Document]
) -> None:
    document = letter(3)
    signed = evidence("sender_agency", "จังหวัดกระบี่", 0.8, Rule.OFFICE_OF_SIGNER)
    kept = tuple(found for found in document.evidence if found.field != "sender_agency")
    assert document.letter is not None
    signed_by = replace(document.letter, sender_agency="จังหวัดกระบี่")
    changed = replace(document, letter=signed_by, evidence=(*kept, signed))
    catalog.store(replace(result, documents=(changed,)), "1", "model")
    document_id = f"{str(result.sha256)[:16]}-0001"
    say(catalog, document_id, "sender", CORRECTED, "กลุ่มงานพัสดุ โทร. ๑๒๓๔")
    assert record(catalog, document_id).letter["sender_agency"] == "จังหวัดกระบี่"
    say(catalog, document_id, "sender", CORRECTED, "ศาลากลางจังหวัดน่าน โทร. ๑๒๓๔")
    assert record(catalog, document_id).letter["sender_agency"] == "จังหวัดน่าน"


def test_undoing_gives_what_was_read(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    before = dump(catalog)
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1122")
    say(catalog, f"{document_id}-s001", "received_number", CORRECTED, "99")
    say(catalog, f"{document_id}-r001", "date", CORRECTED, "2020-04-15")
    catalog.withdraw(2, "malee")
    assert record(catalog, document_id).letter["running_number"] == 1121
    for number in (1, 3, 4):
        catalog.withdraw(number, "malee")
    assert dump(catalog) == before
    assert [row["withdrawn_by"] for row in catalog.corrections_of(document_id)] == ["malee"] * 4
    with pytest.raises(CorrectionError):
        catalog.withdraw(1, "malee")


def test_corrections_survive_a_new_reading(held: tuple[Catalog, str], result: FileResult) -> None:
    catalog, document_id = held
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    say(catalog, f"{document_id}-r001", "number", CORRECTED, "ปช 0013/0084")
    say(catalog, f"{document_id}-s001", "office", ABSENT)
    after = dump(catalog)
    catalog.store(result, "1", "model")
    assert dump(catalog) == after
    catalog.withdraw(1, "malee")
    assert record(catalog, document_id).letter["number"] == "มท 0810.3/ว 3"


def test_a_correction_follows_its_document_and_its_row(
    held: tuple[Catalog, str], result: FileResult, archive_run: ModuleType
) -> None:
    catalog, document_id = held
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    say(catalog, f"{document_id}-r001", "number", CORRECTED, "ปช 0013/0084")
    cover = replace(archive_run.plan_document(), ordinal=1, first_page=2)
    moved = replace(
        result.documents[0],
        ordinal=2,
        references=(
            replace(archive_run.reference(7), box=Box(100, 400, 400, 440)),
            replace(archive_run.reference(8), box=Box(103, 502, 400, 541)),
        ),
    )
    catalog.store(replace(result, documents=(cover, moved)), "2", "model")
    new_id = f"{document_id[:-1]}2"
    found = record(catalog, new_id)
    assert found.letter["number"] == "กบ 0023.4/1121"
    assert [row["number"] for row in found.references] == ["มท 0810.3/ว 7", "ปช 0013/0084"]
    assert all(row["applied"] for row in catalog.corrections_of(new_id))


def test_a_correction_without_a_place_is_kept_and_reported(
    held: tuple[Catalog, str], result: FileResult
) -> None:
    catalog, document_id = held
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    say(catalog, f"{document_id}-r001", "number", CORRECTED, "ปช 0013/0084")
    elsewhere = tuple(replace(r, box=Box(100, 900, 400, 940)) for r in result.documents[0].references)
    catalog.store(replace(result, documents=(replace(result.documents[0], references=elsewhere),)), "2", "m")
    assert record(catalog, document_id).references[0]["number"] == "มท 0810.3/ว 2"
    assert [row["applied"] for row in catalog.corrections_of(document_id)] == [True, False]
    assert "ปช 0013/0084" in unplaced(catalog)
    other = replace(result.documents[0], first_page=2, last_page=2)
    catalog.store(replace(result, documents=(other,)), "3", "m")
    assert record(catalog, document_id).letter["number"] == "มท 0810.3/ว 3"
    assert "2 corrections" in unplaced(catalog)
    catalog.store(result, "4", "m")
    assert record(catalog, document_id).letter["number"] == "กบ 0023.4/1121"
    assert record(catalog, document_id).references[0]["number"] == "ปช 0013/0084"
    assert unplaced(catalog) == ""


def unplaced(catalog: Catalog) -> str:
    with catalog.engine.connect() as connection:
        found = text("SELECT message FROM review_issues WHERE code = 'corrections_unplaced'")
        return connection.execute(found).scalar() or ""


def test_corrections_of_replaced_bytes_are_kept(
    held: tuple[Catalog, str], raw: Path, archive_run: ModuleType
) -> None:
    catalog, document_id = held
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    (raw / "3.pdf").write_text("30")
    catalog.store(archive_run.read(raw / "3.pdf"), "1", "model")
    assert catalog.document_record(document_id) is None
    assert [row["applied"] for row in catalog.corrections_of(document_id)] == [False]
    for content in ("30", "30", "31"):  # read anew, and replaced once more
        (raw / "3.pdf").write_text(content)
        catalog.store(archive_run.read(raw / "3.pdf"), "1", "model")
        assert "กบ 0023.4/1121" in unplaced(catalog)
    export_datasets(catalog, catalog.folder / "datasets")
    assert frictionless.validate(str(catalog.folder / "datasets" / "datapackage.json")).valid
    (only,) = catalog.work_list().unplaced
    assert (only["value"], only["path"]) == ("กบ 0023.4/1121", str(raw / "3.pdf"))
    catalog.withdraw(1, "malee")
    assert (unplaced(catalog), catalog.work_list().all_unplaced) == ("", 0)


def test_corrections_return_with_their_bytes(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    first = archive_run.read(raw / "3.pdf")
    document_id = f"{first.sha256[:16]}-0002"
    catalog.store(first, "1", "model")
    say(catalog, f"{document_id}-p01-002-2", "amount", CORRECTED, "12000.50")
    after = dump(catalog, without=("file_paths",))
    (raw / "3.pdf").write_text("30")
    catalog.store(archive_run.read(raw / "3.pdf"), "1", "model")
    (raw / "copy.pdf").write_text("3")
    catalog.store(replace(first, path=raw / "copy.pdf"), "1", "model")
    assert unplaced(catalog) == ""
    assert all(row["applied"] for row in catalog.corrections_of(document_id))
    (raw / "3.pdf").write_text("3")
    catalog.store(first, "1", "model")
    assert dump(catalog, without=("file_paths",)) == after


def test_verdicts_follow_a_correction(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    for name in ("3.pdf", "5.pdf"):
        catalog.store(archive_run.read(raw / name), "1", "model")
    settle(catalog)
    (cited, citing) = sorted(catalog.archived_letters(), key=lambda letter: letter.running_number or 0)
    reference = next(r for r in catalog.archived_references() if r.document_id == citing.document_id)
    assert next(v for v in catalog.resolutions() if v.reference_id == reference.reference_id).target is None
    say(catalog, reference.reference_id, "number", CORRECTED, str(cited.number))
    say(catalog, reference.reference_id, "date", CORRECTED, "2021-12-07")
    settle(catalog)
    verdict = next(v for v in catalog.resolutions() if v.reference_id == reference.reference_id)
    assert verdict.target == cited.document_id
    say(catalog, cited.document_id, "number", CORRECTED, "กบ 0023.4/1121")
    say(catalog, cited.document_id, "date", CORRECTED, "2011-01-01")
    connect(catalog, catalog.folder / "graph")
    verdict = next(v for v in catalog.resolutions() if v.reference_id == reference.reference_id)
    assert verdict.target is None
    assert "กบ 0023.4/1121" in (catalog.folder / "graph" / "citations.json").read_text(encoding="utf-8")


def test_corrections_are_a_dataset(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    say(catalog, document_id, "urgency", ABSENT)
    export_datasets(catalog, catalog.folder / "datasets")
    frame = pd.read_parquet(catalog.folder / "datasets" / "corrections.parquet")
    assert list(frame.value.fillna("none")) == ["กบ 0023.4/1121", "none"]
    assert frictionless.validate(str(catalog.folder / "datasets" / "datapackage.json")).valid


@pytest.mark.parametrize(
    ("subject", "field", "value"),
    [
        ("", "number", "ไม่มีเลข"),
        ("", "date", "20 เมษายน"),
        ("", "date", "2021-02-30"),
        ("", "form", "memo"),
        ("", "sender", ""),
        ("", "sender; DROP TABLE letters", "x"),
        ("-r009", "number", "กบ 0023.4/1"),
        ("-r001", "target_document_id", "x"),
    ],
)
def test_what_is_no_correction_is_refused_whole(
    held: tuple[Catalog, str], subject: str, field: str, value: str
) -> None:
    catalog, document_id = held
    before = dump(catalog)
    statements = [
        Statement(document_id, "signer", CORRECTED, "นายสมชาย ใจดี"),
        Statement(document_id + subject, field, CORRECTED, value),
    ]
    with pytest.raises(CorrectionError):
        catalog.correct(document_id, statements, "somchai")
    assert dump(catalog) == before
    assert catalog.corrections_of(document_id) == ()
    with pytest.raises(CorrectionError):
        catalog.correct("0000000000000000-0001", statements[:1], "somchai")


# ---------------------------------------------------------------------- plans


def cell(row: int, field: str, value: object, confidence: float, rule: Rule) -> Evidence:
    box = Box(0, 100 * row, 900, 100 * row + 80)
    return Evidence(
        f"plan[0].items[{row}].{field}", str(value), str(value), 2, box, confidence, (Step(rule),)
    )


def plan_with(budgets: tuple[float, ...], confidences: tuple[float, ...], total: float | None) -> Document:
    """A plan with a budget a row; what was read with less than certainty is marked as the stage marks it."""
    agrees = total == sum(budgets)
    rule = Rule.SUM_AGREES if agrees else Rule.COLUMN_BY_HEADER if total is None else Rule.SUM_DISAGREES
    items = tuple(
        PlanItem(
            row, f"โครงการที่ {row}", "โครงการ", 2, budget=budget, budget_raw=str(budget), confidence=sure,
            box=Box(0, 100 * row, 900, 100 * row + 80),
            needs_review=not agrees or sure < SURE_CELL,
        )
        for row, (budget, sure) in enumerate(zip(budgets, confidences, strict=True), 1)
    )  # fmt: skip
    shown = tuple(
        found
        for item in items
        for found in (
            cell(item.item_no, "title", item.title, 0.999, Rule.COLUMN_BY_HEADER),
            cell(item.item_no, "item_no", item.item_no, 0.999, Rule.ITEM_NUMBER),
            cell(item.item_no, "budget", item.budget, item.confidence, rule),
        )
    )
    status = (
        AuditStatus.NO_TOTALS
        if total is None
        else AuditStatus.CONSISTENT
        if agrees
        else AuditStatus.INCONSISTENT
    )
    note = "" if agrees else "budget: the rows differ"
    issues = (
        [Issue("plan_inconsistent", note, Severity.ERROR, 2, "plan[0]")]
        if status is AuditStatus.INCONSISTENT
        else []
    )
    issues += [
        Issue("plan_item_doubtful", f"item {item.item_no}", page=2, about=f"plan[0].row[{row}]")
        for row, item in enumerate(items, 1)
        if item.confidence < 0.95
    ]
    plan = Plan("แผน", "เทศบาล", items, status, note, total_budget=total)
    return Document(
        1, 2, 2, DocumentKind.PLAN, "แผน", 0.9, plans=(plan,), evidence=shown, issues=tuple(issues)
    )


@pytest.fixture
def plan(catalog: Catalog, raw: Path, archive_run: ModuleType) -> Callable[..., str]:
    def store(*arguments: Any) -> str:
        result = archive_run.read(raw / "3.pdf", documents=(plan_with(*arguments),))
        catalog.store(result, "1", "model")
        return f"{result.sha256[:16]}-0001"

    return store


def test_an_amended_budget_makes_the_sum_agree(catalog: Catalog, plan: Callable[..., str]) -> None:
    document_id = plan((1000.0, 300.0, 50.0), (0.999, 0.7, 0.999), 1850.0)
    say(catalog, f"{document_id}-p01-002", "budget", CORRECTED, "800.00")
    found = record(catalog, document_id)
    assert found.items[1]["budget"] == 800.0
    assert found.items[1]["budget_raw"] == "300.0"
    assert found.plans[0]["audit_status"] == "consistent"
    assert "a person corrected it" in found.plans[0]["audit_note"]
    assert not any(item["needs_review"] for item in found.items)
    assert found.issues == ()
    catalog.withdraw(1, "malee")
    found = record(catalog, document_id)
    assert found.plans[0]["audit_status"] == "inconsistent"
    assert [issue["code"] for issue in found.issues] == ["plan_inconsistent", "plan_item_doubtful"]


def test_a_wrong_amendment_is_found_out(catalog: Catalog, plan: Callable[..., str]) -> None:
    document_id = plan((1000.0, 300.0), (0.999, 0.7), 1300.0)
    say(catalog, f"{document_id}-p01-001", "budget", CORRECTED, "1100")
    found = record(catalog, document_id)
    assert found.plans[0]["audit_status"] == "inconsistent"
    assert "differ by -100" in found.plans[0]["audit_note"]
    assert [issue["severity"] for issue in found.issues] == ["error", "warning"]
    assert [item["needs_review"] for item in found.items] == [False, True]
    say(catalog, f"{document_id}-p01", "total_budget", CORRECTED, "1400.00")
    assert record(catalog, document_id).plans[0]["audit_status"] == "consistent"


def test_a_total_that_is_not_there_vouches_for_nothing(catalog: Catalog, plan: Callable[..., str]) -> None:
    document_id = plan((1000.0, 300.0), (0.999, 0.7), 1300.0)
    say(catalog, f"{document_id}-p01-001", "title", CONFIRMED)
    assert [item["needs_review"] for item in record(catalog, document_id).items] == [False, False]
    say(catalog, f"{document_id}-p01", "total_budget", ABSENT)
    found = record(catalog, document_id)
    assert (found.plans[0]["total_budget"], found.plans[0]["audit_status"]) == (None, "no_totals")
    assert [item["needs_review"] for item in found.items] == [False, True]
    catalog.withdraw(2, "malee")
    found = record(catalog, document_id)
    assert (found.plans[0]["audit_status"], found.items[1]["needs_review"]) == ("consistent", False)


def test_without_totals_each_row_is_settled_by_itself(catalog: Catalog, plan: Callable[..., str]) -> None:
    document_id = plan((1000.0, 300.0), (0.6, 0.7), None)
    say(catalog, f"{document_id}-p01-001", "budget", CONFIRMED)
    found = record(catalog, document_id)
    assert found.plans[0]["audit_status"] == "no_totals"
    assert [item["needs_review"] for item in found.items] == [False, True]
    assert [issue["code"] for issue in found.issues] == ["plan_item_doubtful"]


def test_years_and_ticks(catalog: Catalog, raw: Path, archive_run: ModuleType) -> None:
    result = archive_run.read(raw / "3.pdf")
    catalog.store(result, "1", "model")
    document_id = f"{result.sha256[:16]}-0002"
    say(catalog, f"{document_id}-p01-001", "q1", CORRECTED, "False")
    say(catalog, f"{document_id}-p01-002-2", "amount", CORRECTED, "12000.50")
    with catalog.engine.connect() as connection:
        amounts = connection.execute(text("SELECT amount FROM plan_budgets ORDER BY ordinal")).scalars()
        assert list(amounts) == [5.5, 12000.5]
    found = record(catalog, document_id)
    assert found.items[0]["q1"] == 0
    assert {row["field"] for row in found.evidence} == {"plan[0].items[1].q1", "plan[0].items[2].year 2567"}


def test_new_evidence_stands_with_that_of_its_row(catalog: Catalog, plan: Callable[..., str]) -> None:
    document_id = plan((1000.0, 300.0), (0.99, 0.99), None)
    before = Subjects.of(catalog.rows_of(document_id)).evidence
    say(catalog, f"{document_id}-p01-001", "note", CORRECTED, "ต่อเนื่อง")
    after = Subjects.of(catalog.rows_of(document_id)).evidence
    assert set(after) - set(before) == {(f"{document_id}-p01-001", "note")}
    assert [row["ordinal"] for row in record(catalog, document_id).evidence] == list(range(1, 8))


def test_a_correction_is_one_transaction(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    before = dump(catalog)
    with sqlite3.connect(catalog.folder / "saraban.sqlite") as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON documents_come BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        connection.execute("DELETE FROM documents_come")
    with pytest.raises(Exception, match="full"):
        say(catalog, document_id, "number", CORRECTED, "กบ 0023.4/1121")
    assert dump(catalog) == before
    assert catalog.corrections_of(document_id) == ()


def test_confirming_what_followed_another_value_keeps_it(held: tuple[Catalog, str]) -> None:
    catalog, document_id = held
    say(catalog, document_id, "sender", CORRECTED, "ศาลากลางจังหวัดน่าน")
    say(catalog, document_id, "sender_agency", CONFIRMED)
    assert record(catalog, document_id).letter["sender_agency"] == "จังหวัดน่าน"
    last = catalog.corrections_of(document_id)[-1]
    assert (last["verdict"], last["value"]) == ("corrected", "จังหวัดน่าน")
    assert last["value_read"] != "จังหวัดน่าน"


def total_of(plan: int, top: int, total: float) -> Evidence:
    box, steps = Box(700, top, 900, top + 40), (Step(Rule.LINE_OF_SUMS),)
    return Evidence(f"plan[{plan}].total_budget", str(total), str(total), 2, box, 0.9, steps)


def test_a_total_belongs_to_the_plan_that_prints_it(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    one, other = Plan("ก", "ข", (), AuditStatus.NO_TOTALS, total_budget=500.0), plan_with((), (), 900.0)
    alone = replace(other, evidence=(total_of(0, 1400, 900.0),))
    result = archive_run.read(raw / "3.pdf", documents=(alone,))
    catalog.store(result, "1", "model")
    document_id = f"{result.sha256[:16]}-0001"
    say(catalog, f"{document_id}-p01", "total_budget", CORRECTED, "950")
    found = (total_of(0, 700, 500.0), total_of(1, 1402, 900.0))
    both = replace(other, plans=(one, *other.plans), evidence=found)
    catalog.store(replace(result, documents=(both,)), "2", "model")
    assert [plan["total_budget"] for plan in record(catalog, document_id).plans] == [500.0, 950.0]
    elsewhere = replace(both, evidence=(total_of(0, 700, 500.0), total_of(1, 2000, 900.0)))
    catalog.store(replace(result, documents=(elsewhere,)), "3", "model")
    assert [plan["total_budget"] for plan in record(catalog, document_id).plans] == [500.0, 900.0]
    assert "950" in unplaced(catalog)


def with_sums(document: Document, *sums: PrintedSum, status: AuditStatus) -> Document:
    (plan,) = document.plans
    return replace(document, plans=(replace(plan, sums=sums, audit_status=status),))


@pytest.mark.parametrize(
    ("part", "status"),
    [
        (PrintedSum("budget", 1, 1, 900.0), "inconsistent"),
        (PrintedSum("year 2565", 1, 2, 70.0), "inconsistent"),
        (PrintedSum("budget", 1, 1, 1000.0, repaired=True), "repaired"),
        (PrintedSum("budget", 1, 1, 1000.0), "consistent"),
    ],
)
def test_a_plan_agrees_only_when_all_its_sums_do(
    catalog: Catalog, raw: Path, archive_run: ModuleType, part: PrintedSum, status: str
) -> None:
    before = AuditStatus.REPAIRED if part.repaired else AuditStatus.INCONSISTENT
    document = with_sums(plan_with((1000.0, 300.0), (0.999, 0.999), 1300.0), part, status=before)
    result = archive_run.read(raw / "3.pdf", documents=(document,))
    catalog.store(result, "1", "model")
    document_id = f"{result.sha256[:16]}-0001"
    say(catalog, f"{document_id}-p01-002", "q1", CORRECTED, "True")
    found = record(catalog, document_id)
    assert found.plans[0]["audit_status"] == status
    codes = [issue["code"] for issue in found.issues]
    assert codes == ([] if status == "consistent" else [f"plan_{status}"])


def test_a_year_is_found_again_when_a_row_comes_before_it(
    catalog: Catalog, raw: Path, archive_run: ModuleType
) -> None:
    def read(*titles: str) -> FileResult:
        items = tuple(
            PlanItem(
                row, title, "โครงการ", 2, box=Box(0, 100 * int(title[-1]), 900, 100 * int(title[-1]) + 80),
                year_budgets=(YearBudget(2566, 5.0), YearBudget(2567, 6.0)),
            )
            for row, title in enumerate(titles, 1)
        )  # fmt: skip
        plan = Plan("แผน", "เทศบาล", items, AuditStatus.NO_TOTALS)
        document = Document(1, 2, 2, DocumentKind.PLAN, "แผน", 0.9, plans=(plan,))
        result: FileResult = archive_run.read(raw / "3.pdf", documents=(document,))
        return result

    catalog.store(read("โครงการ 2"), "1", "model")
    document_id = f"{str(read('โครงการ 2').sha256)[:16]}-0001"
    say(catalog, f"{document_id}-p01-001-2", "amount", CORRECTED, "60")
    catalog.store(read("โครงการ 1", "โครงการ 2"), "2", "model")
    with catalog.engine.connect() as connection:
        amounts = connection.execute(text("SELECT amount FROM plan_budgets ORDER BY row, ordinal")).scalars()
        assert list(amounts) == [5.0, 6.0, 5.0, 60.0]
