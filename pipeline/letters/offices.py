"""Telling the lines of a letterhead apart: which name an office, which give its address.

The first words that decide are a table, ``data/offices.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.letters.tables import read_words
from pipeline.thai import squeeze, to_arabic

POSTCODE = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")
"""A Thai postcode: ``81120`` in ``ถนนเพชรเกษม กบ 81120``."""

HOUSE_NUMBER = re.compile(r"^\d+(?:/\d+)?\s")
"""A house number at the start of a line: ``9/10 ถนนอุตรกิจ``."""

MISREAD_STREET = re.compile(r"^[กคดตภ]นน(?=[ก-ฮเ-ไ])")
"""``ถนน`` with its first letter misread: no office is named so."""

INLINE_ADDRESS = re.compile(r"\s+(?=(?:ถนน|เลขที่|หมู่ที่|\d+(?:/\d+)?\s+(?:ถนน|หมู่|ม\.)))")
"""Where an address begins in the middle of a line: before ``ถนน`` in ``กรมทางหลวง ถนนศรีอยุธยา``."""

TOWN = re.compile(r"\s(?:กท[่-์]?ม[่-์]?\.?|กรุงเทพ\S*|นนทบุรี)$")
"""The town at the end of an address: ``กระทรวงศึกษาธิการ กทม.`` below the name of an office in it."""

EMBLEM_FOOT = re.compile(r"^(?:[^\sก-๎]{1,3}[\s,.]+)+(?=[ก-ฮเ-ไ])")
"""What the foot of an emblem was read as beside an office: ``44 `` of ``44 สำนักงาน ก.อบต.``."""

DOT_AFTER_WORD = re.compile(r"(?<=สำนักงาน)\.\s*")
"""A speck read as a dot after a whole word: ``สำนักงาน.ป.ป.ช.`` is printed ``สำนักงาน ป.ป.ช.``."""


@cache
def _words(role: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_words("offices") if row["role"] == role)


def is_address(text: str) -> bool:
    """Whether a letterhead line is (part of) an address.

    >>> is_address("ถนนนครราชสีมา เขตดุสิต กทม. ๑๐๓๐๐"), is_address("จังหวัดนนทบุรี ๑๑๐๐๐")
    (True, True)
    >>> is_address("เลขที่ ๙ ถนนพหลโยธิน"), is_address("ค่ายวชิราวุธ")
    (True, True)
    >>> is_address("จังหวัดนนทบุรี"), is_address("ศาลากลางจังหวัดกระบี่"), is_address("กนนติวานนท์")
    (False, False, True)
    """
    plain = to_arabic(text).strip()
    begins = plain.startswith(_words("address")) or MISREAD_STREET.match(plain)
    return bool(begins or POSTCODE.search(plain) or HOUSE_NUMBER.match(plain))


def is_office(text: str) -> bool:
    """Whether a line begins as the name of an office does: ``กองคลัง``, ``สำนักงาน ก.ท.``."""
    return squeeze(text).startswith(_words("office"))


def is_seat(text: str) -> bool:
    """Whether a line names a building in which other offices sit as well.

    >>> is_seat("ศาลากลางจังหวัดศรีสะเกษ ถนนเทพา"), is_seat("กองคลัง")
    (True, False)
    """
    return squeeze(text).startswith(_words("seat"))


def without_emblem(text: str) -> str:
    """A letterhead line that names an office, without what the emblem left of it was read as.

    >>> without_emblem("44 สำนักงาน ก.อบต."), without_emblem("9/10 ถนนอุตรกิจ")
    ('สำนักงาน ก.อบต.', '9/10 ถนนอุตรกิจ')
    """
    rest = EMBLEM_FOOT.sub("", text)
    return rest if is_office(rest) and not is_address(rest) else text


def tidy_office(text: str) -> str:
    """An office's name as printed, without specks: one space between words.

    >>> tidy_office("สำนักงาน.ป.ป.ช.")
    'สำนักงาน ป.ป.ช.'
    """
    plain = re.sub(r"\s+", " ", DOT_AFTER_WORD.sub(" ", text))
    return re.sub(r"\.{2,}$", ".", plain.strip(" ,;:-_'\"“”‘’|*").lstrip(". "))


def cut_address(text: str) -> tuple[str, str]:
    """An office line cut into office and the address that follows on the same line (or "")."""
    parts = INLINE_ADDRESS.split(text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""
