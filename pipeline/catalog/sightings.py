"""Where files lie: looking at the paths of a run, and noting what was seen.

The stat of every path is kept with its hash, and a file is hashed again only when its size, times or
inode changed, the way git's index does it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.engine import Row

from pipeline.catalog import values
from pipeline.catalog.recording import adopt, advance, forget_replaced, forget_unhashed, name_files
from pipeline.catalog.tables import file_paths, files, ledger
from pipeline.errors import FileError
from pipeline.model import FileStatus

_RACY_NANOSECONDS = 2_000_000_000
"""A file changed this shortly before it was hashed may change again without its times showing it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file as it lies there now; ``sha256`` is None where its bytes cannot be read.

    ``stat`` (size, modified, changed, inode) is None where it must not be relied on later.
    """

    path: Path
    place: str
    sha256: str | None
    stat: tuple[int, int, int, int] | None

    @property
    def file_id(self) -> str:
        return values.file_id(self.path, self.sha256)

    @property
    def row(self) -> dict[str, Any]:
        size, modified, changed, inode = self.stat or (None, None, None, None)
        return {
            "path": self.place,
            "given": values.path_text(self.path),
            "sha256": self.sha256,
            "size": size,
            "mtime_ns": modified,
            "ctime_ns": changed,
            "inode": inode,
            "present": True,
        }


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a run looked for files, as absolute paths: ``roots`` were named to it; what was ``refused``
    below them (links, folders) is neither followed nor listed."""

    roots: frozenset[str]
    refused: frozenset[str]

    def has_settled(self, place: str) -> bool:
        """Whether what lies there was looked at and not refused."""
        way = [place, *map(str, Path(place).parents)]
        return self.refused.isdisjoint(way) and not self.roots.isdisjoint(way)


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalog held before the run: rows of ``file_paths``, ``ledger`` and ``files`` by key."""

    places: dict[str, Row[Any]]
    tries: dict[str, Row[Any]]
    files: dict[str, Row[Any]]

    @staticmethod
    def load(connection: Connection) -> Known:
        held = select(files.c.file_id, files.c.status, files.c.path, files.c.media_type)
        return Known(
            {row.path: row for row in connection.execute(select(file_paths))},
            {row.file_id: row for row in connection.execute(select(ledger))},
            {row.file_id: row for row in connection.execute(held)},
        )

    def was_read(self, sha256: str) -> bool:
        """Whether the bytes have records of a reading that did not fail."""
        found = self.files.get(sha256)
        return found is not None and found.status != FileStatus.FAILED


def look(paths: Iterable[Path], known: Known, hash_file: Callable[[Path], str]) -> list[Sighting]:
    """Look at each path once, in the order of the absolute paths; hashes what may have changed."""
    unique = {values.absolute_text(path): Path(path) for path in paths}
    return [_sight(unique[place], place, known, hash_file) for place in sorted(unique)]


def _sight(path: Path, place: str, known: Known, hash_file: Callable[[Path], str]) -> Sighting:
    try:
        now = _stat(path)
        before = known.places.get(place)
        if before is not None and before.sha256 is not None and now == _stat_of(before):
            return Sighting(path, place, before.sha256, now)
        settled = time.time_ns() - max(now[1], now[2]) > _RACY_NANOSECONDS
        return Sighting(path, place, hash_file(path), now if settled else None)
    except (OSError, FileError):
        return Sighting(path, place, None, None)


def _stat(path: Path) -> tuple[int, int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _stat_of(row: Row[Any]) -> tuple[int, int, int, int]:
    return row.size, row.mtime_ns, row.ctime_ns, row.inode


def note(
    connection: Connection, sightings: list[Sighting], listing: Listing, known: Known
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Write down what was seen; returns the vanished files and the moved ones as (old, new).

    A path that is gone is forgotten when its bytes lie elsewhere (the file moved) or could never be read.
    """
    _keep_sightings(connection, sightings, known)
    gone = _mark_absent(connection, {s.place for s in sightings}, known)
    moved = {row for row in gone if _lies_elsewhere(connection, row)}
    vanished = {row for row in gone if row not in moved and _was_read(row, known)}
    unread = set(gone) - moved - vanished
    _forget(connection, moved, unread)
    adopted = _adopt_known(connection, sightings, known)
    opened = _forget_opened(connection, sightings, listing, known)
    cleared = forget_replaced(connection) or opened
    renamed = name_files(connection, {row.sha256 for row in moved} | _misnamed(sightings, known) | adopted)
    if unread or adopted or cleared or renamed:
        advance(connection)
    return tuple(sorted(row.given for row in vanished)), _moves(renamed, sightings, known)


def same_bytes(connection: Connection, sightings: list[Sighting]) -> tuple[tuple[str, str], ...]:
    """Files whose bytes lie at an earlier path as well, as (path, that path): the catalog names the first."""
    first = select(file_paths.c.sha256, func.min(file_paths.c.path), file_paths.c.given)
    hashed = file_paths.c.present & file_paths.c.sha256.is_not(None)
    shared = first.where(hashed).group_by(file_paths.c.sha256).having(func.count() > 1)
    found = {row.sha256: row for row in connection.execute(shared)}
    return tuple(
        (values.path_text(sighting.path), found[sighting.sha256].given)
        for sighting in sightings
        if sighting.sha256 in found and sighting.place != found[sighting.sha256][1]
    )


def _moves(
    renamed: list[tuple[str, str]], sightings: list[Sighting], known: Known
) -> tuple[tuple[str, str], ...]:
    """Those of the new names that are of another place: the same one may be named from another folder."""
    before = {
        values.path_text(sighting.path): known.places[sighting.place].given
        for sighting in sightings
        if sighting.place in known.places
    }
    return tuple((old, new) for old, new in renamed if before.get(new) != old)


def _keep_sightings(connection: Connection, sightings: list[Sighting], known: Known) -> None:
    new = [s.row for s in sightings if s.place not in known.places]
    if new:
        connection.execute(insert(file_paths), new)
    for sighting in sightings:
        before = known.places.get(sighting.place)
        if before is None:
            continue
        row = sighting.row
        if sighting.sha256 is None:
            # The bytes cannot be read just now; what was known of them stays.
            row["sha256"] = before.sha256
        if any(getattr(before, name) != value for name, value in row.items()):
            connection.execute(update(file_paths).where(file_paths.c.path == sighting.place).values(**row))


def _adopt_known(connection: Connection, sightings: list[Sighting], known: Known) -> set[str]:
    """Let records that are there already stand for files that now hold the same bytes."""
    touched: set[str] = set()
    for sighting in sightings:
        before = known.places.get(sighting.place)
        recorded = None if before is None else before.recorded_sha256
        if sighting.sha256 not in (None, recorded) and known.was_read(sighting.sha256):
            touched |= adopt(connection, sighting.sha256)
    return touched


def _forget_opened(connection: Connection, sightings: list[Sighting], listing: Listing, known: Known) -> bool:
    """Drop failures to open what is open now: files that can be read, folders that were listed."""
    sighted = {s.place for s in sightings}
    folders = [place for place in known.places if place not in sighted and listing.has_settled(place)]
    readable = [s.place for s in sightings if s.sha256]
    opened = [place for place in (*readable, *folders) if values.unhashed_id(place) in known.files]
    forget_unhashed(connection, opened)
    for place in set(opened).intersection(folders):
        never_a_file = (file_paths.c.path == place) & file_paths.c.sha256.is_(None)
        connection.execute(delete(file_paths).where(never_a_file))
    return bool(opened)


def _misnamed(sightings: list[Sighting], known: Known) -> set[str]:
    """Hashes of files whose name in the catalog may no longer be their first path."""
    names: dict[str, str] = {}
    for sighting in sightings:
        if sighting.sha256 in known.files:
            names.setdefault(sighting.sha256, values.path_text(sighting.path))
    return {sha256 for sha256, name in names.items() if known.files[sha256].path != name}


def _mark_absent(connection: Connection, sighted: set[str], known: Known) -> list[Row[Any]]:
    """Mark the paths that are gone, and return what was known of them."""
    gone = [row for place, row in known.places.items() if place not in sighted and not _exists(place)]
    for row in gone:
        if row.present:
            connection.execute(update(file_paths).where(file_paths.c.path == row.path).values(present=False))
    return gone


def _lies_elsewhere(connection: Connection, row: Row[Any]) -> bool:
    if row.sha256 is None or row.recorded_sha256 not in (None, row.sha256):
        return False
    same = (file_paths.c.sha256 == row.sha256) & file_paths.c.present
    return connection.execute(select(file_paths.c.path).where(same).limit(1)).first() is not None


def _was_read(row: Row[Any], known: Known) -> bool:
    return any(sha256 is not None and known.was_read(sha256) for sha256 in (row.sha256, row.recorded_sha256))


def _forget(connection: Connection, moved: set[Row[Any]], unread: set[Row[Any]]) -> None:
    """Forget paths that are gone, and with them that they could not be opened."""
    for row in (*moved, *unread):
        connection.execute(delete(file_paths).where(file_paths.c.path == row.path))
    for row in unread:
        forget_unhashed(connection, [row.path])


def _exists(place: str) -> bool:
    return any(os.path.lexists(path) for path in values.paths_meant(place))
