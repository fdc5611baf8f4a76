"""Set phrases of letters: urgency (ชั้นความเร็ว), secrecy (ชั้นความลับ), and the words of labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from pipeline.thai.digits import THAI_LETTERS
from pipeline.thai.tables import read_table


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A set phrase in a text: ``term`` as the table spells it, ``raw`` is ``text[start:end]``.

    ``exact`` is False where a character was missing, extra or wrong.
    """

    term: str
    start: int
    end: int
    raw: str
    exact: bool = True


@cache
def terms(group: str) -> tuple[str, ...]:
    """The terms of a group: ``urgency``, ``secrecy`` or ``label``.

    >>> terms("urgency")
    ('ด่วนที่สุด', 'ด่วนมาก', 'ด่วน')
    """
    return tuple(dict.fromkeys(row["term"] for row in read_table("vocabulary") if row["group"] == group))


def _spaced(phrase: str) -> str:
    """A pattern for ``phrase`` that the OCR engine may have spaced out: "ด่ วนที่ สุด"."""
    return r"[ \t]?".join(map(regex.escape, phrase.replace(" ", "")))


def _forgiving(phrase: str) -> str:
    """A pattern with one slip allowed in long phrases, where nothing else of Thai comes so close."""
    slips = 1 if len(phrase) >= 7 else 0
    return rf"(?:{_spaced(phrase)}){{e<={slips}}}" if slips else f"(?:{_spaced(phrase)})"


@cache
def _whole_words(group: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple(
        (
            term,
            regex.compile(rf"(?<![{THAI_LETTERS}]){_forgiving(term)}(?![{THAI_LETTERS}])", regex.BESTMATCH),
        )
        for term in terms(group)
    )


def _found(term: str, match: regex.Match[str]) -> FoundTerm:
    raw = str(match[0])
    return FoundTerm(term, match.start(), match.end(), raw, exact=not any(match.fuzzy_counts))


def _first_whole_word(group: str, text: str) -> FoundTerm | None:
    """The first term of ``group``, the longest where several begin there."""
    found = [_found(term, match) for term, word in _whole_words(group) for match in word.finditer(text)]
    return min(found, key=lambda f: (f.start, -len(f.term)), default=None)


def find_urgency(text: str) -> FoundTerm | None:
    """The first urgency word that stands alone in ``text``: never the ด่วน of เร่งด่วน or สายด่วน.

    >>> find_urgency("ด่ วนที่ สุด").term, find_urgency("หนังสือจังหวัดกระบี่ ด่วนที่สุด ที่ กบ").start
    ('ด่วนที่สุด', 21)
    >>> find_urgency("เรื่องเร่งด่วน") is None
    True
    """
    return _first_whole_word("urgency", text)


def find_secrecy(text: str) -> FoundTerm | None:
    """The first secrecy word that stands alone in ``text``.

    >>> find_secrecy("ลับมาก").term
    'ลับมาก'
    >>> find_secrecy("ส่งกลับ") is None
    True
    """
    return _first_whole_word("secrecy", text)
