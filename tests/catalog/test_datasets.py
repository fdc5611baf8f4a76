"""CSV, Parquet and the data package that describes them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import frictionless
import pandas as pd
import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from docs.datasets import PAGE, page
from pipeline.catalog import Catalog, datasets_are_current, export_datasets
from pipeline.catalog.tables import DATASETS, METADATA
from pipeline.catalog.values import clean_text
from pipeline.errors import StorageError


@pytest.fixture
def exported(undisturbed: Path) -> Path:
    """The datasets of five files, not to be changed."""
    return undisturbed / "out" / "datasets"


@pytest.fixture
def archive(undisturbed: Path, tmp_path: Path) -> Iterator[Catalog]:
    """A copy of their catalog, with the datasets in the folder ``datasets`` beside it."""
    shutil.copytree(undisturbed / "out", tmp_path / "copy")
    with Catalog.open(tmp_path / "copy") as catalog:
        yield catalog


def faults(folder: Path) -> list[list[object]]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return report.flatten(["fileName", "rowNumber", "fieldName", "message"])  # type: ignore[no-any-return]


def test_the_page_on_the_datasets_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m docs.datasets"


def test_every_table_is_there_twice_with_all_its_columns(exported: Path) -> None:
    for table in DATASETS:
        columns = [column.name for column in table.columns]
        assert list(pd.read_csv(exported / f"{table.name}.csv", dtype=str)) == columns
        assert list(pd.read_parquet(exported / f"{table.name}.parquet")) == columns


def test_the_columns_that_others_build_on_are_there() -> None:
    promised = {
        "files": "file_sha256 path media_type pages status error_code error pipeline_version model_version "
        "seconds",
        "documents": "document_id file_sha256 path ordinal first_page last_page kind title confidence",
        "letters": "document_id form number number_raw agency_code is_circular running_number date date_raw "
        "sender sender_agency sender_address recipient subject urgency secrecy signer signer_position "
        "contact_phone confidence needs_review",
        "stamps": "document_id office received_number received_date received_time page",
        "letter_references": "reference_id document_id position relation raw_text sender number agency_code "
        "is_circular running_number date target_document_id status score evidence page",
        "plans": "plan_id document_id title organisation fiscal_year_be as_of_date reporter total_budget "
        "q1_count q2_count q3_count q4_count audit_status audit_note",
        "plan_items": "plan_id item_no title kind dimension budget q1 q2 q3 q4 note page confidence "
        "needs_review",
        "plan_budgets": "plan_id item_no fiscal_year_be amount",
        "pages": "file_sha256 page width height dpi rotation skew text mean_confidence",
        "field_evidence": "document_id field value raw page x0 y0 x1 y1 confidence rule alternatives "
        "rule_details",
        "review_issues": "document_id page severity code message",
        "corrections": "file_sha256 document_id subject subject_id field verdict value_read value made_at "
        "made_by withdrawn_at applied",
    }
    for name, columns in promised.items():
        assert set(columns.split()) <= set(METADATA.tables[name].columns.keys())
    assert list(promised) == [table.name for table in DATASETS]


def test_the_package_is_valid(exported: Path) -> None:
    assert faults(exported) == []


def test_the_package_would_catch_a_broken_key_and_a_broken_value(exported: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(exported, tmp_path / "copy"))
    items = copy / "plan_items.csv"
    items.write_text(items.read_text().replace("-p01,1,", "-p99,one,", 1))
    report = frictionless.validate(str(copy / "datapackage.json"))
    assert {fault[0] for fault in report.flatten(["type"])} == {"type-error", "foreign-key"}


def test_every_column_is_described(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text())
    assert [resource["name"] for resource in package["resources"]] == [table.name for table in DATASETS]
    for resource in package["resources"]:
        assert resource["schema"]["primaryKey"]
        for field in resource["schema"]["fields"]:
            assert field["title"]
            assert field["description"].endswith(".")


def test_parquet_has_types(exported: Path) -> None:
    items = pd.read_parquet(exported / "plan_items.parquet")
    assert items["q1"].dtype == "boolean"
    assert items["q1"].tolist() == [True, pd.NA] * 5
    assert (~items["q1"]).fillna(value=False).sum() == 0
    assert pd.api.types.is_float_dtype(items["budget"])
    assert pd.api.types.is_integer_dtype(items["item_no"])
    assert items["extra"][0] == '{"ผู้รับผิดชอบ":"กองคลัง"}'


def test_dates_stay_text_and_numbers_stay_whole(exported: Path) -> None:
    references = pd.read_csv(exported / "letter_references.csv", dtype=str, keep_default_na=False)
    assert set(references["date"]) == {"2020-04"}
    plans = pd.read_csv(exported / "plans.csv", dtype=str, keep_default_na=False)
    assert set(plans["fiscal_year_be"]) == {"2565"}
    assert set(plans["q1_count"]) == {""}
    assert set(plans["total_budget"]) == {"41000.0"}


def test_two_runs_over_the_same_input_give_the_same_bytes(
    tmp_path: Path, undisturbed: Path, archive_run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slower(path: Path) -> object:
        return replace(read(path), seconds=9.0, timings={"ocr": 8.0})

    read = archive_run.read
    monkeypatch.setattr(archive_run, "read", slower)
    for _ in range(2):
        archive_run.run(undisturbed / "raw", tmp_path / "out")
        assert snapshot(tmp_path / "out" / "datasets") == snapshot(undisturbed / "out" / "datasets")


def snapshot(folder: Path) -> dict[str, bytes]:
    files = sorted([*folder.glob("*.csv"), folder / "datapackage.json"])
    assert len(files) == len(DATASETS) + 1
    return {path.name: path.read_bytes() for path in files}


def test_seconds_are_in_parquet_only(exported: Path) -> None:
    assert pd.read_parquet(exported / "files.parquet")["seconds"].tolist() == [0.5] * 5
    assert pd.read_csv(exported / "files.csv")["seconds"].isna().all()


def test_an_empty_catalog_gives_valid_datasets(catalog: Catalog, tmp_path: Path) -> None:
    export_datasets(catalog, tmp_path / "datasets")
    assert faults(tmp_path / "datasets") == []
    assert pd.read_csv(tmp_path / "datasets" / "letters.csv").shape[0] == 0
    assert pd.read_parquet(tmp_path / "datasets" / "letters.parquet").shape[0] == 0


def test_large_tables_pass_in_portions(
    exported: Path, archive: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.catalog.datasets._PORTION", 2)
    export_datasets(archive, tmp_path / "portions")
    assert snapshot(tmp_path / "portions") == snapshot(exported)
    assert len(pd.read_parquet(tmp_path / "portions" / "pages.parquet")) == 10


def test_current_until_records_change_or_a_file_is_missing(
    archive: Catalog, undisturbed: Path, archive_run: ModuleType
) -> None:
    folder = archive.folder / "datasets"
    assert datasets_are_current(archive, folder)
    (folder / "pages.csv").rename(folder / "aside")
    assert not datasets_are_current(archive, folder)
    (folder / "aside").rename(folder / "pages.csv")
    archive.store(archive_run.read(undisturbed / "raw" / "1.pdf"), "2", "model")
    assert not datasets_are_current(archive, folder)


def test_a_full_disk_leaves_the_old_dataset(
    exported: Path, archive: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    folder = archive.folder / "datasets"
    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(StorageError, match=r"files\..*No space left"):
        export_datasets(archive, folder)
    assert snapshot(folder) == snapshot(exported)
    assert not list(folder.glob(".*"))


def test_any_text_survives_the_csv(catalog: Catalog, tmp_path: Path, archive_run: ModuleType) -> None:
    document = archive_run.letter_document(1)

    @seed(1)
    @settings(max_examples=60, database=None, phases=[Phase.generate])
    @given(subject=st.text(min_size=1, max_size=40))
    def collect(subject: str) -> None:
        subjects.append(subject)

    subjects: list[str] = []
    collect()
    (tmp_path / "1.pdf").write_text("1")
    documents = tuple(
        replace(document, ordinal=ordinal, letter=replace(document.letter, subject=subject))
        for ordinal, subject in enumerate(subjects, 1)
    )
    catalog.store(archive_run.read(tmp_path / "1.pdf", documents=documents), "1", "model")
    export_datasets(catalog, tmp_path / "datasets")
    assert faults(tmp_path / "datasets") == []
    with (tmp_path / "datasets" / "letters.csv").open(newline="", encoding="utf-8") as file:
        read = [row["subject"] for row in csv.DictReader(file)]
    assert read == [clean_text(subject) for subject in subjects]
