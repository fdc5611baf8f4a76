"""Receive stamps: found between a letter's lines, taken out of them, and never its number or date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from letter_lattices import line_with_lattice
from letter_pages import line_of, page_of

from pipeline.letters import read_documents
from pipeline.letters.rows import Row, rows_of
from pipeline.letters.stamp_regions import outside_stamps, region_stamps
from pipeline.letters.stamps import take_stamps
from pipeline.letters.timeline import TRUSTED_STAMP
from pipeline.model import Box, Stamp, StampShape, StampText


def transcript_rows(*texts: str) -> tuple[Row, ...]:
    lines = [[0, 30 * index, text] for index, text in enumerate(texts) if text]
    return rows_of(page_of(1, {"engine": "transcript"}), [line_of(line, "transcript") for line in lines])


def left(rows: tuple[Row | None, ...]) -> list[str]:
    return [row.text for row in rows if row is not None]


def test_stamp_is_read_and_its_rows_are_gone() -> None:
    taken = take_stamps(transcript_rows("กองคลัง", "เลขรับ 77/2564", "วันที่ 3 มี.ค. 2564", "เวลา 9.05 น."))
    (stamp,) = taken.stamps
    assert (stamp.office, stamp.received_number) == ("กองคลัง", "77/2564")
    assert (stamp.received_date, stamp.received_time) == ("2021-03-03", "09:05")
    assert left(taken.rows) == []


def test_stamp_between_labels_leaves_the_labels() -> None:
    taken = take_stamps(
        transcript_rows(
            "กองช่าง", "", "เรื่อง ขอเชิญประชุม", "", "เลขรับ 12", "", "เรียน นายอำเภอ", "", "วันที่ ๕ พ.ค. ๖๓"
        )
    )
    (stamp,) = taken.stamps
    assert (stamp.office, stamp.received_number, stamp.received_date) == ("กองช่าง", "12", "2020-05-05")
    assert left(taken.rows) == ["เรื่อง ขอเชิญประชุม", "เรียน นายอำเภอ"]


def test_text_read_on_behind_a_stamp_is_kept() -> None:
    taken = take_stamps(transcript_rows("กรมป่าไม้", "เลขรับ 5", "เวลาสำนักงาน ก.ท."))
    assert left(taken.rows) == ["สำนักงาน ก.ท."]


def test_empty_stamp_stays_empty() -> None:
    taken = take_stamps(transcript_rows("กองคลัง", "เลขรับ......", "วันที่........", "เวลา........"))
    (stamp,) = taken.stamps
    assert (stamp.received_number, stamp.received_date, stamp.received_time) == (None, None, None)


def test_address_with_a_house_number_is_no_stamp() -> None:
    assert take_stamps(transcript_rows("ที่ว่าการอำเภอ", "เลขที่ ๙ หมู่ ๓ ถนนราษฎร์ดำเนิน")).stamps == ()


def test_stamp_lines_never_become_number_or_date() -> None:
    page = page_of(
        1,
        {
            "lines": [
                [900, 150, "ศาลากลางจังหวัดตรัง"],
                [900, 180, "เลขรับ ๙๙๑๒"],
                [900, 210, "วันที่ ๑ เม.ย. ๒๕๖๔"],
                [170, 260, "ที่ มท ๐๘๐๙.๒/"],
                [800, 260, "กรมส่งเสริมการปกครองท้องถิ่น"],
                [600, 340, "มีนาคม ๒๕๖๔"],
                [170, 400, "เรื่อง ขอส่งเอกสารเพิ่มเติม"],
                [170, 450, "เรียน ผู้ว่าราชการจังหวัดตรัง"],
                [270, 520, "ตามที่ได้แจ้งไว้แล้วนั้น ขอส่งเอกสารเพิ่มเติมมาเพื่อโปรดทราบ"],
                [620, 640, "ขอแสดงความนับถือ"],
            ]
        },
    )
    (document,) = read_documents([page])
    assert document.letter is not None
    assert (document.letter.number, document.letter.agency_code) == (None, "มท 0809.2")
    assert document.letter.date == "2021-03"
    assert document.letter.needs_review
    assert [stamp.received_number for stamp in document.stamps] == ["9912"]


def box_stamp(*lines: list[Any], shape: str = "receive_box") -> tuple[Stamp, ...]:
    page = page_of(1, {"stamps": [{"shape": shape, "box": [880, 60, 1200, 260], "lines": list(lines)}]})
    return region_stamps(page)


def test_label_and_value_on_one_level_are_joined() -> None:
    (stamp,) = box_stamp(
        [900, 80, "กรมป่าไม้"],
        [900, 120, "เลขรับ....."],
        [1050, 118, "๕๔๙๙๘"],
        [1040, 158, "๒๕ พ.ย. ๒๕๖๔"],
        [900, 160, "วันที่"],
        [900, 200, "เวลา ๑๔.๑๘ น."],
    )
    assert (stamp.office, stamp.received_number) == ("กรมป่าไม้", "54998")
    assert (stamp.received_date, stamp.received_time) == ("2021-11-25", "14:18")


def test_labels_of_a_stamp_are_known_with_slips() -> None:
    (stamp,) = box_stamp(
        [900, 80, "กองคลัง"], [900, 120, "เสขรับ 12"], [900, 160, "วันที 3 ม.ค. 2564"], [900, 200, "วลา 8.05 น."]
    )
    assert (stamp.received_number, stamp.received_date, stamp.received_time) == ("12", "2021-01-03", "08:05")


def test_misread_office_of_a_stamp_is_settled() -> None:
    (stamp,) = box_stamp([900, 80, "กรมส่งเสริมกรปกครองท้องถิน"], [900, 120, "เลขรับ 12"])
    assert stamp.office == "กรมส่งเสริมการปกครองท้องถิ่น"


def test_other_mark_is_no_receive_stamp() -> None:
    assert box_stamp([900, 80, "ด่วนที่สุด"], shape="other") == ()


def test_time_that_no_clock_shows_is_not_taken() -> None:
    (stamp,) = box_stamp([900, 80, "กองคลัง"], [900, 120, "เลขรับ 12"], [900, 160, "เวลา 27.70 น."])
    assert stamp.received_time is None
    (taken,) = take_stamps(transcript_rows("กองคลัง", "เลขรับ 12", "วันที่ 3 มี.ค. 2564", "เวลา 45.80 น.")).stamps
    assert taken.received_time is None


def scanned_rows(*lines: list[Any]) -> tuple[Row, ...]:
    page = page_of(1, {"lines": list(lines)})
    return rows_of(page, page.lines)


def test_values_parted_from_their_labels_are_joined_without_a_frame() -> None:
    taken = take_stamps(
        scanned_rows(
            [900, 80, "กรมป่าไม้"],
            [900, 115, "เลขที่รับ"],
            [1030, 117, "18837"],
            [900, 150, "วันที่"],
            [980, 152, "๗ ธันวาคม ๒๕๕๓"],
            [900, 185, "เวลา"],
            [980, 183, "๑๓.๓๕ น."],
        )
    )
    (stamp,) = taken.stamps
    assert (stamp.office, stamp.received_number) == ("กรมป่าไม้", "18837")
    assert (stamp.received_date, stamp.received_time) == ("2010-12-07", "13:35")
    assert left(taken.rows) == []


def test_label_of_an_address_is_not_joined_with_it() -> None:
    taken = take_stamps(scanned_rows([900, 80, "เลขที่"], [980, 80, "9 ถนนพหลโยธิน"]))
    assert "9 ถนนพหลโยธิน" in left(taken.rows)


def test_values_whose_labels_are_unread_are_known_by_their_form() -> None:
    (stamp,) = box_stamp(
        [900, 80, "กองคลัง"], [980, 120, "12683"], [980, 160, "25 ก.พ. 2547"], [980, 200, "11.11 น."]
    )
    assert (stamp.office, stamp.received_number) == ("กองคลัง", "12683")
    assert (stamp.received_date, stamp.received_time) == ("2004-02-25", "11:11")
    assert stamp.confidence <= 0.8


def test_a_stamp_whose_date_took_a_guess_is_not_trusted() -> None:
    (stamp,) = take_stamps(transcript_rows("กองคลัง", "เลขรับ 77", "วันที่ 3 มี.ค. 21")).stamps
    assert (stamp.received_date, stamp.confidence < TRUSTED_STAMP) == ("1978-03-03", True)
    (boxed,) = box_stamp([900, 80, "กองคลัง"], [900, 120, "เลขรับ 12"], [900, 160, "วันที่ 3 ม.ค. 21"])
    assert (boxed.received_date, boxed.confidence < TRUSTED_STAMP) == ("1978-01-03", True)


@pytest.mark.parametrize(("gap", "text"), [(8, "เรียน อธิบดีกรมที่ดิน"), (1, "เรียน อธิบดีกรมที่ดิน ก๓ร")])
def test_line_ends_before_ink_of_a_stamp_that_stands_apart_from_it(gap: float, text: str) -> None:
    read = "เรียน อธิบดีกรมที่ดิน ก๓ร"
    line = line_with_lattice(read, wide={read.index(" ก๓"): gap})
    frame = Box(line.characters[read.index("ก๓")].x0 - 5, 200, 1200, 300)
    stamp = StampText(frame, StampShape.RECEIVE_BOX, ())
    (outside,) = outside_stamps(replace(page_of(1, {}), lines=(line,), stamps=(stamp,)))
    assert outside.text.strip() == text
