"""Transcripts become pages with lines, gaps, tables and ticks."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import MediaType, Page, SourceFile, Table
from pipeline.pages import read_transcript

TICKED = '<input type="checkbox" checked>'


def read(folder: Path, text: str, page_break: str | None = None, encoding: str = "utf-8") -> tuple[Page, ...]:
    path = folder / "transcript.txt"
    path.write_bytes(text.encode(encoding))
    source = SourceFile(path, "0" * 64, MediaType.TEXT, path.stat().st_size, 1, encoding)
    return read_transcript(source, page_break)


def row(table: Table, number: int) -> list[str | bool | None]:
    """Text of a cell, or its tick, or None where it has neither."""
    cells = sorted((cell for cell in table.cells if cell.row == number), key=lambda cell: cell.column)
    return [cell.tick.present if cell.tick else cell.text or None for cell in cells]


def test_lines_and_the_gaps_between_them(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "\n\nที่ มท ๐๘๑๐.๓\n\n\n  เรื่อง แจ้งให้ทราบ  \r\nเรียน นายอำเภอ")
    assert [line.text for line in page.lines] == ["ที่ มท ๐๘๑๐.๓", "เรื่อง แจ้งให้ทราบ", "เรียน นายอำเภอ"]
    assert [line.box.y0 for line in page.lines] == [60.0, 150.0, 180.0]
    assert all(line.box.height == 30.0 and line.confidence == 1.0 for line in page.lines)
    assert page.lines[1].box.x0 > page.lines[2].box.x0
    assert page.width >= max(line.box.x1 for line in page.lines)
    assert page.height >= 210


def test_form_feeds_and_page_breaks(tmp_path: Path) -> None:
    pages = read(tmp_path, "one\ftwo\n=== PAGE ===\nthree\f\ffive\f", "=== PAGE ===")
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    assert [[line.text for line in page.lines] for page in pages] == [
        ["one"],
        ["two"],
        ["three"],
        [],
        ["five"],
    ]


@pytest.mark.parametrize("encoding", ["cp874", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (page,) = read(tmp_path, "เลขที่ ๔๖๗๘๙", encoding=encoding)
    assert page.lines[0].text == "เลขที่ ๔๖๗๘๙"


def test_signs_that_are_no_text_go(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "ที่ มท ๐๘๑๐.๓\vเรื่อง\x1b แจ้ง\x85เรียน นายอำเภอ\x1a")
    assert [line.text for line in page.lines] == ["ที่ มท ๐๘๑๐.๓", "เรื่อง แจ้ง", "เรียน นายอำเภอ"]


def test_a_table_stands_in_its_place(tmp_path: Path) -> None:
    text = "แผนปฏิบัติการ\n\nลำดับ\tรายการ\tไตรมาส\t\n\t\t1\t2\n1\tโครงการ\t\tx\n** หมายเหตุ"
    (page,) = read(tmp_path, text)
    (table,) = page.tables
    assert [line.text for line in page.lines] == ["แผนปฏิบัติการ", "** หมายเหตุ"]
    assert (table.rows, table.columns, table.ruled) == (3, 4, False)
    assert row(table, 0) == ["ลำดับ", "รายการ", "ไตรมาส", None]
    assert row(table, 1) == [None, None, "1", "2"]
    assert page.lines[0].box.y1 < table.box.y0
    assert table.box.y1 <= page.lines[1].box.y0
    assert len(table.cells) == 12


def test_ticks_in_every_spelling(tmp_path: Path) -> None:
    marks = [
        TICKED,
        '<input checked="" type="checkbox"/>',
        "<INPUT CHECKED TYPE=checkbox />",
        "☑",
        "✓",
        "✔",
        "☒",
        "[x]",
        "[X]",
    ]
    empty = ['<input type="checkbox"/>', '<input data-checked="no" type="checkbox">', "☐", "[ ]"]
    text = "\n".join(f"{number}\t{mark}" for number, mark in enumerate(marks + empty))
    (page,) = read(tmp_path, text)
    assert [row(page.tables[0], number)[1] for number in range(len(marks + empty))] == [True] * len(marks) + [
        False
    ] * len(empty)


def test_empty_cells_are_ticks_left_out_only_among_ticked_rows(tmp_path: Path) -> None:
    text = f"ที่\tชื่อ\t1\t2\n\t\tก\t\n1\tก\t{TICKED}\t\n2\tข\t\t\n3\tค\t\t{TICKED}\nรวมทั้งสิ้น\t\t1\n"
    table = read(tmp_path, text)[0].tables[0]
    assert row(table, 1) == [None, None, "ก", None]
    assert row(table, 2) == ["1", "ก", True, False]
    assert row(table, 3) == ["2", "ข", False, False]
    assert row(table, 4) == ["3", "ค", False, True]
    assert row(table, 5) == ["รวมทั้งสิ้น", None, "1", None]


def test_a_short_row_ends_in_empty_cells(tmp_path: Path) -> None:
    table = read(tmp_path, "ก\tข\tค\nรวม\t3\n")[0].tables[0]
    assert row(table, 1) == ["รวม", "3", None]


def test_an_input_that_is_no_checkbox_stays_text(tmp_path: Path) -> None:
    table = read(tmp_path, 'ก\t<input type="text" checked>\n')[0].tables[0]
    assert row(table, 0) == ["ก", '<input type="text" checked>']
