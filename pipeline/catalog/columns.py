"""How a column of the catalog is described, and the columns that several tables have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Text

_TYPES: dict[str, type[Text | Integer | Float[float] | Boolean]] = {
    "text": Text,
    "integer": Integer,
    "number": Float,
    "boolean": Boolean,
    "array": Text,
    "object": Text,
}


def column(
    name: str,
    kind: str,
    title: str,
    description: str,
    *,
    key: bool = False,
    required: bool = False,
    unique: bool = False,
    index: bool = False,
    parent: str | None = None,
    cascade: bool = True,
    choices: Iterable[StrEnum] | None = None,
    measured: bool = False,
) -> Column[Any]:
    """A documented column.

    ``kind`` is text, integer, number, boolean, or array/object for JSON text. ``parent`` is the
    ``table.column`` that the value must exist in; with ``cascade`` the row goes when its parent goes.
    ``measured`` marks values of the clock, which differ from run to run and stay out of the CSV.
    """
    constraint = () if parent is None else (foreign_key(parent, cascade),)
    info = {"title": title, "kind": kind, "measured": measured}
    if choices is not None:
        info["choices"] = [choice.value for choice in choices]
    return Column(
        name, _TYPES[kind], *constraint, primary_key=key, nullable=not (required or key),
        unique=unique or None, index=index or None, comment=description, info=info,
    )  # fmt: skip


def foreign_key(parent: str, cascade: bool) -> ForeignKey:
    if cascade:
        return ForeignKey(parent, ondelete="CASCADE")
    return ForeignKey(parent, deferrable=True, initially="DEFERRED")


def document_column(*, key: bool = True) -> Column[Any]:
    return column(
        "document_id", "text", "Document", "The document that this belongs to.", key=key, required=True,
        index=not key, parent="documents.document_id",
    )  # fmt: skip


def ordinal(of: str) -> Column[Any]:
    return column("ordinal", "integer", "Ordinal", f"Place among {of}, from 1.", key=True)


def confidence(of: str) -> Column[Any]:
    return column("confidence", "number", "Confidence", f"Probability, 0 to 1, that {of} right.")


def edges(of: str) -> Iterator[Column[Any]]:
    for name, edge in (("x0", "Left"), ("y0", "Top"), ("x1", "Right"), ("y1", "Bottom")):
        yield column(name, "number", name, f"{edge} edge of the {of}, in pixels of the cleaned page.")
