"""What an item of a list names: a letter, or something that is kept with its kind and not forced into one."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.letters.tables import read_words

QUOTED = re.compile(r"^(?:สำเนา)?หนังสือ\s*[\"“”'‘]")
"""A book, not a letter: ``หนังสือ "แนวทางการยกระดับผลการประเมิน"``."""

LONG_WORD = 7
"""A word of so many characters is still known with a slip in it; shorter ones may be others."""


def target_kind(text: str) -> str:
    """What an item names: ``letter``, ``law``, ``announcement``, ``order``, ``minutes`` or ``attachment``.

    >>> target_kind("สำเนาหนังสือสำนักงาน ป.ป.ช. ที่ ปช ๐๐๑๓/๐๐๘๔")
    'letter'
    >>> target_kind("สำเนาพระราชบัญญัติสภาองค์กรชุมชน พ.ศ. ๒๕๕๑ จำนวน ๑ ชุด")
    'law'
    >>> target_kind("หนัง์สือกรมที่ดิน ลงวันที่ ๙ พฤศจิกายน ๒๕๖๖")
    'letter'
    >>> target_kind("บัญชีรายชื่อ จำนวน ๑ ชุด")
    'attachment'
    """
    if QUOTED.match(text.strip()):
        return "attachment"
    plain = re.sub(r"^(?:ตาม|สำเนา|ตัวอย่าง|ภาพถ่าย|\W)+", "", text.strip())
    for word, kind in _targets():
        if plain.startswith(word):
            return kind
    for word, kind in _targets():
        if len(word) >= LONG_WORD and _slip_away(plain, word):
            return kind
    return "letter" if re.search(r"ที่\s*[ก-ฮ]{1,4}\s?\.?\s?[๐-๙0-9]", text) else "attachment"


def _slip_away(text: str, word: str) -> bool:
    """Whether ``text`` begins with ``word``, one character of it misread, lost or too many."""
    lengths = (len(word), len(word) + 1, len(word) - 1)
    return any(Levenshtein.distance(text[:length], word) == 1 for length in lengths)


@cache
def _targets() -> tuple[tuple[str, str], ...]:
    return tuple((row["word"], row["kind"]) for row in read_words("targets"))
