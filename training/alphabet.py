"""The characters that the recogniser can write, in the order of its classes.

Class 0 is the CTC blank. The order is stored with every exported model; changing it here makes a
model that must be trained again from its head, so new characters go at the end.
"""

from __future__ import annotations

from collections.abc import Iterable

from training.synthesis.alphabet import canonical

BLANK = ""

_THAI_LETTERS = "".join(chr(code) for code in range(0x0E01, 0x0E2F))  # ก to ฮ, with ฤ ฦ
_THAI_SIGNS = "ฯะัาำิีึืฺุู฿เแโใไๅๆ็่้๊๋์ํ๏๚๛"
_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_ASCII = "".join(chr(code) for code in range(0x20, 0x7F))
_MARKS = "“”‘’–—…•✓☐☑✗°×÷±½²³"

ALPHABET: tuple[str, ...] = (BLANK, *_THAI_LETTERS, *_THAI_SIGNS, *_THAI_DIGITS, *_ASCII, *_MARKS)

_CLASS_OF = {character: index for index, character in enumerate(ALPHABET)}


def encode(text: str) -> list[int] | None:
    """Classes of ``text``, or None where it has a character that the alphabet lacks.

    >>> [ALPHABET[c] for c in encode("ว ๒๙") or ()]
    ['ว', ' ', '๒', '๙']
    >>> encode("漢") is None
    True
    """
    classes = [_CLASS_OF.get(character) for character in canonical(text)]
    return None if None in classes else [c for c in classes if c is not None]


def decode(classes: Iterable[int]) -> str:
    """The text of a best path: runs collapsed, blanks dropped.

    >>> decode([0, 46, 46, 0, 46])
    'ฮฮ'
    """
    text, before = [], 0
    for index in classes:
        if index not in (0, before):
            text.append(ALPHABET[index])
        before = index
    return "".join(text)
