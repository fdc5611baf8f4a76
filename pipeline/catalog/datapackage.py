"""The tables described as a Frictionless data package: https://specs.frictionlessdata.io/data-package/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Table


def describe(tables: Iterable[Table]) -> dict[str, Any]:
    """The descriptor of the CSV files of ``tables``: every column with title, description, type, keys."""
    return {
        "profile": "tabular-data-package",
        "name": "saraban",
        "title": "Saraban: letters, citations and plans read from scanned Thai official correspondence",
        "description": "Each table is also there as NAME.parquet, with the same columns.",
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.info["title"],
        "description": table.info["description"],
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [column.name for column in table.primary_key],
    }
    keys = [_foreign_key(key) for key in table.foreign_key_constraints]
    if keys:
        schema["foreignKeys"] = sorted(keys, key=lambda key: str(key["fields"]))
    return schema


def _field(column: Column[Any]) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.info["title"],
        "description": column.comment,
        "type": {"text": "string"}.get(column.info["kind"], column.info["kind"]),
    }
    constraints = _constraints(column)
    if constraints:
        field["constraints"] = constraints
    return field


def _constraints(column: Column[Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if "choices" in column.info:
        constraints["enum"] = column.info["choices"]
    return constraints


def _foreign_key(key: ForeignKeyConstraint) -> dict[str, Any]:
    parent = key.elements[0].column.table
    return {
        "fields": [column.name for column in key.columns],
        "reference": {
            "resource": parent.name,
            "fields": [element.column.name for element in key.elements],
        },
    }
