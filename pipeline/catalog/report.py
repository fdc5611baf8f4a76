"""The report of a run: ``report.html`` for reading at leisure, a screenful for the terminal."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.atomic import write_text
from pipeline.catalog.catalog import Catalog
from pipeline.catalog.overview import Overview, overview
from pipeline.catalog.values import path_text
from pipeline.model import MediaType
from pipeline.printable import printable
from pipeline.words import word

_COLUMNS, _LINES = 80, 24
"""A screen, as a terminal opens."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What one run did.

    ``seen`` files were given; ``new`` of them (new, changed or stale) were to be read, of which ``done``,
    ``partial`` and ``failed`` say how that ended; ``unchanged`` needed nothing, or
    could not be opened, as before. ``vanished`` are files
    that are gone (their records stay), ``moved`` files under another name as (old, new), ``duplicates`` files
    with the same bytes as another, whose records stand for both, as (path, the other), ``hidden`` what was
    left out since programs keep such files for themselves. ``pages`` were read in ``seconds``; ``exit_code``
    is that of the command.
    """

    started: datetime
    seconds: float
    seen: int
    new: int
    done: int
    partial: int
    failed: int
    unchanged: int
    pages: int
    exit_code: int
    vanished: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    hidden: tuple[Path, ...] = ()

    @property
    def found_nothing(self) -> bool:
        """Whether all files are gone, as when a network folder is not mounted."""
        return not self.seen and bool(self.vanished)

    @property
    def pages_per_minute(self) -> float:
        return self.pages * 60 / self.seconds if self.seconds else 0.0


def write_report(catalog: Catalog, folder: Path, run: RunSummary, corrected: datetime | None = None) -> Path:
    """Write ``report.html`` to ``folder`` and return its path. Raises :class:`StorageError`.

    One page without anything outside it; links lead to the scans, relative to ``folder``.
    ``corrected`` is when people corrected records after ``run``, where they did.
    """
    environment = Environment(
        loader=PackageLoader("pipeline.catalog"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = lambda row: _link(row, folder)
    environment.filters["path"] = path_text
    environment.filters["local_time"] = local_time
    environment.filters["thousands"] = lambda number: f"{number:,}"
    environment.filters["in_thai"] = lambda code: word("issue", code)
    template = environment.get_template("report.html")
    path = folder / "report.html"
    write_text(path, template.render(run=run, corrected=corrected, archive=overview(catalog)))
    return path


def local_time(moment: datetime) -> str:
    """A moment to the minute as the clocks of this machine show it, with how far that is from UTC."""
    return moment.astimezone().isoformat(" ", "minutes")


def _link(row: Mapping[str, Any], folder: Path) -> str | None:
    """Where a row's page can be seen, relative to ``folder``; None where the file is gone."""
    if row["place"] is None:
        return None
    target = quote(os.path.relpath(row["place"], folder.absolute()))
    page = row.get("shown_page") or row.get("first_page")
    return f"{target}#page={page}" if page and row["media_type"] == MediaType.PDF else target


def summary_text(catalog: Catalog, run: RunSummary) -> str:
    """The run and the archive on one screen of plain text."""
    archive = overview(catalog)
    lines = [
        _headline(run),
        *_figures("This run", _run_figures(run)),
        *_figures("Files", archive.files),
        *_figures("Documents", archive.documents),
        *_figures("References", archive.references),
        *_figures("Plan audits", archive.audits),
        *_review(archive),
        *_unread(archive),
    ]
    return "\n".join(lines[:_LINES])


def _headline(run: RunSummary) -> str:
    if run.found_nothing:
        return f"No file was found, and {len(run.vanished):,} read before are gone: is the folder mounted?"
    if not run.seen and not run.hidden:
        return "No file was found under the paths given"
    if not run.new:
        return "Nothing new to read"
    return f"Read {run.done + run.partial} of {run.new} files to read, {run.pages} pages in {_duration(run)}"


def _duration(run: RunSummary) -> str:
    minutes, seconds = divmod(round(run.seconds), 60)
    spent = f"{minutes} min {seconds} s" if minutes else f"{run.seconds:.1f} s"
    return f"{spent} ({run.pages_per_minute:.0f} pages a minute)"


def _run_figures(run: RunSummary) -> dict[str, int]:
    return {
        "seen": run.seen,
        "unchanged": run.unchanged,
        "done": run.done,
        "partial": run.partial,
        "failed": run.failed,
        "vanished": len(run.vanished),
        "moved": len(run.moved),
        "duplicate": len(run.duplicates),
        "hidden left out": len(run.hidden),
    }


def _figures(name: str, counts: Mapping[str, int]) -> list[str]:
    shown = ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in counts.items() if count)
    return textwrap.wrap(f"  {name + ':':13}{shown}", _COLUMNS, subsequent_indent=" " * 15) if shown else []


def _review(archive: Overview) -> list[str]:
    lines = [f"  {'To review:':13}{archive.letters_to_review:,} letters"] if archive.letters_to_review else []
    groups = [f"  {group.severity + ':':13}{group.count:,} × {group.code}" for group in archive.issues[:5]]
    return lines + groups


def _unread(archive: Overview) -> list[str]:
    failed = [row for row in archive.unread if row["status"] == "failed"]
    lines = [f"    {printable(row['path'])[-50:]}  {row['error_code']}" for row in failed[:5]]
    if archive.files.get("failed", 0) > len(lines):
        lines.append(f"    … and {archive.files.get('failed', 0) - len(lines):,} more, in the report")
    return [f"  Not read ({archive.files.get('failed', 0):,}):", *lines] if failed else []
