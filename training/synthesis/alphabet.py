"""The characters that a synthetic line may hold, and the one way in which they are written."""

from __future__ import annotations

import unicodedata

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
THAI_LETTERS = "".join(chr(code) for code in range(0x0E01, 0x0E2F))
THAI_SIGNS = "ฯะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์ํ฿๏๚๛"
LATIN = "".join(chr(code) for code in range(0x21, 0x7F))
MARKS = "“”‘’–—•×÷±°½²³"
SYMBOLS = "✓✗☐☑"
"""Signs that Thai faces lack; they come from a face of their own."""
ALPHABET = " " + LATIN + THAI_LETTERS + THAI_SIGNS + THAI_DIGITS + MARKS + SYMBOLS

RARE = "ฃฅฆฌฎฏฐฑฒฬฮฤฦๅญฉฝๆฯ๊๋ํฺ"
"""Characters that running Thai hardly uses, and that a recogniser must still know."""

_TONES = "่้๊๋์"
_BELOW_OR_ABOVE = "ัิีึืุู็ํ"


def canonical(text: str) -> str:
    """Put a text into the order and code points that labels use.

    Vowel signs come before tone marks, ``ำ`` is one code point, ``แ`` is one code point, a run of
    four or more dots (a fill line) is three dots, and any run of white space is one space.
    """
    text = unicodedata.normalize("NFC", text).replace("…", "...").replace("\u0e4d\u0e32", "ำ")
    text = text.replace("เเ", "แ")
    for tone in _TONES:
        text = text.replace("\u0e4d" + tone + "\u0e32", tone + "ำ").replace("ำ" + tone, tone + "ำ")
        for vowel in _BELOW_OR_ABOVE:
            text = text.replace(tone + vowel, vowel + tone)
    while "...." in text:
        text = text.replace("....", "...")
    return " ".join(text.split())
