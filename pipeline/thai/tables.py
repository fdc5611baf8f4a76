"""Reads the tables of language facts in ``pipeline/thai/data``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``, each a mapping of column name to text.

    >>> read_table("months")[0]["name"]
    'มกราคม'
    """
    text = (files(__package__) / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def split_list(text: str) -> tuple[str, ...]:
    """The items of a cell that holds several, separated by ``|``.

    >>> split_list("สำนักงาน ป.ป.ช.|ป.ป.ช.")
    ('สำนักงาน ป.ป.ช.', 'ป.ป.ช.')
    >>> split_list("")
    ()
    """
    return tuple(item for item in text.split("|") if item)
