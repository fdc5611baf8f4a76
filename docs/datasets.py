"""``python -m docs.datasets`` writes ``datasets.md`` here, as the catalog describes its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

from pipeline.catalog.tables import DATASETS
from pipeline.model import Rule
from pipeline.words import word, words_of

PAGE = Path(__file__).with_name("datasets.md")

_INTRODUCTION = """\
# The datasets

Made by `python -m docs.datasets` from what the program says of its tables; `datapackage.json` beside the
datasets says the same to programs. Columns may be added; those that are here keep their names and meanings.
A type is followed by `key` where the column is part of the table's key, and by → and the table in which its
value is found."""

_CODES = "`code` of `review_issues`, as the check page puts it."

_RULES = "Codes in `rule` of `field_evidence`; `{}` stands for what `rule_details` holds under the code."


def page() -> str:
    """The whole page: every table with its columns, then the codes of issues and of rules."""
    tables = [part for table in DATASETS for part in _about(table)]
    codes = _rows(("code", "meaning"), ((f"`{code}`", thai) for code, thai in words_of("issue").items()))
    said = ((f"`{rule.value}`", rule.says, word("rule", rule.value)) for rule in Rule)
    rules = _rows(("code", "meaning", "in Thai"), said)
    issues = "## Codes of issues", _CODES, codes
    return "\n\n".join([_INTRODUCTION, *tables, *issues, "## Rules", _RULES, rules]) + "\n"


def _about(table: Table) -> Iterator[str]:
    yield f"## {table.name}"
    yield table.info["description"]
    yield _rows(("column", "title", "type", "meaning"), map(_column, table.columns))


def _column(column: Column[Any]) -> tuple[str, ...]:
    parents = [f"→ {key.column.table.name}" for key in column.foreign_keys]
    kind = ", ".join([column.info["kind"], *(["key"] if column.primary_key else []), *sorted(parents)])
    choices = ", ".join(column.info.get("choices", ()))
    meaning = f"{column.comment} One of: {choices}." if choices else str(column.comment)
    return f"`{column.name}`", column.info["title"], kind, meaning


def _rows(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heading, ("---",) * len(heading), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
