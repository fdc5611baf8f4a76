"""Times of day as stamps and people write them."""

from __future__ import annotations


def clock_time(hour: str, minute: str) -> str | None:
    """``hour:minute`` as a clock shows it, or None where no clock does; digits of either script.

    >>> clock_time("9", "05"), clock_time("๑๐", "๓๕"), clock_time("45", "80")
    ('09:05', '10:35', None)
    """
    if int(hour) > 23 or int(minute) > 59:
        return None
    return f"{int(hour):02d}:{int(minute):02d}"
