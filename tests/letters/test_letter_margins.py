"""What stands beside and around the values of a head: emblems, specks, room for what is written in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from letter_lattices import line_with_lattice
from letter_pages import page_of

from pipeline.letters import read_documents
from pipeline.letters.own_number import number_at
from pipeline.letters.rows import Row
from pipeline.model import Box, Character, Letter, Line

LEFT = 170


def letter_of(lines: list[list[Any]]) -> Letter:
    (document,) = read_documents([page_of(1, {"lines": lines})])
    assert document.letter is not None
    return document.letter


def external(*office: str, recipient: str = "ผู้อำนวยการสำนัก") -> list[list[Any]]:
    return [
        [LEFT, 260, "ที่ ศก ๐๐๒๓.๑๘/ว ๒๒"],
        *([800, 260 + 35 * at, text] for at, text in enumerate(office)),
        [560, 370, "๒๒ กุมภาพันธ์ ๒๕๖๖"],
        [LEFT, 410, "เรื่อง การตรวจเยี่ยม"],
        [LEFT, 460, f"เรียน {recipient}"],
        [270, 540, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงเรียนมาเพื่อทราบ"],
    ]


@pytest.mark.parametrize("foot", ["44 ", "7๕ ", "24 ,", "7๕ • ", ""])
def test_foot_of_the_emblem_is_no_house_number_before_an_office(foot: str) -> None:
    letter = letter_of(external(f"{foot}โรงพยาบาลวังทอง", "๑๒ ถนนมิตรภาพ นบ ๑๑๐๐๐"))
    assert (letter.sender, letter.sender_address) == ("โรงพยาบาลวังทอง", "๑๒ ถนนมิตรภาพ นบ ๑๑๐๐๐")


def test_seat_of_several_offices_is_the_address_of_the_one_above_it() -> None:
    letter = letter_of(external("สำนักงานคลังจังหวัดตรัง", "ศาลากลางจังหวัดตรัง ถนนพัทลุง", "ตง ๙๒๐๐๐"))
    assert letter.sender == "สำนักงานคลังจังหวัดตรัง"
    assert letter.sender_address == "ศาลากลางจังหวัดตรัง ถนนพัทลุง ตง ๙๒๐๐๐"
    assert letter_of(external("ศาลากลางจังหวัดตรัง", "ถนนพัทลุง ตง ๙๒๐๐๐")).sender == "ศาลากลางจังหวัดตรัง"


@pytest.mark.parametrize(
    ("printed", "recipient"), [("ประธาน ก.ท.", "ประธาน ก.ท."), ("นายอำเภอทุกอำเภอ .", "นายอำเภอทุกอำเภอ")]
)
def test_last_dot_of_an_abbreviation_belongs_to_it(printed: str, recipient: str) -> None:
    assert letter_of(external("กรมป่าไม้", recipient=printed)).recipient == recipient


@pytest.mark.parametrize("title", ["ด่วนที่สุดบันทึกข้อความ", "ดวนที่สดบันทึกข้อความ", "ด่วนที่สุดันทึกข้อความ"])
def test_urgency_that_touches_the_title_of_a_memo(title: str) -> None:
    letter = letter_of(
        [
            [430, 150, title],
            [LEFT, 240, "ส่วนราชการ กองคลัง โทร. ๒๓๔๕"],
            [LEFT, 285, "ที่ กค ๐๔๐๕.๒/๑๑๐๙ วันที่ ๕ สิงหาคม ๒๕๖๗"],
            [LEFT, 330, "เรื่อง ขออนุมัติจัดซื้อ"],
            [LEFT, 375, "เรียน ผู้อำนวยการกองคลัง"],
            [270, 430, "ด้วยกองคลังมีความจำเป็นต้องจัดซื้อชั้นวางแฟ้มเอกสารจำนวน ๑๒ ชั้น เพื่อใช้ในราชการ"],
        ]
    )
    assert letter.urgency == "ด่วนที่สุด"


def test_room_left_for_the_day_of_an_announcement_does_not_part_it_from_its_label() -> None:
    lines = [
        [480, 150, "ประกาศกรมป่าไม้"],
        [440, 190, "เรื่อง การตรวจเยี่ยมหน่วยงาน"],
        [270, 260, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงประกาศมาเพื่อทราบทั่วกัน"],
    ]
    page = page_of(1, {"lines": lines})
    announced = with_room("ประกาศ ณ วันที่", "๑๖ มกราคม พ.ศ. ๒๕๖๐", at=360.0, room=200.0)
    (document,) = read_documents([replace(page, lines=(*page.lines, announced))])
    assert document.letter is not None
    assert document.letter.date == "2017-01-16"


def test_subject_of_an_announcement_ends_where_a_paragraph_begins() -> None:
    lines = [
        [480, 150, "ประกาศกรมป่าไม้"],
        [400, 182, "เรื่อง การตรวจเยี่ยมหน่วยงานในสังกัดของ"],
        [440, 214, "สำนักและกองในส่วนกลาง"],
        [290, 246, "ตูามที่กรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัดให้ครบ"],
        [LEFT, 278, "ทุกแห่งภายในปีงบประมาณนี้ จึงประกาศให้ทราบโดยทั่วกัน"],
    ]
    subject = "การตรวจเยี่ยมหน่วยงานในสังกัดของสำนักและกองในส่วนกลาง"
    assert letter_of(lines).subject == subject


def with_room(label: str, value: str, at: float, room: float) -> Line:
    """A line with ``room`` pixels between its label and its value."""
    characters: list[Character] = []
    for text, start in ((f"{label} ", 270.0), (value, 270.0 + 10 * len(label) + room)):
        characters += [Character(c, 0.99, start + 10 * i, start + 10 * i + 10) for i, c in enumerate(text)]
    box = Box(270.0, at - 11, characters[-1].x1, at + 22)
    return Line(f"{label} {value}", box, 0.99, tuple(characters), None, body_height=16.0, engine="neural")


def test_last_digit_at_the_edge_of_the_ink_is_not_lost() -> None:
    line = line_with_lattice("ลต ๐๐๐๓.๑/ว ๑๓๘๔")
    narrow = replace(line, box=replace(line.box, x1=line.box.x1 - 9))
    found = number_at(Row(1, narrow, narrow.text), 0, len(narrow.text))
    assert (found.evidence.value, found.evidence.alternatives) == ("ลต 0003.1/ว 1384", ())


def test_day_written_off_the_baseline_is_joined_to_its_month() -> None:
    lines = external("กรมป่าไม้")
    lines[2:3] = [[560, 346, "๙"], [600, 370, "กุมภาพันธ์ ๒๕๖๖"]]
    letter = letter_of(lines)
    assert letter.date == "2023-02-09"
    assert letter.needs_review


def test_urgency_before_the_number_on_its_row() -> None:
    lines = external("กรมป่าไม้")
    lines[0] = [LEFT, 260, "ด่วนที่สุด ที่ ทส ๑๖๐๑/ว ๗๗"]
    letter = letter_of(lines)
    assert (letter.urgency, letter.number, letter.sender) == ("ด่วนที่สุด", "ทส 1601/ว 77", "กรมป่าไม้")


def test_day_and_half_a_month_that_were_read_beside_the_month() -> None:
    lines = external("กรมป่าไม้")
    lines[2:3] = [[552, 355, "๒๕ มิ"], [592, 370, "มิถุนายน ๒๕๖๘"]]
    letter = letter_of(lines)
    assert letter.date == "2025-06-25"
    assert letter.needs_review


@pytest.mark.parametrize(
    ("phone", "below", "sender"),
    [("โทร. ๐ ๗๕๖๑", "๑๙๑๐", "กองคลัง โทร. ๐ ๗๕๖๑ ๑๙๑๐"), ("โทร. ๒๓๔๕", "๗", "กองคลัง โทร. ๒๓๔๕")],
)
def test_telephone_of_a_memo_goes_on_in_the_next_row(phone: str, below: str, sender: str) -> None:
    letter = letter_of(
        [
            [430, 150, "บันทึกข้อความ"],
            [LEFT, 240, f"ส่วนราชการ กองคลัง {phone}"],
            [LEFT + 110, 265, below],
            [LEFT, 290, "ที่ กค ๐๔๐๕.๒/๑๑๐๙ วันที่ ๕ สิงหาคม ๒๕๖๗"],
            [LEFT, 330, "เรื่อง ขออนุมัติจัดซื้อ"],
            [LEFT, 375, "เรียน ผู้อำนวยการกองคลัง"],
            [270, 430, "ด้วยกองคลังมีความจำเป็นต้องจัดซื้อชั้นวางแฟ้มเอกสารจำนวน ๑๒ ชั้น เพื่อใช้ในราชการ"],
        ]
    )
    assert (letter.sender, letter.number) == (sender, "กค 0405.2/1109")


@pytest.mark.parametrize(
    ("below", "sender"), [("ถนนมิตรภาพ ขก ๔๐๐๐๐", "มหาวิทยาลัยขอนแก่น"), ("เลขรับ ๑๒๓", None)]
)
def test_office_over_its_address_above_the_number_is_the_sender(below: str, sender: str | None) -> None:
    head = [[200, 40, "กรมป่า"], [280, 120, "มหาวิทยาลัยขอนแก่น"], [320, 150, below]]
    assert letter_of([*head, *external()]).sender == sender


def test_date_behind_a_wide_gap_is_that_of_the_announcement() -> None:
    lines = [
        [480, 150, "ประกาศกรมป่าไม้"],
        [460, 190, "เรื่อง การตรวจเยี่ยม"],
        [270, 260, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงประกาศมาเพื่อทราบทั่วกัน"],
        [330, 360, "ประกาศ ณ วันที่"],
        [800, 358, "๒ ตุลาคม ๒๕๖๒"],
    ]
    (document,) = read_documents([page_of(1, {"lines": lines})])
    assert document.letter is not None
    assert document.letter.date == "2019-10-02"


def test_centred_lines_of_a_subject_may_be_about_equally_wide() -> None:
    subject = [
        "เรื่อง ซักซ้อมความเข้าใจเกี่ยวกับการประชุมคณะกรรมการชุด",
        "บริหารความเสี่ยง ครั้งที่ ๑๑/๒๕๕๒ ตามมติคณะรัฐมนตรี เมื่อ",
        "วันที่ ๑๐ ตุลาคม ๒๕๕๒ และการติดตามผลการดำเนินงานใน",
    ]
    lines = [
        [520, 150, "ประกาศกรมป่าไม้"],
        [380, 190, subject[0]],
        [365, 230, subject[1]],
        [360, 270, subject[2]],
        [560, 310, "ระดับพื้นที่"],
        [270, 380, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงประกาศมาเพื่อทราบทั่วกัน"],
    ]
    (document,) = read_documents([page_of(1, {"lines": lines})])
    assert document.letter is not None
    assert (document.letter.subject or "").endswith("ระดับพื้นที่")
