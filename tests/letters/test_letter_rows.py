"""Rows and passages: repaired text that still knows its place on the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letter_lattices import line_with_lattice
from letter_pages import line_of, page_of

from pipeline.letters.rows import Passage, Row, rows_of, span_confidence
from pipeline.letters.sheets import sheets_of
from pipeline.model import Line


def spread(left: str, right: str, gap: int) -> Line:
    """A line whose two parts stand ``gap`` body heights apart."""
    return line_with_lattice(left + " " + right, wide={len(left): 1.0 + 1.6 * gap})


def texts(line: Line) -> list[str]:
    return [row.text for row in rows_of(page_of(1, {}), [line])]


def test_line_across_two_columns_is_two_rows() -> None:
    assert texts(spread("ที่ มท ๐๘๑๐.๓/ว ๕", "กรมที่ดิน", 12)) == ["ที่ มท ๐๘๑๐.๓/ว ๕", "กรมที่ดิน"]


def test_gap_behind_a_label_is_a_tab_stop() -> None:
    assert texts(spread("ที่", "มท ๐๘๑๐.๓/ว ๕", 12)) == ["ที่ มท ๐๘๑๐.๓/ว ๕"]


def test_mark_in_the_margin_is_no_part_of_the_row() -> None:
    assert texts(spread("๑", "สิ่งที่ส่งมาด้วย", 5)) == ["๑", "สิ่งที่ส่งมาด้วย"]
    assert texts(spread("๑.", "สิ่งที่ส่งมาด้วย", 5)) == ["๑. สิ่งที่ส่งมาด้วย"]


def test_thai_lines_join_without_a_space_and_others_with_one() -> None:
    rows = [Row(1, line_of([0, 0, text]), text) for text in ("การจัดเก็บ", "เอกสาร", "(ฉบับที่ ๒)")]
    assert Passage.of(rows).text == "การจัดเก็บเอกสาร (ฉบับที่ ๒)"


def test_extent_finds_box_raw_text_and_confidence_of_a_part() -> None:
    line = line_with_lattice("ลงวันที่ ๗ ธันวาคม", {9: {"๙": 0.4}})
    passage = Passage.of([Row(1, line, line.text)])
    extent = passage.extent(9, 10)
    assert extent.raw == "๗"
    assert (extent.box.x0, extent.box.x1) == (line.characters[9].x0, line.characters[9].x1)
    assert abs(extent.confidence - 0.6) < 1e-9


def test_raw_text_is_that_of_the_page_where_repair_moved_characters() -> None:
    line = line_of([0, 0, "จํานวน ๑ ชุด"])
    (row,) = rows_of(page_of(1, {}), [line])
    assert row.text == "จำนวน ๑ ชุด"
    assert Passage.of([row]).extent(0, 5).raw == "จํานวน"


def test_label_is_left_out_of_a_passage() -> None:
    row = Row(2, line_of([0, 0, "เรื่อง การประชุม"]), "เรื่อง การประชุม")
    passage = Passage.of([row], skip=7)
    assert passage.text == "การประชุม"
    assert passage.extent().raw == "การประชุม"
    assert passage.place(0, 9) == (row, 7, 16)


def test_text_begins_at_its_first_sure_character() -> None:
    line = line_with_lattice("ว กรมที่ดิน", {0: {"": 0.45}})
    assert Row(1, line, line.text).left == line.characters[2].x0
    plain = line_of([100, 0, "กรมที่ดิน"])
    assert Row(1, plain, plain.text).left == plain.box.x0


def test_part_of_a_row_shares_its_doubt_of_left_out_characters() -> None:
    line = line_with_lattice("มท ๐๘๑๐/ว ๑๕๓")
    sure, unsure = (Row(1, replace(line, confidence=chance), line.text) for chance in (0.99, 0.5))
    whole = [span_confidence(row, 0, len(line.text)) for row in (sure, unsure)]
    assert whole == [pytest.approx(0.99), pytest.approx(0.5)]
    assert span_confidence(unsure, 10, 13) == pytest.approx(0.5 ** (3 / 13))


def test_page_full_of_specks_keeps_its_words_only() -> None:
    specks = tuple(replace(line_of([90 * at, 30, "•"]), body_height=6.0) for at in range(9))
    words = (line_of([100, 100, "ขอแสดงความนับถือ"]), line_of([100, 200, "กรมที่ดิน"]))
    (sheet,) = sheets_of(replace(page_of(1, {}), lines=(*specks, *words)))
    assert [row.text for row in sheet.rows] == ["ขอแสดงความนับถือ", "กรมที่ดิน"]
