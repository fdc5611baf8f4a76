"""Reads the tables of words in ``pipeline/letters/data``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read_words(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``, each a mapping of column name to text."""
    text = files("pipeline.letters").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
