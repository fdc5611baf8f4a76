"""Tables as pandas frames with the types that the column descriptions give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column

_PANDAS = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def frame_types(columns: Iterable[Column[Any]]) -> dict[str, str]:
    """The pandas type of each column by its name: nullable, so that whole numbers stay whole."""
    return {column.name: _PANDAS.get(column.info["kind"], "string") for column in columns}
