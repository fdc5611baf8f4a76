"""Damage as scanning and recognition do it: misread digits, dates with a part missing or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.citations.offices import Register

DIGIT_MISREAD, DATE_DAMAGED = 0.05, 0.02

DOUBTFUL = 0.1
"""Share of digits where the recogniser wavers between two; it is right as often as it says, so that half of
all misread digits have the right one as an alternative. The other half it misreads without a doubt."""

_LOOKALIKES = {
    "0": "19", "1": "097", "2": "654", "3": "78", "4": "58",
    "5": "48", "6": "29", "7": "39", "8": "53", "9": "06",
}  # fmt: skip
"""Thai digits that look alike, such as ๔ and ๕; half of the misreadings are among them."""


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as a recogniser reads it, with the readings that it holds possible beside it."""

    number: str
    code: str
    running: int
    alternatives: tuple[tuple[str, float], ...]


def read_number(register: Register, running: int, chance: Random) -> ReadNumber:
    """The number of a letter as read, each digit misread with a probability of 5 %."""
    mark = "ว " if register.circular else ""
    printed = f"{register.code}/{mark}{running}"
    signs, doubts = list(printed), []
    for place, sign in enumerate(printed):
        if not sign.isdigit():
            continue
        if chance.random() < DOUBTFUL:
            confidence, other = 0.5 + chance.random() / 2, _misread(sign, chance)
            right = chance.random() < confidence
            signs[place] = sign if right else other
            doubts.append((place, other if right else sign, 1 - confidence))
        elif chance.random() < (DIGIT_MISREAD - DOUBTFUL / 4) / (1 - DOUBTFUL):
            signs[place] = _misread(sign, chance)
    read = "".join(signs)
    alternatives = tuple((read[:p] + sign + read[p + 1 :], round(share, 3)) for p, sign, share in doubts)
    code, _, rest = read.partition("/")
    return ReadNumber(read, code, int(rest.removeprefix(mark)), alternatives)


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
