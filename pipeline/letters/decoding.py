"""Numbers and dates decoded from the recogniser's lattice under their grammar.

The best reading of a line is only one of those that the recogniser thinks possible. Where it breaks the
grammar (a letter among digits, agency letters that nobody has, day 37), or barely beats another, the
lattice knows more. What stands in the place of a number is one, but for rare exceptions; so it is
decoded again with nothing allowed but a letter number or a date. What is read so is summed over
spellings (``มท๐๘๑๐`` and ``มท ๐๘๑๐`` are one number) and handed on with probabilities; what the page
itself says best stays the raw text of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline import lattice as lattices
from pipeline.letters.rows import Row, span_box
from pipeline.model import Lattice
from pipeline.thai import LETTER_YEARS, ThaiDate, agencies, date_pattern, find_dates, parse_number

BEAM = 16
"""Prefixes kept while decoding: enough for two uncertain digits and their spellings."""

FAINTEST = 0.02
"""Readings less likely than this are not worth keeping as alternatives."""

OUTSIDE = 0.05
"""How often what stands in a number's or a date's place is none of the grammar: a body whose agency
letters are in no table, a misprint. Readings that break the grammar are discounted by this much."""

BEYOND = 0.4
"""The last symbol of a row may be found so many body heights beyond its ink: strips have margins."""

APART = re.compile(r"(?<=[0-9๐-๙]) (?=[0-9๐-๙])")
"""A space between two digits that were written in by hand: ``๑ ๒ กุมภาพันธ์``."""

MONTH_LENGTH = len("2020-04")
"""The length of an ISO date without a day."""

Readings = tuple[tuple[str, float], ...]
"""Values with their probabilities, best first."""


def decode_number(row: Row, start: int, end: int) -> Readings:
    """What letter number ``row.text[start:end]`` may be, normalised; empty without a lattice."""
    cut = cut_lattice(row, start, end)
    return _values(cut, number_grammar(), _number_value) if cut is not None else ()


def decode_date(row: Row, start: int, end: int) -> Readings:
    """What date ``row.text[start:end]`` may be, as ISO text; empty without a lattice."""
    cut = cut_lattice(row, start, end)
    return _values(cut, date_pattern(), _date_value) if cut is not None else ()


def cut_lattice(row: Row, start: int, end: int) -> Lattice | None:
    """The lattice under a part of a row's text; at the row's ends with the ink that was not read."""
    if row.line.lattice is None or end <= start:
        return None
    box = span_box(row, start, end)
    beyond = BEYOND * row.height
    x0 = row.box.x0 - beyond if start == 0 else box.x0
    x1 = row.box.x1 + beyond if end == len(row.text) else box.x1
    return lattices.between(row.line.lattice, x0, x1)


def _values(cut: Lattice, grammar: str, value_of: Callable[[str], str | None]) -> Readings:
    """Values with their summed probabilities, best first."""
    total: dict[str, float] = {}
    for text, probability in lattices.decode(cut, grammar, BEAM):
        value = value_of(text)
        if value is not None:
            total[value] = total.get(value, 0.0) + probability
    inside = sum(total.values())
    whole = inside * (1 - OUTSIDE) + max(0.0, 1 - inside) * OUTSIDE
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    weighed = ((value, probability * (1 - OUTSIDE) / whole) for value, probability in ranked)
    return tuple((value, probability) for value, probability in weighed if probability >= FAINTEST)


def _number_value(text: str) -> str | None:
    number = parse_number(APART.sub("", text))
    return number.normalised if number and number.running_number is not None else None


def _date_value(text: str) -> str | None:
    dates = find_dates(APART.sub("", text))
    return dates[0].date.iso if len(dates) == 1 and letter_date(dates[0].date) else None


def letter_date(date: ThaiDate) -> bool:
    """Whether a date can be a letter's."""
    return date.year_be in LETTER_YEARS


@cache
def number_grammar() -> str:
    """A letter number as letterheads print it, for decoding.

    The running number must be there, and may be in other digits than the agency's, and these apart: it is
    often written by hand after a printed stem.
    """
    letters = "|".join(sorted({agency.letters for agency in agencies()}, key=lambda code: (-len(code), code)))
    unit = r"(?: ?\((?:[ก-ฮ]{1,4}\.?|[0-9]{1,2})\))?"
    arabic = rf"[0-9]{{2,5}}(?:{unit} ?\. ?[0-9]{{1,3}}){{0,3}}(?: ?/ ?[0-9]{{1,2}})?{unit}"
    thai = arabic.replace("[0-9]", "[๐-๙]")
    running = r"(?:ว ?\.? ?)?(?:[0-9](?: ?[0-9]){0,4}|[๐-๙](?: ?[๐-๙]){0,4})"
    return rf"(?:ที่ ?)?(?:{letters})\.? ?(?:\([ก-ฮ]{{2,5}}\) ?)?(?:{arabic}|{thai}) ?/ ?{running}"
