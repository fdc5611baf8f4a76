"""Titles that say what a document is: บันทึกข้อความ, ประกาศ, คำสั่ง, รายงานการประชุม, แผน….

The titles are a table, ``data/titles.csv``; a misread character in eight is forgiven.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.letters.tables import read_words
from pipeline.thai import squeeze

SCRAP = re.compile(r"^\s*(?:[^\s.)]{1,2}|(?=\S*[^\sก-๛])\S{1,6})\s+(?=บันทึก|วิทยุ|โทรสาร)")
"""What the emblem or a speck before the title of a memo or message was read as: ``๓ `` of ``๓ บันทึกข้อความ``,
and longer where it is no Thai word: ``°³น ``."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title's first word: the kind it announces, whether เรื่อง must follow, how long its row may be."""

    text: str
    kind: str
    needs_subject: bool
    max_length: int


@cache
def titles() -> tuple[Title, ...]:
    """The table of titles, longest first, so that the more specific one wins."""
    rows = [
        Title(row["title"], row["kind"], row["needs_subject"] == "yes", int(row["max_length"]))
        for row in read_words("titles")
    ]
    return tuple(sorted(rows, key=lambda title: -len(title.text)))


@cache
def match_title(text: str) -> Title | None:
    """The title that a row begins with, if the row is short enough to be one.

    >>> match_title("มติการประชุม").kind
    'minutes'
    >>> match_title("บันทกข้อความ").kind
    'memo'
    >>> match_title("ตามมติการประชุม") is None
    True
    >>> match_title("๓ บันทึกข้อความ").kind, match_title("°³น บันทึกข้อความ").kind
    ('memo', 'memo')
    >>> match_title("——5 วิทยุในราชการกรมการปกครอง").kind
    'radio'
    >>> match_title("ตาม บันทึกข้อความ") is None
    True
    """
    letters = squeeze(SCRAP.sub("", text)).lstrip("-–.*\"'“”(")
    for title in titles():
        if len(letters) > title.max_length:
            continue
        prefix = letters[: len(title.text)]
        if Levenshtein.distance(prefix, title.text) <= len(title.text) // 8:
            return title
    return None
