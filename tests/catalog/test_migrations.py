"""Upgrading a catalog of an older version."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from pipeline.catalog import Catalog, StorageError
from pipeline.catalog.database import open_engine, reading
from pipeline.catalog.migrations import MIGRATIONS, bring_up_to_date


def version(folder: Path) -> int:
    with reading(open_engine(folder / "saraban.sqlite")) as connection:
        return int(connection.execute(text("SELECT version FROM schema_version")).scalar_one())


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
