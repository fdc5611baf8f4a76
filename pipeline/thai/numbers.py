"""Letter numbers (เลขที่หนังสือ): agency letters, agency digits, ``ว`` for a circular, running number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import regex

from pipeline.thai.agencies import agency_of
from pipeline.thai.dates import is_year
from pipeline.thai.digits import ANY_DIGIT, THAI_LETTERS, has_thai_digit, is_digits, to_arabic
from pipeline.thai.months import months_pattern
from pipeline.thai.tables import read_table


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A letter number in its parts.

    ``agency_letters`` without dots (``มท``, ``กค (กวจ)``; empty for a circular cited by its running
    number alone), ``agency_digits`` in Arabic digits without spaces (``0810.3``), ``running_raw``
    the running number's Arabic digits as printed, leading zeros kept; it is empty, and
    ``running_number`` None, where the running part is blank for handwriting.
    """

    agency_letters: str
    agency_digits: str
    is_circular: bool
    running_number: int | None
    running_raw: str

    def __post_init__(self) -> None:
        if self.running_raw and not (is_digits(self.running_raw) and self.running_raw.isascii()):
            raise ValueError(f"{self.running_raw!r} is no running number in Arabic digits")
        if self.running_number != (int(self.running_raw) if self.running_raw else None):
            raise ValueError(f"running number {self.running_number} is not {self.running_raw!r}")
        if has_thai_digit(self.agency_digits) or " " in self.agency_digits:
            raise ValueError(f"{self.agency_digits!r} must be Arabic digits without spaces")
        if not self.agency_code and not self.running_raw:
            raise ValueError("a letter number needs an agency or a running number")

    @property
    def agency_code(self) -> str:
        """``มท 0810.3``."""
        return f"{self.agency_letters} {self.agency_digits}".strip()

    @property
    def normalised(self) -> str:
        """``มท 0810.3/ว 2927``, ``ปช 0013/0084``; ``ว 10`` where the agency is not known.

        >>> LetterNumber("ปช", "0013", False, 84, "0084").normalised
        'ปช 0013/0084'
        """
        running = f"ว {self.running_raw}".strip() if self.is_circular else self.running_raw
        return f"{self.agency_code}/{running}" if self.agency_code else running


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A letter number in a text: ``raw`` is ``text[start:end]``, without ``ที่``."""

    number: LetterNumber
    start: int
    end: int
    raw: str


# ---------------------------------------------------------------------- patterns

_D = ANY_DIGIT
_GAP = r"[ \t]*"
# Inside a number one line break may fall, never an empty line
_GAP_OR_BREAK = r"[ \t]*\n?[ \t]*"
# "มท", "ป.ป.ช.", "สป.", "ม ท", "กค (กวจ)"
_LETTERS = (
    rf"(?P<letters>(?:[ก-ฮ] [ก-ฮ]|[ก-ฮ](?:\.?[ก-ฮ]){{0,3}})\.?(?:{_GAP}\({_GAP}[ก-ฮ][ก-๎.]{{0,7}}{_GAP}\))?)"
)
# "(สท)", "(ศอ.)", "(๒)": a unit within an agency
_UNIT = rf"(?:{_GAP}\((?:[ก-ฮ][ก-๎.]{{0,7}}|{_D}{{1,2}})\))"
# "0810.3", "๐๒๐๑.๐๔๒.๑", "0301/1", "0009.231", "0001(สท)", "๐๖๐๔.๑๐(๒)", "๐ ๘ ๑ ๐ . ๓", "0020(ลป).4"
_DIGITS = (
    rf"(?P<digits>(?:{_D}(?: {_D}){{2,5}}(?! ?{_D})|{_D}{{1,6}})"
    rf"(?:{_UNIT}?{_GAP}\.{_GAP}{_D}{{1,4}}){{0,3}}(?:{_GAP}/{_GAP}{_D}{{1,2}}(?={_GAP}/))?{_UNIT}?)"
)
# "ว", "ว.", "ว(ล)", "ว (ท)"
_CIRCULAR = rf"(?P<circular>ว(?:{_GAP}\.(?!\.))?(?:{_GAP}\([ก-ฮ]\))?)"
# "2927", "๐๐๘๔", "๒ ๙ ๒ ๗"; not a day before its month nor the first half of "9/10"
_DAY_AND_MONTH = rf"{_D}{{1,2}}{_GAP}(?:{months_pattern()})"
_NOT_RUNNING_IF = (
    rf"(?!{_D}|[.:]{_D}|,{_D}{{3}}(?!{_D})|{_GAP}/{_GAP}{_D}"
    rf"|(?<=(?<!{_D}){_D}{{1,2}}){_GAP}(?:{months_pattern()}))"
)
_RUNNING = rf"(?>(?P<running>{_D}(?: {_D}){{2,5}}(?! ?{_D})|{_D}{{1,6}})){_NOT_RUNNING_IF}"
# The running number on the same line, or at the start of the next if no house number stands there
_RUNNING_WRAPPED = rf"(?:{_GAP}{_RUNNING}|{_GAP}\n{_GAP}{_RUNNING}(?!{_GAP}(?:ถนน|ถ\.|หมู่|ซอย|ซ\.|ตำบล|แขวง)))"
# Blank for handwriting: nothing but dots and spaces up to the line's end or the date; or the word พิเศษ
_BLANK = rf"(?=[ \t.…_-]*(?:$|ลงวันที่|ลว|พิเศษ|{_DAY_AND_MONTH}))"
_SLASH = r"[/∕／]"

# "มท ๐๘๑๐.๓/ว ๒๙๒๗", "อว 8115.1 /0174", "มท 0810.3 ว2927", "มท ๐๘๑๐.๓/ว" at a line's end
_NUMBER = (
    rf"{_LETTERS}{_GAP_OR_BREAK}{_DIGITS}{_GAP_OR_BREAK}"
    rf"(?:{_SLASH}(?:{_GAP_OR_BREAK}{_CIRCULAR})?(?:{_RUNNING_WRAPPED}|{_BLANK})"
    rf"|{_CIRCULAR}{_GAP}{_RUNNING})"
)
# "๕๑๐๐๑/ว ๑๒": the digits of a local government that leaves out its letters
_WITHOUT_LETTERS = (
    rf"(?P<digits>{_D}{{5}}(?:\.{_D}{{1,3}})?){_GAP}{_SLASH}{_GAP}(?:{_CIRCULAR}{_GAP})?{_RUNNING}"
)
# "ว 10": a circular by its running number alone
_CIRCULAR_ONLY = rf"{_CIRCULAR}{_GAP}{_RUNNING}"

# "ที่", and "ที" or "ทิ" as it is read where its tone mark is lost
_MISREAD_LEAD = rf"(?:(?<![{THAI_LETTERS}])|และ|กับ)ท[ีิ]"
_IN_TEXT = regex.compile(
    rf"(?:(?<![{THAI_LETTERS}a-zA-Z]|[{THAI_LETTERS}a-zA-Z]\.)|(?<=ที่|{_MISREAD_LEAD})){_NUMBER}",
    regex.MULTILINE,
)
_IN_TEXT_WITHOUT_LETTERS = regex.compile(rf"(?<=(?<![{THAI_LETTERS}])ที่{_GAP}){_WITHOUT_LETTERS}")
_IN_TEXT_CIRCULAR_ONLY = regex.compile(
    rf"(?:(?<=(?:หนังสือ|เวียน|(?<![{THAI_LETTERS}])ที่){_GAP})"
    rf"|(?<![{THAI_LETTERS}/.])(?=ว[^\n]{{1,12}}?(?:ลว|ลงวันที่))){_CIRCULAR_ONLY}"
)
# " ลงวันที่ 1 ม.ค. 2565", " ลว. 15 ก.ย. 48": the date of a number
_DATED = (
    rf"{_GAP}(?:ฉบับ)?(?:ลงวันที่|ลว\.?){_GAP}{_D}{{1,2}}{_GAP}(?:{months_pattern()})"
    rf"{_GAP}(?:พ\.?{_GAP}ศ\.?{_GAP})?{_D}{{2,4}}"
)
# " และ ว 10", ", ว 75", " ว 80": further circulars of the agency whose number, or its date, stands before
_FURTHER = regex.compile(rf"(?:{_DATED})?{_GAP}(?:,|และ|กับ)?{_GAP}(?:ที่{_GAP})?(?P<number>{_CIRCULAR_ONLY})")
_WHOLE = tuple(
    regex.compile(rf"\s*(?:ที่)?\s*{pattern}\s*", regex.MULTILINE)
    for pattern in (_NUMBER, _WITHOUT_LETTERS, _CIRCULAR_ONLY)
)
_LEAD = regex.compile(rf"(?:(?<![{THAI_LETTERS}])|(?<=และ|กับ))ที่[ \t]*\Z")


@cache
def _not_agencies() -> frozenset[str]:
    return frozenset(row["printed"] for row in read_table("not_agencies"))


@cache
def _numbers_other_things() -> regex.Pattern[str]:
    """What stands right before the number of something else: "คดีหมายเลขดำที่ ", "ทะเบียนรถ "."""
    words = "|".join(row["printed"] for row in read_table("numbered_things"))
    return regex.compile(rf"(?:{words}){_GAP}(?:เลข)?(?:ที่)?{_GAP}\Z")


def _bare_letters(printed: str) -> str:
    """Agency letters without dots and spaces, a committee in brackets set off: "กค(กวจ)" is "กค (กวจ)"."""
    head, bracket, tail = printed.partition("(")
    bare, committee = regex.sub(r"[\s.]", "", head), regex.sub(r"[\s.)]", "", tail)
    return f"{bare} ({committee})" if bracket else bare


def _to_number(match: regex.Match[str]) -> LetterNumber:
    parts = match.groupdict()
    running = to_arabic(parts["running"] or "").replace(" ", "")
    return LetterNumber(
        agency_letters=_bare_letters(parts.get("letters") or ""),
        agency_digits=regex.sub(r"\s", "", to_arabic(parts.get("digits") or "")),
        is_circular=bool(parts["circular"]),
        running_number=int(running) if running else None,
        running_raw=running,
    )


def _looks_like_year(running: str) -> bool:
    return len(running) == 4 and is_year(int(running))


def _is_trusted(match: regex.Match[str], number: LetterNumber) -> bool:
    """Whether a match in running text is a letter number, and not a word of consonants only ("กรม ๑๒/๓")."""
    printed = match["letters"].strip()
    if _is_no_agency(printed) or (" " in printed.partition("(")[0].strip() and not agency_of(printed)):
        return False
    if _numbers_other_things().search(match.string, endpos=match.start()):
        return False
    led = bool(_LEAD.search(match.string, endpos=match.start()))
    group = regex.match(r"[0-9]*", number.agency_digits)[0]
    known = agency_of(number.agency_letters) is not None
    if len(group) < 3 and "." not in number.agency_digits:
        # "ที่ สกก. ๑๒/๒๕๖๔" is an order of that year
        return led and len(group) == 2 and not _looks_like_year(number.running_raw)
    if number.running_number is None:
        return led or (known and group.startswith("0"))
    if led or number.is_circular or group.startswith("0"):
        return True
    return known and len(group) >= 4 and not _looks_like_year(number.running_raw)


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Every letter number in ``text``, in order, none overlapping another.

    Digits that are a meeting (``ครั้งที่ ๓/๒๕๖๓``), a date, a telephone number or a house number are none.

    >>> [found.number.normalised for found in find_numbers("ที่ มท0810.3/ว2927 และ ว 10 ลว. 15 ก.ย. 48")]
    ['มท 0810.3/ว 2927', 'มท 0810.3/ว 10']
    >>> [found.number.normalised for found in find_numbers("ที่ มท0810/ว2 ลว. 5 ก.ย. 48, ว 3 ลว. 9 ก.ย. 48")]
    ['มท 0810/ว 2', 'มท 0810/ว 3']
    >>> [found.number.normalised for found in find_numbers("หนังสือเวียน ว 10 ลว. 15 ก.ย. 48")]
    ['ว 10']
    >>> find_numbers("การประชุมครั้งที่ ๓/๒๕๖๓ แผนที่ 4/5 คดีหมายเลขดำที่ อย ๑๒๓๔/๒๕๖๔")
    ()
    """
    found: list[FoundNumber] = []
    for pattern in (_IN_TEXT, _IN_TEXT_WITHOUT_LETTERS, _IN_TEXT_CIRCULAR_ONLY):
        for match in pattern.finditer(text):
            number = _to_number(match)
            if pattern is _IN_TEXT and not _is_trusted(match, number):
                continue
            if pattern is _IN_TEXT_WITHOUT_LETTERS and _looks_like_year(number.running_raw):
                continue
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                raw = match[0].rstrip()
                found.append(FoundNumber(number, match.start(), match.start() + len(raw), raw))
                found += _further(text, found[-1])
    return tuple(sorted(found, key=lambda number: number.start))


def _further(text: str, first: FoundNumber) -> list[FoundNumber]:
    """The circulars behind one of the same agency, which is not written again: ``ว 74 ว 75 และ ว 80``."""
    found: list[FoundNumber] = []
    match = _FURTHER.match(text, first.end) if first.number.is_circular and first.number.agency_code else None
    while match:
        own = _to_number(match)
        number = replace(
            own, agency_letters=first.number.agency_letters, agency_digits=first.number.agency_digits
        )
        found.append(FoundNumber(number, match.start("number"), match.end(), match["number"]))
        match = _FURTHER.match(text, match.end())
    return found


def parse_number(text: str) -> LetterNumber | None:
    """The letter number that ``text`` is, with nothing else in it but ``ที่`` and spaces, or None.

    >>> parse_number("ที่ มท๐๘๑๐.๓/ว๒๙๒๗").normalised
    'มท 0810.3/ว 2927'
    >>> parse_number("มท 0809.3/ว. 0003").normalised, parse_number("อว 8115.1 /0174").agency_code
    ('มท 0809.3/ว 0003', 'อว 8115.1')
    >>> parse_number("ครั้งที่ ๓/๒๕๖๓") is None, parse_number("ว 12/2564") is None
    (True, True)
    >>> parse_number("พ.ร.บ. ๒๕๔๒/๓") is None, parse_number("น. 12/34") is None
    (True, True)
    """
    for pattern in _WHOLE:
        match = pattern.fullmatch(text)
        if match and not _is_no_agency(match.groupdict().get("letters") or ""):
            return _to_number(match)
    return None


def _is_no_agency(printed: str) -> bool:
    """Whether letters before digits are a circular's ว, or an abbreviation that no agency has."""
    return printed.strip() in ("ว", "ว.", *_not_agencies())
