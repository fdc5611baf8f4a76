"""Damage as scanning and recognition do it: misread digits, dates with a part missing or wrong."""

from __future__ import annotations

from random import Random

DIGIT_MISREAD, DATE_DAMAGED = 0.05, 0.02

_LOOKALIKES = {
    "0": "19", "1": "097", "2": "654", "3": "78", "4": "58", "5": "48", "6": "29", "7": "39", "8": "53", "9": "06",
}  # fmt: skip
"""Thai digits that look alike, such as ๔ and ๕; half of the misreadings are among them, the others are not."""


def misread_digits(text: str, chance: Random) -> str:
    """``text`` with each digit misread with a probability of 5 %."""
    return "".join(
        _misread(sign, chance) if sign.isdigit() and chance.random() < DIGIT_MISREAD else sign for sign in text
    )


def _misread(digit: str, chance: Random) -> str:
    choices = _LOOKALIKES[digit] if chance.random() < 0.5 else "0123456789".replace(digit, "")
    return chance.choice(choices)


def damaged_date(iso: str, chance: Random) -> str:
    """``iso`` (``2021-12-07``), with a probability of 2 % without its day, or with a part misread."""
    if chance.random() >= DATE_DAMAGED:
        return iso
    year, month, day = (int(part) for part in iso.split("-"))
    kind = chance.random()
    if kind < 0.4:
        return iso[:7]
    if kind < 0.7:
        day = chance.choice([other for other in range(1, 29) if other != day])
    elif kind < 0.85:
        day, month = min(day, 28), chance.choice([other for other in range(1, 13) if other != month])
    else:
        day, year = min(day, 28), year + chance.choice((-10, -3, -2, -1, 1, 2, 3, 10))
    return f"{year:04}-{month:02}-{day:02}"
