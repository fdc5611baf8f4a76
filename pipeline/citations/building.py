"""Makes the columns of letters and of references, one at a time.

Texts that blocking keys are made of become fingerprints that are the same in every process
(``blake2b``), since such keys may be kept.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

import numpy as np

from pipeline.citations.columns import CODE_WIDTH, RUNNING_WIDTH, Mentions, Options, Readings
from pipeline.citations.tables import ARABIC, NO_CHARACTER, POINT, THAI, UNKNOWN
from pipeline.model import ArchivedLetter, ArchivedReference, Relation
from pipeline.thai import canonical_office, is_digits

# "มท0810.3" in letters and digits, a committee in brackets with the letters: "กค(กวจ)0405.2"
_CODE = re.compile(r"(?P<letters>[^0-9]*)(?P<digits>[0-9].*)?")
# "๗" of "ว ๒๙๒๗"
_THAI_DIGIT = re.compile(r"[๐-๙]")
# "2021-12-07", "2020-04"
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")

_LEAST_PROBABLE = 0.02
"""No reading that is given is less probable, whatever the others add up to."""

_Number = tuple[str | None, bool | None, int | None, int]
"""(agency code, circular or not, running number, its digits as printed)."""


def letter_columns(letters: Iterable[ArchivedLetter]) -> Mentions:
    """The columns of ``letters``, in their order."""
    builder = _Builder()
    for letter in letters:
        builder.add(letter, letter.sender_agency or letter.sender, UNKNOWN, encloses=False)
    return builder.finished()


def reference_columns(references: Iterable[ArchivedReference]) -> Mentions:
    """The columns of ``references``, in their order."""
    builder = _Builder()
    for reference in references:
        script = THAI if _THAI_DIGIT.search(reference.raw_text) else ARABIC
        builder.add(reference, reference.sender, script, reference.relation is Relation.ENCLOSES)
    return builder.finished()


def fingerprint(text: str) -> int:
    """64 bits of ``text``, the same in every process; 0 for the empty text alone.

    >>> fingerprint(""), fingerprint("มท") == fingerprint("มท"), fingerprint("มท") == fingerprint("มก")
    (0, True, False)
    """
    if not text:
        return 0
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") or 1


def readings_of(
    number: str | None, alternatives: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, float], ...]:
    """All readings of a number with their probabilities, the chosen one first; none where there is none.

    >>> readings_of("ว 815", (("ว 915", 0.3),))
    (('ว 815', 0.7), ('ว 915', 0.3))
    """
    if not number:
        return ()
    rest, others = _shared_out(number, alternatives)
    return (number, rest), *others


def joint_alternatives(
    chosen: str, probability: float, alternatives: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, float], ...]:
    """Readings that differ from ``chosen`` as two of its alternatives do at once, where none says so yet.

    A recogniser that wavers over two digits may list each doubt alone; both may be misread.

    >>> joint_alternatives("ว 815", 0.5, (("ว 915", 0.25), ("ว 816", 0.2)))
    (('ว 916', 0.1),)
    """
    listed = {text for text, _ in alternatives}
    differing = [
        (
            {place: sign for place, (sign, at) in enumerate(zip(text, chosen, strict=True)) if sign != at},
            share,
        )
        for text, share in alternatives
        if len(text) == len(chosen)
    ]
    found = []
    for (one, share), (other, other_share) in combinations(differing, 2):
        joint = share * other_share / max(probability, share, other_share)
        if joint >= _LEAST_PROBABLE and one.keys().isdisjoint(other):
            both = one | other
            text = "".join([both.get(place, sign) for place, sign in enumerate(chosen)])
            if text not in listed:
                found.append((text, round(joint, 4)))
    return tuple(found)


def _shared_out(
    number: str | None, alternatives: tuple[tuple[str, float], ...]
) -> tuple[float, tuple[tuple[str, float], ...]]:
    """(The probability that is left for the chosen reading, all other readings with theirs)."""
    if not alternatives:
        return 1.0, ()
    rest = max(1 - sum(probability for _, probability in alternatives), _LEAST_PROBABLE)
    joint = joint_alternatives(number, rest, alternatives) if number and len(alternatives) > 1 else ()
    return rest, (*alternatives, *joint)


# ---------------------------------------------------------------------- building


class _Texts:
    """Gives each distinct text an index; the empty text is 0."""

    def __init__(self) -> None:
        self._indices = {"": 0}

    def index(self, text: str) -> int:
        return self._indices.setdefault(text, len(self._indices))

    def finished(self) -> tuple[str, ...]:
        return tuple(self._indices)


class _ReadingsBuilder:
    """Grows the columns of :class:`Readings`."""

    def __init__(self, texts: _Texts) -> None:
        self._texts = texts
        self._code, self._letters = array("Q"), array("q")
        self._code_digits, self._running_digits = bytearray(), bytearray()
        self._circular, self._running, self._printed = array("b"), array("q"), bytearray()

    def add(self, code: str | None, is_circular: bool | None, running: int | None, printed: int) -> None:
        key, letters, digits = _code_parts(code or "")
        self._code.append(key)
        self._letters.append(self._texts.index(letters))
        self._code_digits += digits
        self._circular.append(-1 if is_circular is None else int(is_circular))
        self._running.append(-1 if running is None else running)
        self._running_digits += _running_digits(running)
        self._printed.append(printed)

    def finished(self) -> Readings:
        return Readings(
            np.frombuffer(self._code, np.uint64),
            np.frombuffer(self._letters, np.int64),
            np.frombuffer(self._code_digits, np.uint8).reshape(-1, CODE_WIDTH),
            np.frombuffer(self._circular, np.int8),
            np.frombuffer(self._running, np.int64),
            np.frombuffer(self._running_digits, np.uint8).reshape(-1, RUNNING_WIDTH),
            np.frombuffer(self._printed, np.uint8),
        )


class _OptionsBuilder:
    """Grows the columns of :class:`Options`."""

    def __init__(self, texts: _Texts) -> None:
        self._readings = _ReadingsBuilder(texts)
        self._probability, self._is_first, self._start = array("d"), array("b"), array("q")

    def add(self, chosen: _Number, text: str | None, alternatives: tuple[tuple[str, float], ...]) -> None:
        rest, others = _shared_out(text, alternatives)
        self._start.append(len(self._probability))
        self._probability.append(rest)
        self._is_first.append(1)
        self._readings.add(*chosen)
        for other, probability in others:
            self._probability.append(max(probability, _LEAST_PROBABLE))
            self._is_first.append(0)
            self._readings.add(*_reading(other))

    def finished(self) -> Options:
        start = np.frombuffer(self._start, np.int64)
        count = np.diff(np.append(start, len(self._probability)))
        return Options(
            self._readings.finished(),
            np.frombuffer(self._probability, np.float64),
            np.frombuffer(self._is_first, np.int8).astype(np.bool_),
            start,
            count,
            np.repeat(np.arange(len(start)), count),
        )


class _Builder:
    """Grows the columns of :class:`Mentions`."""

    def __init__(self) -> None:
        self._texts = _Texts()
        self._document, self._bundle = array("Q"), array("Q")
        self._ordinal, self._year, self._month, self._day = array("q"), array("q"), array("q"), array("q")
        self._sender, self._subject = array("q"), array("q")
        self._script, self._encloses = array("b"), array("b")
        self._options = _OptionsBuilder(self._texts)

    def add(
        self, mention: ArchivedLetter | ArchivedReference, sender: str | None, script: int, encloses: bool
    ) -> None:
        year, month, day = _date_parts(mention.date or "")
        self._document.append(_repeated_fingerprint(mention.document_id))
        self._bundle.append(_repeated_fingerprint(mention.place[0]))
        self._ordinal.append(mention.place[1])
        self._year.append(year)
        self._month.append(month)
        self._day.append(day)
        self._sender.append(self._texts.index(_office(sender or "")))
        self._subject.append(self._texts.index(mention.subject or ""))
        self._script.append(script)
        self._encloses.append(encloses)
        running = mention.running_number
        chosen = mention.agency_code, mention.is_circular, running, _printed_digits(mention.number, running)
        self._options.add(chosen, mention.number, mention.number_alternatives)

    def finished(self) -> Mentions:
        texts, options = self._texts.finished(), self._options.finished()
        return Mentions(
            document=np.frombuffer(self._document, np.uint64),
            bundle=np.frombuffer(self._bundle, np.uint64),
            ordinal=np.frombuffer(self._ordinal, np.int64),
            year=np.frombuffer(self._year, np.int64),
            month=np.frombuffer(self._month, np.int64),
            day=np.frombuffer(self._day, np.int64),
            sender=np.frombuffer(self._sender, np.int64),
            subject=np.frombuffer(self._subject, np.int64),
            number=options.readings.taken(options.start),
            script=np.frombuffer(self._script, np.int8),
            encloses=np.frombuffer(self._encloses, np.int8).astype(np.bool_),
            options=options,
            texts=texts,
            text_prints=np.fromiter(map(fingerprint, texts), np.uint64, len(texts)),
        )


_repeated_fingerprint = lru_cache(maxsize=1 << 12)(fingerprint)
"""For texts that come many times in a row, such as the file of a bundle's letters."""


@lru_cache(maxsize=1 << 16)
def _code_parts(code: str) -> tuple[int, str, bytes]:
    """(fingerprint of the code, its letters, its digits as character codes)."""
    bare = code.replace(" ", "")
    match = _CODE.fullmatch(bare)
    letters, digits = (match["letters"], match["digits"] or "") if match else (bare, "")
    codes = bytes(int(sign) if is_digits(sign) else POINT for sign in digits[:CODE_WIDTH])
    return fingerprint(bare), letters, codes.ljust(CODE_WIDTH, bytes([NO_CHARACTER]))


@lru_cache(maxsize=1 << 15)
def _running_digits(running: int | None) -> bytes:
    digits = b"" if running is None else bytes(map(int, str(running)[-RUNNING_WIDTH:]))
    return digits.rjust(RUNNING_WIDTH, bytes([NO_CHARACTER]))


@lru_cache(maxsize=1 << 16)
def _date_parts(iso: str) -> tuple[int, int, int]:
    match = _ISO.fullmatch(iso)
    return (int(match["year"]), int(match["month"]), int(match["day"] or 0)) if match else (0, 0, 0)


@lru_cache(maxsize=1 << 16)
def _office(name: str) -> str:
    return canonical_office(name) if name else ""


def _reading(number: str) -> _Number:
    """The parts of a normalised number.

    >>> _reading("มท 0810.3/ว 2927"), _reading("ว 10"), _reading("ปช 0013/0084")
    (('มท 0810.3', True, 2927, 4), ('', True, 10, 2), ('ปช 0013', False, 84, 4))
    """
    code, _, rest = number.rpartition("/")
    printed = rest.removeprefix("ว").strip()
    if not is_digits(printed):
        return code, rest.startswith("ว"), None, 0
    return code, rest.startswith("ว"), int(printed), min(len(printed), 255)


def _printed_digits(number: str | None, running: int | None) -> int:
    """How many digits the running number is printed with, at least as many as it needs."""
    if running is None:
        return 0
    printed = (number or "").rpartition("/")[2].removeprefix("ว").strip()
    return min(max(len(printed) if is_digits(printed) else 0, len(str(running))), 255)
