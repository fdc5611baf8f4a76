"""The months and every way to print them, misread ones included."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.thai.tables import read_table, split_list

_GAP = r"[ \t]*"


@dataclass(frozen=True, slots=True)
class MonthSpelling:
    """One way to print a month (1 to 12), with a ``regex`` pattern that tolerates spaces.

    ``exact`` is False for a known misreading; ``short`` marks abbreviations.
    """

    month: int
    pattern: str
    exact: bool = True
    short: bool = False


def month_name(month: int) -> str:
    """The full Thai name of ``month`` (1 to 12).

    >>> month_name(12)
    'ธันวาคม'
    """
    return read_table("months")[month - 1]["name"]


def month_short_name(month: int) -> str:
    """The abbreviation of ``month`` (1 to 12).

    >>> month_short_name(9)
    'ก.ย.'
    """
    return read_table("months")[month - 1]["short"]


def spelling_of(printed: str) -> MonthSpelling:
    """The spelling that ``printed`` is; raises KeyError for anything that :func:`months_pattern` can't match.

    >>> spelling_of("พ . ค .").month, spelling_of("5.ค.").exact
    (5, False)
    """
    return _spellings()[_key(printed)]


@cache
def months_pattern() -> str:
    """A ``regex`` pattern for every spelling, the longest first, without groups that capture."""
    return "|".join(sorted({spelling.pattern for spelling in _spellings().values()}, key=len, reverse=True))


@cache
def full_months_pattern() -> str:
    """A ``regex`` pattern for every month written in full, common misspellings included, without groups.

    >>> import regex
    >>> bool(regex.fullmatch(full_months_pattern(), "กรกฏาคม"))
    True
    """
    return "|".join(
        name for row in read_table("months") for name in (row["name"], *split_list(row["variants"]))
    )


def closest_month(word: str) -> int | None:
    """The month whose full name is at most two slips from ``word``, all others at least four; else None.

    >>> closest_month("ธันวาดม"), closest_month("ในปีงบ")
    (12, None)
    """
    distances = sorted((Levenshtein.distance(word, month_name(month)), month) for month in range(1, 13))
    (best, month), (second, _) = distances[:2]
    return month if best <= 2 and second >= 4 else None


def _key(printed: str) -> str:
    """What tells spellings apart whatever the spaces and dots: "พ . ค ." is "พค"."""
    return str(regex.sub(r"[ \t.]", "", printed))


def _full(name: str) -> str:
    """A pattern for a full name, which the OCR engine may have spaced out ("มี น าคม")."""
    return r"[ \t]?".join(name)


def _short(printed: str, first_dot: str) -> str:
    """A pattern for an abbreviation: "พ.ค.", "พ . ค .", "พ.ค", and "พค" where ``first_dot`` is optional."""
    stem, tail = printed.split(".")[:2]
    return rf"{stem}{_GAP}{first_dot}{_GAP}{tail}(?:{_GAP}\.)?"


@cache
def _spellings() -> dict[str, MonthSpelling]:
    """Every spelling by its key. A slip needs its dot and a space before, since it is a guess already."""
    found: dict[str, MonthSpelling] = {}
    for row in read_table("months"):
        month = int(row["month"])
        for name in (row["name"], *split_list(row["variants"])):
            found[_key(name)] = MonthSpelling(month, _full(name))
        found[_key(row["short"])] = MonthSpelling(month, _short(row["short"], r"\.?"), short=True)
    for row in read_table("month_slips"):
        pattern = r"(?<=[ \t])" + _short(row["printed"], r"\.")
        found[_key(row["printed"])] = MonthSpelling(int(row["month"]), pattern, exact=False, short=True)
    return found
