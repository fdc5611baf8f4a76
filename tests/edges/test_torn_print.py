"""Torn print is read again at the sizes that it may have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.model import Box, Character, GreyImage, Ink, Line, LineRegion
from pipeline.torn_print import reread_torn

PAGE = np.full((200, 800), 255, np.uint8)
SIZE = 26.0


def region(body: float) -> LineRegion:
    return LineRegion(Box(100, 60, 700, 100), 90.0, 90.0, body, Ink.PRINT)


def line(text: str, sure: float, body: float) -> Line:
    characters = tuple(Character(char, sure, 0.0, 1.0) for char in text)
    return Line(text, Box(100, 60, 700, 100), sure ** len(text), characters, body_height=body)


class Reader:
    """Reads well what is framed as large as the print is, on its baseline; remembers what it read."""

    name, version = "test", "1"

    def __init__(self, foot: float) -> None:
        self.foot = foot
        self.read_again: list[LineRegion] = []

    def read(self, image: GreyImage, regions: Sequence[LineRegion]) -> tuple[Line, ...]:
        self.read_again += regions
        return tuple(self._line(region) for region in regions)

    def _line(self, region: LineRegion) -> Line:
        fits = abs(region.body_height - SIZE) < 1 and abs(region.baseline_left - self.foot) < 2
        return line("เรียน อธิบดี" if fits else "!²eฯ ลริเดร", 0.9 if fits else 0.5, region.body_height)


def test_torn_line_is_read_as_large_as_the_print_of_its_page() -> None:
    legible, torn = line("ด้วยกรมที่ดิน", 0.99, SIZE), line("!²eฯ ลริ", 0.5, 13.0)
    kept = reread_torn(Reader(94.0), PAGE, [region(SIZE), region(13.0)], [legible, torn])
    assert [(held.text, held.body_height) for held in kept] == [
        ("ด้วยกรมที่ดิน", SIZE),
        ("เรียน อธิบดี", SIZE),
    ]


def test_torn_line_of_a_page_without_legible_print_is_read_taller_than_what_is_left_of_it() -> None:
    (kept,) = reread_torn(Reader(90.0), PAGE, [region(19.2)], [line("!²eฯ ลริ", 0.5, 19.2)])
    assert kept.text == "เรียน อธิบดี"


def test_line_taken_for_too_large_by_what_crosses_it_is_read_as_the_print_of_its_page() -> None:
    legible, crossed = line("ด้วยกรมที่ดิน", 0.99, SIZE), line("!²eฯ ลริ", 0.5, 50.0)
    _, kept = reread_torn(Reader(90.0), PAGE, [region(SIZE), region(50.0)], [legible, crossed])
    assert (kept.text, kept.body_height) == ("เรียน อธิบดี", SIZE)


def test_line_that_reads_no_better_at_any_size_stays_as_it_was_read() -> None:
    scrawl = line("๘ท่-ง", 0.49, 13.0)
    assert reread_torn(Reader(400.0), PAGE, [region(13.0)], [scrawl]) == (scrawl,)


def test_legible_lines_are_read_once() -> None:
    reader = Reader(90.0)
    reread_torn(reader, PAGE, [region(SIZE)], [line("ด้วยกรมที่ดิน", 0.99, SIZE)])
    assert reader.read_again == []
