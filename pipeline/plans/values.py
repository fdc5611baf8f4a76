"""Single values of a plan's cells, each with what else it might be.

Amounts are decoded from the recogniser's lattice under the grammar of amounts where there is a
lattice, and read from the text where there is none (a transcript).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

import regex
from rapidfuzz import fuzz

from pipeline import lattice
from pipeline.model import Box, Cell, Line
from pipeline.plans.amount_form import AmountForm, parse_dirty_amount
from pipeline.plans.wrapped import is_figures, unwrapped
from pipeline.thai import amount_pattern, parse_amount, squeeze, to_arabic

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

NOTHING = regex.compile(r"[-–—−.\s]*")
"""A cell that says "none": ``-``."""

_NO_BUDGET = (
    "ไม่ใช้งบประมาณ",
    "ไม่ใช้งบ",
    "ไม่มีงบประมาณ",
    "ไม่ได้ใช้งบประมาณ",
    "ไม่ขอใช้งบประมาณ",
    "ไม่ใช้งบประมาณดำเนินการ",
)
_SAME_WORDS = 75.0
"""What an amount's cell says where nothing is spent, and from which percentage of likeness it says so."""

_TICK_TEXT = regex.compile(r"[/\\✓✔√☑☒✗✘×xXvV●•]{1,2}|ü|P")
"""A tick that was read as text: ``/``, ``√``."""

_UNTICKED_TEXT = regex.compile(r"[☐□]")
"""A box to tick, read as text."""

_DIMENSION_HEADING = regex.compile(r"(?:มิติ(?:ที่)?\s*)?([0-9๐-๙])(?:\s*[.):]|\s+)\s*\D{3,}")
"""A dimension with its name: ``๑. การสร้างสังคมที่ไม่ทนต่อการทุจริต``."""

_DIMENSION_NAMED = regex.compile(
    r"[^\p{L}\p{N}]*(?:(?:มิติ){e<=1}\s*(?:ที่)?\s*([0-9๐-๙])|([0-9๐-๙])\s*[.)]\s*(?:มิติ|มิตี))"
)
"""How a heading over rows begins that names their dimension, perhaps misread: ``– มิติที่ ๑ การสร้าง…``,
``๑. มิติการสร้าง…``."""

ANY_DIGIT = regex.compile(r"\d")

_WORDS = regex.compile(r"\D{4,}")
"""A part of a dimension's name, without its number."""

_DASH = "[-–—]"
"""What stands in a cell for no amount, and is easily misread as a figure."""

_WHOLE_NUMBER = r"[0-9๐-๙]{1,3}[.)]?"
_DIGITS = regex.compile(r"([0-9๐-๙])[.)]?")
"""A small number, and one figure of it: ``12.``, ``๑``."""

_FULL_SIZE, _FILLS = 0.65, 0.3
"""A line of a cell is at least this share as high as the highest, if it is print and no dirt. A figure of at
least the second share of its cell's width fills it."""

_EVEN = 0.5

_FLOOR = 0.01
"""Readings less likely than this explain nothing."""

_OUT_OF_FORM = 0.05
"""A reading in the form of its column is the better one even if it has only this share of the likelihood."""

_SPOTTED = 0.8
"""A cell without text that is not surely empty has a spot in it, which may be what is left of a figure: it is
no surer than this."""

_DOUBTFUL = 0.9
"""A number that was not read in the form of its column, or has figures above or below it, is never surer
than this."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value_co]):
    """A value read from a cell: the best one, how sure, and the others with their probabilities."""

    value: Value_co
    raw: str
    confidence: float
    alternatives: tuple[tuple[Value_co, float], ...] = ()
    box: Box | None = None


def read_amount(cell: Cell | None, form: AmountForm | None = None) -> Reading[Decimal | None]:
    """An amount in baht; None where the cell is empty (doubtfully if spotted), says ``-`` or holds none.

    What is neither empty nor an amount has confidence 0, so that it is never trusted. Nor is what was not
    read in the ``form`` of its column: ``81,000:00`` among ``16,000.00`` is no 8.1 million.
    """
    if cell is None or not cell.lines:
        spotted = cell is not None and cell.tick is not None and cell.tick.confidence < _SPOTTED
        return Reading(None, "", _SPOTTED if spotted else 1.0, box=cell.box if cell else None)
    raw = cell.text.replace("\n", " ").strip()
    lines = unwrapped(_full_sized(cell))
    if all(NOTHING.fullmatch(line.text) for line in lines):
        return Reading(None, raw, _sureness(lines), box=cell.box)
    if any(_says_no_budget(line.text) for line in (*cell.lines, replace(lines[0], text=raw))):
        # Whatever its letters, it is no amount; figures beside it are those of a stamp, or its own.
        return Reading(None, raw, _DOUBTFUL if ANY_DIGIT.search(raw) else 1.0, box=cell.box)
    line = _line_with_digits(lines)
    if line is None:
        return Reading(None, raw, 0.0, box=cell.box)
    read = _decoded(line, rf"{amount_pattern()}|{_DASH}", parse_amount, raw, cell.box)
    if sum(map(is_figures, lines)) > 1:  # One of them may be the rest of the other, or an amount as well.
        read = replace(read, confidence=min(read.confidence, _DOUBTFUL))
    return read if form is None else _in_form(read, line, form, cell.box)


def _says_no_budget(raw: str) -> bool:
    said = squeeze(raw)
    return not any(map(str.isdigit, said)) and any(
        fuzz.ratio(said, words) >= _SAME_WORDS for words in _NO_BUDGET
    )


def _in_form(
    read: Reading[Decimal | None], line: Line, form: AmountForm, box: Box
) -> Reading[Decimal | None]:
    """``read`` as it is if the line was read in that form, else doubtfully what the line says in it."""
    text = squeeze(line.text)
    as_read = form.fits(text) and parse_amount(text) == read.value
    if as_read or not read.value or line.lattice is None:
        return read
    formed = _decoded(line, form.pattern, parse_dirty_amount, read.raw, box)
    better, other = formed, read
    if formed.value is None or formed.confidence < _OUT_OF_FORM * read.confidence:
        better, other = read, formed
    others = ((other.value, other.confidence), *other.alternatives, *better.alternatives)
    likely = {value: p for value, p in others if value is not None and value != better.value and p >= _FLOOR}
    sure = read.confidence if formed.value == read.value else min(better.confidence, _DOUBTFUL)
    return Reading(better.value, read.raw, sure, tuple(likely.items()), box)


def read_whole_number(cell: Cell | None) -> Reading[int | None]:
    """A small whole number such as an item number, a dimension or a count of ticks.

    It goes on in the next line only in a column so narrow that one figure fills it.
    """
    if cell is None or not cell.lines:
        return Reading(None, "", 1.0, box=cell.box if cell else None)
    raw = cell.text.replace("\n", " ").strip()
    lines = _full_sized(cell)
    digits = [_DIGITS.fullmatch(line.text.strip()) for line in lines]
    several = len(digits) > 1 and all(digits)
    if several and all(line.box.width >= _FILLS * cell.box.width for line in lines):
        value = _whole("".join(found[1] for found in digits if found))
        return Reading(value, raw, math.prod(line.confidence for line in lines), box=cell.box)
    line = _line_with_digits(lines)
    if line is None:
        return Reading(None, raw, _sureness(lines) if NOTHING.fullmatch(raw) else 0.0, box=cell.box)
    read = _decoded(line, _WHOLE_NUMBER, _whole, raw, cell.box)
    return replace(read, confidence=min(read.confidence, _DOUBTFUL)) if several else read


def read_dimension(cell: Cell | None) -> Reading[int | None]:
    """The dimension (มิติ) that a cell names: a lone digit, or the digit that its heading begins with."""
    if cell is None or not cell.lines:
        return Reading(None, "", 1.0, box=cell.box if cell else None)
    raw = cell.text.replace("\n", " ").strip()
    heading = _DIMENSION_HEADING.match(raw)
    if heading is None and _WORDS.fullmatch(raw):
        return Reading(None, raw, 0.0, box=cell.box)
    if heading is None:
        return read_whole_number(cell)
    return Reading(_whole(heading[1]), raw, cell.lines[0].confidence, box=cell.box)


def read_heading(*cells: Cell) -> Reading[int | None] | None:
    """The dimension (มิติ) that a heading over rows, in one cell or cut into several, names; or None."""
    raw = " ".join(line.text for cell in cells for line in cell.lines).strip()
    named = _DIMENSION_NAMED.match(raw)
    if named is None:
        return None
    sure = min(line.confidence for cell in cells for line in cell.lines[:1])
    return Reading(_whole(named[1] or named[2]), raw, sure, box=Box.around(cell.box for cell in cells))


def read_tick(cell: Cell | None) -> Reading[bool]:
    """Whether a quarter's cell is ticked: by its ink, or by its text in a transcript.

    Ink that was found to be neither a mark nor a letter is a mark sooner than nothing, doubtfully.
    """
    if cell is None:
        return Reading(False, "", 1.0)
    if cell.tick is not None:
        present = cell.tick.present
        other = 1.0 - cell.tick.confidence
        return Reading(present, cell.text, cell.tick.confidence, ((not present, other),), cell.box)
    text = squeeze(cell.text)
    ticked = bool(_TICK_TEXT.fullmatch(text))
    unticked = _UNTICKED_TEXT.search(text) and not _TICK_TEXT.search(text)
    blank = bool(unticked or NOTHING.fullmatch(text)) and (bool(text) or not cell.lines)
    sure = 1.0 if ticked or blank else 0.5
    return Reading(ticked or not blank, cell.text, sure, ((not ticked, 1.0 - sure),), cell.box)


def read_ticks(cells: Sequence[Cell | None]) -> Reading[bool]:
    """Whether a quarter is ticked that has one cell, or one for each of its months: in any of them."""
    if len(cells) == 1:
        return read_tick(cells[0])
    months = [read_tick(cell) for cell in cells]
    none = math.prod(1.0 - month.confidence if month.value else month.confidence for month in months)
    ticked, sure = none < _EVEN, max(none, 1.0 - none)
    box = Box.around(month.box for month in months if month.box) if any(m.box for m in months) else None
    raw = " ".join(month.raw for month in months if month.raw)
    return Reading(ticked, raw, sure, ((not ticked, 1.0 - sure),), box)


def read_count(cells: Sequence[Cell | None]) -> Reading[int | None]:
    """How many items a line of sums counts in a quarter; under months it counts none."""
    return read_whole_number(cells[0]) if len(cells) == 1 else Reading(None, "", 1.0)


def _decoded(
    line: Line, pattern: str, parse: Callable[[str], Value | None], raw: str, box: Box
) -> Reading[Value | None]:
    if line.lattice is None:
        value = parse(line.text)
        return Reading(value, raw, 0.0 if value is None else line.confidence, box=box)
    likely: dict[Value | None, float] = {}
    for text, probability in lattice.decode(line.lattice, rf"\s*(?:{pattern})\s*"):
        value = parse(text)
        if value is not None or NOTHING.fullmatch(text):
            likely[value] = likely.get(value, 0.0) + probability
    if not likely:
        return Reading(None, raw, 0.0, box=box)
    ranked = sorted(likely.items(), key=lambda pair: -pair[1])
    (best, confidence), *others = ranked
    return Reading(best, raw, confidence, tuple((v, p) for v, p in others if p >= _FLOOR), box)


def _full_sized(cell: Cell) -> Sequence[Line]:
    """The lines of a cell, but those so much smaller than another that they are specks read as figures."""
    largest = max(map(_size, cell.lines))
    return [line for line in cell.lines if _size(line) >= _FULL_SIZE * largest]


def _size(line: Line) -> float:
    """How high the letters of a line are, or its ink, which a lone speck has less of."""
    return min(line.body_height or line.box.height, line.box.height)


def _line_with_digits(lines: Sequence[Line]) -> Line | None:
    with_digits = [line for line in lines if any(character.isdigit() for character in line.text)]
    if with_digits:
        return max(with_digits, key=_confidence)  # Of several, others may be dirt.
    return lines[0] if lines[0].lattice is not None else None


def _confidence(line: Line) -> float:
    return line.confidence


def _whole(text: str) -> int | None:
    digits = regex.search(r"\d+", to_arabic(text))
    return int(digits[0]) if digits else None


def _sureness(lines: Sequence[Line]) -> float:
    return min(line.confidence for line in lines)
