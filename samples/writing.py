"""Numbers, dates and money as Thai offices write them.

The renderer has a writer of its own, apart from the readers in ``pipeline/thai``: truth must not
come from the code that it is used to measure.
"""

from __future__ import annotations

from samples.content import LetterDate, NumberParts, Writing

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)

CITED_DATE_FORMS = {
    "full": "ลงวันที่ {day} {month} {year}",
    "era": "ลงวันที่ {day} {month} พ.ศ. {year}",
    "short": "ลว. {day} {short} {year}",
    "shortest": "ลว. {day} {short} {year2}",
}


def digits(text: str, thai: bool) -> str:
    """``text`` with all its digits Thai, or all Arabic.

    >>> digits("1/2563", thai=True), digits("๑/2563", thai=False)
    ('๑/๒๕๖๓', '1/2563')
    """
    return text.translate(_TO_THAI if thai else _TO_ARABIC)


def write_number_stem(number: NumberParts, writing: Writing) -> str:
    """What stands before the running number, the mark of a circular included.

    >>> write_number_stem(NumberParts("มท", "0810.3", 2927, circular=True), Writing())
    'มท ๐๘๑๐.๓/ว '
    """
    space = " " if writing.space_after_letters else ""
    mark = writing.circular_mark if number.circular else ""
    return digits(
        f"{number.agency_letters}{space}{number.agency_digits}{writing.stroke}{mark}", writing.thai_digits
    )


def write_number(number: NumberParts, writing: Writing) -> str:
    """The whole number.

    >>> write_number(NumberParts("ปช", "0013", 84, padding=4), Writing())
    'ปช ๐๐๑๓/๐๐๘๔'
    """
    return write_number_stem(number, writing) + digits(number.running_text, writing.thai_digits)


def write_date(date: LetterDate, writing: Writing, era: bool = False) -> str:
    """The date in full words; the day is left out where it is unknown.

    >>> write_date(LetterDate(2564, 12, 7), Writing())
    '๗ ธันวาคม ๒๕๖๔'
    """
    day = "" if date.day is None else f"{date.day} "
    year = f"พ.ศ. {date.year_be}" if era else str(date.year_be)
    return digits(f"{day}{MONTHS[date.month - 1]} {year}", writing.thai_digits)


def write_cited_date(date: LetterDate, writing: Writing) -> str:
    """The date of a letter that is cited, ``ลงวันที่`` included.

    >>> write_cited_date(LetterDate(2548, 9, 15), Writing(cited_date="shortest"))
    'ลว. ๑๕ ก.ย. ๔๘'
    """
    text = CITED_DATE_FORMS[writing.cited_date].format(
        day=date.day or "",
        month=MONTHS[date.month - 1],
        short=SHORT_MONTHS[date.month - 1],
        year=date.year_be,
        year2=f"{date.year_be % 100:02d}",
    )
    return digits(" ".join(text.split()), writing.thai_digits)


def write_short_date(date: LetterDate, thai: bool) -> str:
    """The date as a date stamp has it.

    >>> write_short_date(LetterDate(2564, 11, 25), thai=False)
    '25 พ.ย. 2564'
    """
    return digits(f"{date.day} {SHORT_MONTHS[date.month - 1]} {date.year_be}", thai)


def write_money(amount: float, form: str, thai: bool) -> str:
    """Baht with thousands separated, with two decimals or none.

    >>> write_money(16000, "two_decimals", thai=False)
    '16,000.00'
    """
    return digits(f"{amount:,.2f}" if form == "two_decimals" else f"{amount:,.0f}", thai)
