"""Fields of a head in less usual forms: seals, memos with unread labels, digits written beside print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from letter_pages import BODY, line_of, page_of

from pipeline.letters import read_documents
from pipeline.model import Box, Character, Document, Ink, Letter, LetterForm, Line, Rule

LEFT = 170


def read(lines: list[list[Any]], **more: Any) -> Document:
    (document,) = read_documents([page_of(1, {"lines": lines, **more})])
    return document


def letter_of(document: Document) -> Letter:
    assert document.letter is not None
    return document.letter


def stamped(*more: list[Any]) -> list[list[Any]]:
    return [
        [LEFT, 260, "ที่ ทส ๑๖๐๑/๗๗"],
        [LEFT, 320, "ถึง สำนักจัดการทรัพยากรป่าไม้ ทุกแห่ง"],
        [270, 380, "กรมป่าไม้ จึงขอแจ้งให้ทราบว่าได้ปรับปรุงแบบรายงานประจำเดือนแล้ว"],
        *more,
        [LEFT, 900, "กองแผนงาน"],
        [LEFT, 935, "โทร. ๐ ๒๕๖๑ ๔๒๙๒"],
    ]


def test_office_that_alone_was_read_where_the_seal_stands_is_the_sender() -> None:
    assert letter_of(read(stamped([640, 560, "ศาลากลางจังหวัดนครราชสีมา"]))).sender == "ศาลากลางจังหวัดนครราชสีมา"
    assert letter_of(read(stamped([LEFT, 560, "ศาลากลางจังหวัดนครราชสีมา"]))).sender == "กรมป่าไม้"


def test_piece_of_two_names_of_the_agency_code_is_the_shorter_one_for_review() -> None:
    lines = stamped()
    lines[0] = [LEFT, 260, "ที่ นร ๐๑๐๕/๓๓๑"]
    seal = {"shape": "seal", "box": [620, 520, 820, 720], "lines": [[640, 580, "นักนายกรัฐมพต"]]}
    document = read(lines, stamps=[seal])
    assert letter_of(document).sender == "สำนักนายกรัฐมนตรี"
    assert "sender_doubtful" in {issue.code for issue in document.issues}


def test_seal_that_cannot_be_read_leaves_the_office_that_speaks() -> None:
    letter = letter_of(read(stamped()))
    assert letter.sender == "กรมป่าไม้"
    assert (letter.date, letter.subject) == (None, None)
    assert letter.needs_review


def test_stamped_letter_is_one_though_an_urgency_lies_over_its_number() -> None:
    lines = stamped()
    lines[0] = [LEFT, 260, "ที่ ทส สด่วนที่สุด๔", 0.1]
    letter = letter_of(read(lines))
    assert (letter.form, letter.number, letter.urgency) == (LetterForm.STAMPED, None, "ด่วนที่สุด")
    assert letter.needs_review


@pytest.mark.parametrize(("number", "doubtful"), [("ทส ๑๖๐๑/๗๗", False), ("กค ๐๔๐๕/๗๗", True)])
def test_office_that_speaks_is_surer_where_the_agency_code_stands_for_it(number: str, doubtful: bool) -> None:
    lines = [[x, y, text.replace("ทส ๑๖๐๑/๗๗", number)] for x, y, text in stamped()]
    document = read(lines)
    assert letter_of(document).sender == "กรมป่าไม้"
    assert ("sender_doubtful" in {issue.code for issue in document.issues}) == doubtful


def test_lines_across_a_seal_are_office_and_date() -> None:
    letter = letter_of(read(stamped([640, 560, "กรมป่าไม้"], [620, 600, "๔ สิงหาคม ๒๕๖๕"])))
    assert (letter.sender, letter.date) == ("กรมป่าไม้", "2022-08-04")


def test_date_in_a_seal_with_one_digit_of_its_year_unread_is_for_review() -> None:
    letter = letter_of(read(stamped([640, 560, "กรมป่าไม้"], [620, 600, "๔ สิงหาคม @๕๖๕"])))
    assert (letter.date, letter.date_raw) == ("2022-08-04", "๔ สิงหาคม @๕๖๕")
    assert letter.needs_review


def test_office_printed_wider_than_its_seal_is_read_whole() -> None:
    seal = {"shape": "seal", "box": [620, 520, 820, 720], "lines": [[660, 580, "โยธาธิการและผั"]]}
    letter = letter_of(read(stamped([560, 580, "กรมโยธาธิการและผังเมือง"]), stamps=[seal]))
    assert letter.sender == "กรมโยธาธิการและผังเมือง"


def test_piece_of_an_office_in_a_seal_is_completed_by_the_agency_code() -> None:
    lines = stamped()
    lines[0] = [LEFT, 260, "ที่ กบ ๐๐๑๗.๒/ว ๓๑๕"]
    for piece in ("กลางจังหวัดกระ", "กลางจ้งหวัดกระ"):
        seal = {"shape": "seal", "box": [620, 520, 820, 720], "lines": [[660, 580, piece, 0.3]]}
        document = read(lines, stamps=[seal])
        assert letter_of(document).sender == "ศาลากลางจังหวัดกระบี่"
        assert "sender_doubtful" not in {issue.code for issue in document.issues}


def test_memo_whose_labels_are_unread_is_read_by_its_places() -> None:
    document = read(
        [
            [520, 150, "บันทึกข้อความ"],
            [LEFT, 240, "ส่วนราชการ กองคลัง โทร. ๒๓๔๕"],
            [LEFT, 285, "fi กค ๐๔๐๕.๒/๑๑๐๙"],
            [640, 285, "Sui ๕ สิงหาคม ๒๕๖๗"],
            [LEFT, 330, "เรื่อง ขออนุมัติจัดซื้อ"],
            [LEFT, 375, "เรียน ผู้อำนวยการกองคลัง"],
            [270, 430, "ด้วยกองคลังมีความจำเป็นต้องจัดซื้อชั้นวางแฟ้มเอกสารจำนวน ๑๒ ชั้น เพื่อใช้ในราชการ"],
        ]
    )
    letter = letter_of(document)
    assert document.kind == "memo"
    assert (letter.sender, letter.subject) == ("กองคลัง โทร. ๒๓๔๕", "ขออนุมัติจัดซื้อ")
    assert letter.date == "2024-08-05"


def test_marks_beside_the_lines_of_a_memo_are_no_field() -> None:
    lines = memo_lines()
    marks = [[LEFT, 262, "๗"], [640, 262, "๕. ๘"]]
    letter = letter_of(read([[520, 150, "บันทึกข้อความ"], lines[0], *marks, *lines[1:]]))
    assert (letter.sender, letter.number, letter.date) == ("กองคลัง โทร. ๒๓๔๕", "กค 0405.2/1109", "2024-08-05")


def test_memo_of_which_no_label_is_read_is_read_by_its_places() -> None:
    document = read(
        [
            [520, 150, "บันทึกข้อความ"],
            [LEFT, 240, "๒ว9สา๕ กองคลัง โทร. ๒๓๔๕"],
            [LEFT, 285, "ส่ กค ๐๔๐๕.๒/๑๑๐๙"],
            [640, 285, "ม9ส่ ๕ สิงหาคม ๒๕๖๗"],
            [LEFT, 330, "เรื่อง ขออนุมัติจัดซื้อ"],
            [LEFT, 375, "เรียน ผู้อำนวยการกองคลัง"],
            [270, 430, "ด้วยกองคลังมีความจำเป็นต้องจัดซื้อชั้นวางแฟ้มเอกสารจำนวน ๑๒ ชั้น เพื่อใช้ในราชการ"],
        ]
    )
    letter = letter_of(document)
    assert (letter.sender, letter.number, letter.date) == ("กองคลัง โทร. ๒๓๔๕", "กค 0405.2/1109", "2024-08-05")
    assert letter.needs_review


def external(number: list[list[Any]], date: list[list[Any]]) -> list[list[Any]]:
    return [
        *number,
        [800, 260, "กรมป่าไม้"],
        [800, 295, "ถนนพหลโยธิน กทม. ๑๐๙๐๐"],
        *date,
        [LEFT, 410, "เรื่อง การตรวจเยี่ยม"],
        [LEFT, 460, "เรียน ผู้อำนวยการสำนัก"],
        [270, 540, "ด้วยกรมป่าไม้จะดำเนินการตรวจเยี่ยมหน่วยงานในสังกัด จึงเรียนมาเพื่อทราบ"],
    ]


def test_digits_written_beside_the_print_are_joined_and_for_review() -> None:
    lines = external(
        [[LEFT, 260, "ที่ ทส ๑๖๐๑/ว"], [LEFT + 180, 262, "๔๒"]], [[560, 352, "๗"], [600, 350, "มกราคม ๒๕๖๐"]]
    )
    letter = letter_of(read(lines))
    assert (letter.number, letter.date) == ("ทส 1601/ว 42", "2017-01-07")
    assert letter.needs_review
    assert (letter.number_raw, letter.date_raw) == ("ทส ๑๖๐๑/ว๔๒", "๗ มกราคม ๒๕๖๐")


def test_scribble_beside_the_month_is_no_day() -> None:
    letter = letter_of(
        read(external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[560, 352, "ฉ"], [600, 350, "มกราคม ๒๕๖๐"]]))
    )
    assert letter.date == "2017-01"
    assert letter.needs_review


@pytest.mark.parametrize("date", ["๗ มกธาดม ๒๕๖๐", "๗ มกธาดม %๕๖๐", "๗ มกราคม ๒%๖๐"])
def test_misread_month_or_year_is_the_nearest_one(date: str) -> None:
    letter = letter_of(read(external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, date]])))
    assert letter.date == "2017-01-07"
    assert letter.needs_review


@pytest.mark.parametrize(("word", "urgency"), [("ค่วนที่สุต", "ด่วนที่สุด"), ("ด่วนม", "ด่วนมาก"), ("ด่วนที", "ด่วนที่สุด")])
def test_urgency_in_large_letters_is_known_with_slips_or_cut_off(word: str, urgency: str) -> None:
    lines = external([[LEFT, 200, word], [LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    assert letter_of(read(lines)).urgency == urgency


def test_urgency_half_covered_is_large_beside_the_text_of_the_page() -> None:
    large = [Line("นที่สุด", Box(900, 130, 1100, 190), 0.9, body_height=40.0, engine="neural")]
    lines = [*memo_lines(), [520, 150, "บันทึกข้อความ"]]
    page = page_of(1, {"lines": sorted(lines, key=lambda line: line[1])})
    (document,) = read_documents([replace(page, lines=(*large, *page.lines))])
    assert letter_of(document).urgency == "ด่วนที่สุด"


def test_urgency_is_no_misread_secrecy() -> None:
    lines = external([[LEFT, 200, "ด่วนที่สุด"], [LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    letter = letter_of(read(lines))
    assert (letter.urgency, letter.secrecy) == ("ด่วนที่สุด", None)


@pytest.mark.parametrize("title", ["๓ บันทึกข้อความ", "°³น บันทึกข้อความ"])
def test_emblem_read_as_letters_before_the_title_is_no_part_of_it(title: str) -> None:
    document = read([[430, 150, title], *memo_lines()])
    assert document.kind == "memo"


def memo_lines() -> list[list[Any]]:
    return [
        [LEFT, 240, "ส่วนราชการ กองคลัง โทร. ๒๓๔๕"],
        [LEFT, 285, "ที่ กค ๐๔๐๕.๒/๑๑๐๙ วันที่ ๕ สิงหาคม ๒๕๖๗"],
        [LEFT, 330, "เรื่อง ขออนุมัติจัดซื้อ"],
        [LEFT, 375, "เรียน ผู้อำนวยการกองคลัง"],
        [270, 430, "ด้วยกองคลังมีความจำเป็นต้องจัดซื้อชั้นวางแฟ้มเอกสารจำนวน ๑๒ ชั้น เพื่อใช้ในราชการ"],
        [LEFT, 465, "ของกองคลังและหน่วยงานในสังกัด"],
    ]


@pytest.mark.parametrize(("apart", "subject"), [(24, "ขออนุมัติจัดซื้อครุภัณฑ์ของกองคลังในปีนี้"), (60, "ของกองคลังในปีนี้")])
def test_label_beside_the_middle_of_two_rows_has_both(apart: float, subject: str) -> None:
    lines = memo_lines()
    value = [[LEFT + 60, 330, "ขออนุมัติจัดซื้อครุภัณฑ์"], [LEFT, 330 + apart, "เรื่อง ของกองคลังในปีนี้"]]
    below = [[x, y + apart, text] for x, y, text in lines[3:]]
    page = page_of(1, {"lines": [[520, 150, "บันทึกข้อความ"], *lines[:2], *value, *below]})
    (document,) = read_documents([replace(page, lines=tuple(map(with_places, page.lines)))])
    letter = letter_of(document)
    assert (letter.subject, letter.recipient) == (subject, "ผู้อำนวยการกองคลัง")
    assert (letter.number, letter.date) == ("กค 0405.2/1109", "2024-08-05")


def test_office_above_the_level_of_the_number_is_the_sender() -> None:
    lines = external([[LEFT, 300, "ที่ สธ ๐๔๐๔.๔/ว ๑๓๒๙๒"]], [[560, 350, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    head = [[800, 220, "กรมควบคุมโรค"], [800, 258, "ถนนติวานนท์ อำเภอเมือง"], [800, 300, "จังหวัดนนทบุรี ๑๑๐๐๐"]]
    rest = [line for line in lines if line[0] != 800]
    letter = letter_of(read([*head, *rest]))
    assert letter.sender == "กรมควบคุมโรค"
    assert letter.sender_address == "ถนนติวานนท์ อำเภอเมือง จังหวัดนนทบุรี ๑๑๐๐๐"


def test_name_of_an_office_over_two_lines_is_one() -> None:
    lines = external([[LEFT, 260, "ที่ ศธ ๐๔๐๐๔/๔๔๗"]], [[560, 360, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    head = [[760, 262, "สำนักงานการศึกษาขั้นพื้น"], [760, 292, "ฐาน"], [760, 322, "กระทรวงศึกษาธิการ กทม."]]
    rest = [line for line in lines if line[0] != 800]
    letter = letter_of(read([*head, *rest]))
    assert letter.sender == "สำนักงานการศึกษาขั้นพื้น ฐาน"
    assert letter.sender_address == "กระทรวงศึกษาธิการ กทม."


def test_short_end_of_an_office_over_three_lines_belongs_to_it() -> None:
    lines = external([[LEFT, 260, "ที่ กค ๐๔๐๕.๒/ว ๗๘"]], [[560, 360, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    head = [[760, 262, "คณะกรรมการจัดซื้อจัดจ้าง"], [760, 292, "และการบริหารพัสดุภาค"], [760, 322, "รัฐ"]]
    rest = [line for line in lines if line[0] != 800]
    assert letter_of(read([*head, *rest])).sender == "คณะกรรมการจัดซื้อจัดจ้าง และการบริหารพัสดุภาค รัฐ"


def test_known_office_over_two_lines_is_written_as_one() -> None:
    lines = external([[LEFT, 260, "ที่ มท ๐๘๑๐.๓/ว ๗๘"]], [[560, 360, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    head = [[800, 262, "กรมส่งเสริมการปกครอง"], [800, 292, "ท้องถิ่น"]]
    rest = [line for line in lines if line[0] != 800]
    assert letter_of(read([*head, *rest])).sender == "กรมส่งเสริมการปกครองท้องถิ่น"


def test_end_of_an_office_cut_off_follows_from_the_one_known_name() -> None:
    lines = external([[LEFT, 260, "ที่ กบ ๐๑๐๕/ว ๗๘"]], [[560, 360, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    lines[1] = [800, 260, "สำนักนายกรัฐมนต"]
    document = read(lines)
    assert letter_of(document).sender == "สำนักนายกรัฐมนตรี"
    assert "sender_doubtful" in {issue.code for issue in document.issues}


def test_noise_left_of_an_office_does_not_part_its_lines() -> None:
    lines = external([[LEFT, 330, "ที่ ศธ ๐๔๐๐๔/๔๔๗"]], [[560, 400, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    head = [
        [760, 232, "สำนักงานส่งเสริม"],
        [760, 262, "การอ่าน"],
        [760, 295, "๑๒ ถนนดินสอ"],
        [760, 330, "กทม. ๑๐๓๐๐"],
    ]
    rest = [line for line in lines if line[0] != 800]
    page = page_of(1, {"lines": sorted([*head, *rest], key=lambda line: line[1])})
    noisy = tuple(with_noise(line) if line.text == "การอ่าน" else line for line in page.lines)
    (document,) = read_documents([replace(page, lines=noisy)])
    assert letter_of(document).sender == "สำนักงานส่งเสริม การอ่าน"


def with_places(line: Line) -> Line:
    """The line, each of its characters at its place."""
    x0 = line.box.x0
    characters = tuple(
        Character(text, 0.99, x0 + 10 * at, x0 + 10 * at + 10) for at, text in enumerate(line.text)
    )
    return replace(line, characters=characters)


def with_noise(line: Line) -> Line:
    """The line, its box widened to the left by specks; its characters stand where they stood."""
    box = line.box
    return replace(with_places(line), box=Box(box.x0 - 100, box.y0, box.x1, box.y1))


def test_office_that_cannot_be_read_is_the_department_of_the_number() -> None:
    lines = external([[LEFT, 260, "ที่ มท ๐๕๐๘.๙/ว ๒๘๐๕๕"]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    letter = letter_of(read([line for line in lines if line[0] != 800]))
    assert letter.sender == "กรมที่ดิน"
    assert letter.needs_review


@pytest.mark.parametrize(
    ("position", "office"),
    [
        (["รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัดอุดรธานี"], "ศาลากลางจังหวัดอุดรธานี"),
        (["นายอำเภอกุมภวาปี"], "ที่ว่าการอำเภอกุมภวาปี"),
        (["รองผู้ว่าราชการจังหวัด"], None),
    ],
)
def test_office_that_cannot_be_read_is_the_one_of_the_signer(position: list[str], office: str | None) -> None:
    lines = external([[LEFT, 260, "ที่ อด ๐๐๐๔.๘/๒๘๐๕๕"]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    lines = [line for line in lines if line[0] != 800]
    lines += [[620, 640, "ขอแสดงความนับถือ"], [600, 720, "(นายวิชัย ใจดี)"]]
    lines += [[600, 755 + 30 * at, text] for at, text in enumerate(position)]
    letter = letter_of(read(lines))
    assert letter.sender == office
    assert letter.needs_review


@pytest.mark.parametrize(
    ("row", "signer"),
    [
        ("(นายวิชัย ใจดี", "นายวิชัย ใจดี"),
        ("นายวิชัย วงศ์ใหญ่)", "นายวิชัย วงศ์ใหญ่"),
        ("1 (ายวิชัย ใจดี)", "นายวิชัย ใจดี"),
        ("2ายวิชัย ใจดี)", "นายวิชัย ใจดี"),
        ("22นายวิชัย ใจดี)", "นายวิชัย ใจดี"),
        ("(ว่าที่ร้อยศร วิชัย ใจดี)", "ว่าที่ร้อยตรี วิชัย ใจดี"),
        ("(ชายชาติ ใจดี)", "ชายชาติ ใจดี"),
        ("(นสาววิชัย ใจดี)", "นางสาววิชัย ใจดี"),
        ("(ว่ายรอยตรี วิชัย ใจดี)", "ว่าที่ร้อยตรี วิชัย ใจดี"),
        ("(ว่าหยอยตรี วิชัย ใจดี)", "ว่าที่ร้อยตรี วิชัย ใจดี"),
        ("(พนัส ตรีรัตน์)", "พนัส ตรีรัตน์"),
        ("(พล.ต.ต. วิชัย ใจดี)", "พล.ต.ต. วิชัย ใจดี"),
        ("นายวิชัย ใจดี", None),
    ],
)
def test_signer_with_one_bracket_or_a_misread_title(row: str, signer: str | None) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], [600, 720, row], [580, 755, "ผู้อำนวยการสำนัก"]])
    letter = letter_of(document)
    assert letter.signer == signer
    (evidence,) = [found for found in document.evidence if found.field == "signer"] or [None]
    assert evidence is None or (
        evidence.raw in row and (evidence.raw == signer or "nearest" in evidence.reason)
    )


@pytest.mark.parametrize(("below", "signer"), [("อธิบดีกรมการปกครอง", "นายวิชัย ใจดี"), ("กองแผนงาน", None)])
def test_half_read_name_over_a_position_signs_without_closing_words(below: str, signer: str | None) -> None:
    lines = [*memo_lines(), [600, 720, "7นายวิชัย ใจดี)"], [580, 755, below]]
    assert letter_of(read([[520, 150, "บันทึกข้อความ"], *lines])).signer == signer


@pytest.mark.parametrize(
    ("row", "doubtful"),
    [("ุณี แก้วมณี)", True), ("(นงอรุณี แก้วมณี)", True), ("(นายอร3ณ แก้วมณี)", True), ("(นายอรุณ แก้วมณี)", False)],
)
def test_name_that_was_not_read_whole_is_for_review(row: str, doubtful: bool) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], [600, 720, row]])
    assert ("signer_doubtful" in {issue.code for issue in document.issues}) == doubtful


@pytest.mark.parametrize(
    ("above", "signer", "doubtful"),
    [
        (["พลตำรวจโท"], "พลตำรวจโท ปิยะ อุทัย", False),
        (["ว่าที่ร้อยตรี", "~ ๅ"], "ว่าที่ร้อยตรี ปิยะ อุทัย", False),
        (["พลตำรวจโท", "~ ๅ", "~ ๆ"], "ปิยะ อุทัย", True),
        (["พลตำรวจโทเห็นชอบ"], "ปิยะ อุทัย", True),
    ],
)
def test_rank_alone_above_the_brackets_is_the_names(above: list[str], signer: str, doubtful: bool) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    rank = [[600, 690 + 25 * at, text] for at, text in enumerate(above)]
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], *rank, [600, 780, "(ปิยะ อุทัย)"]])
    assert letter_of(document).signer == signer
    assert ("signer_doubtful" in {issue.code for issue in document.issues}) == doubtful


@pytest.mark.parametrize(("sure", "signer"), [(0.6, "นางสมหญิง ใจดี"), (0.999, "ทางสมหญิง ใจดี")])
def test_short_title_is_mended_where_it_was_read_unsurely(sure: float, signer: str) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], [600, 720, "(ทางสมหญิง ใจดี)", sure**5]])
    assert letter_of(document).signer == signer
    assert "signer_doubtful" in {issue.code for issue in document.issues}


def test_misread_title_does_not_make_the_name_behind_it_doubtful() -> None:
    title, name = "(ว่ายรอยตรี ", "วิชัย ใจดี)"
    characters = tuple(
        Character(text, 0.4 if at < len(title) else 0.99, 600.0 + 10 * at, 610.0 + 10 * at)
        for at, text in enumerate(title + name)
    )
    closing = Line("ขอแสดงความนับถือ", Box(620, 630, 800, 660), 0.99, body_height=16.0, engine="neural")
    signed = Line(title + name, Box(600, 710, 850, 740), 4e-5, characters, body_height=16.0, engine="neural")
    page = page_of(1, {"lines": external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])})
    (document,) = read_documents([replace(page, lines=(*page.lines, closing, signed))])
    assert letter_of(document).signer == "ว่าที่ร้อยตรี วิชัย ใจดี"
    assert "signer_doubtful" not in {issue.code for issue in document.issues}


def test_speck_in_the_margin_does_not_move_the_labels() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    page = page_of(1, {"lines": lines})
    specked = tuple(with_noise(line) if line.text.startswith("เรื่อง") else line for line in page.lines)
    (document,) = read_documents([replace(page, lines=specked)])
    letter = letter_of(document)
    assert (letter.subject, letter.recipient) == ("การตรวจเยี่ยม", "ผู้อำนวยการสำนัก")


def test_speck_before_a_month_is_no_day() -> None:
    for mark, rule in (("“", Rule.DAY_NOT_PRINTED), ("ฉ", Rule.DAY_UNREAD)):
        lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, f"{mark}มกราคม ๒๕๖๐"]])
        document = read(lines)
        (date,) = (found for found in document.evidence if found.field == "date")
        assert (date.value, letter_of(document).needs_review) == ("2017-01", True)
        assert date.by(rule)


def test_piece_of_a_stamp_between_the_lists_is_no_body() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    lines.insert(6, [LEFT, 505, "อ้างถึง หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลงวันที่ ๑๖ เมษายน ๒๕๕๙"])
    lines.insert(6, [900, 480, "อบตำมักปใลัด"])
    (found,) = read(lines).references
    assert (found.number, found.date, found.relation) == ("มท 0515/7", "2016-04-16", "refers_to")


def test_mark_in_the_margin_does_not_end_a_list() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    listed = [
        [LEFT, 490, "อ้างถึง หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลว. ๑๖ เม.ย."],
        [LEFT + 70, 515, "๒๕๕๙"],
        [60, 518, "๑"],
    ]
    (found,) = read([*lines[:6], *listed, *lines[6:]]).references
    assert (found.number, found.date) == ("มท 0515/7", "2016-04-16")


def test_long_mark_left_of_the_margin_does_not_end_a_list() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    listed = [
        [LEFT, 490, "อ้างถึง ๑. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลว. ๑๖ เม.ย. ๒๕๕๙"],
        [60, 520, "กบขคงจ"],
        [LEFT + 70, 550, "๒. หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๘ ลว. ๑๗ เม.ย. ๒๕๕๙"],
    ]
    found = read([*lines[:6], *listed, *lines[6:]]).references
    assert [(reference.number, reference.relation) for reference in found] == [
        ("มท 0515/7", "refers_to"),
        ("มท 0515/8", "refers_to"),
    ]


@pytest.mark.parametrize(("end", "below"), [("ลงวันที่", "ฉบม ๑๖ เมษายน ๒๕๕๙"), ("ลว. ๑๖", "เมษายน ๒๕๕๙")])
def test_item_that_must_go_on_does_so_even_at_the_margin(end: str, below: str) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    listed = [[LEFT, 490, f"อ้างถึง หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ {end}"], [LEFT, 515, below]]
    (found,) = read([*lines[:6], *listed, *lines[6:]]).references
    assert (found.number, found.date) == ("มท 0515/7", "2016-04-16")


def test_body_below_a_date_left_blank_is_no_part_of_the_item() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    listed = [LEFT, 490, "อ้างถึง หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลงวันที่"]
    (found,) = read([*lines[:6], listed, *lines[6:]]).references
    assert (found.number, found.raw_text) == ("มท 0515/7", "หนังสือกรมที่ดิน ที่ มท ๐๕๑๕/๗ ลงวันที่")


def test_dot_lost_in_the_name_of_a_known_office() -> None:
    lines = external([[LEFT, 260, "ที่ นร ๑๐๐๗/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    lines[1] = [800, 260, "สำนักงาน ก.พ"]
    assert letter_of(read(lines)).sender == "สำนักงาน ก.พ."


def test_rim_of_an_emblem_above_the_office_is_no_part_of_it() -> None:
    lines = external([[LEFT, 260, "ที่ อว ๗๐๑๔.๒/๓๕๑"]], [[560, 350, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    head = [[560, 245, "ทยาลัย"], [800, 262, "คณะเกษตรศาสตร์"], [800, 292, "มหาวิทยาลัยนเรศวร"]]
    rest = [line for line in lines if line[0] != 800]
    assert letter_of(read([*head, *rest])).sender == "คณะเกษตรศาสตร์ มหาวิทยาลัยนเรศวร"


def test_number_whose_label_lost_its_letter() -> None:
    letter = letter_of(read(external([[LEFT, 260, "ี่ มท ๐๕๐๘.๙/ว ๒๘๐๕๕"]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])))
    assert letter.number == "มท 0508.9/ว 28055"


@pytest.mark.parametrize(
    "row",
    [
        "ที่ มท” ๐๕๐๘.๙/ว ๒๘๐๕๕",
        "ที่ “มท ๐๕๐๘.๙/ว ๒๘๐๕๕",
        "ที่ มท์๐๕๐๘.๙/ว ๒๘๐๕๕",
        "๕ ที่ มท ๐๕๐๘.๙/ว ๒๘๐๕๕",
        "ที่ มท ๐๕๐๘.๙/ว ๒๘๐๕๕.",
    ],
)
def test_specks_beside_and_over_a_number(row: str) -> None:
    letter = letter_of(read(external([[LEFT, 260, row]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])))
    assert letter.number == "มท 0508.9/ว 28055"


def test_mark_behind_a_number_may_be_a_digit() -> None:
    document = read(external([[LEFT, 260, "ที่ มท ๐๕๐๘.๙/ว ๒๘๐๕."]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]]))
    assert letter_of(document).number == "มท 0508.9/ว 2805"
    assert "number_doubtful" in {issue.code for issue in document.issues}


def test_number_of_too_few_agency_digits_is_doubted() -> None:
    document = read(external([[LEFT, 260, "ที่ มท ๕๐๘.๙/ว ๒๘๐๕"]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]]))
    assert "number_doubtful" in {issue.code for issue in document.issues}


def test_dirt_before_a_recipient_is_no_part_of_it() -> None:
    lines = external([[LEFT, 260, "ที่ มท ๐๕๐๘.๙/๒๘๐๕๕"]], [[560, 340, "๒๒ กุมภาพันธ์ ๒๕๖๖"]])
    lines = [[x, y, text.replace("เรียน ผู้", "เรียน ์ ผู้")] for x, y, text in lines]
    assert letter_of(read(lines)).recipient == "ผู้อำนวยการสำนัก"


def test_short_number_to_all_written_in_is_a_circular() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/๐๕๑", 0.7]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    lines[5] = [LEFT, 460, "เรียน ผู้อำนวยการสำนัก ทุกสำนัก"]
    letter = letter_of(read(lines))
    assert (letter.number, letter.is_circular, letter.running_number) == ("ทส 1601/ว 51", True, 51)
    assert letter.needs_review


def test_scrawl_before_the_number_of_a_letter_to_all_is_its_circular_mark() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑ / ( ๓๖"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    alone = letter_of(read(lines))
    assert (alone.number, alone.is_circular) == ("ทส 1601/36", False)
    assert alone.needs_review
    lines[5] = [LEFT, 460, "เรียน ผู้อำนวยการสำนัก ทุกสำนัก"]
    to_all = letter_of(read(lines))
    assert (to_all.number, to_all.is_circular) == ("ทส 1601/ว 36", True)
    assert to_all.needs_review


def test_officer_who_certifies_a_copy_is_not_its_signer() -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    lines += [[300, 640, "สำเนาถูกต้อง"], [300, 680, "(นายสาธิต ใจดี)"]]
    assert letter_of(read(lines)).signer is None
    lines += [[620, 720, "ขอแสดงความนับถือ"], [600, 800, "(นายวิชัย ใจงาม)"]]
    assert letter_of(read(lines)).signer == "นายวิชัย ใจงาม"


def test_urgency_stamped_within_a_box_of_its_own_is_no_receive_stamp() -> None:
    boxed = {"shape": "receive_box", "box": [170, 170, 400, 230], "lines": [[180, 190, "ด่วนที่สุด"]]}
    document = read(
        [[LEFT, 260, "ที่ ทส ๑๖๐๑/๗๗"], [LEFT, 320, "เรื่อง การตรวจเยี่ยม"], [LEFT, 370, "เรียน อธิบดีกรมที่ดิน"]],
        stamps=[boxed],
    )
    assert letter_of(document).urgency == "ด่วนที่สุด"
    assert document.stamps == ()


@pytest.mark.parametrize(
    ("below", "position"),
    [
        (["ศ์)", "รองอธิบดี ปฏิบัติราชการแทน", "อธิบดีกรมป่าไม้"], "รองอธิบดี ปฏิบัติราชการแทน อธิบดีกรมป่าไม้"),
        (["ศ์)", "กองแผนงาน"], None),
    ],
)
def test_position_is_read_where_the_signature_covers_the_name(below: list[str], position: str | None) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    signed = [[600, 720 + 35 * at, text] for at, text in enumerate(below)]
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], *signed])
    letter = letter_of(document)
    assert (letter.signer, letter.signer_position) == (None, position)
    sure = [found.confidence for found in document.evidence if found.field == "signer_position"]
    assert all(confidence <= 0.6 for confidence in sure)


@pytest.mark.parametrize(("below", "whole"), [("อธิบดีกรมป่าไม้", True), ("บดีกรมป่าไม้", False)])
def test_position_whose_beginning_was_lost_is_doubtful(below: str, whole: bool) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], [600, 720, "(นายวิชัย ใจดี)"], [600, 755, below]])
    (evidence,) = [found for found in document.evidence if found.field == "signer_position"]
    assert (evidence.confidence > 0.6) == whole


@pytest.mark.parametrize(
    ("row", "phone"), [("โทรศั่พท์ ๐ ๕๕๗๙ ๙๔๓๖", "0 5579 9436"), ("โทรสาร ๐ ๒๒๔๓ ๔๖๖๔", None)]
)
def test_telephone_is_found_behind_a_misread_word(row: str, phone: str | None) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], [600, 720, "(นายวิชัย ใจดี)"], [LEFT, 900, row]])
    assert letter_of(document).contact_phone == phone


@pytest.mark.parametrize("row", ["ร รองอธิบดี ปฏิบัติราชการแทน", "_ –รองอธิบดี ปฏิบัติราชการแทน"])
def test_stroke_of_the_signature_before_a_position_is_none_of_it(row: str) -> None:
    lines = external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    document = read([*lines, [620, 640, "ขอแสดงความนับถือ"], [600, 720, "(นายวิชัย ใจดี)"], [590, 755, row]])
    assert letter_of(document).signer_position == "รองอธิบดี ปฏิบัติราชการแทน"


def test_scraps_above_the_office_that_look_like_a_postcode_end_no_office() -> None:
    scraps = [[640, 235, "หยาลับ", 0.3], [1000, 240, "๕๗๕๗๒", 0.3]]
    letter = letter_of(
        read(external([[LEFT, 260, "ที่ ทส ๑๖๐๑/ว ๔๒"], *scraps], [[600, 350, "๗ มกราคม ๒๕๖๐"]]))
    )
    assert (letter.sender, letter.sender_address) == ("กรมป่าไม้", "ถนนพหลโยธิน กทม. ๑๐๙๐๐")


def test_digits_of_a_court_are_three_before_the_dot_and_no_sign_of_a_lost_one() -> None:
    lines = external([[LEFT, 260, "ที่ ศย ๓๐๙.๐๑๗/ว ๗๑๔"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    letter = letter_of(read(lines))
    assert letter.number == "ศย 309.017/ว 714"
    assert not letter.needs_review


@pytest.mark.parametrize(("top", "doubtful"), [(262, True), (205, False)])
def test_number_under_a_word_stamped_in_colour_is_for_review(top: float, doubtful: bool) -> None:
    lines = external([[LEFT, 260, "ที่ มท ๕๓๑๔.๑๑/๒๗"]], [[600, 350, "๗ มกราคม ๒๕๖๐"]])
    word = replace(line_of([LEFT + 40, top, "ด่วนที่สุด"]), ink=Ink.PEN, body_height=2 * BODY)
    page = page_of(1, {"lines": lines})
    (document,) = read_documents([replace(page, lines=(word, *page.lines))])
    assert letter_of(document).number == "มท 5314.11/27"
    assert ("number_doubtful" in {issue.code for issue in document.issues}) == doubtful
