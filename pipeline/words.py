"""What the program says, in Thai: names of fields, rules, issues and states for the people who check."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pipeline.model import told


def word(group: str, term: str) -> str:
    """The Thai for ``term`` of ``group``; the term itself where the table does not know it.

    >>> word("issue", "date_missing"), word("kind", "memo"), word("kind", "poem")
    ('อ่านวันที่ไม่ได้', 'บันทึกข้อความ', 'poem')
    """
    return _words().get((group, term), term)


def words_of(group: str) -> dict[str, str]:
    """The Thai for every term of ``group``, in the order of the table."""
    return {term: thai for (of, term), thai in _words().items() if of == group}


def rules_in_words(evidence: Mapping[str, Any]) -> str:
    """The rules of a row of ``field_evidence`` in Thai, in order; what is unknown of them stays as it is.

    >>> rules_in_words({"rule": "date_in_place; date_cited", "rule_details": "{}"})
    'วันที่อยู่ในตำแหน่งตามแบบ · หนังสืออื่นในชุดอ้างถึงด้วยวันที่เดียวกัน'
    >>> rules_in_words({"rule": "date_nearest", "rule_details": '{"date_nearest": "๑๑ มีนาคม"}'})
    'เป็นวันที่ที่ใกล้เคียงที่สุดกับ ๑๑ มีนาคม'
    """
    return told(*_rules_of(evidence), lambda code: word("rule", code), between=" · ")


def rules_in_english(evidence: Mapping[str, Any]) -> str:
    """The same in English."""
    return told(*_rules_of(evidence))


def _rules_of(evidence: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    return evidence["rule"], json.loads(evidence["rule_details"] or "{}")


@cache
def _words() -> dict[tuple[str, str], str]:
    table = resources.files("pipeline") / "words.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {(row["group"], row["term"]): row["thai"] for row in rows}
