"""The ledger: which files need reading.

What decides is the SHA-256 of the bytes, the versions of the program and of the recogniser, and the
settings that change how such a file is read.
Names do not: a moved or renamed file is the same file. To find nothing new among many thousand files
quickly, the stat of every path is kept with its hash (see ``sightings``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Row

from pipeline.catalog.database import reading, writing
from pipeline.catalog.sightings import Known, Listing, Sighting, look, note, same_bytes
from pipeline.errors import ChangedWhileReadError, SpoolError, UnreadableFileError


class WorkState(StrEnum):
    """What the ledger knows of a file."""

    NEW = "new"
    CHANGED = "changed"
    STALE = "stale"
    FAILED = "failed"
    PARTIAL = "partial"
    DONE = "done"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A file given to a run: its state, and whether this run reads it.

    ``sha256`` is None where the bytes could not be read. ``DUPLICATE`` is a file whose bytes another
    item of the same run has.
    """

    path: Path
    sha256: str | None
    state: WorkState
    wanted: bool


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """What a run has to do. ``vanished`` files are gone and their records kept; ``moved`` are (old, new),
    ``duplicates`` (path, the path whose bytes it has)."""

    items: tuple[WorkItem, ...]
    vanished: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()

    @property
    def wanted(self) -> tuple[WorkItem, ...]:
        """The files to read, in the order of their paths."""
        return tuple(item for item in self.items if item.wanted)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the files found are worked on; by default what is new, changed or stale.

    ``force``: everything; ``retry_failed``: also what failed or was read in part; ``only_stale``: of the
    rest, only what an older version read.
    """

    force: bool = False
    retry_failed: bool = False
    only_stale: bool = False


_ALWAYS_RETRIED = frozenset({UnreadableFileError.code, ChangedWhileReadError.code, SpoolError.code})
"""Failures that say nothing about the bytes."""


def plan_work(
    engine: Engine,
    paths: Iterable[Path],
    hash_file: Callable[[Path], str],
    versions: tuple[str, str],
    settings: Mapping[str, str],
    choice: Choice,
    listing: Listing,
) -> WorkPlan:
    """Decide what a run over ``paths``, found in ``listing``, reads, and note where files now lie.

    ``hash_file`` gives the SHA-256 of a file in hexadecimal and may raise :class:`FileError`;
    ``versions`` are those of the program and the recogniser, ``settings`` by media type those that decide
    how such a file is read.
    """
    with reading(engine) as connection:
        known = Known.load(connection)
    sightings = look(paths, known, hash_file)
    with writing(engine) as connection:
        vanished, moved = note(connection, sightings, listing, known)
        duplicates = same_bytes(connection, sightings)
    return WorkPlan(_items(sightings, known, versions, settings, choice), vanished, moved, duplicates)


def _items(
    sightings: list[Sighting],
    known: Known,
    versions: tuple[str, str],
    settings: Mapping[str, str],
    choice: Choice,
) -> tuple[WorkItem, ...]:
    items = []
    met: set[str] = set()
    for sighting in sightings:
        identity = sighting.file_id
        state = WorkState.DUPLICATE if identity in met else _state(sighting, known, versions, settings)
        met.add(identity)
        wanted = _is_wanted(state, known.tries.get(identity), choice)
        items.append(WorkItem(sighting.path, sighting.sha256, state, wanted))
    return tuple(items)


def _state(
    sighting: Sighting, known: Known, versions: tuple[str, str], settings: Mapping[str, str]
) -> WorkState:
    last = known.tries.get(sighting.file_id)
    if last is None:
        before = known.places.get(sighting.place)
        replaced = before is not None and before.recorded_sha256 not in (None, sighting.sha256)
        return WorkState.CHANGED if replaced else WorkState.NEW
    if (last.pipeline_version, last.model_version) != versions:
        return WorkState.STALE
    asked = settings.get(known.files[sighting.file_id].media_type)
    if None not in (asked, last.settings) and asked != last.settings:
        return WorkState.STALE
    return WorkState(last.status)


def _is_wanted(state: WorkState, last: Row[Any] | None, choice: Choice) -> bool:
    if state is WorkState.DUPLICATE:
        return False
    if choice.force:
        return True
    if state in (WorkState.FAILED, WorkState.PARTIAL):
        transient = last is not None and last.error_code in _ALWAYS_RETRIED and not choice.only_stale
        return choice.retry_failed or transient
    if choice.only_stale:
        return state is WorkState.STALE
    return state is not WorkState.DONE
