"""Spots of dirt that layout framed as lines, told from short writing."""

from __future__ import annotations

from pipeline.model import Box, Character, Line
from pipeline.ocr import without_dirt

PLACE = Box(0, 0, 100, 40)


def line(text: str, confidence: float) -> Line:
    characters = tuple(Character(sign, confidence, 0, 10) for sign in text)
    return Line(text, PLACE, confidence ** max(1, len(text)), characters)


PRINT = [line("ที่ มท ๐๘๑๐.๓/ว ๒๙๒๗", 0.97), line("๒", 0.99)]
SPOTS = [line("๑", 0.6), line("", 0.8), line("3 ี", 0.7)]


def test_spots_go_from_a_dirty_page_and_print_stays() -> None:
    assert without_dirt([*SPOTS * 4, *PRINT, *SPOTS]) == tuple(PRINT)


def test_what_reads_as_nothing_goes_with_them() -> None:
    assert without_dirt([*SPOTS * 4, *PRINT, line("° ๓๗๕๙๗ ม ๒", 0.4)]) == tuple(PRINT)


def test_a_few_doubtful_notes_stay() -> None:
    page = [*SPOTS, *PRINT, line("ทราบ", 0.4)]
    assert without_dirt(page) == tuple(page)


def test_the_item_numbers_of_a_long_list_stay() -> None:
    page = [line("๑.", 0.8), *PRINT] * 14
    assert without_dirt(page) == tuple(page)
