"""The datasets: each table as CSV and Parquet, described column by column in ``datapackage.json``.

Tables pass in portions, ordered by their keys, so an archive of any size fits in memory and two runs over
the same input give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, Table, select

from pipeline.atomic import write_text, written_beside
from pipeline.catalog.catalog import Catalog
from pipeline.catalog.database import reading, writing
from pipeline.catalog.datapackage import describe
from pipeline.catalog.frames import frame_types
from pipeline.catalog.recording import current_revision, mark_progress
from pipeline.catalog.tables import DATASETS

_PORTION = 50_000

_ARROW = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


def export_datasets(catalog: Catalog, folder: Path) -> tuple[Path, ...]:
    """Write every dataset to ``folder`` and return the paths, ``datapackage.json`` last.

    Each file is written beside and renamed. Raises :class:`StorageError`.
    """
    written: list[Path] = []
    with reading(catalog.engine) as connection:
        revision = current_revision(connection, "records")
        for table in DATASETS:
            written += _write(connection, table, folder)
    package = folder / "datapackage.json"
    write_text(package, json.dumps(describe(DATASETS), ensure_ascii=False, indent=2) + "\n")
    with writing(catalog.engine) as connection:
        mark_progress(connection, "datasets", revision)
    return (*written, package)


def datasets_are_current(catalog: Catalog, folder: Path) -> bool:
    """Whether all datasets are in ``folder`` and made from the records as they are now."""
    names = [f"{table.name}.{ending}" for table in DATASETS for ending in ("csv", "parquet")]
    there = all((folder / name).exists() for name in (*names, "datapackage.json"))
    return there and not catalog.needs_export


def _write(connection: Connection, table: Table, folder: Path) -> tuple[Path, Path]:
    """Write both files of a table in one pass over it."""
    csv_path, parquet_path = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
    schema = _schema(table)
    with (
        written_beside(csv_path) as csv_beside,
        written_beside(parquet_path) as parquet_beside,
        csv_beside.open("w", encoding="utf-8", newline="") as csv_file,
        parquet_beside.open("wb") as parquet_bytes,
        pq.ParquetWriter(parquet_bytes, schema) as parquet_file,
    ):
        for number, portion in enumerate(_portions(connection, table)):
            parquet_file.write_table(pa.Table.from_pandas(portion, schema, preserve_index=False))
            portion[_measured(table)] = pd.NA
            portion.to_csv(csv_file, index=False, header=number == 0, lineterminator="\n")
    return csv_path, parquet_path


def _schema(table: Table) -> pa.Schema:
    """The columns with their types, and for pandas that those which may be empty are its nullable ones."""
    fields = [pa.field(column.name, _arrow_type(column.info["kind"])) for column in table.columns]
    typed = {name: pd.Series(dtype=kind) for name, kind in frame_types(table.columns).items()}
    told = pa.Schema.from_pandas(
        pd.DataFrame(typed, columns=list(table.columns.keys())), preserve_index=False
    )
    return pa.schema(fields, told.metadata)


def _measured(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.info["measured"]]


def _arrow_type(kind: str) -> pa.DataType:
    return _ARROW.get(kind, pa.string())


def _portions(connection: Connection, table: Table) -> Iterator[pd.DataFrame]:
    """The table in portions with typed columns; one empty portion where the table has no rows."""
    query = select(table).order_by(*table.primary_key)
    yield from pd.read_sql_query(query, connection, chunksize=_PORTION, dtype=frame_types(table.columns))
