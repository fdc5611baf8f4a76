"""Bringing a catalog to the tables of this version.

A new catalog is made from :mod:`pipeline.catalog.tables`. An older one is upgraded by the functions of
:data:`MIGRATIONS` from the version after its own to the last, all in one transaction, so that a killed
upgrade leaves the old catalog. To change the tables: change ``tables.py`` and append a function here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from pipeline.catalog.database import reading, writing
from pipeline.catalog.lock import alone
from pipeline.catalog.tables import (
    METADATA,
    corrections,
    documents_come,
    keys_gone,
    last_run,
    letter_keys,
    readings,
    reference_keys,
)
from pipeline.catalog.values import json_text
from pipeline.errors import StorageError

Migration = Callable[[Connection], None]


def _add_boxes(connection: Connection) -> None:
    """References, stamps and plan rows say where on the page they stand."""
    for table in ("stamps", "letter_references", "plan_items"):
        for edge in ("x0", "y0", "x1", "y1"):
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {edge} FLOAT"))


def _add_keys(connection: Connection) -> None:
    """Letters and references keep the keys by which the resolver finds them; the next run makes them."""
    METADATA.create_all(connection, [letter_keys, reference_keys, documents_come, keys_gone])


def _add_corrections(connection: Connection) -> None:
    """What people said of values, and the readings that they said it of."""
    METADATA.create_all(connection, [corrections, readings])


def _add_missing_places(connection: Connection) -> None:
    """Corrections say in which file they have no place; the step before makes the table as it is now."""
    if "unplaced_in" not in {found["name"] for found in inspect(connection).get_columns("corrections")}:
        connection.execute(text("ALTER TABLE corrections ADD COLUMN unplaced_in TEXT"))
        placed = "unplaced_in = file_sha256, subject_id = document_id"
        connection.execute(text(f"UPDATE corrections SET {placed} WHERE subject_id = ''"))
        for index in corrections.indexes:
            index.create(connection, checkfirst=True)


def _add_bend(connection: Connection) -> None:
    """Pages say how their sheet was bent; of those read before that is not known."""
    connection.execute(text("ALTER TABLE pages ADD COLUMN bend TEXT"))


def _add_about(connection: Connection) -> None:
    """Issues say of which of several things they speak; those of an earlier reading do not."""
    connection.execute(text("ALTER TABLE review_issues ADD COLUMN about TEXT"))


def _add_last_run(connection: Connection) -> None:
    """What the last run did; of those before that is not known."""
    METADATA.create_all(connection, [last_run])


def _add_settings(connection: Connection) -> None:
    """The ledger says with which settings a file was read; of those read before that is not known."""
    connection.execute(text("ALTER TABLE ledger ADD COLUMN settings TEXT"))


def _add_rule_codes(connection: Connection) -> None:
    """Rules have codes, and what they speak of beside them.

    Put into codes are the rules that the catalog itself goes by; others keep the words of their reading.
    """
    connection.execute(text("ALTER TABLE field_evidence ADD COLUMN rule_details TEXT"))
    connection.execute(text("UPDATE field_evidence SET rule_details = '{}'"))
    for said in connection.execute(text("SELECT DISTINCT rule FROM field_evidence")).scalars().all():
        coded = _in_codes(said)
        if coded["rule"] != said:
            columns = "rule = :rule, rule_details = :rule_details"
            renamed = text(f"UPDATE field_evidence SET {columns} WHERE rule = :said")
            connection.execute(renamed, {**coded, "said": said})
    _change_readings(connection, _with_rule_codes)


def _with_rule_codes(rows: _Reading) -> None:
    for issue in rows["review_issues"]:
        issue.setdefault("about", None)
    for evidence in rows["field_evidence"]:
        evidence |= _in_codes(str(evidence["rule"]))


def _in_codes(said: str) -> dict[str, str]:
    """The columns of a rule that had no code."""
    if said.startswith("audit_repair: "):
        details = json_text({"audit_repair": said.removeprefix("audit_repair: ")})
        return {"rule": "audit_repair", "rule_details": details}
    return {"rule": _RULES_IN_WORDS.get(said, said), "rule_details": "{}"}


_RULES_IN_WORDS = {
    "confirmed by a person": "confirmed_by_person",
    "corrected by a person": "corrected_by_person",
    "not on the page, by a person": "denied_by_person",
    "one name of the office that a person confirmed": "office_by_person",
}
"""What a person's rules were called before they had codes."""


def _add_printed_sums(connection: Connection) -> None:
    """Plans say which sums their tables print; of those read before that is not known."""
    connection.execute(text("ALTER TABLE plans ADD COLUMN sums TEXT"))
    _add_to_readings(connection, "plans", "sums")


def _add_text_of_stamps(connection: Connection) -> None:
    """Stamps keep their lines as they were read; of those read before that is not known."""
    connection.execute(text("ALTER TABLE stamps ADD COLUMN raw_text TEXT"))
    _add_to_readings(connection, "stamps", "raw_text")


_Reading = dict[str, list[dict[str, object]]]
"""The rows of a document as they were read, by table: what is kept of it once people corrected it."""


def _add_to_readings(connection: Connection, table: str, column: str) -> None:
    """Give the rows of one table in the readings that are kept a column, of which nothing is known."""

    def widen(rows: _Reading) -> None:
        for row in rows[table]:
            row[column] = None

    _change_readings(connection, widen)


def _change_readings(connection: Connection, change: Callable[[_Reading], None]) -> None:
    """Bring the readings that are kept to the columns of this version."""
    renewed = text("UPDATE readings SET rows = :rows WHERE document_id = :document_id")
    for document_id, kept in connection.execute(text("SELECT document_id, rows FROM readings")).all():
        rows = json.loads(kept)
        change(rows)
        connection.execute(renewed, {"rows": json_text(rows), "document_id": document_id})


MIGRATIONS: tuple[Migration, ...] = (
    _add_boxes,
    _add_keys,
    _add_corrections,
    _add_missing_places,
    _add_bend,
    _add_about,
    _add_last_run,
    _add_settings,
    _add_rule_codes,
    _add_printed_sums,
    _add_text_of_stamps,
)
"""``MIGRATIONS[n]`` upgrades version ``n + 1`` to version ``n + 2``."""


def bring_up_to_date(engine: Engine, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Create the tables in an empty file, or upgrade those of an older version.

    Raises :class:`StorageError` for a catalog that a newer Saraban made, :class:`LockedError` where a run
    writes to one that must be upgraded: it may be of the older version, and would go on writing as that does.
    """
    newest = len(migrations) + 1
    with reading(engine) as connection:
        version = _version(connection)
    if version > newest:
        raise StorageError(
            f"{engine.url.database}: made by a newer Saraban (schema {version}, this one knows {newest})"
        )
    if version == 0:
        _upgrade(engine, migrations)
    elif version < newest:
        with alone(Path(str(engine.url.database)).parent):
            _upgrade(engine, migrations)


def _upgrade(engine: Engine, migrations: Sequence[Migration]) -> None:
    with writing(engine) as connection:
        # Another process may have done it since.
        version = _version(connection)
        if version == 0:
            METADATA.create_all(connection)
            connection.execute(text("CREATE TABLE schema_version (version INTEGER NOT NULL)"))
            connection.execute(text("INSERT INTO schema_version VALUES (0)"))
        else:
            for migrate in migrations[version - 1 :]:
                migrate(connection)
        connection.execute(
            text("UPDATE schema_version SET version = :newest"), {"newest": len(migrations) + 1}
        )


def _version(connection: Connection) -> int:
    """The version of the catalog's tables; 0 for an empty file."""
    if not inspect(connection).has_table("schema_version"):
        return 0
    return int(connection.execute(text("SELECT version FROM schema_version")).scalar_one())
