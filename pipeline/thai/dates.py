"""Dates as Thai letters write them: Buddhist era, Thai or Arabic digits, perhaps without the day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from functools import cache, total_ordering

import regex

from pipeline.thai.digits import ANY_DIGIT, THAI_LETTERS, to_arabic, to_thai
from pipeline.thai.months import closest_month, month_name, month_short_name, months_pattern, spelling_of

BUDDHIST_ERA_OFFSET = 543
"""Years by which the Buddhist era (พ.ศ.) is ahead of the common era (ค.ศ.)."""


@total_ordering
@dataclass(frozen=True, slots=True)
class ThaiDate:
    """A date whose day may be unknown: ``year_be`` in the Buddhist era, ``month`` 1 to 12.

    Raises ValueError for a day that the month does not have. In order of time; a month without a
    day comes before its first day.

    >>> ThaiDate(2564, 12, 7).iso, ThaiDate(2563, 4).iso
    ('2021-12-07', '2020-04')
    >>> ThaiDate(2563, 4) < ThaiDate(2563, 4, 1) < ThaiDate(2564, 2)
    True
    >>> ThaiDate(2564, 2, 29)
    Traceback (most recent call last):
    ValueError: กุมภาพันธ์ 2564 has no day 29
    """

    year_be: int
    month: int
    day: int | None = None

    def __post_init__(self) -> None:
        if not BUDDHIST_ERA_OFFSET < self.year_be <= 9999:
            raise ValueError(f"{self.year_be} is no year of the Buddhist era")
        if not 1 <= self.month <= 12:
            raise ValueError(f"{self.month} is no month")
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year_ce, self.month)[1]:
            raise ValueError(f"{month_name(self.month)} {self.year_be} has no day {self.day}")

    @property
    def year_ce(self) -> int:
        return self.year_be - BUDDHIST_ERA_OFFSET

    @property
    def iso(self) -> str:
        """ISO 8601 text of the common era: ``2021-12-07``, or ``2020-04`` without a day."""
        month = f"{self.year_ce:04d}-{self.month:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"

    @classmethod
    def from_iso(cls, text: str) -> ThaiDate:
        """The date that ``text`` is in the form of :attr:`iso`; raises ValueError for anything else.

        >>> ThaiDate.from_iso("2020-04")
        ThaiDate(year_be=2563, month=4, day=None)
        """
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is neither YYYY-MM-DD nor YYYY-MM")
        day = int(match["day"]) if match["day"] else None
        return cls(int(match["year"]) + BUDDHIST_ERA_OFFSET, int(match["month"]), day)

    def __lt__(self, other: ThaiDate) -> bool:
        return (self.year_be, self.month, self.day or 0) < (other.year_be, other.month, other.day or 0)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ``raw`` is ``text[start:end]``.

    ``exact`` is False where reading it took a guess: a misread month, or a two-digit year that
    may be of either era.
    """

    date: ThaiDate
    start: int
    end: int
    raw: str
    exact: bool = True


_ISO = regex.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")


def in_common_era(typed: str) -> str:
    """A typed date whose year, of either era, comes first, with that year in the common era.

    >>> in_common_era("2563-04-20"), in_common_era("2564"), in_common_era("2021-12")
    ('2020-04-20', '2021', '2021-12')
    """
    year, rest = typed[:4], typed[4:]
    if year.isdecimal() and int(year) >= _OLDEST:
        return f"{int(year) - BUDDHIST_ERA_OFFSET:04d}{rest}"
    return typed


def format_date(date: ThaiDate, thai_digits: bool = True) -> str:
    """The date as a letter prints it.

    >>> format_date(ThaiDate(2564, 12, 7))
    '๗ ธันวาคม ๒๕๖๔'
    >>> format_date(ThaiDate(2563, 4), thai_digits=False)
    'เมษายน 2563'
    """
    day = "" if date.day is None else f"{date.day} "
    text = f"{day}{month_name(date.month)} {date.year_be}"
    return to_thai(text) if thai_digits else text


# ---------------------------------------------------------------------- patterns

_D = ANY_DIGIT
_GAP = r"[ \t]*"
_GAP_OR_BREAK = r"[ \t]*\n?[ \t]*"
# "7", "๒๑": not the end of a longer number, nor of "๑๒.๕" or "3/7"
_DAY = rf"(?<!{_D}|{_D}[.,/])(?P<day>{_D}{{1,2}})"
# พ.ศ. or ค.ศ., dots and spaces optional, or in full: "พ.ศ.", "พ ศ", "ค.ศ.", "พุทธศักราช"
_ERA = rf"(?:(?P<era>[พค])(?:{_GAP}\.?{_GAP}ศ{_GAP}\.?|(?<=พ)ุทธศักราช|(?<=ค)ริสต์?ศักราช){_GAP_OR_BREAK})?"
# The first half of a year that a space has split: "25", "๒๔", "20"; not the "48" of "15 ก.ย. 48 12.30 น."
_CENTURY = "(?:[2๒][0๐4๔5๕6๖]|[1๑][9๙])"
# "๒๕๖๔", "2021", "๒๕ ๖๔", "๒ ๕ ๖ ๔", "๖๗", "'64"
_YEAR = (
    rf"['’]?(?P<year>{_D}{{4}}|{_CENTURY} {_D}{{2}}|[12๑๒](?: {_D}){{3}}|{_D}{{2}})"
    rf"(?!{_D}|[.,/:]{_D})"
)


@cache
def _named_month() -> regex.Pattern[str]:
    """A date with its month in letters: "ลงวันที่ ๗ ธันวาคม ๒๕๖๔", "ลว. 15 ก.ย. 48", "เมษายน ๒๕๖๓"."""
    lead = rf"(?:(?P<lead>วันที่|ลว\.?){_GAP_OR_BREAK}-?{_GAP})?"
    between = rf"(?P<between>{_GAP_OR_BREAK}(?:[-/.,]|เดือน)?{_GAP_OR_BREAK})"
    rest = rf"(?P<month>{months_pattern()})(?:{_GAP}[-/,.])?{_GAP_OR_BREAK}{_ERA}{_YEAR}"
    return regex.compile(rf"{lead}(?:{_DAY}{between})?{rest}")


# A date whose month is a word that is not quite a month: "๗ ธันวาดม ๒๕๖๔"
_MISREAD_MONTH = regex.compile(rf"{_DAY}{_GAP}(?P<month>[{THAI_LETTERS}]{{5,12}}){_GAP}{_ERA}{_YEAR}")
# "7/12/2564", "๗/๑๒/๖๔", "7-12-2564", "7.12.2021"; the two separators are the same
_NUMERIC = regex.compile(
    rf"(?<!{_D}|{_D}[./-])(?P<day>{_D}{{1,2}}){_GAP}(?P<sep>[/.-]){_GAP}(?P<month>{_D}{{1,2}})"
    rf"{_GAP}(?P=sep){_GAP}(?P<year>{_D}{{4}}|{_D}{{2}})(?!{_D}|[./-]{_D})"
)
# What makes "พ.ค." no month: the "ก." of "ก.พ.ค. ๒๕๖๑", a committee; but not เดือน
_WORD_BEFORE = regex.compile(rf"[{THAI_LETTERS}.](?<!เดือน)[ \t]*\Z")
# Digits that are no day before a month: the "๑๒๑ " of "๑๒๑ ธันวาคม"
_NUMBER_BEFORE = regex.compile(rf"{_D}[ \t]*\Z")
# "๒ " before the ๑ of "๒ ๑ ธ.ค.", but not the "๓๒ " of a house number
_LONE_DIGIT_BEFORE = regex.compile(rf"(?<!{_D}|[.,/]){_D}[ \t]\Z")
_COMMON_ERA_FROM = 80
"""A year of two digits from here on, พ.ศ. 2580, is yet to come; it is 1980."""
_OLDEST, _NEWEST = 2400, 2699
"""Buddhist years that a text may speak of; other four-digit numbers are no years."""

LETTER_YEARS = range(2501, 2580)
"""Buddhist years that a letter of an archive may bear: for older ones, and for the decades to come, a misread
digit is far likelier (๒๕๙๘ for ๒๕๕๘)."""


def is_year(number: int) -> bool:
    """Whether a number by itself may be a Buddhist year of which a text speaks."""
    return _OLDEST <= number <= _NEWEST


def _year_be(printed: str, era: str | None) -> tuple[int, bool] | None:
    """(Buddhist year, whether that is sure) of a year as printed; ``era`` is พ, ค or None."""
    digits = to_arabic(printed).replace(" ", "")
    if digits == "25":
        return None  # the first half of a year whose second half was lost, far likelier than 2525
    if len(digits) == 2:
        # ๖๗ is 2567. Up to 25 it may as well be the common era: the rule of the Office of the Prime
        # Minister on correspondence is of 2526, and letters before it are rare. From 80 on it must be.
        if int(digits) >= _COMMON_ERA_FROM:
            return 1900 + int(digits) + BUDDHIST_ERA_OFFSET, False
        return 2500 + int(digits), int(digits) > 25
    year = int(digits)
    if era != "ค" and is_year(year):
        return year, True
    in_buddhist_era = year + BUDDHIST_ERA_OFFSET
    if era != "พ" and is_year(in_buddhist_era):
        return in_buddhist_era, True
    return None


def _made(year: tuple[int, bool] | None, month: int, day: str | None) -> tuple[ThaiDate, bool] | None:
    """The date and whether its year is sure; None where there is no such day."""
    if year is None:
        return None
    try:
        return ThaiDate(year[0], month, int(to_arabic(day)) if day else None), year[1]
    except ValueError:
        return None


def _is_vague(day: str | None, short: bool, year: str, before: str) -> bool:
    """Whether the parts may be others: "ก.พ. 48" can be an office, "๒ ๑ ธ.ค." the 21st, "๑๒๑ ธ.ค." any."""
    if day is None:
        return (short and len(year) == 2) or bool(_NUMBER_BEFORE.search(before))
    return len(day) == 1 and bool(_LONE_DIGIT_BEFORE.search(before))


def _from_named(match: regex.Match[str], text: str) -> FoundDate | None:
    spelling = spelling_of(match["month"])
    day, start = match["day"], match.start("day") if match["day"] else match.start("month")
    # A number that ends the line above the date is no day of it, but after "วันที่" it is.
    if day and "\n" in match["between"] and not match["lead"]:
        day, start = None, match.start("month")
    if day is None and spelling.short and _WORD_BEFORE.search(text, endpos=start):
        return None  # "ก.พ.ค. ๒๕๖๑" is a committee, not May 2561
    made = _made(_year_be(match["year"], match["era"]), spelling.month, day)
    sure = spelling.exact and not _is_vague(day, spelling.short, match["year"], text[:start])
    return made and FoundDate(made[0], start, match.end(), text[start : match.end()], made[1] and sure)


def _from_misread(match: regex.Match[str], text: str) -> FoundDate | None:
    month = closest_month(match["month"])
    made = month and _made(_year_be(match["year"], match["era"]), month, match["day"])
    return FoundDate(made[0], match.start(), match.end(), match[0], exact=False) if made else None


def _from_numeric(match: regex.Match[str], text: str) -> FoundDate | None:
    if match["sep"] != "/" and len(match["year"]) == 2:
        return None  # "1.2.64" is a heading, "02-12-64" part of a telephone number
    made = _made(_year_be(match["year"], None), int(to_arabic(match["month"])), match["day"])
    return made and FoundDate(made[0], match.start(), match.end(), match[0], made[1])


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Every date in ``text``, in order, none overlapping another; what is no day of the calendar is left out.

    >>> [found.date.iso for found in find_dates("ลว. 15 ก.ย. 48 และ ๗ ธันวาคม พ.ศ. ๒๕๖๔")]
    ['2005-09-15', '2021-12-07']
    >>> [(found.date.iso, found.exact) for found in find_dates("๒๐ 5.ค. ๒๕๖๔")]
    [('2021-12-20', False)]
    >>> [(found.date.iso, found.exact) for found in find_dates("15 ก.ย. 99")]
    [('1999-09-15', False)]
    >>> [found.date.iso for found in find_dates("๑๑๐๐๐\\n\\nเมษายน พุทธศักราช ๒๕๖๓")]
    ['2020-04']
    """
    found: list[FoundDate] = []
    readers = ((_named_month(), _from_named), (_MISREAD_MONTH, _from_misread), (_NUMERIC, _from_numeric))
    for pattern, read in readers:
        for match in pattern.finditer(text):
            date = read(match, text)
            if date and all(date.end <= other.start or date.start >= other.end for other in found):
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def parse_date(text: str) -> ThaiDate | None:
    """The date that ``text`` is, with nothing else in it but ``ลงวันที่``, ``วันที่``, ``ลว.`` or spaces.

    None where it is no date, or more than one.

    >>> parse_date("ลงวันที่ ๒๑ ธันวาคม ๒๕๖๔")
    ThaiDate(year_be=2564, month=12, day=21)
    >>> parse_date("7/12/2564"), parse_date("๓๑ กันยายน ๒๕๖๓")
    (ThaiDate(year_be=2564, month=12, day=7), None)
    """
    found = find_dates(text)
    if len(found) != 1:
        return None
    around = text[: found[0].start] + text[found[0].end :]
    return found[0].date if _ONLY_LEAD.fullmatch(around) else None


_ONLY_LEAD = regex.compile(r"[\s(]*(?:ลง)?(?:วันที่|ลว\.?|เดือน|เมื่อวันที่)?[\s.:)-]*")


def _number(arabic: str) -> str:
    """A pattern for Arabic digits, and the same in Thai ones: no number mixes the two."""
    return f"(?:{arabic}|{to_thai(arabic)})"


def date_pattern() -> str:
    """A ``regex`` pattern for a date as printed, for decoding a line's alternatives under a grammar.

    Months in full or abbreviated, spaces optional, also between the digits of a day that is written in by
    hand, day optional, year of four or two digits; no
    lookaround and no groups that capture, so that it can be compiled to an automaton.

    >>> import regex
    >>> [bool(regex.fullmatch(date_pattern(), t)) for t in ("๗ ธันวาคม ๒๕๖๔", "15 ก.ย. 48", "39 ธ.ค. 64")]
    [True, True, False]
    """
    day = "(?:" + "|".join(map(_number, ("0?[1-9]", "[12] ?[0-9]", "3 ?[01]"))) + ")"
    year = (
        "(?:"
        + "|".join(map(_number, ("2[456][0-9][0-9]", "19[0-9][0-9]", "20[0-9][0-9]", "[0-9][0-9]")))
        + ")"
    )
    names = [month_name(month) for month in range(1, 13)]
    shorts = [month_short_name(month).replace(".", r" ?\. ?").rstrip(" ?") for month in range(1, 13)]
    return rf"(?:{day} ?)?(?:{'|'.join(names + shorts)}) ?(?:พ ?\. ?ศ ?\. ?|พุทธศักราช ?)?{year}"
