"""Text transcripts: their encoding, and how many pages they mark."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from pipeline.errors import NoPagesError, TooLargeError, UnsupportedTypeError
from pipeline.intake.limits import IntakeLimits

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_WITHOUT_MARK = ("utf-8", "cp874", "utf-16-le", "utf-16-be")
"""Tried in this order; cp874 is TIS-620 (มอก. 620-2533) with the few signs that Windows added."""

_WITHOUT_PROOF = frozenset(_WITHOUT_MARK[1:])

_CONTROLS_OF_TEXT = frozenset("\t\n\r\f\ufeff")

_MOST_STRAY_SIGNS = 0.1
"""Share of a text in Unicode that may be signs of no text: controls such as the end of file of DOS, or the
marks above tall letters for which old Thai fonts have places of their own (U+F700 to U+F71A)."""

_FEWEST_LETTERS = 12
"""Letters and digits without which no text is a document: less than any number and date have together."""

_LONGEST_LOOK = 1_000_000
"""Bytes looked at to tell the encoding; the rest is decoded when it is read."""

_MARKS_IN_PLACE = 0.9
"""Share of Thai vowels and tone marks that must stand on a Thai letter; other 8-bit text has few."""

_THAI_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")


def find_encoding(path: Path) -> str | None:
    """The encoding of the text file at ``path`` as Python names it, or None if it is no text."""
    with path.open("rb") as file:
        content = file.read(_LONGEST_LOOK)
        whole = not file.read(1)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding if _reads_as_text(content, encoding, whole) else None
    for encoding in _WITHOUT_MARK:
        if _reads_as_text(content, encoding, whole):
            return encoding
    return None


def count_text_pages(path: Path, encoding: str, limits: IntakeLimits) -> int:
    """How many pages the form feeds of a transcript mark off; one at the very end marks none.

    Raises :class:`NoPagesError` where there is nothing but white space, :class:`UnsupportedTypeError`
    where there is too little of anything else, :class:`TooLargeError`.
    """
    text = path.read_text(encoding=encoding, errors="replace")
    if not text.strip():
        raise NoPagesError(path, "the text holds nothing but white space")
    if sum(map(str.isalnum, text)) < _FEWEST_LETTERS:
        raise UnsupportedTypeError(path, "its text is too short to be a document")
    pages = text.rstrip().count("\f") + 1
    if pages > limits.max_pages:
        raise TooLargeError(path, f"{pages:,} pages; the limit is {limits.max_pages:,}")
    return pages


def _reads_as_text(content: bytes, encoding: str, whole: bool) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(content, final=whole)
    except UnicodeDecodeError:
        return False
    strays = {
        sign for sign in set(text) - _CONTROLS_OF_TEXT if unicodedata.category(sign) in ("Cc", "Cn", "Co")
    }
    # UTF-8 and byte order marks prove themselves; eight-bit and bare two-byte text does not.
    if encoding in _WITHOUT_PROOF:
        return not strays and _is_thai(text)
    return "\0" not in strays and sum(map(text.count, strays)) <= _MOST_STRAY_SIGNS * len(text)


def _is_thai(text: str) -> bool:
    """Whether marks stand where Thai has them, which random or Western 8-bit text hardly does."""
    letters = sum("\u0e00" <= sign <= "\u0e7f" for sign in text)
    others = sum(sign.isalpha() and not "\u0e00" <= sign <= "\u0e7f" and sign > "\x7f" for sign in text)
    marks = [index for index, sign in enumerate(text) if sign in _THAI_MARKS]
    placed = sum(index > 0 and "\u0e00" <= text[index - 1] <= "\u0e7f" for index in marks)
    return letters > others and placed >= _MARKS_IN_PLACE * len(marks)
