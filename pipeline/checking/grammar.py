"""What people type, under the grammars by which the program reads: numbers, dates, amounts, set phrases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from pipeline.errors import InvalidValueError
from pipeline.model import AMOUNT_FIELDS, TICK_FIELDS
from pipeline.thai import (
    LETTER_YEARS,
    LetterNumber,
    ThaiDate,
    clock_time,
    drop_invisible,
    find_dates,
    find_numbers,
    format_date,
    in_common_era,
    parse_amount,
    parse_date,
    parse_number,
    terms,
    to_arabic,
)

LONGEST = 1000
"""Characters that a value may have."""

TICKS = (("True", "✓ มีเครื่องหมาย"), ("False", "ไม่มีเครื่องหมาย"))
"""The two values of a quarter's cell and how they are shown."""


def normalised(field: str, typed: str) -> str:
    """The text of the column that ``typed`` stands for.

    Raises :class:`InvalidValueError`.

    >>> normalised("date", "๒๐ เมษายน ๒๕๖๓")
    '2020-04-20'
    >>> normalised("number", "ที่ มท๐๘๑๐.๓/ว๒๙๒๗")
    'มท 0810.3/ว 2927'
    >>> normalised("number", "ด่วนที่สุด ที่ มท ๐๘๐๘.๒/๑๕๘๐๑ - ๑๕๘๗๖"), normalised("number", "พณ ๐๒๑๑.๐๘/พิเศษ")
    ('มท 0808.2/15801', 'พณ 0211.08/')
    >>> normalised("budget", "๔๑,๐๐๐ บาท")
    '41000'
    """
    text = _plain(typed)
    if not text:
        raise InvalidValueError("ยังไม่ได้พิมพ์ค่า หากหน้ากระดาษไม่มีค่านี้ ให้กด “ไม่มีในหน้ากระดาษ”")
    return _GRAMMARS.get(field, str)(text)


def typed_form(field: str, value: str | None) -> str:
    """A value as people write it, to begin a correction with.

    >>> typed_form("received_date", "2020-04-20"), typed_form("number", "มท 0810.3/ว 2927")
    ('20 เมษายน 2563', 'มท 0810.3/ว 2927')
    """
    if value is None:
        return ""
    if field in AMOUNT_FIELDS:
        return f"{float(value):,.2f}"
    if field.endswith("date"):
        try:
            return format_date(ThaiDate.from_iso(value), thai_digits=False)
        except ValueError:
            return value
    return value


def shown_form(field: str, value: str | None) -> str:
    """A value as people read it: dates in words, ticks as marks, amounts with their thousands."""
    if value is None:
        return ""
    if field in TICK_FIELDS:
        return dict(TICKS).get(value, value)
    if field in AMOUNT_FIELDS:
        return f"{float(value):,.2f}"
    if field.endswith("date"):
        try:
            return format_date(ThaiDate.from_iso(value))
        except ValueError:
            return value
    return value


def _plain(typed: str) -> str:
    """One line; what is too long, or holds characters that steer and cannot be seen, is refused.

    Zero-width characters, which Thai text copied from elsewhere is full of, go without a word.
    """
    if len(typed) > LONGEST:
        raise InvalidValueError(f"ยาวเกินไป พิมพ์ได้ไม่เกิน {LONGEST} ตัวอักษร")
    text = " ".join(unicodedata.normalize("NFC", drop_invisible(typed)).split())
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in text):
        raise InvalidValueError("มีอักขระที่มองไม่เห็นปนอยู่ โปรดพิมพ์ใหม่")
    return text


def _number(text: str) -> str:
    number = parse_number(text) or _number_with_trimmings(text)
    if number is None:
        raise InvalidValueError("ไม่ใช่รูปแบบเลขที่หนังสือ ตัวอย่าง: มท 0810.3/ว 2927 หรือ กบ ๐๐๒๓.๔/๑๑๒๑")
    return number.normalised


# What may stand beside a number: "ด่วนที่สุด ที่", a register's "(ป)", the end of a range "- ๑๕๘๗๖", "พิเศษ"
_TRIMMINGS = re.compile(
    rf"\s*(?:{'|'.join(terms('urgency'))})?\s*(?:ที่)?\s*|\s*(?:\([ก-ฮ]{{1,4}}\.?\)|[-–]\s*[0-9๐-๙]+|พิเศษ)?\s*"
)


def _number_with_trimmings(text: str) -> LetterNumber | None:
    """The one number in ``text`` that has nothing but what letters print beside theirs."""
    found = find_numbers(text)
    if len(found) != 1:
        return None
    around = text[: found[0].start], text[found[0].end :]
    return found[0].number if all(map(_TRIMMINGS.fullmatch, around)) else None


def _date(text: str) -> str:
    date = _typed_iso(text) or parse_date(text)
    if date is None:
        raise InvalidValueError("ไม่ใช่วันที่ หรือไม่มีวันนั้นในปฏิทิน ตัวอย่าง: ๒๐ เมษายน ๒๕๖๓ หรือ 20/4/2563")
    if date.year_be not in LETTER_YEARS:
        raise InvalidValueError(f"ปี พ.ศ. {date.year_be} ไม่น่าใช่ปีของหนังสือ โปรดตรวจปีอีกครั้ง")
    if not all(found.exact for found in find_dates(text)):
        raise InvalidValueError("อ่านวันที่ได้หลายอย่าง โปรดพิมพ์ชื่อเดือนให้ถูกต้องและปี พ.ศ. ให้ครบสี่หลัก")
    return date.iso


def _typed_iso(text: str) -> ThaiDate | None:
    try:
        return ThaiDate.from_iso(in_common_era(to_arabic(text)))
    except ValueError:
        return None


def _amount(text: str) -> str:
    amount = parse_amount(text)
    if amount is None:
        raise InvalidValueError("ไม่ใช่จำนวนเงิน ตัวอย่าง: ๔๑,๐๐๐.๐๐ หรือ 41000")
    return str(amount)


def _whole(text: str) -> str:
    digits = to_arabic(text).replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise InvalidValueError("ไม่ใช่จำนวนเต็ม ตัวอย่าง: ๑๒ หรือ 12")
    return str(int(digits))


def _received_number(text: str) -> str:
    digits = to_arabic(text).replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,9}(?:/[0-9]{1,9})?", digits):
        raise InvalidValueError("ไม่ใช่เลขรับ ตัวอย่าง: ๕๓๕ หรือ 5498/2564")
    return digits


def _time(text: str) -> str:
    match = re.fullmatch(r"([0-9]{1,2})[.:]([0-9]{2})(?: ?น\.?)?", to_arabic(text))
    time = clock_time(match[1], match[2]) if match else None
    if time is None:
        raise InvalidValueError("ไม่ใช่เวลา ตัวอย่าง: ๑๐.๓๕ น. หรือ 10:35")
    return time


def _tick(text: str) -> str:
    if text not in ("True", "False"):
        raise InvalidValueError("เลือกว่ามีเครื่องหมายหรือไม่มี")
    return text


def _term(group: str) -> Callable[[str], str]:
    def checked(text: str) -> str:
        if text not in terms(group):
            raise InvalidValueError(f"เลือกได้เฉพาะ {' · '.join(terms(group))}")
        return text

    return checked


_GRAMMARS: dict[str, Callable[[str], str]] = {
    "number": _number,
    "date": _date,
    "received_date": _date,
    "as_of_date": _date,
    "received_number": _received_number,
    "received_time": _time,
    "urgency": _term("urgency"),
    "secrecy": _term("secrecy"),
    **dict.fromkeys(AMOUNT_FIELDS, _amount),
    **dict.fromkeys(("item_no", "dimension", "fiscal_year_be"), _whole),
    **dict.fromkeys((f"q{quarter}_count" for quarter in range(1, 5)), _whole),
    **dict.fromkeys(TICK_FIELDS, _tick),
}
