"""Dates that no grammar matches any more: a stamp over them, faded ink, a month misread beyond its letters.

What stands there must still be a day, a month and a year. So the lattice is asked which of all days, months
and years it is least unlike; where it can't tell, each is as likely as another, and nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lattice as lattices
from pipeline.letters.decoding import Readings, cut_lattice
from pipeline.letters.rows import Row
from pipeline.model import Lattice
from pipeline.thai import LETTER_YEARS, ThaiDate, month_name, month_short_name, to_arabic

LIKELY = 0.5
"""A day, or a month with its year, must be so likely to be concluded."""

DAMAGED = 0.8
"""The most that such a date is believed: so many of them, at most, are what is printed."""

LOOKALIKES = str.maketrans("TIl|Oo", "111100")
"""Latin letters and strokes that stand in no Thai date, and the digits that were read as such."""

UNPRINTED = " .,'-"
"""Characters without which a date is the same, and specks that are often read as such."""

Piece = tuple[Row, int, int]
"""A row, and the range of its text that a date or a part of it stands in."""


@dataclass(frozen=True, slots=True)
class DamagedDate:
    """The likeliest date as ISO text, without the day where that can't be told; ``others`` are its rivals."""

    iso: str
    confidence: float
    others: Readings = ()


def damaged_date(pieces: Sequence[Piece]) -> DamagedDate | None:
    """The date that stands somewhere in ``pieces``, which follow each other; None where none is likely."""
    if not pieces:
        return None
    parts = (_days(), _months(), _years())
    spelled = lattices.weigh(_lattice(pieces), [tuple(words) for words in parts], _fold)
    days, months, years = (_ranked(words, chances) for words, chances in zip(parts, spelled, strict=True))
    (month, month_sure), (year, year_sure) = months[0], years[0]
    if month_sure * year_sure < LIKELY:
        return None
    with_day = [(date.iso, sure) for day, sure in days if (date := _date(year, month, day))]
    iso, day_sure = with_day[0]
    if day_sure < LIKELY:
        return DamagedDate(ThaiDate(year, month).iso, _believed(month_sure * year_sure), _kept(with_day))
    return DamagedDate(iso, _believed(day_sure * month_sure * year_sure), _kept(with_day[1:]))


def _believed(probability: float) -> float:
    return round(min(probability, DAMAGED), 4)


def _kept(readings: Sequence[tuple[str, float]]) -> Readings:
    return tuple((value, round(sure, 4)) for value, sure in readings[:3] if sure >= 0.1)


def _date(year: int, month: int, day: int) -> ThaiDate | None:
    try:
        return ThaiDate(year, month, day)
    except ValueError:
        return None


def _ranked(words: Mapping[str, int], chances: Sequence[float]) -> list[tuple[int, float]]:
    """Numbers with their probabilities, those of all spellings of a number added up, likeliest first."""
    total: dict[int, float] = {}
    for number, chance in zip(words.values(), chances, strict=True):
        total[number] = total.get(number, 0.0) + chance
    return sorted(total.items(), key=lambda item: -item[1])


@cache
def _days() -> dict[str, int]:
    return {str(day): day for day in range(1, 32)}


@cache
def _months() -> dict[str, int]:
    """Full and short names, with and without พ.ศ. behind them."""
    names = [(month, name(month)) for month in range(1, 13) for name in (month_name, month_short_name)]
    spelled = [(month, _written(f"{name}{era}")) for month, name in names for era in ("", "พ.ศ.")]
    return {name: month for month, name in spelled}


@cache
def _years() -> dict[str, int]:
    """Years of four digits, and of two where these can't be the first half of one."""
    whole = {str(year): year for year in LETTER_YEARS}
    return whole | {text[2:]: year for text, year in whole.items() if text[:2] == "25" and int(text[2:]) > 26}


def _written(text: str) -> str:
    return "".join(map(_fold, text))


def _fold(symbol: str) -> str:
    return "" if symbol in UNPRINTED else to_arabic(symbol).translate(LOOKALIKES)


def _lattice(pieces: Sequence[Piece]) -> Lattice:
    """The lattices under ``pieces``; where one has none, a lattice that is sure of all their characters."""
    held = [cut for piece in pieces if (cut := cut_lattice(*piece)) is not None]
    if len(held) == len(pieces):
        return lattices.joined(held)
    return lattices.of_text(" ".join(row.text[start:end] for row, start, end in pieces))
