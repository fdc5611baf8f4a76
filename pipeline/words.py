"""What the program says, in Thai: names of fields, rules, issues and states for the people who check."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


def word(group: str, term: str) -> str:
    """The Thai for ``term`` of ``group``; the term itself where the table does not know it.

    >>> word("issue", "date_missing"), word("kind", "memo"), word("kind", "poem")
    ('อ่านวันที่ไม่ได้', 'บันทึกข้อความ', 'poem')
    """
    return _words().get((group, term), term)


def words_of(group: str) -> dict[str, str]:
    """The Thai for every term of ``group``, in the order of the table."""
    return {term: thai for (of, term), thai in _words().items() if of == group}


def rule_in_words(rule: str) -> str:
    """The rule of a value in Thai, its parts in order; what is unknown of it stays as it is.

    >>> rule_in_words("date in its place; cited with this date in the bundle")
    'วันที่อยู่ในตำแหน่งตามแบบ · หนังสืออื่นในชุดอ้างถึงด้วยวันที่เดียวกัน'
    >>> rule_in_words("decoded under the grammar of dates; best reading ๑'๗ สิงหาคม ๒๕๔๙")
    "อ่านใหม่ตามแบบของวันที่ · อ่านตรงตัวได้ว่า ๑'๗ สิงหาคม ๒๕๔๙"
    """
    return " · ".join(_part_in_words(part.strip()) for part in rule.split("; ") if part.strip())


def _part_in_words(part: str) -> str:
    known = _words().get(("rule", part))
    if known is not None:
        return known
    for start, thai in _starts():
        if part.startswith(start):
            return f"{thai} {_with_end_in_words(part.removeprefix(start))}".strip()
    return part


def _with_end_in_words(rest: str) -> str:
    for (group, end), thai in _words().items():
        if group == "rule_end" and rest.endswith(end):
            return f"{rest.removesuffix(end)} {thai}"
    return rest


@cache
def _words() -> dict[tuple[str, str], str]:
    table = resources.files("pipeline") / "words.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {(row["group"], row["term"]): row["thai"] for row in rows}


@cache
def _starts() -> tuple[tuple[str, str], ...]:
    """The beginnings of rules that end with something of the page, longest first."""
    starts = [(term, thai) for (group, term), thai in _words().items() if group == "rule_start"]
    return tuple(sorted(starts, key=lambda pair: -len(pair[0])))
