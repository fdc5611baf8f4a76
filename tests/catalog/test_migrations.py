"""Upgrading a catalog of an older version."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import frictionless
import pytest
from sqlalchemy import Connection, text

from pipeline.catalog import Catalog, RunLock, export_datasets
from pipeline.catalog.database import open_engine, reading
from pipeline.catalog.migrations import MIGRATIONS, bring_up_to_date
from pipeline.errors import LockedError, StorageError


def version(folder: Path) -> int:
    with reading(open_engine(folder / "saraban.sqlite")) as connection:
        return int(connection.execute(text("SELECT version FROM schema_version")).scalar_one())


def columns(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What SQLite itself says of each table, and of its foreign keys and indexes."""
    with sqlite3.connect(folder / "saraban.sqlite") as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'index')"
        ).fetchall()
        return {
            f"{pragma} {name}": connection.execute(f"PRAGMA {pragma}({name})").fetchall()
            for (name,) in sorted(names)
            for pragma in ("table_info", "foreign_key_list", "index_info")
        }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A catalog of schema version 1."""
    with sqlite3.connect(tmp_path / "saraban.sqlite") as connection:
        connection.executescript(Path(__file__).with_name("version1.sql").read_text(encoding="utf-8"))
    return tmp_path


def test_an_old_catalog_becomes_like_a_new_one_and_keeps_its_records(old: Path) -> None:
    with Catalog.open(old) as catalog:
        (letter,) = catalog.archived_letters()
        (reference,) = catalog.archived_references()
        assert (letter.number, reference.number) == ("มท 0810.3/ว 1", "มท 0810.3/ว 0")
        export_datasets(catalog, old / "datasets")
    Catalog.open(old / "new").close()
    assert columns(old) == columns(old / "new")
    assert version(old) == len(MIGRATIONS) + 1
    assert frictionless.validate(str(old / "datasets" / "datapackage.json")).valid


def test_an_old_catalog_takes_a_new_reading(old: Path, raw: Path, archive_run: ModuleType) -> None:
    with Catalog.open(old) as catalog:
        catalog.store(archive_run.read(raw / "1.pdf"), "2", "model")
        record = catalog.document_record(next(catalog.archived_letters()).document_id)
    assert record is not None
    assert [record.stamps[0][edge] for edge in ("x0", "y0", "x1", "y1")] == [1, 2, 3, 4]


def test_corrections_without_a_place_are_known_as_such(tmp_path: Path) -> None:
    Catalog.open(tmp_path).close()
    new = columns(tmp_path)
    with sqlite3.connect(tmp_path / "saraban.sqlite") as connection:
        connection.executescript(
            "DROP INDEX ix_corrections_unplaced_in; ALTER TABLE corrections DROP COLUMN unplaced_in;"
            "ALTER TABLE pages DROP COLUMN bend; ALTER TABLE review_issues DROP COLUMN about;"
            "ALTER TABLE ledger DROP COLUMN settings; DROP TABLE last_run;"
            "ALTER TABLE field_evidence DROP COLUMN rule_details; ALTER TABLE plans DROP COLUMN sums;"
            "ALTER TABLE stamps DROP COLUMN raw_text;"
            "UPDATE schema_version SET version = 4;"
            "INSERT INTO corrections (file_sha256, document_id, first_page, subject, subject_id, field,"
            " verdict, made_at, made_by, applied) VALUES"
            " ('f', 'd', 1, 'letters', '', 'number', 'absent', '', 'a', 0),"
            " ('f', 'd', 1, 'letters', 'd', 'date', 'absent', '', 'a', 1)"
        )
    with Catalog.open(tmp_path) as catalog:
        assert [row["field"] for row in catalog.work_list().unplaced] == ["number"]
    assert columns(tmp_path) == new


def test_rules_get_codes(old: Path) -> None:
    told = ("corrected by a person", "audit_repair: 5 for 8", "date in its place")
    with sqlite3.connect(old / "saraban.sqlite") as connection:
        place = "'6b86b273ff34fce1-0001', {}, 'date', 'v', 'r', 1, 0, 0, 9, 9, 0.3, ?, '[]'"
        for ordinal, rule in enumerate(told, 2):
            connection.execute(f"INSERT INTO field_evidence VALUES ({place.format(ordinal)})", (rule,))
    with sqlite3.connect(old / "saraban.sqlite") as connection:
        bring_up_to_date(open_engine(old / "saraban.sqlite"), MIGRATIONS[:3])
        kept = {
            "field_evidence": [{"rule": rule} for rule in told],
            "review_issues": [{}],
            "plans": [{}],
            "stamps": [{}],
        }
        connection.execute("INSERT INTO readings VALUES ('d', ?)", (json.dumps(kept),))
    Catalog.open(old).close()
    with sqlite3.connect(old / "saraban.sqlite") as connection:
        rules = connection.execute("SELECT rule, rule_details FROM field_evidence ORDER BY ordinal")
        assert rules.fetchall()[1:] == [
            ("corrected_by_person", "{}"),
            ("audit_repair", '{"audit_repair":"5 for 8"}'),
            ("date in its place", "{}"),
        ]
        (kept,) = connection.execute("SELECT rows FROM readings").fetchone()
    assert json.loads(kept) == {
        "field_evidence": [
            {"rule": "corrected_by_person", "rule_details": "{}"},
            {"rule": "audit_repair", "rule_details": '{"audit_repair":"5 for 8"}'},
            {"rule": "date in its place", "rule_details": "{}"},
        ],
        "review_issues": [{"about": None}],
        "plans": [{"sums": None}],
        "stamps": [{"raw_text": None}],
    }


def add_shelf(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE files ADD COLUMN shelf TEXT"))


def fail(connection: Connection) -> None:
    raise RuntimeError


def test_a_new_catalog_has_the_newest_version(tmp_path: Path) -> None:
    Catalog.open(tmp_path).close()
    assert version(tmp_path) == len(MIGRATIONS) + 1


def test_a_newer_catalog_is_refused(tmp_path: Path) -> None:
    Catalog.open(tmp_path).close()
    bring_up_to_date(open_engine(tmp_path / "saraban.sqlite"), (*MIGRATIONS, add_shelf))
    with pytest.raises(StorageError, match="made by a newer Saraban"):
        Catalog.open(tmp_path)


def test_an_upgrade_that_fails_leaves_the_old_catalog(tmp_path: Path) -> None:
    Catalog.open(tmp_path).close()
    with pytest.raises(RuntimeError):
        bring_up_to_date(open_engine(tmp_path / "saraban.sqlite"), (*MIGRATIONS, add_shelf, fail))
    assert version(tmp_path) == len(MIGRATIONS) + 1
    bring_up_to_date(open_engine(tmp_path / "saraban.sqlite"), (*MIGRATIONS, add_shelf))
    assert version(tmp_path) == len(MIGRATIONS) + 2


def test_a_catalog_that_a_run_writes_to_is_not_upgraded_under_it(old: Path) -> None:
    before = version(old)
    holding = """
import sys
from pathlib import Path
from pipeline.catalog import RunLock
with RunLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
    argv = [sys.executable, "-c", holding, str(old)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(LockedError):
            Catalog.open(old)
        other.communicate(timeout=60)
    assert version(old) == before
    with RunLock(old):
        Catalog.open(old).close()
    assert version(old) == len(MIGRATIONS) + 1
