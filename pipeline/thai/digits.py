"""Thai and Arabic digits (เลขไทย, เลขอารบิก), and what of Thai script is no digit."""

from __future__ import annotations

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"
ANY_DIGIT = "[0-9๐-๙]"
"""A regular expression for one digit of either script; ``\\d`` would take in every script of Unicode."""

THAI_LETTERS = "ก-ฺเ-๎"
"""The insides of a character class for consonants, vowels and marks; ``ก-๛`` would take in the digits."""

_DIGITS = frozenset(THAI_DIGITS + ARABIC_DIGITS)
_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)


def to_arabic(text: str) -> str:
    """``text`` with Thai digits written as Arabic ones, all else untouched.

    >>> to_arabic("มท ๐๘๑๐.๓/ว ๒๙๒๗")
    'มท 0810.3/ว 2927'
    """
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """``text`` with Arabic digits written as Thai ones, all else untouched.

    >>> to_thai("7 ธันวาคม 2564")
    '๗ ธันวาคม ๒๕๖๔'
    """
    return text.translate(_TO_THAI)


def has_thai_digit(text: str) -> bool:
    """Whether ``text`` holds at least one Thai digit.

    >>> has_thai_digit("เลขรับ ๕๓๕"), has_thai_digit("เลขรับ 535")
    (True, False)
    """
    return any(character in THAI_DIGITS for character in text)


def is_digits(text: str) -> bool:
    """Whether ``text`` is one or more digits, Thai or Arabic, and nothing else.

    >>> is_digits("๒๕๖4"), is_digits("๒๕.๖"), is_digits("")
    (True, False, False)
    """
    return bool(text) and _DIGITS.issuperset(text)
