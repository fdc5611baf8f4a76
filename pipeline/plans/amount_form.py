"""The form in which a column prints its amounts: what is read in it otherwise was most likely misread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from pipeline.model import Cell
from pipeline.plans.wrapped import unwrapped
from pipeline.thai import parse_amount, squeeze

_FEWEST, _MOSTLY = 4, 0.8
"""A column has a form when so many of its amounts, and this share of them, are printed in it."""

_DIGIT, _ZERO = "[0-9๐-๙]", "[0๐]"

_CLEAN = str.maketrans(":;", ".,")
"""What a point and a comma are that a speck stands over."""


@dataclass(frozen=True, slots=True)
class AmountForm:
    """Whether thousands are set off by ``commas``, and whether ``satang`` follow (``16,000.00``).

    Where ``whole``, these are always ``.00``.
    """

    commas: bool
    satang: bool
    whole: bool = False

    @property
    def pattern(self) -> str:
        """A ``regex`` pattern of amounts in this form, for decoding; specks may stand over its points."""
        whole = rf"{_DIGIT}{{1,3}}(?:[,;]{_DIGIT}{{3}})*" if self.commas else rf"{_DIGIT}{{1,12}}"
        return whole + rf"[.:]{_ZERO if self.whole else _DIGIT}{{2}}" * self.satang

    def fits(self, text: str) -> bool:
        """Whether ``text`` is an amount in this form.

        >>> AmountForm(commas=True, satang=True).fits("๑๖,๐๐๐.๐๐")
        True
        >>> AmountForm(commas=True, satang=True).fits("๘๑,๐๐๐:๐๐")
        False
        """
        return text == text.translate(_CLEAN) and regex.fullmatch(self.pattern, text) is not None


_FORMS = tuple(
    AmountForm(commas, satang, whole)
    for commas in (True, False)
    for satang, whole in ((True, True), (True, False), (False, False))
)


def amount_form(cells: Sequence[Cell | None]) -> AmountForm | None:
    """The form in which the cells of a column print their amounts, or None if they have none in common.

    Zeros say nothing: ``0`` stands among ``16,000.00``.
    """
    texts = [squeeze(line.text) for cell in cells if cell is not None for line in unwrapped(cell.lines)]
    amounts = [text for text in texts if parse_amount(text)]
    for form in _FORMS:
        if sum(map(form.fits, amounts)) >= max(_FEWEST, _MOSTLY * len(amounts)):
            return form
    return None


def parse_dirty_amount(text: str) -> Decimal | None:
    """The amount that ``text`` is when specks over its points are left out.

    >>> parse_dirty_amount("๘๑,๐๐๐:๐๐")
    Decimal('81000.00')
    """
    return parse_amount(text.translate(_CLEAN))
