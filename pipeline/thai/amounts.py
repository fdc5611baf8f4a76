"""Amounts of money (จำนวนเงิน) as plan tables print them."""

from __future__ import annotations

from decimal import Decimal

import regex

from pipeline.thai.digits import ANY_DIGIT, to_arabic


def amount_pattern() -> str:
    """A ``regex`` pattern for an amount as printed, without lookaround, for decoding under a grammar.

    Matches ``๑๐,๐๐๐.๐๐``, ``41,000.00``, ``16000`` and ``0.00``, but no wrong grouping such as ``1,00``.
    """
    digit = ANY_DIGIT
    return rf"(?:{digit}{{1,3}}(?:,{digit}{{3}})+|{digit}{{1,12}})(?:\.{digit}{{2}})?"


_AMOUNT = regex.compile(rf"(?P<amount>{amount_pattern()})(?:บาท|\.-|-)?")


def parse_amount(text: str) -> Decimal | None:
    """The amount in baht that ``text`` is, or None where it is no amount; ``-`` (nothing) is None too.

    Spaces are ignored, and ``บาท`` or the ``.-`` of hand-written sums may follow.

    >>> parse_amount("๑๐,๐๐๐.๐๐")
    Decimal('10000.00')
    >>> parse_amount("41,000.00 บาท")
    Decimal('41000.00')
    >>> parse_amount("๕๐๐.-")
    Decimal('500')
    >>> parse_amount("-"), parse_amount("๑,๐๐"), parse_amount("ไม่ใช้งบประมาณ")
    (None, None, None)
    """
    match = _AMOUNT.fullmatch(regex.sub(r"\s+", "", text))
    return Decimal(to_arabic(match["amount"]).replace(",", "")) if match else None
