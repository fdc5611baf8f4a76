"""The summary of the last run, kept so that its report can be written again after corrections."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select

from pipeline.catalog.catalog import Catalog
from pipeline.catalog.database import reading, writing
from pipeline.catalog.report import RunSummary
from pipeline.catalog.tables import last_run as kept
from pipeline.catalog.values import path_text

_SUMMARY = TypeAdapter(RunSummary)


def keep_run(catalog: Catalog, run: RunSummary) -> None:
    """Keep the summary in place of the one before."""
    # JSON holds no bytes that are not UTF-8; the report would write them out as well.
    shown = replace(run, hidden=tuple(Path(path_text(path)) for path in run.hidden))
    with writing(catalog.engine) as connection:
        connection.execute(delete(kept))
        summary = _SUMMARY.dump_json(shown).decode()
        connection.execute(insert(kept).values(started=run.started.isoformat(), summary=summary))


def last_run(catalog: Catalog) -> RunSummary | None:
    """The summary of the last run, or None where no run has kept one."""
    with reading(catalog.engine) as connection:
        summary = connection.execute(select(kept.c.summary)).scalar()
    return None if summary is None else _SUMMARY.validate_json(summary)
