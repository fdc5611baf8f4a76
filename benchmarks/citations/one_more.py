"""The cost of one more letter, in an archive that keeps its keys in a database.

The database holds what a catalog would: each letter and reference, and the keys of both in indexed
tables. Adding a letter then reads its neighbourhood, and resolves the references whose verdicts may change.
"""

from __future__ import annotations

import pickle
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.citations.synthetic import SyntheticArchive
from pipeline.citations import letter_keys, reference_keys, resolve
from pipeline.model import ArchivedLetter, ArchivedReference, Resolution

_PORTION = 50_000
_TABLES = """
CREATE TABLE letters (id TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
CREATE TABLE citations (id TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID;
CREATE TABLE letter_keys (key INTEGER, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE citation_keys (key INTEGER, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for each added letter, and how many references and letters were looked at in all."""

    seconds: tuple[float, ...]
    references: int
    letters: int


def one_more_letter(archive: SyntheticArchive, path: Path, count: int) -> Cost:
    """Add the last ``count`` letters one by one to a database at ``path`` that holds all the others."""
    rest, added = archive.letters[:-count], archive.letters[-count:]
    own: dict[str, list[ArchivedReference]] = {letter.document_id: [] for letter in added}
    others: list[ArchivedReference] = []
    for reference in archive.references:
        own.get(reference.document_id, others).append(reference)
    database = sqlite3.connect(path)
    database.executescript(_TABLES)
    _add(database, rest, others)
    seconds, looked_at, neighbours = [], 0, 0
    for letter in added:
        started = time.perf_counter()
        _add(database, [letter], own[letter.document_id])
        found, near = _revisited(database, letter, own[letter.document_id])
        seconds.append(time.perf_counter() - started)
        looked_at, neighbours = looked_at + len(found), neighbours + near
    database.close()
    return Cost(tuple(seconds), looked_at, neighbours)


def _add(
    database: sqlite3.Connection, letters: Sequence[ArchivedLetter], references: Sequence[ArchivedReference]
) -> None:
    with database:
        _insert(database, "letters", ((letter.document_id, pickle.dumps(letter)) for letter in letters))
        _insert(database, "citations", ((r.reference_id, pickle.dumps(r)) for r in references))
        for some_letters in _portions(letters):
            _insert(database, "letter_keys", ((key, name) for name, key in letter_keys(some_letters)))
        for some_references in _portions(references):
            _insert(database, "citation_keys", ((key, name) for name, key in reference_keys(some_references)))


def _revisited(
    database: sqlite3.Connection, letter: ArchivedLetter, own: Sequence[ArchivedReference]
) -> tuple[list[Resolution], int]:
    """New verdicts on all references that the letter may touch; how many letters they were held against."""
    keys = [key for _, key in letter_keys([letter])]
    touched = {reference.reference_id: reference for reference in own}
    for record in _sharing(database, "citations", "citation_keys", keys):
        reference: ArchivedReference = pickle.loads(record)
        touched[reference.reference_id] = reference
    wanted = {key for _, key in reference_keys(list(touched.values()))}
    near = [pickle.loads(record) for record in _sharing(database, "letters", "letter_keys", wanted)]
    return list(resolve(near, list(touched.values()))), len(near)


def _sharing(database: sqlite3.Connection, table: str, keys: str, wanted: Iterable[int]) -> Iterator[bytes]:
    database.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key INTEGER PRIMARY KEY)")
    database.execute("DELETE FROM wanted")
    database.executemany("INSERT INTO wanted VALUES (?)", ((key,) for key in wanted))
    ids = f"SELECT DISTINCT id FROM wanted CROSS JOIN {keys} USING (key)"
    query = f"SELECT record FROM {table} WHERE id IN ({ids})"
    for (record,) in database.execute(query):
        yield record


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, object]]) -> None:
    database.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)


_T = TypeVar("_T")


def _portions(things: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(things), _PORTION):
        yield things[start : start + _PORTION]
