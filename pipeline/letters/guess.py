"""Dates whose month is badly misread: the one month that is nearest, as a guess for review."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from pipeline.thai import ThaiDate, month_name, to_arabic

DATE_LIKE = re.compile(
    r"^[^ก-๎\d]*(?:(?P<day>\d{1,2})[^ก-๎\d]{1,3})?(?P<month>[ก-๎][ก-๎ .]{3,12}?)[^ก-๎\d]{0,3}"
    r"(?:พ[ .]{0,2}ศ[ .]{0,2})?(?P<year>2[45]\d\d)[^ก-๎\d]*$"
)
"""A day, something like a month, a year: ``25 ิฤนายน 2568``, ``“มฤนายน 2568``."""

LIKE = 0.5
"""A month must be at least so like what was read."""

AHEAD = 0.12
"""The nearest month must be nearer than the next one by this much: กราคม may be two months."""

GUESSED = 0.5
"""How sure a guessed date is."""


def guess_date(text: str) -> ThaiDate | None:
    """The date that ``text`` may be, if one month is clearly the nearest; the day may be missing.

    >>> guess_date("๒๕ ฤถุนายน ๒๕๖๘")
    ThaiDate(year_be=2568, month=6, day=25)
    >>> guess_date("ประจำปี ๒๕๖๘") is None
    True
    """
    match = DATE_LIKE.match(to_arabic(text))
    if match is None:
        return None
    word = re.sub(r"[^ก-๎]", "", match["month"])
    ranked = sorted(
        ((Levenshtein.normalized_similarity(word, month_name(month)), month) for month in range(1, 13)),
        reverse=True,
    )
    (best, month), (second, _) = ranked[:2]
    if best < LIKE or best - second < AHEAD:
        return None
    try:
        return ThaiDate(int(match["year"]), month, int(match["day"]) if match["day"] else None)
    except ValueError:
        return ThaiDate(int(match["year"]), month)  # a day that the month has not was misread
